namespace SchemaToolkit.Cli

open System
open System.Threading
open System.Threading.Tasks
open Argu
open SchemaToolkit.PostgresObjects

[<RequireQualifiedAccess>]
type OutputFormat =
    | Sql
    | Json
    | Text

[<CliPrefix(CliPrefix.DoubleDash)>]
type DiffArguments =
    | [<Mandatory>] From of endpoint: string
    | [<Mandatory>] To of endpoint: string
    | Server of connection: string
    | Output of format: OutputFormat
    | Exit_Code

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | From _ -> "what there is: a .sql file, a folder of them, or a connection"
            | To _ -> "what is wanted, given in the same ways"
            | Server _ -> "where SQL files are loaded into a scratch database that is dropped afterwards"
            | Output _ -> "sql (default), json or text"
            | Exit_Code -> "exit with 2 when there are differences"

/// `dotnet schema diff`: the SQL that turns one database into another.
[<RequireQualifiedAccess>]
module Diff =
    /// A snapshot holds no secrets, so those of the other side cannot be compared.
    let private comparable (from, before) (target, after) =
        match from, target with
        | Endpoint.Snapshot _, _
        | _, Endpoint.Snapshot _ ->
            let before, hiddenBefore = Secrets.hide before
            let after, hiddenAfter = Secrets.hide after

            Warn.objects
                $"secrets are not compared with a snapshot, {Secrets.mark} stands for them"
                (List.distinct (hiddenBefore @ hiddenAfter))

            before, after
        | _ -> before, after

    /// 0: done; 2 with `--exit-code`: there are differences.
    let run (arguments: ParseResults<DiffArguments>) (ct: CancellationToken) : Task<int> =
        task {
            let server = arguments.TryGetResult Server
            let from = Endpoint.parse "--from" (arguments.GetResult From)
            let target = Endpoint.parse "--to" (arguments.GetResult To)
            Endpoint.common None [ from; target ] |> ignore
            let! sides = PostgresSide.loadBoth server from target ct
            let before, after = comparable (from, sides[0]) (target, sides[1])
            let changes = PgPlan.between Registry.rules before after
            let unmodelled = List.distinct (before.Unmodelled @ after.Unmodelled)
            Warn.lines "not compared: " unmodelled
            Warn.objects "the printed statements hold secrets" (Secrets.inPlan changes)

            let printed =
                match arguments.GetResult(Output, OutputFormat.Sql) with
                | OutputFormat.Sql -> Output.sql changes
                | OutputFormat.Json -> Output.json unmodelled changes
                | OutputFormat.Text -> Output.text changes

            if printed <> "" then
                Console.Out.WriteLine printed

            return if arguments.Contains Exit_Code && not changes.IsEmpty then 2 else 0
        }
