module SchemaToolkit.Tests.Migrations.DriftTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

let private messages (plan: Plan) = plan.Drift |> List.map _.Message |> String.concat "\n"

let private dropIndex place =
    let name = Place.name place Notes.ns "notes_title_idx"
    Place.execute place $"DROP INDEX {name}"

/// What a person would do; on SQLite only its own catalog can be changed so.
let private changeDefault (place: Place) =
    let table = Place.name place Notes.ns "notes"

    match place.Engine with
    | Engine.Sqlite ->
        Place.execute
            place
            $"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'DEFAULT 0', 'DEFAULT 7') WHERE name = '{Notes.ns}__notes'; PRAGMA writable_schema = RESET"
    | Engine.Postgres
    | Engine.PGlite -> Place.execute place $"ALTER TABLE {table} ALTER COLUMN score SET DEFAULT 7"

/// Shown in the plan, made good by the next start, and then gone.
let private mended place (happened: string) =
    task {
        let! plan = Place.plan place Notes.v1
        Expect.isNonEmpty plan.Drift "drift"
        Expect.stringContains (messages plan) happened "what happened"
        Expect.isNonEmpty plan.Steps "the way back"
        let! outcome = Place.startOne place Place.strict Notes.v1
        Place.expectApplied outcome
        let! again = Place.plan place Notes.v1
        Expect.isEmpty again.Drift "drift afterwards"
        Expect.isEmpty again.Steps "steps afterwards"
    }

let private index =
    Place.each "an index that somebody dropped is shown and made again" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            do! dropIndex place
            do! mended place "notes_title_idx"
        })

let private byDefault =
    Place.each "a default that somebody changed is shown and changed back" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            do! Place.note place "kept"
            do! changeDefault place
            do! mended place "score"
            do! Place.note place "after"
            let table = Place.name place Notes.ns "notes"
            let! rows = Place.rows place $"SELECT title, score FROM {table} ORDER BY title"
            Expect.equal rows [ "after|0"; "kept|0" ] "rows and the default"
        })

let private column =
    Place.each "a column that somebody added is shown, and nobody's plan touches it" (fun place ->
        task {
            let table = Place.name place Notes.ns "notes"
            let! _ = Place.start place [ Notes.v1 ]
            do! Place.execute place $"ALTER TABLE {table} ADD COLUMN dba_note text"
            do! Place.note place "x"
            do! Place.execute place $"UPDATE {table} SET dba_note = 'mine'"
            let! plan = Place.plan place Notes.v1
            Expect.isEmpty plan.Steps "steps"
            Expect.stringContains (messages plan) "dba_note" "the column is shown"
            let! outcome = Place.startOne place Place.strict Notes.v1
            Place.expectUpToDate outcome
            let! next = Place.startOne place Place.strict Notes.v2
            Place.expectApplied next
            let! value = Place.scalar place $"SELECT dba_note FROM {table}"
            Expect.equal value "mine" "its value"
        })

/// Blocked like any other change that loses something.
let private underPolicy =
    Place.each "what drift would cost on the way back is judged as any plan is" (fun place ->
        task {
            let table = Place.name place Notes.ns "notes"
            let must = Notes.define [ Notes.id; Notes.must ] |> Notes.schema
            let! _ = Place.start place [ must ]

            match place.Engine with
            | Engine.Sqlite -> do! Place.execute place $"ALTER TABLE {table} RENAME COLUMN must TO gone"
            | Engine.Postgres
            | Engine.PGlite -> do! Place.execute place $"ALTER TABLE {table} RENAME COLUMN must TO gone"

            let insert = $"INSERT INTO {table} (id, gone) VALUES ('00000000-0000-4000-8000-000000000001', 5)"
            do! Place.execute place insert

            do!
                Dump.unchanged place (fun () ->
                    task {
                        let! plan = Place.plan place must
                        Expect.isNonEmpty (Plan.refused plan) "a value cannot be invented"
                        return ()
                    })

            let! error = Place.refusal place must
            Place.expectCode "blocked" error
            let! value = Place.scalar place $"SELECT gone FROM {table}"
            Expect.equal value "5" "the row"
        })

[<Tests>]
let tests = testList "drift" [ index; byDefault; column; underPolicy ]
