module SchemaToolkit.Tests.Cli.InterruptTests

open System
open System.Diagnostics
open System.IO
open System.Threading.Tasks
open Expecto
open Npgsql
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// What a shell starts in the background ignores SIGINT, and so does all that it starts.
let private ignoresInterrupts () =
    File.Exists "/proc/self/status"
    && File.ReadLines "/proc/self/status"
       |> Seq.exists (fun line ->
           line.StartsWith("SigIgn:", StringComparison.Ordinal)
           && (Convert.ToUInt64(line.Substring(7).Trim(), 16) &&& 2UL) <> 0UL)

/// The program itself, so that a signal reaches it; Kill is the system's own.
let private start (arguments: string list) =
    let program, before =
        if ignoresInterrupts () then
            "env", [ "--default-signal=INT"; "dotnet" ]
        else
            "dotnet", []

    let info =
        ProcessStartInfo(program, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false)

    for argument in before @ SchemaCommand.program :: arguments do
        info.ArgumentList.Add argument

    Process.Start info |> Unchecked.nonNull

let private signal (name: string) (child: Process) =
    use kill = Process.Start("kill", [ $"-{name}"; string child.Id ])
    kill.WaitForExit()

let private ended (child: Process) =
    task {
        let! output = child.StandardOutput.ReadToEndAsync()
        let! errors = child.StandardError.ReadToEndAsync()
        do! child.WaitForExitAsync()
        return child.ExitCode, output, errors
    }

/// Until the condition holds; half a minute at most.
let private eventually (what: string) (condition: unit -> Task<bool>) =
    task {
        let watch = Stopwatch.StartNew()
        let! first = condition ()
        let mutable holds = first

        while not holds && watch.Elapsed < TimeSpan.FromSeconds 30.0 do
            do! Task.Delay 50
            let! now = condition ()
            holds <- now

        Expect.isTrue holds what
    }

let private slow seconds = SchemaCommand.file ".sql" $"CREATE TABLE t (a int);\nSELECT pg_sleep({seconds});"

let private loading (server: string) (seconds: int) =
    let file = slow seconds
    start [ "diff"; "--from"; file; "--to"; file; "--server"; server ]

/// The script is at its `pg_sleep`.
let private isAsleep (server: string) (count: int) () =
    task {
        use connection = new NpgsqlConnection(server)
        do! connection.OpenAsync()

        use command =
            new NpgsqlCommand(
                "SELECT count(*)::int FROM pg_stat_activity WHERE datname LIKE 'schematoolkit_scratch_%' AND query LIKE '%pg_sleep%'",
                connection
            )

        let! found = command.ExecuteScalarAsync()
        return unbox<int> found = count
    }

let private nothingLeft (server: string) =
    task {
        let! left = SchemaCommand.scratchDatabases server
        Expect.isEmpty left "no scratch database"
    }

let private stopped =
    testList
        "a signal ends a run that has dropped its scratch database"
        [ for name in [ "INT"; "TERM" ] do
              OnEngines.only Engine.Postgres $"SIG{name}" (fun database ->
                  task {
                      let server = database.ConnectionString
                      use child = loading server 60
                      do! eventually "the script is being loaded" (isAsleep server 1)
                      signal name child
                      let! code, output, errors = ended child
                      Expect.equal (code, output) (1, "") "it fails"
                      Expect.equal (errors.Trim()) "error: stopped; nothing was left behind on the server" "said"
                      do! nothingLeft server
                  }) ]

let private killed =
    OnEngines.only Engine.Postgres "what a killed run leaves, the next one drops" (fun database ->
        task {
            let server = database.ConnectionString
            use child = loading server 60
            do! eventually "the script is being loaded" (isAsleep server 1)
            signal "KILL" child
            let! _ = ended child
            let! left = SchemaCommand.scratchDatabases server
            Expect.hasLength left 1 "its scratch database is there"

            // The server notices in a moment that nobody is there any more.
            let swept () =
                task {
                    let file = SchemaCommand.file ".sql" "SELECT 1;"

                    let! code, _, errors =
                        SchemaCommand.run [ "diff"; "--from"; file; "--to"; file; "--server"; server ]

                    Expect.equal (code, errors) (0, "") "the next run works"
                    let! now = SchemaCommand.scratchDatabases server
                    return now.IsEmpty
                }

            do! eventually "swept" swept
        })

let private together =
    OnEngines.only Engine.Postgres "two runs at once leave each other's scratch databases alone" (fun database ->
        task {
            let server = database.ConnectionString
            use first = loading server 3
            do! eventually "the first is at it" (isAsleep server 1)
            use second = loading server 3
            do! eventually "both are at it" (isAsleep server 2)
            let! outcomes = Task.WhenAll [ ended first; ended second ]

            for outcome in outcomes do
                Expect.equal outcome (0, "", "") "it works"

            do! nothingLeft server
        })

[<Tests>]
let tests = testSequenced <| testList "interrupted runs" [ stopped; killed; together ]
