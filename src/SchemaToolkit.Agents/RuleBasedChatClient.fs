namespace SchemaToolkit.Agents

open System
open System.Collections.Generic
open System.Text.Json.Nodes
open System.Text.RegularExpressions
open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.AI

/// The word rules of `RuleBasedChatClient`.
[<RequireQualifiedAccess>]
module internal WordRules =
    let private ignoreCase = RegexOptions.IgnoreCase ||| RegexOptions.CultureInvariant

    let private has (word: string) (text: string) =
        Regex.IsMatch(text, $@"(?<!\w){Regex.Escape word}(?!\w)", ignoreCase)

    /// ISO 639-1 codes.
    let private languages =
        [ "english", "en"
          "spanish", "es"
          "español", "es"
          "french", "fr"
          "français", "fr"
          "german", "de"
          "deutsch", "de"
          "italian", "it"
          "portuguese", "pt"
          "dutch", "nl"
          "polish", "pl"
          "japanese", "ja"
          "chinese", "zh"
          "korean", "ko"
          "arabic", "ar"
          "hindi", "hi" ]

    let private language (text: string) = languages |> List.tryFind (fun (name, _) -> has name text) |> Option.map snd

    let private switchedOff =
        [ "no notifications"
          "without notifications"
          "notifications off"
          "disable notifications"
          "mute notifications"
          "don't notify"
          "do not notify"
          "turn off notifications"
          "stop notifications" ]

    let private notifications (text: string) =
        if switchedOff |> List.exists (fun words -> has words text) then Some "false"
        elif has "notifications" text || has "notify" text then Some "true"
        else None

    /// The first word of the hint `a/b/c` that the text holds.
    let private option (hint: string) (text: string) =
        hint.Split '/' |> Array.tryFind (fun word -> word <> "etc" && has (word.Trim()) text)

    /// The value for an element of a form, where a rule finds one.
    let tryValue (name: string) (hint: string) (text: string) =
        match name.ToLowerInvariant() with
        | "language" -> language text
        | "notifications" -> notifications text
        | "theme" -> option "light/dark/auto" text
        | _ when hint.Contains '/' && hint <> "true/false" -> option hint text
        | _ -> None

    /// The root and the leaves (with their hints) of the XML form in a prompt.
    let tryForm (prompt: string) =
        let leaves =
            [ for hit in Regex.Matches(prompt, @"<(?<name>[A-Za-z_][\w.-]*)>(?<hint>[^<>]*)</\k<name>>") ->
                  hit.Groups["name"].Value, hit.Groups["hint"].Value ]

        let root = Regex.Match(prompt, @"<(?<name>[A-Za-z_][\w.-]*)>\s*<")

        if root.Success && not leaves.IsEmpty then
            Some(root.Groups["name"].Value, leaves)
        else
            None

/// A stand-in for a language model where none is configured: it fills in forms by a few word rules (theme, language,
/// notifications, and any choice whose word the message holds) and understands nothing else. It is deterministic, calls no
/// tools, and says in its metadata and in its plain answers what it is.
[<Sealed>]
type RuleBasedChatClient() =
    let metadata = ChatClientMetadata("rule-based", null, "schematoolkit-word-rules")

    let plain =
        "I am a rule-based stand-in and not a language model: I only fill in forms by word rules. Configure an IChatClient to get answers."

    let textOf (role: ChatRole) (messages: ChatMessage list) =
        messages
        |> List.filter (fun message -> message.Role = role)
        |> List.map _.Text
        |> String.concat "\n"

    let asXml (root: string) (values: (string * string) list) =
        let escape (value: string) = value.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")

        [ $"<{root}>"
          for name, value in values do
              $"  <{name}>{escape value}</{name}>"
          $"</{root}>" ]
        |> String.concat "\n"

    let xml (prompt: string) (text: string) =
        match WordRules.tryForm prompt with
        | None -> plain
        | Some(root, leaves) ->
            leaves
            |> List.distinctBy fst
            |> List.choose (fun (name, hint) ->
                WordRules.tryValue name hint text |> Option.map (fun value -> name, value))
            |> asXml root

    /// Only the properties of the schema's own level are filled.
    let json (schema: Nullable<Text.Json.JsonElement>) (text: string) =
        let answer = JsonObject()

        if schema.HasValue then
            match
                JsonObject.Create(schema.Value)
                |> Option.ofObj
                |> Option.bind (fun node -> Option.ofObj node["properties"])
            with
            | Some(:? JsonObject as properties) ->
                for property in properties do
                    let hint =
                        match property.Value |> Option.ofObj |> Option.bind (fun node -> Option.ofObj node["enum"]) with
                        | Some(:? JsonArray as words) ->
                            String.Join('/', words |> Seq.choose Option.ofObj |> Seq.map string)
                        | Some _
                        | None -> ""

                    match WordRules.tryValue property.Key hint text with
                    | Some "true" -> answer[property.Key] <- JsonValue.Create true
                    | Some "false" -> answer[property.Key] <- JsonValue.Create false
                    | Some value -> answer[property.Key] <- JsonValue.Create value
                    | None -> answer[property.Key] <- null
            | Some _
            | None -> ()

        answer.ToJsonString()

    let answer (messages: ChatMessage seq) (options: ChatOptions | null) =
        let messages = List.ofSeq messages
        let text = textOf ChatRole.User messages

        match options with
        | null -> xml (textOf ChatRole.System messages) text
        | options ->
            match options.ResponseFormat with
            | :? ChatResponseFormatJson as format -> json format.Schema text
            | _ -> xml (textOf ChatRole.System messages) text

    interface IChatClient with
        member _.GetResponseAsync(messages, options, cancellation) =
            cancellation.ThrowIfCancellationRequested()
            let message = ChatMessage(ChatRole.Assistant, answer messages options)

            Task.FromResult(
                ChatResponse(message, ModelId = metadata.DefaultModelId, FinishReason = Nullable ChatFinishReason.Stop)
            )

        /// The same answer, a line an update.
        member _.GetStreamingResponseAsync(messages, options, cancellation) =
            let lines = (answer messages options).Split '\n'

            let update (index: int) =
                let isLast = index = lines.Length - 1
                let update = ChatResponseUpdate(ChatRole.Assistant, lines[index] + (if isLast then "" else "\n"))
                update.ModelId <- metadata.DefaultModelId

                if isLast then
                    update.FinishReason <- Nullable ChatFinishReason.Stop

                update

            { new IAsyncEnumerable<ChatResponseUpdate> with
                member _.GetAsyncEnumerator(token) =
                    let index = ref -1

                    { new IAsyncEnumerator<ChatResponseUpdate> with
                        member _.Current = update index.Value

                        member _.MoveNextAsync() =
                            cancellation.ThrowIfCancellationRequested()
                            token.ThrowIfCancellationRequested()
                            index.Value <- index.Value + 1
                            ValueTask<bool>(index.Value < lines.Length)
                      interface IAsyncDisposable with
                          member _.DisposeAsync() = ValueTask.CompletedTask } }

        member this.GetService(serviceType, serviceKey) =
            if not (isNull serviceKey) then null
            elif serviceType = typeof<ChatClientMetadata> then box metadata
            elif serviceType.IsInstanceOfType this then box this
            else null

        member _.Dispose() = ()
