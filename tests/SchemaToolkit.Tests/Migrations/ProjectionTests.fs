module SchemaToolkit.Tests.Migrations.ProjectionTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations

let private id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
let private mood = EnumType.define "mood" [ "sad"; "ok"; "happy" ]
let private title = Column.varchar 40 "title"
let private felt = Column.enum mood "felt" |> Column.defaultsTo (Default.value "ok")
let private tags = Column.json "tags" |> Column.defaultsTo Default.emptyArray
let private embedding = Column.vector 3 "embedding" |> Column.optional

/// Declared once, for every engine.
let private declared (columns: ColumnHandle list) =
    Schema.forPlugin
        "projected"
        [ Table.define "documents" ([ id :> ColumnHandle; title; felt; tags ] @ columns)
          |> Table.primaryKey [ id ]
          |> Table.indexWith (Index.on [ tags ] |> Index.using "gin")
          |> Table.rowSecurity RowSecurity.Enabled
          |> Table.policy (
              Policy.create "own" PolicyCommand.Select
              |> Policy.using (Declared.sql $"{title} <> 'secret'")
              |> Policy.onlyOn "postgres"
          ) ]
    |> Schema.withEnums [ mood ]

let private describe (verdict: PartVerdict) =
    match verdict.Verdict with
    | Verdict.Exact -> $"{verdict.Part}: exact"
    | Verdict.Emulated how -> $"{verdict.Part}: emulated: {how}"
    | Verdict.Omitted why -> $"{verdict.Part}: omitted: {why}"
    | Verdict.Refused why -> $"{verdict.Part}: refused: {why}"

let private golden (engine: Engine) = $"projection-{(Engine.name engine).ToLowerInvariant()}.golden.txt"

let private secondIsEmpty place schema =
    task {
        let! first = Place.startOne place Place.strict schema
        Place.expectApplied first
        let! plan = Place.plan place schema
        Expect.isEmpty (plan.Steps |> List.map Describe.step) "a second plan"
        let! again = Place.startOne place Place.strict schema
        Place.expectUpToDate again
    }

let private verdicts =
    Place.each "one declaration, a verdict for every part on each engine" (fun place ->
        task {
            use! connection = place.Driver.Connect Place.none
            let! capabilities = place.Driver.Probe connection Place.none
            let schema = declared [ embedding ]
            let projected = place.Driver.Project capabilities schema
            let canKeep = capabilities.Engine = "sqlite" || capabilities.Features.Contains "vector"

            let text =
                projected.Verdicts |> List.map describe |> List.map (fun line -> line + "\n") |> String.concat ""

            if place.Engine <> Engine.Postgres || not canKeep then
                Golden.check (golden place.Engine) text

            if canKeep then
                do! secondIsEmpty place schema
            else
                do!
                    Dump.unchanged place (fun () ->
                        task {
                            match! Migrator.plan place.Driver Place.strict schema Place.none with
                            | Error(MigrationError.CannotProject(_, [ refused ])) ->
                                Expect.equal
                                    (string refused.Part)
                                    "column plugin_projected.documents.embedding"
                                    "the part"
                            | other -> failtest $"%A{other}"
                        })

                let! error = Place.refusal place schema
                Place.expectCode "cannot-project" error
                Expect.stringContains (MigrationError.describe error) "pgvector" "what is missing"
                do! secondIsEmpty place (declared [])
        })

[<Tests>]
let tests = testList "projection" [ verdicts ]
