namespace SchemaToolkit

/// When two schemas count as the same.
[<RequireQualifiedAccess>]
module Compare =
    let private table (t: Table) : Table =
        { t with
            Columns = t.Columns |> List.map (fun c -> { c with RenamedFrom = [] })
            Uniques = t.Uniques |> List.sortBy _.Name
            ForeignKeys = t.ForeignKeys |> List.sortBy _.Name
            Checks = t.Checks |> List.sortBy _.Name
            Indexes = t.Indexes |> List.sortBy _.Name
            Policies = t.Policies |> List.sortBy _.Name
            Shared = false
            RenamedFrom = [] }

    /// The same schema without what a database does not hold (hints, version, owner, sharing) and without the orders
    /// that mean nothing (tables, constraints, indexes, policies). Columns keep their places.
    let tidy (schema: Schema) : Schema =
        { Plugin = ""
          Namespace = ""
          Version = None
          Enums = schema.Enums |> List.map (fun e -> { e with RenamedFrom = [] }) |> List.sortBy _.Name
          Tables = schema.Tables |> List.map table |> List.sortBy _.Name }

    /// As `tidy`, with columns by name: no engine puts a column in the middle of a table.
    let normalise (schema: Schema) : Schema =
        let tidied = tidy schema

        { tidied with
            Tables = tidied.Tables |> List.map (fun t -> { t with Columns = List.sortBy _.Name t.Columns }) }

    let equivalent (a: Schema) (b: Schema) = normalise a = normalise b
