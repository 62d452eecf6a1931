module SchemaToolkit.Tests.PostgresObjects.CommandTests

open System
open System.IO
open System.Threading.Tasks
open CliWrap
open CliWrap.Buffered
open Expecto
open Npgsql
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private program = Path.Combine(AppContext.BaseDirectory, "dotnet-schema.dll")

let private run (arguments: string list) =
    task {
        let! result =
            Cli
                .Wrap("dotnet")
                .WithArguments(program :: arguments)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync()

        return result.ExitCode, result.StandardOutput, result.StandardError
    }

let private script (text: string) =
    let file = Scratch.path "pair" + ".sql"
    File.WriteAllText(file, text)
    file

let private scratchDatabases (server: string) =
    task {
        use connection = new NpgsqlConnection(server)
        do! connection.OpenAsync()

        use command =
            new NpgsqlCommand(
                "SELECT count(*)::int FROM pg_database WHERE datname LIKE 'schematoolkit_scratch_%'",
                connection
            )

        let! count = command.ExecuteScalarAsync()
        return unbox<int>(box count)
    }

let private onPostgres name (body: TestDatabase -> Task<unit>) = OnEngines.only Engine.Postgres name body

[<Tests>]
let command =
    testSequenced
    <| testList
        "dotnet schema diff"
        [ onPostgres "prints what turns one file into another, and nothing when there is nothing to do" (fun database ->
              task {
                  let a = script "CREATE TABLE t (a int);"
                  let b = script "CREATE TABLE t (a int, b text);"

                  let arguments from target =
                      [ "diff"; "--from"; from; "--to"; target; "--server"; database.ConnectionString ]

                  let! code, output, errors = run (arguments a b)
                  Expect.equal (code, errors) (0, "") "it works"
                  Expect.stringContains output "ALTER TABLE \"public\".\"t\" ADD COLUMN \"b\" text;" "the column"
                  let! code, output, _ = run (arguments a a @ [ "--exit-code" ])
                  Expect.equal (code, output) (0, "") "nothing to do"
                  let! code, _, _ = run (arguments a b @ [ "--exit-code" ])
                  Expect.equal code 2 "differences"
              })

          onPostgres
              "a script that the server refuses is named with its line, and nothing is left behind"
              (fun database ->
                  task {
                      let a = script "CREATE TABLE t (a int);\n\nCREATE TABLE u (\n  a int,\n  b nonsense\n);"

                      let! code, output, errors =
                          run [ "diff"; "--from"; a; "--to"; a; "--server"; database.ConnectionString ]

                      Expect.equal (code, output) (1, "") "it fails"

                      Expect.stringContains
                          errors
                          $"{a}:5: type \"nonsense\" does not exist"
                          "file, line and the server's words"

                      let! left = scratchDatabases database.ConnectionString
                      Expect.equal left 0 "no scratch database"
                  })

          onPostgres "what a killed run left is dropped by the next" (fun database ->
              task {
                  use connection = new NpgsqlConnection(database.ConnectionString)
                  do! connection.OpenAsync()

                  use command =
                      new NpgsqlCommand("CREATE DATABASE schematoolkit_scratch_1_dead TEMPLATE template0", connection)

                  let! _ = command.ExecuteNonQueryAsync()
                  let a = script "CREATE TABLE t (a int);"
                  let! code, _, errors = run [ "diff"; "--from"; a; "--to"; a; "--server"; database.ConnectionString ]
                  Expect.equal (code, errors) (0, "") "it works"
                  let! left = scratchDatabases database.ConnectionString
                  Expect.equal left 0 "no scratch database"
              })

          testCaseTask "a server that is not there is told without the password" (fun () ->
              task {
                  let a = script "CREATE TABLE t (a int);"

                  let! code, output, errors =
                      run
                          [ "diff"
                            "--from"
                            a
                            "--to"
                            a
                            "--server"
                            "Host=127.0.0.1;Port=1;Username=u;Password=tell-nobody" ]

                  Expect.equal (code, output) (1, "") "it fails"
                  Expect.stringContains errors "error:" "it says so"
                  Expect.isFalse (errors.Contains "tell-nobody") "no password"
              }) ]
