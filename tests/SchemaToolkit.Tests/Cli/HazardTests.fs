module SchemaToolkit.Tests.Cli.HazardTests

open System.Text.Json.Nodes
open Expecto
open Microsoft.Data.Sqlite
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private before = "CREATE TABLE people (id integer PRIMARY KEY, name text, \"two\nlines\" text);"
let private after = "CREATE TABLE people (id integer PRIMARY KEY, name text);"

let private harmless =
    "CREATE TABLE people (id integer PRIMARY KEY, name text, \"two\nlines\" text, seen date);"

let private codes (json: string) =
    match JsonNode.Parse json with
    | null -> []
    | document ->
        match document["hazards"] with
        | :? JsonArray as hazards -> [ for hazard in hazards -> string (Option.ofObj hazard).Value["code"] ]
        | _ -> failtest "There is no list of hazards."

/// The same on both engines: told in the SQL, the JSON, the text and on standard error, refused by `--safe`.
let private isTold (more: string list) =
    task {
        let file = SchemaCommand.file ".sql"
        let sides target = [ "diff"; "--from"; file before; "--to"; file target ] @ more

        let! code, sql, errors = SchemaCommand.run (sides after)
        Expect.equal code 0 "it is printed"
        Expect.stringContains sql "-- drop-column: " "above the statements"
        Expect.stringContains errors "warning: the plan may lose data: drop-column " "and aside"

        // Half a name on a line of its own would be run.
        Expect.stringContains sql "two lines deletes its values" "in one line"

        let! _, json, _ = SchemaCommand.run (sides after @ [ "--output"; "json" ])
        Expect.contains (codes json) "drop-column" "in the JSON"
        let! _, text, _ = SchemaCommand.run (sides after @ [ "--output"; "text" ])
        Expect.stringContains text "\n  ! drop-column: " "in the text"

        let! code, sql, errors = SchemaCommand.run (sides after @ [ "--safe" ])
        Expect.equal (code, sql) (1, "") "refused"
        Expect.stringContains errors "The plan may lose data" "what happened"
        Expect.stringContains errors "Nothing was changed." "the state of the database"
        Expect.stringContains errors "without --safe" "the way out"

        let! code, sql, errors = SchemaCommand.run (sides harmless @ [ "--safe" ])
        Expect.equal code 0 "nothing is lost"
        Expect.isFalse (errors.Contains "lose") "so nothing is said of it"
        Expect.stringContains sql "seen" "and it is printed"
        return sides after
    }

let private onPostgres =
    OnEngines.only Engine.Postgres "a plan of PostgreSQL says what it may lose" (fun database ->
        task {
            let! sides = isTold [ "--server"; database.ConnectionString ]
            let! _, sql, _ = SchemaCommand.run sides
            do! SchemaCommand.execute database.ConnectionString before
            do! SchemaCommand.execute database.ConnectionString sql
        })

let private onSqlite =
    testCaseTask "a plan of SQLite says what it may lose" (fun () ->
        task {
            let! sides = isTold [ "--dialect"; "sqlite" ]
            let! _, sql, _ = SchemaCommand.run sides
            use connection = new SqliteConnection "Data Source=:memory:"
            connection.Open()
            use command = connection.CreateCommand()
            command.CommandText <- before + "\n" + sql
            command.ExecuteNonQuery() |> ignore
        })

/// SQLite has no name for it, so it goes with its table.
let private namelessOnSqlite =
    testCaseTask "a constraint without a name goes by a rebuild, and that is told" (fun () ->
        task {
            let before =
                SchemaCommand.file ".sql" "CREATE TABLE people (id integer PRIMARY KEY, name text, UNIQUE (name));"

            let after = SchemaCommand.file ".sql" "CREATE TABLE people (id integer PRIMARY KEY, name text);"
            let! code, sql, _ = SchemaCommand.run [ "diff"; "--from"; before; "--to"; after; "--dialect"; "sqlite" ]
            Expect.equal code 0 "it is printed"
            Expect.stringContains sql "-- rebuild-table: " "and told"
        })

[<Tests>]
let tests = testList "hazards of diff" [ onPostgres; onSqlite; namelessOnSqlite ]
