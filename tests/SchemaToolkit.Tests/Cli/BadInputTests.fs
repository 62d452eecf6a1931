module SchemaToolkit.Tests.Cli.BadInputTests

open System
open System.IO
open Expecto
open Npgsql
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private onPostgres name body = OnEngines.only Engine.Postgres name body

/// Both sides are the same file: it is loaded and compared with itself.
let private load (server: string) (file: string) =
    SchemaCommand.run [ "diff"; "--from"; file; "--to"; file; "--server"; server ]

let private expectNothingLeft (server: string) =
    task {
        let! left = SchemaCommand.scratchDatabases server
        Expect.isEmpty left "no scratch database"
    }

/// The script, the line that the server complains of, and its words.
let private refusedScripts =
    [ "first line", "CREATE TABEL t (a int);", 1, "syntax error at or near \"TABEL\""
      "after others", "CREATE TABLE t (a int);\n\nCREATE TABLE u (\n  a int,\n  b nonsense\n);", 5, "nonsense"
      "Windows line ends",
      "CREATE TABLE t (a int);\r\n-- note\r\nCREATE TABLE u (\r\n  a int,\r\n  b int int\r\n);\r\n",
      5,
      "syntax error at or near \"int\""
      "after dollar quotes",
      "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $q$\n  SELECT 'a;\n  b';\n$q$;\nCREATE VIEW v AS\n  SELECT nothing\n  FROM pg_class;",
      6,
      "column \"nothing\" does not exist"
      "within dollar quotes",
      "CREATE TABLE t (a int);\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n  SELECT a\n  FROM missing\n$$;",
      4,
      "relation \"missing\" does not exist"
      "after a comment with quotes",
      "/* it's ; \"odd */\nCREATE TABLE t (a int); -- don't ;\nCREATE TABLE t (b int);",
      3,
      "relation \"t\" already exists"
      "within BEGIN ATOMIC",
      "CREATE TABLE t (a int);\nCREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC\n  SELECT 1;\n  SELECT b FROM t;\nEND;",
      5,
      "column \"b\" does not exist"
      "beyond the basic plane", "CREATE TABLE t (\n  \"😀😀😀\" int,\n  b nonsense\n);", 3, "nonsense" ]

let private scripts =
    onPostgres "a script that the server refuses is named with file, line and the server's words" (fun database ->
        task {
            for name, sql, line, words in refusedScripts do
                let file = SchemaCommand.file ".sql" sql
                let! code, output, errors = load database.ConnectionString file
                Expect.equal (code, output) (1, "") name
                Expect.stringStarts errors $"error: {file}:{line}: " name
                Expect.stringContains errors words name

            do! expectNothingLeft database.ConnectionString
        })

let private folders =
    onPostgres "in a folder, the file at fault is named" (fun database ->
        task {
            let folder = Directory.CreateDirectory(Scratch.path "folder").FullName
            File.WriteAllText(Path.Combine(folder, "1-tables.sql"), "CREATE TABLE t (a int);")

            File.WriteAllText(
                Path.Combine(folder, "2-views.sql"),
                "CREATE VIEW v AS SELECT a FROM t;\nCREATE VIEW v AS SELECT a FROM t;"
            )

            let! code, _, errors = load database.ConnectionString folder
            Expect.equal code 1 "it fails"

            Expect.stringStarts
                errors
                $"""error: {Path.Combine(folder, "2-views.sql")}:2: relation "v" already exists"""
                "where"
        })

let private circles =
    onPostgres "views that need each other are told as a circle" (fun database ->
        task {
            let nothing = SchemaCommand.file ".sql" "SELECT 1;"

            let circle =
                SchemaCommand.file
                    ".sql"
                    "CREATE VIEW a AS SELECT 1 AS x;\nCREATE VIEW b AS SELECT x FROM a;\nCREATE OR REPLACE VIEW a AS SELECT x FROM b;"

            let! code, output, errors =
                SchemaCommand.run [ "diff"; "--from"; nothing; "--to"; circle; "--server"; database.ConnectionString ]

            Expect.equal (code, output) (1, "") "it fails"
            Expect.stringContains errors "error: These objects need each other in a circle: " "said"
            Expect.stringContains errors "View public.a" "one"
            Expect.stringContains errors "View public.b" "the other"
            do! expectNothingLeft database.ConnectionString
        })

let private powerless =
    onPostgres "a role that may not create databases is told what it lacks" (fun database ->
        task {
            let role = "powerless_" + Guid.NewGuid().ToString("N").Substring(0, 8)
            do! SchemaCommand.execute database.ConnectionString $"CREATE ROLE {role} LOGIN PASSWORD 'tell-nobody'"

            let server =
                NpgsqlConnectionStringBuilder(database.ConnectionString, Username = role, Password = "tell-nobody")

            let file = SchemaCommand.file ".sql" "SELECT 1;"
            let! code, output, errors = load server.ConnectionString file
            Expect.equal (code, output) (1, "") "it fails"
            Expect.stringContains errors $"error: The role {role} may not create databases" "said"
            Expect.stringContains errors $"ALTER ROLE \"{role}\" CREATEDB" "the way out"
            Expect.isFalse (errors.Contains "tell-nobody") "no password"

            // Reading needs no rights.
            let! code, _, errors = SchemaCommand.run [ "inspect"; server.ConnectionString ]
            Expect.equal (code, errors) (0, "") "inspected"
        })

let private servers =
    testCaseTask "servers that refuse, are too old or are not there are told without the password" (fun () ->
        task {
            use refusing = RefusingServer.WrongPassword()
            use old = RefusingServer.OfVersion "14.11"

            for port, words in
                [ refusing.Port, "password authentication failed for user \"u\" (28P01)"
                  old.Port, "15 is the oldest that is supported"
                  1, "the server cannot be reached" ] do
                let connection =
                    $"Host=127.0.0.1;Port={port};Username=u;Password=tell-nobody;Database=d;SslMode=Disable;Server Compatibility Mode=NoTypeLoading"

                let! code, output, errors = SchemaCommand.run [ "inspect"; connection ]
                Expect.equal (code, output) (1, "") words
                Expect.stringStarts errors "error: " words
                Expect.stringContains errors words words
                Expect.isFalse (errors.Contains "tell-nobody") "no password"

            let! code, output, errors =
                SchemaCommand.run [ "inspect"; "postgres://u:tell-nobody@127.0.0.1:1/d?sslmode=disable" ]

            Expect.equal (code, output) (1, "") "a URL"
            Expect.stringContains errors "the server cannot be reached" "a URL"
            Expect.isFalse (errors.Contains "tell-nobody") "no password"
        })

let private endpoints =
    testCaseTask "an endpoint of an unknown kind is told with the kinds that there are" (fun () ->
        task {
            for text, words in
                [ "mysql://root:tell-nobody@localhost/shop", "'mysql://'"
                  "Server=localhost;User Id=sa;Password=tell-nobody", "another product's"
                  "Data Source=localhost;Initial Catalog=shop;Password=tell-nobody", "another product's"
                  "user=u password=tell-nobody", "does not say which database"
                  SchemaCommand.file ".txt" "hello", "is not known"
                  "no-such-file.sql", "no file or folder" ] do
                let! code, output, errors = SchemaCommand.run [ "inspect"; text ]
                Expect.equal (code, output) (1, "") text
                Expect.stringContains errors words text
                Expect.stringContains errors "Give a .sql file" text
                Expect.isFalse (errors.Contains "tell-nobody") "no password"
        })

[<Tests>]
let tests =
    testSequenced
    <| testList "bad input to dotnet schema" [ scripts; folders; circles; powerless; servers; endpoints ]
