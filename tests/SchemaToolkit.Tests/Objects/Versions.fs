/// One plugin in many versions, each with one change of an object: the steps between neighbours, both ways, are what the
/// tests of every engine walk.
module SchemaToolkit.Tests.Objects.Versions

open SchemaToolkit

let private id = Column.integer "id"
let private name = Column.varchar 100 "name"
let private wideName = Column.text "name"
let private age = Column.integer "age" |> Column.optional
let private bigAge = Column.bigint "age" |> Column.optional
let private born = Column.date "born" |> Column.optional
let private number = Column.bigint "number"

let private people columns = Table.define "people" columns |> Table.primaryKey [ id ]
let private narrow = people [ id; name; age ]
let private wide = people [ id; wideName; bigAge ]
let private longer = people [ id; name; age; born ]

let private schema (tables: Table list) (objects: SchemaObject list) =
    Schema.forPlugin "@test/plugin-objects" tables |> Schema.withObjects objects

/// Views, on every engine.
let views =
    let adults = View.define "adults" $"SELECT {id}, {name} FROM {narrow} WHERE {age} >= 18"
    let grownUps = View.define "adults" $"SELECT {id}, {name} FROM {narrow} WHERE {age} >= 21"
    let reordered = View.define "adults" $"SELECT {name}, {id} FROM {narrow} WHERE {age} >= 21"
    let all = View.define "everybody" $"SELECT * FROM {narrow}"
    let names = View.define "names" $"SELECT {name} FROM {adults}"
    let counted = View.define "counted" $"SELECT {name}, count(*) AS n FROM {narrow} GROUP BY {id}"

    [ "no view", schema [ narrow ] []
      "a view", schema [ narrow ] [ adults ]
      "its condition", schema [ narrow ] [ grownUps ]
      "its columns", schema [ narrow ] [ reordered ]
      "a view over a view", schema [ narrow ] [ reordered; names ]
      "the view below", schema [ narrow ] [ adults; names ]
      "a column's type below", schema [ wide ] [ adults; names ]
      "a view of all columns", schema [ narrow ] [ all; adults; names ]
      "a column more", schema [ longer ] [ all; adults; names ]
      "the view of some columns again", schema [ longer ] [ adults ]
      "a column's name",
      schema
          [ people [ id; Column.varchar 100 "called" |> Column.renamedFrom "name"; age; born ] ]
          [ View.define "everybody" $"SELECT {age} FROM {narrow}" ]
      "a grouping by the key", schema [ narrow ] [ counted ]
      "a table's name", schema [ { narrow with Name = ObjectName.relative "persons" } |> Table.renamedFrom "people" ] []
      "views only", schema [ narrow ] [ names; adults ] ]

/// Functions and what rests on them: PostgreSQL alone has them.
let functions =
    let twice body = Function.raw "twice" $"(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT {body} $$"

    let asBig =
        Function.raw "twice" "(a integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT 2 * a $$"

    let table = people [ id; name; age ]
    let twice1 = twice "2 * a"

    let touch text =
        Function.raw "touch" $"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := {text}; RETURN NEW; END $$"

    let touch1 = touch "upper(NEW.name)"

    let trigger =
        Trigger.define
            "people_touch"
            table
            $"BEFORE INSERT OR UPDATE OF {name} ON {table} FOR EACH ROW EXECUTE FUNCTION {touch1}()"

    let conditional =
        Trigger.define
            "people_touch"
            table
            $"BEFORE INSERT ON {table} FOR EACH ROW WHEN (NEW.age > 3) EXECUTE FUNCTION {touch1}()"

    let constraintTrigger =
        Trigger.define
            "people_late"
            table
            $"CONSTRAINT AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {touch1}()"

    let withCheck =
        table
        |> Table.checkPer "age" (Declared.sql $"{twice1}({age}) < 500")
        |> Table.indexWith (Index.by [ IndexPart.expression $"{twice1}({age})" ] |> Index.named "twice_idx")

    let procedure = Procedure.raw "clear_out" "(older integer) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$"

    [ "no function", schema [ table ] []
      "a function", schema [ table ] [ twice1 ]
      "its body", schema [ table ] [ twice "a + a" ]
      "its result", schema [ table ] [ asBig ]
      "used by a check and an index", schema [ withCheck ] [ twice1 ]
      "its result under a check", schema [ withCheck ] [ asBig ]
      "a trigger", schema [ table ] [ touch1; trigger ]
      "the trigger's function", schema [ table ] [ touch "lower(NEW.name)"; trigger ]
      "the trigger's text", schema [ table ] [ touch1; conditional ]
      "a column's type under the trigger", schema [ wide ] [ touch1; conditional ]
      "a constraint trigger", schema [ table ] [ touch1; conditional; constraintTrigger ]
      "a procedure", schema [ table ] [ touch1; conditional; procedure ]
      "comments",
      schema
          [ table ]
          [ touch1 |> SchemaObject.comment "upper case"
            conditional |> SchemaObject.comment "for the old"
            procedure |> SchemaObject.comment "nothing yet" ]
      "none again", schema [ table ] [] ]

