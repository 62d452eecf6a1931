/// Every F# script is run as its header says and ends with the line that its header states. Those in C# are run by
/// SchemaToolkit.Fluent.Tests, which is built with what they build.
module SchemaToolkit.Tests.Scripts.ScriptTests

open System
open System.IO
open System.Threading.Tasks
open Expecto
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// A numbered sample and what its header promises.
type Sample =
    {
        File: string
        EndsWith: string
        /// On a PostgreSQL whose machine lacks pgvector.
        WithoutVectors: string option
    }

    member this.Name = FileInfo(this.File).Name

let private stated (key: string) (file: string) =
    File.ReadLines file
    |> Seq.tryFind (fun line -> line.StartsWith($"// {key}: ", StringComparison.Ordinal))
    |> Option.map (fun line -> line.Substring(key.Length + 5).Trim())

let private samples =
    Directory.GetFiles(Program.path [ "scripts" ], "*.fsx")
    |> List.ofArray
    |> List.filter (fun file -> Char.IsAsciiDigit(FileInfo(file).Name[0]))
    |> List.sort
    |> List.map (fun file ->
        { File = file
          EndsWith = stated "Ends with" file |> Option.defaultValue ""
          WithoutVectors = stated "Without pgvector" file })

let private expectEnd (sample: Sample) (expected: string) (ran: Ran) =
    Expect.equal ran.Code 0 $"{sample.Name}: {ran}"
    Expect.equal ran.LastLine expected $"{sample.Name}: {ran}"

/// A sample leaves its database so that it can be run again.
let private runs (count: int) (sample: Sample) (arguments: string list) (expected: string) : Task<unit> =
    Program.inFolder (fun folder ->
        task {
            for _ in 1..count do
                let! ran = Program.run folder ("fsi" :: sample.File :: arguments)
                expectEnd sample expected ran
        })

let private onDatabase (sample: Sample) (test: TestDatabase) : Task<unit> =
    task {
        let! vectors = Guide.Front.hasVectors test

        let expected =
            match sample.WithoutVectors with
            | Some line when not vectors -> line
            | Some _
            | None -> sample.EndsWith

        do! runs 2 sample [ "--database"; test.ConnectionString ] expected
    }

let private tests (sample: Sample) =
    testList
        sample.Name
        [ testCase "states the line it ends with" (fun () -> Expect.isNotEmpty sample.EndsWith "// Ends with: …")

          testCaseTask "with no arguments, on SQLite" (fun () ->
              Program.needsLibrary ()
              runs 1 sample [] sample.EndsWith)

          for engine in
              [ Engine.Postgres
                // The main job; the other samples differ in nothing that PGLite would.
                if sample.Name.StartsWith "02" then
                    Engine.PGlite ] do
              OnEngines.only engine $"--database, {Engine.name engine}" (fun test ->
                  Program.needsLibrary ()
                  onDatabase sample test) ]

[<Tests>]
let all = testList "scripts" (List.map tests samples)

[<Tests>]
let library =
    testList
        "scripts"
        [ testCaseTask "without the library the error names the way out" (fun () ->
              Program.inFolder (fun folder ->
                  task {
                      let scripts = Directory.CreateDirectory(Path.Combine(folder, "scripts")).FullName

                      for name in [ "toolkit.fsx"; "01-hello.fsx" ] do
                          File.Copy(Program.path [ "scripts"; name ], Path.Combine(scripts, name))

                      let! ran = Program.run folder [ "fsi"; Path.Combine(scripts, "01-hello.fsx") ]
                      Expect.equal ran.Code 1 "exit code"
                      Expect.stringContains ran.Errors "dotnet fsi build.fsx publish" "error"
                  }))

          testCaseTask "only toolkit.fsx names a library" (fun () ->
              task {
                  for sample in samples do
                      let! text = File.ReadAllTextAsync sample.File
                      Expect.isFalse (text.Contains "\n#r ") sample.Name
              })

          testCaseTask "G6 the guide's override variable opens what production blocks, and says so" (fun () ->
              task {
                  Program.needsLibrary ()

                  do!
                      Program.inFolder (fun folder ->
                          task {
                              let variable = "ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS", "true"
                              let arguments = [ "fsi"; Program.path [ "scripts"; "03-evolve.fsx" ] ]
                              let! ran = Program.runWith [ variable ] folder arguments
                              // The sample shows a blocked drop; with the variable nothing is blocked.
                              Expect.stringContains (ran.Output + ran.Errors) "A drop went through unasked" "opened"
                              Expect.stringContains ran.Errors "ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS" "loud"
                          })
              }) ]
