module SchemaToolkit.Tests.Migrations.VersionTests

open System
open System.Collections.Concurrent
open System.Threading
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

let private expectOlder (outcome: MigrationOutcome) =
    match outcome with
    | MigrationOutcome.OlderProgram reason -> Expect.stringContains reason "older than the database" "the reason"
    | other -> failtest $"Expected an older program, not %A{other}"

let private compatible =
    Place.each "version 1 after version 2 starts, changes nothing and says why" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            let! second = Place.startOne place Place.strict Notes.v2
            Place.expectApplied second

            do!
                Dump.unchanged place (fun () ->
                    task {
                        let! outcome = Place.startOne place Place.strict Notes.v1
                        expectOlder outcome
                        let! plan = Place.plan place Notes.v1
                        Expect.isEmpty plan.Steps "its plan"
                    })
        })

let private incompatible =
    Place.each "version 1 after a version 2 that it cannot work with names each part and changes nothing" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            let! _ = Place.startWith place Place.lenient [ Notes.v3 ]

            do!
                Dump.unchanged place (fun () ->
                    task {
                        let! error = Place.refusal place Notes.v1
                        Place.expectCode "older-than-database" error
                        let text = MigrationError.describe error

                        for part in [ "notes.body is gone"; "notes.score is text now"; "notes.must is new, NOT NULL" ] do
                            Expect.stringContains text part "the parts"
                    })
        })

let private numbered =
    Place.each "a version's number tells the order also where the database never saw the older one" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v2 |> Schema.version 2 ]
            let! older = Place.startOne place Place.strict (Notes.v1 |> Schema.version 1)
            expectOlder older
            // The same declaration as a newer version is a step forward.
            let! forward = Place.startOne place Place.lenient (Notes.v1 |> Schema.version 3)
            Place.expectApplied forward
        })

/// Repeats one statement until told to stop; SQLite's other writers are waited for by the driver.
let private program
    (place: Place)
    (statement: unit -> string)
    (stop: CancellationToken)
    (failures: ConcurrentBag<string>)
    =
    task {
        let mutable ran = 0

        while not stop.IsCancellationRequested do
            try
                do! Place.execute place (statement ())
                ran <- ran + 1
            with error ->
                failures.Add error.Message

            do! Task.Delay 2

        return ran
    }

let private rolling =
    Place.each "two versions side by side through a rolling deploy" (fun place ->
        task {
            let table = Place.name place Notes.ns "notes"
            let! _ = Place.start place [ Notes.v1 ]
            let failures = ConcurrentBag<string>()
            use stop = new CancellationTokenSource()
            let uuid () = Guid.NewGuid().ToString()

            let oldWrites () = $"INSERT INTO {table} (id, title, score) VALUES ('{uuid ()}', 'old', 1)"

            let oldReads () =
                $"SELECT id, title, body, score, created FROM (SELECT id, title, body, score, 1 AS created FROM {table}) x"

            let newWrites () = $"INSERT INTO {table} (id, title, stars) VALUES ('{uuid ()}', 'new', 5)"
            let newReads () = $"SELECT id, stars FROM {table} WHERE stars > 1"

            let old = [ oldWrites; oldReads ] |> List.map (fun s -> program place s stop.Token failures)
            do! Task.Delay 100
            let! second = Place.startOne place Place.strict Notes.v2
            Place.expectApplied second
            let fresh = [ newWrites; newReads ] |> List.map (fun s -> program place s stop.Token failures)
            // A machine of the old version is started once more in the middle of the deploy.
            let! again = Place.startOne place Place.strict Notes.v1
            expectOlder again
            do! Task.Delay 100
            stop.Cancel()
            let! ran = Task.WhenAll(old @ fresh)

            Expect.isEmpty
                (List.ofSeq failures)
                $"no statement of either version failed: %A{List.ofSeq failures |> List.truncate 3}"

            Expect.all ran (fun n -> n > 0) "each ran"
            let! oldRows = Place.scalar place $"SELECT count(*) FROM {table} WHERE title = 'old' AND stars = 1"
            let! newRows = Place.scalar place $"SELECT count(*) FROM {table} WHERE title = 'new' AND stars = 5"
            Expect.equal (oldRows, newRows) (string ran[0], string ran[2]) "every row is there"
        })

[<Tests>]
let tests = testList "versions that meet" [ compatible; incompatible; numbered; rolling ]
