namespace SchemaToolkit.Testing

open System
open System.IO
open System.Text.Json
open System.Text.RegularExpressions

/// PostgreSQL's programs on this machine.
[<RequireQualifiedAccess>]
type PostgresInstallation =
    {
        Major: int
        Version: string
        /// The folder with `initdb` and `postgres`.
        Bin: string
        /// Where it was found, for people.
        Source: string
    }

/// Finds PostgreSQL: on PATH, where Debian puts it, and among the npm packages.
[<RequireQualifiedAccess>]
module PostgresInstallation =

    let private isBin folder =
        [ "initdb"; "postgres" ] |> List.forall (fun program -> File.Exists(Path.Combine(folder, program)))

    /// Takes `15.18` out of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
    let private numberIn (text: string) =
        let found = Regex.Match(text, @"\d+(\.\d+)?")
        if found.Success then Some found.Value else None

    let private describe source bin version =
        let major: string = Regex.Match(version, @"^\d+").Value

        { PostgresInstallation.Major = int major
          PostgresInstallation.Version = version
          PostgresInstallation.Bin = bin
          PostgresInstallation.Source = source }

    let private installed source bin =
        Command.run (Path.Combine(bin, "postgres")) [ "--version" ] [] bin
        |> _.GetAwaiter().GetResult()
        |> function
            | Ok text -> numberIn text |> Option.map (describe source bin)
            | Error _ -> None

    let private onPath () =
        Command.find "postgres"
        |> Option.map (fun program ->
            match File.ResolveLinkTarget(program, true) with
            | null -> program
            | target -> target.FullName)
        |> Option.bind (Path.GetDirectoryName >> Option.ofObj)
        |> Option.filter isBin
        |> Option.toList
        |> List.choose (installed "on PATH")

    let private debian () =
        let place = "/usr/lib/postgresql"

        if Directory.Exists place then
            Directory.EnumerateDirectories place
            |> Seq.map (fun version -> Path.Combine(version, "bin"))
            |> Seq.filter isBin
            |> Seq.choose (installed "Debian's packages")
            |> Seq.sortByDescending _.Major
            |> List.ofSeq
        else
            []

    let private npm () =
        [ 18; 17; 16 ]
        |> List.choose (fun major -> NodeModules.package $"postgres-{major}")
        |> List.choose (fun package ->
            let bin = Path.Combine(package, "native", "bin")

            if isBin bin then
                // 18.4.0-beta.17 is PostgreSQL 18.4, packed for the 17th time.
                numberIn (NodeModules.version package) |> Option.map (describe "npm" bin)
            else
                None)

    let private found =
        lazy
            (if OperatingSystem.IsWindows() then
                 []
             else
                 onPath () @ debian () @ npm () |> List.distinctBy _.Bin)

    /// Every installation, the preferred one first.
    let all () = found.Value

    /// npm packages hold no links; their package lists them, and makes them in an install script that is often switched off.
    let internal hydrate (installation: PostgresInstallation) =
        let native = Path.GetFullPath(Path.Combine(installation.Bin, ".."))
        let list = Path.Combine(native, "pg-symlinks.json")

        if File.Exists list then
            let package = Path.GetFullPath(Path.Combine(native, ".."))
            use document = JsonDocument.Parse(File.ReadAllText list)

            for link in document.RootElement.EnumerateArray() do
                let full (property: string) = Path.Combine(package, string (link.GetProperty(property).GetString()))

                let target = full "source"
                let place = full "target"

                if not (File.Exists place) then
                    try
                        let folder = string (Path.GetDirectoryName place)

                        File.CreateSymbolicLink(place, Path.GetRelativePath(folder, target)) |> ignore
                    with :? IOException when File.Exists place ->
                        // Another test program made it in between.
                        ()
