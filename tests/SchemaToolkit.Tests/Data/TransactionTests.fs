module SchemaToolkit.Tests.Data.TransactionTests

open System
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Data.RepositoryTests

let private filled (db: Database) =
    task {
        do! Site.create db Points.table

        let records: Points.Record list =
            [ { UserName = "ann"; Balance = 100M }; { UserName = "bob"; Balance = 0.10M } ]

        let! _ = Repository.insertMany records Points.repository db
        return ()
    }

let private balances (db: Database) =
    task {
        let! all = Repository.list Points.repository db
        return all |> List.map (fun points -> points.UserName, points.Balance)
    }

[<Tests>]
let tests =
    testList
        "data transaction"
        [ Site.each "G17 a transfer moves points, refuses an overdraft and a missing receiver" (fun db ->
              task {
                  do! filled db
                  let! moved = Points.transfer "ann" "bob" 30.25M db
                  let! overdrawn = Points.transfer "bob" "ann" 99M db
                  Expect.equal (moved, overdrawn) (Ok(), Error "overdraft") "results"
                  let! missing = refused (fun () -> Points.transfer "ann" "nobody" 1M db)
                  Expect.equal missing.Kind DataErrorKind.RowCount "missing receiver"
                  let! now = balances db
                  Expect.equal now [ "ann", 69.75M; "bob", 30.35M ] "balances"
              })

          Site.each "G17 transfers in both directions at once lose nothing and do not overdraw" (fun db ->
              task {
                  do! filled db

                  let! results =
                      [| for i in 1..24 ->
                             Task.Run<Result<unit, string>>(fun () ->
                                 if i % 3 = 0 then
                                     Points.transfer "bob" "ann" 7M db
                                 else
                                     Points.transfer "ann" "bob" 11M db) |]
                      |> Task.WhenAll

                  Expect.isTrue (results |> Array.exists _.IsOk) "some went through"
                  let! now = balances db
                  Expect.equal (now |> List.sumBy snd) 100.10M "nothing lost"
                  Expect.all now (fun (_, balance) -> balance >= 0M) "no overdraft"
              })

          Site.each "an error rolls back; inside another transaction only to its own beginning" (fun db ->
              task {
                  do! filled db

                  let add name db =
                      Repository.insert ({ UserName = name; Balance = 1M }: Points.Record) Points.repository db

                  do!
                      db
                      |> Database.transaction (fun db ->
                          task {
                              let! _ = add "carl" db

                              let! inner =
                                  Database.tryRun
                                      (Database.transaction (fun db ->
                                          task {
                                              let! _ = add "dora" db
                                              let! _ = add "ann" db
                                              return ()
                                          }))
                                      db

                              Expect.isError inner "duplicate inside"
                              let! _ = add "emil" db
                              return ()
                          })

                  let! now = balances db
                  Expect.equal (now |> List.map fst) [ "ann"; "bob"; "carl"; "emil" ] "names"

                  try
                      do!
                          db
                          |> Database.transaction (fun db ->
                              task {
                                  let! _ = add "fred" db
                                  failwith "changed my mind"
                              })
                  with Failure _ ->
                      ()

                  let! count = Repository.count Points.repository db
                  Expect.equal count 4L "rolled back"
              })

          Site.each "a body is run again after a transient failure, within bounds" (fun db ->
              task {
                  let failure =
                      { Kind = FailureKind.Transient
                        Code = "40001"
                        Message = "could not serialize"
                        Object = None
                        Record = None }

                  let mutable runs = 0

                  let body limit (_: Database) : Task<int> =
                      task {
                          runs <- runs + 1

                          if runs < limit then
                              raise (DatabaseException(DataError.refused "" failure, null))

                          return runs
                      }

                  let! result = Database.transaction (body 3) db
                  Expect.equal result 3 "third run"
                  runs <- 0

                  let options =
                      TransactionOptions.standard
                      |> TransactionOptions.retry { RetryPolicy.standard with Attempts = 4 }

                  let! error = refused (fun () -> Database.transactionWith options (body 100) db)
                  Expect.equal (error.Code, runs) ("40001", 4) "given up"
              })

          OnEngines.among [ Engine.Postgres ] "two transactions that deadlock both succeed in the end" (fun test ->
              task {
                  use db = Site.connect test
                  do! filled db

                  let touch first second (db: Database) : Task<unit> =
                      db
                      |> Database.transaction (fun db ->
                          task {
                              let add name =
                                  Query.update Points.table [ Assign.add Points.balance 1M ]
                                  |> Query.where (Where.eq Points.user name)
                                  |> Query.exactly 1L
                                  |> Query.run db

                              do! add first
                              do! Task.Delay 100
                              do! add second
                          })

                  let! _ = Task.WhenAll [| touch "ann" "bob" db; touch "bob" "ann" db |]
                  let! now = balances db
                  Expect.equal now [ "ann", 102M; "bob", 2.10M ] "both counted"
              })

          Site.each "the raw connection takes part in the transaction" (fun db ->
              task {
                  do! filled db

                  let! seen =
                      db
                      |> Database.transaction (fun db ->
                          task {
                              let! _ =
                                  Repository.insert
                                      ({ UserName = "carl"; Balance = 1M }: Points.Record)
                                      Points.repository
                                      db

                              return!
                                  db
                                  |> Database.withConnection (fun connection ->
                                      task {
                                          use command = connection.CreateCommand()
                                          command.Transaction <- (Database.currentTransaction db |> Option.toObj)
                                          command.CommandText <- "SELECT count(*) FROM points"
                                          let! count = command.ExecuteScalarAsync()
                                          return Convert.ToInt64 count
                                      })
                          })

                  Expect.equal seen 3L "sees the row"
              }) ]
