namespace SchemaToolkit.Cli

open System
open System.Threading
open System.Threading.Tasks
open Argu
open SchemaToolkit
open SchemaToolkit.PostgresObjects

[<RequireQualifiedAccess>]
type InspectFormat =
    | Json
    | Sql
    | Fsharp
    | Csharp

[<CliPrefix(CliPrefix.DoubleDash)>]
type InspectArguments =
    | [<MainCommand; ExactlyOnce>] Of of endpoint: string
    | [<Unique>] Server of connection: string
    | [<Unique>] Schema of name: string
    | [<Unique>] Namespace of name: string
    | [<Unique>] Dialect of engine: EngineName
    | [<Unique>] Output of format: InspectFormat

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Of _ -> "a connection, an SQLite file, a snapshot, a .sql file, a folder of them, or a .dll"
            | Server _ -> "where SQL files are loaded into a scratch database that is dropped afterwards"
            | Schema _ -> "which schema of a .dll that has several: its member, plugin or namespace"
            | Namespace _ -> "the namespace (PostgreSQL: schema) that code is written for, where there are several"
            | Dialect _ -> "the engine of .sql files; postgres unless given"
            | Output _ ->
                "json (default): a snapshot for `diff`; sql: all that makes the database anew; fsharp or csharp: starting code for a plugin"

/// `dotnet schema inspect`: a database as text.
[<RequireQualifiedAccess>]
module Inspect =
    let private snapshot options endpoint ct =
        task {
            let! read = PostgresSide.load options endpoint ct
            let database, hidden = Secrets.hide read
            Warn.objects $"secrets are left out, {Secrets.mark} stands for them" hidden
            Warn.lines "not compared: " database.Unmodelled
            return database
        }

    let private code (arguments: ParseResults<InspectArguments>) options dialect endpoint write ct =
        task {
            let! schema, notes =
                ReadSchema.load options (arguments.TryGetResult InspectArguments.Namespace) dialect endpoint ct

            let text, left = write notes schema
            Warn.lines "not declared: " (notes @ left)
            return text
        }

    let private fsharp notes schema = FSharpCode.schema notes schema, []

    let run (arguments: ParseResults<InspectArguments>) (ct: CancellationToken) : Task<int> =
        task {
            let endpoint = Endpoint.parse "inspect" (arguments.GetResult Of)
            let said = arguments.TryGetResult InspectArguments.Dialect |> Option.map EngineName.toKind
            let dialect = Endpoint.common said [ endpoint ]

            let options =
                { Server = arguments.TryGetResult InspectArguments.Server
                  Schema = arguments.TryGetResult InspectArguments.Schema }

            let! text =
                task {
                    match arguments.GetResult(InspectArguments.Output, InspectFormat.Json), dialect with
                    | InspectFormat.Fsharp, _ -> return! code arguments options dialect endpoint fsharp ct
                    | InspectFormat.Csharp, _ -> return! code arguments options dialect endpoint CSharpCode.schema ct
                    | InspectFormat.Json, EngineKind.Postgres ->
                        let! database = snapshot options endpoint ct
                        return SnapshotJson.write database
                    | InspectFormat.Sql, EngineKind.Postgres ->
                        let! database = snapshot options endpoint ct
                        let fresh = Fresh.like database
                        let changes = PgPlan.between Registry.rules fresh database
                        return Output.sql changes + "\n"
                    | InspectFormat.Json, EngineKind.Sqlite ->
                        let! state, snapshot = SqliteSide.snapshot options endpoint ct
                        Warn.lines "" (SqliteDiff.notes state state)
                        return snapshot
                    | InspectFormat.Sql, EngineKind.Sqlite ->
                        let! state = SqliteSide.load options None endpoint ct
                        Warn.lines "" (SqliteDiff.notes state state)
                        return SqliteDiff.sql [] (fst (SqliteDiff.between (SqliteSide.nothing state) state)) + "\n"
                }

            Console.Out.Write text
            return 0
        }
