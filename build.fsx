// The build: `dotnet fsi build.fsx VERB`. Needs only the .NET SDK; each verb restores and builds what it needs.
// A step returns a proof that the next one takes, so a wrong order does not compile.

open System
open System.Diagnostics
open System.IO
open System.Runtime.InteropServices
open System.Security.Cryptography
open System.Text.RegularExpressions

let root = __SOURCE_DIRECTORY__
let path (parts: string list) = Path.Combine(Array.ofList (root :: parts))

/// A step that could not be done; the message says which command and how it ended.
exception StepFailed of message: string

module Command =
    let private info (environment: (string * string) list) (file: string) (arguments: string list) =
        let info = ProcessStartInfo(file, arguments, WorkingDirectory = root, UseShellExecute = false)

        // No compiler or build server may outlive the build.
        for name, value in
            [ "MSBUILDDISABLENODEREUSE", "1"
              "UseSharedCompilation", "false"
              "DOTNET_CLI_TELEMETRY_OPTOUT", "1"
              "DOTNET_NOLOGO", "1"
              yield! environment ] do
            info.Environment[name] <- value

        info

    /// Runs a command on this console; the result is its exit code.
    let run environment file arguments =
        use child = Process.Start(info environment file arguments)
        child.WaitForExit()
        child.ExitCode

    /// Runs a command and hands each line it prints to `onLine`.
    let runReading (onLine: string -> unit) file arguments =
        let info = info [] file arguments
        info.RedirectStandardOutput <- true
        use child = Process.Start info
        let mutable line = child.StandardOutput.ReadLine()

        while not (isNull line) do
            onLine line
            line <- child.StandardOutput.ReadLine()

        child.WaitForExit()
        child.ExitCode

    let dotnet arguments =
        match run [] "dotnet" arguments with
        | 0 -> ()
        | code -> raise (StepFailed $"""`dotnet {String.concat " " arguments}` exited {code}.""")

/// Paket ignores nuget.config, so it reads a folder that NuGet's own client fills from the sources this machine knows.
module Feed =
    let folder = path [ ".paket"; "feed" ]
    let private lock = path [ "paket.lock" ]
    let private stamp = path [ ".paket"; "feed.stamp" ]
    let private hash () = File.ReadAllBytes lock |> SHA256.HashData |> Convert.ToHexString

    let private fill (properties: string) (items: string list) =
        let project = path [ ".paket"; "fill"; "fill.csproj" ]
        Directory.CreateDirectory(Path.GetDirectoryName project) |> ignore

        File.WriteAllText(
            project,
            $"""<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework>{properties}</PropertyGroup>
  <ItemGroup>{String.concat "\n" items}</ItemGroup>
</Project>"""
        )

        Command.dotnet [ "restore"; project; "--packages"; folder; "-v"; "q"; "--force" ]

    /// Exactly the packages of paket.lock. Nothing to do when they are there already.
    let fromLock () =
        if not (File.Exists stamp && File.ReadAllText stamp = hash ()) then
            [ for line in File.ReadLines lock do
                  let hit = Regex.Match(line, @"^    (\S+) \(([^)]+)\)")

                  if hit.Success then
                      $"""<PackageDownload Include="{hit.Groups[1].Value}" Version="[{hit.Groups[2].Value}]" />""" ]
            |> fill ""

            File.WriteAllText(stamp, hash ())

    /// The compiler that makes programs start sooner (`src/Ahead.targets`): the runtime's own, and nice to have only.
    let compilerAhead () =
        let package = $"microsoft.netcore.app.crossgen2.{RuntimeInformation.RuntimeIdentifier}"

        if not (Directory.Exists(Path.Combine(folder, package, string Environment.Version))) then
            try
                fill "" [ $"""<PackageDownload Include="{package}" Version="[{Environment.Version}]" />""" ]
            with StepFailed _ ->
                eprintfn
                    $"build.fsx: {package} {Environment.Version} is not to be had; programs will take longer to start."

    /// The newest packages that paket.dependencies allows, with whatever they need.
    let fromDependencies () =
        if Directory.Exists folder then
            Directory.Delete(folder, true)

        File.Delete stamp

        [ for line in File.ReadLines(path [ "paket.dependencies" ]) do
              let hit = Regex.Match(line, @"^nuget (\S+) ~> (\d+\.\d+)")

              if hit.Success then
                  $"""<PackageReference Include="{hit.Groups[1].Value}" Version="{hit.Groups[2].Value}.*" />""" ]
        |> fill "<RestoreEnablePackagePruning>false</RestoreEnablePackagePruning>"

    let markComplete () = File.WriteAllText(stamp, hash ())

