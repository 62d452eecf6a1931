module SchemaToolkit.Tests.Migrations.PolicyTests

open System
open System.Threading.Tasks
open Expecto
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations

let private plugin = "policy"
let private ns = Namespace.derive plugin
let private id = Column.integer "id"
let private name = Column.varchar 20 "name"
let private note = Column.text "note" |> Column.optional
let private amount = Column.decimal 10 4 "amount" |> Column.optional

let private table columns = Table.define "t" columns |> Table.primaryKey [ id ]
let private schema tables : Schema = Schema.forPlugin plugin tables
let private other = Table.define "u" [ id ] |> Table.primaryKey [ id ]
let private v1 = schema [ table [ id; name; note; amount ]; other ]

let private rows place (values: string list) =
    task {
        let target = Place.name place ns "t"

        for row in values do
            do! Place.execute place $"INSERT INTO {target} (id, name, note, amount) VALUES ({row})"
    }

let private seed = [ "1, 'ann', 'x', '1.2500'"; "2, 'benedict', NULL, '2.1234'"; "3, 'c', NULL, NULL" ]

let private seeded place =
    task {
        let! _ = Place.start place [ v1 ]
        do! rows place seed
    }

let private development = { Place.strict with Policy = MigrationPolicy.inStage Stage.Development }

let private judgements (plan: Plan) =
    plan.Findings
    |> List.filter (fun f -> f.Judgement <> Judgement.Informed)
    |> List.map (fun f -> f.Finding.Hazard.Code, f.Judgement, f.Finding.Rows)

let private finding code (plan: Plan) = plan.Findings |> List.find (fun f -> f.Finding.Hazard.Code = code)

/// Blocked in production with the count; a warning in development, where it runs.
let private asksOf seed (what: string) (next: Schema) (code: string) (count: int64) (sample: string option) =
    Place.each $"{what}: production blocks it with counts, development warns" (fun place ->
        task {
            let! _ = Place.start place [ v1 ]
            do! rows place seed

            do!
                Dump.unchanged place (fun () ->
                    task {
                        let! plan = Place.plan place next
                        let found = finding code plan
                        Expect.equal found.Judgement Judgement.Blocked "in production"
                        Expect.equal found.Finding.Rows (Some count) "rows concerned"

                        match sample with
                        | Some text -> Expect.stringContains (String.concat " " found.Finding.Samples) text "a sample"
                        | None -> ()
                    })

            let! error = Place.refusal place next
            Place.expectCode "blocked" error
            let text = MigrationError.describe error
            Expect.stringContains text code "the hazard"

            if count > 0L then
                let rows = if count = 1L then "1 row" else $"{count} rows"
                Expect.stringContains text $"({rows}" "the count"

            Expect.stringContains text "Consent.give" "the way out"
            let! plan = Place.planWith place development next
            Expect.equal (finding code plan).Judgement Judgement.Warned "in development"
            let! outcome = Place.startOne place development next
            Place.expectApplied outcome
        })

let private asks = asksOf seed

let private destructive =
    testList
        "what loses data"
        [ asks "dropping a table" (schema [ table [ id; name; note; amount ] ]) "drop-table" 0L None
          asks "dropping a column" (schema [ table [ id; name; amount ]; other ]) "drop-column" 1L (Some "x")
          asks
              "a shorter varchar with longer rows"
              (schema [ table [ id; Column.varchar 5 "name"; note; amount ]; other ])
              "lossy-cast"
              1L
              (Some "benedict")
          asks
              "a smaller scale with digits behind it"
              (schema [ table [ id; name; note; Column.decimal 10 2 "amount" |> Column.optional ]; other ])
              "lossy-cast"
              1L
              (Some "2.1234")
          asks
              "another kind of type"
              (schema [ table [ id; name; note; Column.text "amount" |> Column.optional ]; other ])
              "change-type"
              2L
              None
          asksOf
              [ "1, 'ann', 'x', '1.0000'"; "2, 'bob', 'y', '2.0000'" ]
              "NOT NULL on rows that are there"
              (schema [ table [ id; name; Column.text "note"; amount ]; other ])
              "set-not-null"
              2L
              None ]

