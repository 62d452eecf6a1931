namespace SchemaToolkit

open System
open System.Collections.Generic
open System.IO
open System.Reflection

/// How a program starts.
type ToolkitOptions =
    {
        /// Names the embedded database, `./.data/<app>.db`.
        App: string
        /// Given in code or as an argument; else the environment decides.
        Database: string option
        Migration: MigrationOptions
        /// Told what a person should know: which database was chosen, what waits. Standard error unless changed.
        Announce: string -> unit
    }

/// The words for starting.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module ToolkitOptions =
    let forApp (app: string) : ToolkitOptions =
        { App = app
          Database = None
          Migration = MigrationOptions.standard ()
          Announce = fun line -> Console.Error.WriteLine line }

    /// A connection string, a URL or a `.db` path.
    let database (text: string) (options: ToolkitOptions) = { options with Database = Some text }

    /// Reads `--database TEXT` from a program's arguments, when it is there.
    let fromArguments (arguments: string seq) (options: ToolkitOptions) =
        let found =
            arguments
            |> Seq.pairwise
            |> Seq.tryPick (fun (flag, value) -> if flag = "--database" then Some value else None)

        match found with
        | Some text -> database text options
        | None -> options

    let private migration change (options: ToolkitOptions) = { options with Migration = change options.Migration }

    /// Development goes on where Production blocks, with a warning that counts what is lost.
    let stage (stage: Stage) (options: ToolkitOptions) =
        options |> migration (fun m -> { m with Policy = { m.Policy with Stage = stage } })

    /// Leave to do these dangerous things, and no others.
    let consenting (consents: Consent list) (options: ToolkitOptions) =
        options |> migration (fun m -> { m with Policy = MigrationPolicy.consenting consents m.Policy })

    /// Leave to do everything that consent could allow, as `ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS=true` gives it.
    let allowingEverything (options: ToolkitOptions) =
        options |> migration (fun m -> { m with Policy = { m.Policy with AllowDestructive = true } })

    /// Nothing is said to a person.
    let quietly (options: ToolkitOptions) = { options with Announce = ignore }

    /// Tables that are there already become the plugin's own.
    let adopting (tables: ObjectName list) (options: ToolkitOptions) =
        options |> migration (fun m -> { m with Adopt = m.Adopt @ tables })

    /// Is told of every plan, statement and outcome.
    let observing (observe: MigrationEvent -> unit) (options: ToolkitOptions) =
        options
        |> migration (fun m ->
            { m with
                Observe =
                    fun event ->
                        m.Observe event
                        observe event })

    let private environment (name: string) =
        match Environment.GetEnvironmentVariable name with
        | null
        | "" -> None
        | value -> Some value

    /// `dotnet fsi` and `dotnet run file.cs`: a person is sitting in front of them.
    let private isScript () =
        let entry =
            Assembly.GetEntryAssembly()
            |> Option.ofObj
            |> Option.bind (fun a -> Option.ofObj (a.GetName().Name))

        entry = Some "fsi" || not (isNull (AppContext.GetData "EntryPointFilePath"))

    let private announced = HashSet<string>()

    /// Once a file: a program asks for its address more often.
    let private announce (options: ToolkitOptions) (file: string) =
        if lock announced (fun () -> announced.Add file) then
            options.Announce $"database: SQLite, {Path.GetRelativePath(Environment.CurrentDirectory, file)}"

    let private embedded (options: ToolkitOptions) =
        if isScript () || Stage.detect () = Stage.Development then
            let folder = Path.Combine(Environment.CurrentDirectory, ".data")
            Directory.CreateDirectory folder |> ignore
            let file = Path.Combine(folder, $"{options.App}.db")
            announce options file
            Ok(DatabaseAddress.Sqlite $"Data Source={file}")
        else
            Error
                "No database is configured, and in Production none is made up. Give one in code, with --database, or in SCHEMATOOLKIT_DATABASE or POSTGRES_URL; for the embedded one write 'Data Source=app.db', or set DOTNET_ENVIRONMENT=Development."

    /// The database to use: code or argument, then `SCHEMATOOLKIT_DATABASE`, then `POSTGRES_URL`, else the embedded one.
    let address (options: ToolkitOptions) : Result<DatabaseAddress, string> =
        let given =
            options.Database
            |> Option.orElse (environment "SCHEMATOOLKIT_DATABASE")
            |> Option.orElse (environment "POSTGRES_URL")

        match given with
        | Some text -> DatabaseText.parse text
        | None -> embedded options
