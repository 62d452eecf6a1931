namespace SchemaToolkit

open System
open System.Web

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

    let private has (part: string) (text: string) =
        text.Contains(part, StringComparison.OrdinalIgnoreCase)

    let private starts (part: string) (text: string) =
        text.StartsWith(part, StringComparison.OrdinalIgnoreCase)

    let private ends (part: string) (text: string) =
        text.EndsWith(part, StringComparison.OrdinalIgnoreCase)

    let private quote (value: string) = "'" + value.Replace("'", "''") + "'"

    /// The parameters of a URL that Npgsql has under another name (libpq, 34.1.2 Parameter Key Words).
    let private parameter (key: string) (value: string) =
        match key.ToLowerInvariant() with
        | "sslmode" -> Some("SSL Mode", value.Replace("-", ""))
        | "application_name" -> Some("Application Name", value)
        | "connect_timeout" -> Some("Timeout", value)
        | "options" -> Some("Options", value)
        | "sslrootcert" -> Some("Root Certificate", value)
        | "target_session_attrs" -> Some("Target Session Attributes", value)
        | _ -> None

    /// A libpq URL as Npgsql's connection string.
    let private ofUrl (text: string) : Result<DatabaseAddress, string> =
        match Uri.TryCreate(text, UriKind.Absolute) with
        | true, (NonNull uri) ->
            let user, password =
                match uri.UserInfo.Split(':', 2) with
                | [| user; password |] -> Uri.UnescapeDataString user, Some(Uri.UnescapeDataString password)
                | [| user |] -> Uri.UnescapeDataString user, None
                | _ -> "", None

            let query = HttpUtility.ParseQueryString uri.Query

            let given =
                query.AllKeys
                |> Array.choose Option.ofObj
                |> Array.map (fun key -> key, query[key] |> Option.ofObj |> Option.defaultValue "")

            let unknown = given |> Array.filter (fun (key, value) -> (parameter key value).IsNone) |> Array.map fst

            if unknown.Length > 0 then
                let names = String.Join(", ", unknown)
                Error $"The parameters {names} of the database URL are not known. {forms}"
            else
                let database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart '/')

                let pairs =
                    [ "Host", (if uri.Host = "" then "localhost" else uri.Host)
                      if uri.Port > 0 then
                          "Port", string uri.Port
                      if user <> "" then
                          "Username", user
                      match password with
                      | Some secret -> "Password", secret
                      | None -> ()
                      if database <> "" then
                          "Database", database
                      yield! given |> Array.choose (fun (key, value) -> parameter key value) ]

                pairs
                |> List.map (fun (key, value) -> $"{key}={quote value}")
                |> String.concat ";"
                |> DatabaseAddress.Postgres
                |> Ok
        | _ -> Error $"The database URL is not a URL. {forms}"

    /// Never repeats the text: it may hold a password.
    let parse (text: string) : Result<DatabaseAddress, string> =
        let text = text.Trim()

        if text = "" then
            Error $"The database is not given: the text is empty. {forms}"
        elif starts "postgres://" text || starts "postgresql://" text then
            ofUrl text
        elif has "Host=" text || has "Server=" text then
            Ok(DatabaseAddress.Postgres text)
        elif has ":memory:" text || has "Mode=Memory" text then
            Error "An in-memory SQLite database belongs to one connection and cannot be migrated and shared; use a file in the temporary folder."
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
