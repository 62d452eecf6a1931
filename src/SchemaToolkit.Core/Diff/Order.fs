namespace SchemaToolkit.Diffing

open System.Collections.Generic
open SchemaToolkit

/// One stable topological order. Edges come from what nodes create, destroy, need and free; ties are broken by kind of step
/// and then by its text, so that the order of declarations never matters.
[<RequireQualifiedAccess>]
module Order =
    /// Reading order among steps that are free to run.
    let private rank (step: Step) =
        match step with
        | Step.RenameEnum _
        | Step.RenameTable _
        | Step.RenameColumn _ -> 0
        | Step.ChangeRowSecurity(_, _, RowSecurity.Disabled) -> 1
        | Step.DropPolicy _ -> 2
        | Step.DropIndex _ -> 3
        | Step.DropConstraint _ -> 4
        | Step.DropColumn _ -> 5
        | Step.DropTable _ -> 6
        | Step.DropEnum _ -> 7
        | Step.DropNamespace _ -> 8
        | Step.RenameConstraint _
        | Step.RenameIndex _ -> 9
        | Step.CreateNamespace _ -> 10
        | Step.CreateEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _ -> 11
        | Step.CreateTable _ -> 12
        | Step.AddColumn _ -> 13
        | Step.ChangeType _
        | Step.ChangeCollation _
        | Step.ChangeNullability _
        | Step.ChangeDefault _
        | Step.ChangeIdentity _ -> 14
        | Step.AddConstraint(_, Constraint.PrimaryKey _) -> 15
        | Step.AddConstraint(_, Constraint.Unique _)
        | Step.AddConstraint(_, Constraint.Check _) -> 16
        | Step.CreateIndex _ -> 17
        | Step.AddConstraint(_, Constraint.ForeignKey _) -> 18
        | Step.CreatePolicy _ -> 19
        | Step.ChangeRowSecurity _ -> 20
        | Step.ChangeComment _ -> 21

    /// Columns are added in the order of their declaration: the sort is stable.
    let private tieBreak (step: Step) =
        match step with
        | Step.AddColumn(table, _) -> string table
        | _ -> Describe.step step

    let private lookup (keysOf: Node -> Key list) (nodes: Node array) =
        let table = Dictionary<Key, List<int>>()

        nodes
        |> Array.iteri (fun i node ->
            for key in keysOf node do
                match table.TryGetValue key with
                | true, found -> found.Add i
                | false, _ -> table[key] <- List [ i ])

        fun key ->
            match table.TryGetValue key with
            | true, found -> found :> seq<int>
            | false, _ -> Seq.empty

    /// For each node, those that must run after it.
    let private successors (nodes: Node array) : HashSet<int> array =
        let creators = lookup _.Creates nodes
        let destroyers = lookup _.Destroys nodes
        let edges = nodes |> Array.map (fun _ -> HashSet<int>())

        let before first second =
            if first <> second then
                edges[first].Add second |> ignore

        nodes
        |> Array.iteri (fun i node ->
            for key in node.Needs do
                for creator in creators key do
                    before creator i

            for key in node.Frees do
                for destroyer in destroyers key do
                    before i destroyer

            for key in node.Destroys do
                for creator in creators key do
                    before i creator)

        edges

    /// The steps in order. A cycle is a bug in a planner, never repaired.
    let sort (nodes: Node list) : Node list =
        let nodes = nodes |> List.sortBy (fun n -> rank n.Step, tieBreak n.Step) |> Array.ofList
        let edges = successors nodes
        let waiting = Array.zeroCreate<int> nodes.Length

        for following in edges do
            for i in following do
                waiting[i] <- waiting[i] + 1

        let ready = PriorityQueue<int, int>()

        waiting
        |> Array.iteri (fun i count ->
            if count = 0 then
                ready.Enqueue(i, i))

        let ordered =
            [ while ready.Count > 0 do
                  let i = ready.Dequeue()
                  nodes[i]

                  for following in edges[i] do
                      waiting[following] <- waiting[following] - 1

                      if waiting[following] = 0 then
                          ready.Enqueue(following, following) ]

        if ordered.Length < nodes.Length then
            let stuck =
                nodes
                |> Array.indexed
                |> Array.filter (fun (i, _) -> waiting[i] > 0)
                |> Array.map (fun (_, n) -> Describe.step n.Step)
                |> String.concat "; "

            failwith $"Steps need each other in a circle, which is a fault of the diff: {stuck}"

        ordered
