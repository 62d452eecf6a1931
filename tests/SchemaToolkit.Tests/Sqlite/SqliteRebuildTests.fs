module SchemaToolkit.Tests.Sqlite.SqliteRebuildTests

open System.Threading
open Expecto
open Microsoft.Data.Sqlite
open SchemaToolkit

let private ns = "plugin_x"
let private schema (tables: Table list) : Schema = Schema.inNamespace ns "x" tables
let private id' = Column.bigint "id" |> Column.identity
let private parent columns = Table.define "parent" columns |> Table.primaryKey [ id' ]

let private child =
    let key = Column.bigint "parent_id"

    Table.define "child" [ key ]
    |> Table.referencesWith
        (ForeignKey.onDelete ReferentialAction.Cascade)
        (Table.define "parent" [] |> Table.inNamespace ns)
        [ key, Column.bigint "id" ]

let private before = schema [ parent [ id'; Column.integer "n" ]; child ]
let private after = schema [ parent [ id'; Column.bigint "n" ]; child ]

let private seed (site: SqliteSite) =
    task {
        let! _ = SqliteSite.migrate site None before
        do! SqliteSite.execute site "INSERT INTO plugin_x__parent (n) VALUES (1), (2), (3)"
        do! SqliteSite.execute site "INSERT INTO plugin_x__child (parent_id) VALUES (1), (1), (2)"
        do! SqliteSite.execute site "DELETE FROM plugin_x__parent WHERE id = 3"
    }

let private rebuild (site: SqliteSite) =
    task {
        let! statements = SqliteSite.migrate site (Some before) after
        Expect.isTrue (SqliteSite.isRebuild statements) "a rebuild"
    }

/// The error of a migration that must not succeed; the transaction is rolled back.
let private refused (site: SqliteSite) (target: Schema) =
    task {
        try
            let! _ = SqliteSite.migrate site (Some before) target
            return failtest "the migration went through"
        with error ->
            return error.Message
    }

[<Tests>]
let tests =
    testList
        "rebuilding tables on SQLite"
        [ SqliteSite.test "children with ON DELETE CASCADE survive their parent's rebuild" (fun site ->
              task {
                  do! seed site
                  do! rebuild site
                  let! rows = SqliteSite.rows site "SELECT parent_id FROM plugin_x__child ORDER BY 1"
                  Expect.equal rows [ "1"; "1"; "2" ] "children"
                  let! target = SqliteSite.rows site "SELECT \"table\" FROM pragma_foreign_key_list('plugin_x__child')"
                  Expect.equal target [ "plugin_x__parent" ] "the key's target"
                  let! broken = SqliteSite.rows site "PRAGMA integrity_check"
                  Expect.equal broken [ "ok" ] "integrity"
              })

          SqliteSite.test "a number that was given out does not come back" (fun site ->
              task {
                  do! seed site
                  do! rebuild site
                  do! SqliteSite.execute site "INSERT INTO plugin_x__parent (n) VALUES (4)"
                  let! rows = SqliteSite.rows site "SELECT id, n FROM plugin_x__parent ORDER BY 1"
                  Expect.equal rows [ "1|1"; "2|2"; "4|4" ] "rows"
                  let! sequences = SqliteSite.rows site "SELECT name, seq FROM sqlite_sequence"
                  Expect.equal sequences [ "plugin_x__parent|4" ] "one counter"
              })

          SqliteSite.test "views, triggers and indexes of strangers are left byte-identical" (fun site ->
              task {
                  do! seed site

                  for sql in
                      [ "CREATE VIEW v AS SELECT n + 1 AS m FROM plugin_x__parent"
                        "CREATE VIEW w AS SELECT m FROM v"
                        "CREATE TABLE log (n INTEGER)"
                        "CREATE TRIGGER t1 AFTER INSERT ON plugin_x__parent BEGIN INSERT INTO log VALUES (new.n); END"
                        "CREATE TRIGGER t2 AFTER INSERT ON log BEGIN UPDATE plugin_x__parent SET n = n; END"
                        "CREATE INDEX mine ON plugin_x__parent ( n  DESC )" ] do
                      do! SqliteSite.execute site sql

                  let objects =
                      "SELECT name, sql FROM sqlite_schema WHERE name IN ('v', 'w', 'log', 't1', 't2', 'mine') ORDER BY name"

                  let! expected = SqliteSite.rows site objects
                  do! rebuild site
                  let! found = SqliteSite.rows site objects
                  Expect.equal found expected "strangers"
                  do! SqliteSite.execute site "INSERT INTO plugin_x__parent (n) VALUES (7)"
                  let! logged = SqliteSite.rows site "SELECT n FROM log"
                  Expect.equal logged [ "7" ] "the trigger fires"
                  let! seen = SqliteSite.rows site "SELECT max(m) FROM w"
                  Expect.equal seen [ "8" ] "the view sees"
              })

          SqliteSite.test "a view that would lose its column stops the migration" (fun site ->
              task {
                  do! seed site
                  do! SqliteSite.execute site "CREATE VIEW v AS SELECT n FROM plugin_x__parent"
                  let! message = refused site (schema [ parent [ id'; Column.text "s" |> Column.optional ]; child ])
                  Expect.stringContains message "n" "the column"
              })

          SqliteSite.test "a trigger that would lose its column stops the migration" (fun site ->
              task {
                  do! seed site

                  do!
                      SqliteSite.execute
                          site
                          "CREATE TRIGGER t AFTER DELETE ON plugin_x__parent BEGIN SELECT old.n; END"

                  let! message = refused site (schema [ parent [ id' ]; child ])
                  Expect.stringContains message "n" "the column"
              })

          SqliteSite.test "a table that goes with its enum may be made anew on the way" (fun site ->
              task {
                  let mood = EnumType.define "mood" [ "good"; "bad" ]
                  let target = parent [ id'; Column.integer "n" ]
                  let key = Column.bigint "parent_id"

                  let moody =
                      Table.define "moody" [ key; Column.enum mood "mood" ]
                      |> Table.references (target |> Table.inNamespace ns) [ key, id' ]

                  let first = schema [ target; moody ] |> Schema.withEnums [ mood ]
                  let! _ = SqliteSite.migrate site None first
                  do! SqliteSite.execute site "INSERT INTO plugin_x__parent (n) VALUES (1)"
                  do! SqliteSite.execute site "INSERT INTO plugin_x__moody VALUES (1, 'bad')"
                  let! _ = SqliteSite.migrate site (Some first) (schema [ target ])

                  let! tables =
                      SqliteSite.rows site "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'plugin_x__moody%'"

                  Expect.equal tables [ "0" ] "tables"
              })

          SqliteSite.test "a value that does not convert stops the migration and leaves the table" (fun site ->
              task {
                  let text = schema [ parent [ id'; Column.text "n" ] ]
                  let number = schema [ parent [ id'; Column.smallint "n" ] ]
                  let! _ = SqliteSite.migrate site None text
                  do! SqliteSite.execute site "INSERT INTO plugin_x__parent (n) VALUES ('12'), ('many')"

                  let! failed =
                      task {
                          try
                              let! _ = SqliteSite.migrate site (Some text) number
                              return ""
                          with error ->
                              return error.Message
                      }

                  Expect.stringContains failed "is no smallint" "the reason"
                  let! rows = SqliteSite.rows site "SELECT n FROM plugin_x__parent"
                  Expect.equal rows [ "12"; "many" ] "rows"
              })

          SqliteSite.test "a rebuild is told beforehand, with the rows it copies" (fun site ->
              task {
                  do! seed site
                  let source, target = SqliteSite.project site before, SqliteSite.project site after
                  let! live = SqliteSite.catalog site source

                  let hazards =
                      site.Driver.Assess site.Capabilities { live with Schema = source } (Diff.between source target)

                  let hazard = hazards |> List.exactlyOne
                  Expect.equal (hazard.Code, hazard.Kind) ("rebuild-table", HazardKind.RewritesTable) "hazard"
                  let! rows = SqliteSite.rows site (site.Driver.RenderPrecheck(Option.get hazard.Precheck))
                  Expect.equal rows [ "2|NULL" ] "rows"
              })

          SqliteSite.test "the write transaction is the lock" (fun site ->
              task {
                  use! first = site.Driver.Begin site.Connection CancellationToken.None
                  use! other = site.Driver.Connect CancellationToken.None

                  let waiting =
                      task {
                          do! Tasks.Task.Yield()
                          return! site.Driver.Begin other CancellationToken.None
                      }

                  do! Tasks.Task.Delay 200
                  do! first.CommitAsync()
                  use! _ = waiting
                  return ()
              })

          SqliteSite.test "the ledger is made once" (fun site ->
              task {
                  let! before = site.Driver.LedgerExists site.Connection CancellationToken.None
                  Expect.isFalse before "before"

                  for _ in 1..2 do
                      for statement in site.Driver.LedgerStatements do
                          do! SqliteSite.execute site statement

                  let! after = site.Driver.LedgerExists site.Connection CancellationToken.None
                  Expect.isTrue after "after"
                  let! meta = SqliteSite.rows site "SELECT * FROM migrations__meta"
                  Expect.equal meta [ "1|1" ] "one row"
              })

          SqliteSite.test "prechecks count and show the rows concerned" (fun site ->
              task {
                  do! seed site
                  let table = ObjectName.create ns "parent"
                  let ask precheck = SqliteSite.rows site (site.Driver.RenderPrecheck precheck)

                  do! SqliteSite.execute site "INSERT INTO plugin_x__parent (n) VALUES (70000), (70000)"

                  let! failing = ask (Precheck.FailingCasts(table, "n", ColumnType.Integer, ColumnType.SmallInt))
                  Expect.equal failing [ "2|70000, 70000" ] "failing casts"
                  let! lossy = ask (Precheck.LossyCasts(table, "n", ColumnType.Integer, ColumnType.Boolean))
                  Expect.equal lossy [ "3|2, 70000, 70000" ] "lossy casts"
                  let! same = ask (Precheck.Duplicates(table, [ "n" ], false, None))
                  Expect.equal same [ "1|70000" ] "duplicates"
                  let! pairs = ask (Precheck.Duplicates(table, [ "n"; "id" ], true, Some(SqlText.raw "n > 1")))
                  Expect.equal pairs [ "0|NULL" ] "no duplicates"
                  let! nulls = ask (Precheck.Nulls(table, "n"))
                  Expect.equal nulls [ "0|NULL" ] "nulls"
                  let! values = ask (Precheck.Values(table, "n"))
                  Expect.equal values [ "4|1, 2, 70000, 70000" ] "values"

                  let violations table sql =
                      ask (Precheck.Violations(table, { Name = "c"; Expression = sql; OnlyOn = [] }))

                  let small = Declared.sql $"""{Column.integer "n"} < 100"""
                  let! named = violations table small
                  Expect.equal named [ "2|70000, 70000" ] "violations"
                  let! raw = violations table (SqlText.raw "n < 100")
                  Expect.equal raw [ "2|a row, a row" ] "violations of a text without holes"

                  for sql in
                      [ "CREATE TABLE plugin_x__tree (n INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID"
                        "INSERT INTO plugin_x__tree VALUES (5), (200)" ] do
                      do! SqliteSite.execute site sql

                  let! unnumbered = violations (ObjectName.create ns "tree") small
                  Expect.equal unnumbered [ "1|200" ] "violations without rowids"
                  do! SqliteSite.execute site "INSERT INTO plugin_x__child (parent_id) VALUES (99)"
                  let! orphans = ask (Precheck.Orphans(ObjectName.create ns "child", child.ForeignKeys.Head))
                  Expect.equal orphans [ "1|99" ] "orphans"
              }) ]
