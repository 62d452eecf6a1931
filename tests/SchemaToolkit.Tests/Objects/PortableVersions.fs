/// Versions that SQLite walks too: triggers with a text for each engine, tables with and without rowid, and changes of what
/// views and triggers stand on.
module SchemaToolkit.Tests.Objects.PortableVersions

open SchemaToolkit

let private id = Column.integer "id"
let private name = Column.text "name"
let private called = Column.text "called" |> Column.renamedFrom "name"
let private age = Column.integer "age" |> Column.optional
let private oldAge = Column.bigint "age" |> Column.optional
let private note = Column.text "note" |> Column.optional

let private people columns = Table.define "people" columns |> Table.primaryKey [ id ]
let private full = people [ id; name; age ]
let private log = Table.define "log" [ id; note ] |> Table.primaryKey [ id ]

let private touch =
    Function.raw "touch" "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
    |> SchemaObject.onlyOn "postgres"

let private schema (tables: Table list) (objects: SchemaObject list) =
    Schema.forPlugin "@test/plugin-portable" tables |> Schema.withObjects (touch :: objects)

/// Fires on changes only: rows that come in beforehand are not to be followed by others.
let private logging (table: Table) (column: ColumnHandle) =
    Trigger.definePer
        "people_log"
        table
        (Declared.per
            [ "sqlite",
              $"AFTER UPDATE OF {column} ON {table} BEGIN INSERT INTO {log} (id, note) VALUES (NEW.{id}, NEW.{column}); END"
              "postgres", $"AFTER UPDATE OF {column} ON {table} FOR EACH ROW EXECUTE FUNCTION {touch}()" ])

let private clearing (table: Table) (other: Table) =
    Trigger.definePer
        "clear_out"
        table
        (Declared.per
            [ "sqlite", $"AFTER DELETE ON {table} BEGIN DELETE FROM {other} WHERE {id} = OLD.{id}; -- all\nEND"
              "postgres", $"AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {touch}()" ])

/// Triggers, and what happens to the tables and columns that they name.
let triggers =
    let renamed = { full with Name = ObjectName.relative "persons" } |> Table.renamedFrom "people"
    let relabelled = people [ id; called; age ]
    let grown = people [ id; name; oldAge ]
    let adults table = View.define "adults" $"SELECT {id}, {age} FROM {table} WHERE {age} >= 18"

    let through view =
        Trigger.onView
            "adults_gone"
            view
            (Declared.per
                [ "sqlite", $"INSTEAD OF DELETE ON {view} BEGIN DELETE FROM {log} WHERE {id} = OLD.{id}; END"
                  "postgres", $"INSTEAD OF DELETE ON {view} FOR EACH ROW EXECUTE FUNCTION {touch}()" ])

    let seniors = View.define "adults" $"SELECT {id}, {age} FROM {full} WHERE {age} >= 65"

    [ "no trigger", schema [ full; log ] []
      "a trigger", schema [ full; log ] [ logging full name ]
      "its text", schema [ full; log ] [ logging full age ]
      "a type under it", schema [ grown; log ] [ logging grown age ]
      "a table's name", schema [ renamed; log ] [ logging renamed name ]
      "a column's name", schema [ relabelled; log ] [ logging relabelled called ]
      "the column gone", schema [ people [ id; age ]; log ] [ logging full age ]
      "a trigger of another table", schema [ full; log ] [ logging full name; clearing log full ]
      "a rebuild under both", schema [ grown; log ] [ logging grown name; clearing log grown ]
      "a table's name under both", schema [ renamed; log ] [ logging renamed name; clearing log renamed ]
      "a trigger of a view", schema [ full; log ] [ adults full; through (adults full) ]
      "the view below it", schema [ full; log ] [ seniors; through seniors ]
      "a type below both", schema [ grown; log ] [ adults grown; through (adults grown) ]
      "no table", schema [ log ] [] ]

/// Views over what changes below them.
let rests =
    let born = Column.date "born" |> Column.optional
    let longer = people [ id; name; age; born ]
    let unnamed = people [ id; age ]

    let names =
        View.definePer
            "names"
            (Declared.per
                [ "sqlite", $"SELECT {id}, {name} FROM {full}; -- no more"
                  "postgres", $"SELECT {id}, {name} FROM {full}" ])

    let over = View.define "over" $"SELECT {name} FROM {names}"
    let relabelled = people [ id; called; age ]
    let labels = View.define "names" $"SELECT {id}, {called} FROM {full}"
    let overLabels = View.define "over" $"SELECT {called} FROM {labels}"
    let counts = View.define "counts" $"SELECT count(*) AS n FROM {full}"
    let joined = View.define "joined" $"SELECT {log}.{note}, {age} FROM {log} JOIN {full} USING ({id})"

    let double = Column.integer "twice" |> Column.optional |> Column.generatedAs (Declared.sql $"{age} * 2")

    let computed = people [ id; name; age; double ]

    let indexed =
        full
        |> Table.indexWith (
            Index.by [ IndexPart.expression $"upper({name})" ] |> Index.where $"{age} > 3" |> Index.named "loud"
        )

    [ "tables", schema [ full; log ] []
      "views", schema [ full; log ] [ names; counts; joined ]
      "a view over a view", schema [ full; log ] [ names; over ]
      "a column's name below both", schema [ relabelled; log ] [ labels; overLabels ]
      "a column more", schema [ longer; log ] [ names; counts; joined ]
      "a column less", schema [ unnamed; log ] [ counts; joined ]
      "a computed column", schema [ computed; log ] [ names; counts; joined ]
      "a partial index over an expression", schema [ indexed; log ] [ names; counts; joined ]
      "a unique key",
      schema [ full |> Table.unique [ name; age ]; log ] [ names; counts; joined |> SchemaObject.comment "both" ]
      "no log", schema [ full ] [ counts ] ]

/// Tables that SQLite keeps by their key; PostgreSQL has no such choice.
let withoutRowId =
    let code = Column.varchar 20 "code"
    let amount = Column.integer "amount"
    let bigAmount = Column.bigint "amount" |> Column.defaultsTo (Default.value 0L)

    let rates columns = Table.define "rates" columns |> Table.primaryKey [ code ]
    let plain = rates [ code; amount ]
    let tree = plain |> Table.withoutRowId
    let wide = rates [ code; bigAmount; age ] |> Table.withoutRowId
    let dear = View.define "dear" $"SELECT {code} FROM {plain} WHERE {amount} > 100"

    let uses =
        Table.define "uses" [ id; code ] |> Table.primaryKey [ id ] |> Table.references plain [ code, code ]

    [ "by rowid", schema [ plain ] []
      "without rowid", schema [ tree ] []
      "under a view", schema [ tree ] [ dear ]
      "by rowid again, under it", schema [ plain ] [ dear ]
      "referenced", schema [ tree; uses ] [ dear ]
      "wider", schema [ wide; uses ] [ dear ]
      "another name", schema [ { tree with Name = ObjectName.relative "prices" } |> Table.renamedFrom "rates" ] []
      "another key",
      schema [ Table.define "rates" [ code; amount ] |> Table.primaryKey [ code; amount ] |> Table.withoutRowId ] [] ]
