module SchemaToolkit.Tests.Cli.CodeTests

open System
open System.IO
open Expecto
open Microsoft.Data.Sqlite
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private everything = File.ReadAllText(Path.Combine(__SOURCE_DIRECTORY__, "every-object.sql"))

let private sqlite =
    """CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL DEFAULT 'it''s "x"', age INTEGER CHECK (age > 0), data BLOB, f REAL DEFAULT 1.5, UNIQUE (name, age)) STRICT;
CREATE TABLE pets (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES people(id) ON DELETE CASCADE, kind TEXT COLLATE NOCASE, upper_kind TEXT GENERATED ALWAYS AS (upper(kind)) VIRTUAL) STRICT;
CREATE INDEX pets_owner_idx ON pets(owner) WHERE kind <> '{cat} 100%';
CREATE VIEW names AS SELECT name FROM people;
CREATE TRIGGER pets_tidy AFTER INSERT ON pets BEGIN UPDATE pets SET kind = trim(kind) WHERE id = NEW.id; END;"""

/// The plan of the printed schema against the database that it was printed from, everything adopted.
let private planOf (schema: string) (connection: string) =
    $"""
let names =
    [ for t in {schema}.Tables -> t.Name ]
    @ [ for e in {schema}.Enums -> e.Name ]
    @ [ for o in {schema}.Objects -> o.Name ]

let options =
    ToolkitOptions.forApp "x"
    |> ToolkitOptions.quietly
    |> ToolkitOptions.database @"{connection}"
    |> ToolkitOptions.adopting (List.distinct names)

match (Toolkit.plan options {schema}).Result with
| Ok plan ->
    for step in plan.Steps do
        printfn "%%s" (Describe.step step)

    printfn "%%d steps" plan.Steps.Length
| Error error -> printfn "%%s" (MigrationError.describe error)
"""

/// Compiled and run by `dotnet fsi`: what it prints.
let private run (code: string) (moduleName: string) (connection: string) =
    task {
        let folder = Directory.CreateDirectory(Scratch.path "code").FullName
        File.WriteAllText(Path.Combine(folder, "Schema.fs"), code)
        let script = Path.Combine(folder, "plan.fsx")

        let references =
            [ "SchemaToolkit.Core"
              "SchemaToolkit.Data"
              "SchemaToolkit.Migrations"
              "SchemaToolkit.Agents"
              "SchemaToolkit"
              "Npgsql" ]
            |> List.map (fun name -> $"#r \"{name}.dll\"")
            |> String.concat "\n"

        File.WriteAllText(
            script,
            $"#I @\"{AppContext.BaseDirectory}\"\n{references}\n#load \"Schema.fs\"\nopen SchemaToolkit\n"
            + planOf $"{moduleName}.schema" connection
        )

        return! SchemaCommand.runProgram "dotnet" [ "fsi"; "--nologo"; script ]
    }

let private postgres =
    OnEngines.only
        Engine.Postgres
        "F# from a PostgreSQL database compiles, and its plan against that database is empty"
        (fun database ->
            task {
                do! SchemaCommand.execute database.ConnectionString everything

                let! code, text, warnings =
                    SchemaCommand.run
                        [ "inspect"; database.ConnectionString; "--output"; "fsharp"; "--namespace"; "plugin_shop" ]

                Expect.equal code 0 "printed"

                Expect.stringContains
                    text
                    "// NOT DECLARED: table plugin_shop.fleeting is unlogged"
                    "what cannot be said"

                Expect.stringContains warnings "not declared: table plugin_shop.fleeting is unlogged" "and a warning"

                let! code, output, errors = run text "ShopSchema" database.ConnectionString
                Expect.equal (code, output.Trim()) (0, "0 steps") $"the plan is empty\n{errors}"
            })

let private onSqlite =
    testCaseTask "F# from an SQLite file compiles, and its plan against that file is empty" (fun () ->
        task {
            let file = Scratch.path "schema" + ".db"
            use connection = new SqliteConnection($"Data Source={file};Pooling=False")
            connection.Open()
            use command = connection.CreateCommand()
            command.CommandText <- sqlite
            command.ExecuteNonQuery() |> ignore
            connection.Close()
            let! code, text, _ = SchemaCommand.run [ "inspect"; file; "--output"; "fsharp" ]
            Expect.equal code 0 "printed"
            let! code, output, errors = run text "PublicSchema" $"Data Source={file}"
            Expect.equal (code, output.Trim()) (0, "0 steps") $"the plan is empty\n{errors}"
        })

let private several =
    OnEngines.only Engine.Postgres "where there are several namespaces, one is asked for" (fun database ->
        task {
            do! SchemaCommand.execute database.ConnectionString "CREATE SCHEMA a; CREATE SCHEMA b"

            let! code, output, errors =
                SchemaCommand.run [ "inspect"; database.ConnectionString; "--output"; "fsharp" ]

            Expect.equal (code, output) (1, "") "an error"
            Expect.stringContains errors "there are several: a, b. Say which with --namespace NAME." "the way out"
        })

/// The C# tests compile the file and plan with it.
let private csharp =
    OnEngines.only
        Engine.Postgres
        "C# from a PostgreSQL database is the file that the C# tests compile"
        (fun database ->
            task {
                do! SchemaCommand.execute database.ConnectionString everything

                let! code, text, warnings =
                    SchemaCommand.run
                        [ "inspect"; database.ConnectionString; "--output"; "csharp"; "--namespace"; "plugin_shop" ]

                Expect.equal code 0 "printed"
                Expect.stringContains warnings "not declared: column plugin_shop.customers.moods" "a warning"

                let file =
                    Path.Combine(__SOURCE_DIRECTORY__, "../../SchemaToolkit.Fluent.Tests/Code/Shop.generated.cs")

                if Environment.GetEnvironmentVariable "SCHEMATOOLKIT_ACCEPT_GOLDEN" = "1" then
                    File.WriteAllText(file, text)

                Expect.equal text (File.ReadAllText file) "as compiled"
            })

[<Tests>]
let tests = testList "starting code" [ postgres; onSqlite; several; csharp ]
