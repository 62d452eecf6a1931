module SchemaToolkit.Tests.Data.QueryTests

open System
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Tests.Data.RepositoryTests

open SchemaToolkit.Tests.Data.GuideQueryTests

type private Mismatched =
    { Id: int
      UserId: Guid option
      Action: string
      Weight: decimal
      Colour: string }

[<Tests>]
let tests =
    testList
        "data query"
        [ Site.each "conditions mean the same on every engine" (fun db ->
              task {
                  do! filled db

                  let ids condition =
                      Query.select Actions.table
                      |> Query.where condition
                      |> Query.orderBy [ Order.asc Actions.id ]
                      |> Query.list (Row.column Actions.id)
                      |> Query.run db

                  let expect name condition (predicate: Actions.Record -> bool) : Task<unit> =
                      task {
                          let! found = ids condition
                          Expect.equal found (actions |> List.filter predicate |> List.map _.Id) name
                      }

                  do! expect "eq" (Where.eq Actions.action "search") (fun a -> a.Action = "search")
                  do! expect "eq none" (Where.eq Actions.weight None) (fun a -> a.Weight.IsNone)

                  do!
                      expect "eq decimal by value" (Where.eq Actions.weight (Some 1.000M)) (fun a ->
                          a.Weight = Some 1M)

                  do! expect "ne counts null" (Where.ne Actions.weight (Some 1M)) (fun a -> a.Weight <> Some 1M)

                  do!
                      expect "gt decimal" (Where.gt Actions.weight (Some 2.5M)) (fun a ->
                          a.Weight.IsSome && a.Weight.Value > 2.5M)

                  do! expect "in" (Where.isIn Actions.userId users[..1]) (fun a -> a.UserId <> users[2])
                  do! expect "in nothing" (Where.isIn Actions.userId []) (fun _ -> false)
                  do! expect "like has case" (Where.like Actions.action "S%") (fun _ -> false)
                  do! expect "like" (Where.like Actions.action "s_ar%") (fun a -> a.Action = "search")
                  do! expect "longer than the column" (Where.eq Actions.action (String('x', 60))) (fun _ -> false)

                  do!
                      expect
                          "any, not"
                          (Where.any [ Where.lt Actions.id 2L; Where.not (Where.le Actions.id 9L) ])
                          (fun a -> a.Id < 2L || a.Id > 9L)

                  do! expect "sql" (Where.sql $"{Actions.id} %% 2 = {0}") (fun a -> a.Id % 2L = 0L)

                  do!
                      expect "between" (Where.between Actions.createdAt start (start.AddHours 2.0)) (fun a ->
                          a.CreatedAt <= start.AddHours 2.0)

                  let! nullsLast =
                      Query.select Actions.table
                      |> Query.orderBy [ Order.asc Actions.weight; Order.asc Actions.id ]
                      |> Query.list (Row.column Actions.weight)
                      |> Query.run db

                  Expect.equal (nullsLast |> List.skip 9) [ None; None; None ] "NULL last"

                  Expect.equal
                      (nullsLast |> List.choose (fun w -> w))
                      (actions |> List.choose _.Weight |> List.sort)
                      "decimals by value"
              })

          Site.each "free SQL takes names, values, lists and other SQL through holes" (fun db ->
              task {
                  let db = Database.inNamespace "plugin_sql" db
                  do! filled db
                  let condition = sql $"{Actions.userId} = {users[0]}"
                  let some = [ 0L; 3L; 5L ]
                  let hostile = "O'Neil\"; --"

                  let! found =
                      Sql.query
                          $"SELECT {Actions.id}, {Actions.action} AS done FROM {Actions.table} WHERE {condition} AND {Actions.id} IN {some} ORDER BY 1"
                          (row {
                              let! id = Row.column Actions.id
                              and! name = Row.named<string> "done"
                              return id, name
                          })
                      |> Query.run db

                  Expect.equal found [ 0L, "search"; 3L, "store" ] "rows"
                  let! count = Sql.queryOne $"SELECT count(*) FROM {Actions.table}" Row.scalar<int64> |> Query.run db
                  Expect.equal count 12L "scalar"

                  let! changed =
                      Sql.execute $"UPDATE {Actions.table} SET {Actions.action} = {hostile} WHERE {Actions.id} = {1}"
                      |> Query.run db

                  Expect.equal changed 1L "affected"

                  let! missing =
                      refused (fun () -> Sql.query $"SELECT 1 AS one" (Row.named<int> "two") |> Query.run db)

                  Expect.stringContains missing.What "no column two; it has: one" "missing column"

                  let! empty =
                      refused (fun () ->
                          task {
                              return!
                                  Sql.query $"SELECT 1 WHERE 1 IN {List.empty<int>}" Row.scalar<int> |> Query.run db
                          })

                  Expect.equal empty.Kind DataErrorKind.Definition "empty list"

                  let! nothing =
                      refused (fun () -> Sql.query $"SELECT NULL AS one" (Row.named<string> "one") |> Query.run db)

                  Expect.equal nothing.Kind DataErrorKind.Decode "NULL where a value is expected"
              })

          testCase "what does not belong to the table is refused where the query is written"
          <| fun () ->
              let expectRefused (part: string) (define: unit -> unit) =
                  let error = Expect.throwsC define (fun error -> error)

                  match error with
                  | :? DatabaseException as error -> Expect.stringContains error.Error.What part "the error"
                  | other -> failtestf "%A" other

              expectRefused "Column balance does not belong to table actions" (fun () ->
                  Query.select Actions.table |> Query.where (Where.eq Points.balance 1M) |> ignore)

              expectRefused "Column id of table notes is integer; the handle given says bigint" (fun () ->
                  Query.select Notes.table |> Query.list (Row.column Actions.id) |> ignore)

              expectRefused "leaves out user_id, action, created_at" (fun () ->
                  Query.insert Actions.table [ Assign.value Actions.id 1L ] |> ignore)

              expectRefused
                  "(id, text) is no declared unique or primary key of table notes; its keys are: (id), (text)"
                  (fun () ->
                      Query.insert Notes.table [ Assign.value Notes.id 1; Assign.value Notes.text "" ]
                      |> Query.onConflictIgnore [ Notes.id; Notes.text ]
                      |> ignore)

              expectRefused "would change every row" (fun () -> Query.delete Actions.table |> Query.execute |> ignore)

          testCase "a record that does not match its table is told every mismatch at once"
          <| fun () ->
              let error =
                  Expect.throwsC (fun () -> Repository.define<Mismatched> Actions.table |> ignore) (fun error -> error)

              for part in
                  [ "field Weight: column weight may be NULL, so the field must be optional"
                    "field Colour: the table has no column colour; it has id, user_id, action, weight, created_at"
                    "field Id: column id is bigint, which is Int64, not Int32"
                    "field UserId: column user_id is NOT NULL, so the field must not be optional" ] do
                  Expect.stringContains error.Message part "every mismatch" ]
