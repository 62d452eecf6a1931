namespace SchemaToolkit.Testing

open System
open System.Collections.Concurrent

/// Counts the databases that tests were given, so that a test program can say what it really ran on.
[<RequireQualifiedAccess>]
module EnginesUsed =

    let private variable = "SCHEMATOOLKIT_TESTS_REQUIRE"

    let private counts = ConcurrentDictionary<struct (Engine * string), int>()

    /// Counts one database of an engine and version.
    let internal record engine (version: string) =
        counts.AddOrUpdate(struct (engine, version), 1, (fun _ count -> count + 1)) |> ignore

    /// Engine, version and number of databases, in a fixed order.
    let all () = [ for KeyValue(struct (engine, version), count) in counts -> engine, version, count ] |> List.sort

    /// Engine and version of each engine used, such as `PostgreSQL 15.18`.
    let names () = all () |> List.map (fun (engine, version, _) -> $"{Engine.name engine} {version}")

    /// One line for the end of a test run.
    let summary () =
        match all () with
        | [] -> "engines exercised: none"
        | used ->
            let parts =
                used
                |> List.map (fun (engine, version, count) ->
                    let noun = if count = 1 then "database" else "databases"
                    $"{Engine.name engine} {version} ({count} {noun})")

            "engines exercised: " + String.concat ", " parts

    /// The engines that SCHEMATOOLKIT_TESTS_REQUIRE demands; a word it does not know is an error.
    let required () =
        match Environment.GetEnvironmentVariable variable with
        | null -> []
        | text ->
            text.Split([| ','; ' ' |], StringSplitOptions.RemoveEmptyEntries)
            |> List.ofArray
            |> List.map (fun word ->
                match Engine.tryParse word with
                | Some engine -> engine
                | None ->
                    invalidOp
                        $"{variable} names \"{word}\"; it knows sqlite, postgres and pglite, separated by commas.")
            |> List.distinct

    /// Those of the required engines that are not among the used ones.
    let without (used: Engine list) (required: Engine list) =
        required |> List.filter (fun engine -> not (List.contains engine used))

    /// The required engines that no test has used so far.
    let missing () = required () |> without (all () |> List.map (fun (engine, _, _) -> engine))
