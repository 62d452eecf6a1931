// `dotnet fsi tests/mutants.fsx`: puts faults into a copy of the source, each behind a switch, and asks the laws, the engines
// and the corpus to find one after another. Exits 1 when a fault survives, when a fault no longer fits the source, or when
// something breaks without any fault. Arguments take only the faults whose project ends with one of them or whose name holds it.
// SQLite is built in; PostgreSQL is found as the tests find it (SCHEMATOOLKIT_TEST_POSTGRES, or an installation here).

#load "mutants/mutants.fsx"

open System
open System.Diagnostics
open System.IO
open Mutant
open Mutants

let root = Path.GetFullPath(Path.Combine(__SOURCE_DIRECTORY__, ".."))
let copy = Directory.CreateTempSubdirectory("mutants").FullName

let wanted =
    match fsi.CommandLineArgs |> List.ofArray |> List.tail with
    | [] -> mutants
    | texts ->
        mutants
        |> List.filter (fun m -> texts |> List.exists (fun text -> m.Project.EndsWith text || m.Name.Contains text))

let start folder (file: string) (arguments: string list) =
    let info = ProcessStartInfo(file, arguments, WorkingDirectory = folder, RedirectStandardOutput = true)

    for name, value in [ "MSBUILDDISABLENODEREUSE", "1"; "UseSharedCompilation", "false"; "DOTNET_NOLOGO", "1" ] do
        info.Environment[name] <- value

    Process.Start info

let output folder file arguments =
    use child = start folder file arguments
    let text = child.StandardOutput.ReadToEnd()
    child.WaitForExit()

    if child.ExitCode <> 0 then
        failwith $"""`{file} {String.concat " " arguments}` exited {child.ExitCode}:{Environment.NewLine}{text}"""

    text

/// What git knows or would take, and the packages.
let copySource () =
    let listed = output root "git" [ "ls-files"; "-co"; "--exclude-standard" ]

    for file in listed.Split('\n', StringSplitOptions.RemoveEmptyEntries) do
        let source, target = Path.Combine(root, file), Path.Combine(copy, file)

        if File.Exists source then
            Directory.CreateDirectory(string (Path.GetDirectoryName target)) |> ignore
            File.Copy(source, target)

    let packages = Path.Combine(root, ".paket")

    if not (Directory.Exists(Path.Combine(packages, "feed"))) then
        failwith "The packages are not there: run `dotnet fsi build.fsx restore` first."

    Directory.CreateSymbolicLink(Path.Combine(copy, ".paket"), packages) |> ignore

let core = Path.Combine(copy, "src", "SchemaToolkit.Core")

/// The switch: the first file of the first project.
let addSwitch () =
    File.WriteAllText(
        Path.Combine(core, "Fault.fs"),
        "module SchemaToolkit.Fault\n\n/// 0: none.\nlet mutable active = 0\nlet isOn number = active = number\n"
    )

    let project = Path.Combine(core, "SchemaToolkit.Core.fsproj")
    let first = "<Compile Include=\"Name.fs\" />"

    File.WriteAllText(
        project,
        File.ReadAllText(project).Replace(first, $"<Compile Include=\"Fault.fs\" />\n    {first}")
    )

/// Puts a fault behind its number, counted from 1. Error: why it does not fit.
let plant (number: int) (mutant: Mutant) : Result<unit, string> =
    let file = Path.Combine(copy, "src", mutant.Project, mutant.File)
    let source = File.ReadAllText file
    let find = if mutant.Find.Contains '⟦' then mutant.Find else $"⟦{mutant.Find}⟧"
    let opening, closing = find.IndexOf '⟦', find.IndexOf '⟧'

    let before, expression, after =
        find[.. opening - 1], find[opening + 1 .. closing - 1], find[closing + 1 ..]

    match source.Split(before + expression + after).Length - 1 with
    | 1 ->
        let switch = $"(if SchemaToolkit.Fault.isOn {number} then ({mutant.Replace}) else ({expression}))"
        File.WriteAllText(file, source.Replace(before + expression + after, before + switch + after))
        Ok()
    | count -> Error $"its text stands {count} times in {mutant.File}"

let build () =
    output copy "dotnet" [ "tool"; "restore" ] |> ignore
    output copy "dotnet" [ "paket"; "restore"; "--silent" ] |> ignore

    output
        copy
        "dotnet"
        [ "build"
          "tests/mutants/Runner/Runner.fsproj"
          "-v"
          "q"
          "-nologo"
          "-p:TreatWarningsAsErrors=false" ]
    |> ignore

let runner = Path.Combine(copy, "tests", "mutants", "Runner", "bin", "Debug", "net10.0", "Runner.dll")

/// Lines of number, `killed` or `held`, and what was found. A fault without end takes the process with it; the rest get another.
let rec search (rest: (int * string list) list) : (int * bool * string) list =
    if rest.IsEmpty then
        []
    else
        let plan = Path.Combine(copy, "plan.txt")

        File.WriteAllLines(
            plan,
            rest |> List.map (fun (number, finders) -> String.concat "\t" (string number :: finders))
        )

        use child = start copy "dotnet" [ runner; plan ]

        let found =
            [ let mutable line = child.StandardOutput.ReadLine()

              while not (isNull line) do
                  match line.Split '\t' with
                  | [| number; verdict; what |] ->
                      let name = if number = "0" then "no fault" else wanted[int number - 1].Name
                      printfn $"%-8s{verdict}%-75s{name} {what}"
                      int number, (verdict = "killed"), what
                  | _ -> ()

                  line <- child.StandardOutput.ReadLine() ]

        child.WaitForExit()

        match List.skip found.Length rest with
        | [] -> found
        | (number, _) :: left when found.IsEmpty -> (number, true, "the process died") :: search left
        | left -> found @ search left

let verdicts, misfits =
    try
        copySource ()
        addSwitch ()

        let planted = wanted |> List.mapi (fun i mutant -> i + 1, mutant, plant (i + 1) mutant)

        build ()

        let misfits =
            [ for _, mutant, result in planted do
                  match result with
                  | Ok() -> ()
                  | Error reason ->
                      printfn $"MISFIT  {mutant.Name}: {reason}"
                      mutant ]

        let sound = wanted |> List.map _.Finders |> List.distinct |> List.map (fun finders -> 0, finders)

        match search sound |> List.tryFind (fun (_, broken, _) -> broken) with
        | Some(_, _, what) -> failwith $"Without any fault something breaks: {what}"
        | None -> ()

        search
            [ for number, mutant, result in planted do
                  if result.IsOk then
                      number, mutant.Finders ],
        misfits
    finally
        Directory.Delete(copy, true)

let killed = verdicts |> List.filter (fun (_, killed, _) -> killed) |> List.length
printfn $"{killed} of {wanted.Length} faults found"
exit (if killed = wanted.Length && misfits.IsEmpty && killed > 0 then 0 else 1)
