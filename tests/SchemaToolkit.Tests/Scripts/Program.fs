namespace SchemaToolkit.Tests.Scripts

open System
open System.Diagnostics
open System.IO
open System.Threading.Tasks
open Expecto

/// What a program printed, and how it ended.
type Ran =
    { Code: int
      Output: string
      Errors: string }

    member this.LastLine =
        this.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries ||| StringSplitOptions.TrimEntries)
        |> Array.tryLast
        |> Option.defaultValue ""

    override this.ToString() = $"exit code {this.Code}\n{this.Output}\n{this.Errors}"

/// Runs the repository's scripts as a person would, but where nobody's settings and files reach them.
[<RequireQualifiedAccess>]
module Program =
    /// The folder of the solution.
    let root =
        let rec up (folder: DirectoryInfo | null) =
            match folder with
            | null -> failwith "The tests are not run from inside the repository."
            | folder when File.Exists(Path.Combine(folder.FullName, "Toolkit.sln")) -> folder.FullName
            | folder -> up folder.Parent

        up (DirectoryInfo AppContext.BaseDirectory)

    let path (parts: string list) = Path.Combine(Array.ofList (root :: parts))

    /// The library that scripts load; `build.fsx test` publishes it.
    let needsLibrary () =
        if not (File.Exists(path [ "artifacts"; "lib"; "SchemaToolkit.dll" ])) then
            skiptest "Nothing is published for scripts: dotnet fsi build.fsx publish"

    let private settings =
        [ "DOTNET_ENVIRONMENT"
          "ASPNETCORE_ENVIRONMENT"
          "SCHEMATOOLKIT_DATABASE"
          "POSTGRES_URL"
          "ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS" ]

    let private limit = TimeSpan.FromMinutes 5.0

    let runWith (environment: (string * string) list) (folder: string) (arguments: string list) : Task<Ran> =
        task {
            let info =
                ProcessStartInfo(
                    "dotnet",
                    arguments,
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    RedirectStandardInput = true
                )

            for name in settings do
                info.Environment.Remove name |> ignore

            for name, value in
                [ "DOTNET_NOLOGO", "1"
                  "DOTNET_CLI_TELEMETRY_OPTOUT", "1"
                  "MSBUILDDISABLENODEREUSE", "1"
                  "UseSharedCompilation", "false"
                  yield! environment ] do
                info.Environment[name] <- value

            use running = Process.Start info |> Unchecked.nonNull
            running.StandardInput.Close()
            let output = running.StandardOutput.ReadToEndAsync()
            let errors = running.StandardError.ReadToEndAsync()

            try
                do! running.WaitForExitAsync().WaitAsync limit
            with :? TimeoutException ->
                running.Kill(entireProcessTree = true)

            let! output = output
            let! errors = errors
            return { Code = running.ExitCode; Output = output; Errors = errors }
        }

    let run folder arguments = runWith [] folder arguments

    /// A folder of its own for a run, deleted afterwards.
    let inFolder (body: string -> Task<'T>) : Task<'T> =
        task {
            let folder = Directory.CreateTempSubdirectory "schematoolkit-script-"

            try
                return! body folder.FullName
            finally
                folder.Delete true
        }
