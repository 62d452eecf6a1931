module SchemaToolkit.Tests.Migrations.FailureTests

open System.Threading
open System.Threading.Tasks
open Expecto
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

let private locks place = Place.locks place "locktype = 'advisory' OR mode = 'ShareRowExclusiveLock'"

let private code (engine: Engine) =
    match engine with
    | Engine.Sqlite -> "1"
    | Engine.Postgres
    | Engine.PGlite -> "42883"

/// Nothing of the plugin, no lock, and a row that says what failed, where, and with which code.
let private expectNothingLeft (place: Place) =
    task {
        let! objects = Place.objects place Broken.ns
        Expect.isEmpty objects "objects of the plugin"
        let! entries = Place.history place
        let entry = List.last entries
        Expect.equal entry.Outcome "failed" "outcome"
        Expect.equal entry.ErrorCode (Some(code place.Engine)) "code"
        let error = Option.defaultValue "" entry.Error
        Expect.stringContains error "no_such_function" "what failed"
        Expect.stringContains error "c_third" "where"
        Expect.stringContains entry.Statements "b_second" "the statements of the plan"

        if place.Engine <> Engine.Sqlite then
            let! held = locks place
            Expect.equal held "0" "locks"
    }

let private midway =
    Place.each
        "a statement that fails midway leaves nothing but a ledger row, and the next start mends it"
        (fun place ->
            task {
                let! error = Place.refusal place Broken.schema
                Place.expectCode "statement-failed" error
                Expect.stringContains (MigrationError.describe error) "rolled back" "the state of the database"
                do! expectNothingLeft place
                let! outcome = Place.startOne place Place.strict Broken.mended
                Place.expectApplied outcome
                let! outcomes = Place.outcomes place
                Expect.equal outcomes [ "failed"; "applied" ] "rows of the ledger"
            })

/// Writes until told to stop; says how often it wrote.
let private writer (connectionString: string) (table: int) (stop: CancellationToken) =
    task {
        use connection = new NpgsqlConnection(connectionString)
        do! connection.OpenAsync()
        let mutable written = 0

        while not stop.IsCancellationRequested do
            use command = new NpgsqlCommand($"INSERT INTO busy_{table} (name) VALUES ('x')", connection)
            let! _ = command.ExecuteNonQueryAsync()
            written <- written + 1

        return written
    }

let private busy =
    Place.only Engine.Postgres "the same while 30 other connections write" (fun place ->
        task {
            for table in 1..30 do
                do! Place.execute place $"CREATE TABLE busy_{table} (id bigserial PRIMARY KEY, name text)"

            let text = NpgsqlConnectionStringBuilder(place.Database.ConnectionString, MaxPoolSize = 50)
            use stop = new CancellationTokenSource()
            let writers = [ for table in 1..30 -> writer text.ConnectionString table stop.Token ]

            for _ in 1..3 do
                let! error = Place.refusal place Broken.schema
                Place.expectCode "statement-failed" error
                do! expectNothingLeft place

            let! outcome = Place.startOne place Place.strict Broken.mended
            Place.expectApplied outcome
            stop.Cancel()
            let! written = Task.WhenAll writers
            Expect.all written (fun n -> n > 0) "every connection wrote, and none failed"

            for table in 1..30 do
                let! rows = Place.scalar place $"SELECT count(*) FROM busy_{table}"
                Expect.equal rows (string written[table - 1]) "rows that were written"
        })

let private strangersName =
    Place.each "a stranger's object under an index's name is an error that names it; the stranger stays" (fun place ->
        task {
            let name = Place.name place Notes.ns "notes_title_idx"

            if place.Engine <> Engine.Sqlite then
                do! Place.execute place $"CREATE SCHEMA {Notes.ns}"

            do! Place.execute place $"CREATE TABLE {name} (a integer)"
            let! error = Place.refusal place Notes.v1
            Place.expectCode "statement-failed" error
            Expect.stringContains (MigrationError.describe error) "notes_title_idx" "the name"
            let! objects = Place.objects place Notes.ns
            Expect.equal objects.Length 1 $"the stranger's table alone: %A{objects}"
        })

