/// The README's blocks are run, and what it says is printed is printed. SchemaToolkit.Fluent.Tests runs the one in C#.
module SchemaToolkit.Tests.Scripts.ReadmeTests

open System.IO
open System.Text.RegularExpressions
open Expecto
open SchemaToolkit.Tests

let private blocks = lazy (Markdown.blocks [ "README.md" ])
let private ofLanguage (language: string) = blocks.Value |> List.filter (fun block -> block.Language = language)
let private outputAfter (isBefore: Block -> bool) = Markdown.after isBefore blocks.Value

/// What differs from run to run.
let private steady (text: string) =
    [ @"\d{4}-\d\d-\d\dT[\d:.]+Z", "(time)"
      @"\d+ ms", "(duration)"
      @"SQLite [\d.]+", "SQLite (version)" ]
    |> List.fold (fun (text: string) (pattern, name) -> Regex.Replace(text, pattern, name)) text
    |> _.Trim()

let private expectOutput (expected: string) (ran: Ran) =
    Expect.equal ran.Code 0 (string ran)

    if steady ran.Output <> steady expected then
        failtest $"The README says otherwise:\n{Golden.focused (steady expected) (steady ran.Output)}"

[<Tests>]
let fsharp =
    testList
        "README"
        [ testCaseTask "the F# tour runs and prints what it says" (fun () ->
              task {
                  Program.needsLibrary ()
                  let! ran = Program.inFolder (fun folder -> Markdown.run folder (ofLanguage "fsharp") "" [])
                  expectOutput (outputAfter (fun block -> block.Language = "fsharp")) ran
              })

          testCaseTask "run prints what it says" (fun () ->
              task {
                  Program.needsLibrary ()

                  do!
                      Program.inFolder (fun folder ->
                          task {
                              // What `build.fsx run` starts once everything is built.
                              let script = Program.path [ "scripts"; "02-user-preferences.fsx" ]
                              let! ran = Program.run folder [ "fsi"; script ]
                              expectOutput (outputAfter (fun block -> block.Text.Contains "build.fsx run")) ran
                          })
              })

          testCaseTask "every command is a verb of build.fsx, and run starts the guide's plugin" (fun () ->
              task {
                  let! ran = Program.run Program.root [ "fsi"; "build.fsx"; "help" ]
                  Expect.equal ran.Code 2 "help is no verb"

                  let commands =
                      ofLanguage "sh" |> List.collect (fun block -> List.ofArray (block.Text.Trim().Split '\n'))

                  Expect.isNonEmpty commands "commands"

                  for command in commands do
                      let hit = Regex.Match(command, @"^dotnet fsi build\.fsx (\w+)")
                      Expect.isTrue hit.Success command
                      Expect.isTrue (Regex.IsMatch(ran.Errors, $@"(?m)^  {hit.Groups[1].Value}\b")) command

                  let! build = File.ReadAllTextAsync(Program.path [ "build.fsx" ])
                  Expect.stringContains build "02-user-preferences.fsx" "run"
              }) ]
