namespace SchemaToolkit.Agents

open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.Logging
open SchemaToolkit

/// What a migration did for one plugin.
type PluginMigration =
    {
        Plugin: string
        /// One sentence a step; empty when nothing had to change.
        Changes: string list
    }

/// Brings the database to the schemas given, dependencies first, and says what changed for each plugin; Error holds one message
/// for every plugin that failed or was not tried. The front door supplies it, so that this room needs no engine.
type Migrate = Schema list -> CancellationToken -> Task<Result<PluginMigration list, string list>>

/// A plugin whose `init` did not end well.
[<RequireQualifiedAccess>]
type InitFailure =
    | Failed of plugin: string * failure: PartFailure
    /// A plugin that it depends on failed.
    | NotTried of plugin: string * because: string

    override this.ToString() =
        match this with
        | Failed(plugin, failure) -> $"init of {plugin} failed. {failure}"
        | NotTried(plugin, because) -> $"init of {plugin} was not tried, because that of {because} failed."

/// Why the runtime did not start, by the phase that stopped it.
[<RequireQualifiedAccess>]
type StartError =
    /// Nothing was done.
    | Resolve of errors: ResolveError list
    /// No plugin's `init` ran; what was migrated stays migrated.
    | Migration of messages: string list
    /// Everything is migrated.
    | Init of failures: InitFailure list

    override this.ToString() =
        let lines (title: string) (items: string list) =
            title :: (items |> List.map (fun item -> $"- {item}")) |> String.concat "\n"

        match this with
        | Resolve errors ->
            lines "The plugins cannot run together; the database was not touched." (List.map string errors)
        | Migration messages -> lines "The migration did not succeed; no plugin was initialised." messages
        | Init failures ->
            lines "The migration succeeded, but not every plugin was initialised." (List.map string failures)

/// Plugins whose migrations have run, not initialised yet.
[<Sealed>]
type Ready internal (plugins: Plugin list, migrated: Migrated list) =
    member _.Plugins = plugins
    member _.Migrated = migrated

/// Plugins at work.
[<Sealed>]
type Runtime internal (services: Services, plugins: Plugin list, migrated: Migrated list) =
    member _.Services = services
    member _.Plugins = plugins
    /// What the start changed, by plugin.
    member _.Migrated = migrated

/// Progress is information in development and debugging detail in production; what went wrong is always a warning.
[<RequireQualifiedAccess>]
module internal Log =
    let logger (services: Services) (plugin: string) = services.Loggers.CreateLogger $"SchemaToolkit.Agents.{plugin}"

    let progress (services: Services) (logger: ILogger) (text: string) ([<System.ParamArray>] values: objnull array) =
        let level =
            match services.Verbosity with
            | Verbosity.Verbose -> LogLevel.Information
            | Verbosity.Quiet -> LogLevel.Debug

        logger.Log(level, text, values)

[<RequireQualifiedAccess>]
module internal Phases =
    /// Proofs for every plugin; a plugin with a schema that the report does not name is not proven.
    let private proofs (plugins: Plugin list) (report: PluginMigration list) : Result<Migrated list, string list> =
        let find (plugin: Plugin) =
            match report |> List.tryFind (fun entry -> entry.Plugin = plugin.Id), plugin.Schema with
            | Some entry, _ -> Ok(Migrated(plugin.Id, plugin.Namespace, entry.Changes))
            | None, None -> Ok(Migrated(plugin.Id, plugin.Namespace, []))
            | None, Some _ -> Error $"The migration said nothing about {plugin.Id}."

        let found = plugins |> List.map find

        match
            found
            |> List.choose (fun result ->
                match result with
                | Ok _ -> None
                | Error message -> Some message)
        with
        | [] -> Ok(found |> List.choose Result.toOption)
        | messages -> Error messages

    let migrate (migrate: Migrate) (cancellation: CancellationToken) (resolved: Resolved) =
        task {
            let! report = migrate resolved.Schemas cancellation

            return
                report
                |> Result.bind (proofs resolved.Plugins)
                |> Result.map (fun migrated -> Ready(resolved.Plugins, migrated))
                |> Result.mapError StartError.Migration
        }

    let private context (services: Services) (plugin: Plugin) (cancellation: CancellationToken) : InitContext =
        { Plugin = plugin.Id
          Database =
            services.Database
            |> Database.inNamespace plugin.Namespace
            |> Database.withTime services.Time
            |> Database.withCancellation cancellation
          Chat = services.Chat
          Cache = services.Cache
          Time = services.Time
          Logger = Log.logger services plugin.Id
          Cancellation = cancellation }

    let private initOne (services: Services) cancellation (plugin: Plugin) (migrated: Migrated) =
        let work (token: CancellationToken) = task { do! plugin.Init migrated (context services plugin token) }

        Guard.run services.Time Timeout.InfiniteTimeSpan cancellation work

    /// In order; dependants of a plugin that failed are not tried, the rest are.
    let init (services: Services) (cancellation: CancellationToken) (ready: Ready) =
        task {
            // The migration may have made types that open connections do not know yet.
            if ready.Migrated |> List.exists (fun migrated -> not migrated.Changes.IsEmpty) then
                do! Database.refresh services.Database

            let failures = ResizeArray<string * InitFailure>()

            for plugin, migrated in List.zip ready.Plugins ready.Migrated do
                let logger = Log.logger services plugin.Id

                match
                    plugin.Dependencies |> List.tryFind (fun id -> failures.Exists(fun (failed, _) -> failed = id))
                with
                | Some because -> failures.Add(plugin.Id, InitFailure.NotTried(plugin.Id, because))
                | None ->
                    match! initOne services cancellation plugin migrated with
                    | Ok() ->
                        Log.progress
                            services
                            logger
                            "Plugin {Plugin} is ready; its start changed {Count} things"
                            [| plugin.Id; List.length migrated.Changes |]
                    | Error failure ->
                        logger.LogError(
                            "Plugin {Plugin} could not be initialised: {Failure}",
                            plugin.Id,
                            string failure
                        )

                        failures.Add(plugin.Id, InitFailure.Failed(plugin.Id, failure))

            if failures.Count = 0 then
                return Ok(Runtime(services, ready.Plugins, ready.Migrated))
            else
                return Error(StartError.Init(failures |> Seq.map snd |> List.ofSeq))
        }
