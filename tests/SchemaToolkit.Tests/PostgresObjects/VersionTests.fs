module SchemaToolkit.Tests.PostgresObjects.VersionTests

open System
open Expecto
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private isSoak = Environment.GetEnvironmentVariable "SCHEMATOOLKIT_SOAK" = "all"

/// `SCHEMATOOLKIT_SOAK=all` takes every pair, a run without it every fortieth.
let private chosen =
    lazy
        (if isSoak then
             Pairs.all.Value
         else
             Pairs.all.Value |> List.indexed |> List.filter (fun (i, _) -> i % 40 = 7) |> List.map snd)

let private onPGlite =
    lazy
        (if isSoak then
             Pairs.all.Value
         else
             Pairs.all.Value |> List.indexed |> List.filter (fun (i, _) -> i % 16 = 5) |> List.map snd)

let private passAll major check (pairs: string list) =
    task {
        let wrong = ResizeArray<string>()
        use! database = TestDatabase.createPostgres major

        for pair in pairs do
            let! found = check database.ConnectionString pair
            wrong.AddRange found

        Expect.isNonEmpty pairs "the corpus was found"
        Expect.isEmpty wrong (String.Join("\n", wrong))
    }

/// As far as PGLite goes: one server is one database there, and it has few extensions, no tablespaces and no files of others.
let private pglite =
    OnEngines.needing Engine.PGlite "PGLite" (fun () ->
        task {
            let wrong = ResizeArray<string>()
            let refused = ResizeArray<string>()

            for pair in onPGlite.Value do
                use! first = TestDatabase.create Engine.PGlite
                use! second = TestDatabase.create Engine.PGlite

                match! Pairs.checkBeside first.ConnectionString second.ConnectionString pair with
                | Ok found -> wrong.AddRange found
                | Error reason -> refused.Add reason

            Expect.isLessThan
                (10 * refused.Count)
                onPGlite.Value.Length
                (String.Join("\n", Seq.append [ "PGLite takes nine in ten; not:" ] refused))

            printfn $"pairs that PGLite does not take: {refused.Count} of {onPGlite.Value.Length}"
            Expect.isEmpty wrong (String.Join("\n", wrong))
        })

/// pg_dump looks on where it is as new as the server; that a second plan is empty is asked everywhere.
[<Tests>]
let versions =
    testList
        "a plan arrives on every PostgreSQL there is"
        [ pglite
          for major in PostgresEngine.majors () do
              if major > 15 then
                  testCaseTask $"PostgreSQL {major}" (fun () -> passAll major Pairs.check chosen.Value)

              if major >= 18 then
                  testCaseTask $"PostgreSQL {major}, what only it knows" (fun () ->
                      passAll major Pairs.check18 Pairs.all18.Value) ]
