// `dotnet fsi tests/mutants.fsx`: puts one fault after another into a copy of the diff and asks the laws to find it.
// Exits 1 when a fault survives, when a fault no longer fits the source, or when the laws do not hold without one.
// An argument runs only the faults whose name holds it.

#load "mutants/mutants.fsx"

open System
open System.Diagnostics
open System.IO
open Mutants

let root = Path.GetFullPath(Path.Combine(__SOURCE_DIRECTORY__, ".."))
let cases = "3000"
let copy = Directory.CreateTempSubdirectory("mutants").FullName

let run (file: string) (arguments: string list) =
    let info = ProcessStartInfo(file, arguments, WorkingDirectory = copy, RedirectStandardOutput = true)
    info.Environment["MSBUILDDISABLENODEREUSE"] <- "1"
    info.Environment["DOTNET_NOLOGO"] <- "1"
    use child = Process.Start info
    let output = child.StandardOutput.ReadToEnd()
    child.WaitForExit()
    child.ExitCode, output.Trim()

/// Files that a project compiles, in its order.
let compiled (project: string) =
    File.ReadAllLines project
    |> Array.choose (fun line ->
        match line.Split '"' with
        | parts when line.Contains "<Compile Include=" -> Some parts[1]
        | _ -> None)
    |> List.ofArray

let copyFile (source: string) (target: string) =
    Directory.CreateDirectory(string (Path.GetDirectoryName target)) |> ignore
    File.Copy(source, target, true)

let library (package: string) framework =
    let folder = Path.Combine(root, ".paket", "feed", package)

    (if Directory.Exists folder then
         Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories)
     else
         [||])
    |> Array.tryFind (fun file ->
        file.Contains $"{Path.DirectorySeparatorChar}{framework}{Path.DirectorySeparatorChar}F")
    |> function
        | Some file -> file
        | None -> failwith $"The package {package} is not there: run `dotnet fsi build.fsx restore` first."

let project name output files references =
    let compile =
        files |> List.map (fun file -> $"""    <Compile Include="{file}" />""") |> String.concat "\n"

    let fsharp = library "fsharp.core" "net10.0"
    let fscheck = library "fscheck" "net8.0"

    File.WriteAllText(
        Path.Combine(copy, name, $"{name}.fsproj"),
        $"""<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>{output}</OutputType>
    <Nullable>enable</Nullable>
    <DisableImplicitFSharpCoreReference>true</DisableImplicitFSharpCoreReference>
    <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
    <Optimize>false</Optimize>
    <DebugType>none</DebugType>
    <NoWarn>$(NoWarn);NU1510;FS3261</NoWarn>
  </PropertyGroup>
  <ItemGroup>
{compile}
    <Reference Include="FSharp.Core" HintPath="{fsharp}" />
    <Reference Include="FsCheck" HintPath="{fscheck}" />
{references}
  </ItemGroup>
</Project>"""
    )

let coreSource = Path.Combine(root, "src", "SchemaToolkit.Core")
let coreCopy = Path.Combine(copy, "SchemaToolkit.Core")

/// Laws that need no engine.
let isPure (file: string) =
    file.StartsWith "Laws/"
    && not (
        List.contains
            file
            [ "Laws/Observe.fs"
              "Laws/EngineOracle.fs"
              "Laws/SeedRows.fs"
              "Laws/SeedFit.fs"
              "Laws/Survivors.fs"
              "Laws/SeedValue.fs" ]
    )

let prepare () =
    let core = compiled (Path.Combine(coreSource, "SchemaToolkit.Core.fsproj"))

    for file in core do
        copyFile (Path.Combine(coreSource, file)) (Path.Combine(coreCopy, file))

    project "SchemaToolkit.Core" "Library" core ""
    let testing = Path.Combine(root, "src", "SchemaToolkit.Testing")
    let laws = compiled (Path.Combine(testing, "SchemaToolkit.Testing.fsproj")) |> List.filter isPure

    for file in laws do
        copyFile (Path.Combine(testing, file)) (Path.Combine(copy, "Laws", file))

    copyFile (Path.Combine(root, "tests", "mutants", "Program.fs")) (Path.Combine(copy, "Laws", "Program.fs"))

    project
        "Laws"
        "Exe"
        (laws @ [ "Program.fs" ])
        """    <ProjectReference Include="../SchemaToolkit.Core/SchemaToolkit.Core.fsproj" />"""

let build () =
    match run "dotnet" [ "build"; "Laws"; "-v"; "q"; "-nologo"; "-p:TreatWarningsAsErrors=false" ] with
    | 0, _ -> ()
    | _, output -> failwith $"The copy does not build:\n{output}"

let runLaws () = run "dotnet" [ Path.Combine(copy, "Laws", "bin", "Debug", "net10.0", "Laws.dll"); cases ]

type Verdict =
    | Killed of law: string
    | Survived
    | Misfit of reason: string

let examine (mutant: Mutant) =
    let file = Path.Combine(coreCopy, mutant.File)
    let original = File.ReadAllText(Path.Combine(coreSource, mutant.File))

    match original.Split(mutant.Find).Length - 1 with
    | 1 ->
        try
            File.WriteAllText(file, original.Replace(mutant.Find, mutant.Replace))
            build ()

            match runLaws () with
            | 0, _ -> Survived
            | _, output -> Killed(output.Split('\n') |> Array.last)
        finally
            File.WriteAllText(file, original)
    | count -> Misfit $"its text stands {count} times in {mutant.File}"

let wanted =
    match fsi.CommandLineArgs |> List.ofArray with
    | _ :: text :: _ -> mutants |> List.filter (fun m -> m.Name.Contains text)
    | _ -> mutants

let verdicts =
    try
        prepare ()
        build ()

        match runLaws () with
        | 0, _ -> ()
        | _, output -> failwith $"The laws do not hold without any fault: {output}"

        [ for mutant in wanted do
              let verdict = examine mutant

              match verdict with
              | Killed law -> printfn $"killed    %-66s{mutant.Name} {law}"
              | Survived -> printfn $"SURVIVED  {mutant.Name}"
              | Misfit reason -> printfn $"MISFIT    {mutant.Name}: {reason}"

              verdict ]
    finally
        Directory.Delete(copy, true)

let killed = verdicts |> List.filter _.IsKilled |> List.length
printfn $"{killed} of {verdicts.Length} faults found by the laws"
exit (if killed = verdicts.Length && killed > 0 then 0 else 1)
