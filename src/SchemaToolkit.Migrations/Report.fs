namespace SchemaToolkit

open System

/// What became of one plugin.
[<RequireQualifiedAccess>]
type MigrationOutcome =
    /// Recorded, live and declared agree.
    | UpToDate
    | Applied of plan: Plan
    /// The declaration has a new hash but asks for nothing new; that is recorded.
    | Recorded of plan: Plan
    /// The database is newer; nothing was changed, and this program can work with it.
    | OlderProgram of reason: string
    | Failed of error: MigrationError

type PluginOutcome = { Plugin: string; Namespace: string; Outcome: MigrationOutcome }

/// What a start did, plugin by plugin, in the order they were migrated.
type MigrationReport =
    { Target: string
      Outcomes: PluginOutcome list }

    member this.Errors =
        this.Outcomes
        |> List.choose (fun o ->
            match o.Outcome with
            | MigrationOutcome.Failed error -> Some error
            | MigrationOutcome.UpToDate
            | MigrationOutcome.Applied _
            | MigrationOutcome.Recorded _
            | MigrationOutcome.OlderProgram _ -> None)

    override this.ToString() =
        this.Outcomes
        |> List.map (fun o ->
            match o.Outcome with
            | MigrationOutcome.UpToDate -> $"{o.Plugin}: up to date"
            | MigrationOutcome.Applied plan when plan.Steps.Length = 1 -> $"{o.Plugin}: 1 step applied"
            | MigrationOutcome.Applied plan -> $"{o.Plugin}: {plan.Steps.Length} steps applied"
            | MigrationOutcome.Recorded _ -> $"{o.Plugin}: nothing to change, recorded"
            | MigrationOutcome.OlderProgram reason -> $"{o.Plugin}: {reason}"
            | MigrationOutcome.Failed error -> $"{o.Plugin}: {MigrationError.describe error}")
        |> String.concat "\n"

/// At least one plugin did not migrate; the report lists every outcome.
type MigrationFailure =
    { Report: MigrationReport }

    override this.ToString() = string this.Report

/// What happens on the way, for logs and progress.
[<RequireQualifiedAccess>]
type MigrationEvent =
    | Waiting of holder: string
    | Planned of plan: Plan
    | Running of plugin: string * statement: string
    | Finished of outcome: PluginOutcome

type MigrationOptions =
    {
        Policy: MigrationPolicy
        /// How long to wait for the lock.
        LockTimeout: TimeSpan
        /// Tables and enums that are there already and become the plugin's own, by explicit wish.
        Adopt: ObjectName list
        /// Hashes of plans that somebody approved, by plugin: only that plan may run.
        Approved: Map<string, string>
        Observe: MigrationEvent -> unit
        Time: TimeProvider
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module MigrationOptions =
    /// Policy from the environment, a minute for the lock, nothing adopted, nobody watching.
    let standard () =
        { Policy = MigrationPolicy.fromEnvironment ()
          LockTimeout = TimeSpan.FromMinutes 1.0
          Adopt = []
          Approved = Map.empty
          Observe = ignore
          Time = TimeProvider.System }
