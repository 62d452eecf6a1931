module SchemaToolkit.Tests.Migrations.BadInputTests

open System
open System.IO
open System.Threading
open System.Threading.Tasks
open Expecto
open Microsoft.Data.Sqlite
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

let private id = Column.integer "id"
let private impatient = { Place.strict with LockTimeout = TimeSpan.FromMilliseconds 300.0 }

/// One error with the code and the words, and the database as it was.
let private refused place options schemas code (words: string list) =
    Dump.unchanged place (fun () ->
        task {
            let! error = Place.refusalWith place options schemas
            Place.expectCode code error
            let text = MigrationError.describe error

            for word in words do
                Expect.stringContains text word "the error"

            return text
        })

let private declared (table: string) (column: string) =
    Schema.forPlugin "hostile" [ Table.define table [ id; Column.integer column ] |> Table.primaryKey [ id ] ]

let private names =
    Place.each "names that cannot be are one error each, naming them, before anything is asked" (fun place ->
        task {
            let long = String.replicate 64 "n"

            let cases =
                [ declared "quo\"te" "n", "quo\"te"
                  declared "dot.ted" "n", "dot.ted"
                  declared "nul\000l" "n", "nul"
                  declared long "n", long
                  declared "sqlite_master2" "n", "sqlite_master2"
                  declared "in__side" "n", "in__side"
                  declared "t" "xmin", "xmin"
                  declared "t" "it's", "it's"
                  Schema.inNamespace "pg_mine" "hostile" [ Table.define "t" [ id ] ], "pg_mine"
                  Schema.inNamespace "migrations" "hostile" [ Table.define "t" [ id ] ], "migrations"
                  declared "t" "", "is empty"
                  declared "t" "ID", "ID" ]

            for schema, word in cases do
                let! _ = refused place Place.strict [ schema ] "invalid-schema" [ word ]
                ()
        })

/// Names that look like SQL and are only names.
let private reserved =
    Place.each "reserved words and names that look like SQL are names like others" (fun place ->
        task {
            let columns =
                [ "select"; "order"; "user"; "table"; "drop table x; --"; "Grüße"; "a b"; "%s"; "{0}"; "$1"; "@p1" ]
                |> List.map (fun name -> Column.text name |> Column.optional :> ColumnHandle)

            let plain = Column.integer "group"

            let schema =
                Schema.forPlugin
                    "words"
                    [ Table.define "order" (plain :: columns)
                      |> Table.primaryKey [ plain ]
                      |> Table.index [ columns[0]; columns[4] ]
                      |> Table.check "sane" $"{plain} > 0"
                      |> Table.comment "it's \"quoted\"; DROP TABLE x" ]

            let! outcome = Place.startOne place Place.strict schema
            Place.expectApplied outcome
            let! plan = Place.plan place schema
            Expect.isEmpty plan.Steps "a second plan"
        })

let private clash =
    Place.each "long names that differ only after the cut stay apart" (fun place ->
        task {
            let long (tail: string) = String.replicate 50 "x" + tail
            let a, b = Column.integer (long "_first_of_two"), Column.integer (long "_second_of_2")

            let schema =
                Schema.forPlugin
                    "long"
                    [ Table.define (String.replicate 55 "t") [ id; a; b ]
                      |> Table.primaryKey [ id ]
                      |> Table.index [ a ]
                      |> Table.index [ b ]
                      |> Table.unique [ a; b ] ]

            let! outcome = Place.startOne place Place.strict schema
            Place.expectApplied outcome
            let! plan = Place.plan place schema
            Expect.isEmpty plan.Steps "a second plan"
        })

