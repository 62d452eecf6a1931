namespace SchemaToolkit

/// What can be known to be wrong with a statement before it is run.
[<RequireQualifiedAccess>]
module internal Check =
    let private refuse (table: Table) what wayOut : 'T =
        DataError.raiseIt (DataError.definition (string table.Name) what wayOut)

    /// A handle may speak of the schema's own types without their namespace.
    let private placed (table: Table) = ColumnType.mapEnum (ObjectName.placeIn table.Name.Namespace)

    /// The column belongs to the table, with the type that the handle has.
    let column (table: Table) (handle: ColumnHandle) : unit =
        match table.Columns |> List.tryFind (fun column -> column.Name = handle.Name) with
        | None ->
            let columns = table.Columns |> List.map _.Name |> String.concat ", "

            refuse
                table
                $"Column {handle.Name} does not belong to table {table.Name}, which has: {columns}."
                "Use the handles that the table was defined with."
        | Some found when
            placed table found.Type <> placed table handle.Definition.Type
            || found.Nullable <> handle.Definition.Nullable
            ->
            let describe (column: ColumnDef) =
                let optional = if column.Nullable then "optional " else ""
                optional + ColumnType.describe column.Type

            refuse
                table
                $"Column {handle.Name} of table {table.Name} is {describe found}; the handle given says {describe handle.Definition}."
                "Use the handles that the table was defined with."
        | Some _ -> ()

    let columns (table: Table) (handles: ColumnHandle list) = handles |> List.iter (column table)

    /// Columns that make a unique or primary key, in any order.
    let isKey (table: Table) (names: string list) =
        let same (other: string list) = List.sort other = List.sort names

        (table.PrimaryKey |> Option.exists (fun key -> same key.Columns))
        || (table.Uniques |> List.exists (fun unique -> same unique.Columns))
        || (table.Indexes
            |> List.exists (fun index ->
                let parts =
                    index.Parts
                    |> List.map (fun part ->
                        match part.Target with
                        | IndexTarget.Column name -> Some name
                        | IndexTarget.Expression _ -> None)

                index.Unique
                && index.Where.IsNone
                && index.OnlyOn.IsEmpty
                && List.forall Option.isSome parts
                && same (List.choose id parts)))

    let key (table: Table) (names: string list) : unit =
        if not (isKey table names) then
            let wanted = String.concat ", " names

            let keys =
                [ yield! table.PrimaryKey |> Option.map _.Columns |> Option.toList
                  yield! table.Uniques |> List.map _.Columns ]
                |> List.map (fun columns -> "(" + String.concat ", " columns + ")")
                |> String.concat ", "

            refuse
                table
                $"({wanted}) is no declared unique or primary key of table {table.Name}; its keys are: {keys}."
                "Declare it with Table.unique, or use one of the keys."

    /// The column may be left out of an insert.
    let isFilledByDatabase (column: ColumnDef) =
        column.Nullable || column.Default.IsSome || column.Identity.IsSome || column.Generated.IsSome

    let private written (table: Table) (assignment: Assignment) =
        column table assignment.Column
        let definition = table.Columns |> List.find (fun column -> column.Name = assignment.Column.Name)

        if definition.Generated.IsSome then
            refuse
                table
                $"Column {definition.Name} of table {table.Name} is generated; it cannot be set."
                "Leave it out: the database computes it."

    let private twice (table: Table) (assignments: Assignment list) =
        match assignments |> List.countBy _.Column.Name |> List.tryFind (fun (_, count) -> count > 1) with
        | Some(name, _) -> refuse table $"Column {name} of table {table.Name} is set twice." "Set it once."
        | None -> ()

    let assignments (table: Table) (assignments: Assignment list) =
        assignments |> List.iter (written table)
        twice table assignments

    /// Every column that the database does not fill gets a value. The agent's column may come from the database value.
    let insertable (table: Table) (exempt: string list) (names: string list) =
        let missing =
            table.Columns
            |> List.filter (fun column ->
                not (isFilledByDatabase column)
                && not (List.contains column.Name names)
                && not (List.contains column.Name exempt))
            |> List.map _.Name

        if not missing.IsEmpty then
            let missing = String.concat ", " missing

            refuse
                table
                $"An insert into {table.Name} leaves out {missing}, which have no default and may not be NULL."
                "Give them values, or declare defaults."