/// With NULLs among the rows there is nothing to consent to.
let private withoutNulls =
    testList
        "what the rows forbid"
        [ Place.each "NOT NULL over NULLs is refused with their count, whoever consents" (fun place ->
              task {
                  do! seeded place
                  let next = schema [ table [ id; name; Column.text "note"; amount ]; other ]

                  for options in [ Place.strict; development; Place.lenient ] do
                      let! plan = Place.planWith place options next
                      let found = finding "null-values" plan
                      Expect.equal found.Judgement Judgement.Refused "judgement"
                      Expect.equal found.Finding.Rows (Some 2L) "NULLs"
                      let! error = Place.refusalWith place options [ next ]
                      Place.expectCode "blocked" error
              })

          Place.each
              "a required column without a default is refused where there are rows, with their count"
              (fun place ->
                  task {
                      do! seeded place
                      let next = schema [ table [ id; name; note; amount; Column.integer "must" ]; other ]
                      let! plan = Place.planWith place Place.lenient next
                      let found = finding "add-required-column" plan
                      Expect.equal (found.Judgement, found.Finding.Rows) (Judgement.Refused, Some 3L) "judgement"
                  }) ]

let private safe =
    Place.each
        "what the rows allow is allowed: tables, nullable columns, indexes, longer and fitting types"
        (fun place ->
            task {
                let! _ = Place.start place [ v1 ]
                do! rows place [ "1, 'ann', 'x', '1.2500'" ]

                let next =
                    schema
                        [ table
                              [ id
                                Column.varchar 5 "name"
                                note
                                Column.decimal 8 2 "amount" |> Column.optional
                                Column.text "more" |> Column.optional ]
                          |> Table.index [ note ]
                          Table.define "u" [ id; Column.text "must" ] |> Table.primaryKey [ id ]
                          Table.define "w" [ id ] |> Table.primaryKey [ id ] ]

                let! plan = Place.plan place next
                Expect.isEmpty (judgements plan) "nothing to ask"
                let! outcome = Place.startOne place Place.strict next
                Place.expectApplied outcome
                let longer = schema [ table [ id; Column.varchar 50 "name"; note; amount ]; other ]
                let! plan = Place.plan place longer

                Expect.isFalse
                    (plan.Findings
                     |> List.exists (fun f ->
                         f.Finding.Hazard.Code = "lossy-cast" && f.Judgement <> Judgement.Informed))
                    "a longer varchar"
            })

let private emptyNotNull =
    Place.each "NOT NULL on an empty table is allowed" (fun place ->
        task {
            let! _ = Place.start place [ v1 ]
            let next = schema [ table [ id; name; Column.text "note"; amount ]; other ]
            let! plan = Place.plan place next
            Expect.isEmpty (judgements plan) "nothing to ask"
            let! outcome = Place.startOne place Place.strict next
            Place.expectApplied outcome
        })

let private consent =
    Place.each "consent is for one hazard, one object and one change; it expires with the next version" (fun place ->
        task {
            do! seeded place
            let next = schema [ table [ id; name; amount ] ]
            let! plan = Place.plan place next
            let needed = Plan.consentsNeeded plan
            Expect.equal (needed |> List.map _.Hazard |> List.sort) [ "drop-column"; "drop-table" ] "consents needed"

            let given consents =
                { Place.strict with
                    Policy = MigrationPolicy.consenting consents Place.strict.Policy }

            let! error = Place.refusalWith place (given [ List.head needed ]) [ next ]
            Place.expectCode "blocked" error

            let wrong = needed |> List.map (fun c -> { c with ToHash = String.replicate 64 "a" })
            let! error = Place.refusalWith place (given wrong) [ next ]
            Place.expectCode "blocked" error
            let! outcome = Place.startOne place (given needed) next
            Place.expectApplied outcome
            // The same column dropped once more, after it came back: the old words do not cover it.
            let! back =
                Place.startOne place Place.strict (schema [ table [ id; name; amount; note ] ] |> Schema.version 7)

            Place.expectApplied back

            let! error =
                Place.refusalWith place (given needed) [ schema [ table [ id; name; amount ] ] |> Schema.version 8 ]

            Place.expectCode "blocked" error
        })

