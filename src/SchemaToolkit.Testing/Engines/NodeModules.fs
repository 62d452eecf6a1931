namespace SchemaToolkit.Testing

open System
open System.IO
open System.Text.Json

/// The npm packages that bring engines: `node_modules` of the folder `tests/engines`.
[<RequireQualifiedAccess>]
module internal NodeModules =

    let variable = "SCHEMATOOLKIT_TEST_ENGINES"

    let advice = $"run `npm ci` in tests/engines, or name a folder with these packages in {variable}"

    let rec private climb (folder: DirectoryInfo | null) =
        seq {
            match folder with
            | null -> ()
            | here ->
                here.FullName
                yield! climb here.Parent
        }

    /// The folder that holds `node_modules`, if it is installed.
    let folder () =
        let candidates =
            match Environment.GetEnvironmentVariable variable with
            | null
            | "" ->
                Seq.append
                    (climb (DirectoryInfo AppContext.BaseDirectory))
                    (climb (DirectoryInfo(Directory.GetCurrentDirectory())))
                |> Seq.map (fun up -> Path.Combine(up, "tests", "engines"))
            | named -> Seq.singleton (Path.GetFullPath named)

        candidates
        |> Seq.tryFind (fun candidate -> Directory.Exists(Path.Combine(candidate, "node_modules")))

    /// Where a package lies, if it is installed.
    let package (name: string) =
        folder ()
        |> Option.map (fun engines -> Path.Combine(engines, "node_modules", name))
        |> Option.filter (fun place -> File.Exists(Path.Combine(place, "package.json")))

    /// The version a package says it has.
    let version (package: string) =
        use document = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "package.json")))

        match document.RootElement.GetProperty("version").GetString() with
        | null -> "0"
        | version -> version
