namespace SchemaToolkit

/// Takes CREATE INDEX texts apart.
[<RequireQualifiedAccess>]
module internal IndexText =
    type private Slice = { Tokens: Token list; Text: string }

    /// The tokens between commas on the outermost level, and the position after the closing parenthesis.
    let private parts (sql: string) (tokens: Token array) (opening: int) : Token list list * int =
        let mutable depth = 1
        let mutable i = opening + 1
        let mutable current = []
        let found = ResizeArray<Token list>()

        while depth > 0 && i < tokens.Length do
            let token = tokens[i]

            if SqliteTokens.isSymbol "(" token then
                depth <- depth + 1
            elif SqliteTokens.isSymbol ")" token then
                depth <- depth - 1

            if depth = 0 || (depth = 1 && SqliteTokens.isSymbol "," token) then
                found.Add(List.rev current)
                current <- []
            else
                current <- token :: current

            i <- i + 1

        List.ofSeq found, i

    let private textOf (sql: string) (tokens: Token list) =
        match tokens with
        | [] -> ""
        | first :: _ -> sql.Substring(first.Start, (List.last tokens).End - first.Start)

    /// True when the tokens are one group in parentheses.
    let private isGroup (tokens: Token list) =
        let depths =
            tokens
            |> List.scan
                (fun depth token ->
                    if SqliteTokens.isSymbol "(" token then depth + 1
                    elif SqliteTokens.isSymbol ")" token then depth - 1
                    else depth)
                0

        match tokens with
        | first :: _ when SqliteTokens.isSymbol "(" first ->
            // The first return to the outermost level is at the very end.
            depths |> List.skip 1 |> List.findIndex ((=) 0) = tokens.Length - 1
        | _ -> false

    let private isName (token: Token) =
        match token.Kind with
        | TokenKind.Word
        | TokenKind.Quoted -> true
        | TokenKind.String
        | TokenKind.Number
        | TokenKind.Symbol -> false

    let private part (sql: string) (tokens: Token list) : IndexPart =
        let descending, tokens =
            match List.rev tokens with
            | last :: rest when SqliteTokens.isWordOf "DESC" last -> true, List.rev rest
            | last :: rest when SqliteTokens.isWordOf "ASC" last -> false, List.rev rest
            | _ -> false, tokens

        let collation, tokens =
            match List.rev tokens with
            | name :: word :: rest when SqliteTokens.isWordOf "COLLATE" word && not rest.IsEmpty ->
                Some name.Value, List.rev rest
            | _ -> None, tokens

        let target =
            match tokens with
            | [ name ] when isName name -> IndexTarget.Column name.Value
            | group when isGroup group ->
                let text = textOf sql group
                IndexTarget.Expression(SqlText.raw (text.Substring(1, text.Length - 2).Trim()))
            | expression -> IndexTarget.Expression(SqlText.raw (textOf sql expression))

        { Target = target
          Descending = descending
          Nulls = NullsOrder.Default
          OpClass = None
          Collation = collation }

    /// `"a" IS NULL, ifnull("a", '')` is how NULLs are made equal; it reads back as the column.
    let private nullsEqual (first: Token list) (second: Token list) =
        match first with
        | [ name; is; nulls ] when isName name && SqliteTokens.isWordOf "IS" is && SqliteTokens.isWordOf "NULL" nulls ->
            match second with
            | call :: _ :: inner :: _ when SqliteTokens.isWordOf "ifnull" call && inner.Value = name.Value ->
                Some(name, List.skip 6 second)
            | _ -> None
        | _ -> None

    let rec private pair (sql: string) (slices: Token list list) : IndexPart list * bool =
        match slices with
        | first :: second :: rest when (nullsEqual first second).IsSome ->
            let tail, _ = pair sql rest

            match nullsEqual first second with
            | Some(name, order) -> part sql (name :: order) :: tail, true
            | None -> tail, true
        | first :: rest ->
            let tail, equal = pair sql rest
            part sql first :: tail, equal
        | [] -> [], false

    /// The index named as in the text, and whether it stands for a unique constraint.
    let tryParse (sql: string) : (IndexDef * bool) option =
        let tokens = SqliteTokens.read sql
        let on = tokens |> Array.tryFindIndex (SqliteTokens.isWordOf "ON")

        match on with
        | Some on when on >= 3 && on + 2 < tokens.Length && SqliteTokens.isSymbol "(" tokens[on + 2] ->
            let slices, finish = parts sql tokens (on + 2)
            let parts, nullsNotDistinct = pair sql slices

            let where =
                if finish < tokens.Length && SqliteTokens.isWordOf "WHERE" tokens[finish] then
                    Some(SqlText.raw (sql.Substring(tokens[finish].End).Trim()))
                else
                    None

            Some(
                { Name = (SqliteName.parse tokens[on - 1].Value).Name
                  Parts = parts
                  Unique = tokens |> Array.take on |> Array.exists (SqliteTokens.isWordOf "UNIQUE")
                  Method = "btree"
                  Include = []
                  Where = where
                  NullsNotDistinct = nullsNotDistinct
                  With = []
                  OnlyOn = [] },
                sql.Substring(tokens[on - 1].End, tokens[on].Start - tokens[on - 1].End).Contains
                    SqliteRender.constraintMark
            )
        | _ -> None
