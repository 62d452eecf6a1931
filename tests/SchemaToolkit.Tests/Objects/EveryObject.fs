/// A plugin with a declared object of every kind. TwinObjects in SchemaToolkit.Fluent.Tests declares the same in C#.
module SchemaToolkit.Tests.Objects.EveryObject


open Expecto
open SchemaToolkit
open SchemaToolkit.Tests

let private ticket =
    Sequence.define "ticket"
    |> Sequence.startingAt 100L
    |> Sequence.incrementingBy 5L
    |> Sequence.between 10L 100000L
    |> Sequence.caching 3L
    |> Sequence.cycling

module private Guest =
    let id = Column.bigint "id" |> Column.defaultsTo (Default.next ticket)
    let name = Column.varchar 100 "name"
    let age = Column.integer "age" |> Column.optional

module private Stay =
    let guest = Column.bigint "guest_id"
    let room = Column.integer "room"
    let night = Column.date "night"

let private greet =
    Function.define "greet" $"(guest text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'Hello, ' || guest $$"
    |> SchemaObject.comment "How a guest is met"

let private guests =
    Table.define "guests" [ Guest.id; Guest.name; Guest.age ]
    |> Table.primaryKey [ Guest.id ]
    |> Table.checkPer "name" (Declared.sql $"{greet}({Guest.name}) <> ''")
    |> Table.withoutRowId

let private stays =
    Table.define "stays" [ Stay.guest; Stay.room; Stay.night ]
    |> Table.primaryKey [ Stay.room; Stay.night ]
    |> Table.partitionBy $"RANGE ({Stay.night})"

let private touch =
    Function.define
        "touch"
        $"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM {stays} WHERE {Stay.guest} = OLD.id; RETURN NULL; END $$"
    |> SchemaObject.onlyOn "postgres"

let private adults =
    View.define "adults" $"SELECT {Guest.id}, {Guest.name} FROM {guests} WHERE {Guest.age} >= {18}"
    |> View.options [ "security_barrier", "true"; "check_option", "local" ]
    |> SchemaObject.comment "Old enough"

let private nights =
    MaterializedView.define
        "nights"
        $"SELECT g.{Guest.name}, count(*) AS nights FROM {guests} AS g JOIN {stays} AS s ON s.{Stay.guest} = g.{Guest.id} GROUP BY g.{Guest.name}"
    |> MaterializedView.index (Index.on [ Guest.name ] |> Index.unique |> Index.named "nights_name_idx")

/// Every kind, every word.
let schema =
    Schema.forPlugin "@inn/plugin-guests" [ guests; stays ]
    |> Schema.withObjects
        [ Extension.define "btree_gist"
          Domain.define "email" (ColumnType.Varchar 200)
          |> Domain.check "form" $"VALUE LIKE '_@_'"
          |> Domain.notNull
          |> Domain.defaultsTo $"""{"a@b"}"""
          Domain.define "stars" ColumnType.SmallInt
          |> Domain.check "few" $"VALUE < {6}"
          |> Domain.defaultsTo $"3"
          Composite.define "address" [ "street", ColumnType.Varchar 50; "number", ColumnType.Integer ]
          RangeType.define "weights" ColumnType.Double
          ticket |> Sequence.ownedBy guests Guest.id
          greet
          touch
          Procedure.define
              "clear_out"
              $"(older date) LANGUAGE sql AS $$ DELETE FROM {stays} WHERE {Stay.night} < older $$"
          adults
          View.definePer
              "names"
              (Declared.per
                  [ "postgres", $"SELECT upper({Guest.name}) AS name FROM {adults}"
                    "sqlite", $"SELECT {Guest.name} AS name FROM {adults}" ])
          View.define
              "sleepers"
              $"SELECT g.{Guest.name} FROM {guests} AS g, {stays} AS s WHERE s.{Stay.guest} = g.{Guest.id}"
          nights
          Trigger.definePer
              "guests_gone"
              guests
              (Declared.per
                  [ "postgres", $"AFTER DELETE ON {guests} FOR EACH ROW EXECUTE FUNCTION {touch}()"
                    "sqlite",
                    $"AFTER DELETE ON {guests} BEGIN DELETE FROM {stays} WHERE {Stay.guest} = OLD.{Guest.id}; END" ])
          Trigger.define "stays_seen" stays $"AFTER INSERT ON {stays} FOR EACH ROW EXECUTE FUNCTION {touch}()"
          |> SchemaObject.onlyOn "postgres"
          Trigger.onView
              "adults_new"
              adults
              (Declared.sql $"INSTEAD OF INSERT ON {adults} FOR EACH ROW EXECUTE FUNCTION {touch}()")
          Partition.define "stays_2026" stays $"FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"
          Partition.define "stays_rest" stays $"DEFAULT"
          Exclusion.define "one_guest" guests $"USING gist ({Guest.name} WITH =)"
          Grant.onTable guests "reader" [ "SELECT"; "INSERT" ]
          Grant.onObject adults "reader" [ "SELECT" ]
          Grant.onObject greet "reader" [ "EXECUTE" ]
          Grant.onObject ticket "reader" [ "USAGE" ] ]

[<Tests>]
let tests =
    testList
        "a schema with every kind of object"
        [ testCase "is valid"
          <| fun () ->
              match Validate.schema schema with
              | Ok _ -> ()
              | Error errors -> errors |> List.map string |> String.concat "\n" |> failtest

          testCase "has frozen canonical JSON, which is read back as the same"
          <| fun () ->
              let json = Canonical.serialize schema
              Golden.check "canonical-objects.golden.json" json

              match Canonical.parse json with
              | Ok back -> Expect.equal (Canonical.serialize back) json "read back"
              | Error errors -> failtestf "%A" errors

          testCase "has every kind"
          <| fun () ->
              let kinds = schema.Objects |> List.map _.Key.Kind |> List.distinct

              for case in FSharp.Reflection.FSharpType.GetUnionCases typeof<ObjectKind> do
                  Expect.isTrue (kinds |> List.exists (fun kind -> string kind = case.Name)) case.Name ]
