namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic

/// Pairs of numbers, bundled by the first: who has which.
[<Sealed>]
type internal Bundles(size: int, owners: List<int>, items: List<int>) =
    /// Where the bundle of each number begins, and where the last one ends.
    let starts =
        let starts = Array.zeroCreate (size + 1)

        for owner in owners do
            starts[owner + 1] <- starts[owner + 1] + 1

        for i in 1..size do
            starts[i] <- starts[i] + starts[i - 1]

        starts

    let bundled =
        let bundled = Array.zeroCreate items.Count
        let next = Array.copy starts

        for i in 0 .. items.Count - 1 do
            let owner = owners[i]
            bundled[next[owner]] <- items[i]
            next[owner] <- next[owner] + 1

        bundled

    member _.Count(number: int) = starts[number + 1] - starts[number]

    /// In the order in which they came; one that came twice is there twice.
    member _.Of(number: int) : int array = Array.sub bundled starts[number] (starts[number + 1] - starts[number])
