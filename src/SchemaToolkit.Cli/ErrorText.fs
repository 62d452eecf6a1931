namespace SchemaToolkit.Cli

open System
open System.IO
open System.Net.Sockets
open Microsoft.Data.Sqlite
open Npgsql
open SchemaToolkit.PostgresObjects

/// What went wrong, for people. No message of a driver repeats a password, and none of ours does.
[<RequireQualifiedAccess>]
module ErrorText =
    let private refused (error: PostgresException) =
        match error.SqlState with
        | PostgresErrorCodes.InvalidPassword
        | PostgresErrorCodes.InvalidAuthorizationSpecification ->
            $"the server did not let us in: {error.MessageText} ({error.SqlState}). Check the user name and the password of the connection."
        | PostgresErrorCodes.InvalidCatalogName ->
            $"{error.MessageText} ({error.SqlState}). Check the database's name in the connection."
        | PostgresErrorCodes.InsufficientPrivilege ->
            $"the role may not do that: {error.MessageText} ({error.SqlState}). Nothing was changed."
        | PostgresErrorCodes.TooManyConnections ->
            $"the server takes no more connections: {error.MessageText} ({error.SqlState}). Try again later."
        | state -> $"the server refused a query: {error.MessageText} ({state})"

    let rec private unreachable (error: exn) =
        match error with
        | :? SocketException
        | :? TimeoutException -> true
        | _ ->
            match error.InnerException with
            | null -> false
            | inner -> unreachable inner

    let rec private sentence (error: exn) : string =
        match error with
        | Mistake message -> message
        | :? ScriptException
        | :? ScratchException
        | :? CatalogMovedException
        | :? CircleException -> error.Message
        | :? PostgresException as error -> refused error
        | :? NpgsqlException as error when unreachable error ->
            $"the server cannot be reached: {error.Message}. Check that it runs, and the host and port of the connection."
        | :? NpgsqlException as error -> $"the server could not be used: {error.Message}"
        | :? SqliteException as error -> $"SQLite refused: {error.Message}"
        | :? UnauthorizedAccessException
        | :? IOException -> error.Message
        | :? AggregateException as all ->
            match all.InnerException with
            | null -> all.Message
            | inner -> sentence inner
        | other ->
            $"this should not happen; please report it with the schema that shows it: {other.GetType().Name}: {other.Message}"

    let describe (error: exn) : string = "error: " + sentence error
