module SchemaToolkit.Tests.PostgresObjects.VersionTests

open System
open System.Threading.Tasks
open Expecto
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private chosen = Pairs.sample 40 7
let private onPGlite = Pairs.sample 16 5

/// Every pair arrives that the engine takes; it takes all but one, and one in so many.
let private passAll oneIn (pairs: string list) (check: string -> Task<Result<string list, string>>) =
    task {
        let wrong = ResizeArray<string>()
        let refused = ResizeArray<string>()

        for pair in pairs do
            match! check pair with
            | Ok found -> wrong.AddRange found
            | Error reason -> refused.Add reason

        Expect.isNonEmpty pairs "the corpus was found"
        Expect.isEmpty wrong (String.Join("\n", wrong))

        Expect.isLessThanOrEqual
            refused.Count
            (1 + pairs.Length / oneIn)
            (String.Join("\n", Seq.append [ "too many pairs that the engine does not take:" ] refused))
    }

/// Newer servers run functions of indexes under a search path of their own, and take no bodies that lean on another.
let private onServer major check pairs =
    task {
        use! database = TestDatabase.createPostgres major
        do! passAll 30 pairs (check database.ConnectionString)
    }

/// As far as PGLite goes: one server is one database there, and it has few extensions, no tablespaces and no files of others.
let private pglite =
    OnEngines.needing Engine.PGlite "PGLite" (fun () ->
        passAll 10 onPGlite.Value (fun pair ->
            task {
                use! first = TestDatabase.create Engine.PGlite
                use! second = TestDatabase.create Engine.PGlite
                return! Pairs.checkBeside first.ConnectionString second.ConnectionString pair
            }))

/// pg_dump looks on where it is as new as the server; that a second plan is empty is asked everywhere.
[<Tests>]
let versions =
    testList
        "a plan arrives on every PostgreSQL there is"
        [ pglite
          for major in PostgresEngine.majors () do
              if major > 15 then
                  testCaseTask $"PostgreSQL {major}" (fun () -> onServer major Pairs.check chosen.Value)

              if major >= 18 then
                  testCaseTask $"PostgreSQL {major}, what only it knows" (fun () ->
                      onServer major Pairs.check18 Pairs.all18.Value) ]
