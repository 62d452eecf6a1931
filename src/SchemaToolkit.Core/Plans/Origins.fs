namespace SchemaToolkit

/// Names before the plan: prechecks run before any step.
type internal Origins =
    { Tables: Map<ObjectName, ObjectName>
      Columns: Map<ObjectName * string, string>
      NewTables: Set<ObjectName>
      NewColumns: Set<ObjectName * string> }

[<RequireQualifiedAccess>]
module internal Origins =
    let private add (o: Origins) (step: Step) : Origins =
        match step with
        | Step.RenameTable(table, newName) ->
            let renamed = { table with Name = newName }
            let source = o.Tables.TryFind table |> Option.defaultValue table
            { o with Tables = o.Tables.Add(renamed, source) }
        | Step.RenameColumn(table, column, newName) ->
            let source = o.Columns.TryFind(table, column) |> Option.defaultValue column
            { o with Columns = o.Columns.Add((table, newName), source) }
        | Step.CreateTable table -> { o with NewTables = o.NewTables.Add table.Name }
        | Step.AddColumn(table, column) -> { o with NewColumns = o.NewColumns.Add(table, column.Name) }
        | _ -> o

    let ofSteps (steps: Step list) : Origins =
        let nothing =
            { Tables = Map.empty
              Columns = Map.empty
              NewTables = Set.empty
              NewColumns = Set.empty }

        List.fold add nothing steps

    let table (o: Origins) (table: ObjectName) : ObjectName = o.Tables.TryFind table |> Option.defaultValue table

    let column (o: Origins) (table: ObjectName) (column: string) : string =
        o.Columns.TryFind(table, column) |> Option.defaultValue column

    /// The precheck under the old names; None where the plan itself makes the table or one of the columns.
    let ask (o: Origins) name (columns: string list) (build: ObjectName -> string list -> Precheck) : Precheck option =
        if o.NewTables.Contains name || columns |> List.exists (fun c -> o.NewColumns.Contains(name, c)) then
            None
        else
            Some(build (table o name) (List.map (column o name) columns))

    /// As `ask`, for a query with a condition.
    let askWhere (o: Origins) name columns (where: SqlText option) build : Precheck option =
        let isNamed column =
            where
            |> Option.exists (fun sql ->
                List.contains column (SqlText.columns sql) || Diffing.Uses.naming (SqlText.describe sql) column)

        if o.NewColumns |> Set.exists (fun (owner, column) -> owner = name && isNamed column) then
            None
        else
            let before = where |> Option.map (SqlText.renameColumns (column o name))
            ask o name columns (fun t cs -> build t cs before)
