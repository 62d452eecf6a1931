module SchemaToolkit.Tests.PostgresObjects.CorpusTests

open System
open Expecto
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private chosen = Pairs.sample 6 0

[<Tests>]
let pairs =
    OnEngines.among
        [ Engine.Postgres ]
        "a plan between two databases arrives, and a second one is empty"
        (fun database ->
            task {
                let wrong = ResizeArray<string>()

                for pair in chosen.Value do
                    match! Pairs.check database.ConnectionString pair with
                    | Ok found -> wrong.AddRange found
                    | Error reason -> wrong.Add reason

                Expect.isGreaterThan chosen.Value.Length (if Pairs.isNarrowed then 0 else 50) "the corpus was found"
                Expect.isEmpty wrong (String.Join("\n", wrong))
            })
