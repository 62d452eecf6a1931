/// Views, triggers and virtual tables on SQLite: what is kept, what is refused, and what strangers have beside ours.
module SchemaToolkit.Tests.Sqlite.SqliteObjectTests

open System.Threading
open Expecto
open SchemaToolkit

let private ns = "plugin_x"
let private id = Column.bigint "id"
let private code = Column.text "code"
let private n = Column.integer "n"
let private wideN = Column.bigint "n"
let private notes columns = Table.define "notes" columns |> Table.primaryKey [ id ]
let private full = notes [ id; code; n ]
let private wide = notes [ id; code; wideN ]
let private short = notes [ id; n ]

let private schema (tables: Table list) (objects: SchemaObject list) =
    Schema.inNamespace ns "x" tables |> Schema.withObjects objects

let private big = View.define "big" $"SELECT {id}, {n} FROM {full} WHERE {n} > 10"
let private bigger = View.define "big" $"SELECT {id}, {n} FROM {full} WHERE {n} > 20"

let private onDelete (statement: string) =
    Trigger.definePer
        "gone"
        full
        (SqlText.PerEngine [ "sqlite", [ SqlFragment.Text $"AFTER DELETE ON plugin_x__notes BEGIN {statement}; END" ] ])

let private execute (site: SqliteSite) (statements: string list) =
    task {
        for statement in statements do
            do! SqliteSite.execute site statement
    }

let private verdict (object: SchemaObject) (site: SqliteSite) =
    let declared = schema [ full ] [ object ]
    let projected = site.Driver.Project site.Capabilities declared
    let key = (List.exactlyOne declared.Objects).Key

    projected.Schema.Objects |> List.map _.Key,
    (projected.Verdicts |> List.find (fun v -> v.Part = PartId.Object key)).Verdict

let private refuses (site: SqliteSite) (object: SchemaObject) (word: string) =
    match verdict object site with
    | [], Verdict.Refused why -> Expect.stringContains why word $"{object.Key}"
    | kept, other -> failtest $"{object.Key}: {other}, {kept}"

let private omits (site: SqliteSite) (object: SchemaObject) (word: string) =
    match verdict object site with
    | [], Verdict.Omitted why -> Expect.stringContains why word $"{object.Key}"
    | kept, other -> failtest $"{object.Key}: {other}, {kept}"

/// The error of a migration that must not succeed.
let private failing (site: SqliteSite) before (after: Schema) =
    task {
        try
            let! _ = SqliteSite.migrate site before after
            return failtest "the migration went through"
        with error ->
            return error.Message
    }

