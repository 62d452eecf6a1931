namespace SchemaToolkit.Testing

open System
open System.ComponentModel
open System.Diagnostics
open System.IO

/// Programs that are run to their end.
[<RequireQualifiedAccess>]
module internal Command =

    /// The first file of that name on PATH.
    let find (program: string) =
        match Environment.GetEnvironmentVariable "PATH" with
        | null -> None
        | path ->
            path.Split Path.PathSeparator
            |> Seq.filter (String.IsNullOrWhiteSpace >> not)
            |> Seq.map (fun folder -> Path.Combine(folder, program))
            |> Seq.tryFind File.Exists

    /// Runs a program; its standard output, or what went wrong with everything it said.
    let run (program: string) (arguments: string list) (environment: (string * string) list) (folder: string) =
        task {
            let info =
                ProcessStartInfo(
                    program,
                    arguments,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    RedirectStandardInput = true,
                    WorkingDirectory = folder
                )

            for key, value in environment do
                info.Environment[key] <- value

            try
                match Process.Start info with
                | null -> return Error $"{program} could not be started."
                | started ->
                    use running = started
                    running.StandardInput.Close()
                    let output = running.StandardOutput.ReadToEndAsync()
                    let errors = running.StandardError.ReadToEndAsync()
                    do! running.WaitForExitAsync()
                    let! output = output
                    let! errors = errors

                    return
                        if running.ExitCode = 0 then
                            Ok output
                        else
                            Error $"{program} ended with {running.ExitCode}: {errors.Trim()} {output.Trim()}"
            with :? Win32Exception as error ->
                return Error $"{program} could not be started: {error.Message}"
        }
