module SchemaToolkit.Tests.Cli.EndpointTests

open System
open System.IO
open Expecto
open Microsoft.Data.Sqlite
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// What the command finds when it is given this very test program.
module Declared =
    module Author =
        let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
        let name = Column.varchar 50 "name"
        let table = Table.define "authors" [ id; name ] |> Table.primaryKey [ id ] |> Table.shared

    module Book =
        let id = Column.bigint "id" |> Column.identity
        let author = Column.uuid "author_id"
        let title = Column.text "title"
        let price = Column.decimal 8 2 "price" |> Column.defaultsTo (Default.value 1.5m) |> Column.optional

        let table =
            Table.define "books" [ id; author; title; price ]
            |> Table.primaryKey [ id ]
            |> Table.referencesNamed ("cli-authors", "authors") [ (author, "id") ]
            |> Table.check "titled" $"{title} <> ''"
            |> Table.index [ author; title ]

    /// Two versions; names change in the second, which says so.
    module Note =
        let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
        let name = Column.varchar 50 "name"
        let title = Column.varchar 50 "title" |> Column.renamedFrom "name"
        let table = Table.define "notes" [ id; name ] |> Table.primaryKey [ id ] |> Table.shared

        let renamed =
            Table.define "memos" [ id; title ]
            |> Table.primaryKey [ id ]
            |> Table.shared
            |> Table.renamedFrom "notes"

    let cliNotes = Schema.forPlugin "cli-notes" [ Note.table ]
    let cliMemos = Schema.forPlugin "cli-notes" [ Note.renamed ]
    let cliAuthors = Schema.forPlugin "cli-authors" [ Author.table ]
    let cliBooks = Schema.forPlugin "cli-books" [ Book.table ]

let private program = typeof<RefusingServer>.Assembly.Location

let private sqliteFile (sql: string) =
    let file = Scratch.path "schema" + ".db"
    use connection = new SqliteConnection($"Data Source={file};Pooling=False")
    connection.Open()
    use command = connection.CreateCommand()
    command.CommandText <- sql
    command.ExecuteNonQuery() |> ignore
    file

let private applyToSqlite (file: string) (sql: string) =
    use connection = new SqliteConnection($"Data Source={file};Pooling=False")
    connection.Open()
    use command = connection.CreateCommand()
    command.CommandText <- sql
    command.ExecuteNonQuery() |> ignore

let private onPostgres =
    OnEngines.only
        Engine.Postgres
        "a program's schema is compared with a database, and its SQL arrives"
        (fun database ->
            task {
                let server = database.ConnectionString
                let diff extra = SchemaCommand.run ([ "diff"; "--server"; server; "--exit-code" ] @ extra)

                for schema in [ "cli-authors"; "cli-books" ] do
                    let! code, sql, errors = diff [ "--from"; server; "--to"; program; "--schema"; schema ]
                    Expect.equal (code, errors) (2, "") "differences"
                    do! SchemaCommand.execute server sql
                    let! outcome = diff [ "--from"; server; "--to"; program; "--schema"; schema ]
                    Expect.equal outcome (0, "", "") "it has arrived"
                    let! outcome = diff [ "--to"; server; "--from"; program; "--schema"; schema ]
                    Expect.equal outcome (0, "", "") "the other way round too"

                do!
                    SchemaCommand.execute
                        server
                        "CREATE TABLE public.other (a int); ALTER TABLE plugin_cli_books.books DROP price"

                let! code, sql, _ = diff [ "--from"; server; "--to"; program; "--schema"; "cliBooks" ]
                Expect.equal code 2 "differences"
                Expect.stringContains sql "ADD COLUMN \"price\"" "the column"
                Expect.isFalse (sql.Contains "other") "what is not the plugin's is left alone"
            })

let private rows (server: string) (sql: string) =
    task {
        use connection = new NpgsqlConnection(server)
        do! connection.OpenAsync()
        use command = new NpgsqlCommand(sql, connection)
        return! command.ExecuteScalarAsync()
    }

