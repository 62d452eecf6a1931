module SchemaToolkit.Tests.Postgres.ProjectTests

open Expecto
open SchemaToolkit

let private driver = PostgresDriver.create "Host=nowhere"

let private server version features : Capabilities =
    { Engine = "postgres"
      Version = version
      Flavour = "PostgreSQL"
      Features = Set.ofList features }

let private fifteen = server "15.18" [ "nulls-not-distinct" ]

let private eighteen =
    server "18.1" [ "nulls-not-distinct"; "virtual-columns"; "input-is-valid"; "vector" ]

let private a = Column.integer "a"
let private at = ObjectName.create "plugin_p" "t"

let private verdict capabilities (table: Table) part =
    let projected = driver.Project capabilities (Schema.inNamespace "plugin_p" "p" [ table ])
    (projected.Verdicts |> List.find (fun v -> v.Part = part)).Verdict

let private kind verdict =
    match verdict with
    | Verdict.Exact -> "exact"
    | Verdict.Emulated _ -> "emulated"
    | Verdict.Omitted _ -> "omitted"
    | Verdict.Refused _ -> "refused"

let private column capabilities (c: ColumnHandle) =
    verdict capabilities (Table.define "t" [ c ]) (PartId.Column(at, c.Name)) |> kind

let private index capabilities (columns: ColumnHandle list) (i: IndexDef) =
    let table = Table.define "t" columns |> Table.indexWith (i |> Index.named "i")
    let projected = driver.Project capabilities (Schema.inNamespace "plugin_p" "p" [ table ])
    let verdict = projected.Verdicts |> List.find (fun v -> v.Part = PartId.Index(at, "i"))
    kind verdict.Verdict, projected.Schema.Tables |> List.collect _.Indexes |> List.tryHead

let private columns =
    testCase "columns"
    <| fun () ->
        let vector = Column.vector 3 "v"
        Expect.equal (column fifteen vector) "refused" "a vector without pgvector"
        Expect.equal (column eighteen vector) "exact" "a vector with it"
        Expect.equal (column eighteen (Column.vector 20000 "v")) "refused" "too many dimensions"
        let computed = Column.integer "b" |> Column.virtualAs (Declared.sql $"1")
        Expect.equal (column fifteen computed) "emulated" "computed on read, before 18"
        Expect.equal (column eighteen computed) "exact" "computed on read, from 18 on"
        Expect.equal (column eighteen (Column.text "c" |> Column.collate "NOCASE")) "refused" "SQLite's collation"
        Expect.equal (column eighteen (Column.varchar 0 "c")) "refused" "varchar(0)"
        Expect.equal (column eighteen (Column.text "c" |> Column.identity)) "refused" "identity on text"
        let only = Default.sqlPer [ "sqlite", "1" ]
        Expect.equal (column eighteen (a |> Column.defaultsTo only)) "refused" "a default for SQLite alone"

let private indexes =
    testCase "indexes"
    <| fun () ->
        let vector, json = Column.vector 3000 "v", Column.jsonText "j"
        let small = Column.vector 3 "v"
        let hnsw = Index.using "hnsw" >> Index.opClass "vector_cosine_ops"
        Expect.equal (index eighteen [ small ] (Index.on [ small ] |> hnsw) |> fst) "exact" "hnsw"
        Expect.equal (index fifteen [ small ] (Index.on [ small ] |> hnsw)) ("omitted", None) "hnsw without pgvector"
        Expect.equal (index eighteen [ vector ] (Index.on [ vector ] |> hnsw) |> fst) "omitted" "too many dimensions"

        Expect.equal
            (index eighteen [ small ] (Index.on [ small ] |> Index.using "hnsw") |> fst)
            "refused"
            "no operator class"

        Expect.equal (index eighteen [ json ] (Index.on [ json ]) |> fst) "refused" "json has no order"
        Expect.equal (index eighteen [ a ] (Index.on [ a ] |> Index.using "rum") |> fst) "omitted" "an unknown method"
        let unique = Index.on [ a ] |> Index.using "hash" |> Index.unique
        Expect.equal (index eighteen [ a ] unique |> fst) "refused" "a unique hash index"
        Expect.equal (index eighteen [ a ] (Index.on [ a ] |> Index.onlyOn "sqlite")) ("omitted", None) "SQLite's alone"

        let descending = Index.by [ IndexPart.column a |> IndexPart.descending |> IndexPart.nullsFirst ]

        match index eighteen [ a ] (descending |> Index.opClass "int4_ops" |> Index.onlyOn "postgres") with
        | verdict, Some kept ->
            Expect.equal verdict "exact" "what is meant by default need not be said"
            Expect.equal kept.Parts.Head.Nulls NullsOrder.Default "nulls first of a descending part"
            Expect.equal kept.Parts.Head.OpClass None "the type's own operator class"
            Expect.isEmpty kept.OnlyOn "this engine"
        | _, None -> failtest "the index is left out"

let private texts =
    testCase "texts of another engine are no part of the projection"
    <| fun () ->
        let check text =
            Table.define "t" [ a ]
            |> Table.checkPer "c" (Declared.per [ "postgres", $"a > 0"; "sqlite", text ])
            |> fun t -> driver.Project eighteen (Schema.inNamespace "plugin_p" "p" [ t ])

        Expect.equal (check $"a > 1").Schema (check $"a > 2").Schema "the projected schema"

[<Tests>]
let tests = testList "postgres projection" [ columns; indexes; texts ]
