module SchemaToolkit.Tests.Main

open Expecto

[<Tests>]
let smoke =
    testList "the test program" [ testCase "runs a test" <| fun () -> Expect.equal (1 + 1) 2 "sum" ]

[<EntryPoint>]
let main args = runTestsInAssemblyWithCLIArgs [] args
