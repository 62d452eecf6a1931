/// GUIDE rows about data: G13, G16–G18, G20, G24, G25.
module SchemaToolkit.Tests.Guide.DataRows

open System
open System.Text.Json
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Data

let private declare (tables: Table list) = Schema.forPlugin "@guide/plugin-data" tables

let private utc (hour: int) (minute: int) = DateTimeOffset(2026, 7, 1, hour, minute, 0, TimeSpan.Zero)

/// Every type of the guide, with and without a default.
module private Everything =
    let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let text = Column.text "text"
    let short = Column.varchar 40 "short" |> Column.defaultsTo (Default.value "it's \"new\"")
    let number = Column.integer "number" |> Column.defaultsTo (Default.value -7)
    let share = Column.real "share" |> Column.defaultsTo (Default.value 0.5f)
    let exact = Column.numeric "exact"
    let yes = Column.boolean "yes" |> Column.defaultsTo (Default.value true)
    let json = Column.json "json" |> Column.defaultsTo Default.emptyObject
    let at = Column.timestamp "at" |> Column.defaultsTo Default.now
    let local = Column.localTimestamp "local"
    let embedding = Column.vector 3 "embedding" |> Column.optional

    let columns: ColumnHandle list = [ id; text; short; number; share; exact; yes; json; at; local ]

[<Tests>]
let types =
    testList
        "guide"
        [ OnEngines.each "G13 the guide's types and defaults come back exactly as they went in" (fun test ->
              task {
                  let! vectors = Front.hasVectors test
                  let columns = Everything.columns @ (if vectors then [ Everything.embedding ] else [])
                  let table = Table.define "everything" columns |> Table.primaryKey [ Everything.id ]
                  use! started = Front.start test (declare [ table ])
                  let db = started.Database

                  let exact = 12345678901234567890.123456789M
                  let local = DateTime(2026, 7, 1, 23, 59, 59).AddTicks 1_234_560L
                  let text = "ünï\n'\"{}✓"

                  let! stored =
                      Query.insert
                          table
                          [ Assign.value Everything.text text
                            Assign.value Everything.exact exact
                            Assign.value Everything.local local
                            if vectors then
                                Assign.value Everything.embedding (Some [| 1.0f; -0.25f; 3.5e-7f |]) ]
                      |> Query.one (
                          row {
                              let! id = Row.column Everything.id
                              and! text = Row.column Everything.text
                              and! short = Row.column Everything.short
                              and! number = Row.column Everything.number
                              and! share = Row.column Everything.share
                              and! exact = Row.column Everything.exact
                              and! yes = Row.column Everything.yes
                              and! json = Row.column Everything.json
                              and! at = Row.column Everything.at
                              and! local = Row.column Everything.local
                              return (id, at), (text, short, number, share, exact, yes, json.GetRawText(), local)
                          }
                      )
                      |> Query.run db

                  let (made, at), values = stored
                  Expect.notEqual made Guid.Empty "a random id"
                  Expect.equal at.Offset TimeSpan.Zero "an instant in UTC"
                  Expect.isTrue (abs (DateTimeOffset.UtcNow - at).TotalHours < 1.0) "now"
                  Expect.equal values (text, "it's \"new\"", -7, 0.5f, exact, true, "{}", local) "values and defaults"

                  if vectors then
                      let! vector = Query.select table |> Query.one (Row.column Everything.embedding) |> Query.run db

                      Expect.equal vector (Some [| 1.0f; -0.25f; 3.5e-7f |]) "vector"

                  do! Front.expectSettled test (declare [ table ])
              }) ]

[<Tests>]
let repository =
    testList
        "guide"
        [ OnEngines.each "G16 repository: upsert is one row under parallel calls; find, delete and page" (fun test ->
              task {
                  use! started = Front.start test (declare [ Preferences.table ])
                  let db = started.Database
                  let ada = Guid.NewGuid()
                  let theme (name: string) = JsonElement.Parse $"""{{"theme":"{name}"}}"""

                  let! made = Front.atOnce 3 (fun i -> db |> Preferences.save ada (theme $"theme {i}"))
                  Expect.allEqual (made |> Array.map _.Id) made[0].Id "three calls, one row"

                  let! found = db |> Repository.findBy Preferences.userId ada Preferences.repository
                  Expect.isSome found "found by its user"

                  for _ in 1..9 do
                      let! _ = db |> Preferences.save (Guid.NewGuid()) (theme "light")
                      ()

                  let! first = db |> Repository.page 4 None Preferences.repository
                  // A row that goes while somebody turns pages moves nobody to another page.
                  let! gone = db |> Repository.delete first.Items.Head.Id Preferences.repository
                  Expect.isTrue gone "deleted"
                  let! second = db |> Repository.page 4 first.Next Preferences.repository
                  let! third = db |> Repository.page 4 second.Next Preferences.repository
                  let ids = [ first; second; third ] |> List.collect _.Items |> List.map _.Id
                  Expect.hasLength (List.distinct ids) 10 "every row once"
                  Expect.isNone third.Next "the last page"
              }) ]

