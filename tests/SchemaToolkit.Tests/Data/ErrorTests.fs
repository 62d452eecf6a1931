module SchemaToolkit.Tests.Data.ErrorTests

open System
open System.Threading
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Data.RepositoryTests

let private id = Column.integer "id"
let private code = Column.varchar 5 "code" |> Column.optional
let private at = Column.timestamp "at" |> Column.optional
let private local = Column.localTimestamp "local" |> Column.optional
let private amount = Column.decimal 6 2 "amount" |> Column.optional
let private any = Column.numeric "any_number" |> Column.optional
let private json = Column.json "json" |> Column.optional

let private table =
    Table.define "limits" [ id; code; at; local; amount; any; json ] |> Table.primaryKey [ id ]

[<Tests>]
let tests =
    testList
        "data errors"
        [ Site.each
              "a value that does not fit is refused at the parameter, with the column and without the value"
              (fun db ->
                  task {
                      do! Site.create db table

                      for assignment, part in
                          [ Assign.value code (Some "secret"),
                            "column code does not fit: The text is 6 characters long; the column holds 5"
                            Assign.value code (Some "a\000"), "NUL"
                            Assign.value code (Some(string (char 0xD800))), "not valid Unicode"
                            Assign.value at (Some(DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours 1.0))),
                            "offset zero"
                            Assign.value local (Some DateTime.UtcNow), "kind Unspecified, not Utc"
                            Assign.value amount (Some 10000M), "more than 4 digits before the point"
                            Assign.value json (Some Unchecked.defaultof<Text.Json.JsonElement>), "undefined" ] do
                          let! error =
                              refused (fun () ->
                                  Query.insert table [ Assign.value id 1; assignment ]
                                  |> Query.one (Row.column id)
                                  |> Query.run db)

                          Expect.equal error.Kind DataErrorKind.Value "kind"
                          Expect.stringContains error.What part "what"
                          Expect.isFalse (error.What.Contains "secret") "no value"

                      let! rounded =
                          Query.insert table [ Assign.value id 2; Assign.value amount (Some 2.345M) ]
                          |> Query.one (Row.column amount)
                          |> Query.run db

                      Expect.equal rounded (Some 2.35M) "rounded half away from zero"
                  })

          Site.each "engines' refusals become typed errors that name the object" (fun db ->
              task {
                  do! Site.create db Points.table

                  let insert name balance =
                      Repository.insert ({ UserName = name; Balance = balance }: Points.Record) Points.repository db

                  let! _ = insert "ann" 1M
                  let! duplicate = refused (fun () -> insert "ann" 1M)
                  Expect.equal duplicate.Kind (DataErrorKind.Refused FailureKind.Duplicate) "duplicate"
                  let! check = refused (fun () -> insert "bob" -1M)
                  Expect.equal check.Kind (DataErrorKind.Refused FailureKind.Check) "check"
                  Expect.stringContains check.Object "points_not_negative_check" "constraint"

                  let! notNull =
                      refused (fun () -> Sql.execute $"INSERT INTO points (user_name) VALUES ('x')" |> Query.run db)

                  Expect.equal notNull.Kind (DataErrorKind.Refused FailureKind.NotNull) "not null"
                  let! missing = refused (fun () -> Repository.list Actions.repository db)
                  Expect.equal missing.Kind (DataErrorKind.Refused FailureKind.Missing) "missing table"
                  let! result = Database.tryRun (fun db -> Repository.list Actions.repository db) db
                  Expect.isError result "G26 as a result"
              })

          Site.each "a numeric that System.Decimal cannot hold is an error that names the column" (fun db ->
              task {
                  do! Site.create db table
                  let digits = String('9', 40)
                  do! Site.execute db $"INSERT INTO limits (id, any_number) VALUES (1, '{digits}.5')"
                  let! error = refused (fun () -> Query.select table |> Query.list (Row.column any) |> Query.run db)
                  Expect.equal error.Kind DataErrorKind.Decode "kind"
                  Expect.stringContains error.What "Column limits.any_number cannot be read as numeric" "column"
              })

          Site.each "a NULL where the program expects a value names table and column" (fun db ->
              task {
                  do! Site.create db { table with Name = ObjectName.relative "loose" }
                  do! Site.execute db "INSERT INTO loose (id) VALUES (1)"
                  let strictCode = Column.varchar 5 "code"
                  let strict = Table.define "loose" [ id; strictCode ] |> Table.primaryKey [ id ]

                  let! error =
                      refused (fun () -> Query.select strict |> Query.list (Row.column strictCode) |> Query.run db)

                  Expect.stringContains error.What "Column loose.code is NULL" "named"
              })

          Site.each "a cancelled database value runs nothing" (fun db ->
              task {
                  do! Site.create db table
                  use source = new CancellationTokenSource()
                  source.Cancel()

                  try
                      let! _ =
                          Query.select table |> Query.count |> Query.run (Database.withCancellation source.Token db)

                      failtest "It ran."
                  with :? OperationCanceledException ->
                      ()
              })

          testCaseTask "a database that cannot be reached is one error without the password"
          <| fun () ->
              task {
                  for connect in
                      [ fun () ->
                            PostgresDatabase.connect "Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d"
                        fun () -> PostgresDatabase.connect "postgres://u:hunter2@127.0.0.1:1/d"
                        fun () -> SqliteDatabase.connect "Data Source=/nowhere/at/all/x.db" ] do
                      use db = connect ()
                      let! error = refused (fun () -> Query.select table |> Query.count |> Query.run db)
                      Expect.equal error.Kind (DataErrorKind.Refused FailureKind.Unavailable) "kind"
                      Expect.isFalse ((string error).Contains "hunter2" || (string db).Contains "hunter2") "no password"
              }

          testCaseTask "a named database in memory lives as long as the value; a nameless one is refused"
          <| fun () ->
              task {
                  use db = SqliteDatabase.connect "Data Source=data_tests;Mode=Memory;Cache=Shared"
                  do! Site.create db Points.table
                  let! _ = Repository.insert ({ UserName = "ann"; Balance = 1M }: Points.Record) Points.repository db
                  let! count = Repository.count Points.repository db
                  Expect.equal count 1L "kept between connections"

                  Expect.throwsT<ArgumentException>
                      (fun () -> SqliteDatabase.connect "Data Source=:memory:" |> ignore)
                      "nameless"
              }

          OnEngines.only Engine.Sqlite "a database opened for reading refuses writes and says so" (fun test ->
              task {
                  use writer = Site.connect test
                  do! Site.create writer Points.table
                  use reader = SqliteDatabase.connect (test.ConnectionString + ";Mode=ReadOnly")
                  let! count = Repository.count Points.repository reader
                  Expect.equal count 0L "read"

                  let! error =
                      refused (fun () ->
                          Repository.insert
                              ({ UserName = "ann"; Balance = 1M }: Points.Record)
                              Points.repository
                              reader)

                  Expect.equal error.Kind (DataErrorKind.Refused FailureKind.Forbidden) "refused"
                  let! inside = Database.transaction (Repository.count Points.repository) reader
                  Expect.equal inside 0L "a transaction that reads"
              }) ]
