namespace SchemaToolkit.Testing

open SchemaToolkit

/// Rows for one table: values in the order of the columns, as `ColumnType.clrType`, null for NULL.
/// Computed columns are left to the engine.
type SeededTable = { Table: ObjectName; Columns: ColumnDef list; Rows: objnull list list }

/// Follows what steps do to rows: what must still be there afterwards, unchanged.
[<RequireQualifiedAccess>]
module Survivors =
    let private onTable name (f: SeededTable -> SeededTable) (tables: SeededTable list) =
        tables |> List.map (fun t -> if t.Table = name then f t else t)

    let private onColumn column (f: ColumnDef -> ColumnDef) (t: SeededTable) =
        { t with
            Columns = t.Columns |> List.map (fun c -> if c.Name = column then f c else c) }

    let private withoutColumn name (t: SeededTable) =
        match t.Columns |> List.tryFindIndex (fun c -> c.Name = name) with
        | None -> t
        | Some i ->
            { t with
                Columns = List.removeAt i t.Columns
                Rows = t.Rows |> List.map (List.removeAt i) }

    let private changeType name (after: ColumnType) (t: SeededTable) =
        match t.Columns |> List.tryFindIndex (fun c -> c.Name = name) with
        | None -> t
        | Some i ->
            { onColumn name (fun c -> { c with Type = after }) t with
                Rows =
                    t.Rows |> List.map (List.mapi (fun j value -> if i = j then SeedValue.widen after value else value)) }

    /// The name that a table has after the steps, were it not dropped.
    let nameAfter (steps: Step list) (name: ObjectName) : ObjectName =
        (name, steps)
        ||> List.fold (fun current step ->
            match step with
            | Step.RenameTable(table, newName) when table = current -> { table with Name = newName }
            | _ -> current)

    let private step (tables: SeededTable list) (step: Step) : SeededTable list =
        match step with
        | Step.DropTable t -> tables |> List.filter (fun s -> s.Table <> t.Name)
        | Step.RenameTable(table, newName) ->
            tables |> onTable table (fun s -> { s with Table = { table with Name = newName } })
        | Step.DropColumn(table, column) -> tables |> onTable table (withoutColumn column.Name)
        | Step.RenameColumn(table, column, newName) ->
            tables |> onTable table (onColumn column (fun c -> { c with Name = newName }))
        | Step.ChangeType(table, column, _, after) -> tables |> onTable table (changeType column after)
        | Step.RenameEnum(enum, newName) ->
            let rename name = if name = enum then { enum with Name = newName } else name

            tables
            |> List.map (fun s ->
                { s with
                    Columns = s.Columns |> List.map (fun c -> { c with Type = ColumnType.mapEnum rename c.Type }) })
        | Step.CreateNamespace _
        | Step.DropNamespace _
        | Step.CreateEnum _
        | Step.DropEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _
        | Step.CreateTable _
        | Step.AddColumn _
        | Step.ChangeCollation _
        | Step.ChangeNullability _
        | Step.ChangeDefault _
        | Step.ChangeIdentity _
        | Step.AddConstraint _
        | Step.DropConstraint _
        | Step.RenameConstraint _
        | Step.CreateIndex _
        | Step.DropIndex _
        | Step.RenameIndex _
        | Step.ChangeRowSecurity _
        | Step.CreatePolicy _
        | Step.DropPolicy _
        | Step.ChangeWithoutRowId _
        | Step.CreateObject _
        | Step.DropObject _
        | Step.ReplaceObject _
        | Step.ChangeComment _ -> tables

    /// The rows and columns that must be there after the steps: renames followed, type changes widened, dropped ones gone.
    let after (steps: Step list) (tables: SeededTable list) : SeededTable list = (tables, steps) ||> List.fold step