[<Tests>]
let transfers =
    testList
        "guide"
        [ OnEngines.each
              "G17 transfer: twenty at once keep the sum, nobody overdraws, nobody pays into nowhere"
              (fun test ->
                  task {
                      use! started = Front.start test (declare [ Points.table ])
                      let db = started.Database
                      let account (name: string) : Points.Record = { UserName = name; Balance = 100M }
                      let! _ = db |> Repository.insertMany [ account "ada"; account "ben" ] Points.repository

                      let! results =
                          Front.atOnce 20 (fun i ->
                              if i % 2 = 0 then
                                  db |> Points.transfer "ada" "ben" 30M
                              else
                                  db |> Points.transfer "ben" "ada" 25M)

                      Expect.exists results _.IsOk "some were made"
                      let! balances = db |> Repository.list Points.repository
                      Expect.equal (balances |> List.sumBy _.Balance) 200M "the sum is kept"
                      Expect.all balances (fun account -> account.Balance >= 0M) "no overdraft"

                      let! overdrawn = db |> Points.transfer "ada" "ben" 1_000M
                      Expect.isError overdrawn "an overdraft is refused"
                      let! lost = db |> Database.tryRun (Points.transfer "ada" "nobody" 1M)
                      Expect.isError lost "a missing receiver is refused"
                      let! after = db |> Repository.list Points.repository
                      Expect.equal after balances "refusals changed nothing"
                  }) ]

[<Tests>]
let statistics =
    testList
        "guide"
        [ OnEngines.each
              "G18 analytics: count, distinct days and most common action of a user since a date"
              (fun test ->
                  task {
                      use! started = Front.start test (declare [ Actions.table ])
                      let ada, ben = Guid.NewGuid(), Guid.NewGuid()

                      let action (id: int) (user: Guid) (name: string) (at: DateTimeOffset) : Actions.Record =
                          { Id = int64 id; UserId = user; Action = name; Weight = None; CreatedAt = at }

                      let! _ =
                          started.Database
                          |> Repository.insertMany
                              [ action 1 ada "search" (utc 1 0)
                                action 2 ada "search" (utc 23 59)
                                action 3 ada "like" ((utc 0 0).AddDays 1.0)
                                action 4 ada "like" ((utc 0 0).AddDays -40.0)
                                action 5 ada "like" ((utc 0 0).AddDays -41.0)
                                action 6 ben "share" (utc 1 0) ]
                              Actions.repository

                      let since user =
                          Query.select Actions.table
                          |> Query.where (Where.eq Actions.userId user)
                          |> Query.where (Where.ge Actions.createdAt (utc 0 0))
                          |> Query.one (
                              row {
                                  let! count = Row.expression Aggregate.count
                                  and! days = Row.expression (Aggregate.countDistinct (Bucket.date Actions.createdAt))
                                  and! most = Row.expression (Aggregate.mode Actions.action)
                                  return count, days, most
                              }
                          )

                      let! adas = started.Database |> Database.run (since ada)
                      Expect.equal adas (3L, 2L, Some "search") "ada"
                      let! nobodys = started.Database |> Database.run (since (Guid.NewGuid()))
                      Expect.equal nobodys (0L, 0L, None) "nobody"
                  })

          OnEngines.each "G25 time series: hourly averages since a time, in order" (fun test ->
              task {
                  let metric = Column.varchar 40 "metric"
                  let value = Column.real "value"
                  let at = Column.timestamp "at"
                  let table = Table.define "metrics" [ metric; value; at ]
                  use! started = Front.start test (declare [ table ])

                  let measured (name: string) (number: float32) (time: DateTimeOffset) =
                      [ Assign.value metric name; Assign.value value number; Assign.value at time ]

                  do!
                      Query.insertMany
                          table
                          [ measured "heat" 30.0f (utc 15 59)
                            measured "heat" 10.0f (utc 14 1)
                            measured "heat" 20.0f (utc 14 59)
                            measured "heat" 99.0f (utc 3 0)
                            measured "rain" 1.0f (utc 14 30) ]
                      |> Query.exactly 5L
                      |> Query.run started.Database

                  let hour = Bucket.hour at

                  let! series =
                      Query.select table
                      |> Query.where (Where.all [ Where.eq metric "heat"; Where.ge at (utc 14 0) ])
                      |> Query.orderBy [ Order.asc hour ]
                      |> Query.list (
                          row {
                              let! hour = Row.expression hour
                              and! mean = Row.expression (Aggregate.average value)
                              return hour, mean
                          }
                      )
                      |> Query.run started.Database

                  Expect.equal series [ utc 14 0, Some 15.0; utc 15 0, Some 30.0 ] "hours"
              }) ]

