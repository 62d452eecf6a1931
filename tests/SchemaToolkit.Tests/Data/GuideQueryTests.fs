module SchemaToolkit.Tests.Data.GuideQueryTests

open System
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Tests.Data.RepositoryTests

let users = [ for i in 1..3 -> Guid(i, 0s, 0s, [| 0uy; 0uy; 0uy; 0uy; 0uy; 0uy; 0uy; 0uy |]) ]
let start = DateTimeOffset(2026, 2, 27, 22, 30, 0, TimeSpan.Zero)

/// Twelve actions, one every 45 minutes, over two days.
let actions: Actions.Record list =
    [ for i in 0..11 ->
          { Id = int64 i
            UserId = users[i % 3]
            Action = if i % 4 = 0 then "search" else "store"
            Weight = if i % 5 = 0 then None else Some(decimal i / 3M)
            CreatedAt = start.AddMinutes(45.0 * float i) } ]

let filled (db: Database) =
    task {
        do! Site.create db Actions.table
        let! _ = Repository.insertBatch actions Actions.repository db
        return ()
    }

[<Tests>]
let tests =
    testList
        "data guide queries"
        [ Site.each "G18 analytics per user: count, distinct days, most common action, exact sum and mean" (fun db ->
              task {
                  do! filled db

                  let! found =
                      Query.select Actions.table
                      |> Query.where (Where.ge Actions.createdAt (start.AddMinutes 45.0))
                      |> Query.orderBy [ Order.asc Actions.userId ]
                      |> Query.list (
                          row {
                              let! user = Row.column Actions.userId
                              and! count = Row.expression Aggregate.count
                              and! days = Row.expression (Aggregate.countDistinct (Bucket.date Actions.createdAt))
                              and! favourite = Row.expression (Aggregate.mode Actions.action)
                              and! sum = Row.expression (Aggregate.sum Actions.weight)
                              and! mean = Row.expression (Aggregate.average Actions.weight)
                              and! heaviest = Row.expression (Aggregate.maximumOf Actions.weight)
                              return user, count, days, favourite, sum, mean, heaviest
                          }
                      )
                      |> Query.run db

                  let expected =
                      actions
                      |> List.filter (fun a -> a.CreatedAt > start)
                      |> List.groupBy _.UserId
                      |> List.sortBy fst
                      |> List.map (fun (user, rows) ->
                          let weights = rows |> List.choose _.Weight

                          user,
                          int64 rows.Length,
                          rows |> List.countBy (fun a -> a.CreatedAt.Date) |> List.length |> int64,
                          rows |> List.countBy _.Action |> List.maxBy snd |> fst |> Some,
                          Some(List.sum weights),
                          List.max weights)

                  let simple = found |> List.map (fun (a, b, c, d, e, _, g) -> a, b, c, d, e, g.Value)
                  Expect.equal simple expected "analytics"

                  for user, _, _, _, sum, mean, _ in found do
                      let count =
                          actions
                          |> List.filter (fun a -> a.UserId = user && a.Weight.IsSome && a.CreatedAt > start)
                          |> List.length

                      Expect.isLessThan (abs (mean.Value - sum.Value / decimal count)) 1e-15M "mean"
              })

          Site.each "G25 hourly average since a time" (fun db ->
              task {
                  do! filled db
                  let hour = Bucket.hour Actions.createdAt

                  let! found =
                      Query.select Actions.table
                      |> Query.where (Where.ge Actions.createdAt start)
                      |> Query.orderBy [ Order.asc hour ]
                      |> Query.list (
                          row {
                              let! at = Row.expression hour
                              and! mean = Row.expression (Aggregate.average Actions.id)
                              return at, mean
                          }
                      )
                      |> Query.run db

                  let expected =
                      actions
                      |> List.groupBy (fun a ->
                          DateTimeOffset(a.CreatedAt.Date, TimeSpan.Zero).AddHours(float a.CreatedAt.Hour))
                      |> List.map (fun (at, rows) -> at, Some(rows |> List.averageBy (fun a -> float a.Id)))

                  Expect.equal found expected "series"

                  for unit in
                      [ TimeUnit.Second
                        TimeUnit.Minute
                        TimeUnit.Day
                        TimeUnit.Week
                        TimeUnit.Month
                        TimeUnit.Quarter
                        TimeUnit.Year ] do
                      let bucket = Bucket.by (unit, Actions.createdAt)

                      let! found =
                          Query.select Actions.table
                          |> Query.where (Where.eq Actions.id 4L)
                          |> Query.one (Row.expression bucket)
                          |> Query.run db
                      // 2026-02-28T01:30:00Z, a Saturday.
                      let expected =
                          match unit with
                          | TimeUnit.Second
                          | TimeUnit.Minute -> DateTime(2026, 2, 28, 1, 30, 0)
                          | TimeUnit.Hour -> DateTime(2026, 2, 28, 1, 0, 0)
                          | TimeUnit.Day -> DateTime(2026, 2, 28)
                          | TimeUnit.Week -> DateTime(2026, 2, 23)
                          | TimeUnit.Month -> DateTime(2026, 2, 1)
                          | TimeUnit.Quarter
                          | TimeUnit.Year -> DateTime(2026, 1, 1)

                      Expect.equal found.DateTime expected $"{unit}"
              })

          Site.each "G24 documents by distance" (fun db ->
              task {
                  let! vectors = TypeTests.hasVectors db

                  if not vectors then
                      skiptest "The server has no pgvector."

                  do! Site.create db Documents.table

                  let documents: Documents.Record list =
                      [ { Id = 1; Embedding = [| 1f; 0f; 0f |] }
                        { Id = 2; Embedding = [| 0f; 2f; 0f |] }
                        { Id = 3; Embedding = [| 3f; 0.5f; 0f |] } ]

                  let! stored = Repository.insertMany documents Documents.repository db
                  Expect.equal stored documents "vectors come back"

                  let near (distance: Expression<float>) =
                      Query.select Documents.table
                      |> Query.orderBy [ Order.asc distance ]
                      |> Query.limit 2
                      |> Query.list (
                          row {
                              let! id = Row.column Documents.id
                              and! distance = Row.expression distance
                              return id, Math.Round(distance, 5)
                          }
                      )
                      |> Query.run db

                  let! l2 = near (Vector.l2 Documents.embedding [| 1f; 1f; 0f |])
                  Expect.equal l2 [ 1, 1.0; 2, 1.41421 ] "euclidean"
                  let! cosine = near (Vector.cosine Documents.embedding [| 2f; 0f; 0f |])
                  Expect.equal cosine [ 1, 0.0; 3, 0.01361 ] "cosine"
                  let! inner = near (Vector.innerProduct Documents.embedding [| 1f; 1f; 0f |])
                  Expect.equal inner [ 3, -3.5; 2, -2.0 ] "inner product"
                  let! wrong = refused (fun () -> near (Vector.l2 Documents.embedding [| 1f |]))
                  Expect.equal wrong.Kind DataErrorKind.Value "dimensions"
              }) ]