/// Passed, failed and skipped, as a test program's closing line says them.
type Tally =
    { Passed: int
      Failed: int
      Skipped: int }

    override tally.ToString() = $"{tally.Passed} passed, {tally.Failed} failed, {tally.Skipped} skipped"

module Tally =
    let zero = { Passed = 0; Failed = 0; Skipped = 0 }

    let add a b =
        { Passed = a.Passed + b.Passed
          Failed = a.Failed + b.Failed
          Skipped = a.Skipped + b.Skipped }

    let tryParse (line: string) =
        // A console runner may leave a colour code before the text.
        let hit = Regex.Match(line, @"^(?:\x1b\[[0-9;]*m)*(\d+) passed, (\d+) failed, (\d+) skipped$")
        let number (index: int) = int hit.Groups[index].Value

        if hit.Success then
            Some { Passed = number 1; Failed = number 2; Skipped = number 3 }
        else
            None

module Step =
    type Restored = private | Restored
    type Built = private | Built
    type Published = private | Published

    let private solution = path [ "Toolkit.sln" ]
    let private quiet = [ "-c"; "Release"; "-nologo"; "-v"; "q" ]

    let private program name = path [ "tests"; name; "bin"; "Release"; "net10.0"; name + ".dll" ]

    let restore () =
        Feed.fromLock ()
        Feed.compilerAhead ()
        Command.dotnet [ "tool"; "restore"; "-v"; "q" ]
        Command.dotnet [ "paket"; "restore"; "--silent" ]
        Command.dotnet [ "restore"; solution; "-nologo"; "-v"; "q" ]
        Restored

    let update () =
        Feed.fromDependencies ()
        Command.dotnet [ "tool"; "restore"; "-v"; "q" ]
        Command.dotnet [ "paket"; "update" ]
        Feed.markComplete ()

    let build Restored =
        Command.dotnet [ "build"; solution; "--no-restore"; yield! quiet ]
        Built

    /// The front door with all it needs in one folder, where scripts look for it.
    let publish Built =
        let project = path [ "src"; "SchemaToolkit"; "SchemaToolkit.fsproj" ]
        Command.dotnet [ "publish"; project; "--no-build"; "-o"; path [ "artifacts"; "lib" ]; yield! quiet ]
        Published

    let run Published (database: string option) =
        let environment = [ for value in Option.toList database -> "SCHEMATOOLKIT_DATABASE", value ]
        Command.run environment "dotnet" [ "fsi"; path [ "scripts"; "02-user-preferences.fsx" ] ]

    /// One after another: the machine's engines are shared. The last line printed is the sum.
    let test Published =
        let outcomes =
            [ for name in [ "SchemaToolkit.Tests"; "SchemaToolkit.Fluent.Tests" ] do
                  let mutable tally = None

                  let onLine line =
                      match Tally.tryParse line with
                      | Some found ->
                          tally <- Some found
                          Console.Out.WriteLine $"{name}: {found}"
                      | None -> Console.Out.WriteLine line

                  let code = Command.runReading onLine "dotnet" [ program name ]
                  let tally = defaultArg tally Tally.zero

                  if code <> 0 then
                      Console.Error.WriteLine $"{name} exited {code}."

                  if tally.Passed = 0 then
                      Console.Error.WriteLine $"{name} reported no passed test."

                  // A program that crashed, ran nothing or missed a required engine is a failure of its own.
                  if tally.Failed = 0 && (code <> 0 || tally.Passed = 0) then
                      { tally with Failed = 1 }
                  else
                      tally ]

        Console.Error.Flush()
        let total = List.fold Tally.add Tally.zero outcomes
        Console.Out.WriteLine total
        if total.Failed = 0 then 0 else 1

    let bench Built (arguments: string list) =
        let arguments =
            match arguments with
            | "catalog" :: _ -> arguments
            | _ ->
                [ if not (List.contains "--filter" arguments) then
                      yield! [ "--filter"; "*" ]
                  yield! [ "--artifacts"; path [ "artifacts"; "benchmarks" ] ]
                  yield! arguments ]

        Command.run [] "dotnet" (program "SchemaToolkit.Benchmarks" :: arguments)

    let format Restored (check: bool) =
        let sources =
            [ "src"; "tests"; "scripts"; "build.fsx" ] |> List.filter (fun name -> Path.Exists(path [ name ]))

        let fsharp =
            Command.run
                []
                "dotnet"
                [ "fantomas"
                  yield! sources
                  if check then
                      "--check" ]

        let csharp =
            [ path [ "src"; "SchemaToolkit.Fluent" ]; path [ "tests"; "SchemaToolkit.Fluent.Tests" ] ]
            |> List.map (fun project ->
                let verify = if check then [ "--verify-no-changes" ] else []
                Command.run [] "dotnet" [ "format"; project; "--no-restore"; yield! verify ])

        List.max (fsharp :: csharp)

    let pack Built =
        Command.dotnet [ "pack"; solution; "--no-build"; "-o"; path [ "artifacts"; "packages" ]; yield! quiet ]

    let clean () =
        [ path [ "artifacts" ]
          for area in [ "src"; "tests" ] do
              for project in Directory.GetDirectories(path [ area ]) do
                  Path.Combine(project, "bin")
                  Path.Combine(project, "obj") ]
        |> List.filter Directory.Exists
        |> List.iter (fun folder -> Directory.Delete(folder, true))

