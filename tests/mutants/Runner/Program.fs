/// Looks for faults. Each line of the plan that it is given: the number of a fault to switch on (0: none) and what is to find
/// it, between tabs. `laws N`: the laws of the pure diff on N near pairs. `sqlite N`, `postgres N`: the oracle on an engine.
/// `pairs PREFIX …`: pairs of the corpus on PostgreSQL; `hazards`, `carrying`: the cases of those names. Compiled where the script `mutants.fsx` has put the switch.
module SchemaToolkit.Mutants.Program

open System
open System.Data.Common
open System.IO
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests.Laws
open SchemaToolkit.Tests.PostgresObjects

/// The same cases each time, so that a fault that was found is found again.
let private seed = 20UL

/// Every law on one pair, so that each pair is made once. The message is the name of the law that broke.
let private everyLaw (pair: NearPair) =
    let before, after = pair.Before, pair.After

    let broken name law =
        try
            law () |> Result.mapError (fun _ -> name)
        with _ ->
            Error name

    [ for name, law in Laws.ofPairs do
          name, (fun () -> law before after)
      for name, law in Laws.ofSchemas do
          name, (fun () -> law after) ]
    |> List.fold (fun state (name, law) -> state |> Result.bind (fun () -> broken name law)) (Ok())

let private sqlite = OracleEngines.sqlite
let private postgres = OracleEngines.postgres (fun reason -> failwith reason)

let private firstLine (text: string) = text.Split('\n')[0]

let private search profile count law =
    Falsify.searchWithin 0 count seed (Arbitrary.nearPair profile) law
    |> Option.map (fun broken -> $"{firstLine broken.Message} (after {broken.Held} cases)")

/// Other rows for each pair: one seed for all of them would draw the same number of rows each time.
let private oracle (engine: OracleEngine) (pair: NearPair) =
    let rows = Convert.ToUInt64((Canonical.hash pair.After).Substring(0, 15), 16)
    (EngineOracle.check engine rows pair.Before pair.After).GetAwaiter().GetResult()

let private firstPair (prefixes: string list) =
    let chosen =
        Pairs.all.Value
        |> List.filter (fun pair ->
            prefixes |> List.exists (fun prefix -> pair.StartsWith(prefix, StringComparison.Ordinal)))

    if chosen.IsEmpty then
        failwith "No pair of the corpus has such a name."

    task {
        use! database = TestDatabase.create Engine.Postgres

        let rec first pairs =
            match pairs with
            | [] -> Task.FromResult None
            | pair :: rest ->
                task {
                    match! Pairs.check database.ConnectionString pair with
                    | Ok [] -> return! first rest
                    | Ok(problem :: _)
                    | Error problem -> return Some(firstLine problem)
                }

        return! first chosen
    }
    |> _.GetAwaiter().GetResult()

/// Cases that run in databases of their own, on one server.
let private firstOf (wrong: string -> Task<string list>) =
    task {
        use! database = TestDatabase.create Engine.Postgres
        let! found = wrong database.ConnectionString
        return found |> List.tryHead |> Option.map firstLine
    }
    |> _.GetAwaiter().GetResult()

let private look (finders: string list) =
    match finders with
    | [ "laws"; count ] -> search Profile.everything (int count) everyLaw
    | [ "sqlite"; count ] -> search Profile.portable (int count) (oracle sqlite)
    | [ "postgres"; count ] -> search Profile.postgres (int count) (oracle postgres)
    | "pairs" :: prefixes -> firstPair prefixes
    | [ "hazards" ] -> firstOf HazardCases.wrong
    | [ "carrying" ] -> firstOf CarryingCases.wrong
    | _ -> failwith "Say laws N, sqlite N, postgres N, pairs PREFIX …, hazards or carrying."

/// A fault may make a search endless, and a slow machine may make it long: neither counts as found.
let private patience = TimeSpan.FromMinutes 15.

[<EntryPoint>]
let main args =
    let say (number: string) verdict (what: string) =
        Console.Out.WriteLine $"{number}\t{verdict}\t{what.Replace('\t', ' ')}"

    for line in File.ReadLines args[0] do
        match List.ofArray (line.Split '\t') with
        | number :: finders ->
            SchemaToolkit.Fault.active <- int number
            let searching = Task.Run(fun () -> look finders)

            if not (searching.Wait patience) then
                say number "held" $"no end after {patience.TotalMinutes} minutes"
                exit 1

            match searching.Result with
            | Some what -> say number "killed" what
            | None -> say number "held" (String.concat " " finders)
        | [] -> ()

    0
