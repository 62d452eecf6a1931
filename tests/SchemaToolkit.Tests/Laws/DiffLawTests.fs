module SchemaToolkit.Tests.Laws.DiffLawTests

open Expecto
open SchemaToolkit.Testing

[<Tests>]
let tests =
    testList
        "Laws.diff"
        [ for name, law in Laws.ofSchemas do
              Holds.forSchemas Holds.cases name Profile.everything law

          for name, law in Laws.ofPairs do
              Holds.forNearPairs Holds.cases $"{name} (near pairs)" Profile.everything law
              Holds.forFarPairs (Holds.cases / 4) $"{name} (far pairs)" Profile.everything law ]
