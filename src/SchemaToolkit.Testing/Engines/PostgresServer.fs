namespace SchemaToolkit.Testing

open System
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

    let private freePort () =
        use listener = new TcpListener(IPAddress.Loopback, 0)
        listener.Start()
        (listener.LocalEndpoint :?> IPEndPoint).Port

    /// Major and whole version of a server, or why it does not answer.
    let internal tryConnect (connectionString: string) =
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
    let private ask (cluster: string) (admin: string) =
        task {
            try
                use connection = new NpgsqlConnection(admin)
                do! connection.OpenAsync()
                use command = new NpgsqlCommand("SHOW data_directory", connection)
                let! folder = command.ExecuteScalarAsync()

                match! tryConnect admin with
                | Ok found when string folder = cluster -> return Some found
                | Ok _
                | Error _ -> return None
            with :? NpgsqlException ->
                return None
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

    let private makeFolder (user: ServerUser.Account option) folder =
        task {
            match user with
            | None -> Directory.CreateDirectory folder |> ignore
            | Some owner ->
                do!
                    Command.run "install" [ "-d"; "-m"; "700"; "-o"; owner.Uid; "-g"; owner.Gid; folder ] [] "/"
                    |> orFail
        }

    let private makeCluster user (installation: PostgresInstallation) =
        task {
            let cluster = Scratch.path $"cluster-{installation.Major}"
            do! makeFolder user cluster

            let program, arguments =
                ServerUser.through
                    user
                    (Path.Combine(installation.Bin, "initdb"))
                    [ "-D"; cluster; "-U"; "postgres"; "-A"; "trust"; "-E"; "UTF8"; "--locale=C"; "--no-sync" ]

            do! Command.run program arguments [ "LC_ALL", "C" ] "/" |> orFail
            return! startOn user installation cluster (freePort ())
        }

    /// A free port may be taken by somebody else before our server listens on it.
    let rec private attempt left user installation : Task<PostgresServer> =
        task {
            try
                return! makeCluster user installation
            with Failure reason when left > 0 && reason.Contains "Address already in use" ->
                return! attempt (left - 1) user installation
        }

    /// Makes a new cluster and starts a server on it; it ends with the test program.
    let start (installation: PostgresInstallation) =
        task {
            let user =
                match ServerUser.find () with
                | Ok user -> user
                | Error reason -> raise (Unavailable.because Engine.Postgres reason)

            try
                PostgresInstallation.hydrate installation
                let! installation = reachable user installation
                return! attempt 3 user installation
            with Failure reason as error ->
                let which = $"PostgreSQL {installation.Version} ({installation.Source})"
                return raise (Unavailable.after Engine.Postgres $"{which} did not start. {reason}" error)
        }

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
