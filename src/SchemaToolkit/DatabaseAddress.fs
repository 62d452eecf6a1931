namespace SchemaToolkit

open System

/// Which database, and with which engine.
[<RequireQualifiedAccess>]
type DatabaseAddress =
    | Sqlite of connectionString: string
    | Postgres of connectionString: string

/// Which engine a text means.
[<RequireQualifiedAccess>]
module DatabaseText =
    let private forms =
        "PostgreSQL is written 'postgres://user@host/database' or 'Host=…;Database=…', SQLite 'Data Source=file.db' or 'file.db'."

    let private has (part: string) (text: string) = text.Contains(part, StringComparison.OrdinalIgnoreCase)

    let private starts (part: string) (text: string) = text.StartsWith(part, StringComparison.OrdinalIgnoreCase)

    let private ends (part: string) (text: string) = text.EndsWith(part, StringComparison.OrdinalIgnoreCase)

    /// The engine's own reader judges; its messages never repeat the text.
    let private postgres (text: string) : Result<DatabaseAddress, string> =
        try
            PostgresConnections.parse text |> ignore
            Ok(DatabaseAddress.Postgres text)
        with :? ArgumentException as error ->
            Error $"The PostgreSQL connection cannot be read: {error.Message} {forms}"

    /// Never repeats the text: it may hold a password.
    let parse (text: string) : Result<DatabaseAddress, string> =
        let text = text.Trim()

        if text = "" then
            Error $"The database is not given: the text is empty. {forms}"
        elif starts "postgres://" text || starts "postgresql://" text then
            postgres text
        elif has "Host=" text || has "Server=" text then
            postgres text
        elif has ":memory:" text || has "Mode=Memory" text then
            Error
                "An in-memory SQLite database belongs to one connection and cannot be migrated and shared; use a file in the temporary folder."
        elif has "Data Source=" text || has "DataSource=" text || has "Filename=" text then
            Ok(DatabaseAddress.Sqlite text)
        elif not (text.Contains '=') && (ends ".db" text || ends ".sqlite" text || ends ".sqlite3" text) then
            Ok(DatabaseAddress.Sqlite $"Data Source={text}")
        else
            Error $"The text does not say which engine it means. {forms}"

/// Raised where a program cannot go on without a database.
[<Sealed>]
type DatabaseAddressException(message: string) =
    inherit Exception(message)
