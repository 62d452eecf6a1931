namespace SchemaToolkit.PostgresObjects

open System
open System.IO
open System.Threading
open System.Threading.Tasks
open Npgsql

/// No scratch database could be made; says why and what would help, never a password.
[<Sealed>]
type ScratchException(message: string, cause: exn) =
    inherit Exception(message, cause)

/// A database of our own on somebody's server: SQL files are loaded into it and read back. It is always dropped.
[<RequireQualifiedAccess>]
module Scratch =
    let private prefix = "schematoolkit_scratch_"

    let private connect (connectionString: string) (database: string) (ct: CancellationToken) =
        task {
            let builder = SchemaToolkit.PostgresConnections.parse connectionString
            builder.Database <- database
            builder.Pooling <- false
            builder.ApplicationName <- "SchemaToolkit"
            let connection = new NpgsqlConnection(builder.ConnectionString)
            do! connection.OpenAsync ct
            return connection
        }

    let private execute (connection: NpgsqlConnection) (sql: string) (ct: CancellationToken) =
        task {
            use command = new NpgsqlCommand(sql, connection)
            command.AllResultTypesAreUnknown <- true
            command.CommandTimeout <- 0
            let! _ = command.ExecuteNonQueryAsync ct
            return ()
        }

    let private maintenance (connectionString: string) =
        let builder = SchemaToolkit.PostgresConnections.parse connectionString
        builder.Database |> Option.ofObj |> Option.defaultValue "postgres"

    /// A subscription holds its database: it is let go of first, without a word to the publisher.
    let private unsubscribe (server: string) (name: string) =
        task {
            use! connection = connect server name CancellationToken.None
            let found = ResizeArray<string>()

            use command =
                new NpgsqlCommand(
                    "SELECT subname::text FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())",
                    connection
                )

            use! reader = command.ExecuteReaderAsync CancellationToken.None

            while reader.Read() do
                found.Add(reader.GetString 0)

            do! reader.CloseAsync()

            for subscription in found do
                let alter = $"ALTER SUBSCRIPTION {Quote.name subscription}"
                do! execute connection $"{alter} DISABLE" CancellationToken.None
                do! execute connection $"{alter} SET (slot_name = NONE)" CancellationToken.None
                do! execute connection $"DROP SUBSCRIPTION {Quote.name subscription}" CancellationToken.None
        }

    let private drop (server: string) (admin: NpgsqlConnection) (name: string) =
        let statement = $"DROP DATABASE IF EXISTS {Quote.name name} WITH (FORCE)"

        task {
            try
                do! execute admin statement CancellationToken.None
            with :? PostgresException as error when error.SqlState = PostgresErrorCodes.ObjectInUse ->
                do! unsubscribe server name
                do! execute admin statement CancellationToken.None
        }

    /// Scratch databases whose maker is gone: the name holds the process id of the server session that made them.
    let private sweep (server: string) (admin: NpgsqlConnection) (ct: CancellationToken) =
        task {
            use command =
                new NpgsqlCommand(
                    $"SELECT datname::text FROM pg_database WHERE datname LIKE '{prefix}%%' AND split_part(datname, '_', 3)::int NOT IN (SELECT pid FROM pg_stat_activity)",
                    admin
                )

            let leftovers = ResizeArray<string>()
            use! reader = command.ExecuteReaderAsync ct
            let mutable more = true

            while more do
                let! next = reader.ReadAsync ct
                more <- next

                if next then
                    leftovers.Add(reader.GetString 0)

            do! reader.CloseAsync()

            for name in leftovers do
                try
                    do! drop server admin name
                with :? PostgresException ->
                    // Somebody else's, or another run is sweeping it too: no reason to stop this one.
                    ()
        }

    let private create (admin: NpgsqlConnection) (name: string) (ct: CancellationToken) =
        task {
            try
                do! execute admin $"CREATE DATABASE {Quote.name name} TEMPLATE template0" ct
            with :? PostgresException as error when error.SqlState = PostgresErrorCodes.InsufficientPrivilege ->
                let role = admin.UserName |> Option.ofObj |> Option.defaultValue "of the connection"

                return
                    raise (
                        ScratchException(
                            $"The role {role} may not create databases on {admin.Host}:{admin.Port}, and a scratch database is needed. Let a superuser run ALTER ROLE {Quote.name role} CREATEDB, or name another server with --server. Nothing was changed.",
                            error
                        )
                    )
        }

    /// `.sql` files of a folder in the order of their names, or the file itself.
    let files (path: string) : string list =
        if Directory.Exists path then
            Directory.GetFiles(path, "*.sql", SearchOption.AllDirectories)
            |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))
            |> List.ofArray
        else
            [ path ]

    let private withinMaking (server: string) (made: Set<string> ref) body (ct: CancellationToken) : Task<'T> =
        task {
            use! admin = connect server (maintenance server) ct
            do! sweep server admin ct
            let suffix = Guid.NewGuid().ToString("N").Substring(0, 8)
            let name = $"{prefix}{admin.ProcessID}_{suffix}"

            try
                // Cancelled half-way, the server may have made it all the same.
                do! create admin name ct
                use! connection = connect server name ct
                return! body admin connection
            finally
                (drop server admin name).GetAwaiter().GetResult()

                if not made.Value.IsEmpty then
                    (Roles.sweep admin made.Value CancellationToken.None).GetAwaiter().GetResult()
        }

    /// Gives the body a connection to a fresh database on the server. The database is dropped afterwards, whatever happens; one
    /// that a killed program left is dropped by the next.
    let within (server: string) (body: NpgsqlConnection -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        withinMaking server (ref Set.empty) (fun _ connection -> body connection) ct

    let private loading (server: string) (path: string) (body: NpgsqlConnection -> Set<string> -> Task<'T>) ct =
        let made = ref Set.empty

        let loaded (admin: NpgsqlConnection) (connection: NpgsqlConnection) =
            task {
                for file in files path do
                    do! Loading.file admin connection made file ct

                return! body connection made.Value
            }

        withinMaking server made loaded ct

    /// Loads the script into a fresh database on the server and gives the body a connection to it, as `within` does.
    let using (server: string) (path: string) (body: NpgsqlConnection -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        loading server path (fun connection _ -> body connection) ct

    /// What the script makes; roles that the server did not have are objects of it.
    let read (server: string) (path: string) (ct: CancellationToken) : Task<PgDatabase> =
        let read (connection: NpgsqlConnection) (made: Set<string>) =
            task {
                let! database = Snapshot.read' connection ct
                let! roles = Roles.objects connection made ct

                return
                    { database with
                        Objects = database.Objects |> AddressMap.addAll [ for role in roles -> role.Address, role ] }
            }

        loading server path read ct
