namespace SchemaToolkit.PostgresObjects

/// Cutting a SQL script into statements as psql would: quotes, dollar quotes, comments and SQL function bodies are minded.
[<RequireQualifiedAccess>]
module Script =
    type Statement =
        {
            Text: string
            /// Counted from one.
            Line: int
        }

    let private isWord c = System.Char.IsLetterOrDigit c || c = '_' || c > '\u007f'

    /// The position after a quoted piece that begins at `i`.
    let private skipQuoted (text: string) (i: int) (quote: char) (escapes: bool) =
        let rec go j =
            if j >= text.Length then
                j
            elif escapes && text[j] = '\\' then
                go (j + 2)
            elif text[j] = quote && j + 1 < text.Length && text[j + 1] = quote then
                go (j + 2)
            elif text[j] = quote then
                j + 1
            else
                go (j + 1)

        go (i + 1)

    let private skipLine (text: string) (i: int) =
        match text.IndexOf('\n', i) with
        | -1 -> text.Length
        | found -> found + 1

    let private skipBlock (text: string) (i: int) =
        let rec go j depth =
            if j + 1 >= text.Length then
                text.Length
            elif text[j] = '/' && text[j + 1] = '*' then
                go (j + 2) (depth + 1)
            elif text[j] = '*' && text[j + 1] = '/' then
                (if depth = 1 then j + 2 else go (j + 2) (depth - 1))
            else
                go (j + 1) depth

        go i 0

    /// The position after white space and comments; `stop` at most.
    let rec private skipBlanks (text: string) (i: int) (stop: int) =
        if i >= stop then
            stop
        elif System.Char.IsWhiteSpace text[i] then
            skipBlanks text (i + 1) stop
        elif i + 1 < stop && text[i] = '-' && text[i + 1] = '-' then
            skipBlanks text (skipLine text i) stop
        elif i + 1 < stop && text[i] = '/' && text[i + 1] = '*' then
            skipBlanks text (skipBlock text i) stop
        else
            i

    /// The tag of a dollar quote that begins at `i`, with its dollars.
    let private dollarTag (text: string) (i: int) =
        let rec go j =
            if j >= text.Length then None
            elif text[j] = '$' then Some(text.Substring(i, j - i + 1))
            elif isWord text[j] then go (j + 1)
            else None

        if i > 0 && isWord text[i - 1] || i + 1 < text.Length && System.Char.IsDigit text[i + 1] then
            None
        else
            go (i + 1)

    let private word (text: string) (i: int) =
        let rec go j = if j < text.Length && isWord text[j] then go (j + 1) else j

        text.Substring(i, go i - i)

    let private lineOf (text: string) (position: int) =
        let mutable line = 1

        for i in 0 .. position - 1 do
            if text[i] = '\n' then
                line <- line + 1

        line

    /// The driver cuts commands at semicolons, also inside BEGIN ATOMIC … END: such a statement is handed over as a text.
    let sendable (statement: string) =
        if
            System.Text.RegularExpressions.Regex.IsMatch(
                statement,
                @"\bBEGIN\s+ATOMIC\b",
                System.Text.RegularExpressions.RegexOptions.IgnoreCase
            )
        then
            $"DO $st$BEGIN EXECUTE {Quote.text statement}; END$st$"
        else
            statement

    /// The statements without their semicolons; empty ones and psql's own commands (`\connect` …) are left out.
    let statements (text: string) : Statement list =
        let found = ResizeArray<Statement>()
        let mutable start = 0
        let mutable i = 0
        let mutable parentheses = 0
        // BEGIN ATOMIC … END and CASE … END nest; semicolons inside do not end the statement.
        let mutable blocks = 0
        let mutable previous = ""

        let finish stop =
            let first = skipBlanks text start stop
            let trimmed = text.Substring(first, stop - first).TrimEnd()

            if trimmed <> "" then
                found.Add { Text = trimmed; Line = lineOf text first }

            parentheses <- 0
            blocks <- 0
            previous <- ""

        while i < text.Length do
            let c = text[i]
            let next = if i + 1 < text.Length then text[i + 1] else '\000'

            if c = '\'' then
                let escapes = i > 0 && (text[i - 1] = 'E' || text[i - 1] = 'e') && (i < 2 || not (isWord text[i - 2]))
                i <- skipQuoted text i '\'' escapes
            elif c = '"' then
                i <- skipQuoted text i '"' false
            elif c = '-' && next = '-' then
                i <- skipLine text i
            elif c = '/' && next = '*' then
                i <- skipBlock text i
            elif c = '$' then
                match dollarTag text i with
                | Some tag ->
                    let close = text.IndexOf(tag, i + tag.Length, System.StringComparison.Ordinal)
                    i <- if close < 0 then text.Length else close + tag.Length
                | None -> i <- i + 1
            elif c = '\\' && text.Substring(start, i - start).Trim() = "" then
                i <- skipLine text i
                start <- i
            elif c = ';' && parentheses <= 0 && blocks = 0 then
                finish i
                i <- i + 1
                start <- i
            elif c = '(' then
                parentheses <- parentheses + 1
                i <- i + 1
            elif c = ')' then
                parentheses <- parentheses - 1
                i <- i + 1
            elif isWord c && (i = 0 || not (isWord text[i - 1])) then
                let name = (word text i).ToUpperInvariant()

                if name = "ATOMIC" && previous = "BEGIN" then
                    blocks <- blocks + 1
                elif blocks > 0 && name = "CASE" then
                    blocks <- blocks + 1
                elif blocks > 0 && name = "END" then
                    blocks <- blocks - 1

                previous <- name
                i <- i + name.Length
            else
                i <- i + 1

        finish text.Length
        List.ofSeq found
