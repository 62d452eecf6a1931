module SchemaToolkit.Tests.PostgresObjects.Random.RandomPairTests

open System
open System.Collections.Generic
open Expecto
open Npgsql
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.PostgresObjects

/// `SCHEMATOOLKIT_SOAK` sets the number of pairs; `all` is that of the long run.
let private count () =
    match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_SOAK" with
    | null
    | "" -> 60
    | "all" -> 2000
    | text -> int text

let private told (seed: int) (tags: string list) (outcome: Outcome) =
    let script model = model |> Render.statements |> snd |> Render.script
    let tags = String.Join("; ", tags)
    let wrong = String.Join("\n", outcome.Wrong)

    $"SCHEMATOOLKIT_LAW_SEED={seed} makes this pair first ({tags}).\n-- before.sql\n{script outcome.Before}\n-- after.sql\n{script outcome.After}\n-- wrong\n{wrong}"

/// One failing pair, made small.
let private smaller rows (a: NpgsqlConnection) (b: NpgsqlConnection) (found: Outcome) =
    let fails before after =
        task {
            let! outcome = RandomPair.check (RandomPair.isSeenByPlan found) rows a b before after
            return if RandomPair.isLike found outcome then Some outcome else None
        }

    Shrink.run 200 fails found

/// A long run goes on past the first pair that is wrong, up to so many that go wrong in different ways.
let private most = 12

/// Databases grow with what was dropped in them.
let private pairsPerDatabase = 60

[<Tests>]
let tests =
    testSequenced (
        OnEngines.only
            Engine.Postgres
            "a plan between two random databases arrives, and a second one is empty"
            (fun database ->
                task {
                    let first = int (Falsify.seed () % 1000000000UL)
                    let wrong = List<string>()
                    let found = List<Outcome>()
                    let mutable next = 0

                    while next < count () && wrong.Count < most do
                        do!
                            Pairs.withDatabases database.ConnectionString (fun a b ->
                                task {
                                    let last = min (count ()) (next + pairsPerDatabase)

                                    while next < last && wrong.Count < most do
                                        let seed = first + next
                                        let random = Random seed
                                        let before, after, tags = Generate.pair random 10 (1 + random.Next 6)
                                        // Rows hinder some plans, so most pairs have none.
                                        let rows = seed % 3 = 0
                                        let! outcome = RandomPair.check false rows a b before after

                                        if
                                            not outcome.Wrong.IsEmpty
                                            && not (Seq.exists (RandomPair.isLike outcome) found)
                                        then
                                            found.Add outcome
                                            let! small = smaller rows a b outcome
                                            wrong.Add(told seed tags small)

                                        next <- next + 1
                                })

                    Expect.isEmpty wrong (String.Join("\n", wrong))
                })
    )
