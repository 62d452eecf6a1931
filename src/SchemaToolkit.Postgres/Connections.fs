namespace SchemaToolkit

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Connections to PostgreSQL and PGLite.
[<RequireQualifiedAccess>]
module PostgresConnections =
    let private refuse message : 'T = raise (ArgumentException message)

    let private ofUrl (text: string) =
        match Uri.TryCreate(text, UriKind.Absolute) with
        | true, (NonNull url) ->
            let builder = NpgsqlConnectionStringBuilder(Host = url.Host)

            if url.Port > 0 then
                builder.Port <- url.Port

            let database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart '/')

            if database <> "" then
                builder.Database <- database

            match url.UserInfo.Split(':', 2) with
            | [| user; password |] ->
                builder.Username <- Uri.UnescapeDataString user
                builder.Password <- Uri.UnescapeDataString password
            | [| user |] when user <> "" -> builder.Username <- Uri.UnescapeDataString user
            | _ -> ()

            for pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries) do
                match pair.Split('=', 2) with
                | [| "sslmode"; value |] -> builder.SslMode <- Enum.Parse<SslMode>(value.Replace("-", ""), true)
                | [| "application_name"; value |] -> builder.ApplicationName <- Uri.UnescapeDataString value
                | [| name; _ |]
                | [| name |] -> refuse $"The connection URL's option '{name}' is not known; write it in `Host=…;` form."
                | _ -> ()

            builder
        // The text may hold a password, so it is not repeated.
        | _ -> refuse "The connection URL cannot be read; write `postgres://user:password@host:port/database`."

    /// Reads `Host=…;…` or `postgres://user:password@host:port/database`.
    let parse (connectionString: string) : NpgsqlConnectionStringBuilder =
        let isUrl =
            connectionString.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
            || connectionString.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)

        if isUrl then
            ofUrl connectionString
        else
            NpgsqlConnectionStringBuilder connectionString

    /// Host, port and database, never the password.
    let target (connectionString: string) =
        let builder = parse connectionString
        let database = builder.Database |> Option.ofObj |> Option.defaultValue "postgres"
        $"{builder.Host}:{builder.Port}/{database}"

    /// A data source with pgvector's types mapped; a server without the extension is no error.
    let dataSource (connectionString: string) : NpgsqlDataSource =
        let builder = NpgsqlDataSourceBuilder((parse connectionString).ConnectionString)
        builder.UseVector() |> ignore
        builder.Build()

    /// Opens one connection outside every pool.
    let openUnpooled (connectionString: string) (cancellation: CancellationToken) : Task<DbConnection> =
        task {
            let builder = parse connectionString
            builder.Pooling <- false
            let connection = new NpgsqlConnection(builder.ConnectionString)

            try
                do! connection.OpenAsync cancellation
                return connection :> DbConnection
            with error ->
                do! connection.DisposeAsync()
                return raise error
        }

    /// PGLite says so in `version()`; its connection strings look like any other.
    let isPGlite (connection: DbConnection) (cancellation: CancellationToken) : Task<bool> =
        task {
            use command = connection.CreateCommand()
            command.CommandText <- "SELECT version()"
            let! version = command.ExecuteScalarAsync cancellation
            return (string version).Contains("pglite", StringComparison.OrdinalIgnoreCase)
        }

    let pool (source: NpgsqlDataSource) : ConnectionPool =
        { Open =
            fun cancellation ->
                task {
                    let! connection = source.OpenConnectionAsync cancellation
                    return connection :> DbConnection
                }
          Release = _.DisposeAsync()
          Refresh =
            fun cancellation ->
                task {
                    use! connection = source.OpenConnectionAsync cancellation
                    do! connection.ReloadTypesAsync cancellation
                }
          Close = source.DisposeAsync }
