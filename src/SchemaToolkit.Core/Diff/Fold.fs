namespace SchemaToolkit

/// Puts keys, uniques and checks back into the CREATE TABLE that they follow. For the reader only: folded and unfolded
/// steps lead to the same schema.
[<RequireQualifiedAccess>]
module Fold =
    let private foldable (step: Step) =
        match step with
        | Step.AddConstraint(table, (Constraint.PrimaryKey _ | Constraint.Unique _ | Constraint.Check _ as definition)) ->
            Some(table, definition)
        | _ -> None

    /// Names of relations that a step gives up: a constraint must not be moved before one that has its name.
    let private released (step: Step) =
        match step with
        | Step.DropIndex(table, index)
        | Step.RenameIndex(table, index, _) -> [ { table with Name = index.Name } ]
        | Step.DropConstraint(table, definition)
        | Step.RenameConstraint(table, definition, _) -> [ { table with Name = definition.Name } ]
        | Step.DropTable table ->
            [ table.Name
              for definition in Table.constraints table do
                  { table.Name with Name = definition.Name }
              for index in table.Indexes do
                  { table.Name with Name = index.Name } ]
        | Step.RenameTable(table, _) -> [ table ]
        | _ -> []

    let private add (definition: Constraint) (table: Table) =
        match definition with
        | Constraint.PrimaryKey key -> { table with PrimaryKey = Some key }
        | Constraint.Unique unique -> { table with Uniques = table.Uniques @ [ unique ] }
        | Constraint.Check check -> { table with Checks = table.Checks @ [ check ] }
        | Constraint.ForeignKey key -> { table with ForeignKeys = table.ForeignKeys @ [ key ] }

    let steps (steps: Step list) : Step list =
        let created =
            steps
            |> List.choose (function
                | Step.CreateTable table -> Some table.Name
                | _ -> None)
            |> Set.ofList

        // Walk once: remember the names released since each table was created.
        let _, folded =
            ((Map.empty, Map.empty), steps)
            ||> List.fold
                (fun (since: Map<ObjectName, Set<ObjectName>>, folded: Map<ObjectName, Constraint list>) step ->
                    let since =
                        match released step with
                        | [] -> since
                        | names -> since |> Map.map (fun _ seen -> Set.union seen (Set.ofList names))

                    match step, foldable step with
                    | Step.CreateTable table, _ -> since.Add(table.Name, Set.empty), folded
                    | _, Some(table, definition) when created.Contains table ->
                        match since.TryFind table with
                        | Some seen when not (seen.Contains { table with Name = definition.Name }) ->
                            let known = folded.TryFind table |> Option.defaultValue []
                            since, folded.Add(table, known @ [ definition ])
                        | Some _
                        | None -> since, folded
                    | _ -> since, folded)

        let isFolded step =
            match foldable step with
            | Some(table, definition) -> folded.TryFind table |> Option.exists (List.contains definition)
            | None -> false

        steps
        |> List.filter (isFolded >> not)
        |> List.map (function
            | Step.CreateTable table ->
                (table, folded.TryFind table.Name |> Option.defaultValue [])
                ||> List.fold (fun t definition -> add definition t)
                |> Step.CreateTable
            | step -> step)
