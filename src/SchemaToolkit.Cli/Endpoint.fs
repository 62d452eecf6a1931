namespace SchemaToolkit.Cli

open System
open System.IO
open SchemaToolkit

[<RequireQualifiedAccess>]
type EngineKind =
    | Postgres
    | Sqlite

/// As it is written on the command line.
[<RequireQualifiedAccess>]
type EngineName =
    | Postgres
    | Sqlite

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module EngineName =
    let toKind (name: EngineName) : EngineKind =
        match name with
        | EngineName.Postgres -> EngineKind.Postgres
        | EngineName.Sqlite -> EngineKind.Sqlite

/// Something that can be compared or inspected.
[<RequireQualifiedAccess>]
type Endpoint =
    /// A PostgreSQL database.
    | Live of connectionString: string
    /// An SQLite file.
    | SqliteFile of connectionString: string
    /// A `.sql` file, or a folder of them.
    | Script of path: string
    /// What `inspect --output json` wrote of a PostgreSQL database.
    | Snapshot of path: string
    /// What it wrote of an SQLite file.
    | SqliteSnapshot of path: string
    /// A program that declares schemas.
    | Assembly of path: string

[<RequireQualifiedAccess>]
module Endpoint =
    /// Every way to name an endpoint, for messages and help.
    let forms =
        "Give a .sql file, a folder of .sql files, a snapshot (.json), a program that declares a schema (.dll), a PostgreSQL connection ('postgres://user@host/database' or 'Host=…;Database=…') or an SQLite file ('app.db' or 'Data Source=app.db')."

    let private has (part: string) (text: string) = text.Contains(part, StringComparison.OrdinalIgnoreCase)

    let private postgres (option: string) (text: string) =
        try
            PostgresConnections.parse text |> ignore
            Endpoint.Live text
        with :? ArgumentException as error ->
            Refuse.because $"{option}: the connection cannot be read: {error.Message}"

    let private sqlite (option: string) (text: string) =
        try
            let file = SqliteConnections.target text

            if File.Exists file then
                Endpoint.SqliteFile text
            else
                Refuse.because $"{option}: there is no SQLite file {file}."
        with :? ArgumentException as error ->
            Refuse.because $"{option}: the connection cannot be read: {error.Message}"

    let private isSqlite (file: string) =
        let magic = "SQLite format 3\000"B
        use stream = File.OpenRead file
        let head = Array.zeroCreate magic.Length
        stream.ReadAtLeast(head.AsSpan(), magic.Length, false) = magic.Length && head = magic

    let private ofFile (option: string) (file: string) =
        match (Path.GetExtension file |> string).ToLowerInvariant() with
        | ".sql" -> Endpoint.Script file
        | ".json" when SqliteSnapshot.is (File.ReadAllText file) -> Endpoint.SqliteSnapshot file
        | ".json" -> Endpoint.Snapshot file
        | ".dll"
        | ".exe" -> Endpoint.Assembly file
        | ".db"
        | ".sqlite"
        | ".sqlite3" -> Endpoint.SqliteFile $"Data Source={file}"
        | _ when isSqlite file -> Endpoint.SqliteFile $"Data Source={file}"
        | _ -> Refuse.because $"{option}: the kind of the file {file} is not known. {forms}"

    /// RFC 3986, 3.1. No regular expression: the first one costs more than all else that happens here.
    let private scheme (text: string) =
        match text.IndexOf("://", StringComparison.Ordinal) with
        | end' when end' > 0 && Char.IsAsciiLetter text[0] ->
            let name = text.Substring(0, end')
            let rest = name.AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-")
            if rest.IsEmpty then Some(name.ToLowerInvariant()) else None
        | _ -> None

    /// Paths come first. A connection string is never repeated: it may hold a password.
    let parse (option: string) (text: string) : Endpoint =
        if Directory.Exists text then
            Endpoint.Script text
        elif File.Exists text then
            ofFile option text
        else
            match scheme text with
            | Some("postgres" | "postgresql") -> postgres option text
            | Some other -> Refuse.because $"{option}: '{other}://' is no database that is known here. {forms}"
            | None when has "Host=" text -> postgres option text
            | None when has "Server=" text || has "Initial Catalog=" text ->
                Refuse.because
                    $"{option}: a connection with 'Server=' or 'Initial Catalog=' is another product's; PostgreSQL's has 'Host='. {forms}"
            | None when has "Data Source=" text || has "DataSource=" text || has "Filename=" text -> sqlite option text
            | None when text.Contains '=' || text.Contains '@' ->
                Refuse.because $"{option}: the text does not say which database it means. {forms}"
            | None -> Refuse.because $"{option}: there is no file or folder '{text}'. {forms}"

    /// None where the endpoint can be either.
    let dialect (endpoint: Endpoint) : EngineKind option =
        match endpoint with
        | Endpoint.Live _
        | Endpoint.Snapshot _ -> Some EngineKind.Postgres
        | Endpoint.SqliteSnapshot _
        | Endpoint.SqliteFile _ -> Some EngineKind.Sqlite
        | Endpoint.Script _
        | Endpoint.Assembly _ -> None

    /// The dialect of a comparison: what the sides say, or what the person says.
    let common (said: EngineKind option) (endpoints: Endpoint list) : EngineKind =
        match endpoints |> List.choose dialect |> List.append (Option.toList said) |> List.distinct with
        | [ one ] -> one
        | [] -> EngineKind.Postgres
        | _ ->
            Refuse.because
                "SQLite and PostgreSQL databases cannot be compared with each other: their types, constraints and SQL texts have no common form. Compare each with the declared schema (.dll) instead."