/// A plan of two transactions: the value that an enum gets in the first is used in the second, which fails.
let private same (table: Table) = table

let private partial =
    Place.only Engine.Postgres "a plan of two transactions whose second fails goes on from the first" (fun place ->
        task {
            let plugin = "@test/plugin-mood"
            let ns = Namespace.derive plugin
            let mood values = EnumType.define "mood" values
            let id = Column.integer "id"
            let felt (e: EnumType) = Column.enum e "felt" |> Column.defaultsTo (Default.value "ok")
            let extra = Column.integer "extra" |> Column.optional

            let schema (e: EnumType) columns change =
                Schema.forPlugin plugin [ Table.define "day" columns |> Table.primaryKey [ id ] |> change ]
                |> Schema.withEnums [ e ]

            let one = mood [ "ok" ]
            let two = mood [ "ok"; "great" ]
            let better = Column.enum two "felt" |> Column.defaultsTo (Default.value "great")
            let! first = Place.startOne place Place.strict (schema one [ id; felt one ] same)
            Place.expectApplied first
            let v2 = schema two [ id; better; extra ] (Table.check "odd" $"no_such_function({extra}) > 0")
            let! error = Place.refusal place v2
            Place.expectCode "statement-failed" error
            let! outcomes = Place.outcomes place
            Expect.equal outcomes [ "applied"; "partial"; "failed" ] "rows of the ledger"
            Expect.stringContains (MigrationError.describe error) "were committed before" "the state of the database"
            // The older program finds the newer one's work.
            let! older = Place.startOne place Place.strict (schema one [ id; felt one ] same)

            match older with
            | MigrationOutcome.OlderProgram _ -> ()
            | other -> failtest $"%A{other}"

            let! outcome = Place.startOne place Place.strict (schema two [ id; better; extra ] same)
            Place.expectApplied outcome
            let! again = Place.plan place (schema two [ id; better; extra ] same)
            Expect.isEmpty again.Steps "a second plan"
            let! value = Place.scalar place $"INSERT INTO {ns}.day (id) VALUES (1) RETURNING felt::text"
            Expect.equal value "great" "the new default"
        })

/// The writer holds what the migration waits for and asks for what the migration holds; the server ends one of them.
let private deadlock =
    Place.only
        Engine.Postgres
        "a deadlock with a program at work is tried again, and only the success is on record"
        (fun place ->
            task {
                let plugin = "@test/plugin-dead"
                let ns = Namespace.derive plugin
                let id = Column.integer "id"
                let wide = Column.varchar 20 "name" |> Column.optional
                let narrow = Column.varchar 5 "name" |> Column.optional
                let table name column = Table.define name [ id; column ] |> Table.primaryKey [ id ]
                let schema column = Schema.forPlugin plugin [ table "a" column; table "b" column ]
                let! _ = Place.start place [ schema wide ]
                use writer = new NpgsqlConnection(place.Database.ConnectionString)
                do! writer.OpenAsync()
                use! transaction = writer.BeginTransactionAsync()

                let write sql =
                    task {
                        // The writer is patient: the migration finds out about the deadlock first.
                        use command = new NpgsqlCommand($"SET LOCAL deadlock_timeout = '20s'; {sql}", writer)
                        let! _ = command.ExecuteNonQueryAsync()
                        return ()
                    }

                do! write $"INSERT INTO {ns}.b VALUES (1, 'x')"
                let starting = Place.startOne place Place.strict (schema narrow)
                let mutable waits = false

                while not waits do
                    let! waiting = Place.locks place "NOT granted"
                    waits <- waiting = "1"

                let second = write $"INSERT INTO {ns}.a VALUES (1, 'x')"
                do! second
                do! transaction.CommitAsync()
                let! outcome = starting
                Place.expectApplied outcome
                let! outcomes = Place.outcomes place
                Expect.equal outcomes [ "applied"; "applied" ] "rows of the ledger"
            })

[<Tests>]
let tests = testList "statements that fail" [ midway; busy; strangersName; partial; deadlock ]
