namespace SchemaToolkit.Tests.Laws

open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing

/// The engines that the oracle asks, each with new databases of the harness.
[<RequireQualifiedAccess>]
module OracleEngines =
    let private onNew engine (body: TestDatabase -> Task<Result<unit, string>>) : Task<Result<unit, string>> =
        task {
            use! database = TestDatabase.create engine
            return! body database
        }

    let sqlite: OracleEngine =
        { WithDatabase = onNew Engine.Sqlite
          Driver = SqliteDriver.create
          Observe =
            fun database ->
                task {
                    use! connection = database.Connect()
                    return! Observe.sqlite connection
                }
          // The migrator's own connection has the functions and collations, and foreign keys off.
          Connect = fun driver _ -> driver.Connect CancellationToken.None }

    /// `missing` is told when no pg_dump here can look on.
    let postgres (missing: string -> Task<string list>) : OracleEngine =
        { WithDatabase = onNew Engine.Postgres
          Driver = PostgresDriver.create
          Observe =
            fun database ->
                match Observe.pgDump (int (database.Version.Split('.')[0])) with
                | Some program -> Observe.postgres program database.ConnectionString
                | None -> missing $"no pg_dump here can read PostgreSQL {database.Version}"
          Connect =
            fun _ database ->
                task {
                    let connection = new NpgsqlConnection(database.ConnectionString)
                    do! connection.OpenAsync()
                    do! connection.ReloadTypesAsync()
                    use command = new NpgsqlCommand("SET session_replication_role = replica", connection)
                    let! _ = command.ExecuteNonQueryAsync()
                    return connection :> DbConnection
                } }
