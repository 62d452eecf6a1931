/// Runs every `[<Tests>]` value of this program. The closing line is what build.fsx and CI read.
module SchemaToolkit.Tests.Main

open System
open System.IO
open Expecto
open Expecto.Impl
open SchemaToolkit.Testing

/// Straight to the stream: Expecto's own writer would add colour codes.
let private writeLine (line: string) =
    use writer = new StreamWriter(Console.OpenStandardOutput())
    writer.WriteLine line

let private close (code: int) (summary: TestRunSummary) =
    let passed = List.length summary.passed
    let failed = List.length summary.failed + List.length summary.errored
    let missing = EnginesUsed.missing ()

    // Ends the line on which Expecto left its last colour code.
    writeLine ""

    if passed + failed = 0 then
        writeLine "No test ran: nothing was selected, which is not the same as nothing failed."

    for engine, found in TestDatabase.available () do
        if List.contains engine missing then
            let why =
                match found with
                | Availability.Available _ -> "no test used it"
                | Availability.Missing reason -> reason

            writeLine $"SCHEMATOOLKIT_TESTS_REQUIRE names {Engine.name engine}: {why}"

    writeLine (EnginesUsed.summary ())
    writeLine $"{passed} passed, {failed} failed, {List.length summary.ignored} skipped"

    if code = 0 && (passed + failed = 0 || not (List.isEmpty missing)) then
        1
    else
        code

let private run args =
    let summary = ref None
    let keep = SummaryHandler.SummaryHandler(fun found -> summary.Value <- Some found)

    let options =
        [ CLIArguments.No_Spinner
          CLIArguments.Colours 0
          CLIArguments.Parallel
          CLIArguments.Parallel_Workers 2
          CLIArguments.Append_Summary_Handler keep ]

    let code = runTestsInAssemblyWithCLIArgs options args

    match summary.Value with
    | Some summary -> close code summary
    // Only listed, or the arguments were wrong.
    | None -> code

[<EntryPoint>]
let main args =
    match Migrations.StartedProgram.tryRun args with
    | Some code -> code
    | None ->
        try
            // A misspelt name must not come to light only after the tests.
            EnginesUsed.required () |> ignore
            run args
        with :? InvalidOperationException as error ->
            eprintfn $"{error.Message}"
            2
