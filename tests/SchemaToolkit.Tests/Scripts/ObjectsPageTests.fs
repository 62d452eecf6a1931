/// The page about declared objects: its F# blocks are one script, which prints what the page says and whose schema
/// PostgreSQL takes. SchemaToolkit.Fluent.Tests runs the C# ones, which print the same.
module SchemaToolkit.Tests.Scripts.ObjectsPageTests

open Expecto
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private blocks = lazy (Markdown.blocks [ "docs"; "declared-objects.md" ])
let private fsharp = lazy (blocks.Value |> List.filter (fun block -> block.Language = "fsharp"))
let private printed = lazy (Markdown.after (fun block -> block.Language = "fsharp") blocks.Value)

let private start =
    """
let started = Script.run (Toolkit.start (Script.options "page") [ schema ])
printfn $"{started.Report}, adults: {Script.run (started.Database |> Database.run adultNames)}"
"""

[<Tests>]
let tests =
    testList
        "the page about declared objects"
        [ testCaseTask "prints what it says" (fun () ->
              task {
                  Program.needsLibrary ()
                  let! ran = Program.inFolder (fun folder -> Markdown.run folder fsharp.Value "" [])
                  Expect.equal ran.Code 0 (string ran)
                  Expect.equal (ran.Output.Trim()) (printed.Value.Trim()) "the page says otherwise"
              })

          OnEngines.only Engine.Postgres "declares what PostgreSQL takes, and leaves alone the second time" (fun test ->
              Program.needsLibrary ()

              Program.inFolder (fun folder ->
                  task {
                      for expected in [ "steps applied, adults: []"; "up to date, adults: []" ] do
                          let! ran = Markdown.run folder fsharp.Value start [ "--database"; test.ConnectionString ]

                          Expect.equal ran.Code 0 (string ran)
                          Expect.stringEnds ran.LastLine expected (string ran)
                  })) ]
