namespace SchemaToolkit.Agents

open System
open System.Text

/// One piece of markup in a text; positions are `[start, stop)`.
[<RequireQualifiedAccess>]
type internal Token =
    | Open of name: string * start: int * stop: int * selfClosing: bool
    | Close of name: string * start: int * stop: int
    | CData of start: int * contentStart: int * contentStop: int * stop: int
    | Comment of start: int * stop: int

    member this.Start =
        match this with
        | Open(_, start, _, _)
        | Close(_, start, _)
        | CData(start, _, _, _)
        | Comment(start, _) -> start

    member this.Stop =
        match this with
        | Open(_, _, stop, _)
        | Close(_, _, stop)
        | CData(_, _, _, stop)
        | Comment(_, stop) -> stop

/// Finds the tags that are asked for; every other `<` is text, so prose, code, a DTD and tags of other names stay as they are.
[<RequireQualifiedAccess>]
module internal Markup =
    /// A longer tag is text: it keeps the scan linear on hostile input.
    let private maxTag = 1024

    let private isNameStart (c: char) = Char.IsAsciiLetter c || c = '_'
    let private isName (c: char) = Char.IsAsciiLetterOrDigit c || c = '_' || c = '-' || c = '.'

    let isElementName (name: string) = name <> "" && isNameStart name[0] && Seq.forall isName name

    let private at (text: string) (index: int) (what: string) =
        String.CompareOrdinal(text, index, what, 0, what.Length) = 0

    /// The end of a tag whose name ends at `index`: just past `>`, and whether it closes itself.
    let private tagEnd (text: string) (start: int) (index: int) =
        let limit = min text.Length (start + maxTag)
        let mutable i = index
        let mutable quote = '\000'
        let mutable result = ValueNone
        let mutable broken = false

        while result.IsNone && not broken && i < limit do
            let c = text[i]

            if quote <> '\000' then
                if c = quote then
                    quote <- '\000'
            elif c = '"' || c = '\'' then
                quote <- c
            elif c = '<' then
                broken <- true
            elif c = '>' then
                result <- ValueSome(struct (i + 1, text[i - 1] = '/'))

            i <- i + 1

        result

    let private tag (known: string -> bool) (text: string) (start: int) =
        let closing = start + 1 < text.Length && text[start + 1] = '/'
        let nameStart = if closing then start + 2 else start + 1
        let mutable nameStop = nameStart

        while nameStop < text.Length && nameStop - nameStart < maxTag && isName text[nameStop] do
            nameStop <- nameStop + 1

        if nameStop = nameStart || nameStop >= text.Length || not (isNameStart text[nameStart]) then
            ValueNone
        else
            let after = text[nameStop]
            let ends = after = '>' || after = '/' || Char.IsWhiteSpace after
            let name = text.Substring(nameStart, nameStop - nameStart)

            if not ends || not (known name) then
                ValueNone
            else
                match tagEnd text start nameStop with
                | ValueNone -> ValueNone
                | ValueSome(struct (stop, _)) when closing -> ValueSome(Token.Close(name, start, stop))
                | ValueSome(struct (stop, selfClosing)) -> ValueSome(Token.Open(name, start, stop, selfClosing))

    /// The tokens of a text in order; None when there are more than `maxTokens`.
    let scan (maxTokens: int) (known: string -> bool) (text: string) : Token array option =
        let tokens = ResizeArray()
        let mutable i = 0
        // Looked for once: many openings without an end must not each search the rest.
        let mutable commentsEnd = true

        let add (token: Token) =
            tokens.Add token
            i <- token.Stop

        while i < text.Length && tokens.Count <= maxTokens do
            match text.IndexOf('<', i) with
            | -1 -> i <- text.Length
            | start when at text start "<![CDATA[" ->
                let content = start + 9

                match text.IndexOf("]]>", content, StringComparison.Ordinal) with
                | -1 -> add (Token.CData(start, content, text.Length, text.Length))
                | stop -> add (Token.CData(start, content, stop, stop + 3))
            | start when commentsEnd && at text start "<!--" ->
                match text.IndexOf("-->", start + 4, StringComparison.Ordinal) with
                | -1 ->
                    commentsEnd <- false
                    i <- start + 4
                | stop -> add (Token.Comment(start, stop + 3))
            | start ->
                match tag known text start with
                | ValueSome token -> add token
                | ValueNone -> i <- start + 1

        if tokens.Count > maxTokens then None else Some(tokens.ToArray())

    let private entity (name: string) =
        match name with
        | "lt" -> Some "<"
        | "gt" -> Some ">"
        | "amp" -> Some "&"
        | "quot" -> Some "\""
        | "apos" -> Some "'"
        | _ when name.StartsWith '#' ->
            let isHex = name.Length > 1 && Char.ToLowerInvariant name[1] = 'x'
            let digits = name.Substring(if isHex then 2 else 1)

            let style =
                if isHex then
                    Globalization.NumberStyles.AllowHexSpecifier
                else
                    Globalization.NumberStyles.None

            match Int32.TryParse(digits, style, Globalization.CultureInfo.InvariantCulture) with
            // XML 1.0, production 2: what a character may be.
            | true, code when
                (code >= 0x20 || code = 9 || code = 10 || code = 13)
                && code <> 0xFFFE
                && code <> 0xFFFF
                && Rune.IsValid code
                ->
                Some(Rune(code).ToString())
            | _ -> None
        | _ -> None

    let private appendDecoded (builder: StringBuilder) (text: string) (start: int) (stop: int) =
        let mutable i = start

        while i < stop do
            let decoded =
                if text[i] <> '&' then
                    None
                else
                    match text.IndexOf(';', i, min 12 (stop - i)) with
                    | -1 -> None
                    | semicolon ->
                        entity (text.Substring(i + 1, semicolon - i - 1))
                        |> Option.map (fun value -> value, semicolon + 1)

            match decoded with
            | Some(value, next) ->
                builder.Append value |> ignore
                i <- next
            | None ->
                builder.Append text[i] |> ignore
                i <- i + 1

    /// The text of `[start, stop)`, trimmed: entities decoded once, CDATA as it is, comments left out, tags kept as text.
    let content (text: string) (tokens: Token seq) (start: int) (stop: int) =
        let builder = StringBuilder()
        let mutable from = start

        for token in tokens do
            match token with
            | Token.CData(first, contentStart, contentStop, last) ->
                appendDecoded builder text from first
                builder.Append(text, contentStart, contentStop - contentStart) |> ignore
                from <- last
            | Token.Comment(first, last) ->
                appendDecoded builder text from first
                from <- last
            | Token.Open _
            | Token.Close _ -> ()

        if from < stop then
            appendDecoded builder text from stop

        builder.ToString().Trim()