let private unreachable =
    testList
        "databases that cannot be reached"
        [ testCaseTask "a PostgreSQL that is not there; the password is not repeated" (fun () ->
              task {
                  for text in
                      [ "Host=127.0.0.1;Port=1;Username=u;Password=s3cret-word;Database=d;Timeout=5"
                        "postgres://u:s3cret-word@127.0.0.1:1/d"
                        "Host=no-such-host.invalid;Username=u;Password=s3cret-word;Database=d;Timeout=5" ] do
                      let driver = PostgresDriver.create text

                      match! Migrator.start driver Place.strict [ Notes.v1 ] CancellationToken.None with
                      | Ok _ -> failtest "it started"
                      | Error failure ->
                          let error = List.exactlyOne failure.Report.Errors
                          Place.expectCode "unreachable" error
                          let said = MigrationError.describe error + string failure
                          Expect.isFalse (said.Contains "s3cret") "the password"

                          Expect.isTrue
                              (said.Contains "127.0.0.1:1/d" || said.Contains "no-such-host.invalid")
                              $"the address: {said}"

                  return ()
              })

          testCase "a text that is no connection is an error that does not repeat it"
          <| fun () ->
              for text in
                  [ "Host=x;Password=s3cret-word;Nonsense=1"
                    "postgres://u:s3cret-word@host:notaport/d"
                    "s3cret-word"
                    "Host=x;Port=s3cret-word" ] do
                  match Database.parse text with
                  | Ok _ -> failtest $"read: {text}"
                  | Error message -> Expect.isFalse (message.Contains "s3cret") message

          testCaseTask "a folder, a file that is no database, a folder that is not there" (fun () ->
              task {
                  let folder = Scratch.path "folder"
                  Directory.CreateDirectory folder |> ignore
                  let text = Path.Combine(folder, "notes.db")
                  File.WriteAllText(text, String.replicate 200 "this is prose, not a database. ")

                  for path, code in [ folder, "14"; text, "26"; Path.Combine(folder, "missing", "x.db"), "14" ] do
                      let driver = SqliteDriver.create $"Data Source={path}"

                      match! Migrator.start driver Place.strict [ Notes.v1 ] CancellationToken.None with
                      | Ok _ -> failtest $"started on {path}"
                      | Error failure ->
                          let error = List.exactlyOne failure.Report.Errors
                          Place.expectCode "unreachable" error
                          let said = MigrationError.describe error
                          Expect.stringContains said path "the path"
                          Expect.stringContains said code "the code"

                  Expect.stringStarts (File.ReadAllText text) "this is prose" "the file"
                  Expect.hasLength (Directory.GetFileSystemEntries folder) 1 "nothing beside it"
              }) ]

/// A line of its own in the server's access file, for one role. Only a server of ours is touched.
let private withPassword (place: Place) (role: string) =
    task {
        let! file = Place.scalar place "SHOW hba_file"

        if not (file.StartsWith(Scratch.folder (), StringComparison.Ordinal)) then
            skiptest "the server is not ours, and its access rules stay as they are"

        do! Place.execute place $"CREATE ROLE {role} LOGIN PASSWORD 'right-s3cret'"
        let rules = File.ReadAllText file
        File.WriteAllText(file, $"host all {role} all scram-sha-256\n{rules}")
        do! Place.execute place "SELECT pg_reload_conf()"
        do! Task.Delay 300
    }

let private wrongPassword =
    Place.only Engine.Postgres "a wrong password is told and never repeated" (fun place ->
        task {
            let role = $"locked_{Guid.NewGuid():N}"
            do! withPassword place role

            let text =
                NpgsqlConnectionStringBuilder(
                    place.Database.ConnectionString,
                    Username = role,
                    Password = "wrong-s3cret",
                    Pooling = false
                )

            let locked = { place with Driver = PostgresDriver.create text.ConnectionString }
            let! error = Place.refusalWith locked Place.strict [ Notes.v1 ]
            Place.expectCode "unreachable" error
            let said = MigrationError.describe error
            Expect.stringContains said "28P01" "the code"
            Expect.isFalse (said.Contains "s3cret") "the password"
            do! Place.execute place $"DROP ROLE {role}"
        })

let private readOnly =
    testList
        "databases that may only be read"
        [ Place.only Engine.Sqlite "a SQLite file opened for reading" (fun place ->
              task {
                  let! _ = Place.start place [ Many.schema ]

                  let reading =
                      SqliteConnectionStringBuilder(place.Database.ConnectionString, Mode = SqliteOpenMode.ReadOnly)

                  let reader = { place with Driver = SqliteDriver.create reading.ConnectionString }
                  let! current = Place.startOne reader Place.strict Many.schema
                  Place.expectUpToDate current

                  do!
                      Dump.unchanged place (fun () ->
                          task {
                              let! error = Place.refusalWith reader Place.strict [ Notes.v1 ]
                              Expect.stringContains (MigrationError.describe error) "readonly" "the reason"
                          })
              })

          Place.only Engine.Sqlite "an empty SQLite file opened for reading has no ledger and gets none" (fun place ->
              task {
                  do! Place.execute place "CREATE TABLE theirs (a INTEGER)"

                  let reading =
                      SqliteConnectionStringBuilder(place.Database.ConnectionString, Mode = SqliteOpenMode.ReadOnly)

                  let reader = { place with Driver = SqliteDriver.create reading.ConnectionString }

                  let! _ =
                      refused
                          { reader with Database = place.Database }
                          Place.strict
                          [ Notes.v1 ]
                          "ledger-missing"
                          [ "readonly" ]

                  ()
              })

          Place.only Engine.Postgres "a role that may not make the ledger is told the GRANT" (fun place ->
              task {
                  let role = $"poor_{Guid.NewGuid():N}"
                  do! Place.execute place $"CREATE ROLE {role} LOGIN"

                  let poor =
                      NpgsqlConnectionStringBuilder(place.Database.ConnectionString, Username = role, Pooling = false)

                  let asPoor = { place with Driver = PostgresDriver.create poor.ConnectionString }

                  let! _ =
                      refused asPoor Place.strict [ Notes.v1 ] "ledger-missing" [ "GRANT CREATE ON DATABASE"; "42501" ]

                  do! Place.execute place $"DROP ROLE {role}"
              }) ]

