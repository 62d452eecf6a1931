namespace SchemaToolkit.Tests.Laws

open System
open Expecto
open FsCheck
open SchemaToolkit
open SchemaToolkit.Testing

/// Tests that a law holds for generated values; a failure is shrunk and printed as code.
[<RequireQualifiedAccess>]
module Holds =
    /// Cases for a law about values; `SCHEMATOOLKIT_LAW_CASES` changes it.
    let cases =
        match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_LAW_CASES" with
        | null
        | "" -> 200
        | text -> int text

    let private check count name (show: 'T -> string) (arbitrary: Arbitrary<'T>) law =
        testCase name
        <| fun () ->
            match Falsify.search count (Falsify.seed ()) arbitrary law with
            | None -> ()
            | Some broken ->
                failtest
                    $"{broken.Message}\n\n{show broken.Value}\n\nHeld {broken.Held} times; SCHEMATOOLKIT_LAW_SEED={broken.Seed} makes the same case first."

    /// For every generated schema.
    let forSchemas count name profile law = check count name ShowCode.schema (Arbitrary.schema profile) law

    /// For every generated pair of neighbouring versions.
    let forNearPairs count name profile (law: Schema -> Schema -> Result<unit, string>) =
        check count name (fun (pair: NearPair) -> pair.Code) (Arbitrary.nearPair profile) (fun pair ->
            law pair.Before pair.After)

    /// For pairs of schemas made apart.
    let forFarPairs count name profile law =
        let show (before, after) = $"before:\n{ShowCode.schema before}\nafter:\n{ShowCode.schema after}"
        check count name show (Arbitrary.farPair profile) (fun (before, after) -> law before after)
