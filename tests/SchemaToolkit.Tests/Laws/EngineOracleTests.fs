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

let private oracle what profile name (count, soak) tries (engine: OracleEngine) =
    let law (pair: NearPair) = (EngineOracle.check engine 11UL pair.Before pair.After).GetAwaiter().GetResult()

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

/// Pairs that were wrong once and that chance draws rarely.
let private once name (engine: OracleEngine) =
    OnEngines.needing name "pairs that were wrong once" (fun () ->
        task {
            for before, after in [ unusedEnum; nameTakenAgain; valueGoesWithColumn ] do
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
              [ oracle "portable" Profile.portable Engine.Sqlite (150, 6_000) 300 sqlite
                oracle "its own" Profile.sqlite Engine.Sqlite (100, 4_000) 300 sqlite
                once Engine.Sqlite sqlite ]
          testList
              "postgres"
              [ oracle "portable" Profile.portable Engine.Postgres (60, 1_200) 120 postgres
                oracle "its own" Profile.postgres Engine.Postgres (40, 800) 120 postgres
                once Engine.Postgres postgres ] ]
