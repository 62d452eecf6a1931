namespace SchemaToolkit.Cli

open System
open System.Threading
open System.Threading.Tasks
open Argu

[<RequireQualifiedAccess>]
type OutputFormat =
    | Sql
    | Json
    | Text

[<CliPrefix(CliPrefix.DoubleDash)>]
type DiffArguments =
    | [<Mandatory; Unique>] From of endpoint: string
    | [<Mandatory; Unique>] To of endpoint: string
    | [<Unique>] Server of connection: string
    | [<Unique>] Schema of name: string
    | [<Unique>] Dialect of engine: EngineName
    | [<Unique>] Output of format: OutputFormat
    | [<Unique>] Exit_Code

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | From _ ->
                "what there is: a .sql file, a folder of them, a snapshot (.json), a program that declares a schema (.dll), a PostgreSQL connection or an SQLite file"
            | To _ -> "what is wanted, given in the same ways"
            | Server _ ->
                "a PostgreSQL server on which SQL files and declared schemas are made in a scratch database, which is dropped afterwards"
            | Schema _ -> "which schema of a .dll that has several: its member, plugin or namespace"
            | Dialect _ -> "the engine, where neither side tells: SQL files and declared schemas can be either"
            | Output _ ->
                "sql (default): statements to run; json: steps with their statements; text: a line for each step"
            | Exit_Code -> "exit with 2 when there are differences"

/// `dotnet schema diff`: the SQL that turns one database into another.
[<RequireQualifiedAccess>]
module Diff =
    let private postgres options from target format ct =
        task {
            let! changes, unmodelled = PostgresDiff.between options from target ct
            Warn.lines "not compared: " unmodelled

            return
                match format with
                | OutputFormat.Sql -> Output.sql changes, changes.IsEmpty
                | OutputFormat.Json -> Output.json unmodelled changes, changes.IsEmpty
                | OutputFormat.Text -> Output.text changes, changes.IsEmpty
        }

    /// A declared schema speaks for its own namespace.
    let private namespaceOf (options: SideOptions) (endpoint: Endpoint) =
        match endpoint with
        | Endpoint.Assembly path -> Some (fst (DeclaredSchemas.choose path options.Schema)).Namespace
        | Endpoint.Live _
        | Endpoint.SqliteFile _
        | Endpoint.Script _
        | Endpoint.SqliteSnapshot _
        | Endpoint.Snapshot _ -> None

    let private sqlite options from target format ct =
        task {
            let only = namespaceOf options from |> Option.orElse (namespaceOf options target)
            let! before = SqliteSide.load options only from ct
            let! after = SqliteSide.load options only target ct
            let notes = SqliteDiff.notes before after
            Warn.lines "" notes
            let changes = SqliteDiff.between before after

            if SqliteDiff.needsToolkit changes then
                Warn.line
                    "the statements convert values with schema_cast, a function of the toolkit's connections that the sqlite3 shell lacks"

            return
                match format with
                | OutputFormat.Sql -> SqliteDiff.sql changes, changes.IsEmpty
                | OutputFormat.Json -> SqliteDiff.json notes changes, changes.IsEmpty
                | OutputFormat.Text -> SqliteDiff.text changes, changes.IsEmpty
        }

    /// 0: done; 2 with `--exit-code`: there are differences.
    let run (arguments: ParseResults<DiffArguments>) (ct: CancellationToken) : Task<int> =
        task {
            let options =
                { Server = arguments.TryGetResult Server
                  Schema = arguments.TryGetResult Schema }

            let said = arguments.TryGetResult DiffArguments.Dialect |> Option.map EngineName.toKind

            let from = Endpoint.parse "--from" (arguments.GetResult From)
            let target = Endpoint.parse "--to" (arguments.GetResult To)
            let format = arguments.GetResult(Output, OutputFormat.Sql)

            let! printed, same =
                match Endpoint.common said [ from; target ] with
                | EngineKind.Postgres -> postgres options from target format ct
                | EngineKind.Sqlite -> sqlite options from target format ct

            if printed <> "" then
                Console.Out.WriteLine printed

            return if arguments.Contains Exit_Code && not same then 2 else 0
        }
