module SchemaToolkit.Tests.Postgres.StepTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Tests

let private ns = "plugin_steps"
let private plugin = "steps"
let private empty = Schema.empty plugin ns
let private at name = ObjectName.create ns name

let private mood values = EnumType.define "mood" values

module Owner =
    let id = Column.bigint "id" |> Column.identity
    let table = Table.define "owner" [ id; Column.text "name" ] |> Table.primaryKey [ id ]

/// The first version: one table of every kind of thing that changes.
let private first =
    let mood = mood [ "sad"; "ok" ]
    let id = Column.integer "id"
    let name = Column.varchar 20 "name"
    let amount = Column.decimal 10 2 "amount" |> Column.defaultsTo (Default.value 1.50m)
    let feeling = Column.enum mood "feeling" |> Column.defaultsTo (Default.value "ok")
    let when' = Column.localTimestamp "seen" |> Column.optional
    let owner = Column.bigint "owner_id" |> Column.optional
    let slug = Column.text "slug" |> Column.generatedAs (Declared.sql $"upper({name})")

    let things =
        Table.define
            "things"
            [ id
              name
              amount
              feeling
              when'
              owner
              slug
              Column.text "gone" |> Column.optional
              Column.text "number" |> Column.optional
              Column.array (Column.integer "numbers") |> Column.optional ]
        |> Table.primaryKey [ id ]
        |> Table.uniqueNamed "things_name" [ name ]
        |> Table.check "amount_positive" $"{amount} >= 0"
        |> Table.check "feeling_known" $"{feeling} <> 'sad' or {amount} < 100"
        |> Table.references Owner.table [ owner, Owner.id ]
        |> Table.indexWith (Index.on [ name ] |> Index.where $"{feeling} = 'ok'" |> Index.named "things_happy")
        |> Table.index [ when' ]
        |> Table.comment "before"

    let dropped = Table.define "dropped" [ id ] |> Table.primaryKey [ id ]
    Schema.inNamespace ns plugin [ Owner.table; things; dropped ] |> Schema.withEnums [ mood ]

let private second =
    let mood = mood [ "happy"; "ok"; "so-so" ]
    let id = Column.bigint "id" |> Column.identityByDefault
    let name = Column.text "title" |> Column.renamedFrom "name" |> Column.collate "C"
    let amount = Column.decimal 12 3 "amount" |> Column.defaultsTo (Default.value 2.5m)
    let feeling = Column.enum mood "feeling" |> Column.defaultsTo (Default.value "happy")
    let when' = Column.timestamp "seen" |> Column.defaultsTo Default.now |> Column.comment "an instant"
    let owner = Column.bigint "owner_id" |> Column.optional
    let slug = Column.text "slug" |> Column.generatedAs (Declared.sql $"lower({name})")
    let extra = Column.jsonText "extra" |> Column.optional
    let label = Column.varchar 10 "label" |> Column.defaultsTo (Default.value "it's \\ new")

    let items =
        Table.define
            "items"
            [ id
              name
              amount
              feeling
              when'
              owner
              slug
              extra
              label
              Column.integer "number" |> Column.optional
              Column.array (Column.text "numbers") |> Column.optional ]
        |> Table.renamedFrom "things"
        |> Table.primaryKey [ id ]
        |> Table.uniqueNamed "items_title" [ name ]
        |> Table.check "amount_positive" $"{amount} >= 0"
        |> Table.check "feeling_known" $"{feeling} <> 'so-so' or {amount} < 100"
        |> Table.referencesWith (ForeignKey.onDelete ReferentialAction.SetNull) Owner.table [ owner, Owner.id ]
        |> Table.indexWith (Index.on [ name ] |> Index.where $"{feeling} = 'ok'" |> Index.named "things_happy")
        |> Table.indexWith (Index.on [ when' ] |> Index.named "items_seen")
        |> Table.rowSecurity RowSecurity.Enabled
        |> Table.policy (Policy.create "all" PolicyCommand.All |> Policy.using (Declared.sql $"{amount} >= 0"))

    let added =
        Table.define "added" [ id; owner ]
        |> Table.primaryKey [ id ]
        |> Table.references Owner.table [ owner, Owner.id ]

    Schema.inNamespace ns plugin [ Owner.table; items; added ] |> Schema.withEnums [ mood ]

let private seed =
    $"""
INSERT INTO {ns}.owner (name) VALUES ('o');
INSERT INTO {ns}.things (id, name, amount, feeling, seen, owner_id, number, numbers)
VALUES (7, 'MiXed 🙂', 12.34, 'ok', '2024-02-29 12:00:00.123456', 1, '42', ARRAY[1,2]), (8, 'b', 0, 'ok', '2024-01-01', NULL, NULL, NULL)"""

let private content =
    $"SELECT id, title, amount, feeling::text, (seen AT TIME ZONE 'UTC')::text, owner_id, slug, label, number, numbers::text FROM {ns}.items ORDER BY id"

let private evolved =
    Site.each "a schema evolves and its rows stay" (fun site ->
        task {
            let a, b = Site.project site first, Site.project site second
            do! Site.migrate site empty a
            do! Site.expectArrived site a
            do! Site.execute site seed
            do! Site.migrate site a (Diffing.Renames.hintedLike second b)
            do! Site.expectArrived site b
            let! rows = Site.rows site content

            Expect.equal
                rows
                [ [ "7"
                    "MiXed 🙂"
                    "12.340"
                    "ok"
                    "2024-02-29 12:00:00.123456"
                    "1"
                    "mixed 🙂"
                    "it's \\ new"
                    "42"
                    "{1,2}" ]
                  [ "8"; "b"; "0.000"; "ok"; "2024-01-01 00:00:00"; "NULL"; "b"; "it's \\ new"; "NULL"; "NULL" ] ]
                "rows"

            // The numbers go on after the rows that are there.
            do! Site.execute site $"INSERT INTO {ns}.items (title) VALUES ('next')"
            let! next = Site.scalar site $"SELECT max(id) FROM {ns}.items"
            Expect.equal next "9" "the next identity"
        })

let private undone =
    Site.each "and back again, down to nothing" (fun site ->
        task {
            let a, b = Site.project site first, Site.project site second
            do! Site.migrate site empty b
            do! Site.migrate site b a
            do! Site.expectArrived site a
            do! Site.migrate site a empty
            let! left = Site.scalar site $"SELECT count(*) FROM pg_namespace WHERE nspname = '{ns}'"
            Expect.equal left "0" "the namespace"
        })

let private strangers =
    Site.each "a namespace with somebody else's objects stays" (fun site ->
        task {
            let a = Site.project site first
            do! Site.migrate site empty a
            do! Site.execute site $"CREATE VIEW {ns}.theirs AS SELECT 1 AS one"
            do! Site.migrate site a empty
            let! live = Site.read site [ ns ]
            let left = live.Schema.Objects |> List.filter (fun o -> o.Kind <> ObjectKind.Extension)
            Expect.equal (left |> List.map (fun o -> string o.Key)) [ $"view {ns}.theirs" ] "what is left"
        })

let private enumValues =
    Site.each "a new enum value that a later step uses ends the segment" (fun site ->
        task {
            let build values value =
                let mood = mood values
                let feeling = Column.enum mood "feeling" |> Column.defaultsTo (Default.value value)
                let table = Table.define "t" [ feeling ]
                Schema.inNamespace ns plugin [ table ] |> Schema.withEnums [ mood ] |> Site.project site

            let a = build [ "b"; "d" ] "b"
            let same, used = build [ "a"; "b"; "c"; "d"; "e" ] "b", build [ "a"; "b"; "c"; "d"; "e" ] "c"
            let! live = Site.read site [ ns ]

            let count target =
                (site.Driver.Lower site.Capabilities { live with Schema = a } target (Diff.between a target)).Length

            Expect.equal (count same) 1 "segments when nothing uses a value"
            Expect.equal (count used) 2 "segments when a default uses one"
            do! Site.migrate site empty a
            do! Site.migrate site a used
            do! Site.expectArrived site used
        })

let private ledger =
    Site.each "the ledger is made once" (fun site ->
        task {
            let! before = site.Driver.LedgerExists site.Connection Site.none
            Expect.isFalse before "before"

            for _ in 1..2 do
                for statement in site.Driver.LedgerStatements do
                    do! Site.execute site statement

            let! after = site.Driver.LedgerExists site.Connection Site.none
            Expect.isTrue after "after"
            let! meta = Site.rows site "SELECT ledger_version, min_reader FROM migrations.meta"
            Expect.equal meta [ [ "1"; "1" ] ] "the version"
        })

[<Tests>]
let tests = testList "postgres steps" [ evolved; undone; strangers; enumValues; ledger ]
