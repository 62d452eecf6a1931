namespace SchemaToolkit.Testing

open System.Text.RegularExpressions
open SchemaToolkit
open SchemaToolkit.Migrating

/// Schemas as authors write them who name columns in their SQL by word, not through holes.
[<RequireQualifiedAccess>]
module Spelling =
    let private isWord (name: string) = Regex.IsMatch(name, "^[a-z]$|^computed$|^derived$")
    let private quoted (name: string) = "\"" + name.Replace("\"", "\"\"") + "\""

    /// By itself, between quotes, and in capitals, which both engines take for the same name.
    let private word (way: int) (name: string) =
        match way with
        | 0 when isWord name -> name
        | 1 when isWord name -> name.ToUpperInvariant()
        | _ -> quoted name

    let private fragments (way: int) (all: SqlFragment list) : SqlFragment list =
        let spelled =
            all
            |> List.map (function
                | SqlFragment.Column name -> SqlFragment.Text(word way name)
                | SqlFragment.Text _
                | SqlFragment.Table _ as other -> other)

        // Neighbouring texts are one.
        (spelled, [])
        ||> List.foldBack (fun fragment tail ->
            match fragment, tail with
            | SqlFragment.Text a, SqlFragment.Text b :: rest -> SqlFragment.Text(a + b) :: rest
            | _ -> fragment :: tail)

    let private text (way: int) (sql: SqlText) =
        match sql with
        | SqlText.Portable all -> SqlText.Portable(fragments way all)
        | SqlText.PerEngine texts ->
            SqlText.PerEngine(texts |> List.map (fun (engine, all) -> engine, fragments way all))

    let private respell (wayOf: string -> int) (schema: Schema) : Schema =
        let spelled sql = text (wayOf (SqlText.describe sql)) sql

        schema
        |> Texts.map (fun _ source ->
            match source with
            | Source.Text sql -> Source.Text(spelled sql)
            | Source.Default(ColumnDefault.Expression sql) -> Source.Default(ColumnDefault.Expression(spelled sql))
            | Source.Default _ -> source)

    /// The same schema without a column in a hole; the length of a text says how it is written.
    let withoutHoles (schema: Schema) : Schema = respell (fun sql -> sql.Length % 3) schema

    /// As `withoutHoles`, between quotes: as SQLite writes a name when it is changed under a text that it keeps.
    let quotedWithoutHoles (schema: Schema) : Schema = respell (fun _ -> 2) schema
