module SchemaToolkit.Tests.Migrations.KillTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

/// Killed by the system in the middle of its transaction; PGLite's server notices that the connection is gone.
let private killed =
    Place.each "a program that is killed midway leaves nothing half-done, and the next start succeeds" (fun place ->
        task {
            let! ended = Child.run place.Database.ConnectionString "many" (Some "t07")
            Expect.notEqual ended.ExitCode 0 "it was killed"
            Expect.isEmpty ended.Lines "it said nothing more"
            let! outcome = Place.startOne place Place.strict Many.schema
            Place.expectApplied outcome
            let! again = Place.startOne place Place.strict Many.schema
            Place.expectUpToDate again
            let! outcomes = Place.outcomes place
            Expect.equal outcomes [ "applied" ] "one row: nobody was left to tell of the first attempt"
            let! plan = Place.plan place Many.schema
            Expect.isEmpty plan.Steps "a second plan"
        })

[<Tests>]
let tests = testList "programs that are killed" [ killed ]