/// The only test that sets it; other tests give their policies in code.
let private variable =
    testSequenced (
        Place.each
            "ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS=true lets everything through that consent could, on record"
            (fun place ->
                task {
                    do! seeded place
                    Environment.SetEnvironmentVariable("ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS", "true")

                    let options =
                        { Place.strict with
                            Policy = { MigrationPolicy.fromEnvironment () with Stage = Stage.Production } }

                    Environment.SetEnvironmentVariable("ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS", null)
                    let! outcome = Place.startOne place options (schema [ table [ id; name; amount ] ])
                    Place.expectApplied outcome
                    let! history = Place.history place
                    let entry = List.last history
                    Expect.stringContains entry.Consent "drop-table" "the consent on record"
                    Expect.stringContains entry.Consent "drop-column" "the consent on record"
                })
    )

let private rename =
    Place.each "what may be a rename blocks in both stages until somebody says which" (fun place ->
        task {
            do! seeded place
            let renamed = Column.text "remark" |> Column.optional
            let next = schema [ table [ id; name; renamed; amount ]; other ]

            for options in [ Place.strict; development ] do
                let! error = Place.refusalWith place options [ next ]
                Place.expectCode "blocked" error
                Expect.stringContains (MigrationError.describe error) "possible-rename" "the question"
                Expect.stringContains (MigrationError.describe error) "Column.renamedFrom" "one answer"

            let answered = schema [ table [ id; name; Column.renamedFrom "note" renamed; amount ]; other ]
            let! outcome = Place.startOne place Place.strict answered
            Place.expectApplied outcome
            let target = Place.name place ns "t"
            let! value = Place.scalar place $"SELECT remark FROM {target} WHERE id = 1"
            Expect.equal value "x" "the value went along"
        })

let rec private until (tries: int) (question: unit -> Task<bool>) : Task<unit> =
    task {
        let! answer = question ()

        if not answer then
            if tries = 0 then
                failtest "It did not come to that."

            do! Task.Delay 50
            return! until (tries - 1) question
    }

let private race =
    Place.only Engine.Postgres "a row written between the plan and the lock is seen, and not lost" (fun place ->
        task {
            let! _ = Place.start place [ v1 ]
            do! rows place [ "1, 'ann', 'x', '1.2500'" ]
            use connection = new NpgsqlConnection(place.Database.ConnectionString)
            do! connection.OpenAsync()
            use! transaction = connection.BeginTransactionAsync()
            // Not committed yet: the first plan cannot see it, and nothing but the lock waits for it.
            use command = new NpgsqlCommand($"INSERT INTO {ns}.t (id, name) VALUES (2, 'benedict')", connection)
            let! _ = command.ExecuteNonQueryAsync()
            let next = schema [ table [ id; Column.varchar 5 "name"; note; amount ]; other ]
            let starting = Place.refusal place next

            do!
                until 200 (fun () ->
                    task {
                        let! waiting = Place.locks place "NOT granted AND mode = 'ShareRowExclusiveLock'"

                        return waiting = "1"
                    })

            do! transaction.CommitAsync()
            let! error = starting
            Place.expectCode "blocked" error
            Expect.stringContains (MigrationError.describe error) "benedict" "the row"
            let! value = Place.scalar place $"SELECT name FROM {ns}.t WHERE id = 2"
            Expect.equal value "benedict" "it is whole"
        })

[<Tests>]
let tests =
    testList "policy" [ destructive; withoutNulls; safe; emptyNotNull; consent; variable; rename; race ]
