module SchemaToolkit.Tests.Data.NumericTests

open System
open Expecto
open SchemaToolkit

let private id = Column.integer "id"
let private group = Column.integer "part"
let private amount = Column.numeric "amount"
let private table = Table.define "amounts" [ id; group; amount ] |> Table.primaryKey [ id ]

/// Amounts and their mean as PostgreSQL 15 prints it: the number of its digits is part of the value.
let private means: (decimal list * string) list =
    [ [ 1M; 2M; 2M ], "1.6666666666666667"
      [ 0.1M; 0.2M ], "0.15000000000000000000"
      [ 100000000000M; 1M; 1M ], "33333333334.00000000"
      [ 99999999M; 1.5M; 0M; 7M; 3M; 1M; 1M ], "14285716.071428571429"
      [ -0.001M; 0M; 0M ], "-0.00033333333333333333"
      [ 12345678901234.5678M; -0.0001M; 3M ], "4115226300412.5226"
      [ 0.0000000001M; 0.0000000002M; 0M ], "0.0000000001000000000000000000"
      [ 0M ], "0.00000000000000000000"
      [ 20000M; 0M; 0M ], "6666.6666666666666667"
      [ 70000M; 1M; 1M; 1M; 1M; 1M; 1M; 1M; 1M; 1M; 1M ], "6364.5454545454545455" ]

[<Tests>]
let tests =
    testList
        "data numeric"
        [ Site.each "the mean of decimals has the digits that PostgreSQL gives it" (fun db ->
              task {
                  do! Site.create db table

                  let rows =
                      [ for part, (amounts, _) in List.indexed means do
                            for i, amount in List.indexed amounts -> [| box (100 * part + i); box part; box amount |] ]

                  let! _ = Database.bulkInsert table [ id; group; amount ] rows db

                  let! found =
                      Query.select table
                      |> Query.orderBy [ Order.asc group ]
                      |> Query.list (
                          row {
                              let! _ = Row.column group
                              and! mean = Row.expression (Aggregate.average amount)
                              return mean |> Option.map string |> Option.defaultValue ""
                          }
                      )
                      |> Query.run db

                  Expect.equal found (means |> List.map snd) "means"
              }) ]
