namespace SchemaToolkit

open System
open System.Threading.Tasks
open SchemaToolkit.Agents

/// Words that keep scripts and small programs free of ceremony.
[<RequireQualifiedAccess>]
module Script =
    /// Options for an app, with `--database TEXT` taken from the command line when it is there.
    let options (app: string) : ToolkitOptions =
        ToolkitOptions.forApp app |> ToolkitOptions.fromArguments (Environment.GetCommandLineArgs())

    /// What a person can act on is told without a stack.
    let private (|Told|_|) (error: exn) =
        match error with
        | :? MigrationException
        | :? StartException
        | :? DatabaseAddressException
        | :? DatabaseException -> Some error.Message
        | _ -> None

    /// Waits for the work. An error of the toolkit is printed and ends the program with exit code 1; a bug is raised.
    let run (work: Task<'T>) : 'T =
        try
            work.GetAwaiter().GetResult()
        with Told message ->
            Console.Out.Flush()
            Console.Error.WriteLine message
            exit 1
