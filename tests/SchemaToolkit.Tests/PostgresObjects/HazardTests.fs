module SchemaToolkit.Tests.PostgresObjects.HazardTests

open System
open Expecto
open SchemaToolkit.Testing
open SchemaToolkit.Tests

[<Tests>]
let tests =
    testList
        "rows"
        [ OnEngines.only
              Engine.Postgres
              "each hazard of a change between databases is told, and no other"
              (fun database ->
                  task {
                      let! wrong = HazardCases.wrong database.ConnectionString
                      Expect.isEmpty wrong (String.Join("\n", wrong))
                  })

          OnEngines.only Engine.Postgres "a table that is made again keeps its rows" (fun database ->
              task {
                  let! wrong = CarryingCases.wrong database.ConnectionString
                  Expect.isEmpty wrong (String.Join("\n", wrong))
              }) ]
