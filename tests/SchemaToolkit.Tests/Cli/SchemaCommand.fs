namespace SchemaToolkit.Tests.Cli

open System
open System.IO
open CliWrap
open CliWrap.Buffered
open Npgsql
open SchemaToolkit.Testing

/// `dotnet schema` as its users run it: a process of its own.
[<RequireQualifiedAccess>]
module SchemaCommand =
    let program = Path.Combine(AppContext.BaseDirectory, "dotnet-schema.dll")

    /// Exit code, standard output, standard error.
    let runProgram (name: string) (arguments: string list) =
        task {
            let! result =
                Cli
                    .Wrap(name)
                    .WithArguments(arguments)
                    .WithValidation(CommandResultValidation.None)
                    .ExecuteBufferedAsync()

            return result.ExitCode, result.StandardOutput, result.StandardError
        }

    let run (arguments: string list) = runProgram "dotnet" (program :: arguments)

    /// A file of its own with this text; the extension has its dot.
    let file (extension: string) (text: string) =
        let path = Scratch.path "schema" + extension
        File.WriteAllText(path, text)
        path

    let execute (connectionString: string) (sql: string) =
        task {
            use connection = new NpgsqlConnection(connectionString)
            do! connection.OpenAsync()
            use command = new NpgsqlCommand(sql, connection)
            let! _ = command.ExecuteNonQueryAsync()
            return ()
        }

    /// The names of the scratch databases on the server.
    let scratchDatabases (server: string) =
        task {
            use connection = new NpgsqlConnection(server)
            do! connection.OpenAsync()

            use command =
                new NpgsqlCommand(
                    "SELECT coalesce(array_agg(datname::text), '{}') FROM pg_database WHERE datname LIKE 'schematoolkit_scratch_%'",
                    connection
                )

            let! found = command.ExecuteScalarAsync()
            return List.ofArray (unbox<string array> found)
        }
