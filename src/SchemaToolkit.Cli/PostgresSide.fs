namespace SchemaToolkit.Cli

open System.IO
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.PostgresObjects

/// A PostgreSQL database from whatever describes it.
[<RequireQualifiedAccess>]
module PostgresSide =
    let private oldest = 15

    /// Before anything is asked: an older catalog lacks columns that the queries name.
    let private checkVersion (connection: NpgsqlConnection) =
        if connection.PostgreSqlVersion.Major < oldest then
            Refuse.because
                $"The server is PostgreSQL {connection.PostgreSqlVersion}; {oldest} is the oldest that is supported. Nothing was changed."

    let private connect (text: string) (ct: CancellationToken) =
        task {
            let builder = PostgresConnections.parse text
            builder.Pooling <- false
            builder.ApplicationName <- "SchemaToolkit"
            builder.ReadBufferSize <- 65536
            // The catalog is read through built-in types alone: no need to ask the server for all that there are.
            let sources = NpgsqlSlimDataSourceBuilder(builder.ConnectionString).EnableArrays()
            sources.ConfigureTypeLoading(fun types -> types.EnableTypeLoading false |> ignore) |> ignore
            let connection = sources.Build().CreateConnection()

            try
                do! connection.OpenAsync ct
                checkVersion connection
                return connection
            with error ->
                connection.Dispose()
                return raise error
        }

    let private live (text: string) (ct: CancellationToken) =
        task {
            use! connection = connect text ct
            return! Steady.read connection ct
        }

    let private snapshot (file: string) : PgDatabase =
        match SnapshotJson.read (File.ReadAllText file) with
        | Ok database -> database
        | Error reason -> Refuse.because $"{file}: {reason}"

    let private needServer (what: string) (server: string option) =
        match server with
        | Some server -> server
        | None ->
            Refuse.because
                $"{what} into a scratch database, which is dropped afterwards: say on which PostgreSQL server with --server CONNECTION."

    /// Scripts and declared schemas are loaded into a scratch database on the server.
    let load (server: string option) (endpoint: Endpoint) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            match endpoint with
            | Endpoint.Live text -> return! live text ct
            | Endpoint.Snapshot file -> return snapshot file
            | Endpoint.Script path ->
                let server = needServer "SQL files are loaded" server
                use! probe = connect server ct
                probe.Close()
                return! Scratch.using server path (fun connection -> Snapshot.read' connection ct) ct
            | Endpoint.Assembly path -> return Refuse.because $"{path} cannot be read yet."
            | Endpoint.SqliteFile _ -> return Refuse.because "An SQLite file is not a PostgreSQL database."
        }

    /// Both at once where that is safe; when one fails the other is waited for, so that nothing is left behind.
    let loadBoth (server: string option) (from: Endpoint) (target: Endpoint) (ct: CancellationToken) =
        task {
            match from, target with
            | Endpoint.Script _, Endpoint.Script _ ->
                // Roles belong to the whole server: two scripts that make the same one would meet.
                let! before = load server from ct
                let! after = load server target ct
                return [| before; after |]
            | _ -> return! Task.WhenAll [ load server from ct; load server target ct ]
        }
