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
                do! execute admin $"DROP DATABASE IF EXISTS {Quote.name name} WITH (FORCE)" ct
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
                        let extra =
                            if error.Position > 0 then
                                statement.Text.Substring(0, min error.Position statement.Text.Length)
                                |> Seq.filter ((=) '\n')
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

    /// Loads the script into a fresh database on the server and gives the body a connection to it. The database is dropped
    /// afterwards, whatever happens; one that a killed program left is dropped by the next.
    let using (server: string) (path: string) (body: NpgsqlConnection -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        task {
            use! admin = connect server (maintenance server) ct
            do! sweep admin ct
            let suffix = Guid.NewGuid().ToString("N").Substring(0, 8)
            let name = $"{prefix}{admin.ProcessID}_{suffix}"
            do! execute admin $"CREATE DATABASE {Quote.name name} TEMPLATE template0" ct

            try
                let! connection = connect server name ct

                try
                    for file in files path do
                        do! load connection file ct

                    do! execute connection "RESET ALL" ct
                    do! execute connection "RESET SESSION AUTHORIZATION" ct
                    return! body connection
                finally
                    connection.Dispose()
            finally
                (execute admin $"DROP DATABASE IF EXISTS {Quote.name name} WITH (FORCE)" CancellationToken.None)
                    .GetAwaiter()
                    .GetResult()
        }
