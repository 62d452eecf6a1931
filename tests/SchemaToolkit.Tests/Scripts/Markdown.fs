namespace SchemaToolkit.Tests.Scripts

open System.IO
open System.Text.RegularExpressions
open System.Threading.Tasks

/// A fenced block of a page.
type Block = { Language: string; Text: string }

/// Pages whose blocks are run.
[<RequireQualifiedAccess>]
module Markdown =
    let blocks (page: string list) : Block list =
        [ for hit in Regex.Matches(File.ReadAllText(Program.path page), "(?ms)^```(\\w+)\\n(.*?)^```$") ->
              { Language = hit.Groups[1].Value; Text = hit.Groups[2].Value } ]

    /// The block that follows the last one of that kind.
    let after (isBefore: Block -> bool) (blocks: Block list) : string =
        blocks[(blocks |> List.findIndexBack isBefore) + 1].Text

    /// Runs blocks one after another as one F# script, with something more at its end. Paths are those of the repository's folder.
    let run (folder: string) (blocks: Block list) (more: string) (arguments: string list) : Task<Ran> =
        task {
            let script = Path.Combine(folder, "tour.fsx")
            let text = (blocks |> List.map _.Text |> String.concat "\n") + more
            do! File.WriteAllTextAsync(script, text.Replace("#load \"scripts/", $"#load \"{Program.root}/scripts/"))
            return! Program.run folder ("fsi" :: script :: arguments)
        }
