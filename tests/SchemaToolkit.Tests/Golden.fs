/// Golden files: text that must not change unless somebody says so.
[<RequireQualifiedAccess>]
module SchemaToolkit.Tests.Golden

open System
open System.IO
open DiffPlex.DiffBuilder
open DiffPlex.DiffBuilder.Model
open Expecto

let private folder = Path.Combine(__SOURCE_DIRECTORY__, "Golden")
let private variable = "SCHEMATOOLKIT_ACCEPT_GOLDEN"
let private accepting () = Environment.GetEnvironmentVariable variable = "1"

/// Lines of one text that differ, each with a line before and after, and in a long line only the surroundings.
let focused (expected: string) (actual: string) =
    let lines = InlineDiffBuilder.Diff(expected, actual, ignoreWhiteSpace = false).Lines |> List.ofSeq
    let changed = lines |> List.map (fun line -> line.Type <> ChangeType.Unchanged)
    let near i = [ i - 1; i; i + 1 ] |> List.exists (fun j -> List.tryItem j changed = Some true)

    let firstDifference =
        Seq.zip expected actual
        |> Seq.tryFindIndex (fun (a, b) -> a <> b)
        |> Option.defaultValue (min expected.Length actual.Length)

    let cut (line: string) =
        if line.Length <= 160 then
            line
        else
            let start = max 0 (min (firstDifference - 60) (line.Length - 160))
            $"…{line.Substring(start, min 160 (line.Length - start))}…"

    lines
    |> List.indexed
    |> List.filter (fun (i, _) -> near i)
    |> List.map (fun (_, line) ->
        match line.Type with
        | ChangeType.Inserted -> $"+ {cut line.Text}"
        | ChangeType.Deleted -> $"- {cut line.Text}"
        | _ -> $"  {cut line.Text}")
    |> String.concat "\n"

/// Compares text with a file, byte for byte. With SCHEMATOOLKIT_ACCEPT_GOLDEN=1 the file is written instead, and its diff is
/// what a reviewer reads.
let checkFile (path: string) (actual: string) =
    let wayOut = $"If the change is meant, run the tests once with {variable}=1 and commit the file."

    if accepting () then
        path |> Path.GetDirectoryName |> string |> Directory.CreateDirectory |> ignore
        File.WriteAllText(path, actual)
    elif not (File.Exists path) then
        failtest $"There is no golden file {path}. {wayOut}"
    else
        let expected = File.ReadAllText path

        if expected <> actual then
            failtest $"{path} differs (- file, + now):\n{focused expected actual}\n{wayOut}"

/// The same with the file of that name in `Golden/`.
let check (name: string) (actual: string) = checkFile (Path.Combine(folder, name)) actual
