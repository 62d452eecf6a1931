namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic

/// What is read of a database; the rest of `PgDatabase` follows from it.
type PgDatabaseRead =
    {
        Version: int
        User: string
        Objects: AddressMap<PgObject>
        /// From `pg_depend` and parents.
        Needs: AddressMap<Set<Address>>
        Unmodelled: string list
    }

/// Putting a database together from its objects.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module PgDatabase =
    /// Objects by their addresses; of two with one address the last counts.
    let objects (objects: PgObject seq) : AddressMap<PgObject> =
        objects |> Seq.map (fun object -> object.Address, object) |> AddressMap.ofSeq

    /// Whose parts each object's are, by number: the parts of one stand together.
    let private byParent (objects: AddressMap<PgObject>) : Bundles =
        let parents, parts = List<int>(), List<int>()
        let addresses = objects.Numbering.Addresses

        for number in 0 .. addresses.Length - 1 do
            match (objects.Get number).Parent with
            | Some parent ->
                match objects.Numbering.Number parent with
                | -1 -> ()
                | parent ->
                    parents.Add parent
                    parts.Add number
            | None -> ()

        Bundles(addresses.Length, parents, parts)

    /// In the order of their addresses.
    let private partsOf (objects: AddressMap<PgObject>) : AddressMap<PgObject list> =
        let bundles = byParent objects
        let addresses = objects.Numbering.Addresses

        AddressMap(
            objects.Numbering,
            (fun number -> bundles.Count number > 0),
            fun number ->
                let parts = bundles.Of number
                System.Array.Sort(parts |> Array.map (fun part -> addresses[part]), parts)
                parts |> Array.map objects.Get |> List.ofArray
        )

    let private ofKind (kind: Kind) (parts: AddressMap<PgObject list>) : AddressMap<PgObject list> =
        AddressMap(
            parts.Numbering,
            parts.Has,
            fun number -> parts.Get number |> List.filter (fun o -> o.Address.Kind = kind)
        )

    /// Pairs of user and used as a map, without those whose used object is not there.
    let private relate (objects: AddressMap<PgObject>) (pairs: (Address * Address) list) : AddressMap<Set<Address>> =
        pairs
        |> List.filter (fun (user, used) -> user <> used && objects.ContainsKey used)
        |> List.groupBy fst
        |> List.map (fun (user, pairs) -> user, pairs |> List.map snd |> Set.ofList)
        |> AddressMap.ofSeq

    let assemble (read: PgDatabaseRead) : PgDatabase =
        let objects = read.Objects
        let parts = partsOf objects

        { Version = read.Version
          User = read.User
          Objects = objects
          PartsOf = parts
          ColumnsOf = ofKind Kind.Column parts
          ConstraintsOf = ofKind Kind.Constraint parts
          Needs = read.Needs
          Precedes = relate objects (Relations.all read.Needs parts objects)
          Unmodelled = read.Unmodelled }
