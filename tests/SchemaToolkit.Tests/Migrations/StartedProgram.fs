/// The test program in another role: a program that starts a plugin, for tests that need real processes.
module SchemaToolkit.Tests.Migrations.StartedProgram

open System
open System.Diagnostics
open System.Threading
open SchemaToolkit

/// `--start-plugin CONNECTION PLUGIN [TEXT]`; with a text, the program is killed before the first statement that holds it.
[<Literal>]
let Flag = "--start-plugin"

let private describe (outcome: MigrationOutcome) =
    match outcome with
    | MigrationOutcome.UpToDate -> "up-to-date"
    | MigrationOutcome.Applied plan -> $"applied {plan.Steps.Length}"
    | MigrationOutcome.Recorded _ -> "recorded"
    | MigrationOutcome.OlderProgram _ -> "older"
    | MigrationOutcome.Failed error -> $"failed {MigrationError.describe error}"

let private killedBefore (text: string) (event: MigrationEvent) =
    match event with
    | MigrationEvent.Running(_, statement) when statement.Contains text ->
        use me = Process.GetCurrentProcess()
        me.Kill()
        Thread.Sleep Timeout.Infinite
    | MigrationEvent.Running _
    | MigrationEvent.Waiting _
    | MigrationEvent.Planned _
    | MigrationEvent.Finished _ -> ()

/// Says `ready`, waits for a line so that many can start at one instant, starts, and says what became of it.
let private start (connection: string) (plugin: string) (observe: MigrationEvent -> unit) =
    let options =
        { ToolkitOptions.forApp "started-program" with
            Database = Some connection
            Announce = ignore }
        |> ToolkitOptions.stage Stage.Production
        |> ToolkitOptions.observing observe

    let patient =
        { options with
            Migration = { options.Migration with LockTimeout = TimeSpan.FromMinutes 5.0 } }

    Console.Out.WriteLine "ready"
    Console.Out.Flush()
    Console.In.ReadLine() |> ignore

    match (Toolkit.tryStart patient (Declared.byName plugin) CancellationToken.None).GetAwaiter().GetResult() with
    | Ok started ->
        for outcome in started.Report.Outcomes do
            Console.Out.WriteLine(describe outcome.Outcome)

        0
    | Error failure ->
        for outcome in failure.Report.Outcomes do
            Console.Out.WriteLine(describe outcome.Outcome)

        1

/// The exit code, when the arguments ask for this role.
let tryRun (arguments: string array) : int option =
    match List.ofArray arguments with
    | [ Flag; connection; plugin ] -> Some(start connection plugin ignore)
    | [ Flag; connection; plugin; text ] -> Some(start connection plugin (killedBefore text))
    | _ -> None
