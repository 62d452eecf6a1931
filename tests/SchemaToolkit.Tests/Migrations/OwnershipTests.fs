module SchemaToolkit.Tests.Migrations.OwnershipTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

let private id = Column.integer "id"
let private name = Column.text "name"
let private simple table = Table.define table [ id; name ] |> Table.primaryKey [ id ]

/// A type and a default change: on SQLite the table is made anew.
let private rebuilt =
    Notes.define [ Notes.id; Notes.title; Notes.body; Column.bigint "score" |> Column.defaultsTo (Default.value 5L) ]
    |> Table.index [ Notes.title ]
    |> Table.check "positive" $"{Notes.score} >= 0"
    |> Notes.schema

let private strangers (place: Place) =
    let table = Place.name place Notes.ns "notes"

    match place.Engine with
    | Engine.Sqlite ->
        [ "CREATE TABLE audit (what TEXT)"
          $"CREATE INDEX dba_idx   ON {table} (body)  -- his own"
          $"CREATE TRIGGER dba_trg AFTER INSERT ON {table} BEGIN INSERT INTO audit VALUES (new.title); END"
          $"CREATE VIEW dba_view AS SELECT title FROM {table} WHERE title <> 'x'"
          $"ALTER TABLE {table} ADD COLUMN dba_note TEXT DEFAULT 'none'" ]
    | Engine.Postgres
    | Engine.PGlite ->
        [ "CREATE TABLE public.audit (what text)"
          $"CREATE INDEX dba_idx ON {table} (body)"
          "CREATE FUNCTION public.dba_fun() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.audit VALUES (new.title); RETURN new; END'"
          $"CREATE TRIGGER dba_trg AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION public.dba_fun()"
          $"CREATE VIEW public.dba_view AS SELECT title FROM {table} WHERE title <> 'x'"
          $"ALTER TABLE {table} ADD COLUMN dba_note text DEFAULT 'none'" ]

/// The engine's own words about them.
let private words (place: Place) =
    match place.Engine with
    | Engine.Sqlite ->
        Place.rows place "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'dba%' OR name = 'audit' ORDER BY name"
    | Engine.Postgres
    | Engine.PGlite ->
        Place.rows
            place
            "SELECT pg_get_indexdef('plugin_notes.dba_idx'::regclass) || pg_get_viewdef('public.dba_view'::regclass)
                 || (SELECT string_agg(pg_get_triggerdef(oid), ',') FROM pg_trigger WHERE tgname = 'dba_trg')
                 || pg_get_functiondef('public.dba_fun'::regproc)"

let private survive =
    Place.each "a stranger's index, trigger, view and column survive a change of their table unchanged" (fun place ->
        task {
            let table = Place.name place Notes.ns "notes"
            let! _ = Place.start place [ Notes.v1 ]

            for statement in strangers place do
                do! Place.execute place statement

            do! Place.note place "one"
            do! Place.execute place $"UPDATE {table} SET dba_note = 'kept'"
            let! before = words place
            let! plan = Place.plan place rebuilt
            let told = plan.Drift |> List.map _.Message |> String.concat "\n"
            Expect.stringContains (told + String.concat "\n" plan.Unmodelled) "dba_idx" "the plan tells of them"
            let! outcome = Place.startOne place Place.strict rebuilt
            Place.expectApplied outcome
            let! after = words place
            Expect.equal after before "their text"
            do! Place.note place "two"
            let! audit = Place.rows place "SELECT what FROM audit ORDER BY what"
            Expect.equal audit [ "one"; "two" ] "the trigger works"
            let! rows = Place.rows place $"SELECT title, score, dba_note FROM {table} ORDER BY title"
            Expect.equal rows [ "one|0|kept"; "two|5|none" ] "rows, the new default, and the stranger's column"
            let! again = Place.plan place rebuilt
            Expect.isEmpty again.Steps "a second plan"
        })

let private resting =
    Place.each "a column of ours that a stranger's index rests on is not taken away" (fun place ->
        task {
            let table = Place.name place Notes.ns "notes"
            let index = Place.name place Notes.ns "dba_idx"
            let! _ = Place.start place [ Notes.v1 ]

            // PostgreSQL puts an index beside its table by itself.
            let given = if place.Engine = Engine.Sqlite then index else "dba_idx"
            do! Place.execute place $"CREATE INDEX {given} ON {table} (body)"
            let without = Notes.define [ Notes.id; Notes.title; Notes.score ] |> Notes.schema
            let! error = Place.refusalWith place Place.lenient [ without ]
            Place.expectCode "not-ours" error
            Expect.stringContains (MigrationError.describe error) "dba_idx" "the stranger"
        })

let private make (place: Place) (table: string) (columns: string) =
    task {
        if place.Engine <> Engine.Sqlite then
            do! Place.execute place $"CREATE SCHEMA IF NOT EXISTS {Notes.ns}"

        let named = Place.name place Notes.ns table
        do! Place.execute place $"CREATE TABLE {named} ({columns})"
    }

let private conflict =
    Place.each "a table that is there already is somebody else's until it is adopted" (fun place ->
        task {
            let uuid = if place.Engine = Engine.Sqlite then "TEXT" else "uuid"
            do! make place "notes" $"id {uuid} PRIMARY KEY, title text"
            let! error = Place.refusal place Notes.v1
            Place.expectCode "not-ours" error
            Expect.stringContains (MigrationError.describe error) "table plugin_notes.notes" "the table"
            Expect.stringContains (MigrationError.describe error) "adopt" "the way out"
        })

