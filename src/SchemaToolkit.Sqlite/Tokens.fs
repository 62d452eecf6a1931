namespace SchemaToolkit

open System

/// What a token of SQLite's SQL is; comments and white space are no tokens.
[<RequireQualifiedAccess>]
type internal TokenKind =
    | Word
    /// `"x"`, `[x]` or `` `x` ``.
    | Quoted
    | String
    | Number
    | Symbol

/// A token and where it stands in the text.
[<Struct>]
type internal Token =
    {
        Kind: TokenKind
        /// Unquoted for names and strings.
        Value: string
        Start: int
        End: int
    }

/// SQLite's lexical rules (sqlite.org/lang_keywords.html, tokenize.c), enough to take apart DDL that SQLite has accepted.
[<RequireQualifiedAccess>]
module internal SqliteTokens =
    let private isWordStart (c: char) = Char.IsLetter c || c = '_' || c > '\u007f'
    let private isWord (c: char) = isWordStart c || Char.IsDigit c || c = '$'

    /// The end of a quoted run whose opening quote is at `start`, and its text with doubled quotes undone.
    let private quoted (sql: string) (start: int) (close: char) =
        let mutable i = start + 1
        let mutable fin = false

        while not fin && i < sql.Length do
            if sql[i] <> close then i <- i + 1
            elif close <> ']' && i + 1 < sql.Length && sql[i + 1] = close then i <- i + 2
            else fin <- true

        let inner = sql.Substring(start + 1, min i sql.Length - start - 1)
        let text = if close = ']' then inner else inner.Replace(String(close, 2), string close)
        min sql.Length (i + 1), text

    let private skipWhile (sql: string) (start: int) (test: char -> bool) =
        let mutable i = start

        while i < sql.Length && test sql[i] do
            i <- i + 1

        i

    let private after (sql: string) (mark: string) (start: int) =
        match sql.IndexOf(mark, start, StringComparison.Ordinal) with
        | -1 -> sql.Length
        | at -> at + mark.Length

    let rec private next (sql: string) (start: int) : (Token * int) option =
        let token kind value finish = Some({ Kind = kind; Value = value; Start = start; End = finish }, finish)

        if start >= sql.Length then
            None
        else
            let c = sql[start]
            let peek = if start + 1 < sql.Length then sql[start + 1] else '\000'

            if Char.IsWhiteSpace c then
                next sql (start + 1)
            elif c = '-' && peek = '-' then
                next sql (after sql "\n" start)
            elif c = '/' && peek = '*' then
                next sql (after sql "*/" (start + 2))
            elif c = '\'' then
                let finish, text = quoted sql start '\''
                token TokenKind.String text finish
            elif c = '"' || c = '`' || c = '[' then
                let finish, text = quoted sql start (if c = '[' then ']' else c)
                token TokenKind.Quoted text finish
            elif (c = 'x' || c = 'X') && peek = '\'' then
                let finish, _ = quoted sql (start + 1) '\''
                token TokenKind.Number (sql.Substring(start, finish - start)) finish
            elif isWordStart c then
                let finish = skipWhile sql start isWord
                token TokenKind.Word (sql.Substring(start, finish - start)) finish
            elif Char.IsDigit c || (c = '.' && Char.IsDigit peek) then
                let finish = skipWhile sql start (fun d -> isWord d || d = '.')
                // An exponent may carry a sign.
                let finish =
                    if
                        finish < sql.Length
                        && (sql[finish] = '+' || sql[finish] = '-')
                        && Char.ToLowerInvariant sql[finish - 1] = 'e'
                    then
                        skipWhile sql (finish + 1) Char.IsDigit
                    else
                        finish

                token TokenKind.Number (sql.Substring(start, finish - start)) finish
            else
                token TokenKind.Symbol (string c) (start + 1)

    let read (sql: string) : Token array = Array.unfold (next sql) 0

    let isWordOf (word: string) (token: Token) =
        token.Kind = TokenKind.Word && String.Equals(token.Value, word, StringComparison.OrdinalIgnoreCase)

    let isSymbol (symbol: string) (token: Token) = token.Kind = TokenKind.Symbol && token.Value = symbol

    /// Names are compared as SQLite does: without case.
    let isName (name: string) (token: Token) =
        (token.Kind = TokenKind.Word || token.Kind = TokenKind.Quoted)
        && String.Equals(token.Value, name, StringComparison.OrdinalIgnoreCase)

    /// Puts a quoted name where another one stands, as `ALTER TABLE … RENAME` does in the texts it keeps.
    let rename (from: string) (target: string) (sql: string) : string =
        (sql, read sql |> Array.filter (isName from) |> Array.rev)
        ||> Array.fold (fun text token ->
            text.Substring(0, token.Start) + SqliteName.quote target + text.Substring token.End)
