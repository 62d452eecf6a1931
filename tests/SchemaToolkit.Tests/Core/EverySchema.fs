/// A schema that uses everything, and random ones.
module SchemaToolkit.Tests.EverySchema

open System
open FsCheck
open FsCheck.FSharp
open SchemaToolkit

let private status =
    EnumType.define "status" [ "new"; "paid"; "shipped" ] |> EnumType.renamedFrom "state"

module Customers =
    let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let email = Column.varchar 200 "email" |> Column.collate "C"
    let name = Column.text "name" |> Column.comment "As the customer \"writes\" it\n…ünïcödé 🙂"

    let table =
        Table.define "customers" [ id; email; name ]
        |> Table.primaryKey [ id ]
        |> Table.unique [ email ]
        |> Table.shared
        |> Table.comment "Who buys"
        |> Table.renamedFrom "clients"

module Orders =
    let id = Column.bigint "id" |> Column.identity
    let serial = Column.integer "serial" |> Column.identityByDefault
    let customer = Column.uuid "customer_id"
    let parent = Column.bigint "parent_id" |> Column.optional
    let state = Column.enum status "state" |> Column.defaultsTo (Default.value "new")
    let small = Column.smallint "small" |> Column.defaultsTo (Default.value 7s)
    let ratio = Column.real "ratio" |> Column.defaultsTo (Default.value 0.5f)
    let weight = Column.double "weight" |> Column.defaultsTo (Default.value 1e-3)
    let total = Column.decimal 12 2 "total" |> Column.defaultsTo (Default.value 0.00m)
    let exact = Column.numeric "exact" |> Column.optional
    let code = Column.char 3 "code" |> Column.defaultsTo (Default.value "abc")
    let open' = Column.boolean "open" |> Column.defaultsTo (Default.value true)
    let day = Column.date "day" |> Column.defaultsTo (Default.value (DateOnly(2024, 2, 29)))
    let time = Column.time "time" |> Column.defaultsTo (Default.value (TimeOnly(23, 59, 59)))
    let at = Column.timestamp "at" |> Column.defaultsTo Default.now
    let local = Column.localTimestamp "local" |> Column.defaultsTo Default.localNow
    let span = Column.interval "span" |> Column.optional
    let note = Column.json "note" |> Column.defaultsTo Default.emptyObject
    let raw = Column.jsonText "raw" |> Column.optional
    let blob = Column.bytea "blob" |> Column.defaultsTo (Default.value [| 0uy; 255uy |])
    let embedding = Column.vector 3 "embedding" |> Column.optional
    let tags = Column.array (Column.text "tags")

    let label =
        Column.text "label" |> Column.renamedFrom "title" |> Column.defaultsTo (Default.sql "upper('x')")

    let slug = Column.text "slug" |> Column.generatedAs (Declared.sql $"lower({label})")
    let double' = Column.double "double_weight" |> Column.virtualAs (Declared.sql $"{weight} * 2")

    let table =
        Table.define
            "orders"
            [ id
              serial
              customer
              parent
              state
              small
              ratio
              weight
              total
              exact
              code
              open'
              day
              time
              at
              local
              span
              note
              raw
              blob
              embedding
              tags
              label
              slug
              double' ]
        |> Table.primaryKey [ id ]
        |> Table.uniqueNamed "orders_serial_once" [ serial; code ]
        |> Table.referencesWith
            (ForeignKey.onDelete ReferentialAction.Cascade
             >> ForeignKey.onUpdate ReferentialAction.Restrict
             >> ForeignKey.deferrable Deferrability.InitiallyDeferred)
            Customers.table
            [ customer, Customers.id ]
        |> Table.check "positive" $"{total} >= 0 and {code} <> 'a''b'"
        |> Table.checkPer
            "short"
            (Declared.per [ "sqlite", $"length({label}) < 100"; "postgres", $"char_length({label}) < 100" ])
        |> Table.index [ at; state ]
        |> Table.indexWith (
            Index.by
                [ IndexPart.column label |> IndexPart.descending |> IndexPart.nullsLast
                  IndexPart.expression $"lower({label})"
                  |> IndexPart.collate "C"
                  |> IndexPart.opClass "text_pattern_ops" ]
            |> Index.named "orders_label"
            |> Index.unique
            |> Index.nullsNotDistinct
            |> Index.including [ total ]
            |> Index.where $"{open'}"
        )
        |> Table.indexWith (
            Index.on [ embedding ]
            |> Index.using "hnsw"
            |> Index.opClass "vector_cosine_ops"
            |> Index.parameter "m" "16"
            |> Index.parameter "ef_construction" "64"
            |> Index.onlyOn "postgres"
        )
        |> Table.rowSecurity RowSecurity.Forced
        |> Table.policy (
            Policy.create "own_rows" PolicyCommand.Select
            |> Policy.using (Declared.sql $"{customer} in (select id from {Customers.table})")
            |> Policy.forRoles [ "reader"; "app" ]
            |> Policy.restrictive
            |> Policy.onlyOn "postgres"
        )
        |> Table.policy (
            Policy.create "add_rows" PolicyCommand.Insert |> Policy.withCheck (Declared.sql $"{total} >= 0")
        )

/// Every kind of object, type, default and option.
let schema =
    Schema.forPlugin "@shop/plugin-orders" [ Orders.table; Customers.table ]
    |> Schema.withEnums [ status ]
    |> Schema.version 3

/// Text that is valid Unicode, with the characters that need escaping well represented.
let private text: Gen<string> =
    let pieces = [ "a"; "b"; "_"; "\""; "\\"; "\n"; "\u0001"; "\u007f"; "é"; "🙂"; "\u2028"; "<"; "'"; "." ]
    Gen.elements pieces |> Gen.listOf |> Gen.resize 6 |> Gen.map (String.concat "")

/// Schemas of any shape, valid or not.
type AnySchema =
    static member Schema() = ArbMap.defaults |> ArbMap.mergeArb (Arb.fromGen text) |> ArbMap.arbitrary<Schema>
