module SchemaToolkit.Tests.Data.RepositoryTests

open System
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// The error that the body raises.
let refused (body: unit -> Task<'T>) : Task<DataError> =
    task {
        try
            let! result = body ()
            return failtestf "An error was expected, not %A." result
        with :? DatabaseException as error ->
            return error.Error
    }

let private user = Guid.NewGuid()

[<Tests>]
let tests =
    testList
        "data repository"
        [ Site.each "G16 an upsert on a unique key makes one row, in parallel too" (fun db ->
              task {
                  do! Site.create db Preferences.table
                  let! first = Preferences.save user (Json.parse """{"theme":"dark"}""") db
                  Expect.notEqual first.Id Guid.Empty "the database made the id"

                  let! all = [| for i in 1..8 -> Preferences.save user (Json.parse $"{i}") db |] |> Task.WhenAll

                  Expect.allEqual (all |> Array.map _.Id) first.Id "the same row"
                  let! count = Preferences.repository |> Repository.count <| db
                  Expect.equal count 1L "rows"
                  let! found = Repository.findBy Preferences.userId user Preferences.repository db
                  Expect.isTrue (found |> Option.exists (fun row -> row.CreatedAt = first.CreatedAt)) "created once"
                  Expect.isTrue (found.Value.UpdatedAt >= first.UpdatedAt) "touched"
                  let! gone = Repository.delete first.Id Preferences.repository db
                  let! again = Repository.delete first.Id Preferences.repository db
                  Expect.equal (gone, again) (true, false) "deleted once"
              })

          Site.each "records are inserted, found, updated and come back as they are stored" (fun db ->
              task {
                  do! Site.create db Actions.table
                  let at = DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks 1_234_567L

                  let record: Actions.Record =
                      { Id = 1L; UserId = user; Action = "look"; Weight = None; CreatedAt = at }

                  let! stored = Repository.insert record Actions.repository db
                  Expect.equal stored { record with CreatedAt = at.AddTicks 3L } "rounded to microseconds"
                  let! found = Repository.find 1L Actions.repository db
                  Expect.equal found (Some stored) "returned is read"

                  let! updated =
                      Repository.update { stored with Weight = Some 1.50M; Action = "go" } Actions.repository db

                  Expect.equal (updated |> Option.map _.Weight) (Some(Some 1.50M)) "updated"
                  let! missing = Repository.update { stored with Id = 2L } Actions.repository db
                  Expect.isNone missing "no such row"
                  let! duplicate = refused (fun () -> Repository.insert record Actions.repository db)
                  Expect.equal duplicate.Kind (DataErrorKind.Refused FailureKind.Duplicate) "duplicate"
              })

          Site.each "G16 pages by key are stable while rows come and go, and say where the next begins" (fun db ->
              task {
                  let record n : Actions.Record =
                      { Id = n
                        UserId = user
                        Action = "a"
                        Weight = Some(decimal n)
                        CreatedAt = DateTimeOffset.UnixEpoch.AddDays(float (n % 3L)) }

                  do! Site.create db Actions.table
                  let! _ = Repository.insertMany [ for n in 1L .. 10L -> record n ] Actions.repository db
                  let! first = Repository.page 4 None Actions.repository db
                  Expect.equal (first.Items |> List.map _.Id) [ 1L .. 4L ] "first page"
                  let! _ = Repository.delete 4L Actions.repository db
                  let! _ = Repository.insert (record 0L) Actions.repository db
                  let! second = Repository.page 4 first.Next Actions.repository db
                  Expect.equal (second.Items |> List.map _.Id) [ 5L .. 8L ] "second page"
                  let! third = Repository.page 4 second.Next Actions.repository db
                  Expect.equal (third.Items |> List.map _.Id, third.Next) ([ 9L; 10L ], None) "last page"
                  let! broken = refused (fun () -> Repository.page 4 (Some "x!") Actions.repository db)
                  Expect.equal broken.Kind DataErrorKind.Definition "broken marker"

                  let! ordered = Repository.pageBy [ Order.desc Actions.createdAt ] 3 1L Actions.repository db
                  Expect.equal (ordered |> List.map _.Id) [ 5L; 8L; 1L ] "by time, then by key"
              })

          Site.each "G15 rows of an agent are seen and written by that agent alone" (fun db ->
              task {
                  do! Site.create db Notes.table
                  let mine, yours = Guid.NewGuid(), Guid.NewGuid()
                  let asMe, asYou = Database.forAgent mine db, Database.forAgent yours db
                  let note id text : Notes.Record = { Id = id; AgentId = Guid.Empty; Text = text }
                  let! stored = Repository.insert (note 1 "a") Notes.repository asMe
                  Expect.equal stored.AgentId mine "filled"
                  let! _ = Repository.insertBatch [ note 2 "b"; note 3 "c" ] Notes.repository asYou
                  let! mineSeen = Repository.list Notes.repository asMe
                  let! yoursSeen = Repository.count Notes.repository asYou
                  let! all = Repository.count Notes.repository (Database.forEveryAgent db)
                  Expect.equal (mineSeen.Length, yoursSeen, all) (1, 2L, 3L) "seen"
                  let! deleted = Repository.delete 2 Notes.repository asMe
                  Expect.isFalse deleted "not mine to delete"
                  let! nobody = refused (fun () -> Repository.list Notes.repository db)
                  Expect.equal nobody.Kind DataErrorKind.Agent "no agent given"

                  let! other =
                      refused (fun () -> Repository.insert { note 4 "d" with AgentId = yours } Notes.repository asMe)

                  Expect.equal other.Kind DataErrorKind.Agent "another agent named"

                  let! taken = refused (fun () -> Repository.upsert [ Notes.text ] (note 5 "b") Notes.repository asMe)

                  Expect.equal taken.Kind DataErrorKind.Agent "another agent's row"
                  let! changed = Repository.upsert [ Notes.text ] (note 6 "a") Notes.repository asMe
                  Expect.equal (changed.Id, changed.Text) (1, "a") "my own row"
              })

          Site.each "G20 a batch is all or nothing, and the bad record is named by its index" (fun db ->
              task {
                  do! Site.create db Points.table
                  let record i : Points.Record = { UserName = $"user {i}"; Balance = decimal i }
                  let! count = Repository.insertBatch (Seq.init 3000 record) Points.repository db
                  Expect.equal count 3000L "rows"

                  for bad, kind in
                      [ { record 700 with Balance = -1M }, DataErrorKind.Refused FailureKind.Check
                        record 0, DataErrorKind.Refused FailureKind.Duplicate
                        { record 700 with Balance = 1e11M }, DataErrorKind.Value
                        { record 700 with UserName = "\000" }, DataErrorKind.Value ] do
                      let rows = Seq.init 1000 (fun i -> if i = 700 then bad else record (5000 + i))
                      let! error = refused (fun () -> Repository.insertBatch rows Points.repository db)
                      Expect.equal (error.Kind, error.Record) (kind, Some 700L) "kind and index"

                  let! count = Repository.count Points.repository db
                  Expect.equal count 3000L "nothing was added"
                  let! stored = Repository.insertMany [ for i in 1..1200 -> record (9000 + i) ] Points.repository db
                  Expect.equal (stored.Length, (List.last stored).UserName) (1200, "user 10200") "returned in order"
              })

          OnEngines.among [ Engine.Sqlite; Engine.Postgres ] "G20 a million records stream in" (fun test ->
              task {
                  use db = Site.connect test
                  do! Site.create db Points.table
                  let record i : Points.Record = { UserName = string i; Balance = 1.25M }
                  let! count = Repository.insertBatch (Seq.init 1_000_000 record) Points.repository db
                  Expect.equal count 1_000_000L "rows"

                  let! sum =
                      Query.select Points.table
                      |> Query.one (Row.expression (Aggregate.sum Points.balance))
                      |> Query.run db

                  Expect.equal sum (Some 1_250_000.00M) "sum"
              }) ]
