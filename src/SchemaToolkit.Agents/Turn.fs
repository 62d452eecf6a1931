namespace SchemaToolkit.Agents

open System
open System.Diagnostics
open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.Logging
open SchemaToolkit
// Again, so that Action is ours and not System's.
open SchemaToolkit.Agents

/// How one action of a turn ended.
type ActionOutcome = { Plugin: string; Action: string; Result: ActionResult; Duration: TimeSpan }

/// What one provider said.
type ProviderPart = { Plugin: string; Provider: string; Result: ProviderResult }

/// A provider that gave nothing, and why.
type ProviderFailure = { Plugin: string; Provider: string; Failure: PartFailure }

/// What the providers know for a message.
type Composition =
    {
        /// Their texts, in the order of plugins and declaration, an empty line between them.
        Text: string
        /// Their values under `PROVIDER.name`, so that no provider can stand in for another.
        Values: Map<string, string>
        Parts: ProviderPart list
        Failures: ProviderFailure list
    }

/// One part of a plugin, run for one message.
[<RequireQualifiedAccess>]
module internal Turn =
    let context (services: Services) (plugin: Plugin) (message: Message) (cancellation: CancellationToken) : Context =
        { Plugin = plugin.Id
          Message = message
          Database =
            services.Database
            |> Database.inNamespace plugin.Namespace
            |> Database.forAgent message.Agent
            |> Database.withTime services.Time
            |> Database.withCancellation cancellation
          Chat = services.Chat
          Cache = services.Cache
          Time = services.Time
          Logger = Log.logger services plugin.Id
          Cancellation = cancellation }

    let private toResult (given: Result<ActionResult, PartFailure>) : ActionResult =
        match given with
        | Error failure -> ActionResult.failed (string failure)
        // A handler written in C# can return null.
        | Ok result when isNull (box result) -> ActionResult.failed "It returned no result."
        | Ok result -> result

    /// Runs an action; whatever it throws becomes a failed result. What its plugin has cached ends, also after a failure:
    /// a part may have been written.
    let act
        (services: Services)
        (plugin: Plugin)
        (action: Action)
        (message: Message)
        (cancellation: CancellationToken)
        (handle: Context -> Task<ActionResult>)
        : Task<ActionOutcome> =
        task {
            let logger = Log.logger services plugin.Id
            let started = Stopwatch.GetTimestamp()
            let limit = action.Timeout |> Option.defaultValue services.ActionTimeout

            let! given =
                Guard.run services.Time limit cancellation (fun token -> handle (context services plugin message token))

            let result = toResult given
            let duration = Stopwatch.GetElapsedTime started
            do! ProviderCache.invalidate services plugin logger

            if result.Success then
                Log.progress
                    services
                    logger
                    "Action {Action} of {Plugin} took {Milliseconds} ms"
                    [| action.Name; plugin.Id; duration.TotalMilliseconds |]
            else
                let cause: exn | null =
                    match given with
                    | Error(PartFailure.Raised error) -> error
                    | Error(PartFailure.TimedOut _)
                    | Ok _ -> null

                let error = Option.defaultValue "" result.Error
                logger.LogWarning(cause, "Action {Action} of {Plugin} failed: {Error}", action.Name, plugin.Id, error)

            return
                { Plugin = plugin.Id
                  Action = action.Name
                  Result = result
                  Duration = duration }
        }

    /// Whether the action is for the message; a validation that throws is a failed outcome.
    let validate (services: Services) (plugin: Plugin) (action: Action) (message: Message) cancellation =
        task {
            let limit = action.Timeout |> Option.defaultValue services.ActionTimeout

            let! valid =
                Guard.run services.Time limit cancellation (fun token ->
                    action.Validate(context services plugin message token))

            return
                valid
                |> Result.mapError (fun failure ->
                    { Plugin = plugin.Id
                      Action = action.Name
                      Result = ActionResult.failed $"Whether to run it could not be told. {failure}"
                      Duration = TimeSpan.Zero })
        }

    /// Asks a provider; whatever it throws becomes a failure.
    let know (services: Services) (plugin: Plugin) (provider: Provider) (message: Message) cancellation =
        task {
            let limit = provider.Timeout |> Option.defaultValue services.ProviderTimeout

            let! given =
                Guard.run services.Time limit cancellation (fun token ->
                    ProviderCache.get services plugin provider (context services plugin message token))

            match given with
            | Ok result ->
                let result = if isNull (box result) then ProviderResult.empty else result
                return Ok { Plugin = plugin.Id; Provider = provider.Name; Result = result }
            | Error failure ->
                let logger = Log.logger services plugin.Id

                logger.LogWarning(
                    "Provider {Provider} of {Plugin} failed: {Failure}",
                    provider.Name,
                    plugin.Id,
                    string failure
                )

                return Error { Plugin = plugin.Id; Provider = provider.Name; Failure = failure }
        }

    let compose (results: Result<ProviderPart, ProviderFailure> list) : Composition =
        let parts = results |> List.choose Result.toOption

        { Text =
            parts
            |> List.map (fun part -> part.Result.Text.Trim())
            |> List.filter (fun text -> text <> "")
            |> String.concat "\n\n"
          Values =
            Map.ofList
                [ for part in parts do
                      for KeyValue(name, value) in part.Result.Values do
                          $"{part.Provider}.{name}", value ]
          Parts = parts
          Failures =
            results
            |> List.choose (fun result ->
                match result with
                | Ok _ -> None
                | Error failure -> Some failure) }
