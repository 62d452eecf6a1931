namespace SchemaToolkit.Cli

open System.IO
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.PostgresObjects

/// What goes with endpoints.
type SideOptions =
    {
        /// Where scratch databases are made.
        Server: string option
        /// Which schema of a program is meant.
        Schema: string option
    }

/// A PostgreSQL database from whatever describes it.
[<RequireQualifiedAccess>]
module PostgresSide =
    let private oldest = 15

    /// Before anything is asked: an older catalog lacks columns that the queries name.
    let private checkVersion (connection: NpgsqlConnection) =
        if connection.PostgreSqlVersion.Major < oldest then
            Refuse.because
                $"The server is PostgreSQL {connection.PostgreSqlVersion}; {oldest} is the oldest that is supported. Nothing was changed."

    let connect (text: string) (ct: CancellationToken) =
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

    let needServer (what: string) (server: string option) =
        match server with
        | Some server -> server
        | None ->
            Refuse.because
                $"{what} a scratch database, which is dropped afterwards: say on which PostgreSQL server with --server CONNECTION."

    let private check (server: string) (ct: CancellationToken) =
        task {
            use! connection = connect server ct
            connection.Close()
        }

    /// Made in a scratch database by the driver that plugins use, with what it references; then its own namespace is read.
    let private declared (server: string) (schema: Schema, all: Schema list) (path: string) (ct: CancellationToken) =
        let make (connection: NpgsqlConnection) =
            task {
                let driver = PostgresDriver.create server

                for each in DeclaredSchemas.withDependencies path schema all do
                    do! Declare.onto driver connection each ct

                let! whole = Snapshot.read' connection ct
                let extensions = whole.Objects.Keys |> Seq.filter (fun a -> a.Kind = Kind.Extension) |> Set.ofSeq
                return Narrow.toNamespaces (Set.singleton schema.Namespace) extensions whole
            }

        Scratch.within server make ct

    /// Scripts and declared schemas are loaded into a scratch database on the server.
    let load (options: SideOptions) (endpoint: Endpoint) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            match endpoint with
            | Endpoint.Live text -> return! live text ct
            | Endpoint.Snapshot file -> return snapshot file
            | Endpoint.Script path ->
                let server = needServer "SQL files are loaded into" options.Server
                do! check server ct
                return! Scratch.read server path ct
            | Endpoint.Assembly path ->
                let server = needServer "A declared schema is made in" options.Server
                do! check server ct
                return! declared server (DeclaredSchemas.choose path options.Schema) path ct
            | Endpoint.SqliteSnapshot _
            | Endpoint.SqliteFile _ -> return Refuse.because "An SQLite file is not a PostgreSQL database."
        }

    /// Both at once where that is safe; when one fails the other is waited for, so that nothing is left behind.
    let loadBoth (options: SideOptions) (from: Endpoint) (target: Endpoint) (ct: CancellationToken) =
        task {
            match from, target with
            | Endpoint.Script _, Endpoint.Script _ ->
                // Roles belong to the whole server: two scripts that make the same one would meet.
                let! before = load options from ct
                let! after = load options target ct
                return [| before; after |]
            | _ -> return! Task.WhenAll [ load options from ct; load options target ct ]
        }
