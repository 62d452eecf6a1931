module SchemaToolkit.Tests.Cli.SnapshotTests

open System
open System.IO
open System.Threading
open Expecto
open SchemaToolkit.PostgresObjects
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.PostgresObjects

let private onPostgres name body = OnEngines.only Engine.Postgres name body

/// Every file of the corpus with `SCHEMATOOLKIT_SOAK=all`, else every eighth.
let private chosen =
    lazy
        (let files =
            Directory.GetFiles(Pairs.folder, "*.sql", SearchOption.AllDirectories)
            // A plan alone makes no database.
            |> Array.filter (fun file -> Path.GetFileName file <> "plan.sql")
            |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))

         match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_SOAK" with
         | "all" -> files
         | _ -> files |> Array.indexed |> Array.filter (fun (i, _) -> i % 8 = 0) |> Array.map snd)

/// What is wrong with the snapshot of a database; empty when nothing is.
let private wrong (database: PgDatabase) =
    let text = SnapshotJson.write database

    match SnapshotJson.read text with
    | Error reason -> [ reason ]
    | Ok back ->
        [ if back <> database then
              "read back, it is another database"
          if SnapshotJson.write back <> text then
              "written again, it has other bytes"
          for change in PgPlan.between Registry.rules database back do
              yield! change.Sql ]

let private secretive =
    """CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far FOREIGN DATA WRAPPER nothing OPTIONS (host 'h', api_key 'hush-1');
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS ("user" 'bob', password 'it''s hush-2\');
CREATE FOREIGN TABLE f (a int OPTIONS (access_token 'hush-3', title 'fine')) SERVER far OPTIONS (secret 'hush-4', path '/x');"""

let private frozen = "snapshot-1.golden.json"

/// What the file says of the server and of the role that read it.
let private asFrozen (database: PgDatabase) = { database with Version = 150000; User = "postgres" }

[<Tests>]
let snapshots =
    testList
        "snapshot"
        [ onPostgres "what is written is what is read, for every database of the corpus" (fun database ->
              task {
                  let found = ResizeArray<string>()

                  for file in chosen.Value do
                      let read connection =
                          task {
                              let! database = Snapshot.read' connection CancellationToken.None
                              return wrong database
                          }

                      let! problems = Scratch.using database.ConnectionString file read CancellationToken.None

                      for problem in problems do
                          found.Add $"{Path.GetRelativePath(Pairs.folder, file)}: {problem}"

                  Expect.isGreaterThan chosen.Value.Length 50 "the corpus was found"
                  Expect.isEmpty found (String.Join("\n", found))
              })

          onPostgres
              "a live database is no different from its snapshot, and two snapshots need no server"
              (fun database ->
                  task {
                      do! SchemaCommand.execute database.ConnectionString "CREATE TABLE t (a int PRIMARY KEY, b text)"
                      let! code, before, errors = SchemaCommand.run [ "inspect"; database.ConnectionString ]
                      Expect.equal (code, errors) (0, "") "inspected"
                      let before = SchemaCommand.file ".json" before

                      let! code, output, errors =
                          SchemaCommand.run
                              [ "diff"; "--from"; before; "--to"; database.ConnectionString; "--exit-code" ]

                      Expect.equal (code, output, errors) (0, "", "") "no difference"
                      do! SchemaCommand.execute database.ConnectionString "ALTER TABLE t ADD c int"
                      let! _, after, _ = SchemaCommand.run [ "inspect"; database.ConnectionString; "--output"; "json" ]
                      let after = SchemaCommand.file ".json" after

                      let! code, output, errors =
                          SchemaCommand.run [ "diff"; "--from"; before; "--to"; after; "--exit-code" ]

                      Expect.equal (code, errors) (2, "") "differences"

                      Expect.stringContains
                          output
                          "ALTER TABLE \"public\".\"t\" ADD COLUMN \"c\" integer;"
                          "the column"
                  })

          onPostgres "no secret leaves in a snapshot or in SQL, and it is said so" (fun database ->
              task {
                  do! SchemaCommand.execute database.ConnectionString secretive

                  for format in [ "json"; "sql" ] do
                      let! code, output, errors =
                          SchemaCommand.run [ "inspect"; database.ConnectionString; "--output"; format ]

                      Expect.equal code 0 "inspected"
                      Expect.isFalse (output.Contains "hush" || errors.Contains "hush") "no secret"
                      Expect.stringContains output Secrets.mark "the mark stands there"
                      Expect.stringContains output "fine" "the rest stays"
                      Expect.stringContains errors "warning: secrets are left out" "said"

                  let! _, json, _ = SchemaCommand.run [ "inspect"; database.ConnectionString ]

                  let! code, output, _ =
                      SchemaCommand.run
                          [ "diff"
                            "--from"
                            SchemaCommand.file ".json" json
                            "--to"
                            database.ConnectionString
                            "--exit-code" ]

                  Expect.equal (code, output) (0, "") "no difference"
              })

          testCase "a snapshot in the first format is read by every later version, and written as it was" (fun () ->
              let text = File.ReadAllText(Path.Combine(__SOURCE_DIRECTORY__, "..", "Golden", frozen))

              match SnapshotJson.read text with
              | Error reason -> failtest reason
              | Ok database -> Expect.equal (SnapshotJson.write database) text "byte for byte")

          onPostgres "one object of each kind makes the snapshot that is kept" (fun database ->
              task {
                  let script = Path.Combine(__SOURCE_DIRECTORY__, "every-kind.sql")
                  let read connection = Snapshot.read' connection CancellationToken.None
                  let! live = Scratch.using database.ConnectionString script read CancellationToken.None

                  // Later servers have catalogs of their own.
                  if live.Version / 10000 = 15 then
                      Golden.check frozen (SnapshotJson.write (asFrozen live))
              })

          testCaseTask "a text that is no snapshot is told with its reason" (fun () ->
              task {
                  let good =
                      """{"format": 1, "kind": "postgres-database", "notCompared": [], "user": "u", "version": 150000, "objects": ["""

                  let table = """{"address": ["Schema","","a"], "facts": "Schema"}"""

                  for text, reason in
                      [ "{", "it is not JSON"
                        "[1]", "is not a snapshot"
                        """{"format": 1, "kind": "other"}""", "is not a snapshot"
                        good.Replace("\"format\": 1", "\"format\": 99") + "]}", "a newer SchemaToolkit wrote it"
                        good.Replace("\"format\": 1", "\"format\": \"x\"") + "]}", "$.format"
                        good + table + "," + table + "]}", "has 2 objects with the address Schema a"
                        good + table.Replace("\"Schema\",", "\"Nonsense\",") + "]}", "$.objects[0].address"
                        good + table.Replace("\"facts\"", "\"fact\"") + "]}", "has the key 'fact'"
                        good
                        + """{"address": ["Column","public","t","a"], "facts": "ViewColumn", "parent": ["Table","public","t"]}]}""",
                        "which is missing" ] do
                      let file = SchemaCommand.file ".json" text
                      let! code, output, errors = SchemaCommand.run [ "inspect"; file ]
                      Expect.equal (code, output) (1, "") text
                      Expect.stringContains errors $"error: {file}: " text
                      Expect.stringContains errors reason text
              }) ]
