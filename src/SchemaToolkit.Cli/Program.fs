module SchemaToolkit.Cli.Program

open System
open System.Runtime.InteropServices
open System.Threading
open System.Threading.Tasks
open Argu

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
    | Diff diff -> SchemaToolkit.Cli.Diff.run (DiffRequest.ofArguments diff) ct
    | Inspect inspect -> SchemaToolkit.Cli.Inspect.run inspect ct

/// The first signal lets the command tidy up: scratch databases are dropped on the way out. A second one ends it at once; the
/// next run drops what it left.
let private onSignal (stopping: CancellationTokenSource) =
    let stop (context: PosixSignalContext) =
        if not stopping.IsCancellationRequested then
            context.Cancel <- true
            stopping.Cancel()

    [ PosixSignal.SIGINT; PosixSignal.SIGTERM; PosixSignal.SIGHUP ]
    |> List.map (fun signal -> PosixSignalRegistration.Create(signal, stop))

/// Standard output belongs to the result: errors go to standard error, in one line where it can be.
let private fail (message: string) =
    Console.Error.WriteLine message
    1

/// In a method of its own: where it is not needed, its library is not loaded.
let private parsed (argv: string array) (ct: CancellationToken) : int =
    try
        let parser = ArgumentParser.Create<Arguments>(programName = "dotnet schema")
        let arguments = parser.ParseCommandLine(argv, raiseOnUsage = true)
        (run arguments ct).GetAwaiter().GetResult()
    with
    | :? ArguParseException as error when error.ErrorCode = ErrorCode.HelpText ->
        Console.Out.WriteLine error.Message
        0
    | :? ArguParseException as error -> fail error.Message

/// 0: done; 1: an error; 2: there are differences, when that was asked for.
let private execute (argv: string array) (ct: CancellationToken) : int =
    try
        match DiffRequest.tryPlain (List.ofArray argv) with
        | Some request -> (SchemaToolkit.Cli.Diff.run request ct).GetAwaiter().GetResult()
        | None -> parsed argv ct
    with
    | _ when ct.IsCancellationRequested -> fail "error: stopped; nothing was left behind on the server"
    | error -> fail (ErrorText.describe error)

[<EntryPoint>]
let main argv =
    use stopping = new CancellationTokenSource()
    let signals = onSignal stopping
    let code = execute argv stopping.Token

    for signal in signals do
        signal.Dispose()

    code
