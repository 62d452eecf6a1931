module SchemaToolkit.Tests.Laws.EngineOracleTests

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Expecto
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// `SCHEMATOOLKIT_SOAK` sets the number of pairs of each law; `all` is that of the long run.
let private pairs standard soak =
    match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_SOAK" with
    | null
    | "" -> standard
    | "all" -> soak
    | text -> int text

let sqlite = OracleEngines.sqlite
let postgres = OracleEngines.postgres (fun reason -> skiptest reason)

let private oracle what profile spell name (count, soak) tries (engine: OracleEngine) =
    let law (pair: NearPair) =
        (EngineOracle.checkSpelled spell engine 11UL pair.Before pair.After).GetAwaiter().GetResult()

    testSequenced (
        OnEngines.needing
            name
            $"a migrated database is like a new one, and its rows are as they were ({what})"
            (fun () ->
                task {
                    let arbitrary = Arbitrary.nearPair profile

                    match Falsify.searchWithin tries (pairs count soak) (Falsify.seed ()) arbitrary law with
                    | None -> ()
                    | Some broken ->
                        failtest
                            $"{broken.Message}\n\n{broken.Value.Code}\nHeld {broken.Held} times; SCHEMATOOLKIT_LAW_SEED={broken.Seed} makes the same case first."
                })
    )

let private ns name = ObjectName.create "plugin_once" name

let private table name columns former =
    { Table.define name [] with
        Name = ns name
        Columns = columns
        RenamedFrom = former }

let private of' columnType name : ColumnDef = (Column.ofType<obj> columnType name).Definition

let private part column : IndexPart =
    { Target = IndexTarget.Column column
      Descending = false
      Nulls = NullsOrder.Default
      OpClass = None
      Collation = None }

let private schema enums tables objects : Schema =
    { Plugin = "once"
      Namespace = "plugin_once"
      Version = None
      Enums = enums
      Tables = tables
      Objects = objects }