[<Tests>]
let tests =
    testList
        "objects on SQLite"
        [ SqliteSite.test
              "what SQLite does not have is refused with a way out, or left out where nothing is lost"
              (fun site ->
                  task {
                      refuses site (MaterializedView.define "m" $"SELECT {id} FROM {full}") "SchemaObject.onlyOn"
                      refuses site (Function.raw "f" "() RETURNS integer LANGUAGE sql AS 'SELECT 1'") "functions"
                      refuses site (Procedure.raw "p" "() LANGUAGE sql AS 'SELECT 1'") "procedures"
                      refuses site (Exclusion.define "e" full $"USING gist ({n} WITH =)") "exclusion"
                      refuses site (Sequence.define "s") "sequences"
                      refuses site (Domain.define "d" ColumnType.Integer) "domains"
                      refuses site (Composite.define "c" [ "a", ColumnType.Integer ]) "composite"
                      refuses site (RangeType.define "r" ColumnType.Integer) "range"
                      refuses site (Trigger.define "t" full $"AFTER DELETE ON {full} EXECUTE FUNCTION f()") "BEGIN"
                      refuses site (Trigger.definePer "t" full (Declared.per [ "postgres", $"AFTER DELETE" ])) "sqlite"
                      omits site (Grant.onTable full "reader" [ "SELECT" ]) "roles"
                      omits site (Extension.define "citext") "extension"
                      omits site (Function.raw "f" "()" |> SchemaObject.onlyOn "postgres") "postgres"

                      match
                          verdict (big |> View.options [ "security_barrier", "true" ] |> SchemaObject.comment "x") site
                      with
                      | [ _ ], Verdict.Emulated how ->
                          Expect.stringContains how "security_barrier" "options"
                          Expect.stringContains how "comment" "comment"
                      | _, other -> failtest $"{other}"
                  })

          SqliteSite.test "a partitioned table is one table" (fun site ->
              task {
                  let parted = full |> Table.partitionBy $"RANGE ({n})"
                  let part = Partition.define "notes_low" parted $"FOR VALUES FROM (0) TO (10)"
                  let target = SqliteSite.project site (schema [ parted ] [ part ])
                  Expect.isEmpty target.Objects "partitions"
                  Expect.isNone target.Tables.Head.PartitionBy "key"

                  let named = View.define "low" $"SELECT {id} FROM {part}"
                  let projected = site.Driver.Project site.Capabilities (schema [ parted ] [ part; named ])

                  Expect.exists
                      projected.Verdicts
                      (fun v ->
                          match v.Verdict with
                          | Verdict.Refused why -> why.Contains "notes_low"
                          | Verdict.Exact
                          | Verdict.Emulated _
                          | Verdict.Omitted _ -> false)
                      "a view of a partition"
              })

          SqliteSite.test "an identity column needs rowids" (fun site ->
              task {
                  let table =
                      Table.define "t" [ id |> Column.identity ] |> Table.primaryKey [ id ] |> Table.withoutRowId

                  let projected = site.Driver.Project site.Capabilities (schema [ table ] [])

                  match
                      projected.Verdicts
                      |> List.find (fun v -> v.Part = PartId.Table table.Name || string v.Part = "table plugin_x.t")
                  with
                  | { Verdict = Verdict.Refused why } -> Expect.stringContains why "rowid" "why"
                  | other -> failtest $"{other}"
              })

          SqliteSite.test "a view or trigger that names what is not there stops the migration" (fun site ->
              task {
                  let none = View.define "none" $"SELECT missing FROM {full}"
                  let! message = failing site None (schema [ full ] [ none ])
                  Expect.stringContains message "missing" "view"
                  let! message = failing site None (schema [ full ] [ onDelete "DELETE FROM nowhere" ])
                  Expect.stringContains message "nowhere" "trigger"
              })

          SqliteSite.test
              "somebody else's views over a view of ours, and their triggers on it, outlive its change"
              (fun site ->
                  task {
                      let before, after = schema [ full ] [ big ], schema [ short ] [ bigger ]
                      let! _ = SqliteSite.migrate site None before

                      do!
                          execute
                              site
                              [ "CREATE TABLE log (id INTEGER)"
                                "CREATE VIEW over_it AS SELECT id FROM plugin_x__big"
                                "CREATE TRIGGER theirs INSTEAD OF DELETE ON plugin_x__big BEGIN INSERT INTO log VALUES (OLD.id); END"
                                "INSERT INTO plugin_x__notes VALUES (1, 'a', 30), (2, 'b', 15)" ]

                      let! _ = SqliteSite.migrate site (Some before) after
                      let! seen = SqliteSite.rows site "SELECT id FROM over_it"
                      Expect.equal seen [ "1" ] "their view"
                      do! execute site [ "DELETE FROM plugin_x__big" ]
                      let! logged = SqliteSite.rows site "SELECT id FROM log"
                      Expect.equal logged [ "1" ] "their trigger"
                  })

          SqliteSite.test "a trigger of ours is there once after a rebuild, whether it changes or not" (fun site ->
              task {
                  let first = schema [ full ] [ onDelete "SELECT 1" ]
                  let same = schema [ wide ] [ onDelete "SELECT 1" ]
                  let changed = schema [ full ] [ onDelete "SELECT 2" ]
                  let! _ = SqliteSite.migrate site None first
                  let! statements = SqliteSite.migrate site (Some first) same
                  Expect.isTrue (SqliteSite.isRebuild statements) "a rebuild"
                  let! _ = SqliteSite.migrate site (Some same) changed
                  let! triggers = SqliteSite.rows site "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
                  Expect.equal triggers [ "plugin_x__gone" ] "triggers"
              })

          SqliteSite.test
              "full-text and other virtual tables are reported, left alone, and still work after a rebuild"
              (fun site ->
                  task {
                      let keyed columns = Table.define "notes" columns |> Table.primaryKey [ code ]
                      let before, after = schema [ keyed [ code; n ] ] [], schema [ keyed [ code; wideN ] ] []
                      let! _ = SqliteSite.migrate site None before

                      do!
                          execute
                              site
                              [ "CREATE VIRTUAL TABLE plugin_x__words USING fts5(code, content='plugin_x__notes')"
                                "CREATE VIRTUAL TABLE plugin_x__places USING rtree(id, low, high)"
                                "CREATE TRIGGER words_in AFTER INSERT ON plugin_x__notes BEGIN INSERT INTO plugin_x__words(rowid, code) VALUES (new.rowid, new.code); END"
                                "CREATE TRIGGER words_out AFTER DELETE ON plugin_x__notes BEGIN INSERT INTO plugin_x__words(plugin_x__words, rowid, code) VALUES ('delete', old.rowid, old.code); END"
                                "INSERT INTO plugin_x__notes VALUES ('red apple', 1), ('green pear', 2), ('red plum', 3)"
                                "DELETE FROM plugin_x__notes WHERE n = 1" ]

                      let! statements = SqliteSite.migrate site (Some before) after
                      Expect.isTrue (SqliteSite.isRebuild statements) "a rebuild"
                      let! live = SqliteSite.catalog site after
                      let noted (word: string) = live.Unmodelled |> List.filter (fun note -> note.Contains word)
                      Expect.hasLength (noted "virtual table") 2 $"{live.Unmodelled}"
                      Expect.hasLength (noted "fts5, with its tables") 1 "shadow tables"
                      do! execute site [ "INSERT INTO plugin_x__notes VALUES ('red cherry', 4)" ]

                      let! found =
                          SqliteSite.rows
                              site
                              "SELECT code FROM plugin_x__words WHERE plugin_x__words MATCH 'red' ORDER BY code"

                      Expect.equal found [ "red cherry"; "red plum" ] "search"
                      do! execute site [ "INSERT INTO plugin_x__words(plugin_x__words) VALUES ('integrity-check')" ]
                  })

          SqliteSite.test "what else is in the file is read as it can be" (fun site ->
              task {
                  do!
                      execute
                          site
                          [ "CREATE TABLE plugin_x__t (a TEXT) STRICT"
                            "create view if not exists plugin_x__v /* mine */ as select a from plugin_x__t -- all"
                            "CREATE VIEW plugin_x__w (b) AS SELECT a FROM plugin_x__t"
                            "create trigger plugin_x__r after insert on plugin_x__t begin select 1; end;"
                            "CREATE TRIGGER r2 AFTER INSERT ON plugin_x__t BEGIN SELECT 1; END" ]

                  let! live = site.Driver.ReadCatalog site.Connection [ ns ] CancellationToken.None

                  let texts =
                      [ for o in live.Schema.Objects do
                            for _, sql in SchemaObject.texts o do
                                $"{o.Key}: {SqlText.describe sql}" ]

                  Expect.equal
                      texts
                      [ "view plugin_x.v: select a from plugin_x__t"
                        "trigger r of plugin_x.t: after insert on plugin_x__t begin select 1; end" ]
                      "objects"

                  Expect.hasLength live.Unmodelled 2 $"{live.Unmodelled}"
              }) ]
