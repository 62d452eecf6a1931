namespace SchemaToolkit.Diffing

open System.Collections.Generic

/// What a node of a plan makes, takes away, must find and used to use.
type Edges<'Key> =
    {
        Creates: 'Key list
        Destroys: 'Key list
        /// Must exist, in its final form, before the node runs.
        Needs: 'Key list
        /// Was used by what the node destroys: it must not go before the node has run.
        Frees: 'Key list
    }

/// One stable topological order (Kahn's algorithm with a priority queue). A key is destroyed before it is created again,
/// created before it is needed, and destroyed after it is freed.
[<RequireQualifiedAccess>]
module Graph =
    let private lookup (keysOf: Edges<'Key> -> 'Key list) (edges: Edges<'Key> array) =
        let table = Dictionary<'Key, List<int>>()

        edges
        |> Array.iteri (fun i edge ->
            for key in keysOf edge do
                match table.TryGetValue key with
                | true, found -> found.Add i
                | false, _ -> table[key] <- List [ i ])

        fun key ->
            match table.TryGetValue key with
            | true, found -> found :> seq<int>
            | false, _ -> Seq.empty

    /// For each node, those that must run after it.
    let private successors (edges: Edges<'Key> array) : HashSet<int> array =
        let creators = lookup _.Creates edges
        let destroyers = lookup _.Destroys edges
        let following = edges |> Array.map (fun _ -> HashSet<int>())

        let before first second =
            if first <> second then
                following[first].Add second |> ignore

        edges
        |> Array.iteri (fun i edge ->
            for key in edge.Needs do
                for creator in creators key do
                    before creator i

            for key in edge.Frees do
                for destroyer in destroyers key do
                    before i destroyer

            for key in edge.Destroys do
                for creator in creators key do
                    before i creator)

        following

    /// The nodes in order; those that are free to run keep the order they are given in. Error: the nodes of a circle.
    let sort (edgesOf: 'Node -> Edges<'Key>) (nodes: 'Node list) : Result<'Node list, 'Node list> =
        let nodes = Array.ofList nodes
        let following = successors (Array.map edgesOf nodes)
        let waiting = Array.zeroCreate<int> nodes.Length

        for targets in following do
            for i in targets do
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

                  for target in following[i] do
                      waiting[target] <- waiting[target] - 1

                      if waiting[target] = 0 then
                          ready.Enqueue(target, target) ]

        if ordered.Length = nodes.Length then
            Ok ordered
        else
            // What only waits for the circle is no part of it.
            let rec trim (inside: Set<int>) =
                let kept = inside |> Set.filter (fun i -> following[i] |> Seq.exists inside.Contains)
                if kept = inside then inside else trim kept

            let left = [ 0 .. nodes.Length - 1 ] |> List.filter (fun i -> waiting[i] > 0)
            Error(trim (Set.ofList left) |> Set.toList |> List.map (fun i -> nodes[i]))
