namespace SchemaToolkit.PostgresObjects

/// Where the pieces of a SQL text end: quoted text, dollar quotes, comments, words.
[<RequireQualifiedAccess>]
module internal Lexer =
    let isWord c = System.Char.IsLetterOrDigit c || c = '_' || c > '\u007f'

    /// The position after a quoted piece that begins at `i`.
    let skipQuoted (text: string) (i: int) (quote: char) (escapes: bool) =
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

    let skipLine (text: string) (i: int) =
        match text.IndexOf('\n', i) with
        | -1 -> text.Length
        | found -> found + 1

    let skipBlock (text: string) (i: int) =
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
    let rec skipBlanks (text: string) (i: int) (stop: int) =
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
    let dollarTag (text: string) (i: int) =
        let rec go j =
            if j >= text.Length then None
            elif text[j] = '$' then Some(text.Substring(i, j - i + 1))
            elif isWord text[j] then go (j + 1)
            else None

        if i > 0 && isWord text[i - 1] || i + 1 < text.Length && System.Char.IsDigit text[i + 1] then
            None
        else
            go (i + 1)

    let word (text: string) (i: int) =
        let rec go j = if j < text.Length && isWord text[j] then go (j + 1) else j

        text.Substring(i, go i - i)
