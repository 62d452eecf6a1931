namespace SchemaToolkit.Agents

open System.Collections.Generic
open System.Text.Json
open System.Text.Json.Nodes
open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.AI

/// A function that a model may call. The message, and with it user, agent and room, is bound when the function is made.
[<Sealed>]
type internal BoundFunction
    (
        name: string,
        description: string,
        schema: JsonElement,
        invoke: JsonElement -> CancellationToken -> Task<JsonElement>
    ) =
    inherit AIFunction()
    override _.Name = name
    override _.Description = description
    override _.JsonSchema = schema

    override _.InvokeCoreAsync(arguments: AIFunctionArguments, cancellation: CancellationToken) : ValueTask<objnull> =
        let given = JsonObject()

        for KeyValue(name, value) in arguments do
            given[name] <- JsonSerializer.SerializeToNode<objnull> value

        ValueTask<objnull>(
            task {
                let! result = invoke (JsonSerializer.SerializeToElement given) cancellation
                return box result
            }
        )

/// Actions and providers as functions for language models.
[<RequireQualifiedAccess>]
module Tools =
    let private noArguments = JsonSerializer.SerializeToElement(Shape.jsonSchema true [])

    let private toJson (members: (string * objnull) list) =
        JsonSerializer.SerializeToElement(
            dict (members |> List.filter (fun (_, value) -> not (isNull value))),
            JsonSerializerOptions.Web
        )

    /// What a model is told of a result; data that has no JSON form is left out.
    let private report (result: ActionResult) : JsonElement =
        let told: (string * objnull) list =
            [ "success", box result.Success
              "text", (if result.Text = "" then null else box result.Text)
              "error", (result.Error |> Option.map box |> Option.toObj) ]

        try
            toJson (told @ [ "data", result.Data ])
        with :? System.NotSupportedException ->
            toJson told

    /// An action for one message. One that needs approval is an `ApprovalRequiredAIFunction`; `onOutcome` hears of each run.
    let ofAction
        (services: Services)
        (plugin: Plugin)
        (action: Action)
        (message: Message)
        (onOutcome: ActionOutcome -> unit)
        : AIFunction =
        let invoke (arguments: JsonElement) (cancellation: CancellationToken) =
            task {
                let handle =
                    match action.Arguments with
                    | Some own -> own.Handle arguments
                    | None -> action.Handle

                let! outcome = Turn.act services plugin action message cancellation handle
                onOutcome outcome
                return report outcome.Result
            }

        let schema = action.Arguments |> Option.map _.Schema |> Option.defaultValue noArguments
        let bound: AIFunction = BoundFunction(action.Name, action.Description, schema, invoke)
        if action.NeedsApproval then ApprovalRequiredAIFunction bound else bound

    /// A provider for one message: its text and values.
    let ofProvider (services: Services) (plugin: Plugin) (provider: Provider) (message: Message) : AIFunction =
        let invoke (_: JsonElement) (cancellation: CancellationToken) =
            task {
                match! Turn.know services plugin provider message cancellation with
                | Ok part -> return toJson [ "text", box part.Result.Text; "values", box part.Result.Values ]
                | Error failed -> return toJson [ "error", box (string failed.Failure) ]
            }

        BoundFunction(provider.Name, provider.Description, noArguments, invoke)

    /// What a model may call for a message: the actions whose validation passes, and the providers that are included on request
    /// and not private. Actions whose validation failed are told to `onOutcome`.
    let forMessage
        (message: Message)
        (onOutcome: ActionOutcome -> unit)
        (cancellation: CancellationToken)
        (runtime: Runtime)
        : Task<AIFunction list> =
        task {
            let services = runtime.Services
            let tools = List<AIFunction>()

            for plugin in runtime.Plugins do
                for action in plugin.Actions do
                    match! Turn.validate services plugin action message cancellation with
                    | Ok true -> tools.Add(ofAction services plugin action message onOutcome)
                    | Ok false -> ()
                    | Error outcome -> onOutcome outcome

                for provider in plugin.Providers do
                    if provider.Inclusion = Inclusion.OnRequest && not provider.Private then
                        tools.Add(ofProvider services plugin provider message)

            return List.ofSeq tools
        }
