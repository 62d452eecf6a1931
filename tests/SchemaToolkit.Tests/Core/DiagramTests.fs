module SchemaToolkit.Tests.DiagramTests

open Expecto
open SchemaToolkit

[<Tests>]
let tests =
    testList
        "diagram"
        [ testCase "the Mermaid text of a schema is a golden file"
          <| fun () -> Golden.check "diagram.golden.mmd" (Diagram.mermaid EverySchema.schema)

          testCase "an optional reference and a unique one are drawn as such"
          <| fun () ->
              let id = Column.uuid "id"
              let owner = Column.uuid "owner" |> Column.optional
              let people = Table.define "people" [ id ] |> Table.primaryKey [ id ]

              let cars =
                  Table.define "cars" [ id; owner ] |> Table.unique [ owner ] |> Table.references people [ owner, id ]

              let drawn = Diagram.mermaid (Schema.forHost [ people; cars ])
              Expect.stringContains drawn "\"public.people\" |o--o| \"public.cars\"" "relation" ]
