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

/// One table, `notes (agent_id, user_id, text)`, migrated and used on a real engine.
[<RequireQualifiedAccess>]
module Notes =
    let private agentId = Column.uuid "agent_id"
    let private userId = Column.uuid "user_id"
    let private text = Column.text "text"
    let table = Table.define "notes" [ agentId; userId; text ]

    let schema (plugin: string) = Schema.forPlugin plugin [ table ]

    let connect (database: TestDatabase) : Database =
        match database.Engine with
        | Engine.Sqlite -> SqliteDatabase.connect database.ConnectionString
        | Engine.Postgres
        | Engine.PGlite -> PostgresDatabase.connect database.ConnectionString

    let private run (sql: string) (values: objnull list) (read: Data.Common.DbCommand -> Task<'T>) (db: Database) =
        db
        |> Database.withConnection (fun connection ->
            task {
                use command = connection.CreateCommand()
                command.CommandText <- sql
                values |> List.iter (fun value -> command.Parameters.Add(db.Dialect.FreeParameter value) |> ignore)

                for index in 0 .. values.Length - 1 do
                    command.Parameters[index].ParameterName <- db.Dialect.Placeholder(index + 1)

                return! read command
            })

    let private name (db: Database) = db.Dialect.TableName(ObjectName.create db.Namespace "notes")

    let private agent (db: Database) : objnull =
        match db.AgentId with
        | Some id -> string id
        | None -> failwith "The context's database has no agent."

    let add (user: Guid) (text: string) (db: Database) : Task<unit> =
        let p = db.Dialect.Placeholder
        let sql = $"INSERT INTO {name db} (agent_id, user_id, text) VALUES ({p 1}, {p 2}, {p 3})"

        run
            sql
            [ agent db; string user; text ]
            (fun command ->
                task {
                    let! _ = command.ExecuteNonQueryAsync db.Cancellation
                    return ()
                })
            db

    let texts (user: Guid) (db: Database) : Task<string list> =
        let p = db.Dialect.Placeholder
        let sql = $"SELECT text FROM {name db} WHERE agent_id = {p 1} AND user_id = {p 2} ORDER BY text"

        run
            sql
            [ agent db; string user ]
            (fun command ->
                task {
                    use! reader = command.ExecuteReaderAsync db.Cancellation
                    let found = ResizeArray()

                    while reader.Read() do
                        found.Add(reader.GetString 0)

                    return List.ofSeq found
                })
            db

    /// Stands in for the front door's migrator: makes the tables of `notes` schemas that are not there yet.
    let migrate (db: Database) : Migrate =
        fun schemas _ ->
            task {
                let execute sql =
                    run
                        sql
                        []
                        (fun command ->
                            task {
                                let! _ = command.ExecuteNonQueryAsync()
                                return ()
                            })
                        db

                for schema in schemas do
                    let table = name (Database.inNamespace schema.Namespace db)

                    if db.Dialect.Engine = "postgres" then
                        do! execute $"CREATE SCHEMA IF NOT EXISTS {db.Dialect.QuoteName schema.Namespace}"

                    do! execute $"CREATE TABLE IF NOT EXISTS {table} (agent_id TEXT, user_id TEXT, text TEXT)"

                return Ok [ for schema in schemas -> { Plugin = schema.Plugin; Changes = [ "table notes" ] } ]
            }
