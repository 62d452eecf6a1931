module SchemaToolkit.Tests.Sqlite.SqliteMigratorTests

open System.Threading
open Expecto
open SchemaToolkit

let private options =
    { MigrationOptions.standard () with
        Policy = { MigrationPolicy.inStage Stage.Development with AllowDestructive = true } }

let private start (site: SqliteSite) (schema: Schema) =
    task {
        match! Migrator.start site.Driver options [ schema ] CancellationToken.None with
        | Ok report -> return (List.exactlyOne report.Outcomes).Outcome
        | Error failure -> return failtest $"{failure}"
    }

let private expectUpToDate (outcome: MigrationOutcome) =
    match outcome with
    | MigrationOutcome.UpToDate -> ()
    | other -> failtest $"a start with nothing to do did something: {other}"

let private everything = SqliteCatalogTests.everything

/// The same schema with a few of everything changed.
let private next: Schema =
    let column (c: ColumnDef) =
        match c.Name with
        | "note" -> { c with Name = "remark"; RenamedFrom = [ "note" ] }
        | "whole" -> { c with Type = ColumnType.BigInt; Nullable = true }
        | "weight" -> { c with Default = None }
        | _ -> c

    let rename (text: SqlText) = text |> SqlText.mapColumns (fun c -> if c = "note" then "remark" else c)

    let table (t: Table) =
        if t.Name.Name <> "things" then
            { t with
                Columns = t.Columns @ [ (Column.timestamp "seen" |> Column.defaultsTo Default.now).Definition ] }
        else
            { t with
                Columns = t.Columns |> List.map column |> List.filter (fun c -> c.Name <> "span")
                Checks = t.Checks |> List.map (fun c -> { c with Expression = rename c.Expression })
                Indexes =
                    t.Indexes
                    |> List.map (fun i ->
                        { i with
                            Parts =
                                i.Parts
                                |> List.map (fun p ->
                                    if p.Target = IndexTarget.Column "note" then
                                        { p with Target = IndexTarget.Column "remark" }
                                    else
                                        p) }) }

    { everything with
        Tables = List.map table everything.Tables
        Enums = everything.Enums |> List.map (fun e -> { e with Values = e.Values @ [ "new" ] }) }

[<Tests>]
let tests =
    testList
        "the migrator on SQLite"
        [ SqliteSite.test "applies, starts again with nothing to do, evolves, and keeps the rows" (fun site ->
              task {
                  let! first = start site everything

                  match first with
                  | MigrationOutcome.Applied _ -> ()
                  | other -> failtest $"{other}"

                  let! again = start site everything
                  expectUpToDate again

                  do! SqliteSite.execute site "INSERT INTO plugin_all__users (name) VALUES ('ann')"

                  do!
                      SqliteSite.execute
                          site
                          "INSERT INTO plugin_all__things (owner_id, title, note) SELECT id, 'x', 'n' FROM plugin_all__users"

                  do! SqliteSite.execute site "CREATE VIEW stranger AS SELECT title FROM plugin_all__things"
                  let! _ = start site next
                  let! again = start site next
                  expectUpToDate again
                  do! SqliteSite.expectLive site (SqliteSite.project site next)
                  let! rows = SqliteSite.rows site "SELECT title, remark, whole, total FROM plugin_all__things"
                  Expect.equal rows [ "x|n|-5|1.50" ] "rows"
                  let! back = Migrator.start site.Driver options [ everything ] CancellationToken.None

                  match back with
                  | Error failure ->
                      Expect.stringContains $"{failure}" "older than the database" "the first version again"
                  | Ok report -> failtest $"the first version again: {report}"
              })

          SqliteSite.test "a change that fails leaves nothing but its row in the ledger" (fun site ->
              task {
                  let id = Column.bigint "id"
                  let text = Column.text "n"
                  let before = Schema.forPlugin "p" [ Table.define "t" [ id; text ] |> Table.primaryKey [ id ] ]

                  let after =
                      Schema.forPlugin
                          "p"
                          [ Table.define "a" [ id ]
                            Table.define "t" [ id; Column.integer "n" ] |> Table.primaryKey [ id ] ]

                  let! _ = start site before
                  do! SqliteSite.execute site "INSERT INTO plugin_p__t VALUES (1, 'many')"
                  let! outcome = Migrator.start site.Driver options [ after ] CancellationToken.None
                  Expect.isError outcome "a value that is no number"
                  let! tables = SqliteSite.rows site "SELECT name FROM sqlite_schema WHERE name LIKE 'plugin%'"
                  Expect.equal tables [ "plugin_p__t" ] "tables"
                  let! rows = SqliteSite.rows site "SELECT n FROM plugin_p__t"
                  Expect.equal rows [ "many" ] "rows"
                  let! history = Migrator.history site.Driver CancellationToken.None
                  Expect.equal history.Length 2 "ledger rows"
              })

          SqliteSite.test "a plan needs no lock" (fun site ->
              task {
                  use! _ = site.Driver.Begin site.Connection CancellationToken.None
                  let! plan = Migrator.plan site.Driver options everything CancellationToken.None
                  Expect.isOk plan "while another connection writes"
              })

          SqliteSite.test "starts that meet on an empty file wait for each other" (fun site ->
              task {
                  let once (_: int) =
                      task {
                          do! Tasks.Task.Yield()
                          use! connection = site.Driver.Connect CancellationToken.None
                          use! transaction = site.Driver.Begin connection CancellationToken.None

                          for statement in site.Driver.LedgerStatements do
                              use command = connection.CreateCommand()
                              command.CommandText <- statement
                              let! _ = command.ExecuteNonQueryAsync()
                              ()

                          do! transaction.CommitAsync()
                      }

                  let work = [| for i in 1..8 -> Tasks.Task.Run(System.Func<Tasks.Task>(fun () -> once i)) |]
                  do! Tasks.Task.WhenAll work
                  let! meta = SqliteSite.rows site "SELECT count(*) FROM migrations__meta"
                  Expect.equal meta [ "1" ] "one row"
              }) ]