let private foreignLedger =
    Place.each "a database whose ledger's names belong to another tool is left as it is" (fun place ->
        task {
            if place.Engine <> Engine.Sqlite then
                do! Place.execute place "CREATE SCHEMA migrations"

            let entry = Place.name place Namespace.ledger "entry"
            let meta = Place.name place Namespace.ledger "meta"
            do! Place.execute place $"CREATE TABLE {entry} (name text)"
            do! Place.execute place $"INSERT INTO {entry} VALUES ('001_init')"
            let! _ = refused place Place.strict [ Notes.v1 ] "ledger-unreadable" [ "another tool"; "migrations" ]

            do!
                Place.execute
                    place
                    $"CREATE TABLE {meta} (ledger_version integer NOT NULL, min_reader integer NOT NULL)"

            let! _ = refused place Place.strict [ Notes.v1 ] "ledger-unreadable" [ "another tool"; "migrations" ]
            ()
        })

let private newerLedger =
    Place.each "a ledger that a newer toolkit made is not written to" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            let meta = Place.name place Namespace.ledger "meta"
            do! Place.execute place $"UPDATE {meta} SET ledger_version = 9, min_reader = 9"
            let! _ = refused place Place.strict [ Notes.v2 ] "ledger-unreadable" [ "newer toolkit" ]
            ()
        })

let private lockTimeout =
    Place.among
        [ Engine.Postgres; Engine.Sqlite ]
        "a lock that is not freed in time is an error that says who has it"
        (fun place ->
            task {
                let! _ = Place.start place [ Many.schema ]
                use! connection = place.Driver.Connect Place.none

                if place.Engine = Engine.Sqlite then
                    use! transaction = place.Driver.Begin connection Place.none
                    let! error = Place.refusalWith place impatient [ Notes.v1 ]
                    Place.expectCode "lock-timeout" error
                    Expect.stringContains (MigrationError.describe error) "Another program is writing" "the holder"
                    do! transaction.RollbackAsync()
                else
                    let! _ = place.Driver.TryLock connection Place.none
                    let pid = (connection :?> NpgsqlConnection).ProcessID
                    let! _ = refused place impatient [ Notes.v1 ] "lock-timeout" [ $"process {pid}"; "SchemaToolkit" ]
                    do! place.Driver.Unlock connection

                let! outcome = Place.startOne place impatient Notes.v1
                Place.expectApplied outcome
            })

let private hostileValues =
    Place.each "a default that looks like SQL is a value" (fun place ->
        task {
            let text = Column.text "text" |> Column.defaultsTo (Default.value "'); DROP TABLE x; --")
            let schema = Schema.forPlugin "values" [ Table.define "t" [ id; text ] |> Table.primaryKey [ id ] ]
            let! _ = Place.start place [ schema ]
            let table = Place.name place "plugin_values" "t"
            do! Place.execute place $"INSERT INTO {table} (id) VALUES (1)"
            let! value = Place.scalar place $"SELECT text FROM {table}"
            Expect.equal value "'); DROP TABLE x; --" "the default"
            let! plan = Place.plan place schema
            Expect.isEmpty plan.Steps "a second plan"
        })

[<Tests>]
let tests =
    testList
        "bad input"
        [ names
          reserved
          clash
          unreachable
          wrongPassword
          readOnly
          foreignLedger
          newerLedger
          lockTimeout
          hostileValues ]
