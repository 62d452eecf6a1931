namespace SchemaToolkit.PostgresObjects

open SchemaToolkit.Diffing

/// From a decision to statements in an order that works.
[<RequireQualifiedAccess>]
module PgPlan =
    let rec private ordered
        (rules: Kind -> KindRules)
        carrying
        (loose: Set<Address>)
        (decision: Decision)
        : PgChange list =
        let edges node = node.Edges

        // Privileges of new objects are reckoned from the default ones that there were: these change last, also when they go.
        let rank node = if (PgNode.address node).Kind = Kind.DefaultPrivileges then 5 else node.Rank

        let pathOf = Running.path decision.Context

        let converted (node: PgNode) =
            match decision.Remakes.TryFind(PgNode.address node) with
            | Some disturbance -> disturbance.Converted
            | None -> Set.empty

        let nodes =
            Nodes.all rules decision
            |> List.collect (Stubs.split decision.Context)
            |> InTurn.columns loose
            |> (if carrying then Carrying.add decision.Context else id)
            |> List.map (fun node -> node, pathOf (converted node) node.Change.Step)

        // What runs functions is made when all is there that their bodies may name.
        let order (node: PgNode, (path: string list, runsBodies: bool)) =
            rank node, runsBodies || not path.IsEmpty, Order.kind (PgNode.address node).Kind, PgNode.address node

        match nodes |> List.sortBy order |> Graph.sort (fst >> edges) with
        | Ok sorted ->
            sorted
            |> List.map (fun (node, (path, _)) ->
                { node.Change with Sql = node.Change.Sql |> List.map Spelling.statement }, path)
            |> List.filter (fun (change, _) -> not change.Sql.IsEmpty)
            |> Running.under (lazy (Running.ofWatchers decision.Context))
        | Error circle ->
            let verb (node: PgNode) =
                match node.Change.Step with
                | PgStep.Drop _ -> "drop"
                | PgStep.Create _ -> "create"
                | PgStep.Alter _ -> "alter"
                | PgStep.Attributes _ -> "attributes of"
                | PgStep.MoveRows _ -> "move rows of"

            let steps =
                circle |> List.map (fun (node, _) -> $"{verb node} {PgNode.address node}") |> String.concat "; "

            let apart = decision.Context.Apart
            let circle = List.map fst circle

            let further =
                match Set.union apart (Severing.severable decision circle) with
                | further when further = apart -> Set.union apart (Stubs.possible decision.Context circle)
                | further -> further

            match InTurn.within circle - loose with
            | waiting when not waiting.IsEmpty -> ordered rules carrying (Set.union loose waiting) decision
            | _ when further = apart ->
                let altered =
                    [ for node in circle do
                          match node.Change.Step with
                          | PgStep.Alter(_, after) -> after.Address
                          | PgStep.Drop _
                          | PgStep.Create _
                          | PgStep.Attributes _
                          | PgStep.MoveRows _ -> () ]
                    |> Set.ofList

                raise (CircleException($"These objects need each other in a circle: {steps}.", altered))
            | _ -> ordered rules carrying loose { decision with Context = { decision.Context with Apart = further } }

    let rec private replacing (rules: Kind -> KindRules) (from: PgDatabase) (target: PgDatabase) (anew: Set<Address>) =
        let decision = Closure.decide rules from target anew

        try
            try
                ordered rules true Set.empty decision
            with :? CircleException ->
                ordered rules false Set.empty decision
        with :? CircleException as circle when not (Set.isSubset (Set.filter Closure.canBeAnew circle.Altered) anew) ->
            circle.Altered |> Set.filter Closure.canBeAnew |> Set.union anew |> replacing rules from target

    /// The changes that turn one database into another, in order. Empty when there is nothing to do.
    let between (rules: Kind -> KindRules) (from: PgDatabase) (target: PgDatabase) : PgChange list =
        replacing rules from target Set.empty
