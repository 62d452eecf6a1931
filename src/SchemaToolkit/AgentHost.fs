namespace SchemaToolkit

open System
open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.AI
open SchemaToolkit.Agents

/// The plugins could not be started.
[<Sealed>]
type StartException(error: StartError) =
    inherit Exception(string error)
    member _.Error = error

/// Plugins at work on a migrated database.
[<NoEquality; NoComparison>]
type AgentHost =
    { Runtime: Runtime
      Database: Database
      Driver: Driver
      Report: MigrationReport }

    interface IAsyncDisposable with
        member this.DisposeAsync() = (this.Database :> IAsyncDisposable).DisposeAsync()

    interface IDisposable with
        member this.Dispose() = (this.Database :> IDisposable).Dispose()

/// Starting plugins: resolve, migrate all, initialise all.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module AgentHost =
    let private changes (report: MigrationReport) : PluginMigration list =
        report.Outcomes
        |> List.map (fun o ->
            { Plugin = o.Plugin
              Changes =
                match o.Outcome with
                | MigrationOutcome.Applied plan -> plan.Steps |> List.map Describe.step
                | MigrationOutcome.UpToDate
                | MigrationOutcome.Recorded _
                | MigrationOutcome.OlderProgram _
                | MigrationOutcome.Failed _ -> [] })

    /// Migrates and initialises; `services` sees the connected database and says what the plugins get (model, cache, clock, log).
    let tryStart
        (options: ToolkitOptions)
        (services: Database -> Services)
        (plugins: Plugin list)
        (ct: CancellationToken)
        =
        task {
            let mutable started: Started option = None

            let migrate: Migrate =
                fun schemas ct ->
                    task {
                        match! Toolkit.tryStart options schemas ct with
                        | Ok ready ->
                            started <- Some ready
                            return Ok(changes ready.Report)
                        | Error failure -> return Error(failure.Report.Errors |> List.map MigrationError.describe)
                    }

            match Runtime.resolve plugins with
            | Error errors -> return Error(StartError.Resolve errors)
            | Ok resolved ->
                match! Runtime.migrate migrate ct resolved with
                | Error error -> return Error error
                | Ok ready ->
                    // A migration that succeeded has set it.
                    let there = Option.get started

                    match! Runtime.init (services there.Database) ct ready with
                    | Error error ->
                        do! (there :> IAsyncDisposable).DisposeAsync()
                        return Error error
                    | Ok runtime ->
                        return
                            Ok
                                { Runtime = runtime
                                  Database = there.Database
                                  Driver = there.Driver
                                  Report = there.Report }
        }

    /// As `tryStart` with the standard services around a language model; raises `StartException`.
    let start (options: ToolkitOptions) (chat: IChatClient) (plugins: Plugin list) : Task<AgentHost> =
        task {
            match! tryStart options (fun database -> Services.create database chat) plugins CancellationToken.None with
            | Ok host -> return host
            | Error error -> return raise (StartException error)
        }
