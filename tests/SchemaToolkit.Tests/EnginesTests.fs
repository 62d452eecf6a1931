module SchemaToolkit.Tests.EnginesTests

open Expecto

[<Tests>]
let tests =
    testList
        "engines"
        [ testCase "a required engine that no test used is missing, whatever its case"
          <| fun () ->
              let missing = Engines.missing [ "sqlite"; "postgres"; "PGLite" ] [ "SQLite"; "pglite" ]
              Expect.equal missing [ "postgres" ] "missing engines"

          testCase "nothing is missing when nothing is required"
          <| fun () -> Expect.isEmpty (Engines.missing [] []) "missing engines" ]
