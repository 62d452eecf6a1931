module SchemaToolkit.Tests.Sqlite.SqliteCatalogTests

open System
open System.Threading
open Expecto
open Microsoft.Data.Sqlite
open SchemaToolkit

let private mood = EnumType.define "mood" [ "sad"; "it's \"ok\""; "glad" ]

let private users =
    Table.define "users" [ Column.uuid "id" |> Column.defaultsTo Default.newUuid; Column.text "name" ]
    |> Table.primaryKey [ Column.uuid "id" ]
    |> Table.shared

/// Every type, and every part that SQLite can keep.
let everything =
    let id = Column.bigint "id" |> Column.identity
    let owner = Column.uuid "owner_id" |> Column.defaultsTo Default.newUuid
    let title = Column.varchar 40 "title" |> Column.collate "C"
    let total = Column.decimal 12 2 "total" |> Column.defaultsTo (Default.value 1.5m)
    let note = Column.text "note" |> Column.optional
    let flag = Column.boolean "flag" |> Column.defaultsTo (Default.value true)
    let embedding = Column.vector 3 "embedding" |> Column.optional

    let things =
        Table.define
            "things"
            [ id
              owner
              title
              total
              note
              flag
              embedding
              Column.enum mood "mood" |> Column.defaultsTo (Default.value "glad")
              Column.array (Column.enum mood "moods") |> Column.optional
              Column.smallint "small" |> Column.defaultsTo (Default.value 7s)
              Column.integer "whole" |> Column.defaultsTo (Default.value -5)
              Column.real "ratio" |> Column.defaultsTo (Default.value 0.5f)
              Column.double "weight" |> Column.defaultsTo (Default.value 1e-3)
              Column.numeric "exact" |> Column.optional
              Column.char 3 "code" |> Column.defaultsTo (Default.value "ab")
              Column.date "day" |> Column.defaultsTo (Default.value (DateOnly(2024, 2, 29)))
              Column.time "clock" |> Column.defaultsTo (Default.value (TimeOnly(23, 59, 59)))
              Column.timestamp "at" |> Column.defaultsTo Default.now
              Column.localTimestamp "local" |> Column.defaultsTo Default.localNow
              Column.timestamp "since"
              |> Column.defaultsTo (Default.value (DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero)))
              Column.interval "span" |> Column.optional
              Column.json "doc" |> Column.defaultsTo Default.emptyObject
              Column.jsonText "raw" |> Column.optional
              Column.bytea "blob" |> Column.defaultsTo (Default.value [| 0uy; 255uy |])
              Column.array (Column.text "tags") |> Column.defaultsTo (Default.sql "'[]'")
              Column.array (Column.decimal 5 1 "grid") |> Column.optional
              Column.text "slug" |> Column.generatedAs (Declared.sql $"lower({title}) || '-' || {id}")
              Column.double "twice" |> Column.virtualAs (Declared.sql $"{total} * 2") ]
        |> Table.primaryKey [ id ]
        |> Table.unique [ owner; title ]
        |> Table.indexWith (
            Index.on [ note ] |> Index.unique |> Index.nullsNotDistinct |> Index.named "things_note_once"
        )
        |> Table.referencesWith
            (ForeignKey.onDelete ReferentialAction.Cascade
             >> ForeignKey.onUpdate ReferentialAction.SetDefault
             >> ForeignKey.deferrable Deferrability.InitiallyDeferred)
            users
            [ owner, Column.uuid "id" ]
        |> Table.check "positive" $"{total} >= 0 and {title} <> 'a''b)' -- a remark"
        |> Table.checkPer
            "short"
            (Declared.per [ "sqlite", $"length({note}) < 100"; "postgres", $"char_length({note}) < 100" ])
        |> Table.index [ owner; flag ]
        |> Table.indexWith (
            Index.by
                [ IndexPart.column title |> IndexPart.descending |> IndexPart.nullsLast
                  IndexPart.expression $"lower({title}) || ','" |> IndexPart.collate "NOCASE" ]
            |> Index.named "things_title"
            |> Index.including [ total ]
            |> Index.where $"{flag} = 1"
        )
        |> Table.indexWith (Index.on [ embedding ] |> Index.using "hnsw" |> Index.opClass "vector_cosine_ops")
        |> Table.policy (
            Policy.create "own" PolicyCommand.All
            |> Policy.using (Declared.sql $"{owner} is not null")
            |> Policy.onlyOn "postgres"
        )
        |> Table.rowSecurity RowSecurity.Enabled
        |> Table.comment "Everything there is"

    Schema.forPlugin "@org/plugin-all" [ things; users ] |> Schema.withEnums [ mood ]

