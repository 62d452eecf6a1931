module SchemaToolkit.Tests.ValidateTests

open System
open Expecto
open FsCheck
open FsCheck.FSharp
open SchemaToolkit
open SchemaToolkit.Tests.EverySchema
open SchemaToolkit.Tests.Faulty

let private errorsOf (schema: Schema) =
    match Validate.schema schema with
    | Ok _ -> []
    | Error errors -> errors

let private codes (errors: SchemaError list) = errors |> List.map _.Code |> List.distinct |> List.sort

/// SQL words that are reserved in PostgreSQL or SQLite; always quoted, they are names like others.
let private reserved =
    [ "select"
      "table"
      "user"
      "order"
      "group"
      "where"
      "default"
      "primary"
      "references"
      "check"
      "null"
      "true"
      "all"
      "index"
      "values"
      "rowid"
      "with" ]

let private fine: (string * Schema) list =
    [ "a schema that uses everything", schema
      "no table at all", plugin []
      "reserved words of SQL",
      plugin
          [ for word in reserved do
                let column = Column.text word
                Table.define word [ id; column ] |> Table.primaryKey [ id ] |> Table.index [ column ] ]
      "63 bytes, in letters of any script",
      plugin [ Table.define (String('é', 30)) [ id; Column.text (String('a', 63)); Column.text "名前"; Column.text "🙂" ] ]
      "the host in public", Schema.forHost [ table ]
      "a hint to a name that is used again", plugin [ Table.define "new" [ id ] |> Table.renamedFrom "t"; table ]
      "hints in a row", plugin [ table |> Table.renamedFrom "u"; Table.define "u" [ id ] |> Table.renamedFrom "v" ]
      "tables that refer to each other and to themselves",
      (let a = Table.define "a" [ id ] |> Table.primaryKey [ id ]
       let b = Table.define "b" [ id ] |> Table.primaryKey [ id ]
       let parent = Column.uuid "parent" |> Column.optional

       plugin
           [ a |> Table.references b [ id, id ]
             Table.define "self" [ id; parent ]
             |> Table.primaryKey [ id ]
             |> Table.references (Table.define "self" []) [ parent, id ]
             b |> Table.references a [ id, id ] ])
      "a foreign key whose pairs stand in another order than the key",
      (let x, y = Column.integer "x", Column.text "y"
       let far = Table.define "far" [ x; y ] |> Table.primaryKey [ x; y ]
       plugin [ far; tableOf [ x; y ] |> Table.references far [ y, y; x, x ] ])
      "a foreign key into another namespace, which is not judged alone",
      plugin [ table |> Table.referencesNamed ("other", "u") [ id, "id" ] ]
      "numbers that fit", literal (ColumnType.Numeric(Some { Precision = 4; Scale = 2 })) (Literal.Number "-99.990")
      "an integer on a double", literal ColumnType.Double (Literal.Integer 1L)
      "an infinite double", literal ColumnType.Double (Literal.Number "Infinity")
      "a duration", literal ColumnType.Interval (Literal.Text "P1Y2M3DT4H5M6.5S")
      "a vector", literal (ColumnType.Vector 2) (Literal.Text "[1, -2.5e3]")
      "seconds with a fraction", literal ColumnType.Timestamp (Literal.Text "2024-02-29T23:59:59.123456Z")
      "characters that take two places", literal (ColumnType.Varchar 1) (Literal.Text "🙂") ]

[<Tests>]
let tests =
    testList
        "validate"
        [ testList
              "refuses"
              [ for code, name, schema in Faulty.schemas ->
                    testCase $"{name} ({code})"
                    <| fun () ->
                        let errors = errorsOf schema
                        Expect.contains (codes errors) code $"%A{List.map string errors}"

                        for error in errors do
                            Expect.equal error.Plugin schema.Plugin "plugin"
                            Expect.isNotEmpty error.Message "message"
                            Expect.isNotEmpty error.Advice "advice"
                            Expect.isFalse (string error |> Seq.exists Char.IsControl) "printable" ]

          testCase "a schema with one fault has one code"
          <| fun () ->
              // Faults that cannot come alone.
              let together =
                  set
                      [ "a foreign key without columns"
                        "a foreign key with fewer columns on the far side"
                        "a foreign key to a stranger"
                        "identity of a uuid" ]

              let several =
                  [ for code, name, schema in Faulty.schemas do
                        let found = codes (errorsOf schema)

                        if found <> [ code ] && not (together.Contains name) then
                            name, found ]

              Expect.equal several [] "faults with more codes"

          testList
              "accepts"
              [ for name, schema in fine ->
                    testCase name <| fun () -> Expect.equal (Validate.schema schema) (Ok schema) "schema" ]

          testCase "every error is told at once, with part, message and advice"
          <| fun () ->
              let broken =
                  Table.define "a.b" [ Column.varchar 0 "x"; Column.text "x\000" ]
                  |> Table.index [ Column.text "missing" ]

              let errors = errorsOf (Schema.forPlugin "@org/plugin-bad" [ broken ])
              Expect.equal (codes errors) [ "invalid-name"; "invalid-type"; "unknown-column" ] "codes"

              Golden.check "schema-errors.golden.txt" (errors |> List.map (fun e -> $"{e}\n") |> String.concat "")

          testCase "a misspelt column gets a suggestion"
          <| fun () ->
              let error =
                  plugin [ tableOf [ Column.text "user_name" ] |> Table.index [ Column.text "user_nmae" ] ]
                  |> errorsOf
                  |> List.exactlyOne

              Expect.stringContains error.Advice "'user_name'" "suggestion"

          testPropertyWithConfig
              { FsCheckConfig.defaultConfig with
                  arbitrary = [ typeof<AnySchema> ]
                  endSize = 12 }
              "whatever the schema, validation answers, and its errors print on one line"
          <| fun (schemas: Schema list) ->
              match Validate.together schemas with
              | Ok same -> same = schemas
              | Error errors ->
                  not errors.IsEmpty
                  && errors |> List.forall (fun error -> not (string error |> Seq.exists Char.IsControl)) ]
