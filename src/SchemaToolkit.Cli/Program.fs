module SchemaToolkit.Cli.Program

open System
open System.Threading
open System.Threading.Tasks
open Argu
open Npgsql
open SchemaToolkit.PostgresObjects

type Arguments =
    | [<CliPrefix(CliPrefix.None)>] Diff of ParseResults<DiffArguments>
    | [<CliPrefix(CliPrefix.None)>] Inspect of ParseResults<InspectArguments>

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Diff _ -> "print the SQL that turns one database into another"
            | Inspect _ -> "print a database: a snapshot, or SQL that makes it anew"

let private run (arguments: ParseResults<Arguments>) (ct: CancellationToken) : Task<int> =
    match arguments.GetSubCommand() with
    | Diff diff -> SchemaToolkit.Cli.Diff.run diff ct
    | Inspect inspect -> SchemaToolkit.Cli.Inspect.run inspect ct

/// Errors go to standard error, in one line each; 1 means that something went wrong.
[<EntryPoint>]
let main argv =
    let parser = ArgumentParser.Create<Arguments>(programName = "dotnet schema")
    use stopping = new CancellationTokenSource()

    Console.CancelKeyPress.Add(fun event ->
        // Scratch databases are dropped on the way out.
        event.Cancel <- true
        stopping.Cancel())

    let fail (message: string) =
        Console.Error.WriteLine message
        1

    try
        let arguments = parser.ParseCommandLine(argv, raiseOnUsage = true)
        (run arguments stopping.Token).GetAwaiter().GetResult()
    with
    | :? ArguParseException as error when error.ErrorCode = ErrorCode.HelpText ->
        Console.Out.WriteLine error.Message
        0
    | :? ArguParseException as error -> fail error.Message
    | Mistake message -> fail $"error: {message}"
    | :? ScriptException as error -> fail $"error: {error.Message}"
    | :? PostgresException as error -> fail $"error: the server refused a query: {error.MessageText} ({error.SqlState})"
    | :? NpgsqlException as error -> fail $"error: the server could not be used: {error.Message}"
    | :? OperationCanceledException -> fail "error: stopped"
