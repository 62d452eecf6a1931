namespace SchemaToolkit.Cli

open System.Text.Encodings.Web
open System.Text.Json
open System.Text.Json.Nodes
open Microsoft.Data.Sqlite

/// An SQLite database as a JSON text: the statements that SQLite itself keeps, one in a line.
[<RequireQualifiedAccess>]
module SqliteSnapshot =
    /// The number under `format`. Another layout gets another number and a reader for this one.
    let private format = 1

    /// The value under `kind`.
    let kind = "sqlite-database"

    /// What makes the database anew; a virtual table makes its shadow tables itself. What a view or a trigger names may come later.
    let private statements =
        "SELECT s.sql FROM sqlite_schema s WHERE s.sql IS NOT NULL AND substr(s.name, 1, 7) <> 'sqlite_'
         AND s.tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')
         ORDER BY s.type = 'trigger', s.type = 'view', s.type = 'index', s.name"

    let private layout =
        JsonSerializerOptions(WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)

    /// Ends with a line break.
    let write (connection: SqliteConnection) (notCompared: string list) : string =
        use command = connection.CreateCommand()
        command.CommandText <- statements
        use reader = command.ExecuteReader()

        let found =
            [ while reader.Read() do
                  reader.GetString 0 ]

        let snapshot = JsonObject()
        snapshot["format"] <- JsonValue.Create format
        snapshot["kind"] <- JsonValue.Create kind
        snapshot["version"] <- JsonValue.Create connection.ServerVersion
        snapshot["statements"] <- JsonSerializer.SerializeToNode found
        snapshot["notCompared"] <- JsonSerializer.SerializeToNode notCompared
        snapshot.ToJsonString layout + "\n"

    /// Whether a text says that it is one.
    let is (text: string) : bool =
        try
            use document = JsonDocument.Parse text

            match document.RootElement.ValueKind with
            | JsonValueKind.Object ->
                match document.RootElement.TryGetProperty "kind" with
                | true, found -> found.ValueKind = JsonValueKind.String && found.GetString() = kind
                | false, _ -> false
            | _ -> false
        with :? JsonException ->
            // Whoever reads it says so.
            false

    /// The statements of what `write` wrote.
    let read (file: string) (text: string) : string list =
        use document = JsonDocument.Parse text
        let root = document.RootElement

        match root.TryGetProperty "format" with
        | true, found when found.ValueKind = JsonValueKind.Number && found.GetInt32() = format -> ()
        | _ ->
            Refuse.because
                $"{file}: $.format is not {format}, the only one that this version reads: another SchemaToolkit wrote it, so read it with that one."

        match root.TryGetProperty "statements" with
        | true, list when
            list.ValueKind = JsonValueKind.Array
            && list.EnumerateArray() |> Seq.forall (fun item -> item.ValueKind = JsonValueKind.String)
            ->
            [ for item in list.EnumerateArray() -> string (item.GetString()) ]
        | _ -> Refuse.because $"{file}: $.statements is not a list of texts."
