module SchemaToolkit.Tests.Cli.PlanFileTests

open System
open System.IO
open System.Threading
open Expecto
open Microsoft.Data.Sqlite
open Npgsql
open SchemaToolkit
open SchemaToolkit.Cli
open SchemaToolkit.PostgresObjects
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.PostgresObjects

let private sqliteFolder = Path.GetFullPath(Path.Combine(__SOURCE_DIRECTORY__, "../../corpus/sqlite"))

/// Folders with a file of that name below.
let private places (folder: string) (file: string) =
    Directory.GetFiles(folder, file, SearchOption.AllDirectories)
    |> Array.map (Path.GetDirectoryName >> string)
    |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))
    |> List.ofArray

/// What the server prints differs between its versions, in views above all.
let private printsAs = 15

let private planOf (server: string) (place: string) =
    Pairs.withDatabases server (fun a b ->
        task {
            do! Pairs.load a (File.ReadAllText(Path.Combine(place, "before.sql")))
            do! Pairs.load b (File.ReadAllText(Path.Combine(place, "after.sql")))
            let! from = Snapshot.read' a CancellationToken.None
            let! wanted = Snapshot.read' b CancellationToken.None

            let judged =
                [ for change, hazards in PgHazards.ofChanges from wanted (PgPlan.between Registry.rules from wanted) do
                      change, List.map Told.ofPostgres hazards ]

            // Whoever runs the tests.
            return (Output.judged judged + "\n").Replace(Quote.name from.User, "\"runner\"")
        })

/// A pair of the corpus that has a `plan.sql` is printed so.
let private onPostgres =
    OnEngines.only Engine.Postgres "plans of PostgreSQL are printed as they were" (fun database ->
        task {
            use connection = new NpgsqlConnection(database.ConnectionString)
            do! connection.OpenAsync()

            if connection.PostgreSqlVersion.Major <> printsAs then
                skiptest
                    $"The files are what PostgreSQL {printsAs} prints: there is no PostgreSQL {printsAs} here, but {connection.PostgreSqlVersion}."

            let found = places Pairs.folder "plan.sql"
            Expect.isGreaterThan found.Length 35 "the files were found"

            for place in found do
                let! plan = planOf database.ConnectionString place
                Golden.checkFile (Path.Combine(place, "plan.sql")) plan
        })

let private run (text: string) (sql: string) =
    task {
        use! connection = (SqliteDriver.create text).Connect CancellationToken.None
        use command = connection.CreateCommand()
        command.CommandText <- sql
        let! _ = command.ExecuteNonQueryAsync()
        return ()
    }

let private counts (text: string) (state: SqliteState) =
    task {
        use! connection = SqliteConnections.openUnpooled false text CancellationToken.None

        return
            [ for table in state.Catalog.Schema.Tables do
                  use command = connection.CreateCommand()
                  let name = table.Name.Name.Replace("\"", "\"\"")
                  command.CommandText <- $"SELECT count(*) FROM \"{name}\""
                  table.Name, unbox<int64>(command.ExecuteScalar()) ]
            |> Map.ofList
    }

/// Applied, the plan leads where it should, a second one is empty, and tables that stay have their rows.
let private arrives (from: string) (target: string) =
    task {
        let text = $"""Data Source={Scratch.path "plan" + ".db"};Pooling=False"""
        do! run text (File.ReadAllText from)
        let options = { Server = None; Schema = None }
        let! before = SqliteSide.read text None CancellationToken.None
        let! wanted = SqliteSide.load options None (Endpoint.Script target) CancellationToken.None
        let changes, hazards = SqliteDiff.between before wanted
        let plan = SqliteDiff.sql hazards changes
        let! rows = counts text before
        do! run text plan
        let! after = SqliteSide.read text None CancellationToken.None
        let rest = SqliteDiff.sql [] (fst (SqliteDiff.between after wanted))
        Expect.equal rest "" $"{target}: a second plan is empty"
        let! left = counts text after

        for KeyValue(table, count) in left do
            match rows.TryFind table with
            | Some before -> Expect.equal count before $"{target}: rows of {table}"
            | None -> ()

        return plan
    }

let private onSqlite =
    testCaseTask "plans of SQLite are printed as they were, and arrive both ways" (fun () ->
        task {
            let found = places sqliteFolder "before.sql"
            Expect.isGreaterThan found.Length 20 "the files were found"

            for place in found do
                let before, after = Path.Combine(place, "before.sql"), Path.Combine(place, "after.sql")
                let! plan = arrives before after
                let! _ = arrives after before
                Golden.checkFile (Path.Combine(place, "plan.sql")) (plan + "\n")
        })

[<Tests>]
let tests = testList "printed plans" [ onPostgres; onSqlite ]
