module SchemaToolkit.Tests.Migrations.NoChangeTests

open System
open System.IO
open Expecto
open Microsoft.Data.Sqlite
open Npgsql
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Migrations
open SchemaToolkit.Tests.Migrations.Declared

let private impatient = { Place.strict with LockTimeout = TimeSpan.FromMilliseconds 300.0 }

/// Somebody else holds the lock for as long as the body runs.
let private whileLocked (place: Place) (body: unit -> System.Threading.Tasks.Task<unit>) =
    task {
        use! connection = place.Driver.Connect Place.none
        let! _ = place.Driver.Glance connection [] Place.none

        match place.Engine with
        | Engine.Sqlite ->
            use! _transaction = place.Driver.Begin connection Place.none
            do! body ()
        | Engine.Postgres
        | Engine.PGlite ->
            match! place.Driver.TryLock connection Place.none with
            | Ok() -> ()
            | Error holder -> failtest holder

            do! body ()
            do! place.Driver.Unlock connection
    }

let private noLock =
    Place.each "a start with nothing to do, and a plan, take no lock" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]

            do!
                whileLocked place (fun () ->
                    task {
                        let! outcome = Place.startOne place impatient Notes.v1
                        Place.expectUpToDate outcome
                        let! plan = Place.planWith place impatient Notes.v2
                        Expect.isNonEmpty plan.Steps "a plan"
                    })
        })

let private readOnlyRole =
    Place.only
        Engine.Postgres
        "a role without CREATE, in sessions that only read, starts when nothing is to be done"
        (fun place ->
            task {
                let! _ = Place.start place [ Notes.v1 ]
                let role = $"reader_{Guid.NewGuid():N}"

                for statement in
                    [ $"CREATE ROLE {role} LOGIN"
                      $"ALTER ROLE {role} SET default_transaction_read_only = on"
                      $"GRANT USAGE ON SCHEMA migrations, {Notes.ns} TO {role}"
                      $"GRANT SELECT ON ALL TABLES IN SCHEMA migrations, {Notes.ns} TO {role}" ] do
                    do! Place.execute place statement

                let asReader =
                    NpgsqlConnectionStringBuilder(place.Database.ConnectionString, Username = role, Pooling = false)

                let reader = { place with Driver = PostgresDriver.create asReader.ConnectionString }

                let! outcome = Place.startOne reader impatient Notes.v1
                Place.expectUpToDate outcome
                // Something of a stranger's moved the fingerprint: looked at closely, still nothing to do.
                do! Place.execute place $"CREATE TABLE {Notes.ns}.stranger (a integer)"
                let! closer = Place.startOne reader impatient Notes.v1
                Place.expectUpToDate closer
                // A change needs rights, and says so.
                let! error = Place.refusalWith reader impatient [ Notes.v2 ]
                Expect.stringContains (MigrationError.describe error) "(42501)" "the reason"
                do! Place.execute place $"DROP OWNED BY {role}; DROP ROLE {role}"
            })

let private roundTrips =
    Place.only Engine.Postgres "a start with nothing to do asks twice, however many plugins there are" (fun place ->
        task {
            let plugins = [ Notes.v1; Many.schema; Broken.mended ]
            let! _ = Place.start place plugins
            let target = NpgsqlConnectionStringBuilder place.Database.ConnectionString
            use relay = new Relay(string target.Host, target.Port)
            target.Host <- "127.0.0.1"
            target.Port <- relay.Port
            let through = { place with Driver = PostgresDriver.create target.ConnectionString }
            // The client library asks for the server's types once.
            let! first = Place.start through plugins
            List.iter Place.expectUpToDate first
            relay.Trips() |> ignore
            let! second = Place.start through plugins
            List.iter Place.expectUpToDate second
            // The greeting, the first sight, the ledger, the end of the transaction; and perhaps the farewell.
            Expect.isLessThanOrEqual (relay.Trips()) 5 "round trips"
        })

let private leavesNothing =
    Place.each "a plan leaves nothing behind, not even a ledger" (fun place ->
        task {
            do!
                Dump.unchanged place (fun () ->
                    task {
                        let! plan = Place.plan place Notes.v1
                        Expect.isNonEmpty plan.Steps "steps"
                    })

            let! _ = Place.start place [ Notes.v1 ]
            do! Place.note place "x"

            do!
                Dump.unchanged place (fun () ->
                    task {
                        let! plan = Place.planWith place Place.lenient Notes.v3
                        Expect.isNonEmpty plan.Steps "steps"
                    })
        })

let private noFile =
    Place.only Engine.Sqlite "a plan and a history of a file that is not there make none" (fun place ->
        task {
            let file = SqliteConnectionStringBuilder(place.Database.ConnectionString).DataSource
            let! plan = Place.plan place Notes.v1
            Expect.isNonEmpty plan.Steps "steps"
            let! history = Place.history place
            Expect.isEmpty history "history"
            Expect.isFalse (File.Exists file) "the file"
        })

let private planChanged =
    Place.each "only the plan that was approved runs" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            let! plan = Place.plan place Notes.v2
            let approving (hash: string) = { Place.strict with Approved = Map [ Notes.plugin, hash ] }

            do!
                Dump.unchanged place (fun () ->
                    task {
                        let other = String.replicate 64 "0"
                        let! error = Place.refusalWith place (approving other) [ Notes.v2 ]
                        Place.expectCode "plan-changed" error
                    })

            let! outcome = Place.startOne place (approving plan.Hash) Notes.v2
            Place.expectApplied outcome
        })

let private upgrade =
    Place.each "after an upgrade of the engine one start looks closely, and the next does not" (fun place ->
        task {
            let! _ = Place.start place [ Notes.v1 ]
            let entries = Place.name place Namespace.ledger "entry"
            do! Place.execute place $"UPDATE {entries} SET capabilities = 'an older engine'"
            let! outcome = Place.startOne place Place.strict Notes.v1
            Place.expectUpToDate outcome

            do!
                whileLocked place (fun () ->
                    task {
                        let! again = Place.startOne place impatient Notes.v1
                        Place.expectUpToDate again
                    })
        })

[<Tests>]
let tests =
    testList
        "starts and plans that change nothing"
        [ noLock; readOnlyRole; roundTrips; leavesNothing; noFile; planChanged; upgrade ]
