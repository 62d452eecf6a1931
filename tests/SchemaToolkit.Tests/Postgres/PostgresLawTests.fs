module SchemaToolkit.Tests.Postgres.PostgresLawTests

open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Laws

/// Cases on each server; each makes and changes a real schema. `SCHEMATOOLKIT_LAW_CASES` changes it.
let private cases =
    match System.Environment.GetEnvironmentVariable "SCHEMATOOLKIT_LAW_CASES" with
    | null
    | "" -> 25
    | text -> int text

/// Everything that both servers keep; PGLite has vectors besides.
let private profile vectors = { Profile.everything with Vectors = vectors; VirtualColumns = false }

let private isRefused (projected: Projected) =
    projected.Verdicts
    |> List.exists (fun v ->
        match v.Verdict with
        | Verdict.Refused _ -> true
        | Verdict.Exact
        | Verdict.Emulated _
        | Verdict.Omitted _ -> false)

/// Roles that generated policies name.
let private roles (schema: Schema) = schema.Tables |> List.collect _.Policies |> List.collect _.Roles |> List.distinct

let private makeRole (role: string) =
    $"DO $$ BEGIN CREATE ROLE \"{role}\"; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"

let private converges (site: Site) (before: Schema) (after: Schema) : Task<unit> =
    task {
        let a, b = site.Driver.Project site.Capabilities before, site.Driver.Project site.Capabilities after

        if not (isRefused a || isRefused b) then
            for role in List.distinct (roles before @ roles after) do
                do! Site.execute site (makeRole role)

            do! Site.execute site $"DROP SCHEMA IF EXISTS {Profile.ns} CASCADE"
            do! Site.migrate site (Schema.empty "" Profile.ns) a.Schema
            do! Site.expectArrived site a.Schema
            do! Site.migrate site a.Schema (Diffing.Renames.hintedLike after b.Schema)
            do! Site.expectArrived site b.Schema
    }

/// The law over one server; the failing pair is shrunk and printed as code.
let private holds engine vectors =
    OnEngines.only engine (Engine.name engine) (fun database ->
        task {
            let! site = Site.ofDatabase database
            use _ = site.Connection

            let test before after =
                try
                    (converges site before after).GetAwaiter().GetResult()
                    Ok()
                with error ->
                    Error error.Message

            let law (pair: NearPair) = test pair.Before pair.After

            match Falsify.search cases (Falsify.seed ()) (Arbitrary.nearPair (profile vectors)) law with
            | None -> ()
            | Some broken ->
                failtest
                    $"{broken.Message}\n\n{broken.Value.Code}\n\nHeld {broken.Held} times; SCHEMATOOLKIT_LAW_SEED={broken.Seed} makes the same case first."
        })

[<Tests>]
let tests =
    testList
        "postgres laws: a schema becomes its neighbour, as if made afresh"
        [ holds Engine.Postgres false; holds Engine.PGlite true ]