let private renames =
    OnEngines.only Engine.Postgres "a program's rename hints are followed, and rows stay" (fun database ->
        task {
            let server = database.ConnectionString

            let diff schema =
                SchemaCommand.run
                    [ "diff"
                      "--server"
                      server
                      "--exit-code"
                      "--from"
                      server
                      "--to"
                      program
                      "--schema"
                      schema ]

            let! _, sql, _ = diff "cliNotes"
            do! SchemaCommand.execute server sql

            do!
                SchemaCommand.execute
                    server
                    "INSERT INTO plugin_cli_notes.notes (name) VALUES ('Ada'); CREATE VIEW public.names AS SELECT name FROM plugin_cli_notes.notes"

            let! code, sql, errors = diff "cliMemos"
            Expect.equal (code, errors) (2, "") "differences"
            Expect.isFalse (sql.Contains "DROP") sql
            do! SchemaCommand.execute server sql
            let! kept = rows server "SELECT title FROM plugin_cli_notes.memos"
            Expect.equal kept (box "Ada") "the row is there"
            let! outcome = diff "cliMemos"
            Expect.equal outcome (0, "", "") "it has arrived"
        })

let private onSqlite =
    testCaseTask "SQLite files, scripts and programs are compared with each other" (fun () ->
        task {
            let file = sqliteFile "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); CREATE VIEW v AS SELECT b FROM t"

            let script =
                SchemaCommand.file
                    ".sql"
                    "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL DEFAULT 'x', c REAL);\nCREATE INDEX t_c_idx ON t (c);\nCREATE VIEW v AS SELECT b, c FROM t;"

            let! code, sql, _ = SchemaCommand.run [ "diff"; "--from"; file; "--to"; script; "--exit-code" ]
            Expect.equal code 2 "differences"
            applyToSqlite file sql
            let! code, sql, _ = SchemaCommand.run [ "diff"; "--from"; file; "--to"; script; "--exit-code" ]
            Expect.equal (code, sql) (0, "") "it has arrived"

            let! code, sql, errors =
                SchemaCommand.run
                    [ "diff"; "--from"; $"Data Source={file}"; "--to"; program; "--schema"; "cli-authors" ]

            Expect.equal (code, errors) (0, "") "a declared schema"
            applyToSqlite file sql

            let! outcome =
                SchemaCommand.run [ "diff"; "--from"; file; "--to"; program; "--schema"; "cli-authors"; "--exit-code" ]

            Expect.equal outcome (0, "", "") "it has arrived"

            let snapshot = SchemaCommand.file ".json" ""
            let! _, json, _ = SchemaCommand.run [ "inspect"; file; "--output"; "json" ]
            File.WriteAllText(snapshot, json)
            let! _, again, _ = SchemaCommand.run [ "inspect"; snapshot ]
            Expect.equal again json "a snapshot of a snapshot is the same"

            for from, target in [ file, snapshot; snapshot, file ] do
                let! outcome = SchemaCommand.run [ "diff"; "--from"; from; "--to"; target; "--exit-code" ]
                Expect.equal outcome (0, "", "") "a file is what its snapshot says"

            let! outcome =
                SchemaCommand.run
                    [ "diff"; "--from"; snapshot; "--to"; program; "--schema"; "cli-authors"; "--exit-code" ]

            Expect.equal outcome (0, "", "") "a snapshot's other namespaces are not the program's"

            let! code, _, errors = SchemaCommand.run [ "diff"; "--from"; snapshot; "--to"; "Host=127.0.0.1;Port=1" ]
            Expect.equal code 1 "two engines"
            Expect.stringContains errors "cannot be compared with each other" "two engines"

            File.WriteAllText(snapshot, json.Replace("\"format\": 1", "\"format\": 2"))
            let! code, _, errors = SchemaCommand.run [ "diff"; "--from"; snapshot; "--to"; file ]
            Expect.equal code 1 "another format"
            Expect.stringContains errors "$.format" "another format"

            let against schema =
                SchemaCommand.run [ "diff"; "--from"; file; "--to"; program; "--schema"; schema; "--exit-code" ]

            let! _, sql, _ = against "cliNotes"
            applyToSqlite file sql
            applyToSqlite file "INSERT INTO plugin_cli_notes__notes (name) VALUES ('Ada')"
            let! _, sql, _ = against "cliMemos"
            applyToSqlite file sql
            use connection = new SqliteConnection($"Data Source={file};Pooling=False")
            connection.Open()
            use command = connection.CreateCommand()
            command.CommandText <- "SELECT title FROM plugin_cli_notes__memos"
            Expect.equal (command.ExecuteScalar()) (box "Ada") "the row is there"
            let! outcome = against "cliMemos"
            Expect.equal outcome (0, "", "") "rename hints are followed"

            let bad =
                SchemaCommand.file
                    ".sql"
                    "CREATE TABLE t (a);\nCREATE TRIGGER r AFTER INSERT ON t BEGIN\n  SELECT 1;\nEND;\nCREATE TABLE u (b oops oops;"

            let! code, _, errors = SchemaCommand.run [ "diff"; "--from"; file; "--to"; bad ]
            Expect.equal code 1 "an error"
            Expect.stringStarts errors $"error: {bad}:5: " "with its line"
        })

