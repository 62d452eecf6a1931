namespace SchemaToolkit.Testing

open System
open System.Collections.Concurrent
open System.IO
open System.Text.RegularExpressions
open System.Threading
open System.Threading.Tasks
open Npgsql

/// A running PGLite server. All its connections share one session and one database: use it from one test at a time.
[<RequireQualifiedAccess>]
type PGliteServer =
    {
        /// The version of the npm package; the engine reports PostgreSQL 18.
        Version: string
        ConnectionString: string
        Process: EngineProcess
        /// The data folder, deleted when the server ends.
        Data: string
    }

[<RequireQualifiedAccess>]
module PGliteServer =

    /// Loaded, so that CREATE EXTENSION finds them.
    let private extensions =
        "@electric-sql/pglite-pgvector:vector,pgcrypto,pg_trgm,citext,hstore,btree_gist"

    type private Installation = { Node: string; Folder: string; Script: string; Version: string }

    let private find () =
        let package name = NodeModules.package $"@electric-sql/{name}"

        match Command.find "node", NodeModules.folder () with
        | None, _ -> Error "Node.js is not on PATH."
        | _, None -> Error $"its npm packages are not installed; {NodeModules.advice}."
        | _, _ when OperatingSystem.IsWindows() ->
            Error "the harness watches over servers with a POSIX shell, which Windows lacks."
        | Some node, Some folder ->
            match package "pglite", package "pglite-socket", package "pglite-pgvector" with
            | Some pglite, Some socket, Some _ ->
                Ok
                    { Node = node
                      Folder = folder
                      Script = Path.Combine(socket, "dist", "scripts", "server.js")
                      Version = NodeModules.version pglite }
            | _ -> Error $"its npm packages are not complete; {NodeModules.advice}."

    /// Whether PGLite can be used, without starting it.
    let availability () =
        match find () with
        | Ok found -> Availability.Available $"PGLite {found.Version} (npm)"
        | Error reason -> Availability.Missing reason

    /// The server chooses a free port itself and says so in its output.
    let private listeningOn (log: string) =
        if File.Exists log then
            use stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)

            use reader = new StreamReader(stream)
            let found = Regex.Match(reader.ReadToEnd(), "listening on .*\"port\":(\\d+)")
            if found.Success then Some(int found.Groups[1].Value) else None
        else
            None

    let private startOn (found: Installation) signal data doomed =
        task {
            let server =
                EngineProcess.start
                    { EngineCommand.Program = found.Node
                      EngineCommand.Arguments =
                        [ found.Script; "-h"; "127.0.0.1"; "-p"; "0"; "-m"; "100"; "-d"; data; "-e"; extensions ]
                      EngineCommand.WorkingFolder = found.Folder
                      EngineCommand.Environment = []
                      EngineCommand.Log = Scratch.path "pglite" + ".log"
                      EngineCommand.Signal = signal
                      EngineCommand.Doomed = doomed }

            let! port =
                EngineProcess.untilReady (TimeSpan.FromSeconds 60.0) server (fun () ->
                    Task.FromResult(listeningOn server.Log))

            return server, port
        }

    let private copyFolder (source: string) (target: string) =
        Directory.CreateDirectory target |> ignore

        for folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories) do
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, folder))) |> ignore

        for file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories) do
            File.Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)))

    let private templatePath (found: Installation) =
        Path.Combine(Path.GetTempPath(), $"schematoolkit-{Environment.UserName}", $"pglite-{found.Version}")

    /// A new cluster takes seconds, a copy a fraction of one. So the first test program of this user and version makes one
    /// and moves it into place whole; of two that race, the second throws its own away.
    let private makeTemplate (found: Installation) =
        task {
            let template = templatePath found

            if not (Directory.Exists template) then
                let fresh = Scratch.path "pglite-template"
                let! server, _ = startOn found StopSignal.Interrupt fresh None
                do! server.Stop()
                let staged = template + $".{Guid.NewGuid():N}"
                copyFolder fresh staged
                Scratch.deleteFolder fresh

                try
                    Directory.Move(staged, template)
                with :? IOException when Directory.Exists template ->
                    Scratch.deleteFolder staged

            return template
        }

    let private template = ConcurrentDictionary<string, Lazy<Task<string>>>()

    let private open' found =
        task {
            let make = Func<_, _>(fun _ -> lazy (makeTemplate found))
            let! source = template.GetOrAdd(templatePath found, make).Value
            let data = Scratch.path "pglite"
            copyFolder source data
            let! server, port = startOn found StopSignal.Kill data (Some data)

            return
                { PGliteServer.Version = found.Version
                  PGliteServer.Process = server
                  PGliteServer.Data = data
                  PGliteServer.ConnectionString =
                    NpgsqlConnectionStringBuilder(
                        Host = "127.0.0.1",
                        Port = port,
                        Username = "postgres",
                        Database = "postgres",
                        SslMode = SslMode.Disable,
                        Pooling = false,
                        IncludeErrorDetail = true
                    )
                        .ConnectionString }
        }

    /// Starts a server with an empty database of its own; it ends with the test program.
    let startFresh () =
        task {
            match find () with
            | Error reason -> return raise (Unavailable.because Engine.PGlite reason)
            | Ok found ->
                try
                    try
                        return! open' found
                    with Failure _ ->
                        // Cleaners of temp folders take single files, and leave a template that does not open.
                        Scratch.deleteFolder (templatePath found)
                        template.Clear()
                        return! open' found
                with Failure reason as error ->
                    return
                        raise (Unavailable.after Engine.PGlite $"PGLite {found.Version} did not start. {reason}" error)
        }

    /// Ends a server; its data goes with it.
    let stop (server: PGliteServer) = server.Process.Stop()