let private verdictOf (part: string) (projected: Projected) =
    projected.Verdicts |> List.find (fun v -> string v.Part = part) |> _.Verdict

[<Tests>]
let tests =
    testList
        "the SQLite catalog"
        [ SqliteSite.test "reads back what was created, and nothing is left to do" (fun site ->
              task {
                  let! _ = SqliteSite.migrate site None everything
                  let target = SqliteSite.project site everything
                  let! live = SqliteSite.catalog site target
                  Expect.isEmpty live.Unmodelled "everything is modelled"
                  Expect.isEmpty (Diff.between live.Schema (SqliteSite.rendered target)) "second plan"
              })

          SqliteSite.test "projecting twice is projecting once" (fun site ->
              task {
                  let once = site.Driver.Project site.Capabilities everything
                  let twice = site.Driver.Project site.Capabilities once.Schema
                  Expect.equal twice.Schema once.Schema "projected schema"
              })

          SqliteSite.test "every declared part has one verdict" (fun site ->
              task {
                  let projected = site.Driver.Project site.Capabilities everything
                  let parts = projected.Verdicts |> List.map (fun v -> string v.Part)
                  Expect.equal (List.distinct parts) parts "one verdict each"
                  let expected = everything.Tables |> List.sumBy (fun t -> t.Columns.Length)
                  let columns = projected.Verdicts |> List.filter (fun v -> v.Part.IsColumn)
                  Expect.equal columns.Length expected "columns"

                  let ns = "plugin_all"

                  match verdictOf $"index things_embedding_idx of {ns}.things" projected with
                  | Verdict.Omitted _ -> ()
                  | other -> failtest $"hnsw index: {other}"

                  match verdictOf $"policy own of {ns}.things" projected with
                  | Verdict.Omitted _ -> ()
                  | other -> failtest $"policy: {other}"

                  match verdictOf $"enum {ns}.mood" projected with
                  | Verdict.Emulated _ -> ()
                  | other -> failtest $"enum: {other}"
              })

          SqliteSite.test "what carries meaning is refused, not left out" (fun site ->
              task {
                  let id = Column.bigint "id"
                  let serial = Column.integer "serial" |> Column.identity
                  let name = Column.text "name" |> Column.collate "de-x-icu"

                  let table =
                      Table.define "t" [ id; serial; name ]
                      |> Table.primaryKey [ id ]
                      |> Table.checkPer "c" (Declared.per [ "postgres", $"{name} ~ 'x'" ])
                      |> Table.policy (Policy.create "p" PolicyCommand.All)
                      |> Table.rowSecurity RowSecurity.Enabled

                  let projected = site.Driver.Project site.Capabilities (Schema.forHost [ table ])

                  let refused =
                      projected.Verdicts
                      |> List.choose (fun v ->
                          match v.Verdict with
                          | Verdict.Refused _ -> Some(string v.Part)
                          | Verdict.Exact
                          | Verdict.Emulated _
                          | Verdict.Omitted _ -> None)

                  Expect.equal
                      (List.sort refused)
                      [ "check t_c_check of public.t"
                        "column public.t.name"
                        "column public.t.serial"
                        "policy p of public.t"
                        "row security of public.t" ]
                      "refused parts"
              })

          SqliteSite.test "another program without our functions can write, and the checks hold" (fun site ->
              task {
                  // An author's own check that compares a numeric needs our collation.
                  let plainly =
                      { everything with
                          Tables = everything.Tables |> List.map (fun t -> { t with Checks = [] }) }

                  let! _ = SqliteSite.migrate site None plainly

                  use plain = new SqliteConnection(site.Connection.ConnectionString)
                  plain.Open()

                  let run (sql: string) =
                      use command = plain.CreateCommand()
                      command.CommandText <- sql
                      command.ExecuteNonQuery() |> ignore

                  run "INSERT INTO plugin_all__users (name) VALUES ('ann')"

                  let good =
                      "INSERT INTO plugin_all__things (owner_id, title, note, moods, span, exact, embedding, raw) "
                      + "SELECT id, 'x', 'n', '[\"glad\",\"sad\"]', '-1.02:03:04.000005', '-12.340', zeroblob(12), '[1]' "
                      + "FROM plugin_all__users"

                  run good

                  for column, value in
                      [ "owner_id", "'ABC'"
                        "title", "printf('%41s', 'x')"
                        "total", "'12.345'"
                        "total", "'12345678901'"
                        "exact", "'1e5'"
                        "exact", "'1.'"
                        "mood", "'angry'"
                        "moods", "'[\"angry\"]'"
                        "moods", "'\"glad\"'"
                        "small", "40000"
                        "whole", "3000000000"
                        "flag", "2"
                        "code", "'abcd'"
                        "day", "'2023-02-29'"
                        "clock", "'24:00:00.000000'"
                        "at", "'2024-01-01 00:00:00'"
                        "at", "'2024-02-30T00:00:00.000000Z'"
                        "local", "'2024-01-01T00:00:00.000000Z'"
                        "span", "'1 day'"
                        "doc", "'{'"
                        "tags", "'{}'"
                        "embedding", "zeroblob(8)" ] do
                      Expect.throwsT<SqliteException>
                          (fun () -> run $"UPDATE plugin_all__things SET {column} = {value}")
                          $"{column} = {value}"
              })

          SqliteSite.test "tables of other tools are read as far as they can be, and the rest is reported" (fun site ->
              task {
                  for sql in
                      [ "CREATE TABLE notes (id INTEGER PRIMARY KEY, [body text] VARCHAR(20) DEFAULT 'x' NOT NULL, n NUMERIC CHECK (n > (1 + 2)), p REFERENCES notes(id) ON DELETE SET NULL, UNIQUE (n))"
                        "CREATE INDEX notes_n ON notes (n COLLATE NOCASE DESC) WHERE n IS NOT NULL"
                        "CREATE VIEW v AS SELECT * FROM notes"
                        "CREATE TRIGGER tr AFTER INSERT ON notes BEGIN SELECT 1; END"
                        "CREATE TABLE other__t (a)" ] do
                      do! SqliteSite.execute site sql

                  let! live = site.Driver.ReadCatalog site.Connection [ "public" ] CancellationToken.None
                  let table = live.Schema.Tables |> List.exactlyOne
                  Expect.equal (table.Columns |> List.map _.Name) [ "id"; "body text"; "n"; "p" ] "columns"
                  Expect.equal table.ForeignKeys.Head.OnDelete ReferentialAction.SetNull "action"
                  Expect.equal table.Indexes.Head.Parts.Head.Collation (Some "NOCASE") "collation"
                  Expect.isTrue table.Indexes.Head.Parts.Head.Descending "descending"
                  Expect.equal (SqlText.describe table.Checks.Head.Expression) "n > (1 + 2)" "check"

                  Expect.equal
                      (live.Attachments |> List.map _.Kind |> List.sort)
                      [ yield! List.replicate 3 "inline constraint"; "trigger"; "view" ]
                      "attachments"

                  Expect.equal
                      (live.Schema.Objects |> List.map (fun o -> string o.Key))
                      [ "view public.v"; "trigger tr of public.notes" ]
                      "objects"

                  let has (word: string) = live.Unmodelled |> List.exists (fun note -> note.Contains word)
                  Expect.isTrue (has "STRICT" && has "UNIQUE") $"{live.Unmodelled}"
              })

          SqliteSite.test "the fingerprint follows the namespace and nothing else" (fun site ->
              task {
                  let print () = site.Driver.Fingerprint site.Connection [ "plugin_a" ] CancellationToken.None
                  let! empty = print ()
                  do! SqliteSite.execute site "CREATE TABLE plugin_c__t (a TEXT) STRICT"
                  let! same = print ()
                  Expect.equal same empty "another plugin's table"
                  do! SqliteSite.execute site "CREATE TABLE plugin_a__t (a TEXT) STRICT"
                  let! moved = print ()
                  Expect.notEqual moved empty "its own table"
                  let! catalog = site.Driver.ReadCatalog site.Connection [ "plugin_a" ] CancellationToken.None
                  Expect.equal catalog.Fingerprint moved "the catalog carries the same"
              }) ]
