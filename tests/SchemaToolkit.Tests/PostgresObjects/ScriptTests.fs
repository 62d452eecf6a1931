module SchemaToolkit.Tests.PostgresObjects.ScriptTests

open System
open System.IO
open System.Threading
open System.Threading.Tasks
open Expecto
open Npgsql
open SchemaToolkit.PostgresObjects
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private folder = Path.GetFullPath(Path.Combine(__SOURCE_DIRECTORY__, "../../corpus/scripts"))

let private read (database: TestDatabase) (path: string) =
    Scratch.read database.ConnectionString path CancellationToken.None

let private names (database: TestDatabase) (sql: string) : Task<string> =
    task {
        use connection = new NpgsqlConnection(database.ConnectionString)
        do! connection.OpenAsync()

        use command =
            new NpgsqlCommand($"SELECT coalesce(string_agg(n, ' '), '') FROM ({sql}) q(n)", connection)

        let! value = command.ExecuteScalarAsync()
        return string value
    }

let private written (text: string) (body: string -> Task<unit>) =
    task {
        let file = Scratch.path "script" + ".sql"
        do! File.WriteAllTextAsync(file, text)

        try
            do! body file
        finally
            File.Delete file
    }

/// Each folder holds a script as people write them (`before.sql`) and what it comes to (`after.sql`).
[<Tests>]
let scripts =
    OnEngines.only
        Engine.Postgres
        "a script is read as psql reads it, and the server is left as it was"
        (fun database ->
            task {
                let roles = "SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'script%' ORDER BY 1"

                let databases =
                    "SELECT datname::text FROM pg_database WHERE datname LIKE 'schematoolkit_scratch%' OR datname = 'should_not_be_made_here'"

                let wrong = ResizeArray<string>()
                let places = Directory.GetDirectories folder
                Expect.isGreaterThan places.Length 10 "the scripts were found"

                for place in places do
                    let! before = read database (Path.Combine(place, "before.sql"))
                    let! after = read database (Path.Combine(place, "after.sql"))

                    match PgPlan.between Registry.rules before after |> List.collect _.Sql with
                    | [] -> ()
                    | plan ->
                        let name = Path.GetFileName place
                        wrong.Add(String.Join("\n  ", $"{name}:" :: plan))

                Expect.isEmpty wrong (String.Join("\n", wrong))
                let! rolesLeft = names database roles
                let! databasesLeft = names database databases
                Expect.equal rolesLeft "" "roles"
                Expect.equal databasesLeft "" "databases"
            })

[<Tests>]
let refusals =
    OnEngines.only Engine.Postgres "what of psql cannot be followed is named with its file and line" (fun database ->
        written "CREATE TABLE t (a int);\n\n\\copy t FROM PROGRAM 'cat x.csv'\n" (fun file ->
            task {
                try
                    let! _ = read database file
                    failtest "it was read"
                with :? ScriptException as error ->
                    Expect.stringStarts error.Message $"{file}:3: \\copy from a program" "the message"
            }))

[<Tests>]
let missingRoles =
    OnEngines.only Engine.Postgres "a role that the server has not is made by the plan that needs it" (fun database ->
        written
            "CREATE ROLE script_needed_role LOGIN;\nCREATE TABLE t (a int);\nGRANT SELECT ON t TO script_needed_role;\n"
            (fun file ->
                task {
                    use connection = new NpgsqlConnection(database.ConnectionString)
                    do! connection.OpenAsync()
                    let! before = Snapshot.read' connection CancellationToken.None
                    let! after = read database file
                    let plan = PgPlan.between Registry.rules before after |> List.collect _.Sql
                    let clean = "DROP TABLE IF EXISTS t; DROP ROLE IF EXISTS script_needed_role"

                    try
                        for statement in plan do
                            use command = new NpgsqlCommand(statement, connection)
                            let! _ = command.ExecuteNonQueryAsync()
                            ()

                        let! there = Snapshot.read' connection CancellationToken.None
                        let! wanted = read database file
                        Expect.isEmpty (PgPlan.between Registry.rules there wanted) "a second plan"
                    finally
                        use command = new NpgsqlCommand(clean, connection)
                        command.ExecuteNonQuery() |> ignore
                }))
