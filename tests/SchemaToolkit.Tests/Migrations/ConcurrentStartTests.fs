module SchemaToolkit.Tests.Migrations.ConcurrentStartTests

open Expecto
open SchemaToolkit.Testing
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

/// One applies, all start, one row tells of it.
let private expectOne place (count: int) (ended: Child.Ended list) =
    task {
        let said = ended |> List.map (fun e -> String.concat " / " e.Lines)
        Expect.all ended (fun e -> e.ExitCode = 0) $"every process starts: %A{said}"
        let applied = ended |> List.filter (fun e -> e.Lines |> List.exists _.StartsWith("applied"))
        let current = ended |> List.filter (fun e -> e.Lines = [ "up-to-date" ])
        Expect.equal applied.Length 1 $"one applies: %A{said}"
        Expect.equal current.Length (count - 1) "the others find it done"
        let! outcomes = Place.outcomes place
        Expect.equal outcomes [ "applied" ] "rows of the ledger"
        let! objects = Place.objects place Notes.ns
        Expect.contains objects (if place.Engine = Engine.Sqlite then $"{Notes.ns}__notes" else "notes") "the table"
    }

let private racing engine (count: int) =
    Place.only engine $"{count} processes start the same plugin on an empty {Engine.name engine} database" (fun place ->
        task {
            let! ended = Child.together count place.Database.ConnectionString "notes-1"
            do! expectOne place count ended
        })

let private mixed =
    Place.each "four processes of version 1 and four of version 2 start at once, and version 2 remains" (fun place ->
        task {
            let launch plugin = Child.launch place.Database.ConnectionString plugin None
            let! ones = [ 1..4 ] |> List.map (fun _ -> launch "numbered-1") |> System.Threading.Tasks.Task.WhenAll
            let! twos = [ 1..4 ] |> List.map (fun _ -> launch "numbered-2") |> System.Threading.Tasks.Task.WhenAll
            let! ended = Child.goTogether (List.ofArray ones @ List.ofArray twos)
            Expect.all ended (fun e -> e.ExitCode = 0) $"every process starts: %A{ended}"
            let! outcome = Place.startOne place Place.strict (Notes.v2 |> SchemaToolkit.Schema.version 2)
            Place.expectUpToDate outcome
        })

[<Tests>]
let tests =
    testList
        "programs that start together"
        [ racing Engine.Postgres 32; racing Engine.Sqlite 8; racing Engine.PGlite 8; mixed ]
