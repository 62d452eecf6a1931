namespace SchemaToolkit.Tests.PostgresObjects

open System
open System.Data
open System.IO
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.PostgresObjects

/// Pairs of SQL files under tests/corpus/postgres: what there is, and what is wanted.
[<RequireQualifiedAccess>]
module Pairs =
    let folder = Path.GetFullPath(Path.Combine(__SOURCE_DIRECTORY__, "../../corpus/postgres"))

    /// Pairs of what only PostgreSQL 18 knows.
    let folder18 = Path.GetFullPath(Path.Combine(__SOURCE_DIRECTORY__, "../../corpus/postgres18"))

    let private under (folder: string) =
        Directory.GetFiles(folder, "before.sql", SearchOption.AllDirectories)
        |> Array.map (fun file -> Path.GetRelativePath(folder, Path.GetDirectoryName file |> string).Replace('\\', '/'))
        |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))
        |> List.ofArray

    /// `kind/name` of every pair.
    let all = lazy (under folder)

    let all18 = lazy (under folder18)

    let private named =
        match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_PAIRS" with
        | null
        | "" -> None
        | words -> Some(words.Split(',', StringSplitOptions.TrimEntries) |> List.ofArray)

    /// Somebody asked for pairs by name.
    let isNarrowed = named.IsSome

    /// `SCHEMATOOLKIT_SOAK=all` takes every pair, a run without it one of so many, from the one at `first` on;
    /// `SCHEMATOOLKIT_PAIRS` takes those whose names contain one of its words.
    let sample (oneOf: int) (first: int) : Lazy<string list> =
        lazy
            (match Environment.GetEnvironmentVariable "SCHEMATOOLKIT_SOAK", named with
             | _, Some words ->
                 all.Value
                 |> List.filter (fun pair -> words |> List.exists (fun w -> pair.Contains(w, StringComparison.Ordinal)))
             | "all", None -> all.Value
             | _, None -> all.Value |> List.indexed |> List.filter (fun (i, _) -> i % oneOf = first) |> List.map snd)

    let private connect (server: string) (database: string) =
        task {
            let builder = NpgsqlConnectionStringBuilder(server, Pooling = false)
            builder.Database <- database
            let connection = new NpgsqlConnection(builder.ConnectionString)
            do! connection.OpenAsync()
            return connection
        }

    let execute (connection: NpgsqlConnection) (sql: string) =
        task {
            use command = new NpgsqlCommand(Script.sendable sql, connection)
            command.AllResultTypesAreUnknown <- true
            let! _ = command.ExecuteNonQueryAsync()
            return ()
        }

    let private roleIsThere = "42710"

    /// Roles belong to the server: those of an earlier pair may be there.
    let load (connection: NpgsqlConnection) (text: string) =
        task {
            for statement in Script.statements text do
                try
                    do! execute connection statement.Text
                with :? PostgresException as error when error.SqlState = roleIsThere ->
                    ()

            do! execute connection "RESET ALL"
        }

    let private read connection = Snapshot.read' connection CancellationToken.None

    /// What the reader puts together itself and the server would print otherwise; empty when all is alike.
    let printedOtherwise (connection: NpgsqlConnection) (found: PgDatabase) : Task<string list> =
        task {
            use! transaction = connection.BeginTransactionAsync IsolationLevel.RepeatableRead
            let! printed = Snapshot.readPrintedIn connection CancellationToken.None
            do! transaction.RollbackAsync()

            let addresses = Seq.append found.Objects.Keys printed.Objects.Keys |> Seq.distinct

            return
                [ for address in addresses do
                      let ours, theirs = found.Objects.TryFind address, printed.Objects.TryFind address

                      if ours <> theirs then
                          $"{address} was read as {ours}, and the server prints {theirs}"

                      let ours, theirs = found.Needs.TryFind address, printed.Needs.TryFind address

                      if ours <> theirs then
                          $"{address} was read to need {ours}, and the server says {theirs}" ]
        }

    let between before after = PgPlan.between Registry.rules before after |> List.collect _.Sql

    /// Looks at a database before a plan runs there, given both sides, and says afterwards what was harmed.
    type Watch = NpgsqlConnection -> PgDatabase -> PgDatabase -> Task<unit -> Task<string list>>

    let unwatched: Watch = fun _ _ _ -> Task.FromResult(fun () -> Task.FromResult [])

    /// A table's own columns keep their places; those that it gets stand behind them in the wanted order.
    let private outOfTurn (from: PgDatabase) (arrived: PgDatabase) (wanted: PgDatabase) : string list =
        let added (columns: PgObject list) =
            columns
            |> List.choose (fun column ->
                match column.Facts with
                | Facts.Column facts when not (from.Objects.ContainsKey column.Address) ->
                    Some(facts.Position, column.Address.Part)
                | _ -> None)
            |> List.sort
            |> List.map snd

        [ for KeyValue(table, columns) in wanted.ColumnsOf do
              let there = arrived.ColumnsOf.TryFind table |> Option.defaultValue [] |> added

              if from.Objects.ContainsKey table && there <> added columns then
                  let names = String.concat ", "
                  $"columns of {table} came as {names there} and not as {names (added columns)}" ]

    /// Whether the rows alone are in the way of a statement: values that cannot be converted, constraints that they break.
    let private isOfRows (state: string) =
        state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal)

    /// Runs a plan. Where rows hinder it, its hazards must have said so.
    let private run (connection: NpgsqlConnection) (from: PgDatabase) (wanted: PgDatabase) =
        task {
            let judged = PgHazards.ofChanges from wanted (PgPlan.between Registry.rules from wanted)

            let foretold (change: PgChange) =
                judged
                |> List.exists (fun (other, hazards) ->
                    PgStep.address other.Step = PgStep.address change.Step
                    && hazards |> List.exists (fun hazard -> hazard.Kind = HazardKind.MayFailOnRows))

            for change, _ in judged do
                for statement in change.Sql do
                    try
                        do! execute connection statement
                    with :? PostgresException as error ->
                        let word =
                            if isOfRows error.SqlState && not (foretold change) then
                                "no hazard said that it is "
                            else
                                ""

                        failwith $"{word}refused ({error.SqlState}): {error.MessageText}\n  {statement}"
        }

    /// What is wrong after the plan was applied to `there`; empty when it is what was wanted.
    let private arrives (watch: Watch) (there: NpgsqlConnection) from (wanted: PgDatabase) (wantedDump: string option) =
        task {
            try
                let! harmed = watch there from wanted

                for statement in Preamble.statements do
                    do! execute there statement

                do! run there from wanted
                let! lost = harmed ()
                let! arrived = read there
                let rest = between arrived wanted |> String.concat "\n  "
                let! now = if wantedDump.IsSome then Dump.ofSchema there else Task.FromResult None

                return
                    [ yield! lost
                      yield! outOfTurn from arrived wanted
                      if rest <> "" then
                          $"a second plan is not empty:\n  {rest}"
                      match now, wantedDump with
                      | Some a, Some b when a <> b ->
                          let only (x: string) (y: string) =
                              List.except (y.Split '\n') (List.ofArray (x.Split '\n')) |> String.concat "\n  "

                          $"the dumps differ; there:\n  {only a b}\nwanted:\n  {only b a}"
                      | _ -> () ]
            with error ->
                return [ error.Message ]
        }

    /// A subscription holds its database, and would ask the publisher to let it go.
    let private unsubscribe (server: string) (database: string) =
        task {
            use! connection = connect server database

            do!
                execute
                    connection
                    "DO $$ DECLARE s text; BEGIN FOR s IN SELECT quote_ident(subname) FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) LOOP EXECUTE 'ALTER SUBSCRIPTION ' || s || ' DISABLE'; EXECUTE 'ALTER SUBSCRIPTION ' || s || ' SET (slot_name = NONE)'; EXECUTE 'DROP SUBSCRIPTION ' || s; END LOOP; END $$"
        }

    let private drop (server: string) (admin: NpgsqlConnection) (database: string) =
        let statement = $"DROP DATABASE IF EXISTS {database} WITH (FORCE)"

        task {
            try
                do! execute admin statement
            with :? PostgresException as error when error.SqlState = PostgresErrorCodes.ObjectInUse ->
                do! unsubscribe server database
                do! execute admin statement
        }

    /// Two empty databases on the server, dropped afterwards.
    let withDatabases (server: string) (body: NpgsqlConnection -> NpgsqlConnection -> Task<'T>) : Task<'T> =
        task {
            use! admin =
                connect
                    server
                    (NpgsqlConnectionStringBuilder(server).Database |> Option.ofObj |> Option.defaultValue "postgres")

            let suffix = Guid.NewGuid().ToString("N").Substring(0, 10)
            let a, b = $"pair_{suffix}_a", $"pair_{suffix}_b"

            try
                for name in [ a; b ] do
                    // A checkpoint costs less than writing a whole template to the log.
                    do! execute admin $"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy"

                use! before = connect server a
                use! after = connect server b
                return! body before after
            finally
                for name in [ a; b ] do
                    (drop server admin name).GetAwaiter().GetResult()
        }

    /// Both directions between two databases: each becomes what the other was. Without pg_dump when `quick`.
    let arrivesBothWays
        quick
        (watch: Watch)
        (before: NpgsqlConnection)
        (after: NpgsqlConnection)
        : Task<string list * string list> =
        task {
            let dumped connection = if quick then Task.FromResult None else Dump.ofSchema connection
            let! dumpBefore = dumped before
            let! dumpAfter = dumped after
            let! from = read before
            let! target = read after
            let! otherwise = printedOtherwise before from
            let! otherwiseAfter = printedOtherwise after target
            let! forward = arrives watch before from target dumpAfter
            let! backward = arrives watch after target from dumpBefore
            return otherwise @ forward, otherwiseAfter @ backward
        }

    let private loadBoth (folder: string) (pair: string) before after =
        task {
            let place = Path.Combine(folder, pair)
            do! load before (File.ReadAllText(Path.Combine(place, "before.sql")))
            do! load after (File.ReadAllText(Path.Combine(place, "after.sql")))
        }

    /// Two databases of one server have the same roles; those of two servers need them all on both.
    let private shareRoles (folder: string) (pair: string) (connections: NpgsqlConnection list) =
        task {
            for file in [ "before.sql"; "after.sql" ] do
                for statement in Script.statements (File.ReadAllText(Path.Combine(folder, pair, file))) do
                    if statement.Text.TrimStart().StartsWith("CREATE ROLE", StringComparison.OrdinalIgnoreCase) then
                        for connection in connections do
                            do! load connection statement.Text
        }

    let private told pair (forward: string list, backward: string list) =
        [ for line in forward -> $"{pair}: {line}" ] @ [ for line in backward -> $"{pair} (back): {line}" ]

    /// None when the server takes the files, else why not.
    let private refusal pair (loading: unit -> Task<unit>) : Task<string option> =
        task {
            try
                do! loading ()
                return None
            with :? PostgresException as error ->
                return Some $"{pair}: {error.MessageText}"
        }

    let private checkIn (folder: string) (server: string) (pair: string) : Task<Result<string list, string>> =
        withDatabases server (fun before after ->
            task {
                match! refusal pair (fun () -> loadBoth folder pair before after) with
                | Some reason -> return Error reason
                | None ->
                    let! outcome = arrivesBothWays false unwatched before after
                    return Ok(told pair outcome)
            })

    /// Both directions of a pair of the corpus, in two empty databases that are there; without pg_dump. An error when the
    /// engine does not take the files.
    let checkBeside (first: string) (second: string) (pair: string) : Task<Result<string list, string>> =
        let own (server: string) =
            NpgsqlConnectionStringBuilder(server).Database |> Option.ofObj |> Option.defaultValue "postgres"

        task {
            use! before = connect first (own first)
            use! after = connect second (own second)

            let loading () =
                task {
                    do! shareRoles folder pair [ before; after ]
                    do! loadBoth folder pair before after
                }

            match! refusal pair loading with
            | Some reason -> return Error reason
            | None ->
                let! outcome = arrivesBothWays true unwatched before after
                return Ok(told pair outcome)
        }

    /// Both directions of a pair of the corpus, in two databases of their own. An error when the server does not take the files.
    let check (server: string) (pair: string) = checkIn folder server pair

    /// The same of what only PostgreSQL 18 knows.
    let check18 (server: string) (pair: string) = checkIn folder18 server pair
