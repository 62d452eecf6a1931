// 02 · The guide's plugin, whole: a table, an action that stores what a user prefers, a provider that tells it to an agent.
// `dotnet fsi build.fsx run` shows this script. Run it twice: the second start has nothing to change.
//
//     dotnet fsi scripts/02-user-preferences.fsx [--database "Host=…"]
//
// Ends with: The agent knows: theme dark, language es.
#load "toolkit.fsx"

open System
open System.Text.Json
open SchemaToolkit
open SchemaToolkit.Agents

// The table. A unique key on the user makes the upsert one statement.

module UserPreferences =
    let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let userId = Column.uuid "user_id"
    let preferences = Column.json "preferences" |> Column.defaultsTo Default.emptyObject
    let createdAt = Column.timestamp "created_at" |> Column.defaultsTo Default.now
    let updatedAt = Column.timestamp "updated_at" |> Column.defaultsTo Default.now

    let table =
        Table.define "user_preferences" [ id; userId; preferences; createdAt; updatedAt ]
        |> Table.primaryKey [ id ]
        |> Table.unique [ userId ]

let schema = Schema.forPlugin "@your-org/plugin-myplugin" [ UserPreferences.table ]

// Its rows as records.

type UserPreferences =
    { Id: Guid
      UserId: Guid
      Preferences: JsonElement
      CreatedAt: DateTimeOffset
      UpdatedAt: DateTimeOffset }

let repository =
    Repository.define<UserPreferences> UserPreferences.table
    |> Repository.touch UserPreferences.updatedAt

let store (user: Guid) (preferences: JsonElement) =
    repository
    |> Repository.upsertValues
        [ UserPreferences.userId ]
        [ Assign.value UserPreferences.userId user; Assign.value UserPreferences.preferences preferences ]

let preferencesOf (user: Guid) = repository |> Repository.findBy UserPreferences.userId user

// The action: a model reads the message, the answer is read as typed fields.

let mentioned =
    extraction "preferences" {
        let! theme = Field.oneOf "theme" [ "light"; "dark"; "auto" ] |> Field.optional
        and! language = Field.text "language" |> Field.optional
        and! notifications = Field.bool "notifications" |> Field.optional
        return Json.ofPairs [ "theme", theme; "language", language; "notifications", notifications ]
    }

let storePreferences =
    Action.extracting
        "STORE_USER_PREFERENCES"
        "Stores the preferences that a user mentions."
        "Extract the user's preferences from the message; the language as its ISO 639-1 code."
        mentioned
        (fun preferences context ->
            task {
                let! stored = context.Database |> store context.Message.User preferences
                return ActionResult.okWith "Your preferences have been saved successfully." stored
            })
    |> Action.whenTextHas [ "prefer"; "like" ]

// The provider: what an agent knows about the user it talks to.

let knowPreferences =
    Provider.define "USER_PREFERENCES" "What the user prefers." (fun context ->
        task {
            match! context.Database |> preferencesOf context.Message.User with
            | None -> return ProviderResult.empty
            | Some found ->
                let values = Json.pairs found.Preferences
                let lines = [ for name, value in values -> $"- {name}: {value}" ]
                return ProviderResult.create (String.concat "\n" ("# User Preferences" :: lines)) values found
        })

let plugin =
    Plugin.define "@your-org/plugin-myplugin"
    |> Plugin.schema schema
    |> Plugin.action storePreferences
    |> Plugin.provider knowPreferences

// One conversation.

let options = Script.options "user-preferences"

// No model is configured here: a plainly named stand-in fills in forms by word rules. Any IChatClient does it better.
let model = new RuleBasedChatClient()

let ada =
    Conversation.create
        (Guid "5a7ada00-0000-4000-8000-000000000001")
        (Guid "a9e27000-0000-4000-8000-000000000001")
        (Guid "2007a000-0000-4000-8000-000000000001")

/// The statements while they run, each by its first line.
let show event =
    match event with
    | MigrationEvent.Running(_, statement) -> printfn $"{statement.Split('\n')[0]}"
    | MigrationEvent.Waiting _
    | MigrationEvent.Planned _
    | MigrationEvent.Finished _ -> ()

let heading (text: string) = printfn $"\n{text}\n{String('-', text.Length)}"

Script.run (
    task {
        heading "The plan"

        match! Toolkit.plan options schema with
        | Ok plan -> printfn $"{Plan.describe plan}"
        | Error error -> printfn $"{MigrationError.describe error}"

        heading "Applied"
        use! host = AgentHost.start (options |> ToolkitOptions.observing show) model [ plugin ]
        printfn $"{host.Report}"

        heading "A message"
        let message = Message.create ada "I prefer dark theme and Spanish language"
        printfn $"Ada: {message.Text}"
        let! turn = host.Runtime |> Runtime.handle message

        for outcome in turn.Outcomes do
            printfn $"{outcome.Action}: {outcome.Result.Error |> Option.defaultValue outcome.Result.Text}"

        heading "Stored preferences"
        let! everyone = host.Database |> Repository.list repository

        for row in everyone do
            printfn $"{row.UserId}  {row.Preferences}"

        heading "What the provider tells the agent"
        let! known = host.Runtime |> Runtime.compose message
        printfn $"{known.Text}"

        heading "The ledger"
        let! history = Toolkit.history options

        for entry in history |> List.filter (fun entry -> entry.Plugin = plugin.Id) do
            printfn $"{entry}"

        let value name = known.Values[$"USER_PREFERENCES.{name}"]

        printfn
            $"""
The agent knows: theme {value "theme"}, language {value "language"}."""
    }
)
