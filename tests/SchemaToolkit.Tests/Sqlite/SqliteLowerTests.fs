module SchemaToolkit.Tests.Sqlite.SqliteLowerTests

open Expecto
open SchemaToolkit

let private ns = "plugin_x"
let private id' = Column.uuid "id"
let private name = Column.text "name"
let private age = Column.integer "age" |> Column.optional

let private table columns = Table.define "t" columns |> Table.primaryKey [ id' ] |> Table.check "named" $"{name} <> ''"

let private schema (tables: Table list) : Schema = Schema.inNamespace ns "x" tables
let private one (table: Table) = schema [ table ]

let private insert =
    "INSERT INTO plugin_x__t (id, name, age) VALUES "
    + "('00000000-0000-0000-0000-000000000001', 'ann', 41), ('00000000-0000-0000-0000-000000000002', 'bob', NULL)"

let private base' = table [ id'; name; age ]

/// A change between two schemas, the rows that must be there afterwards, and whether it needs a new table.
let private change title (rebuilds: bool) (before: Table) (after: Table) (query: string) (expected: string list) =
    let run features suffix =
        SqliteSite.test $"{title}{suffix}" (fun site ->
            task {
                let site = SqliteSite.without features site
                let! _ = SqliteSite.migrate site None (one before)
                do! SqliteSite.execute site insert
                let! statements = SqliteSite.migrate site (Some(one before)) (one after)
                let! rows = SqliteSite.rows site query
                Expect.equal rows expected "rows"

                if features.IsEmpty then
                    Expect.equal (SqliteSite.isRebuild statements) rebuilds $"rebuild: {statements}"
            })

    [ run [] ""; run [ "drop-column"; "alter-not-null"; "drop-check" ] " (on an older SQLite)" ]

let private q = "SELECT name, age FROM plugin_x__t ORDER BY id"
let private kept = [ "ann|41"; "bob|NULL" ]

