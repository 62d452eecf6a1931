namespace SchemaToolkit.Cli

open System
open System.Threading
open System.Threading.Tasks
open Argu
open SchemaToolkit.PostgresObjects

[<RequireQualifiedAccess>]
type InspectFormat =
    | Json
    | Sql

[<CliPrefix(CliPrefix.DoubleDash)>]
type InspectArguments =
    | [<MainCommand; ExactlyOnce>] Of of endpoint: string
    | [<Unique>] Server of connection: string
    | [<Unique>] Schema of name: string
    | [<Unique>] Output of format: InspectFormat

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Of _ -> "a connection, an SQLite file, a snapshot, a .sql file, a folder of them, or a .dll"
            | Server _ -> "where SQL files are loaded into a scratch database that is dropped afterwards"
            | Schema _ -> "which schema of a .dll that has several: its member, plugin or namespace"
            | Output _ -> "json (default): a snapshot for `diff`; sql: all that makes the database anew"

/// `dotnet schema inspect`: a database as text.
[<RequireQualifiedAccess>]
module Inspect =
    let private postgres format options endpoint ct =
        task {
            let! read = PostgresSide.load options endpoint ct
            let database, hidden = Secrets.hide read
            Warn.objects $"secrets are left out, {Secrets.mark} stands for them" hidden
            Warn.lines "not compared: " database.Unmodelled

            return
                match format with
                | InspectFormat.Json -> SnapshotJson.write database
                | InspectFormat.Sql -> Output.sql (PgPlan.between Registry.rules (Fresh.like database) database) + "\n"
        }

    let run (arguments: ParseResults<InspectArguments>) (ct: CancellationToken) : Task<int> =
        task {
            let endpoint = Endpoint.parse "inspect" (arguments.GetResult Of)
            let format = arguments.GetResult(Output, InspectFormat.Json)

            let options =
                { Server = arguments.TryGetResult Server
                  Schema = arguments.TryGetResult Schema }

            let! text = postgres format options endpoint ct
            Console.Out.Write text
            return 0
        }
