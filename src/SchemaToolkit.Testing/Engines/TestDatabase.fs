namespace SchemaToolkit.Testing

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Microsoft.Data.Sqlite
open Npgsql

/// An empty database for one test; disposing it deletes it.
[<Sealed>]
type TestDatabase internal (engine: Engine, version: string, connectionString: string, delete: unit -> Task) =
    let mutable deleted = 0

    /// The engine it runs on.
    member _.Engine = engine

    /// The engine's version, such as 15.18; for PGLite that of its npm package.
    member _.Version = version

    /// Opens the database with the engine's usual driver.
    member _.ConnectionString = connectionString

    /// A new connection to the database, opened.
    member _.Connect() : Task<DbConnection> =
        task {
            let connection: DbConnection =
                match engine with
                | Engine.Sqlite -> new SqliteConnection(connectionString)
                | Engine.Postgres
                | Engine.PGlite -> new NpgsqlConnection(connectionString)

            do! connection.OpenAsync()
            return connection
        }

    interface IAsyncDisposable with
        member _.DisposeAsync() =
            if Interlocked.Exchange(&deleted, 1) = 0 then
                ValueTask(delete ())
            else
                ValueTask.CompletedTask

/// Makes databases for tests on real engines.
[<RequireQualifiedAccess>]
module TestDatabase =

    let private availability engine =
        match engine with
        | Engine.Sqlite -> Availability.Available $"SQLite {SqliteFile.version ()} (bundled)"
        | Engine.Postgres -> PostgresEngine.availability ()
        | Engine.PGlite -> PGliteServer.availability ()

    let private everyAvailability =
        lazy (Engine.all |> List.map (fun engine -> engine, availability engine))

    /// Each engine with its version or the reason why it is missing; starts nothing.
    let available () = everyAvailability.Value

    /// The engines that can be used here.
    let engines () =
        available ()
        |> List.choose (fun (engine, found) ->
            match found with
            | Availability.Available _ -> Some engine
            | Availability.Missing _ -> None)

    let private sqlite () =
        let connectionString = SqliteFile.create ()

        TestDatabase(
            Engine.Sqlite,
            SqliteFile.version (),
            connectionString,
            fun () ->
                SqliteFile.delete connectionString
                Task.CompletedTask
        )

    let private postgres major =
        task {
            let! server = PostgresEngine.shared major
            let! connectionString = PostgresServer.createDatabase server
            let delete () : Task = PostgresServer.dropDatabase server connectionString
            return TestDatabase(Engine.Postgres, server.Version, connectionString, delete)
        }

    let private pglite (take: unit -> Task<PGliteServer>) (leave: PGliteServer -> Task) =
        task {
            let! server = take ()
            return TestDatabase(Engine.PGlite, server.Version, server.ConnectionString, (fun () -> leave server))
        }

    let private counted (made: Task<TestDatabase>) =
        task {
            let! database = made
            EnginesUsed.record database.Engine database.Version
            return database
        }

    /// An empty database on an engine. Raises EngineUnavailableException, with the reason, when the engine is missing.
    let create (engine: Engine) : Task<TestDatabase> =
        match engine with
        | Engine.Sqlite -> Task.FromResult(sqlite ())
        | Engine.Postgres -> postgres None
        | Engine.PGlite -> pglite PGlitePool.rent (fun server -> PGlitePool.giveBack server)
        |> counted

    /// An empty database on a PostgreSQL of one major version; `PostgresEngine.majors` lists those there are.
    let createPostgres (major: int) : Task<TestDatabase> = postgres (Some major) |> counted

    /// An empty database on a PGLite server of its own that no test has used before and none will use again (0.7 s).
    let createFreshPGlite () : Task<TestDatabase> = pglite PGliteServer.startFresh PGliteServer.stop |> counted

    let private best =
        lazy
            (let missing =
                [ for engine, found in available () do
                      match found with
                      | Availability.Missing reason -> engine, reason
                      | Availability.Available _ -> () ]

             let engine = List.head (engines ())
             eprintfn $"Tests run on {Engine.name engine}."

             for better, reason in missing do
                 if List.contains better (List.takeWhile (fun each -> each <> engine) Engine.all) then
                     eprintfn $"  Not on {Engine.name better}: {reason}"

             engine)

    /// An empty database on the best engine there is: PostgreSQL, else PGLite, else SQLite.
    /// Which one, and why not a better one, is written to standard error once.
    let auto () : Task<TestDatabase> = create best.Value
