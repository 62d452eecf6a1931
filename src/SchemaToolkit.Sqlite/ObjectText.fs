namespace SchemaToolkit

/// Takes CREATE VIEW and CREATE TRIGGER texts apart. `sqlite_schema` keeps them from the name on as they were written.
[<RequireQualifiedAccess>]
module internal ObjectText =
    /// From a token to the last that says something: a semicolon or a comment at the end does not.
    let private from (sql: string) (tokens: Token array) (first: int) : string option =
        let last = tokens |> Array.tryFindIndexBack (SqliteTokens.isSymbol ";" >> not)

        match last with
        | Some last when last >= first ->
            Some(sql.Substring(tokens[first].Start, tokens[last].End - tokens[first].Start))
        | Some _
        | None -> None

    let private isMade (kind: string) (tokens: Token array) =
        tokens.Length > 3
        && SqliteTokens.isWordOf "CREATE" tokens[0]
        && SqliteTokens.isWordOf kind tokens[1]

    /// The query. None for a view that names its columns before it: the model has no place for them.
    let tryView (sql: string) : string option =
        let tokens = SqliteTokens.read sql

        if isMade "VIEW" tokens && SqliteTokens.isWordOf "AS" tokens[3] then
            from sql tokens 4
        else
            None

    /// What follows the name.
    let tryTrigger (sql: string) : string option =
        let tokens = SqliteTokens.read sql
        if isMade "TRIGGER" tokens then from sql tokens 3 else None

    /// Whether a text can follow a trigger's name here: SQLite's triggers hold their statements themselves.
    let holdsStatements (definition: string) =
        SqliteTokens.read definition |> Array.exists (SqliteTokens.isWordOf "BEGIN")

    /// A declared text as the catalog gives it back.
    let rendition (text: string) : string = from text (SqliteTokens.read text) 0 |> Option.defaultValue text

    /// The words that say when a trigger fires: those before its ON.
    let events (sql: string) : string list =
        SqliteTokens.read sql
        |> Array.takeWhile (SqliteTokens.isWordOf "ON" >> not)
        |> Array.filter (fun token -> token.Kind = TokenKind.Word)
        |> Array.map _.Value.ToUpperInvariant()
        |> List.ofArray

    /// Whether the text names this thing of the file.
    let names (name: string) (sql: string) = SqliteTokens.read sql |> Array.exists (SqliteTokens.isName name)
