namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic

/// What is read of a database; the rest of `PgDatabase` follows from it.
type PgDatabaseRead =
    {
        Version: int
        User: string
        Objects: Map<Address, PgObject>
        /// From `pg_depend` and parents.
        Needs: Map<Address, Set<Address>>
        Unmodelled: string list
    }

/// Putting a database together from its objects.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module PgDatabase =
    /// In the order of their addresses.
    let private partsOf (objects: Map<Address, PgObject>) : Map<Address, PgObject list> =
        let parts = Dictionary<Address, List<PgObject>>()

        for KeyValue(_, object) in objects do
            match object.Parent with
            | Some parent ->
                match parts.TryGetValue parent with
                | true, others -> others.Add object
                | false, _ -> parts[parent] <- List [ object ]
            | None -> ()

        parts |> Seq.map (fun (KeyValue(parent, items)) -> parent, List.ofSeq items) |> Map.ofSeq

    let private ofKind (kind: Kind) (parts: Map<Address, PgObject list>) =
        parts |> Map.map (fun _ items -> items |> List.filter (fun o -> o.Address.Kind = kind))

    /// Pairs of user and used as a map, without those whose used object is not there.
    let private relate
        (objects: Map<Address, PgObject>)
        (pairs: (Address * Address) list)
        : Map<Address, Set<Address>> =
        pairs
        |> List.filter (fun (user, used) -> user <> used && objects.ContainsKey used)
        |> List.groupBy fst
        |> List.map (fun (user, pairs) -> user, pairs |> List.map snd |> Set.ofList)
        |> Map.ofList

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
          Precedes = relate objects (Relations.all parts objects)
          Unmodelled = read.Unmodelled }