/// Sequences, types, privileges and materialised views of PostgreSQL.
let others =
    let ticket = Sequence.define "ticket"

    let tickets =
        Table.define "tickets" [ id; number |> Column.defaultsTo (Default.next ticket) ]
        |> Table.primaryKey [ id ]

    let plain = Table.define "tickets" [ id; number ] |> Table.primaryKey [ id ]
    let owned = ticket |> Sequence.ownedBy tickets number
    let mood = EnumType.define "mood" [ "good"; "bad" ]
    let positive = Domain.define "positive" ColumnType.Integer |> Domain.check "sign" $"VALUE <> -77"

    let strict =
        Domain.define "positive" ColumnType.Integer
        |> Domain.check "limit" $"VALUE <> 88"
        |> Domain.defaultsTo $"7"
        |> Domain.notNull

    let address kinds = Composite.define "address" kinds
    let street = [ "street", ColumnType.Text; "number", ColumnType.Integer ]
    let bigger = Domain.define "positive" ColumnType.BigInt
    let amounts (amount: ColumnHandle) = Table.define "amounts" [ id; amount ] |> Table.primaryKey [ id ]

    let places =
        Table.define
            "places"
            [ id
              Composite.column (address street) "home" |> Column.optional
              RangeType.column (RangeType.define "spans" ColumnType.Double) "span" |> Column.optional
              Column.other "inet" "host"
              Column.other "timestamp(3) without time zone" "at" |> Column.optional
              Column.other "character varying" "free" |> Column.optional ]
        |> Table.primaryKey [ id ]

    let byAge = MaterializedView.define "by_age" $"SELECT {age}, count(*) AS n FROM {narrow} GROUP BY {age}"

    let indexed =
        byAge |> MaterializedView.index (Index.on [ age ] |> Index.unique |> Index.named "by_age_age")

    [ "no sequence", schema [ plain ] []
      "a sequence", schema [ plain ] [ ticket ]
      "a default from it", schema [ tickets ] [ ticket ]
      "its owner", schema [ tickets ] [ owned ]
      "its numbers",
      schema [ tickets ] [ owned |> Sequence.startingAt 100L |> Sequence.incrementingBy 10L |> Sequence.cycling ]
      "the owner gone", schema [] [ ticket |> Sequence.caching 5L ]
      "a domain", schema [ narrow ] [ positive ]
      "the domain's conditions", schema [ narrow ] [ strict ]
      "the domain's type", schema [ narrow ] [ Domain.define "positive" ColumnType.BigInt ]
      "a column of the domain", schema [ amounts (Domain.column<int> positive "amount") ] [ positive ]
      "its conditions under the column", schema [ amounts (Domain.column<int> positive "amount") ] [ strict ]
      "its type under the column", schema [ amounts (Domain.column<int64> bigger "amount") ] [ bigger ]
      "the domain gone, the column not", schema [ amounts (Column.bigint "amount") ] []
      "columns of a composite, a range and others",
      schema [ places ] [ address street; RangeType.define "spans" ColumnType.Double ]
      "their types",
      schema
          [ places ]
          [ address [ "street", ColumnType.Varchar 50; "number", ColumnType.Integer ]
            RangeType.define "spans" ColumnType.Integer ]
      "an attribute more",
      schema [ places ] [ address (street @ [ "town", ColumnType.Text ]); RangeType.define "spans" ColumnType.Integer ]
      "a composite type", schema [ narrow ] [ address street ]
      "its attributes", schema [ narrow ] [ address [ "street", ColumnType.Varchar 50; "town", ColumnType.Text ] ]
      "a range type", schema [ narrow ] [ RangeType.define "spans" ColumnType.Double ]
      "its subtype", schema [ narrow ] [ RangeType.define "spans" ColumnType.Integer ]
      "a composite with an enum",
      schema [ narrow ] [ address [ "mood", ColumnType.Enum(ObjectName.relative "mood") ] ]
      |> Schema.withEnums [ mood ]
      "a materialised view", schema [ narrow ] [ byAge ]
      "its index", schema [ narrow ] [ indexed ]
      "a column's type below it", schema [ wide ] [ indexed ] ]

/// Partitions and exclusion constraints of PostgreSQL.
let partitions =
    let at = Column.integer "at"
    let events = Table.define "events" [ id; at ] |> Table.primaryKey [ id; at ] |> Table.index [ at ]
    let ranged = events |> Table.partitionBy $"RANGE ({at})"
    let rest = Partition.define "events_rest" ranged $"DEFAULT"

    // Far away from the numbers that rows are likely to have.
    let part name (low: int) = Partition.define name ranged $"FOR VALUES FROM ({1234500 + low}) TO ({1234510 + low})"

    let slots =
        Table.define "slots" [ id; Column.integer "low"; Column.integer "high" ] |> Table.primaryKey [ id ]

    let overlap (text: string) =
        SchemaObject.onlyOn
            "postgres"
            (Exclusion.define "no_overlap" slots $"USING gist (int4range(low, high) WITH &&) WHERE (id = 123456789)")
        |> SchemaObject.comment text

    [ "partitioned", schema [ ranged ] [ rest ]
      "two partitions", schema [ ranged ] [ rest; part "events_a" 0; part "events_b" 10 ]
      "their bounds exchanged", schema [ ranged ] [ rest; part "events_a" 10; part "events_b" 0 ]
      "one moved", schema [ ranged ] [ rest; part "events_a" 10; part "events_b" 20 ]
      "one less", schema [ ranged ] [ rest; part "events_b" 20 ]
      "plain", schema [ events ] []
      "an exclusion", schema [ slots ] [ overlap "one at a time" ]
      "its comment", schema [ slots ] [ overlap "never two at once" ]
      "none of it", schema [] [] ]
