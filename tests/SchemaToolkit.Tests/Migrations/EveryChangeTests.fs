module SchemaToolkit.Tests.Migrations.EveryChangeTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations

let private id = Column.integer "id"
let private n = Column.integer "n" |> Column.optional
let private text = Column.text "t" |> Column.optional
let private short = Column.varchar 20 "t" |> Column.optional
let private amount = Column.decimal 10 2 "amount" |> Column.defaultsTo (Default.value 1.5m)
let private seen = Column.timestamp "seen" |> Column.defaultsTo Default.now
let private data = Column.json "data" |> Column.defaultsTo Default.emptyObject
let private mood values = EnumType.define "mood" values
let private felt values = Column.enum (mood values) "felt" |> Column.optional
let private parent = Column.integer "parent" |> Column.optional

let private total =
    Column.bigint "total" |> Column.optional |> Column.generatedAs (Declared.sql $"id + 1")

let private table name columns = Table.define name columns |> Table.primaryKey [ id ]
let private other = table "other" [ id; n ]

/// One change after another, each from the version before it.
let private versions: (string * (Table list * string list)) list =
    let small = [ "a"; "b" ]
    let more = [ "a"; "m"; "b" ]
    let without = [ "b"; "a" ]
    let renamed = Column.integer "number" |> Column.optional |> Column.renamedFrom "n"
    let number = Column.integer "number" |> Column.optional
    let big = Column.bigint "number" |> Column.optional
    let bigDefault = Column.bigint "number" |> Column.defaultsTo (Default.value 7L) |> Column.optional
    let bigMust = Column.bigint "number" |> Column.defaultsTo (Default.value 7L)
    let at values columns = table "main" (columns @ [ felt values :> ColumnHandle ])
    let named = at without [ id; bigMust; short; amount; seen; data; parent ]
    let unique = named |> Table.unique [ bigMust; id ]
    let references = unique |> Table.references other [ parent, id ]

    let cascading =
        unique |> Table.referencesWith (ForeignKey.onDelete ReferentialAction.Cascade) other [ parent, id ]

    let check = cascading |> Table.check "small" $"{bigMust} < 100"
    let otherCheck = cascading |> Table.check "small" $"{bigMust} < 1000 AND {id} IS NOT NULL"
    let index = otherCheck |> Table.index [ short ]

    let descending =
        otherCheck |> Table.indexWith (Index.by [ IndexPart.column short |> IndexPart.descending ])

    let partial =
        otherCheck |> Table.indexWith (Index.on [ short ] |> Index.unique |> Index.where $"{bigMust} > 5")

    let expression =
        otherCheck
        |> Table.indexWith (Index.by [ IndexPart.expression $"lower({short})" ] |> Index.named "lower_idx")

    let commented = expression |> Table.comment "what it is for"

    let moved =
        { commented with Name = { commented.Name with Name = "principal" } } |> Table.renamedFrom "main"

    let generated = { moved with Columns = moved.Columns @ [ total.Definition ] }

    [ "a table", ([ table "main" [ id; n ] ], [])
      "a column", ([ table "main" [ id; n; text ] ], [])
      "a narrower type", ([ table "main" [ id; n; short ] ], [])
      "columns with defaults", ([ table "main" [ id; n; short; amount; seen; data ] ], [])
      "a table more", ([ table "main" [ id; n; short; amount; seen; data; parent ]; other ], [])
      "an enum", ([ at small [ id; n; short; amount; seen; data; parent ]; other ], small)
      "an enum's value in the middle", ([ at more [ id; n; short; amount; seen; data; parent ]; other ], more)
      "an enum without a value, in another order",
      ([ at without [ id; n; short; amount; seen; data; parent ]; other ], without)
      "a column's name", ([ at without [ id; renamed; short; amount; seen; data; parent ]; other ], without)
      "the hint gone", ([ at without [ id; number; short; amount; seen; data; parent ]; other ], without)
      "a wider type", ([ at without [ id; big; short; amount; seen; data; parent ]; other ], without)
      "a default", ([ at without [ id; bigDefault; short; amount; seen; data; parent ]; other ], without)
      "NOT NULL on an empty table", ([ named; other ], without)
      "a unique key", ([ unique; other ], without)
      "a foreign key", ([ references; other ], without)
      "a foreign key's action", ([ cascading; other ], without)
      "a check", ([ check; other ], without)
      "a check's text", ([ otherCheck; other ], without)
      "an index", ([ index; other ], without)
      "an index's direction", ([ descending; other ], without)
      "an index's predicate", ([ partial; other ], without)
      "an index over an expression", ([ expression; other ], without)
      "a comment", ([ commented; other ], without)
      "a table's name", ([ moved; other ], without)
      "a generated column", ([ generated; other ], without)
      "a column less", ([ moved; other ], without)
      "a table less", ([ table "principal" [ id ] ], []) ]

let private schema (number: int) (tables: Table list, values: string list) =
    let plain = Schema.forPlugin "changes" tables |> Schema.version number
    if values.IsEmpty then plain else plain |> Schema.withEnums [ mood values ]

let private each =
    Place.each "after each kind of change the next start has nothing to do, and a second plan is empty" (fun place ->
        task {
            for number, (change, version) in List.indexed versions do
                let declared = schema (number + 1) version

                match! Place.tryStart place Place.lenient [ declared ] with
                | Error failure -> failtest $"{change}: {failure}"
                | Ok _ -> ()

                let! plan = Place.planWith place Place.strict declared
                Expect.isEmpty (plan.Steps |> List.map Describe.step) $"the second plan after {change}"
                Expect.isEmpty plan.Drift $"drift after {change}"
                let! again = Place.startOne place Place.strict declared
                Place.expectUpToDate again

            let! history = Place.history place
            Expect.equal history.Length versions.Length "one row for each change"
        })

[<Tests>]
let tests = testList "every kind of change" [ each ]
