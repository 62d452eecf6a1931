/// GUIDE rows about migrations: G1–G4, G6–G8.
module SchemaToolkit.Tests.Guide.MigrationRows

open System
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private id = Column.integer "id"
let private title = Column.varchar 20 "title"
let private rating = Column.decimal 6 2 "rating" |> Column.optional
let private items (columns: ColumnHandle list) = Table.define "items" columns |> Table.primaryKey [ id ]
let private shop (tables: Table list) = Schema.forPlugin "@guide/plugin-shop" tables
let private first = shop [ items [ id; title; rating ] ]

let private add (started: Started) (number: int) (name: string) (stars: decimal option) =
    Query.insert first.Tables.Head [ Assign.value id number; Assign.value title name; Assign.value rating stars ]
    |> Query.exactly 1L
    |> Query.run started.Database

/// Version one with two rows in it.
let private filled (test: TestDatabase) =
    task {
        use! started = Front.start test first
        do! add started 1 "short" (Some 4.25M)
        do! add started 2 "a longer title" None
    }

let private codes (plan: Plan) (judgement: Judgement) =
    plan.Findings
    |> List.filter (fun judged -> judged.Judgement = judgement)
    |> List.map (fun judged -> judged.Finding.Hazard.Code)

[<Tests>]
let detection =
    testList
        "guide"
        [ OnEngines.each "G1 detection: declared, recorded and live are compared, and drift is shown" (fun test ->
              task {
                  do! filled test
                  do! Front.expectSettled test first

                  let! changed =
                      Front.plan test (shop [ items [ id; title; rating; Column.date "due" |> Column.optional ] ])

                  Expect.hasLength changed.Steps 1 "one column is new"

                  do!
                      Front.byHand
                          test
                          $"""ALTER TABLE {Front.nameIn test "plugin_shop" "items"} ADD COLUMN stray TEXT"""

                  let! drifted = Front.plan test first
                  Expect.exists drifted.Drift (fun drift -> drift.Message.Contains "stray") "the stray column is told"
              })

          OnEngines.each "G2 generated SQL: the plan is a value that can be looked at and approved" (fun test ->
              task {
                  let! plan = Front.plan test first
                  Expect.isNonEmpty plan.Steps "steps"
                  Expect.exists (Plan.statements plan) (fun sql -> sql.Contains "CREATE TABLE") "statements"
                  Expect.stringContains (Plan.describe plan) "plugin_shop.items" "for people"

                  let! again = Front.plan test first
                  Expect.equal again.Hash plan.Hash "planning left nothing behind, and is stable"
                  let! history = Front.history test
                  Expect.isEmpty history "no ledger yet"

                  let approving (hash: string) =
                      let options = Front.options test
                      let approved = Map.ofList [ first.Plugin, hash ]
                      { options with Migration = { options.Migration with Approved = approved } }

                  match! Front.refused (approving (String('0', 64))) [ first ] with
                  | [ MigrationError.PlanChanged(_, _, now) ] -> Expect.equal now plan.Hash "the plan that would run"
                  | other -> failtest $"another error: {other}"

                  use! started = Toolkit.start (approving plan.Hash) [ first ]
                  Expect.isEmpty started.Report.Errors "the approved plan ran"
              })

          OnEngines.each "G3 transaction: a statement that fails midway leaves nothing of its plugin" (fun test ->
              task {
                  do! filled test

                  // No precheck can see it: the default cannot be computed for the rows that are there.
                  let broken = Column.integer "broken" |> Column.defaultsTo (Default.sql "1 / 0")
                  let extras = Table.define "extras" [ id ] |> Table.primaryKey [ id ]

                  let! errors =
                      Front.refused (Front.options test) [ shop [ items [ id; title; rating; broken ]; extras ] ]

                  Expect.isNonEmpty errors "it failed"
                  do! Front.expectSettled test first

                  let! history = Front.history test
                  Expect.equal (history |> List.map _.Outcome) [ "applied"; "failed" ] "both attempts are on record"

                  // No lock is left either.
                  let! repaired = Front.apply test (shop [ items [ id; title; rating ]; extras ])
                  Expect.isEmpty repaired.Errors "the next start succeeds"
              }) ]

[<Tests>]
let ledger =
    testList
        "guide"
        [ OnEngines.each
              "G4 audit trail: statements, hazards, consent, duration, outcome, error, tool version"
              (fun test ->
                  task {
                      do! filled test
                      let narrower = shop [ items [ id; title ] ]
                      let! _ = Front.refused (Front.options test) [ narrower ]
                      let! plan = Front.plan test narrower
                      let consented = Front.options test |> ToolkitOptions.consenting (Plan.consentsNeeded plan)
                      use! started = Toolkit.start consented [ narrower ]
                      Expect.isEmpty started.Report.Errors "consented"

                      match! Front.history test with
                      | [ made; blocked; dropped ] ->
                          Expect.equal
                              [ made.Outcome; blocked.Outcome; dropped.Outcome ]
                              [ "applied"; "failed"; "applied" ]
                              "outcomes"

                          Expect.stringContains made.Statements "CREATE TABLE" "statements"
                          Expect.equal made.DeclaredHash (Canonical.hash first) "the declared schema's hash"
                          Expect.equal (Canonical.parse made.Declared) (Ok first) "the declared schema itself"
                          Expect.equal blocked.ErrorCode (Some "blocked") "error code"
                          Expect.stringContains (Option.defaultValue "" blocked.Error) "rating" "error"
                          Expect.stringContains dropped.Hazards "drop-column" "hazards"
                          Expect.stringContains dropped.Consent "drop-column" "consent"

                          for entry in [ made; blocked; dropped ] do
                              Expect.isTrue (entry.DurationMs >= 0L) "duration"
                              Expect.equal entry.ToolVersion Ledger.toolVersion "tool version"
                              let at = DateTimeOffset.Parse entry.StartedAt
                              Expect.isTrue (abs (DateTimeOffset.UtcNow - at).TotalHours < 1.0) "time"
                      | history -> failtest $"three entries were expected: {history}"
                  }) ]