/// SQLite has no enum that no column has; its hint was followed when it was declared first.
let private unusedEnum =
    let status = { Name = ns "status"; Values = [ "low" ]; RenamedFrom = [] }
    let mood = { Name = ns "mood"; Values = [ "top"; "high" ]; RenamedFrom = [ "status" ] }
    let old = table "old" [ of' (ColumnType.Enum status.Name) "e" ] []
    let later = table "later" [ of' (ColumnType.Enum mood.Name) "e" ] []
    schema [ status; mood ] [ old ] [], schema [ status; mood ] [ old; later ] []

/// What named the first table has gone with it, and means the second now.
let private nameTakenAgain =
    let flags = table "flags" [ of' ColumnType.Boolean "f" ] []
    let renamed = table "kept" [ of' ColumnType.BigInt "n" ] [ "flags" ]
    let other = table "other" [ of' ColumnType.Integer "i" ] []

    let trigger =
        Trigger.definePer
            "on_gone"
            other
            (SqlText.PerEngine
                [ "sqlite",
                  [ SqlFragment.Text "AFTER DELETE ON "
                    SqlFragment.Table other.Name
                    SqlFragment.Text " BEGIN UPDATE "
                    SqlFragment.Table flags.Name
                    SqlFragment.Text " SET f = f WHERE 1 = 0; END" ] ])
        |> SchemaObject.onlyOn "sqlite"

    let view =
        View.definePer "flagged" (SqlText.Portable [ SqlFragment.Text "SELECT f FROM "; SqlFragment.Table flags.Name ])

    let objects = [ { trigger with Name = other.Name }; { view with Name = ns "flagged" } ]

    schema [] [ flags; other ] objects, schema [] [ flags; other; renamed ] objects

/// A column that goes may hold what is no value afterwards.
let private valueGoesWithColumn =
    let mood values = { Name = ns "mood"; Values = values; RenamedFrom = [] }
    let column name = { of' (ColumnType.Enum(ns "mood")) name with Nullable = true }

    schema [ mood [ "top"; "high" ] ] [ table "moods" [ column "gone"; column "kept" ] [] ] [],
    schema [ mood [ "high" ] ] [ table "moods" [ column "kept" ] [] ] []

/// What named the first column has gone with it, and means the second now; so may a text that names a column without a hole.
let private columnTakenAgain =
    let optional columnType name = { of' columnType name with Nullable = true }

    let fire name (owner: ObjectName) (text: SqlFragment list) : SchemaObject =
        let body = [ SqlFragment.Text "AFTER DELETE ON "; SqlFragment.Table owner; SqlFragment.Text " BEGIN " ]

        let trigger =
            Trigger.definePer name (table owner.Name [] []) (SqlText.PerEngine [ "sqlite", body @ text ])

        { SchemaObject.onlyOn "sqlite" trigger with Name = owner }

    let set (owner: ObjectName) column =
        [ SqlFragment.Text "UPDATE "
          SqlFragment.Table owner
          SqlFragment.Text $" SET \"{column}\" = {column} WHERE 1 = 0; END" ]

    let positive name : Check = { Name = name; Expression = SqlText.raw "\"d\" = d OR D IS NULL"; OnlyOn = [] }
    let zeta columns = { table "zeta" columns [] with Checks = [ positive "zeta_d_check" ] }
    let far = table "far" [ optional ColumnType.Integer "d" ] []

    let objects =
        [ fire "fire" (ns "zeta") (set (ns "zeta") "d"); fire "light" (ns "near") (set far.Name "d") ]

    let renamed = { optional ColumnType.Integer "c" with RenamedFrom = [ "d" ] }
    let near name former = table "near" [ { optional ColumnType.Integer name with RenamedFrom = former } ] []

    schema [] [ zeta [ optional ColumnType.Integer "d" ]; far; near "d" [] ] objects,
    schema [] [ zeta [ renamed; optional ColumnType.Integer "d" ]; far; near "a" [ "d" ] ] objects

/// What is asked before the steps is asked of the table as it is then, also where a text names columns without holes.
let private askedUnderFormerNames =
    let optional name former = { of' ColumnType.Integer name with Nullable = true; RenamedFrom = former }

    let people columns checks indexes =
        { table "people" columns [] with
            Checks = [ for name, text in checks -> { Name = name; Expression = SqlText.raw text; OnlyOn = [] } ]
            Indexes = indexes }

    let unique name (where: SqlFragment list) =
        { Index.by [ part "email" ] with
            Name = name
            Unique = true
            Where = Some(SqlText.Portable where) }

    schema [] [ people [ optional "email" []; optional "d" [] ] [] [] ] [],
    schema
        []
        [ people
              [ optional "email" []; optional "c" [ "d" ]; optional "new" [] ]
              [ "people_c_check", "C IS NULL OR c = c"; "people_new_check", "new IS NULL" ]
              [ unique "people_held" [ SqlFragment.Column "new"; SqlFragment.Text " IS NOT NULL" ]
                unique "people_word" [ SqlFragment.Text "new IS NOT NULL AND c IS NULL" ]
                unique
                    "people_former"
                    [ SqlFragment.Text "c IS NULL AND "; SqlFragment.Column "c"; SqlFragment.Text " = 1" ] ] ]
        []

/// A row may hold the last number that there is: nothing comes after it, and nothing has to.
let private identityAfterTheLast =
    let numbers (change: ColumnDef -> ColumnDef) =
        [ for i in 1..8 -> table $"numbers_{i}" [ change { of' ColumnType.SmallInt "n" with Nullable = true } ] [] ]

    schema [] (numbers id) [],
    schema [] (numbers (fun c -> { c with Nullable = false; Identity = Some Identity.Always })) []

let private everywhere =
    [ unusedEnum; nameTakenAgain; valueGoesWithColumn; columnTakenAgain; askedUnderFormerNames ]

/// Pairs that were wrong once and that chance draws rarely.
let private once name pairs (engine: OracleEngine) =
    OnEngines.needing name "pairs that were wrong once" (fun () ->
        task {
            for before, after in pairs do
                match! EngineOracle.check engine 11UL before after with
                | Ok() -> ()
                | Error message -> failtest message
        })

[<Tests>]
let tests =
    testList
        "Oracle"
        [ testList
              "sqlite"
              [ oracle "portable" Profile.portable id Engine.Sqlite (110, 5_000) 300 sqlite
                oracle "its own" Profile.sqlite id Engine.Sqlite (80, 3_000) 300 sqlite
                oracle "without holes" Profile.sqlite Spelling.quotedWithoutHoles Engine.Sqlite (60, 2_000) 300 sqlite
                once Engine.Sqlite everywhere sqlite ]
          testList
              "postgres"
              [ oracle "portable" Profile.portable id Engine.Postgres (40, 900) 120 postgres
                oracle "its own" Profile.postgres id Engine.Postgres (40, 700) 120 postgres
                oracle "without holes" Profile.postgres Spelling.withoutHoles Engine.Postgres (20, 400) 120 postgres
                once Engine.Postgres (identityAfterTheLast :: everywhere) postgres ] ]
