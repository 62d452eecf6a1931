module SchemaToolkit.Tests.Laws.UnchangedTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Diffing

/// A thousand tables, each pointing at the one before, built anew at each call: no value is shared between two of them.
let private schema () =
    let id = Column.uuid "id"
    let parent = Column.optional (Column.uuid "parent")
    let text = Column.text "text"

    let table number =
        let name = $"t{number}"
        let columns: ColumnHandle list = [ id; parent; text ]

        Table.define name columns
        |> Table.primaryKey [ id ]
        |> Table.index [ text ]
        |> fun table ->
            if number = 1 then
                table
            else
                Table.referencesNamed ("wide", $"t{number - 1}") [ parent, "id" ] table

    Schema.forPlugin "wide" [ for number in 1..1000 -> table number ]

let private withColumn number (schema: Schema) =
    let added = (Column.optional (Column.text "added")).Definition

    { schema with
        Tables =
            schema.Tables
            |> List.mapi (fun i table ->
                if i + 1 = number then
                    { table with Columns = table.Columns @ [ added ] }
                else
                    table) }

/// Tables hashed and tables compared whole.
let private workOf (work: unit -> 'T) =
    let before = TableContent.work ()
    let result = work ()
    result, TableContent.work () - before

[<Tests>]
let tests =
    testList
        "Laws.unchanged"
        [ testCase "equal tables cost the comparison of a hash, and no more"
          <| fun () ->
              let before, after = schema (), withColumn 500 (schema ())
              let first, work = workOf (fun () -> Diff.between before after)
              Expect.hasLength first 1 "one change was made"
              Expect.equal work 1002L "each pair is compared once, and the two that differ are hashed"

              let second, work = workOf (fun () -> Diff.between before after)
              Expect.equal second first "the same steps"
              Expect.equal work 0L "and never again"

              let _, work = workOf (fun () -> Diff.between after (withColumn 700 after))
              Expect.isLessThanOrEqual work 3L "a value made from a known one brings one new table"

          testCase "the diff looks at the changed table and at those that refer to it"
          <| fun () ->
              let before = schema ()
              let reduced = Unchanged.without before (withColumn 500 before)
              let names (schema: Schema) = schema.Tables |> List.map _.Name.Name |> List.sort
              Expect.equal (names reduced.From) [ "t500"; "t501" ] "on the one side"
              Expect.equal (names reduced.Target) [ "t500"; "t501" ] "and on the other"

          testCase "equal schemas leave nothing to look at"
          <| fun () ->
              let reduced = Unchanged.without (schema ()) (schema ())
              Expect.isEmpty reduced.From.Tables "nothing there"
              Expect.isEmpty reduced.Target.Tables "nothing wanted"

          testCase "a namespace that keeps a table is neither made nor dropped"
          <| fun () ->
              let before = schema ()

              let after =
                  { before with
                      Tables = before.Tables |> List.filter (fun t -> t.Name.Name <> "t1000") }

              let namespaces =
                  Diff.between before after @ Diff.between after before
                  |> List.filter (fun step -> step.IsCreateNamespace || step.IsDropNamespace)

              Expect.isEmpty namespaces "the other tables are there" ]
