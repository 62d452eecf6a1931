module SchemaToolkit.Tests.Cli.MovingCatalogTests

open System.Threading
open System.Threading.Tasks
open Expecto
open Npgsql
open SchemaToolkit.PostgresObjects
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// A view and a function that appear and vanish together, without a pause, until it is told to stop.
let private churn (server: string) (stop: CancellationToken) : Task =
    task {
        use connection = new NpgsqlConnection(server)
        do! connection.OpenAsync()

        while not stop.IsCancellationRequested do
            for sql in
                [ "CREATE VIEW v AS SELECT a FROM t1; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE INDEX i ON t2 (lower(b)); CREATE TABLE u (c int DEFAULT 7)"
                  "DROP VIEW v; DROP FUNCTION f(); DROP INDEX i; DROP TABLE u" ] do
                use command = new NpgsqlCommand(sql, connection)
                let! _ = command.ExecuteNonQueryAsync()
                ()
    }

let private has (database: PgDatabase) address = database.Objects.ContainsKey address

[<Tests>]
let tests =
    testList
        "a catalog that moves while it is read"
        [ OnEngines.only Engine.Postgres "gives one state of it, or says that it never stood still" (fun database ->
              task {
                  let server = database.ConnectionString

                  do!
                      SchemaCommand.execute
                          server
                          "DO $$ BEGIN FOR i IN 1..100 LOOP EXECUTE format('CREATE TABLE t%s (a int PRIMARY KEY, b text DEFAULT ''x'' CHECK (b <> ''''))', i); END LOOP; END $$"

                  use stop = new CancellationTokenSource()
                  let churning = churn server stop.Token

                  use connection =
                      new NpgsqlConnection(NpgsqlConnectionStringBuilder(server, Pooling = false).ConnectionString)

                  do! connection.OpenAsync()
                  let mutable read = 0

                  for _ in 1..8 do
                      try
                          let! found = Steady.read connection CancellationToken.None
                          read <- read + 1

                          let together =
                              [ Address.create Kind.View "public" "v"
                                Address.create Kind.Function "public" "f"
                                Address.part Kind.Default "public" "u" "c"
                                Address.part Kind.Column "public" "u" "c" ]
                              |> List.map (has found)
                              |> List.distinct

                          Expect.hasLength together 1 "all of them, or none"
                      with :? CatalogMovedException as error ->
                          Expect.stringContains error.Message "kept changing" "a clear error"

                  stop.Cancel()
                  do! churning
                  let! quiet = Steady.read connection CancellationToken.None
                  Expect.isGreaterThan quiet.Objects.Count 300 "read once it is quiet"
              })

          OnEngines.only Engine.Postgres "tables of other sessions' own do not count as movement" (fun database ->
              task {
                  let server = database.ConnectionString
                  use stop = new CancellationTokenSource()

                  let churning: Task =
                      task {
                          use connection = new NpgsqlConnection(server)
                          do! connection.OpenAsync()

                          while not stop.Token.IsCancellationRequested do
                              use command =
                                  new NpgsqlCommand(
                                      "CREATE TEMP TABLE mine (a serial PRIMARY KEY, b text DEFAULT 'x' CHECK (b <> '')); DROP TABLE mine",
                                      connection
                                  )

                              let! _ = command.ExecuteNonQueryAsync()
                              ()
                      }

                  use connection =
                      new NpgsqlConnection(NpgsqlConnectionStringBuilder(server, Pooling = false).ConnectionString)

                  do! connection.OpenAsync()

                  for _ in 1..5 do
                      let! found = Steady.read connection CancellationToken.None
                      Expect.equal found.Objects.Count 1 "the schema public alone"

                  stop.Cancel()
                  do! churning
              }) ]
