/// Objects through the law of laws: a migrated database is like a new one, and a second plan is empty.
module SchemaToolkit.Tests.Objects.ObjectOracleTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Laws

let private chain (engine: OracleEngine) (versions: (string * Schema) list) =
    task {
        let wrong = ResizeArray<string>()

        for (first, before), (second, after) in List.pairwise versions do
            for what, a, b in [ second, before, after; $"{second}, back to {first}", after, before ] do
                match! EngineOracle.check engine 7UL a b with
                | Ok() -> ()
                | Error message -> wrong.Add $"{what}: {message}"

        Expect.isEmpty wrong (String.concat "\n\n" wrong)
    }

let private on engine oracle what versions =
    testSequenced (
        OnEngines.needing engine $"each change of {what} arrives, both ways" (fun () -> chain oracle versions)
    )

[<Tests>]
let tests =
    testList
        "objects"
        [ on Engine.Postgres EngineOracleTests.postgres "views" Versions.views
          on Engine.Postgres EngineOracleTests.postgres "functions and triggers" Versions.functions
          on Engine.Postgres EngineOracleTests.postgres "sequences, types and materialised views" Versions.others
          on Engine.Postgres EngineOracleTests.postgres "partitions and exclusions" Versions.partitions
          for engine, oracle in [ Engine.Sqlite, EngineOracleTests.sqlite; Engine.Postgres, EngineOracleTests.postgres ] do
              let on what versions = on engine oracle $"{what} ({engine})" versions
              on "triggers" PortableVersions.triggers
              on "what views stand on" PortableVersions.rests
              on "tables without rowid" PortableVersions.withoutRowId
          on Engine.Sqlite EngineOracleTests.sqlite "views (sqlite)" Versions.views ]
