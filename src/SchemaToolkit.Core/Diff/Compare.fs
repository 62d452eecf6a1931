namespace SchemaToolkit

/// When two schemas count as the same.
[<RequireQualifiedAccess>]
module Compare =
    let private table (t: Table) : Table =
        { t with
            Columns = t.Columns |> List.map (fun c -> { c with RenamedFrom = [] }) |> List.sortBy _.Name
            Uniques = t.Uniques |> List.sortBy _.Name
            ForeignKeys = t.ForeignKeys |> List.sortBy _.Name
            Checks = t.Checks |> List.sortBy _.Name
            Indexes = t.Indexes |> List.sortBy _.Name
            Policies = t.Policies |> List.sortBy _.Name
            Shared = false
            RenamedFrom = [] }

    /// The same schema without what a database does not hold (hints, version, owner, sharing) and without the orders
    /// that mean nothing (tables, columns, constraints, indexes, policies).
    let normalise (schema: Schema) : Schema =
        { Plugin = ""
          Namespace = ""
          Version = None
          Enums = schema.Enums |> List.map (fun e -> { e with RenamedFrom = [] }) |> List.sortBy _.Name
          Tables = schema.Tables |> List.map table |> List.sortBy _.Name }

    let equivalent (a: Schema) (b: Schema) = normalise a = normalise b
