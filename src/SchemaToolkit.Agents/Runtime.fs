namespace SchemaToolkit.Agents

open System.Threading
open System.Threading.Tasks

/// Who picks the actions of a turn.
[<RequireQualifiedAccess>]
type Choice =
    /// Every action whose validation passes runs, in the order of plugins and declaration.
    | AllValid
    /// The model calls those it wants of them, as tools.
    | ByModel

[<NoEquality; NoComparison>]
type TurnOptions =
    {
        Choice: Choice
        /// Providers to include that are included only on request, by name.
        Request: string list
        /// Asked before a model runs an action that needs approval.
        Approve: ApprovalRequest -> Task<bool>
        /// How often a model may call tools and be told the results.
        MaxRounds: int
        Cancellation: CancellationToken
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module TurnOptions =
    /// Every valid action, no provider on request, no approval given, eight rounds.
    let standard: TurnOptions =
        { Choice = Choice.AllValid
          Request = []
          Approve = fun _ -> Task.FromResult false
          MaxRounds = 8
          Cancellation = CancellationToken.None }

    let byModel: TurnOptions = { standard with Choice = Choice.ByModel }

    let requesting (providers: string list) (options: TurnOptions) = { options with Request = providers }

    let approving (approve: ApprovalRequest -> Task<bool>) (options: TurnOptions) = { options with Approve = approve }

    let withCancellation (cancellation: CancellationToken) (options: TurnOptions) =
        { options with Cancellation = cancellation }

/// What came of a message.
type TurnResult =
    {
        Message: Message
        /// In the order they ran; actions that a validation ruled out are not in it.
        Outcomes: ActionOutcome list
        /// What the model said at the end, where it chose.
        Reply: string option
        /// Why the model's part ended early; what its actions did stays done.
        Failure: string option
        /// Actions that nobody agreed to.
        Refused: string list
    }

/// The words for running plugins. The phases are types: only resolved plugins can be migrated, only migrated ones initialised,
/// only initialised ones run.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Runtime =
    /// Puts plugins in the order of their dependencies, or says everything that keeps them from running together.
    let resolve (plugins: Plugin list) : Result<Resolved, ResolveError list> = Resolve.run plugins

    /// Migrates every plugin.
    let migrate
        (migrate: Migrate)
        (cancellation: CancellationToken)
        (resolved: Resolved)
        : Task<Result<Ready, StartError>> =
        Phases.migrate migrate cancellation resolved

    /// Initialises every plugin.
    let init (services: Services) (cancellation: CancellationToken) (ready: Ready) : Task<Result<Runtime, StartError>> =
        Phases.init services cancellation ready

    /// Resolves, migrates and initialises.
    let start
        (run: Migrate)
        (services: Services)
        (cancellation: CancellationToken)
        (plugins: Plugin list)
        : Task<Result<Runtime, StartError>> =
        task {
            match resolve plugins with
            | Error errors -> return Error(StartError.Resolve errors)
            | Ok resolved ->
                match! migrate run cancellation resolved with
                | Error error -> return Error error
                | Ok ready -> return! init services cancellation ready
        }

    /// Every provider that a model may ask for, with its description.
    let offered (runtime: Runtime) : (string * string) list =
        [ for plugin in runtime.Plugins do
              for provider in plugin.Providers do
                  if not provider.Private then
                      provider.Name, provider.Description ]

    /// What the providers know for a message. They run side by side; the order of their texts is that of their plugins. One that
    /// fails is reported and the others are kept.
    let composeWith (options: TurnOptions) (message: Message) (runtime: Runtime) : Task<Composition> =
        task {
            let isIncluded (provider: Provider) =
                match provider.Inclusion with
                | Inclusion.Always -> true
                | Inclusion.OnRequest -> List.exists (Shape.sameName provider.Name) options.Request

            let! results =
                Task.WhenAll
                    [ for plugin in runtime.Plugins do
                          for provider in plugin.Providers do
                              if isIncluded provider then
                                  Turn.know runtime.Services plugin provider message options.Cancellation ]

            return Turn.compose (List.ofArray results)
        }

    /// `composeWith TurnOptions.standard`.
    let compose (message: Message) (runtime: Runtime) : Task<Composition> =
        composeWith TurnOptions.standard message runtime

    let private everyValid (options: TurnOptions) (message: Message) (runtime: Runtime) =
        task {
            let outcomes = ResizeArray<ActionOutcome>()
            let services = runtime.Services

            for plugin in runtime.Plugins do
                for action in plugin.Actions do
                    match! Turn.validate services plugin action message options.Cancellation with
                    | Ok false -> ()
                    | Error outcome -> outcomes.Add outcome
                    | Ok true ->
                        let! outcome = Turn.act services plugin action message options.Cancellation action.Handle
                        outcomes.Add outcome

            return
                { Message = message
                  Outcomes = List.ofSeq outcomes
                  Reply = None
                  Failure = None
                  Refused = [] }
        }

    let private byModel (options: TurnOptions) (message: Message) (runtime: Runtime) =
        task {
            let outcomes = System.Collections.Concurrent.ConcurrentQueue<ActionOutcome>()
            let! known = composeWith options message runtime
            let! tools = Tools.forMessage message outcomes.Enqueue options.Cancellation runtime

            let! conversed =
                Converse.run
                    runtime.Services.Chat
                    known.Text
                    tools
                    options.Approve
                    options.MaxRounds
                    message
                    options.Cancellation

            return
                { Message = message
                  Outcomes = List.ofSeq outcomes
                  Reply = conversed.Reply
                  Failure = conversed.Failure
                  Refused = conversed.Refused }
        }

    /// Runs the actions of a message. One that throws or takes too long is a failed outcome; only the turn's own cancellation
    /// is thrown.
    let handleWith (options: TurnOptions) (message: Message) (runtime: Runtime) : Task<TurnResult> =
        match options.Choice with
        | Choice.AllValid -> everyValid options message runtime
        | Choice.ByModel -> byModel options message runtime

    /// `handleWith TurnOptions.standard`.
    let handle (message: Message) (runtime: Runtime) : Task<TurnResult> =
        handleWith TurnOptions.standard message runtime
