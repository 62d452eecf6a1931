module SchemaToolkit.Tests.Laws.EngineOracleTests

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Expecto
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// `SCHEMATOOLKIT_SOAK` sets the number of pairs of each law; `all` is that of the long run.
let private pairs standard soak =
    match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_SOAK" with
    | null
    | "" -> standard
    | "all" -> soak
    | text -> int text

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

let postgres: OracleEngine =
    { WithDatabase = onNew Engine.Postgres
      Driver = PostgresDriver.create
      Observe =
        fun database ->
            match Observe.pgDump (int (database.Version.Split('.')[0])) with
            | Some program -> Observe.postgres program database.ConnectionString
            | None -> skiptest $"no pg_dump here can read PostgreSQL {database.Version}"
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

let private oracle what profile name (count, soak) tries (engine: OracleEngine) =
    let law (pair: NearPair) = (EngineOracle.check engine 11UL pair.Before pair.After).GetAwaiter().GetResult()

    testSequenced (
        OnEngines.needing
            name
            $"a migrated database is like a new one, and its rows are as they were ({what})"
            (fun () ->
                task {
                    let arbitrary = Arbitrary.nearPair profile

                    match Falsify.searchWithin tries (pairs count soak) (Falsify.seed ()) arbitrary law with
                    | None -> ()
                    | Some broken ->
                        failtest
                            $"{broken.Message}\n\n{broken.Value.Code}\nHeld {broken.Held} times; SCHEMATOOLKIT_LAW_SEED={broken.Seed} makes the same case first."
                })
    )

[<Tests>]
let tests =
    testList
        "Oracle"
        [ testList
              "sqlite"
              [ oracle "portable" Profile.portable Engine.Sqlite (150, 6_000) 300 sqlite
                oracle "its own" Profile.sqlite Engine.Sqlite (100, 4_000) 300 sqlite ]
          testList
              "postgres"
              [ oracle "portable" Profile.portable Engine.Postgres (60, 1_200) 120 postgres
                oracle "its own" Profile.postgres Engine.Postgres (40, 800) 120 postgres ] ]
