namespace SchemaToolkit.PostgresObjects

open System
open System.IO
open System.Threading
open System.Threading.Tasks
open Npgsql

/// A SQL script that the server refused.
[<Sealed>]
type ScriptException(file: string, line: int, message: string, code: string, cause: exn) =
    inherit Exception($"{file}:{line}: {message} ({code})", cause)
    member _.File = file
    member _.Line = line

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

    /// Scratch databases whose maker is gone: the name holds the process id of the server session that made them.
    let private sweep (admin: NpgsqlConnection) (ct: CancellationToken) =
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
                    do! execute admin $"DROP DATABASE IF EXISTS {Quote.name name} WITH (FORCE)" ct
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

    let private duplicateRole = "42710"

    /// Runs a script statement by statement. Roles belong to the whole server and may be there already.
    let private load (connection: NpgsqlConnection) (file: string) (ct: CancellationToken) =
        task {
            let! text = File.ReadAllTextAsync(file, ct)

            for statement in Script.statements text do
                try
                    do! execute connection (Script.sendable statement.Text) ct
                with :? PostgresException as error ->
                    let isRole =
                        statement.Text.StartsWith("CREATE ROLE", StringComparison.OrdinalIgnoreCase)
                        || statement.Text.StartsWith("CREATE USER", StringComparison.OrdinalIgnoreCase)
                        || statement.Text.StartsWith("CREATE GROUP", StringComparison.OrdinalIgnoreCase)

                    if not (error.SqlState = duplicateRole && isRole) then
                        // A statement that was handed over as a text is an internal query to the server.
                        let position = max error.Position error.InternalPosition

                        let extra =
                            if position > 0 then
                                statement.Text.EnumerateRunes()
                                |> Seq.truncate (position - 1)
                                |> Seq.filter (fun rune -> rune.Value = int '\n')
                                |> Seq.length
                            else
                                0

                        raise (ScriptException(file, statement.Line + extra, error.MessageText, error.SqlState, error))
        }

    /// `.sql` files of a folder in the order of their names, or the file itself.
    let files (path: string) : string list =
        if Directory.Exists path then
            Directory.GetFiles(path, "*.sql", SearchOption.AllDirectories)
            |> Array.sortWith (fun a b -> String.CompareOrdinal(a, b))
            |> List.ofArray
        else
            [ path ]

    let private drop (admin: NpgsqlConnection) (name: string) =
        task { do! execute admin $"DROP DATABASE IF EXISTS {Quote.name name} WITH (FORCE)" CancellationToken.None }

    /// Gives the body a connection to a fresh database on the server. The database is dropped afterwards, whatever happens; one
    /// that a killed program left is dropped by the next.
    let within (server: string) (body: NpgsqlConnection -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        task {
            use! admin = connect server (maintenance server) ct
            do! sweep admin ct
            let suffix = Guid.NewGuid().ToString("N").Substring(0, 8)
            let name = $"{prefix}{admin.ProcessID}_{suffix}"

            try
                // Cancelled half-way, the server may have made it all the same.
                do! create admin name ct
                use! connection = connect server name ct
                return! body connection
            finally
                (drop admin name).GetAwaiter().GetResult()
        }

    /// Loads the script into a fresh database on the server and gives the body a connection to it, as `within` does.
    let using (server: string) (path: string) (body: NpgsqlConnection -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        let loaded (connection: NpgsqlConnection) =
            task {
                for file in files path do
                    do! load connection file ct

                do! execute connection "RESET ALL" ct
                do! execute connection "RESET SESSION AUTHORIZATION" ct
                return! body connection
            }

        within server loaded ct
