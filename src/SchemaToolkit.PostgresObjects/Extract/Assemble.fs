namespace SchemaToolkit.PostgresObjects

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
    let private group (kind: Kind) (objects: Map<Address, PgObject>) =
        objects
        |> Map.toSeq
        |> Seq.map snd
        |> Seq.filter (fun o -> o.Address.Kind = kind && o.Parent.IsSome)
        |> Seq.groupBy (fun o -> Option.get o.Parent)
        |> Seq.map (fun (parent, items) -> parent, List.ofSeq items)
        |> Map.ofSeq

    /// Pairs of user and used as a map, without those whose used object is not there.
    let relate (objects: Map<Address, PgObject>) (pairs: (Address * Address) list) : Map<Address, Set<Address>> =
        pairs
        |> List.filter (fun (user, used) -> user <> used && objects.ContainsKey used)
        |> List.groupBy fst
        |> List.map (fun (user, pairs) -> user, pairs |> List.map snd |> Set.ofList)
        |> Map.ofList

    let assemble (read: PgDatabaseRead) : PgDatabase =
        let objects = read.Objects

        { Version = read.Version
          User = read.User
          Objects = objects
          ColumnsOf = group Kind.Column objects
          ConstraintsOf = group Kind.Constraint objects
          Needs = read.Needs
          Precedes =
            relate objects (Relations.attached objects @ Relations.inherited objects @ Relations.referencing objects)
          Unmodelled = read.Unmodelled }
