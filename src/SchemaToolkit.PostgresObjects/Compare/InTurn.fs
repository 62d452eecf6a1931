namespace SchemaToolkit.PostgresObjects

/// Columns that a table gets come in the order in which they stand: PostgreSQL puts each behind those that there are.
[<RequireQualifiedAccess>]
module internal InTurn =
    /// The table or type that a node gives one more column or attribute, and which.
    let private added (node: PgNode) : (Address * int) option =
        match node.Change.Step, node.Change.Sql with
        | PgStep.Create object, _ :: _ ->
            match object.Facts, object.Parent with
            | Facts.Column facts, Some table -> Some(table, facts.Position)
            | Facts.Attribute facts, Some composite -> Some(composite, facts.Position)
            | _ -> None
        | _ -> None

    /// Tables and types that nodes give columns.
    let within (nodes: PgNode list) : Set<Address> = nodes |> List.choose (added >> Option.map fst) |> Set.ofList

    /// Each waits for the one before it, but for those of loose tables: there that would lead in a circle.
    let columns (loose: Set<Address>) (nodes: PgNode list) : PgNode list =
        let earlier =
            nodes
            |> List.choose (fun node ->
                added node |> Option.map (fun (table, place) -> table, place, PgNode.address node))
            |> List.filter (fun (table, _, _) -> not (loose.Contains table))
            |> List.groupBy (fun (table, _, _) -> table)
            |> List.collect (fun (_, columns) ->
                columns
                |> List.sortBy (fun (_, place, _) -> place)
                |> List.pairwise
                |> List.map (fun ((_, _, first), (_, _, second)) -> second, first))
            |> Map.ofList

        if earlier.IsEmpty then
            nodes
        else
            nodes
            |> List.map (fun node ->
                match added node, earlier.TryFind(PgNode.address node) with
                | Some _, Some first -> { node with Edges.Needs = PgKey.Object first :: node.Edges.Needs }
                | _ -> node)
