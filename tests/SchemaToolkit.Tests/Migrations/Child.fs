/// Processes that start a plugin (`StartedProgram`), as a test sees them.
[<RequireQualifiedAccess>]
module SchemaToolkit.Tests.Migrations.Child

open System
open System.Diagnostics
open System.IO
open System.Threading.Tasks
open SchemaToolkit.Tests.Migrations

/// What a process said after it was told to go, and how it ended.
type Ended = { Lines: string list; ExitCode: int }

let private info (arguments: string list) =
    let self = Environment.ProcessPath |> Option.ofObj |> Option.defaultValue "dotnet"

    let all =
        if Path.GetFileNameWithoutExtension self = "dotnet" then
            System.Reflection.Assembly.GetExecutingAssembly().Location :: arguments
        else
            arguments

    let info =
        ProcessStartInfo(
            self,
            all,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        )

    // Many of them run at once: each should cost little.
    for name, value in [ "DOTNET_gcConcurrent", "0"; "DOTNET_TieredPGO", "0" ] do
        info.Environment[name] <- value

    info

/// Starts a process and waits until it is ready to start the plugin.
let launch (connection: string) (plugin: string) (killedBefore: string option) =
    task {
        // Dozens of processes on a small machine connect slowly.
        let patient = if connection.Contains "Host=" then connection + ";Timeout=300" else connection
        let arguments = [ StartedProgram.Flag; patient; plugin ] @ Option.toList killedBefore

        match Process.Start(info arguments) with
        | null -> return failwith "The process did not start."
        | running ->
            match! running.StandardOutput.ReadLineAsync() with
            | "ready" -> return running
            | other ->
                let! errors = running.StandardError.ReadToEndAsync()
                return failwith $"The process said '{other}' instead of 'ready'. {errors}"
    }

let private finish (running: Process) =
    task {
        use running = running
        let! output = running.StandardOutput.ReadToEndAsync()
        let! errors = running.StandardError.ReadToEndAsync()
        do! running.WaitForExitAsync()

        return
            { Lines = List.ofArray ((output + errors).Split('\n', StringSplitOptions.RemoveEmptyEntries))
              ExitCode = running.ExitCode }
    }

/// Tells processes that are ready to go, and waits for the end of each.
let goTogether (ready: Process list) : Task<Ended list> =
    task {
        for running in ready do
            running.StandardInput.WriteLine "go"
            running.StandardInput.Flush()

        let! ended = ready |> List.map finish |> Task.WhenAll
        return List.ofArray ended
    }

/// The same plugin in many processes at one instant.
let together (count: int) (connection: string) (plugin: string) : Task<Ended list> =
    task {
        let ready = ResizeArray<Process>()

        // A few at a time: all at once they would only wait for the processor.
        for group in List.chunkBySize 8 [ 1..count ] do
            let! started = group |> List.map (fun _ -> launch connection plugin None) |> Task.WhenAll
            ready.AddRange started

        return! goTogether (List.ofSeq ready)
    }

/// One process, whole.
let run connection plugin killedBefore : Task<Ended> =
    task {
        let! ready = launch connection plugin killedBefore
        let! ended = goTogether [ ready ]
        return List.head ended
    }
