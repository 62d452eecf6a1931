namespace SchemaToolkit.Cli

open SchemaToolkit.PostgresObjects

/// A declared schema speaks for its own namespace, and neither of owners nor of what it does not grant.
[<RequireQualifiedAccess>]
module Narrow =
    let private isOf (namespaces: Set<string>) (address: Address) =
        if address.Kind = Kind.Schema then
            namespaces.Contains address.Name
        else
            address.Schema <> "" && namespaces.Contains address.Schema

    let private rebuild (keep: PgObject -> PgObject option) (database: PgDatabase) : PgDatabase =
        let objects = database.Objects.Every |> Seq.choose keep |> PgDatabase.objects

        PgDatabase.assemble
            { Version = database.Version
              User = database.User
              Objects = objects
              Needs =
                database.Needs
                |> AddressMap.filter (fun user _ -> objects.ContainsKey user)
                |> AddressMap.map (fun _ used -> used |> Set.filter objects.ContainsKey)
                |> AddressMap.filter (fun _ used -> not used.IsEmpty)
              Unmodelled = database.Unmodelled }

    /// The part of a database that lies in some schemas; of those outside schemas, the extensions that are asked for.
    let toNamespaces (namespaces: Set<string>) (extensions: Set<Address>) (database: PgDatabase) : PgDatabase =
        database
        |> rebuild (fun object ->
            if isOf namespaces object.Address || extensions.Contains object.Address then
                Some object
            else
                None)

    let private isExtension (address: Address) = address.Kind = Kind.Extension

    /// Extensions of the declared side that the other lacks: they have to be made first.
    let missingExtensions (declared: PgDatabase) (other: PgDatabase) : Set<Address> =
        declared.Objects.Keys
        |> Seq.filter (fun address -> isExtension address && not (other.Objects.ContainsKey address))
        |> Set.ofSeq

    /// The declared side, made by a role of its own in a scratch database, as it would be with the other's owners and, where it
    /// grants nothing itself, with the other's privileges.
    let ownedLike (other: PgDatabase) (declared: PgDatabase) : PgDatabase =
        let maker = declared.User

        let adopt (object: PgObject) =
            let there = other.Objects.TryFind object.Address

            let owner =
                match object.Owner, there with
                | Some role, Some { Owner = Some theirs } when role = maker -> Some theirs
                | Some role, _ when role = maker -> Some other.User
                | given, _ -> given

            let renamed (grant: Grant) =
                if grant.Grantee = maker then
                    { grant with Grantee = defaultArg owner maker }
                else
                    grant

            let grants = object.Grants |> Option.map (List.map renamed >> List.sort)

            // What its maker and everybody have by nature was never granted.
            let forOwner, forAll = Privilege.builtIn declared.Version object.Address.Kind

            let byNature =
                [ for privilege in forOwner -> defaultArg owner "", privilege
                  for privilege in forAll -> "", privilege ]
                |> List.sort

            let grantsNothing =
                grants
                |> Option.forall (fun found ->
                    (found |> List.map (fun g -> g.Grantee, g.Privilege) |> List.sort) = byNature)

            Some
                { object with
                    Owner = owner
                    Grants =
                        match there with
                        | Some theirs when grantsNothing -> theirs.Grants
                        | Some _
                        | None -> grants }

        { rebuild adopt declared with User = other.User }
