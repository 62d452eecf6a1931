module SchemaToolkit.Tests.Postgres.PrecheckTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Tests

let private ns = "plugin_questions"
let private at name = ObjectName.create ns name

let private setting =
    $"CREATE SCHEMA {ns};
      CREATE TYPE {ns}.mood AS ENUM ('sad', 'ok');
      CREATE TABLE {ns}.parent (id integer PRIMARY KEY);
      CREATE TABLE {ns}.\"odd \"\"table\" (id integer, a text, b integer, mood {ns}.mood, parent integer);
      INSERT INTO {ns}.parent VALUES (1);
      INSERT INTO {ns}.\"odd \"\"table\" VALUES
        (1, 'x', 1, 'sad', 1), (2, 'x', 1, 'ok', 2), (3, 'y', NULL, 'ok', NULL), (4, 'y', NULL, NULL, 9), (5, NULL, -5, NULL, 1)"

let private table = at "odd \"table"

let private ask (site: Site) precheck =
    task {
        let! rows = Site.rows site (site.Driver.RenderPrecheck precheck)

        match rows with
        | [ [ count; samples ] ] -> return int count, samples
        | other -> return failtestf "one row with a count and samples, not %A" other
    }

let private foreignKey: ForeignKey =
    { Name = "fk"
      Columns = [ "parent" ]
      Target = at "parent"
      TargetColumns = [ "id" ]
      OnDelete = ReferentialAction.NoAction
      OnUpdate = ReferentialAction.NoAction
      Deferrability = Deferrability.NotDeferrable }

let private questions: (string * Precheck * int * string) list =
    [ "rows", Precheck.Rows table, 5, "NULL"
      "values", Precheck.Values(table, "b"), 3, "1, 1, -5"
      "nulls", Precheck.Nulls(table, "b"), 2, "NULL"
      "duplicates of one column", Precheck.Duplicates(table, [ "a" ], false, None), 2, "x, y"
      "duplicates with NULLs", Precheck.Duplicates(table, [ "a"; "b" ], false, None), 1, "(x,1)"
      "duplicates with equal NULLs", Precheck.Duplicates(table, [ "b" ], true, None), 2, "1, NULL"
      "duplicates among some rows",
      Precheck.Duplicates(table, [ "a" ], false, Some(SqlText.raw "b IS NOT NULL")),
      1,
      "x"
      "orphans", Precheck.Orphans(table, foreignKey), 2, "2, 9"
      "violations",
      Precheck.Violations(
          table,
          { Name = "c"
            Expression = SqlText.Portable [ SqlFragment.Column "b"; SqlFragment.Text " > 0" ]
            OnlyOn = [] }
      ),
      1,
      "(5,,-5,,1)"
      "enum values", Precheck.EnumValues(table, "mood", [ "sad"; "o'k" ]), 1, "sad" ]

let private counted =
    Site.each "each question counts its rows and shows some" (fun site ->
        task {
            do! Site.execute site setting

            for what, precheck, count, samples in questions do
                let! found, shown = ask site precheck
                Expect.equal found count what

                let words (text: string) = text.Split ", " |> Set.ofArray
                let expected = words samples |> Set.remove "NULL"

                Expect.isTrue (Set.isSubset expected (words shown)) $"samples of {what}: {shown}"
        })

let private few =
    Site.each "at most five samples, cut when long" (fun site ->
        task {
            do! Site.execute site setting
            do! Site.execute site $"INSERT INTO {ns}.parent SELECT generate_series(2, 50)"
            let! count, samples = ask site (Precheck.Values(at "parent", "id"))
            Expect.equal count 50 "count"
            Expect.equal (samples.Split(", ").Length) 5 "samples"
        })

[<Tests>]
let tests = testList "postgres prechecks" [ counted; few ]
