namespace SchemaToolkit

open System
open System.Text.RegularExpressions

/// A piece of declared SQL: text as it stands, or a name that each dialect quotes in its own way.
[<RequireQualifiedAccess>]
type SqlFragment =
    | Text of text: string
    /// A column of the table that the text belongs to.
    | Column of column: string
    | Table of table: ObjectName

/// SQL written by an author inside a schema (check, default, predicate, policy): one text for every engine, or one for each.
/// Names go through holes, so that a rename reaches them.
[<RequireQualifiedAccess>]
type SqlText =
    | Portable of fragments: SqlFragment list
    /// Pairs of engine name (`sqlite`, `postgres`) and text; an engine that is missing refuses the part.
    | PerEngine of texts: (string * SqlFragment list) list

[<RequireQualifiedAccess>]
module SqlText =
    /// SQL text without holes.
    let raw (text: string) = SqlText.Portable [ SqlFragment.Text text ]

    /// Neighbouring texts become one, so that equal SQL is an equal value.
    let internal merge (fragments: SqlFragment list) =
        (fragments, [])
        ||> List.foldBack (fun fragment tail ->
            match fragment, tail with
            | SqlFragment.Text "", _ -> tail
            | SqlFragment.Text a, SqlFragment.Text b :: rest -> SqlFragment.Text(a + b) :: rest
            | _ -> fragment :: tail)

    let internal fragmentsOf (hole: objnull -> SqlFragment) (text: FormattableString) =
        let arguments = text.GetArguments()
        let unescape (s: string) = s.Replace("{{", "{").Replace("}}", "}")
        let pattern = Regex @"(?<!\{)\{(\d+)[^{}]*\}(?!\})"
        let mutable position = 0

        [ for m in pattern.Matches text.Format do
              SqlFragment.Text(unescape (text.Format.Substring(position, m.Index - position)))
              hole arguments[int m.Groups[1].Value]
              position <- m.Index + m.Length
          SqlFragment.Text(unescape (text.Format.Substring position)) ]
        |> merge

    /// The fragments for one engine, or None where the author gave none.
    let forEngine (engine: string) (text: SqlText) =
        match text with
        | SqlText.Portable fragments -> Some fragments
        | SqlText.PerEngine texts -> texts |> List.tryFind (fun (name, _) -> name = engine) |> Option.map snd

    let private mapFragments (f: SqlFragment -> SqlFragment) (text: SqlText) =
        match text with
        | SqlText.Portable fragments -> SqlText.Portable(List.map f fragments)
        | SqlText.PerEngine texts -> SqlText.PerEngine(texts |> List.map (fun (name, fs) -> name, List.map f fs))

    let mapColumns (f: string -> string) =
        mapFragments (function
            | SqlFragment.Column column -> SqlFragment.Column(f column)
            | SqlFragment.Text _
            | SqlFragment.Table _ as other -> other)

    let private word = Regex(@"'(?:[^']|'')*'|""(?:[^""]|"""")*""|(?<![\w$])[\p{L}_][\w$]*(?![\w$]|\s*\()")

    /// Columns by other names: in holes, and where the text names them without one. What only looks like a column (a keyword, an
    /// alias) may be taken for it; a constant or a function never is.
    let renameColumns (f: string -> string) (text: SqlText) : SqlText =
        let rename (found: Match) =
            let word = found.Value

            if word.StartsWith '\'' then
                word
            elif word.StartsWith '"' then
                let name = word[1 .. word.Length - 2].Replace("\"\"", "\"")
                let renamed = f name
                if renamed = name then word else "\"" + renamed.Replace("\"", "\"\"") + "\""
            elif f word <> word then
                f word
            else
                // PostgreSQL reads a word in small letters.
                let small = word.ToLowerInvariant()
                let renamed = f small
                if renamed = small then word else renamed

        text
        |> mapFragments (function
            | SqlFragment.Column column -> SqlFragment.Column(f column)
            | SqlFragment.Text sql -> SqlFragment.Text(word.Replace(sql, rename))
            | SqlFragment.Table _ as table -> table)

    let mapTables (f: ObjectName -> ObjectName) =
        mapFragments (function
            | SqlFragment.Table table -> SqlFragment.Table(f table)
            | SqlFragment.Text _
            | SqlFragment.Column _ as other -> other)

    let private allFragments (text: SqlText) =
        match text with
        | SqlText.Portable fragments -> fragments
        | SqlText.PerEngine texts -> List.collect snd texts

    /// The columns that the text names through holes.
    let columns (text: SqlText) =
        allFragments text
        |> List.choose (function
            | SqlFragment.Column column -> Some column
            | SqlFragment.Text _
            | SqlFragment.Table _ -> None)
        |> List.distinct

    /// The tables that the text names through holes.
    let tables (text: SqlText) =
        allFragments text
        |> List.choose (function
            | SqlFragment.Table table -> Some table
            | SqlFragment.Text _
            | SqlFragment.Column _ -> None)
        |> List.distinct

    /// Renders fragments with a dialect's way of quoting a column and a table.
    let render (column: string -> string) (table: ObjectName -> string) (fragments: SqlFragment list) =
        fragments
        |> List.map (function
            | SqlFragment.Text text -> text
            | SqlFragment.Column name -> column name
            | SqlFragment.Table name -> table name)
        |> String.concat ""

    /// For people: names unquoted.
    let describe (text: SqlText) =
        match text with
        | SqlText.Portable fragments -> render id string fragments
        | SqlText.PerEngine texts ->
            texts
            |> List.map (fun (engine, fragments) -> $"{engine}: {render id string fragments}")
            |> String.concat "; "