let private changes =
    [ change
          "a nullable column is added in place"
          false
          base'
          (table [ id'; name; age; Column.varchar 5 "code" |> Column.optional ])
          q
          kept
      change
          "a column with a constant default is added in place"
          false
          base'
          (table [ id'; name; age; Column.decimal 5 2 "x" |> Column.defaultsTo (Default.value 1.5m) ])
          "SELECT name, x FROM plugin_x__t ORDER BY id"
          [ "ann|1.50"; "bob|1.50" ]
      change
          "a column with a computed default gets a value for each row"
          true
          base'
          (table [ id'; name; age; Column.uuid "u" |> Column.defaultsTo Default.newUuid ])
          "SELECT count(DISTINCT u), min(length(u)) FROM plugin_x__t"
          [ "2|36" ]
      change
          "a virtual column is added in place"
          false
          base'
          (table
              [ id'
                name
                age
                Column.text "v" |> Column.optional |> Column.virtualAs (Declared.sql $"upper({name})") ])
          "SELECT v FROM plugin_x__t ORDER BY id"
          [ "ANN"; "BOB" ]
      change
          "a stored column is computed for the rows that are there"
          true
          base'
          (table
              [ id'
                name
                age
                Column.text "v" |> Column.optional |> Column.generatedAs (Declared.sql $"upper({name})") ])
          "SELECT v FROM plugin_x__t ORDER BY id"
          [ "ANN"; "BOB" ]
      change
          "a column is dropped in place"
          false
          base'
          (table [ id'; name ])
          "SELECT * FROM plugin_x__t ORDER BY id LIMIT 1"
          [ "00000000-0000-0000-0000-000000000001|ann" ]
      change
          "an indexed column goes with its index"
          false
          (base' |> Table.index [ age; name ])
          (table [ id'; name ])
          "SELECT name FROM plugin_x__t ORDER BY id"
          [ "ann"; "bob" ]
      change
          "a column is renamed in place, and the texts follow"
          false
          (base' |> Table.indexWith (Index.on [ age ] |> Index.where $"{age} > 1" |> Index.named "i"))
          (let years = Column.integer "years" |> Column.optional |> Column.renamedFrom "age"

           table [ id'; name; years ]
           |> Table.indexWith (Index.on [ years ] |> Index.where $"{years} > 1" |> Index.named "i"))
          "SELECT name, years FROM plugin_x__t ORDER BY id"
          kept
      change
          "a column is renamed and another changes its type"
          true
          base'
          (let label = Column.text "label" |> Column.renamedFrom "name"

           Table.define "t" [ id'; label; Column.bigint "age" |> Column.optional ]
           |> Table.primaryKey [ id' ]
           |> Table.check "named" $"{label} <> ''")
          "SELECT label, age FROM plugin_x__t ORDER BY id"
          kept
      change
          "a type is changed, and values with it"
          true
          base'
          (table [ id'; name; Column.decimal 6 2 "age" |> Column.optional ])
          q
          [ "ann|41.00"; "bob|NULL" ]
      change
          "a varchar is made longer"
          true
          (table [ id'; Column.varchar 5 "name"; age ])
          (table [ id'; Column.varchar 9 "name"; age ])
          q
          kept
      change "NOT NULL goes in place" false base' (table [ id'; name |> Column.optional; age ]) q kept
      change
          "a default is changed"
          true
          base'
          (table [ id'; name |> Column.defaultsTo (Default.value "new"); age ])
          q
          kept
      change
          "a check is added, and holds where it is unknown"
          true
          base'
          (base' |> Table.check "adult" $"{age} > 17")
          q
          kept
      change "a check is dropped in place" false (base' |> Table.check "adult" $"{age} > 17") base' q kept
      change "a unique constraint is added in place" false base' (base' |> Table.unique [ name ]) q kept
      change "a unique constraint is dropped in place" false (base' |> Table.unique [ name ]) base' q kept
      change
          "a unique constraint is renamed in place"
          false
          (base' |> Table.uniqueNamed "a" [ name ])
          (base' |> Table.uniqueNamed "b" [ name ])
          q
          kept
      change
          "an index is changed in place"
          false
          (base' |> Table.indexWith (Index.on [ name ] |> Index.named "i"))
          (base' |> Table.indexWith (Index.on [ name; age ] |> Index.unique |> Index.named "i"))
          q
          kept
      change
          "a foreign key is added"
          true
          base'
          (let parent = Column.uuid "id"

           table [ id'; name; age ]
           |> Table.references (Table.define "t" [] |> Table.inNamespace ns) [ id', parent ])
          q
          kept
      change
          "a primary key is replaced"
          true
          base'
          (Table.define "t" [ id'; name; age ]
           |> Table.primaryKey [ name; id' ]
           |> Table.check "named" $"{name} <> ''")
          q
          kept
      change
          "a collation is changed"
          true
          base'
          (table [ id'; name |> Column.collate "NOCASE"; age ])
          "SELECT name FROM plugin_x__t WHERE name = 'ANN'"
          [ "ann" ] ]
    |> List.concat

let private mood values = EnumType.define "mood" values

let private withMood values =
    let e = mood values

    schema
        [ table [ id'; name; age; Column.enum e "m" |> Column.defaultsTo (Default.value "a") ]
          Table.define "u" [ Column.enum e "m" |> Column.optional; Column.text "x" ] ]
    |> Schema.withEnums [ e ]

[<Tests>]
let tests =
    testList
        "lowering on SQLite"
        [ testList "changes" changes

          SqliteSite.test "an enum's new value reaches every table that has it, in one rebuild each" (fun site ->
              task {
                  let! _ = SqliteSite.migrate site None (withMood [ "a"; "b" ])
                  do! SqliteSite.execute site insert
                  let! statements = SqliteSite.migrate site (Some(withMood [ "a"; "b" ])) (withMood [ "a"; "c"; "b" ])
                  let drops = statements |> List.filter (fun s -> s.StartsWith "DROP TABLE")
                  Expect.equal drops.Length 2 "rebuilds"
                  do! SqliteSite.execute site "UPDATE plugin_x__t SET m = 'c'"
                  let! statements = SqliteSite.migrate site (Some(withMood [ "a"; "c"; "b" ])) (withMood [ "c"; "a" ])
                  Expect.isTrue (SqliteSite.isRebuild statements) "a value that goes"
                  let! rows = SqliteSite.rows site "SELECT m FROM plugin_x__t"
                  Expect.equal rows [ "c"; "c" ] "rows"
              })

          SqliteSite.test "a table is renamed with its indexes, keys and rows" (fun site ->
              task {
                  let before = base' |> Table.unique [ name ] |> Table.index [ age ]

                  let after =
                      Table.define "people" [ id'; name; Column.bigint "age" |> Column.optional ]
                      |> Table.primaryKey [ id' ]
                      |> Table.check "named" $"{name} <> ''"
                      |> Table.unique [ name ]
                      |> Table.index [ age ]
                      |> Table.renamedFrom "t"

                  let! _ = SqliteSite.migrate site None (one before)
                  do! SqliteSite.execute site insert

                  do!
                      SqliteSite.execute
                          site
                          "CREATE TRIGGER seen AFTER UPDATE ON plugin_x__t BEGIN UPDATE plugin_x__t SET age = 1 WHERE id = new.id AND new.age = 0; END"

                  let! _ = SqliteSite.migrate site (Some(one before)) (one after)
                  do! SqliteSite.execute site "UPDATE plugin_x__people SET age = 0 WHERE name = 'ann'"
                  let! rows = SqliteSite.rows site "SELECT name, age FROM plugin_x__people ORDER BY id"
                  Expect.equal rows [ "ann|1"; "bob|NULL" ] "rows, and the trigger still works"
              })

          SqliteSite.test "tables that need each other are made, and dropped" (fun site ->
              task {
                  let a = Column.uuid "id"
                  let other = Column.uuid "other" |> Column.optional

                  let make name target =
                      Table.define name [ a; other ]
                      |> Table.primaryKey [ a ]
                      |> Table.references (Table.define target [] |> Table.inNamespace ns) [ other, a ]

                  let both = schema [ make "p" "q"; make "q" "p" ]
                  let! _ = SqliteSite.migrate site None both
                  let! _ = SqliteSite.migrate site (Some both) (schema [])
                  let! left = SqliteSite.rows site "SELECT name FROM sqlite_schema"
                  Expect.isEmpty left "objects"
              })

          SqliteSite.test "a name that one table gives up serves another" (fun site ->
              task {
                  let before =
                      schema
                          [ base' |> Table.indexWith (Index.on [ age ] |> Index.named "i"); Table.define "u" [ name ] ]

                  let after =
                      schema
                          [ table [ id'; name; Column.bigint "age" |> Column.optional ]
                            Table.define "u" [ name ] |> Table.indexWith (Index.on [ name ] |> Index.named "i") ]

                  let! _ = SqliteSite.migrate site None before
                  let! _ = SqliteSite.migrate site (Some before) after
                  return ()
              }) ]