[<Tests>]
let consent =
    testList
        "guide"
        [ OnEngines.each "G6 production blocks what destroys; consent is for one hazard, object and change" (fun test ->
              task {
                  do! filled test
                  let narrower = shop [ items [ id; title ] ]

                  match! Front.refused (Front.options test) [ narrower ] with
                  | [ MigrationError.Blocked plan ] ->
                      Expect.equal (codes plan Judgement.Blocked) [ "drop-column" ] "the reason"
                  | other -> failtest $"another error: {other}"

                  let! plan = Front.plan test narrower
                  let needed = Plan.consentsNeeded plan

                  let elsewhere =
                      needed |> List.map (fun consent -> { consent with Object = "column plugin_shop.items.title" })

                  let! still = Front.refused (Front.options test |> ToolkitOptions.consenting elsewhere) [ narrower ]
                  Expect.hasLength still 1 "consent to another object opens nothing"

                  use! started = Toolkit.start (Front.options test |> ToolkitOptions.consenting needed) [ narrower ]
                  Expect.isEmpty started.Report.Errors "consented"
              })

          OnEngines.each "G6 development goes on with a warning that counts; the override allows, loudly" (fun test ->
              task {
                  do! filled test
                  let said = ResizeArray<string>()
                  let loud options : ToolkitOptions = { options with Announce = said.Add }
                  let developing = Front.options test |> ToolkitOptions.stage Stage.Development |> loud

                  use! _ = Toolkit.start developing [ shop [ items [ id; title ] ] ]
                  Expect.exists said (fun line -> line.Contains "drop-column" && line.Contains "1 row") "warned"
                  said.Clear()

                  use! _ = Toolkit.start (Front.options test |> ToolkitOptions.allowingEverything |> loud) [ shop [] ]
                  Expect.exists said _.Contains("every destructive change is allowed") "loud"
                  let! settled = Front.plan test (shop [])
                  Expect.isTrue settled.IsEmpty "the table is gone"
              }) ]

[<Tests>]
let judgement =
    testList
        "guide"
        [ OnEngines.each
              "G7 safe: a table, a nullable column, an index and a longer varchar need nobody's leave"
              (fun test ->
                  task {
                      do! filled test
                      let longer = Column.varchar 200 "title"
                      let note = Column.text "note" |> Column.optional
                      let orders = Table.define "orders" [ id ] |> Table.primaryKey [ id ]
                      let wider = shop [ items [ id; longer; rating; note ] |> Table.index [ longer ]; orders ]

                      let! plan = Front.plan test wider
                      Expect.isEmpty (Plan.blocked plan @ Plan.refused plan @ Plan.warned plan) "no objection"
                      use! started = Front.start test wider
                      do! add started 3 "kept" None
                      let! rows = Query.select wider.Tables.Head |> Query.count |> Query.run started.Database
                      Expect.equal rows 3L "rows stayed"
                      do! Front.expectSettled test wider
                  })

          OnEngines.each "G8 destructive: judged by the rows that are there, with counts and samples" (fun test ->
              task {
                  do! filled test

                  let blocks (codes: string list) (rows: int64 option) (tables: Table list) =
                      task {
                          let! plan = Front.plan test (shop tables)
                          let stopped = Plan.blocked plan @ Plan.refused plan

                          match
                              stopped |> List.tryFind (fun judged -> List.contains judged.Finding.Hazard.Code codes)
                          with
                          | Some judged -> Expect.equal judged.Finding.Rows rows $"{codes}"
                          | None -> failtest $"{codes} was expected: {Plan.describe plan}"

                          let! errors = Front.refused (Front.options test) [ shop tables ]
                          Expect.all errors _.IsBlocked "blocked"
                      }

                  do! blocks [ "drop-table" ] (Some 2L) []
                  do! blocks [ "drop-column" ] (Some 1L) [ items [ id; title ] ]
                  // One engine cuts what is too long, another refuses it.
                  do!
                      blocks
                          [ "lossy-cast"; "failing-cast" ]
                          (Some 1L)
                          [ items [ id; Column.varchar 8 "title"; rating ] ]

                  do!
                      blocks
                          [ "lossy-cast" ]
                          (Some 1L)
                          [ items [ id; title; Column.decimal 6 1 "rating" |> Column.optional ] ]

                  do! blocks [ "null-values" ] (Some 1L) [ items [ id; title; Column.decimal 6 2 "rating" ] ]
                  do! blocks [ "failing-cast" ] (Some 2L) [ items [ id; Column.integer "title"; rating ] ]
                  do! blocks [ "add-required-column" ] (Some 2L) [ items [ id; title; rating; Column.text "must" ] ]

                  // Nothing is longer than that, so nothing is lost.
                  let! fits = Front.plan test (shop [ items [ id; Column.varchar 14 "title"; rating ] ])
                  Expect.isEmpty (Plan.blocked fits @ Plan.refused fits) "a shrink that fits"
                  do! Front.expectSettled test first
              }) ]
