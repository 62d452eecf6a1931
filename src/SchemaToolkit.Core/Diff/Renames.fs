namespace SchemaToolkit.Diffing

open SchemaToolkit

/// What the renames of a diff leave behind them.
type Renamed =
    {
        /// Columns that were renamed, under their new names.
        Columns: Set<ObjectName * string>
        /// Names that tables had before.
        FormerTables: Set<ObjectName>
        /// Names that columns had before, in tables under their new names.
        FormerColumns: Set<ObjectName * string>
    }

[<RequireQualifiedAccess>]
module Renamed =
    let none: Renamed = { Columns = Set.empty; FormerTables = Set.empty; FormerColumns = Set.empty }

    let private add (renamed: Renamed) (step: Step) : Renamed =
        match step with
        | Step.RenameTable(table, _) -> { renamed with FormerTables = renamed.FormerTables.Add table }
        | Step.RenameColumn(table, oldName, newName) ->
            { renamed with
                Columns = renamed.Columns.Add(table, newName)
                FormerColumns = renamed.FormerColumns.Add(table, oldName) }
        | _ -> renamed

    let ofSteps (renames: Step list) : Renamed = List.fold add none renames

/// Renames come first: hints rewrite the `from` schema, so that everything after compares objects under their new names.
[<RequireQualifiedAccess>]
module Renames =
    /// The first hint that acts: the old name exists, the new one does not.
    let private acting (existing: Set<string>) (name: string) (hints: string list) =
        if existing.Contains name then None else hints |> List.tryFind existing.Contains

    let private nextEnum (target: Schema) (from: Schema) =
        target.Enums
        |> List.sortBy _.Name
        |> List.tryPick (fun enum ->
            let existing =
                from.Enums
                |> List.filter (fun e -> e.Name.Namespace = enum.Name.Namespace)
                |> List.map _.Name.Name
                |> Set.ofList

            acting existing enum.Name.Name enum.RenamedFrom
            |> Option.map (fun oldName -> Step.RenameEnum({ enum.Name with Name = oldName }, enum.Name.Name)))

    let private nextTable (target: Schema) (from: Schema) =
        let existing =
            from.Tables
            |> List.groupBy _.Name.Namespace
            |> List.map (fun (ns, tables) -> ns, tables |> List.map _.Name.Name |> Set.ofList)
            |> Map.ofList

        target.Tables
        |> List.sortBy _.Name
        |> List.tryPick (fun table ->
            let names = existing |> Map.tryFind table.Name.Namespace |> Option.defaultValue Set.empty

            acting names table.Name.Name table.RenamedFrom
            |> Option.map (fun oldName -> Step.RenameTable({ table.Name with Name = oldName }, table.Name.Name)))

    let private nextColumn (target: Schema) (from: Schema) =
        let tables = from.Tables |> List.map (fun t -> t.Name, t) |> Map.ofList

        target.Tables
        |> List.sortBy _.Name
        |> List.tryPick (fun table ->
            match tables.TryFind table.Name with
            | None -> None
            | Some before ->
                let existing = before.Columns |> List.map _.Name |> Set.ofList

                table.Columns
                |> List.sortBy _.Name
                |> List.tryPick (fun column ->
                    acting existing column.Name column.RenamedFrom
                    |> Option.map (fun oldName -> Step.RenameColumn(table.Name, oldName, column.Name))))

    /// Repeats until no hint acts: one rename may free the name that another waits for.
    let rec private exhaust next target (steps: Step list, from: Schema) =
        match next target from with
        | None -> steps, from
        | Some step ->
            match Apply.step step from with
            | Ok renamed -> exhaust next target (steps @ [ step ], renamed)
            | Error message -> failwith $"A rename does not fit the schema it was found in: {message}"

    let private hasHints (schema: Schema) =
        schema.Enums |> List.exists (fun e -> not e.RenamedFrom.IsEmpty)
        || schema.Tables
           |> List.exists (fun t ->
               not t.RenamedFrom.IsEmpty || t.Columns |> List.exists (fun c -> not c.RenamedFrom.IsEmpty))

    /// What an engine keeps or projects speaks of state alone; rename hints are carried over from the declaration.
    let hintedLike (declared: Schema) (projected: Schema) : Schema =
        { projected with
            Enums =
                projected.Enums
                |> List.map (fun e ->
                    match Schema.tryEnum e.Name declared with
                    | Some d -> { e with RenamedFrom = d.RenamedFrom }
                    | None -> e)
            Tables =
                projected.Tables
                |> List.map (fun t ->
                    match Schema.tryTable t.Name declared with
                    | None -> t
                    | Some d ->
                        { t with
                            RenamedFrom = d.RenamedFrom
                            Columns =
                                t.Columns
                                |> List.map (fun c ->
                                    match Table.tryColumn c.Name d with
                                    | Some source -> { c with RenamedFrom = source.RenamedFrom }
                                    | None -> c) }) }

    /// The rename steps, and `from` as it is after them.
    let resolve (from: Schema) (target: Schema) : Step list * Schema =
        if hasHints target then
            ([], from) |> exhaust nextEnum target |> exhaust nextTable target |> exhaust nextColumn target
        else
            [], from
