namespace SchemaToolkit.Tests

open System.Threading.Tasks
open Expecto
open SchemaToolkit.Testing

/// Tests on real engines. One that is missing here is skipped with its reason, never passed.
[<RequireQualifiedAccess>]
module OnEngines =

    let private orSkip (engine: Engine) (body: unit -> Task<unit>) () : Task<unit> =
        task {
            let found = TestDatabase.available () |> List.find (fun (each, _) -> each = engine)

            match snd found with
            | Availability.Available _ -> do! body ()
            | Availability.Missing reason -> skiptest reason
        }

    let private withDatabase engine (body: TestDatabase -> Task<unit>) () : Task<unit> =
        task {
            use! database = TestDatabase.create engine
            do! body database
        }

    /// A test that makes its databases itself, if the engine is there.
    let needing (engine: Engine) name (body: unit -> Task<unit>) = testCaseTask name (orSkip engine body)

    /// A test with an empty database on one engine.
    let only engine name (body: TestDatabase -> Task<unit>) = needing engine name (withDatabase engine body)

    /// The same test on some engines, each with an empty database; named after them.
    let among engines name (body: TestDatabase -> Task<unit>) =
        testList name [ for engine in engines -> only engine (Engine.name engine) body ]

    /// The same test on every engine, each with an empty database.
    let each name (body: TestDatabase -> Task<unit>) = among Engine.all name body
