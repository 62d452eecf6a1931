namespace SchemaToolkit.PostgresObjects

open System
open System.Text.RegularExpressions

/// Cutting a SQL script into statements as psql would: quotes, dollar quotes, comments, SQL function bodies, data of COPY and
/// psql's own commands are minded.
[<RequireQualifiedAccess>]
module Script =
    type Statement =
        {
            Text: string
            /// Counted from one.
            Line: int
            /// The lines that follow COPY … FROM stdin.
            Data: string option
            /// Backslashes escape in plain quotes, too: `standard_conforming_strings` is off.
            Escapes: bool
        }

    [<RequireQualifiedAccess>]
    type Piece =
        | Sql of statement: Statement
        /// A command of psql's, without its backslash. `query` is the statement that it ends (`\gexec`), if any.
        | Command of name: string * arguments: string * line: int * query: Statement option

    let private matches (pattern: string) (text: string) = Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase)

    /// The driver cuts commands at semicolons, also inside BEGIN ATOMIC … END: such a statement is handed over as a text.
    let sendable (statement: string) =
        if matches @"\bBEGIN\s+ATOMIC\b" statement then
            let body = $"BEGIN EXECUTE {Quote.text statement}; END"
            $"DO {Quote.text body}"
        else
            statement

    let private readsData (text: string) = matches @"^COPY\b(?s:.*)\bFROM\s+STDIN\b" text

    let private turnsEscapes (text: string) : bool option =
        let found =
            Regex.Match(
                text,
                @"^SET\s+(?:SESSION\s+)?standard_conforming_strings\s*(?:=|TO)\s*'?(\w+)",
                RegexOptions.IgnoreCase
            )

        if found.Success then
            Some(List.contains (found.Groups[1].Value.ToLowerInvariant()) [ "off"; "false"; "0"; "no" ])
        else
            None

    /// The lines up to `\.`, and the position behind it.
    let private dataFrom (text: string) (i: int) : string * int =
        let start = Lexer.skipLine text i

        let rec go j =
            if j >= text.Length then
                j, j
            else
                let next = Lexer.skipLine text j

                if text.Substring(j, next - j).TrimEnd('\r', '\n') = @"\." then
                    j, next
                else
                    go next

        let stop, next = go start
        text.Substring(start, stop - start).Replace("\r\n", "\n"), next

    /// The statement that `\copy` sends.
    let copyFromStdin (target: string) (options: string) : string =
        $"COPY {target} FROM STDIN {options.Trim()}".TrimEnd()

    /// `\copy … from stdin`, whose lines follow; None for anything else.
    let private copyOfLines (arguments: string) =
        let found =
            Regex.Match(
                arguments,
                @"^(.+?)\s+FROM\s+P?STDIN\b(.*?);?\s*$",
                RegexOptions.IgnoreCase ||| RegexOptions.Singleline
            )

        if found.Success then
            Some(copyFromStdin found.Groups[1].Value found.Groups[2].Value)
        else
            None

    /// Everything in the order in which it stands.
    let pieces (text: string) : Piece list =
        let found = ResizeArray<Piece>()
        let mutable start = 0
        let mutable i = 0
        let mutable parentheses = 0
        // BEGIN ATOMIC … END and CASE … END nest; semicolons inside do not end the statement.
        let mutable blocks = 0
        let mutable previous = ""
        let mutable escapesInAll = false

        // Lines are counted as the text is walked: a dump has hundreds of thousands.
        let mutable counted = 0
        let mutable lines = 1

        let lineAt position =
            for j in counted .. position - 1 do
                if text[j] = '\n' then
                    lines <- lines + 1

            counted <- max counted position
            lines

        let cut stop : Statement option =
            let first = Lexer.skipBlanks text start stop
            let trimmed = text.Substring(first, stop - first).TrimEnd()
            parentheses <- 0
            blocks <- 0
            previous <- ""

            if trimmed = "" then
                None
            else
                turnsEscapes trimmed |> Option.iter (fun on -> escapesInAll <- on)

                Some { Text = trimmed; Line = lineAt first; Data = None; Escapes = escapesInAll }

        let command () =
            let query = cut i
            let line = lineAt i
            let isSpace j = j >= text.Length || Char.IsWhiteSpace text[j] || text[j] = '\\'
            let rec endOfName j = if isSpace j then j else endOfName (j + 1)
            let behindName = endOfName (i + 1)
            let name = text.Substring(i + 1, behindName - i - 1)

            let stop =
                if Psql.takesLine name then
                    Lexer.skipLine text behindName
                else
                    Psql.endOfWords text behindName

            let arguments = text.Substring(behindName, stop - behindName).Trim()

            match name, copyOfLines arguments with
            | "copy", Some copy ->
                let data, behind = dataFrom text (stop - 1)
                found.Add(Piece.Sql { Text = copy; Line = line; Data = Some data; Escapes = false })
                i <- behind
            | _ ->
                found.Add(Piece.Command(name, arguments, line, query))
                // `\\` ends the words of a command.
                let isSeparated = stop + 1 < text.Length && text[stop] = '\\' && text[stop + 1] = '\\'

                i <-
                    if name = "" then i + 2
                    elif isSeparated then stop + 2
                    else stop

            start <- i

        while i < text.Length do
            let c = text[i]
            let next = if i + 1 < text.Length then text[i + 1] else '\000'

            if c = '\'' then
                let marked =
                    i > 0 && (text[i - 1] = 'E' || text[i - 1] = 'e') && (i < 2 || not (Lexer.isWord text[i - 2]))

                i <- Lexer.skipQuoted text i '\'' (marked || escapesInAll)
            elif c = '"' then
                i <- Lexer.skipQuoted text i '"' false
            elif c = '-' && next = '-' then
                i <- Lexer.skipLine text i
            elif c = '/' && next = '*' then
                i <- Lexer.skipBlock text i
            elif c = '$' then
                match Lexer.dollarTag text i with
                | Some tag ->
                    let close = text.IndexOf(tag, i + tag.Length, StringComparison.Ordinal)
                    i <- if close < 0 then text.Length else close + tag.Length
                | None -> i <- i + 1
            elif c = '\\' && next <> ';' then
                command ()
            elif c = ';' && parentheses <= 0 && blocks = 0 || c = '\\' then
                let statement = cut i
                i <- if c = '\\' then i + 2 else i + 1

                match statement with
                | Some copy when readsData copy.Text ->
                    let data, behind = dataFrom text i
                    found.Add(Piece.Sql { copy with Data = Some data })
                    i <- behind
                | Some statement -> found.Add(Piece.Sql statement)
                | None -> ()

                start <- i
            elif c = '(' then
                parentheses <- parentheses + 1
                i <- i + 1
            elif c = ')' then
                parentheses <- parentheses - 1
                i <- i + 1
            elif Lexer.isWord c && (i = 0 || not (Lexer.isWord text[i - 1])) then
                let name = (Lexer.word text i).ToUpperInvariant()

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

        cut text.Length |> Option.iter (Piece.Sql >> found.Add)
        List.ofSeq found

    /// The statements without their semicolons; empty ones and psql's own commands are left out.
    let statements (text: string) : Statement list =
        pieces text
        |> List.choose (fun piece ->
            match piece with
            | Piece.Sql statement -> Some statement
            | Piece.Command _ -> None)

    /// As the driver is to send it.
    let toSend (statement: Statement) : string =
        if statement.Escapes && statement.Text.Contains '\\' then
            // The driver reads quotes in the standard way.
            let body = $"BEGIN EXECUTE {Quote.text statement.Text}; END"
            let mutable tag = "$st$"

            while body.Contains(tag, StringComparison.Ordinal) do
                tag <- tag.Insert(1, "x")

            $"DO {tag}{body}{tag}"
        else
            sendable statement.Text
