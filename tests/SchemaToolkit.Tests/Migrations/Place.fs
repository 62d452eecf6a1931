namespace SchemaToolkit.Tests.Migrations

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// An empty database of a test, with the migrator's driver for it.
type Place =
    { Database: TestDatabase
      Driver: Driver }

    member this.Engine = this.Database.Engine

[<RequireQualifiedAccess>]
module Place =
    let none = CancellationToken.None

    let driverOf (engine: Engine) (connectionString: string) =
        match engine with
        | Engine.Sqlite -> SqliteDriver.create connectionString
        | Engine.Postgres
        | Engine.PGlite -> PostgresDriver.create connectionString

    let ofDatabase (database: TestDatabase) =
        { Database = database
          Driver = driverOf database.Engine database.ConnectionString }

    /// The same test on every engine.
    let each name (body: Place -> Task<unit>) = OnEngines.each name (ofDatabase >> body)

    let only engine name (body: Place -> Task<unit>) = OnEngines.only engine name (ofDatabase >> body)

    let among engines name (body: Place -> Task<unit>) = OnEngines.among engines name (ofDatabase >> body)

    /// Production, nothing consented to.
    let strict =
        { MigrationOptions.standard () with
            Policy = MigrationPolicy.inStage Stage.Production }

    /// Everything that consent could allow.
    let lenient = { strict with Policy = { strict.Policy with AllowDestructive = true } }

    let tryStart place options schemas = Migrator.start place.Driver options schemas none

    /// What became of each plugin; an error fails the test with its own words.
    let startWith place options schemas =
        task {
            match! tryStart place options schemas with
            | Ok report -> return report.Outcomes |> List.map _.Outcome
            | Error failure -> return failtest (string failure)
        }

    let start place schemas = startWith place strict schemas

    let startOne place options schema =
        task {
            let! outcomes = startWith place options [ schema ]
            return List.head outcomes
        }

    /// The error of a start that must not succeed.
    let refusalWith place options schemas =
        task {
            match! tryStart place options schemas with
            | Ok report -> return failtest $"It started: {report}"
            | Error failure -> return List.head failure.Report.Errors
        }

    let refusal place schema = refusalWith place strict [ schema ]

    let planWith place options schema =
        task {
            match! Migrator.plan place.Driver options schema none with
            | Ok plan -> return plan
            | Error error -> return failtest (MigrationError.describe error)
        }

    let plan place schema = planWith place strict schema

    let history place = Migrator.history place.Driver none

    /// PGLite mixes up what its connections say outside transactions.
    let private inTransaction (place: Place) (body: DbConnection -> Task<'a>) =
        task {
            use! connection = place.Database.Connect()

            if place.Engine = Engine.PGlite then
                use! transaction = connection.BeginTransactionAsync()
                let! result = body connection
                do! transaction.CommitAsync()
                return result
            else
                return! body connection
        }

    let execute (place: Place) (sql: string) =
        inTransaction place (fun connection ->
            task {
                use command = connection.CreateCommand()
                command.CommandText <- sql
                let! _ = command.ExecuteNonQueryAsync()
                return ()
            })

    /// All rows, each as text with `|` between the columns.
    let rows (place: Place) (sql: string) =
        inTransaction place (fun connection ->
            task {
                use command = connection.CreateCommand()
                command.CommandText <- sql
                use! reader = command.ExecuteReaderAsync()
                let found = ResizeArray<string>()

                while reader.Read() do
                    [ for i in 0 .. reader.FieldCount - 1 do
                          if reader.IsDBNull i then "NULL" else string (reader.GetValue i) ]
                    |> String.concat "|"
                    |> found.Add

                return List.ofSeq found
            })

    let scalar place sql =
        task {
            let! found = rows place sql
            return List.head found
        }

    /// How many locks of this database are as the condition says; the server's other databases are other tests'.
    let locks place (condition: string) =
        scalar
            place
            $"SELECT count(*) FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND ({condition})"

    /// The quoted name as the engine has it.
    let name (place: Place) (ns: string) (name: string) = place.Driver.Dialect.TableName(ObjectName.create ns name)

    /// Rows of the ledger, as `outcome`, oldest first.
    let outcomes place =
        task {
            let! entries = history place
            return entries |> List.map _.Outcome
        }

    /// Tables and indexes of a namespace, in the engine's own list.
    let objects (place: Place) (ns: string) =
        match place.Engine with
        | Engine.Sqlite ->
            rows place $"SELECT name FROM sqlite_schema WHERE name LIKE '{ns}\_\_%%' ESCAPE '\\' ORDER BY name"
        | Engine.Postgres
        | Engine.PGlite ->
            rows
                place
                $"SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '{ns}' ORDER BY 1"

    let expectApplied (outcome: MigrationOutcome) =
        match outcome with
        | MigrationOutcome.Applied _ -> ()
        | other -> failtest $"Expected an applied plan, not %A{other}"

    let expectUpToDate (outcome: MigrationOutcome) =
        match outcome with
        | MigrationOutcome.UpToDate -> ()
        | other -> failtest $"Expected nothing to do, not %A{other}"

    let code (error: MigrationError) = MigrationError.code error

    let expectCode expected (error: MigrationError) = Expect.equal (code error) expected (MigrationError.describe error)

    let note place (title: string) =
        let table = name place Declared.Notes.ns "notes"
        execute place $"INSERT INTO {table} (id, title) VALUES ('{Guid.NewGuid()}', '{title}')"