let private adopt =
    Place.each "a table of the same shape is adopted by explicit wish, with its rows" (fun place ->
        task {
            // Another installation made it: the same declaration, whose ledger is lost.
            let! _ = Place.start place [ Notes.v1 ]
            do! Place.note place "from before"
            let entries = Place.name place Namespace.ledger "entry"
            do! Place.execute place $"DELETE FROM {entries}"
            let! error = Place.refusal place Notes.v1
            Place.expectCode "not-ours" error
            let! _ = Place.startWith place { Place.strict with Adopt = [ Notes.table ] } [ Notes.v1 ]
            let! next = Place.startOne place Place.strict Notes.v1
            Place.expectUpToDate next
            let! changed = Place.startOne place Place.strict Notes.v2
            Place.expectApplied changed
            let table = Place.name place Notes.ns "notes"
            let! rows = Place.rows place $"SELECT title, stars FROM {table}"
            Expect.equal rows [ "from before|1" ] "its rows"
            let! entries = Place.history place
            let said = entries |> List.map _.Steps |> String.concat "\n"
            Expect.stringContains said "adopt plugin_notes.notes" "the ledger tells of the adoption"
        })

let private sameNamespace =
    Place.each "two plugins of one namespace: among the started, and on record" (fun place ->
        task {
            let a = Schema.forPlugin "@a/plugin-foo" [ simple "t" ]
            let b = Schema.forPlugin "@b/plugin-foo" [ simple "u" ]
            let! together = Place.refusalWith place Place.strict [ a; b ]
            Place.expectCode "invalid-schema" together
            let text = MigrationError.describe together
            Expect.stringContains text "@a/plugin-foo" "one"
            Expect.stringContains text "@b/plugin-foo" "the other"
            let! _ = Place.start place [ a ]
            let! error = Place.refusal place b
            Place.expectCode "namespace-taken" error
            Expect.stringContains (MigrationError.describe error) "@a/plugin-foo" "the owner"
            let! planned = Migrator.plan place.Driver Place.strict b Place.none

            match planned with
            | Error(MigrationError.NamespaceTaken _) -> ()
            | other -> failtest $"%A{other}"

            let! outcomes = Place.outcomes place
            Expect.equal outcomes [ "applied" ] "nothing is recorded of the other"
        })

let private dependants =
    Place.each "when B fails, A stays, C that needs B is not tried, and D goes on" (fun place ->
        task {
            let aTable = simple "people" |> Table.inNamespace (Namespace.derive "a") |> Table.shared
            let bId = Column.integer "b_id"

            let bTable =
                Table.define "broken" [ id; name ]
                |> Table.primaryKey [ id ]
                |> Table.check "odd" $"no_such_function({id}) > 0"
                |> Table.inNamespace (Namespace.derive "b")
                |> Table.shared

            let c =
                Table.define "needs_b" [ id; bId ] |> Table.primaryKey [ id ] |> Table.references bTable [ bId, id ]

            let owner = Column.integer "owner"

            let d =
                Table.define "needs_a" [ id; owner ]
                |> Table.primaryKey [ id ]
                |> Table.references aTable [ owner, id ]

            // Given in an order that does not work.
            let schemas =
                [ Schema.forPlugin "d" [ d ]
                  Schema.forPlugin "c" [ c ]
                  Schema.forPlugin "b" [ bTable ]
                  Schema.forPlugin "a" [ aTable ] ]

            match! Place.tryStart place Place.strict schemas with
            | Ok report -> failtest $"{report}"
            | Error failure ->
                let outcome plugin = failure.Report.Outcomes |> List.find (fun o -> o.Plugin = plugin) |> _.Outcome

                Place.expectApplied (outcome "a")
                Place.expectApplied (outcome "d")

                match outcome "b", outcome "c" with
                | MigrationOutcome.Failed(MigrationError.StatementFailed _),
                  MigrationOutcome.Failed(MigrationError.DependencyFailed("c", "b")) -> ()
                | other -> failtest $"%A{other}"

                let! people = Place.objects place "plugin_a"
                Expect.isNonEmpty people "A stays"
                let! b = Place.objects place "plugin_b"
                Expect.isEmpty b "nothing of B"
                let! c = Place.objects place "plugin_c"
                Expect.isEmpty c "nothing of C"
                // The reference across namespaces is a real one.
                let table = Place.name place "plugin_d" "needs_a"

                let orphan =
                    task {
                        if place.Engine = Engine.Sqlite then
                            do! Place.execute place $"PRAGMA foreign_keys = ON; INSERT INTO {table} VALUES (1, 99)"
                        else
                            do! Place.execute place $"INSERT INTO {table} VALUES (1, 99)"
                    }

                let! refused =
                    task {
                        try
                            do! orphan
                            return false
                        with :? System.Data.Common.DbException ->
                            return true
                    }

                Expect.isTrue refused "an orphan across namespaces"
        })

let private orphansOfOthers =
    Place.only Engine.Sqlite "rows that broke a stranger's foreign key before are no obstacle" (fun place ->
        task {
            do!
                Place.execute
                    place
                    "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p (id))"

            do! Place.execute place "PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (5)"
            let! first = Place.startOne place Place.strict Notes.v1
            Place.expectApplied first
            let! second = Place.startOne place Place.strict Notes.v2
            Place.expectApplied second
        })

[<Tests>]
let tests =
    testList "what is ours" [ survive; resting; conflict; adopt; sameNamespace; dependants; orphansOfOthers ]
