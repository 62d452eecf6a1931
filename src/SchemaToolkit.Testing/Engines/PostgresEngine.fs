namespace SchemaToolkit.Testing

open System
open System.Collections.Concurrent
open System.Threading.Tasks
open Npgsql

/// Chooses the PostgreSQL that tests run on: the server named in the environment, else one installed here.
[<RequireQualifiedAccess>]
module PostgresEngine =

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

    let private connectNamed (text: string) =
        task {
            try
                let admin = NpgsqlConnectionStringBuilder(fromUrl text, Pooling = false)

                match! PostgresServer.tryConnect admin.ConnectionString with
                | Ok(major, version) ->
                    return
                        Ok
                            { PostgresServer.Version = version
                              PostgresServer.Major = major
                              PostgresServer.AdminConnectionString = admin.ConnectionString
                              PostgresServer.Process = None }
                | Error reason -> return Error $"the server named in {variable} does not answer: {reason}"
            with
            | :? ArgumentException
            | :? FormatException ->
                // Not the driver's message: it may quote the text, which may hold a password.
                return Error $"{variable} is neither `Host=…;Username=…` nor `postgres://user@host/database`."
        }

    let private wantedBySetting () =
        match setting versionVariable with
        | None -> Ok None
        | Some text ->
            match Int32.TryParse text with
            | true, major -> Ok(Some major)
            | _ -> Error $"{versionVariable} is \"{text}\", which is not a major version such as 18."

    let private chooseFitting (wanted: int option) =
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

    /// Chooses without starting anything: the named server, else an installation; a wanted major version narrows it.
    let private choose (wanted: int option) =
        match wanted, wantedBySetting () with
        | Some _, _ -> chooseFitting wanted
        | None, Ok wanted -> chooseFitting wanted
        | None, Error reason -> Task.FromResult(Error reason)

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
                    | Ok(Choice2Of2 installation) -> return! PostgresServer.start installation
                    | Error reason -> return raise (Unavailable.because Engine.Postgres reason)
                })

        servers.GetOrAdd(Option.defaultValue 0 major, begin').Value
