module SchemaToolkit.Tests.Harness.HarnessTests

open System
open System.Diagnostics
open System.IO
open System.Threading.Tasks
open Expecto
open Microsoft.Data.Sqlite
open Npgsql
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private scalar (database: TestDatabase) (sql: string) =
    task {
        use! connection = database.Connect()
        use command = connection.CreateCommand()
        command.CommandText <- sql
        let! answer = command.ExecuteScalarAsync()
        return string answer
    }

let private execute database sql =
    task {
        let! _ = scalar database sql
        ()
    }

let private dispose (database: TestDatabase) = (database :> IAsyncDisposable).DisposeAsync().AsTask()

let private countTables engine =
    match engine with
    | Engine.Sqlite -> "SELECT count(*) FROM sqlite_schema"
    | Engine.Postgres
    | Engine.PGlite -> "SELECT count(*) FROM pg_class WHERE oid >= 16384"

let private answers =
    OnEngines.each "a new database is empty and answers" (fun database ->
        task {
            let! one = scalar database "SELECT 1"
            Expect.equal one "1" "SELECT 1"
            let! tables = scalar database (countTables database.Engine)
            Expect.equal tables "0" "tables in a new database"
        })

let private isolated =
    OnEngines.each "two databases at the same time do not see each other" (fun first ->
        task {
            use! second = TestDatabase.create first.Engine
            do! execute first "CREATE TABLE only_here (id integer)"
            do! execute second "CREATE TABLE only_here (id integer); INSERT INTO only_here VALUES (7)"
            let! rows = scalar first "SELECT count(*) FROM only_here"
            Expect.equal rows "0" "rows of the first"
        })

let private reused =
    OnEngines.each "a database after another one is as new" (fun first ->
        task {
            do! dispose first

            for _ in 1..3 do
                use! database = TestDatabase.create first.Engine
                do! execute database "CREATE TABLE left_behind (id integer)"
                let! tables = scalar database (countTables first.Engine)
                Expect.equal tables "1" "tables"
        })

let private sqliteFiles =
    testCaseTask "SQLite: file, write-ahead log and shared memory are gone after dispose" (fun () ->
        task {
            let! database = TestDatabase.create Engine.Sqlite
            let file = SqliteConnectionStringBuilder(database.ConnectionString).DataSource
            do! execute database "PRAGMA journal_mode = wal"
            do! execute database "CREATE TABLE t (id integer)"
            Expect.isTrue (File.Exists file) "file while in use"
            do! dispose database
            let folder = string (Path.GetDirectoryName file)
            Expect.isEmpty (Directory.GetFiles(folder, string (Path.GetFileName file) + "*")) "files after dispose"
        })

let private postgresDropped =
    OnEngines.needing
        Engine.Postgres
        "PostgreSQL: dropped after dispose, also with open connections, and disposing twice is fine"
        (fun () ->
            task {
                let! database = TestDatabase.create Engine.Postgres
                use! _busy = database.Connect()
                do! dispose database
                do! dispose database
                use! other = TestDatabase.create Engine.Postgres
                let name = NpgsqlConnectionStringBuilder(database.ConnectionString).Database
                let! left = scalar other $"SELECT count(*) FROM pg_database WHERE datname = '{name}'"
                Expect.equal left "0" "databases of that name"
            })

let private keeps (number: int) =
    task {
        use! database = TestDatabase.create Engine.Postgres
        do! execute database $"CREATE TABLE t AS SELECT {number} AS n"
        return! scalar database "SELECT n FROM t"
    }

let private postgresParallel =
    OnEngines.needing Engine.Postgres "PostgreSQL: 20 databases in parallel" (fun () ->
        task {
            let! numbers = Task.WhenAll(List.map keeps [ 1..20 ])
            Expect.equal (List.ofArray numbers) (List.map string [ 1..20 ]) "what each database kept"
        })

let private postgresVersions =
    testList
        "PostgreSQL: every version there is starts, serves and leaves nothing"
        [ for major in PostgresEngine.majors () do
              testCaseTask $"version {major}" (fun () ->
                  task {
                      use! database = TestDatabase.createPostgres major
                      let! version = scalar database "SHOW server_version"
                      Expect.stringStarts version $"{major}." "server_version"
                  }) ]

let private pgliteReset =
    OnEngines.needing
        Engine.PGlite
        "PGLite: roles, settings, extensions and an open transaction do not reach the next test"
        (fun () ->
            task {
                let! database = TestDatabase.create Engine.PGlite

                for statement in
                    [ "CREATE SCHEMA plugin_x"
                      "CREATE TABLE plugin_x.t (id integer)"
                      "CREATE EXTENSION vector"
                      "CREATE ROLE somebody"
                      "GRANT SELECT ON plugin_x.t TO somebody"
                      "SET search_path = plugin_x"
                      "BEGIN" ] do
                    do! execute database statement

                do! dispose database
                use! next = TestDatabase.create Engine.PGlite
                let! path = scalar next "SHOW search_path"
                Expect.equal path "public" "search_path, as PGLite starts with"
                let! schemas = scalar next "SELECT count(*) FROM pg_namespace WHERE nspname = 'plugin_x'"
                Expect.equal schemas "0" "schemas"
                let! roles = scalar next "SELECT count(*) FROM pg_roles WHERE rolname = 'somebody'"
                Expect.equal roles "0" "roles"
            })

let private pgliteFresh =
    OnEngines.needing Engine.PGlite "PGLite: a fresh server has its own process, and its data goes with it" (fun () ->
        task {
            let! server = PGliteServer.startFresh ()
            Expect.isTrue (Directory.Exists server.Data) "data while it runs"
            do! PGliteServer.stop server
            Expect.isTrue server.Process.HasExited "ended"
            Expect.isFalse (Directory.Exists server.Data) "data after it"
        })

let private said =
    testList
        "what a run says of its engines"
        [ testCaseTask "an engine that was used is counted with its version" (fun () ->
              task {
                  use! database = TestDatabase.create Engine.Sqlite
                  Expect.stringContains (EnginesUsed.summary ()) $"SQLite {database.Version} (" "summary"
              })

          testCaseTask "the best engine is chosen, and it works" (fun () ->
              task {
                  use! database = TestDatabase.auto ()
                  Expect.equal database.Engine (List.head (TestDatabase.engines ())) "engine"
                  let! one = scalar database "SELECT 1"
                  Expect.equal one "1" "SELECT 1"
              })

          testCase "a required engine that no test used is missing"
          <| fun () ->
              let missing = EnginesUsed.without [ Engine.Sqlite ] [ Engine.Sqlite; Engine.Postgres ]

              Expect.equal missing [ Engine.Postgres ] "missing engines"

          OnEngines.needing Engine.Postgres "a missing version is an error that names it and the way out" (fun () ->
              task {
                  try
                      use! _database = TestDatabase.createPostgres 9
                      failtest "there is a PostgreSQL 9"
                  with :? EngineUnavailableException as error ->
                      Expect.equal error.Engine Engine.Postgres "engine"
                      Expect.stringContains error.Message "no PostgreSQL 9" "what"
                      Expect.stringContains error.Message "SCHEMATOOLKIT_TEST_POSTGRES" "way out"
              }) ]

[<Tests>]
let tests =
    testList
        "harness"
        [ answers
          isolated
          reused
          sqliteFiles
          postgresDropped
          postgresParallel
          postgresVersions
          pgliteReset
          pgliteFresh
          said ]
