namespace SchemaToolkit.Tests.Guide

open System
open System.Threading
open System.Threading.Tasks
open Expecto
open Microsoft.Extensions.AI
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Testing

/// The front door, as a program uses it, on a test's database. In production, whatever this machine says.
[<RequireQualifiedAccess>]
module Front =
    let options (test: TestDatabase) : ToolkitOptions =
        ToolkitOptions.forApp "guide"
        |> ToolkitOptions.database test.ConnectionString
        |> ToolkitOptions.stage Stage.Production
        |> ToolkitOptions.quietly

    let start (test: TestDatabase) (schema: Schema) : Task<Started> = Toolkit.start (options test) [ schema ]

    /// Starts and gives the connections back.
    let apply (test: TestDatabase) (schema: Schema) : Task<MigrationReport> =
        task {
            use! started = start test schema
            return started.Report
        }

    /// The errors of a start that must not succeed.
    let refused (options: ToolkitOptions) (schemas: Schema list) : Task<MigrationError list> =
        task {
            match! Toolkit.tryStart options schemas CancellationToken.None with
            | Error failure -> return failure.Report.Errors
            | Ok started ->
                do! (started :> IAsyncDisposable).DisposeAsync()
                return failtest $"The start was to be refused: {started.Report}"
        }

    let plan (test: TestDatabase) (schema: Schema) : Task<Plan> =
        task {
            match! Toolkit.plan (options test) schema with
            | Ok plan -> return plan
            | Error error -> return failtest (MigrationError.describe error)
        }

    let history (test: TestDatabase) : Task<LedgerEntry list> = Toolkit.history (options test)

    let host (test: TestDatabase) (chat: IChatClient) (plugins: Plugin list) : Task<AgentHost> =
        AgentHost.start (options test) chat plugins

    /// Nothing is left to do for the schema.
    let expectSettled (test: TestDatabase) (schema: Schema) : Task<unit> =
        task {
            let! again = plan test schema
            Expect.isTrue again.IsEmpty $"a second plan is empty: {Plan.describe again}"
        }

    /// A statement of somebody who does not use the toolkit.
    let byHand (test: TestDatabase) (statement: string) : Task<unit> =
        task {
            use! connection = test.Connect()
            use command = connection.CreateCommand()
            command.CommandText <- statement
            let! _ = command.ExecuteNonQueryAsync()
            return ()
        }

    /// The name of a table in plain SQL.
    let nameIn (test: TestDatabase) (ns: string) (table: string) =
        match test.Engine, ns with
        | Engine.Sqlite, "public" -> $"\"{table}\""
        | Engine.Sqlite, ns -> $"\"{ns}__{table}\""
        | (Engine.Postgres | Engine.PGlite), ns -> $"\"{ns}\".\"{table}\""

    let scalar (test: TestDatabase) (statement: string) : Task<objnull> =
        task {
            use! connection = test.Connect()
            use command = connection.CreateCommand()
            command.CommandText <- statement
            return! command.ExecuteScalarAsync()
        }

    /// Vectors can be stored: always, but for a PostgreSQL whose machine lacks pgvector.
    let hasVectors (test: TestDatabase) : Task<bool> =
        task {
            match test.Engine with
            | Engine.Sqlite
            | Engine.PGlite -> return true
            | Engine.Postgres ->
                let! found = scalar test "SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'"
                return Convert.ToInt64 found > 0L
        }

    /// Every task at once, on threads of their own.
    let atOnce (count: int) (work: int -> Task<'T>) : Task<'T array> =
        Task.WhenAll [ for i in 1..count -> Task.Run<'T>(fun () -> work i) ]