let private refused =
    testCaseTask "what cannot be compared is told with the way out" (fun () ->
        task {
            let file = sqliteFile "CREATE TABLE t (a INTEGER)"
            let noProgram = SchemaCommand.file ".dll" "no program"

            for arguments, words in
                [ [ "--from"; file; "--to"; "Host=127.0.0.1;Port=1;Password=tell-nobody" ],
                  "cannot be compared with each other"
                  [ "--from"; file; "--to"; program ], "--schema NAME"
                  [ "--from"; file; "--to"; program; "--schema"; "nothing" ], "holds no schema 'nothing'"
                  [ "--from"; file; "--to"; noProgram ], "is no .NET assembly"
                  [ "--from"; file; "--to"; Path.Combine(AppContext.BaseDirectory, "Npgsql.dll") ], "holds no schema"
                  [ "--from"; program; "--to"; program; "--schema"; "cli-books" ], "--server CONNECTION" ] do
                let! code, output, errors = SchemaCommand.run ("diff" :: arguments)
                Expect.equal (code, output) (1, "") words
                Expect.stringContains errors words words
                Expect.isFalse (errors.Contains "tell-nobody") "no password"
        })

let private newValues =
    OnEngines.only Engine.Postgres "values of enums that a plan adds and uses are told" (fun database ->
        task {
            let scripts =
                [ "CREATE TYPE mood AS ENUM ('sad', 'ADD VALUE ''x'''); CREATE TABLE t (m mood);"
                  "CREATE TYPE mood AS ENUM ('sad', 'it''s', 'ADD VALUE ''x'''); CREATE TABLE t (m mood);"
                  "CREATE TYPE mood AS ENUM ('sad', 'it''s', 'ADD VALUE ''x'''); CREATE TABLE t (m mood DEFAULT 'it''s');" ]
                |> List.map (SchemaCommand.file ".sql")

            let diff from target =
                SchemaCommand.run
                    [ "diff"; "--server"; database.ConnectionString; "--from"; scripts[from]; "--to"; scripts[target] ]

            let! _, sql, errors = diff 0 1
            Expect.equal errors "" "added, and not used"
            Expect.stringContains sql "ADD VALUE 'it''s' BEFORE" "added"
            let! code, _, errors = diff 0 2
            Expect.equal code 0 "a warning is no error"
            Expect.stringContains errors "(--single-transaction): \"public\".\"mood\"" "added and used"
            let! _, _, errors = diff 1 2
            Expect.equal errors "" "used alone"
        })

[<Tests>]
let tests =
    testSequenced
    <| testList "endpoints of dotnet schema" [ onPostgres; renames; newValues; onSqlite; refused ]
