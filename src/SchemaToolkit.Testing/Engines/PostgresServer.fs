namespace SchemaToolkit.Testing

open System
open System.Collections.Concurrent
open System.IO
open System.Net
open System.Net.Sockets
open System.Threading
open System.Threading.Tasks
open Npgsql

/// A PostgreSQL server for tests: one we started, or one that was named in the environment.
[<RequireQualifiedAccess>]
type PostgresServer =
    {
        Version: string
        Major: int
        /// Connects to the database `postgres`, as a role that may create databases.
        AdminConnectionString: string
        /// Empty for a server that is not ours.
        Process: EngineProcess option
    }

[<RequireQualifiedAccess>]
module PostgresServer =

    let private variable = "SCHEMATOOLKIT_TEST_POSTGRES"
    let private versionVariable = "SCHEMATOOLKIT_TEST_POSTGRES_VERSION"

    let private setting name =
        Environment.GetEnvironmentVariable name
        |> Option.ofObj
        |> Option.filter (String.IsNullOrWhiteSpace >> not)

    /// Reads `postgres://user:password@host:port/database` as well as `Host=…`.
    let private fromUrl (text: string) =
        match Uri.TryCreate(text, UriKind.Absolute) with
        | true, NonNull uri when (uri.Scheme = "postgres" || uri.Scheme = "postgresql") ->
            let builder = NpgsqlConnectionStringBuilder(Host = uri.Host)

            if uri.Port > 0 then
                builder.Port <- uri.Port

            match uri.UserInfo.Split(':', 2) |> Array.map Uri.UnescapeDataString with
            | [| user; password |] ->
                builder.Username <- user
                builder.Password <- password
            | [| user |] when user <> "" -> builder.Username <- user
            | _ -> ()

            builder.Database <- Uri.UnescapeDataString(uri.AbsolutePath.Trim '/')
            builder.ConnectionString
        | _ -> text

    let private freePort () =
        use listener = new TcpListener(IPAddress.Loopback, 0)
        listener.Start()
        (listener.LocalEndpoint :?> IPEndPoint).Port

    let private tryConnect (connectionString: string) =
        task {
            try
                use connection = new NpgsqlConnection(connectionString)
                do! connection.OpenAsync()
                use command = new NpgsqlCommand("SHOW server_version", connection)
                let! version = command.ExecuteScalarAsync()
                return Ok(connection.PostgreSqlVersion.Major, (string version).Split(' ')[0])
            with
            | :? NpgsqlException as error -> return Error error.Message
            | :? TimeoutException as error -> return Error error.Message
        }

    let private orFail (work: Task<Result<string, string>>) : Task =
        task {
            match! work with
            | Ok _ -> ()
            | Error reason -> failwith reason
        }

    /// A checkout below a closed home folder cannot be entered by the server's user: then it gets a copy.
    let private reachable user (installation: PostgresInstallation) =
        task {
            let initdb = Path.Combine(installation.Bin, "initdb")
            let program, arguments = ServerUser.through user initdb [ "--version" ]

            match! Command.run program arguments [] "/" with
            | Ok _ -> return installation
            | Error _ when user.IsSome && installation.Source = "npm" ->
                let copy = Scratch.path $"postgres-{installation.Major}"
                let native = Path.GetFullPath(Path.Combine(installation.Bin, ".."))
                do! Command.run "cp" [ "-a"; native; copy ] [] "/" |> orFail
                do! Command.run "chmod" [ "-R"; "a+rX"; copy ] [] "/" |> orFail

                return { installation with Bin = Path.Combine(copy, "bin") }
            | Error reason -> return failwith reason
        }

    /// Nothing here outlives the tests, so durability is off; memory-mapped segments go with the folder.
    let private settings =
        [ "fsync=off"
          "synchronous_commit=off"
          "full_page_writes=off"
          "max_connections=200"
          "listen_addresses=127.0.0.1"
          // A socket's path may have 103 characters, and temp folders come longer than that.
          "unix_socket_directories="
          "dynamic_shared_memory_type=mmap"
          "timezone=UTC"
          "log_timezone=UTC" ]

    /// Ready once it answers, and is ours: another program may have taken the port in the meantime.
    let private ask (cluster: string) admin =
        task {
            match! tryConnect admin with
            | Error _ -> return None
            | Ok found ->
                use connection = new NpgsqlConnection(admin)
                do! connection.OpenAsync()
                use command = new NpgsqlCommand("SHOW data_directory", connection)
                let! folder = command.ExecuteScalarAsync()
                return if string folder = cluster then Some found else None
        }

    let private startOn user (installation: PostgresInstallation) cluster port =
        task {
            let log = Scratch.path "postgres" + ".log"

            let program, arguments =
                ServerUser.through
                    user
                    (Path.Combine(installation.Bin, "postgres"))
                    ([ "-D"; cluster; "-p"; string port ] @ List.collect (fun setting -> [ "-c"; setting ]) settings)

            let server =
                EngineProcess.start
                    { EngineCommand.Program = program
                      EngineCommand.Arguments = arguments
                      EngineCommand.WorkingFolder = "/"
                      EngineCommand.Environment = [ "LC_ALL", "C" ]
                      EngineCommand.Log = log
                      EngineCommand.Signal = StopSignal.Quit
                      EngineCommand.Doomed = Some cluster }

            let admin =
                NpgsqlConnectionStringBuilder(
                    Host = "127.0.0.1",
                    Port = port,
                    Username = "postgres",
                    Database = "postgres",
                    SslMode = SslMode.Disable,
                    Pooling = false,
                    IncludeErrorDetail = true
                )
                    .ConnectionString

            let! major, version =
                EngineProcess.untilReady (TimeSpan.FromSeconds 30.0) server (fun () -> ask cluster admin)

            return
                { PostgresServer.Version = version
                  PostgresServer.Major = major
                  PostgresServer.AdminConnectionString = admin
                  PostgresServer.Process = Some server }
        }

    /// Makes a new cluster and starts a server on it; it ends with the test program.
    let start (installation: PostgresInstallation) =
        task {
            let user =
                match ServerUser.find () with
                | Ok user -> user
                | Error reason -> raise (Engine.unavailable Engine.Postgres reason)

            try
                PostgresInstallation.hydrate installation
                let! installation = reachable user installation
                let cluster = Scratch.path $"cluster-{installation.Major}"

                match user with
                | None -> Directory.CreateDirectory cluster |> ignore
                | Some owner ->
                    do!
                        Command.run "install" [ "-d"; "-m"; "700"; "-o"; owner.Uid; "-g"; owner.Gid; cluster ] [] "/"
                        |> orFail

                let program, arguments =
                    ServerUser.through
                        user
                        (Path.Combine(installation.Bin, "initdb"))
                        [ "-D"; cluster; "-U"; "postgres"; "-A"; "trust"; "-E"; "UTF8"; "--locale=C"; "--no-sync" ]

                do! Command.run program arguments [ "LC_ALL", "C" ] "/" |> orFail
                return! startOn user installation cluster (freePort ())
            with Failure reason as error ->
                return
                    raise (
                        Engine.failed
                            Engine.Postgres
                            $"PostgreSQL {installation.Version} ({installation.Source}) did not start. {reason}"
                            error
                    )
        }

    let private connectNamed (connectionString: string) =
        task {
            let admin = NpgsqlConnectionStringBuilder(fromUrl connectionString, Pooling = false)

            match! tryConnect admin.ConnectionString with
            | Ok(major, version) ->
                return
                    Ok
                        { PostgresServer.Version = version
                          PostgresServer.Major = major
                          PostgresServer.AdminConnectionString = admin.ConnectionString
                          PostgresServer.Process = None }
            | Error reason -> return Error $"the server named in {variable} does not answer: {reason}"
        }

    /// Chooses without starting anything: the named server, else an installation; a wanted major version narrows it.
    let private choose (wanted: int option) =
        let wanted =
            wanted
            |> Option.orElse (
                setting versionVariable
                |> Option.map (fun text ->
                    match Int32.TryParse text with
                    | true, major -> major
                    | _ ->
                        raise (
                            Engine.unavailable
                                Engine.Postgres
                                $"{versionVariable} is \"{text}\", which is not a major version such as 18."
                        ))
            )

        let fits major = wanted |> Option.forall (fun asked -> asked = major)

        let local () =
            match PostgresInstallation.all () |> List.tryFind (fun each -> fits each.Major) with
            | Some installation -> ServerUser.find () |> Result.map (fun _ -> Choice2Of2 installation)
            | None ->
                let version = wanted |> Option.map (fun major -> $" {major}") |> Option.defaultValue ""

                Error
                    $"no PostgreSQL{version} was found; name a server in {variable}, install PostgreSQL, or {NodeModules.advice}."

        match setting variable with
        | None -> Task.FromResult(local ())
        | Some connectionString ->
            task {
                match! connectNamed connectionString with
                | Ok server when fits server.Major -> return Ok(Choice1Of2 server)
                | Ok _ -> return local ()
                | Error reason -> return Error reason
            }

    /// Whether there is a PostgreSQL for tests, without starting one.
    let availability () =
        match (choose None).GetAwaiter().GetResult() with
        | Ok(Choice1Of2 server) -> Availability.Available $"PostgreSQL {server.Version} ({variable})"
        | Ok(Choice2Of2 installation) ->
            Availability.Available $"PostgreSQL {installation.Version} ({installation.Source})"
        | Error reason -> Availability.Missing reason

    /// The major versions that tests can ask for, the preferred one first.
    let majors () =
        let local =
            match ServerUser.find () with
            | Ok _ -> PostgresInstallation.all () |> List.map _.Major
            | Error _ -> []

        match (choose None).GetAwaiter().GetResult() with
        | Ok(Choice1Of2 server) -> List.distinct (server.Major :: local)
        | Ok(Choice2Of2 installation) -> List.distinct (installation.Major :: local)
        | Error _ -> []

    let private servers = ConcurrentDictionary<int, Lazy<Task<PostgresServer>>>()

    /// The server of this test program, started on first use; one per wanted major version.
    let shared (major: int option) =
        let begin' _ =
            lazy
                (task {
                    match! choose major with
                    | Ok(Choice1Of2 server) -> return server
                    | Ok(Choice2Of2 installation) -> return! start installation
                    | Error reason -> return raise (Engine.unavailable Engine.Postgres reason)
                })

        servers.GetOrAdd(Option.defaultValue 0 major, begin').Value

    let private execute (server: PostgresServer) (sql: string) =
        task {
            use connection = new NpgsqlConnection(server.AdminConnectionString)
            do! connection.OpenAsync()
            use command = new NpgsqlCommand(sql, connection)
            let! _ = command.ExecuteNonQueryAsync()
            ()
        }

    let mutable private made = 0

    /// Makes an empty database; returns its connection string.
    let createDatabase (server: PostgresServer) =
        task {
            let number = Interlocked.Increment &made
            let name = $"schematoolkit_test_{Environment.ProcessId}_{number}_{Random.Shared.Next 1_000_000}"
            // Copying files is several times faster than logging every page, and possible from version 15.
            let strategy = if server.Major >= 15 then " STRATEGY FILE_COPY" else ""
            do! execute server $"CREATE DATABASE \"{name}\" TEMPLATE template0{strategy}"

            return
                NpgsqlConnectionStringBuilder(
                    server.AdminConnectionString,
                    Database = name,
                    Pooling = true,
                    IncludeErrorDetail = true
                )
                    .ConnectionString
        }

    /// Drops a database made here, with every session that is still in it.
    let dropDatabase (server: PostgresServer) (connectionString: string) =
        task {
            use pooled = new NpgsqlConnection(connectionString)
            NpgsqlConnection.ClearPool pooled
            let name = NpgsqlConnectionStringBuilder(connectionString).Database
            do! execute server $"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"
        }

    /// Ends a server made by `start`; a server that is not ours is left alone.
    let stop (server: PostgresServer) : Task =
        match server.Process with
        | Some running -> running.Stop()
        | None -> Task.CompletedTask
