namespace SchemaToolkit.Cli

open System
open System.IO
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.PostgresObjects

/// One side of a comparison.
[<RequireQualifiedAccess>]
type Endpoint =
    | Live of connectionString: string
    /// A `.sql` file, or a folder of them.
    | Script of path: string

/// A mistake of the person who calls, to be told in one line.
exception Mistake of message: string

[<RequireQualifiedAccess>]
module Endpoint =
    let private forms =
        "Give a .sql file, a folder of .sql files, or a connection ('postgres://…' or 'Host=…')."

    let private starts (prefix: string) (text: string) = text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)

    /// Never repeats a connection string: it may hold a password.
    let parse (option: string) (text: string) : Endpoint =
        if
            starts "postgres://" text
            || starts "postgresql://" text
            || text.Contains("Host=", StringComparison.OrdinalIgnoreCase)
        then
            try
                PostgresConnections.parse text |> ignore
                Endpoint.Live text
            with :? ArgumentException as error ->
                raise (Mistake $"{option}: the connection cannot be read: {error.Message}")
        elif Directory.Exists text then
            Endpoint.Script text
        elif File.Exists text then
            if text.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) then
                Endpoint.Script text
            else
                raise (Mistake $"{option}: the kind of the file {text} is not known. {forms}")
        else
            raise (Mistake $"{option}: there is no file or folder of that name. {forms}")

    let private oldest = 150000

    let private read (connection: NpgsqlConnection) (ct: CancellationToken) =
        task {
            let! database = Snapshot.read' connection ct

            if database.Version < oldest then
                raise (
                    Mistake $"The server is PostgreSQL {database.Version / 10000}; 15 is the oldest that is supported."
                )

            return database
        }

    /// Scripts are loaded into a scratch database on the server.
    let load (server: string option) (endpoint: Endpoint) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            match endpoint with
            | Endpoint.Live text ->
                let builder = PostgresConnections.parse text
                builder.Pooling <- false
                builder.ApplicationName <- "SchemaToolkit"
                use connection = new NpgsqlConnection(builder.ConnectionString)
                do! connection.OpenAsync ct
                return! read connection ct
            | Endpoint.Script path ->
                match server with
                | None ->
                    return
                        raise (
                            Mistake "SQL files are loaded into a scratch database: say on which server with --server."
                        )
                | Some server -> return! Scratch.using server path (fun connection -> read connection ct) ct
        }
