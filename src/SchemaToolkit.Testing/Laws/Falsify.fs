namespace SchemaToolkit.Testing

open System
open FsCheck
open FsCheck.FSharp

/// A value for which a law broke, made as small as it could be.
type Falsified<'T> =
    {
        Value: 'T
        Message: string
        /// What makes the same value again: `SCHEMATOOLKIT_LAW_SEED`.
        Seed: uint64
        /// Cases that held before.
        Held: int
    }

/// Looks for a value that breaks a law, without a test framework.
[<RequireQualifiedAccess>]
module Falsify =
    let private attempt (law: 'T -> Result<unit, string>) (value: 'T) =
        try
            match law value with
            | Ok() -> None
            | Error message -> Some message
        with error ->
            Some $"{error.GetType().Name}: {error.Message}"

    let private shrink
        mostTries
        (arbitrary: Arbitrary<'T>)
        (law: 'T -> Result<unit, string>)
        (value: 'T)
        (message: string)
        =
        let mutable tries = 0

        let smaller (value: 'T) =
            arbitrary.Shrinker value
            |> Seq.takeWhile (fun _ -> tries < mostTries)
            |> Seq.tryPick (fun candidate ->
                tries <- tries + 1
                attempt law candidate |> Option.map (fun message -> candidate, message))

        let rec descend (value, message) =
            match smaller value with
            | Some next -> descend next
            | None -> value, message

        descend (value, message)

    /// The seed of `SCHEMATOOLKIT_LAW_SEED`, or a new one each time.
    let seed () =
        match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_LAW_SEED" with
        | null
        | "" -> uint64 (Random.Shared.NextInt64())
        | text -> uint64 text

    /// The first of `count` values for which the law does not hold, shrunk by at most so many tries; None when it holds for all.
    let searchWithin
        (tries: int)
        (count: int)
        (seed: uint64)
        (arbitrary: Arbitrary<'T>)
        (law: 'T -> Result<unit, string>)
        =
        seq { 0 .. count - 1 }
        |> Seq.tryPick (fun i ->
            let one = seed + uint64 i
            let value = Gen.sampleWithSeed (Rnd one) 20 1 arbitrary.Generator |> Array.head

            attempt law value
            |> Option.map (fun message ->
                let value, message = shrink tries arbitrary law value message

                { Value = value; Message = message; Seed = one; Held = i }))

    /// As `searchWithin`, for laws that are quick.
    let search count seed arbitrary law = searchWithin 3000 count seed arbitrary law
