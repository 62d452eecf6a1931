namespace SchemaToolkit.Agents

open System
open System.Text.Json
open System.Threading.Tasks

/// What an action did.
type ActionResult =
    {
        Success: bool
        /// For the user; may be empty.
        Text: string
        /// For the program; null when there is none.
        Data: objnull
        Error: string option
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module ActionResult =
    let ok (text: string) : ActionResult = { Success = true; Text = text; Data = null; Error = None }

    let okWith (text: string) (data: objnull) : ActionResult = { ok text with Data = data }

    /// Says what happened and the way out.
    let failed (error: string) : ActionResult = { Success = false; Text = ""; Data = null; Error = Some error }

    /// Every problem that an extraction found, in one result.
    let ofExtractionErrors (errors: ExtractionError list) : ActionResult =
        failed (errors |> List.map string |> String.concat " ")

/// How a model calls an action with arguments of its own. Identity is never among them.
[<NoEquality; NoComparison>]
type ActionArguments =
    { Shapes: Shape list
      Schema: JsonElement
      Handle: JsonElement -> Context -> Task<ActionResult> }

/// Something that an agent can do.
[<NoEquality; NoComparison>]
type Action =
    {
        /// Letters, digits, `_` and `-`, at most 64: also the name by which a model calls it.
        Name: string
        /// Tells people and models when to use it.
        Description: string
        /// Whether the message asks for it.
        Validate: Context -> Task<bool>
        /// Does it, with what the context knows.
        Handle: Context -> Task<ActionResult>
        /// None: a model calls it without arguments.
        Arguments: ActionArguments option
        /// A person agrees before a model may run it.
        NeedsApproval: bool
        Timeout: TimeSpan option
    }

/// The words for actions.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Action =
    /// An action for every message.
    let define (name: string) (description: string) (handle: Context -> Task<ActionResult>) : Action =
        { Name = name
          Description = description
          Validate = fun _ -> Task.FromResult true
          Handle = handle
          Arguments = None
          NeedsApproval = false
          Timeout = None }

    /// An action whose input a model extracts from the message, or gives as arguments when it calls the action as a tool.
    /// The prompt tells the model what to extract. An answer that cannot be read is a failed result; nothing is handled then.
    let extractingAs
        (format: AnswerFormat)
        (name: string)
        (description: string)
        (prompt: string)
        (extraction: Extraction<'T>)
        (handle: 'T -> Context -> Task<ActionResult>)
        : Action =
        let handleRead (context: Context) (read: Result<'T, ExtractionError list>) =
            match read with
            | Ok input -> handle input context
            | Error errors -> Task.FromResult(ActionResult.ofExtractionErrors errors)

        let handleMessage (context: Context) =
            task {
                let! read = Ask.extractAs format prompt extraction context
                return! handleRead context read
            }

        { define name description handleMessage with
            Arguments =
                Some
                    { Shapes = extraction.Shapes
                      Schema = Extraction.jsonSchema extraction
                      Handle = fun json context -> Extraction.readElement extraction json |> handleRead context } }

    /// `extractingAs AnswerFormat.Xml`.
    let extracting
        (name: string)
        (description: string)
        (prompt: string)
        (extraction: Extraction<'T>)
        (handle: 'T -> Context -> Task<ActionResult>)
        : Action =
        extractingAs AnswerFormat.Xml name description prompt extraction handle

    /// Runs only for messages that pass.
    let validate (passes: Context -> Task<bool>) (action: Action) : Action = { action with Validate = passes }

    /// Runs only for texts that pass.
    let whenText (passes: string -> bool) (action: Action) : Action =
        validate (fun context -> Task.FromResult(passes context.Message.Text)) action

    /// Runs only for texts that hold one of the words, in any case.
    let whenTextHas (words: string list) (action: Action) : Action =
        let has (text: string) =
            words |> List.exists (fun word -> text.Contains(word, StringComparison.OrdinalIgnoreCase))

        whenText has action

    /// The action deletes or cannot be undone: a person agrees before a model may run it.
    let needsApproval (action: Action) : Action = { action with NeedsApproval = true }

    /// How long the handler may take.
    let timeout (limit: TimeSpan) (action: Action) : Action = { action with Timeout = Some limit }
