namespace SchemaToolkit.Cli

open System
open System.Collections.Generic
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
    | [<Unique>] Safe

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
            | Safe -> "print nothing and exit with 1 when rows, values or numbers would be lost, or might be"

/// What `diff` is asked for.
type DiffRequest =
    {
        From: string
        To: string
        Server: string option
        Schema: string option
        Dialect: EngineName option
        Output: OutputFormat
        /// Exit with 2 when there are differences.
        ExitCode: bool
        /// Refuse a plan that may lose data.
        Safe: bool
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module DiffRequest =
    let ofArguments (arguments: ParseResults<DiffArguments>) : DiffRequest =
        { From = arguments.GetResult DiffArguments.From
          To = arguments.GetResult DiffArguments.To
          Server = arguments.TryGetResult DiffArguments.Server
          Schema = arguments.TryGetResult DiffArguments.Schema
          Dialect = arguments.TryGetResult DiffArguments.Dialect
          Output = arguments.GetResult(DiffArguments.Output, OutputFormat.Sql)
          ExitCode = arguments.Contains DiffArguments.Exit_Code
          Safe = arguments.Contains DiffArguments.Safe }

    let private format (name: string) =
        match name with
        | "sql" -> Some OutputFormat.Sql
        | "json" -> Some OutputFormat.Json
        | "text" -> Some OutputFormat.Text
        | _ -> None

    /// Options written out, each at most once: the parser of every form would take a good part of the time that the command
    /// takes. None for any other form, and for what is wrong: the parser knows what to say.
    let tryPlain (argv: string list) : DiffRequest option =
        let found = Dictionary<string, string>()

        let given name =
            match found.TryGetValue name with
            | true, value -> Some value
            | false, _ -> None

        let rec isPlain argv =
            match argv with
            | [] -> true
            | ("--exit-code" | "--safe" as flag) :: rest -> found.TryAdd(flag, "") && isPlain rest
            | ("--from" | "--to" | "--server" | "--schema" | "--output" as name) :: value :: rest ->
                not (value.StartsWith '-') && found.TryAdd(name, value) && isPlain rest
            | _ -> false

        match argv with
        | "diff" :: rest when isPlain rest ->
            match given "--from", given "--to", format (given "--output" |> Option.defaultValue "sql") with
            | Some from, Some target, Some format ->
                Some
                    { From = from
                      To = target
                      Server = given "--server"
                      Schema = given "--schema"
                      Dialect = None
                      Output = format
                      ExitCode = found.ContainsKey "--exit-code"
                      Safe = found.ContainsKey "--safe" }
            | _ -> None
        | _ -> None

/// `dotnet schema diff`: the SQL that turns one database into another.
[<RequireQualifiedAccess>]
module Diff =
    /// What a plan would lose: refused where the caller says so, else told.
    let private guard (safe: bool) (hazards: Told list) =
        match hazards |> List.filter Told.losesData with
        | [] -> ()
        | losses when safe ->
            let lines = losses |> List.map (fun told -> "\n  " + Told.line told) |> String.concat ""

            Refuse.because
                $"The plan may lose data, so nothing is printed; without --safe it is. Nothing was changed.{lines}"
        | losses ->
            let names =
                losses |> List.map (fun told -> $"{told.Code} {told.Object}") |> List.distinct |> String.concat "; "

            Warn.line ("the plan may lose data: " + names.ReplaceLineEndings " ")

    let private postgres options from target safe format ct =
        task {
            let! changes, unmodelled = PostgresDiff.between options from target ct
            Warn.lines "not compared: " unmodelled
            guard safe (List.collect snd changes)

            match NewValues.usedAtOnce (List.map fst changes) with
            | [] -> ()
            | enums ->
                let names = String.concat "; " enums

                Warn.line
                    $"the plan uses values that it adds, which are there after a commit only: run it without psql's -1 (--single-transaction): {names}"

            return
                match format with
                | OutputFormat.Sql -> Output.judged changes, changes.IsEmpty
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

    let private sqlite options from target safe format ct =
        task {
            let only = namespaceOf options from |> Option.orElse (namespaceOf options target)
            let! before = SqliteSide.load options only from ct
            let! after = SqliteSide.load options only target ct
            let notes = SqliteDiff.notes before after
            Warn.lines "" notes
            let changes, hazards = SqliteDiff.between before after
            guard safe hazards

            if SqliteDiff.needsToolkit changes then
                Warn.line
                    "the statements convert values with schema_cast, a function of the toolkit's connections that the sqlite3 shell lacks"

            return
                match format with
                | OutputFormat.Sql -> SqliteDiff.sql hazards changes, changes.IsEmpty
                | OutputFormat.Json -> SqliteDiff.json notes hazards changes, changes.IsEmpty
                | OutputFormat.Text -> SqliteDiff.text hazards changes, changes.IsEmpty
        }

    /// 0: done; 2 with `--exit-code`: there are differences.
    let run (request: DiffRequest) (ct: CancellationToken) : Task<int> =
        task {
            let options = { Server = request.Server; Schema = request.Schema }
            let said = request.Dialect |> Option.map EngineName.toKind
            let from = Endpoint.parse "--from" request.From
            let target = Endpoint.parse "--to" request.To

            let! printed, same =
                match Endpoint.common said [ from; target ] with
                | EngineKind.Postgres -> postgres options from target request.Safe request.Output ct
                | EngineKind.Sqlite -> sqlite options from target request.Safe request.Output ct

            if printed <> "" then
                Console.Out.WriteLine printed

            return if request.ExitCode && not same then 2 else 0
        }
