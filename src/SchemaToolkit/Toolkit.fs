namespace SchemaToolkit

open System
open System.Threading
open System.Threading.Tasks

/// At least one plugin could not be migrated.
[<Sealed>]
type MigrationException(failure: MigrationFailure) =
    inherit Exception(string failure)
    member _.Failure = failure

/// A database that is as declared, ready to use.
[<NoEquality; NoComparison>]
type Started =
    {
        Address: DatabaseAddress
        /// In the namespace of the first schema; `Database.inNamespace` gives another.
        Database: Database
        Driver: Driver
        Report: MigrationReport
    }

    interface IAsyncDisposable with
        member this.DisposeAsync() = (this.Database :> IAsyncDisposable).DisposeAsync()

    interface IDisposable with
        member this.Dispose() = (this.Database :> IDisposable).Dispose()

/// The front door: from declared schemas to a migrated database.
[<RequireQualifiedAccess>]
module Toolkit =
    let private address (options: ToolkitOptions) =
        match ToolkitOptions.address options with
        | Ok address -> address
        | Error message -> raise (DatabaseAddressException message)

    /// What a person wants to see while it happens: warnings that count what is lost, and who is waited for.
    let private announcing (options: ToolkitOptions) =
        let announce event =
            match event with
            | MigrationEvent.Waiting holder -> options.Announce $"waiting for the migration lock: {holder}"
            | MigrationEvent.Planned plan ->
                for warned in Plan.warned plan do
                    options.Announce $"warning: {Plan.describeFinding warned}"

                if options.Migration.Policy.AllowDestructive && not plan.IsEmpty then
                    options.Announce
                        "warning: every destructive change is allowed (ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS or allowingEverything)"
            | MigrationEvent.Running _
            | MigrationEvent.Finished _ -> ()

        let options = options |> ToolkitOptions.observing announce
        options.Migration

    /// Migrates the schemas and gives the database to work with, or tells what became of each plugin.
    let tryStart (options: ToolkitOptions) (schemas: Schema list) (ct: CancellationToken) =
        task {
            let address = address options
            let driver = Database.driver address

            match! Migrator.start driver (announcing options) schemas ct with
            | Error failure -> return Error failure
            | Ok report ->
                let database = Database.connect address

                let placed =
                    match schemas with
                    | first :: _ -> Database.inNamespace first.Namespace database
                    | [] -> database

                return Ok { Address = address; Database = placed; Driver = driver; Report = report }
        }

    /// As `tryStart`, raising `MigrationException`: for scripts and for programs that cannot go on without.
    let start (options: ToolkitOptions) (schemas: Schema list) : Task<Started> =
        task {
            match! tryStart options schemas CancellationToken.None with
            | Ok started -> return started
            | Error failure -> return raise (MigrationException failure)
        }

    /// What a start would do to one plugin's objects now. Takes no lock and leaves nothing behind.
    let plan (options: ToolkitOptions) (schema: Schema) : Task<Result<Plan, MigrationError>> =
        Migrator.plan (Database.driver (address options)) options.Migration schema CancellationToken.None

    /// The ledger, oldest entry first.
    let history (options: ToolkitOptions) : Task<LedgerEntry list> =
        Migrator.history (Database.driver (address options)) CancellationToken.None
