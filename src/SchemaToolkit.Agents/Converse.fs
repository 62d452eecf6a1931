namespace SchemaToolkit.Agents

open System
open System.Collections.Generic
open System.Text.Json
open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.AI

/// A model wants to run an action that a person has to agree to.
type ApprovalRequest = { Action: string; Arguments: JsonElement; Message: Message }

/// How a model's part of a turn went.
type internal Conversed = { Reply: string option; Failure: string option; Refused: string list }

/// Lets a model call tools until it has nothing more to call.
[<RequireQualifiedAccess>]
module internal Converse =
    let private arguments (call: FunctionCallContent) : IDictionary<string, objnull> =
        match call.Arguments with
        | null -> Dictionary()
        | given -> given

    /// Calls that the client has not answered by itself.
    let private openCalls (response: ChatResponse) =
        let contents =
            [ for message in response.Messages do
                  yield! message.Contents ]

        let answered =
            contents
            |> List.choose (fun content ->
                match content with
                | :? FunctionResultContent as result -> Some result.CallId
                | _ -> None)

        contents
        |> List.choose (fun content ->
            match content with
            | :? FunctionCallContent as call when
                not call.InformationalOnly && not (List.contains call.CallId answered)
                ->
                Some call
            | _ -> None)

    let private approvals (response: ChatResponse) =
        [ for message in response.Messages do
              for content in message.Contents do
                  match content with
                  | :? ToolApprovalRequestContent as request -> request
                  | _ -> () ]

    /// The calls of one answer are run one after another, in the model's order: they may write.
    let run
        (chat: IChatClient)
        (instructions: string)
        (tools: AIFunction list)
        (approve: ApprovalRequest -> Task<bool>)
        (maxRounds: int)
        (message: Message)
        (cancellation: CancellationToken)
        : Task<Conversed> =
        task {
            let messages = List<ChatMessage>()

            if instructions <> "" then
                messages.Add(ChatMessage(ChatRole.System, instructions))

            messages.Add(ChatMessage(ChatRole.User, message.Text))
            let options = ChatOptions(Tools = ResizeArray<AITool>(tools |> Seq.map (fun tool -> tool :> AITool)))
            let refused = List<string>()
            let mutable reply = None
            let mutable failure = None
            let mutable round = 0

            let agreed (name: string) (given: IDictionary<string, objnull>) =
                task {
                    let request =
                        { Action = name
                          Arguments = JsonSerializer.SerializeToElement given
                          Message = message }

                    let! agrees = approve request

                    if not agrees then
                        refused.Add name

                    return agrees
                }

            let answer (call: FunctionCallContent) =
                task {
                    match tools |> List.tryFind (fun tool -> tool.Name = call.Name) with
                    | None -> return box $"There is no tool called {call.Name}."
                    | Some tool ->
                        let needsApproval = not (isNull (tool.GetService<ApprovalRequiredAIFunction>()))

                        let! allowed =
                            if needsApproval then
                                agreed call.Name (arguments call)
                            else
                                Task.FromResult true

                        if allowed then
                            return! tool.InvokeAsync(AIFunctionArguments(arguments call), cancellation)
                        else
                            return box "A person has to agree to this, and did not."
                }

            try
                while reply.IsNone && failure.IsNone do
                    round <- round + 1
                    let! response = chat.GetResponseAsync(messages, options, cancellation)
                    messages.AddRange response.Messages
                    let calls = openCalls response
                    let requests = approvals response

                    if calls.IsEmpty && requests.IsEmpty then
                        reply <- Some(Reasoning.strip response.Text)
                    elif round >= maxRounds then
                        failure <- Some $"The model still called tools after {maxRounds} rounds; it was stopped."
                    else
                        for call in calls do
                            let! result = answer call

                            messages.Add(
                                ChatMessage(
                                    ChatRole.Tool,
                                    [| FunctionResultContent(call.CallId, result) :> AIContent |]
                                )
                            )

                        for request in requests do
                            let name, given =
                                match request.ToolCall with
                                | :? FunctionCallContent as call -> call.Name, arguments call
                                | other -> other.CallId, Dictionary()

                            let! allowed = agreed name given
                            messages.Add(ChatMessage(ChatRole.User, [| request.CreateResponse(allowed) :> AIContent |]))
            with error ->
                cancellation.ThrowIfCancellationRequested()
                failure <- Some $"The model gave no answer. {error.GetType().Name}: {error.Message}"

            return { Reply = reply; Failure = failure; Refused = List.ofSeq refused }
        }
