namespace SchemaToolkit.PostgresObjects

open System.Text.RegularExpressions

/// Brackets in SQL that the engine printed, past all that is quoted.
[<RequireQualifiedAccess>]
module internal Brackets =
    let private quoted =
        Regex(@"\G(?:\$(?<tag>\w*)\$.*?\$\k<tag>\$|E?'(?:[^']|'')*'|""(?:[^""]|"""")*"")", RegexOptions.Singleline)

    /// Behind what is quoted at a place; the place itself where nothing is.
    let behindQuotes (sql: string) i =
        let found =
            match sql[i] with
            | '\''
            | '"'
            | '$' -> quoted.Match(sql, i)
            | _ -> Match.Empty

        if found.Success then i + found.Length else i

    /// The place of the bracket that closes the one at a place, or -1.
    let closingOf (opening: char) (close: char) (sql: string) start =
        let rec walk i depth =
            if i >= sql.Length then
                -1
            else
                match behindQuotes sql i with
                | next when next > i -> walk next depth
                | _ ->
                    match sql[i] with
                    | c when c = opening -> walk (i + 1) (depth + 1)
                    | c when c = close && depth = 1 -> i
                    | c when c = close -> walk (i + 1) (depth - 1)
                    | _ -> walk (i + 1) depth

        walk start 0

    let closing = closingOf '(' ')'

    /// What stands between the parenthesis at a place and the one that closes it, split at its own commas.
    let items (sql: string) start : string list =
        let stop = closing sql start

        let rec walk from i =
            if i >= stop then
                [ sql.Substring(from, stop - from) ]
            else
                match behindQuotes sql i, sql[i] with
                | next, _ when next > i -> walk from next
                | _, '(' -> walk from (closing sql i + 1)
                | _, ',' -> sql.Substring(from, i - from) :: walk (i + 1) (i + 1)
                | _ -> walk from (i + 1)

        if stop < 0 then [] else walk (start + 1) (start + 1)
