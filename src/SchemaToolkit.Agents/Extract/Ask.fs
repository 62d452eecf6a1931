namespace SchemaToolkit.Agents

open System.Threading.Tasks
open Microsoft.Extensions.AI

/// In which form a model is asked to answer.
[<RequireQualifiedAccess>]
type AnswerFormat =
    /// Key-value XML, which every model can write.
    | Xml
    /// Structured output: JSON of a given schema, for models and providers that support it.
    | Json

/// Asks the context's language model.
[<RequireQualifiedAccess>]
module Ask =
    let private request (format: AnswerFormat) (prompt: string) (extraction: Extraction<'T>) =
        let options = ChatOptions()

        match format with
        | AnswerFormat.Xml -> Extraction.instructions prompt extraction, options
        | AnswerFormat.Json ->
            options.ResponseFormat <-
                ChatResponseFormat.ForJsonSchema(Extraction.jsonSchema extraction, extraction.Name, prompt)

            Extraction.jsonInstructions prompt extraction, options

    /// Has the model extract values from the message's text: the prompt is the system's message, the text the user's.
    let extractAs
        (format: AnswerFormat)
        (prompt: string)
        (extraction: Extraction<'T>)
        (context: Context)
        : Task<Result<'T, ExtractionError list>> =
        task {
            let instructions, options = request format prompt extraction

            let messages =
                [ ChatMessage(ChatRole.System, instructions); ChatMessage(ChatRole.User, context.Message.Text) ]

            let! response = context.Chat.GetResponseAsync(messages, options, context.Cancellation)

            return
                match format with
                | AnswerFormat.Xml -> Extraction.read extraction response.Text
                | AnswerFormat.Json -> Extraction.readJson extraction response.Text
        }

    /// `extractAs AnswerFormat.Xml`.
    let extract
        (prompt: string)
        (extraction: Extraction<'T>)
        (context: Context)
        : Task<Result<'T, ExtractionError list>> =
        extractAs AnswerFormat.Xml prompt extraction context