let usage =
    """usage: dotnet fsi build.fsx VERB

  run [--database CONN]   the guide's plugin, whole: on SQLite, or on the database CONN
  test                    every test; the last line says how many passed, failed, were skipped
  bench [ARGS]            the benchmarks; ARGS go to BenchmarkDotNet (default: --filter *);
                          bench catalog [TABLES …]: reading databases, as multiples of pg_dump
  format [--check]        format F# and C#; with --check only say whether it is
  pack                    NuGet packages into artifacts/packages
  restore, build, publish the steps the others are made of
  update                  newest packages that paket.dependencies allows, into paket.lock
  clean                   delete what was built"""

let built = Step.restore >> Step.build
let published = built >> Step.publish

let dispatch arguments =
    match arguments with
    | [ "restore" ] ->
        Step.restore () |> ignore
        0
    | [ "build" ] ->
        built () |> ignore
        0
    | [ "publish" ] ->
        published () |> ignore
        0
    | [ "run" ] -> Step.run (published ()) None
    | [ "run"; "--database"; connection ] -> Step.run (published ()) (Some connection)
    | [ "test" ] -> Step.test (published ())
    | "bench" :: rest -> Step.bench (built ()) rest
    | [ "format" ] -> Step.format (Step.restore ()) false
    | [ "format"; "--check" ] -> Step.format (Step.restore ()) true
    | [ "pack" ] ->
        Step.pack (built ())
        0
    | [ "update" ] ->
        Step.update ()
        0
    | [ "clean" ] ->
        Step.clean ()
        0
    | _ ->
        eprintfn "%s" usage
        2

let code =
    try
        dispatch (List.tail (List.ofArray fsi.CommandLineArgs))
    with StepFailed message ->
        eprintfn "build.fsx: %s" message
        1

exit code
