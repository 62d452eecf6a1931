namespace SchemaToolkit.Tests.Agents

open System
open System.Collections.Concurrent
open System.Collections.Generic
open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.AI
open Microsoft.Extensions.Logging
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Testing

/// A language model whose answers the test gives: the one thing that cannot be had here.
[<Sealed>]
type ScriptedChatClient(answer: ChatMessage list -> ChatOptions | null -> ChatMessage) =
    let asked = ConcurrentQueue<ChatMessage list>()

    member _.Asked = List.ofSeq asked

    interface IChatClient with
        member _.GetResponseAsync(messages, options, cancellation) =
            cancellation.ThrowIfCancellationRequested()
            let messages = List.ofSeq messages
            asked.Enqueue messages
            Task.FromResult(ChatResponse(answer messages options))

        member _.GetStreamingResponseAsync(_, _, _) : IAsyncEnumerable<ChatResponseUpdate> =
            raise (NotSupportedException "The tests do not stream from it.")

        member _.GetService(_, _) = null
        member _.Dispose() = ()

[<RequireQualifiedAccess>]
module Scripted =
    let says (text: string) = ChatMessage(ChatRole.Assistant, text)

    let always (text: string) = new ScriptedChatClient(fun _ _ -> says text)

    let calls (name: string) (arguments: (string * objnull) list) =
        let call = FunctionCallContent($"call-{name}", name, dict arguments)
        ChatMessage(ChatRole.Assistant, [| call :> AIContent |])

    /// One answer after the other; the last one again and again.
    let inTurn (answers: ChatMessage list) =
        let mutable next = -1
        new ScriptedChatClient(fun _ _ -> answers[min (answers.Length - 1) (Interlocked.Increment &next)])

/// Keeps what is logged.
[<Sealed>]
type LogBook() =
    let entries = ConcurrentQueue<LogLevel * string>()
    member _.Entries = List.ofSeq entries

    interface ILoggerFactory with
        member _.CreateLogger _ =
            { new ILogger with
                member _.BeginScope _ = null
                member _.IsEnabled _ = true

                member _.Log(level, _, state, error, format) = entries.Enqueue(level, format.Invoke(state, error)) }

        member _.AddProvider _ = ()
        member _.Dispose() = ()

type Note = { Id: Guid; UserId: Guid; Text: string }

/// One agent-scoped table, migrated and used on a real engine.
[<RequireQualifiedAccess>]
module Notes =
    let private id = Column.uuid "id"
    let private userId = Column.uuid "user_id"

    let table =
        Table.define "notes" [ id; Column.uuid "agent_id"; userId; Column.text "text" ]
        |> Table.primaryKey [ id ]

    let schema (plugin: string) = Schema.forPlugin plugin [ table ]

    let private notes = Repository.define<Note> table

    let add (user: Guid) (text: string) (db: Database) : Task<unit> =
        task {
            let! _ = db |> Repository.insert { Id = Guid.CreateVersion7(); UserId = user; Text = text } notes
            return ()
        }

    let texts (user: Guid) (db: Database) : Task<string list> =
        task {
            let! found = db |> Repository.findWhere (Where.eq userId user) notes
            return found |> List.map _.Text
        }

/// Plugins at work on a test's database.
[<RequireQualifiedAccess>]
module Started =
    let private options (database: TestDatabase) =
        ToolkitOptions.forApp "tests" |> ToolkitOptions.database database.ConnectionString

    let attempt (database: TestDatabase) (chat: IChatClient) (change: Services -> Services) (plugins: Plugin list) =
        AgentHost.tryStart
            (options database)
            (fun db -> Services.create db chat |> change)
            plugins
            CancellationToken.None

    /// Or the test fails with the reason.
    let orFail database chat change plugins : Task<Runtime> =
        task {
            match! attempt database chat change plugins with
            | Ok host -> return host.Runtime
            | Error error -> return failwith (string error)
        }
