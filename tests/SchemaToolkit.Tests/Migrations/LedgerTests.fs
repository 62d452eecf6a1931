module SchemaToolkit.Tests.Migrations.LedgerTests

open System
open System.Globalization
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

let private stamp (text: string) =
    DateTime.ParseExact(
        text,
        "yyyy-MM-ddTHH:mm:ss.ffffff'Z'",
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal ||| DateTimeStyles.AdjustToUniversal
    )

let private applied =
    Place.each "an applied plan is on record with what it did, and what was consented to" (fun place ->
        task {
            let before = DateTime.UtcNow.AddSeconds -1.0
            let! _ = Place.start place [ Notes.v1 ]
            do! Place.note place "x"
            let! _ = Place.startWith place Place.lenient [ Notes.define [ Notes.id; Notes.title ] |> Notes.schema ]
            let! history = Place.history place
            let first, second = history[0], history[1]
            Expect.equal (first.Outcome, second.Outcome) ("applied", "applied") "outcomes"
            Expect.equal first.Plugin Notes.plugin "plugin"
            Expect.equal first.Namespace Notes.ns "namespace"
            Expect.stringContains first.Statements "CREATE TABLE" "statements"
            Expect.stringContains first.Steps "notes" "steps"
            Expect.equal first.DeclaredHash (Canonical.hash Notes.v1) "the declared hash"
            Expect.equal first.Declared (Canonical.serialize Notes.v1) "the declared schema"

            Expect.equal
                (Canonical.parse first.Projected |> Result.map Canonical.hash)
                (Ok first.ProjectedHash)
                "the projected schema"

            Expect.stringContains second.Hazards "drop-column" "hazards"
            Expect.stringContains second.Consent "drop-column" "consent"

            Expect.stringContains
                first.Capabilities
                (if place.Engine = Engine.Sqlite then "sqlite" else "postgres")
                "capabilities"

            Expect.isGreaterThanOrEqual first.DurationMs 0L "duration"
            Expect.isTrue (stamp first.StartedAt >= before && stamp first.StartedAt <= DateTime.UtcNow) "the time"
            Expect.equal (first.Error, first.ErrorCode) (None, None) "no error"
            Expect.isMatch first.ToolVersion @"^\d+\.\d+\.\d+" "the toolkit's version"
            Expect.isLessThan first.Id second.Id "order"
        })

let private failed =
    Place.each "failures are on record too: what, where, and the reason for a block" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            do! Place.note place "x"
            do! Place.execute place (let t = Place.name place Notes.ns "notes" in $"UPDATE {t} SET body = 'b'")
            let! error = Place.refusal place (Notes.define [ Notes.id; Notes.title; Notes.score ] |> Notes.schema)
            Place.expectCode "blocked" error
            let! history = Place.history place
            let entry = List.last history
            Expect.equal entry.Outcome "failed" "outcome"
            Expect.equal entry.ErrorCode (Some "blocked") "code"
            Expect.stringContains (Option.defaultValue "" entry.Error) "drop-column" "error"
            Expect.stringContains entry.Hazards "drop-column" "hazards"
            Expect.stringContains entry.Statements "notes" "what would have run"
            Expect.equal entry.Consent "[]" "no consent"
        })

let private recorded =
    Place.each "a new declaration that asks for nothing new is recorded, once" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            let shared = { Notes.v1 with Tables = Notes.v1.Tables |> List.map Table.shared }
            let! outcome = Place.startOne place Place.strict shared

            match outcome with
            | MigrationOutcome.Recorded _ -> ()
            | other -> failtest $"%A{other}"

            let! again = Place.startOne place Place.strict shared
            Place.expectUpToDate again
            let! outcomes = Place.outcomes place
            Expect.equal outcomes [ "applied"; "recorded" ] "rows of the ledger"
        })

let private twoPlugins =
    Place.each "each plugin has its own row, and one start serves all" (fun place ->
        task {
            let! outcomes = Place.start place [ Notes.v1; Many.schema ]
            List.iter Place.expectApplied outcomes
            let! history = Place.history place
            Expect.equal (history |> List.map _.Plugin |> List.sort) [ Many.plugin; Notes.plugin ] "plugins"
            let! again = Place.start place [ Many.schema; Notes.v1 ]
            List.iter Place.expectUpToDate again
        })

[<Tests>]
let tests = testList "the ledger" [ applied; failed; recorded; twoPlugins ]