[<Tests>]
let batches =
    testList
        "guide"
        [ OnEngines.each "G20 batch: 20,000 rows in one go, all or nothing, the bad record named" (fun test ->
              task {
                  use! started = Front.start test (declare [ Actions.table ])
                  let db = started.Database

                  let action (i: int) : Actions.Record =
                      { Id = int64 i
                        UserId = Guid.Empty
                        Action = "import"
                        Weight = Some 0.1M
                        CreatedAt = utc 12 0 }

                  let records = [ for i in 0..19_999 -> action i ]
                  let bad = records |> List.updateAt 12_345 { action 12_345 with Action = String('x', 41) }

                  match! db |> Database.tryRun (Repository.insertBatch bad Actions.repository) with
                  | Ok _ -> failtest "A text longer than its column was stored."
                  | Error error -> Expect.equal error.Record (Some 12_345L) $"the record is named: {error}"

                  let! none = db |> Repository.count Actions.repository
                  Expect.equal none 0L "nothing of it stays"

                  let! all = db |> Repository.insertBatch records Actions.repository
                  Expect.equal all 20_000L "how many"
                  let! stored = db |> Repository.count Actions.repository
                  Expect.equal stored 20_000L "all are there"

                  // Beyond what one statement's parameters hold, and with what the database made of each.
                  let! returned =
                      db |> Repository.insertMany [ for i in 20_000..29_999 -> action i ] Actions.repository

                  Expect.equal returned[9_999] (action 29_999) "returned in order"
              }) ]

[<Tests>]
let vectors =
    testList
        "guide"
        [ OnEngines.each "G24 vector search: the nearest first, through an index where there is one" (fun test ->
              task {
                  let indexed =
                      Documents.table
                      |> Table.indexWith (
                          Index.on [ Documents.embedding ] |> Index.using "hnsw" |> Index.opClass "vector_l2_ops"
                      )

                  let schema = declare [ indexed ]

                  match! Front.hasVectors test with
                  | false ->
                      // This machine's PostgreSQL lacks pgvector; that is told by name, and nothing is made.
                      match! Front.refused (Front.options test) [ schema ] with
                      | [ MigrationError.CannotProject(_, parts) as error ] ->
                          Expect.isNonEmpty parts "the parts"
                          Expect.stringContains (MigrationError.describe error) "pgvector" "the way out"
                      | other -> failtest $"another error: {other}"
                  | true ->
                      use! started = Front.start test schema

                      let document (id: int) (embedding: float32[]) : Documents.Record =
                          { Id = id; Embedding = embedding }

                      let! _ =
                          started.Database
                          |> Repository.insertMany
                              [ document 1 [| 1.0f; 0.0f; 0.0f |]
                                document 2 [| 0.9f; 0.1f; 0.0f |]
                                document 3 [| 0.0f; 0.0f; 5.0f |] ]
                              Documents.repository

                      let nearest (distance: Expression<float>) =
                          Query.select Documents.table
                          |> Query.orderBy [ Order.asc distance ]
                          |> Query.limit 2
                          |> Query.list (Row.column Documents.id)
                          |> Query.run started.Database

                      let! byLength = nearest (Vector.l2 Documents.embedding [| 0.0f; 0.0f; 4.0f |])
                      Expect.equal byLength [ 3; 2 ] "euclidean"
                      let! byAngle = nearest (Vector.cosine Documents.embedding [| 10.0f; 0.5f; 0.0f |])
                      Expect.equal byAngle [ 1; 2 ] "cosine"
                      do! Front.expectSettled test schema
              }) ]
