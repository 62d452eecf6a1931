namespace SchemaToolkit.Tests

open System
open System.Collections.Concurrent

/// Which engines the tests of this run really used, so that a machine without one cannot pass unseen.
[<RequireQualifiedAccess>]
module Engines =
    let private exercised = ConcurrentDictionary<string, unit>(StringComparer.OrdinalIgnoreCase)

    /// A test says that it ran on this engine: "sqlite", "postgres" or "pglite".
    let register (engine: string) = exercised[engine] <- ()

    let used () = exercised.Keys |> Seq.sort |> List.ofSeq

    /// The engines named, comma-separated, in SCHEMATOOLKIT_TESTS_REQUIRE.
    let required () =
        match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_TESTS_REQUIRE" with
        | null -> []
        | names ->
            names.Split(',', StringSplitOptions.RemoveEmptyEntries ||| StringSplitOptions.TrimEntries)
            |> List.ofArray

    /// The required engines that no test used, in the order they were asked for.
    let missing (required: string list) (used: string list) =
        let isUsed (name: string) =
            used |> List.exists (fun found -> String.Equals(found, name, StringComparison.OrdinalIgnoreCase))

        required |> List.filter (isUsed >> not)
