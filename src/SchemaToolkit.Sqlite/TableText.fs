namespace SchemaToolkit

open System

/// A column as a CREATE TABLE text has it.
type internal ColumnText =
    {
        Name: string
        Type: string
        NotNull: bool
        /// The constraint's name and whether it says AUTOINCREMENT.
        PrimaryKey: (string option * bool) option
        /// The constraint's name.
        Unique: string option option
        Default: string option
        Collation: string option
        /// Name, text, and the string literals of the text.
        Checks: (string option * string * string list) list
        /// Text, and whether it is stored.
        Generated: (string * bool) option
        References: ForeignKey option
    }

/// A CREATE TABLE text taken apart. Names that were not given are empty.
type internal TableText =
    { Columns: ColumnText list
      PrimaryKey: PrimaryKey option
      Uniques: (string * string list) list
      ForeignKeys: ForeignKey list
      Checks: (string option * string) list
      Strict: bool
      WithoutRowid: bool }

/// Takes CREATE TABLE texts apart: ours, and those that other tools wrote. SQLite has accepted the text, so this only
/// finds where each clause begins and ends.
[<RequireQualifiedAccess>]
module internal TableText =
    exception private Unexpected

    type private Cursor(sql: string) =
        let tokens = SqliteTokens.read sql
        let mutable at = 0

        member _.Ended = at >= tokens.Length
        member _.Peek = if at < tokens.Length then tokens[at] else raise Unexpected

        member this.Take() =
            let token = this.Peek
            at <- at + 1
            token

        member _.Is(word: string) = at < tokens.Length && SqliteTokens.isWordOf word tokens[at]
        member _.IsSymbol(symbol: string) = at < tokens.Length && SqliteTokens.isSymbol symbol tokens[at]

        member this.Try(word: string) =
            let found = this.Is word

            if found then
                at <- at + 1

            found

        member this.TrySymbol(symbol: string) =
            let found = this.IsSymbol symbol

            if found then
                at <- at + 1

            found

        member this.Expect(word: string) =
            if not (this.Try word) then
                raise Unexpected

        member this.ExpectSymbol(symbol: string) =
            if not (this.TrySymbol symbol) then
                raise Unexpected

        member this.Name() =
            let token = this.Take()

            match token.Kind with
            | TokenKind.Word
            | TokenKind.Quoted
            | TokenKind.String -> token.Value
            | TokenKind.Number
            | TokenKind.Symbol -> raise Unexpected

        /// A group in parentheses: the text inside, trimmed, and its tokens.
        member this.Group() : string * Token array =
            let opening = this.Take()

            if not (SqliteTokens.isSymbol "(" opening) then
                raise Unexpected

            let first = at
            let mutable depth = 1

            while depth > 0 do
                let token = this.Take()

                if SqliteTokens.isSymbol "(" token then
                    depth <- depth + 1
                elif SqliteTokens.isSymbol ")" token then
                    depth <- depth - 1

            let inner = tokens[first .. at - 2]
            sql.Substring(opening.End, tokens[at - 1].Start - opening.End).Trim(), inner

        /// Names in parentheses; what follows a name up to the comma (collation, order) is passed over.
        member this.Names() : string list =
            this.ExpectSymbol "("

            [ while not (this.TrySymbol ")") do
                  this.Name()

                  while not (this.IsSymbol "," || this.IsSymbol ")") do
                      this.Take() |> ignore

                  this.TrySymbol "," |> ignore ]

        member _.TextBetween(start: int, finish: int) = sql.Substring(start, finish - start)

    let private conflict (c: Cursor) =
        if c.Is "ON" then
            c.Take() |> ignore
            c.Expect "CONFLICT"
            c.Take() |> ignore

    let private action (c: Cursor) =
        if c.Try "CASCADE" then
            ReferentialAction.Cascade
        elif c.Try "RESTRICT" then
            ReferentialAction.Restrict
        elif c.Try "SET" then
            if c.Try "NULL" then
                ReferentialAction.SetNull
            else
                c.Expect "DEFAULT"
                ReferentialAction.SetDefault
        else
            c.Expect "NO"
            c.Expect "ACTION"
            ReferentialAction.NoAction

    /// From after REFERENCES to the end of the clause.
    let private references (c: Cursor) (name: string option) (columns: string list) : ForeignKey =
        let target = c.Name()
        let targetColumns = if c.IsSymbol "(" then c.Names() else []
        let mutable onDelete, onUpdate = ReferentialAction.NoAction, ReferentialAction.NoAction
        let mutable deferrability = Deferrability.NotDeferrable
        let mutable more = true

        while more do
            if c.Try "ON" then
                if c.Try "DELETE" then
                    onDelete <- action c
                else
                    c.Expect "UPDATE"
                    onUpdate <- action c
            elif c.Try "MATCH" then
                c.Take() |> ignore
            elif c.Try "DEFERRABLE" then
                deferrability <- Deferrability.InitiallyImmediate
            elif c.Try "INITIALLY" then
                if c.Try "DEFERRED" then
                    if deferrability <> Deferrability.NotDeferrable then
                        deferrability <- Deferrability.InitiallyDeferred
                else
                    c.Expect "IMMEDIATE"
            else
                more <- false

        { Name = Option.defaultValue "" name
          Columns = columns
          Target = SqliteName.parse target
          TargetColumns = targetColumns
          OnDelete = onDelete
          OnUpdate = onUpdate
          Deferrability = deferrability }

    let private defaultText (c: Cursor) =
        if c.IsSymbol "(" then
            fst (c.Group())
        else
            let first = c.Take()

            if SqliteTokens.isSymbol "-" first || SqliteTokens.isSymbol "+" first then
                c.TextBetween(first.Start, c.Take().End)
            else
                c.TextBetween(first.Start, first.End)

    let private literals (tokens: Token array) =
        [ for token in tokens do
              if token.Kind = TokenKind.String then
                  token.Value ]

    let private clauseWords =
        [ "CONSTRAINT"
          "PRIMARY"
          "NOT"
          "NULL"
          "UNIQUE"
          "CHECK"
          "DEFAULT"
          "COLLATE"
          "REFERENCES"
          "GENERATED"
          "AS" ]

    let private typeName (c: Cursor) =
        let isType () =
            not c.Ended
            && (c.Peek.Kind = TokenKind.Quoted
                || (c.Peek.Kind = TokenKind.Word && not (List.exists c.Is clauseWords)))

        let words =
            [ while isType () do
                  c.Take().Value ]

        let arguments = if c.IsSymbol "(" then $"({fst (c.Group())})" else ""
        String.concat " " words + arguments

    let rec private columnClauses (c: Cursor) (name: string option) (column: ColumnText) : ColumnText =
        if c.Try "CONSTRAINT" then
            let constraintName = c.Name()
            columnClauses c (Some constraintName) column
        elif c.Try "PRIMARY" then
            c.Expect "KEY"

            if not (c.Try "ASC") then
                c.Try "DESC" |> ignore

            conflict c
            let autoincrement = c.Try "AUTOINCREMENT"
            columnClauses c None { column with PrimaryKey = Some(name, autoincrement) }
        elif c.Try "NOT" then
            // The tail of a foreign key, or NOT NULL.
            if c.Try "DEFERRABLE" then
                if c.Try "INITIALLY" then
                    c.Take() |> ignore

                columnClauses c None column
            else
                c.Expect "NULL"
                conflict c
                columnClauses c None { column with NotNull = true }
        elif c.Try "NULL" then
            conflict c
            columnClauses c None column
        elif c.Try "UNIQUE" then
            conflict c
            columnClauses c None { column with Unique = Some name }
        elif c.Try "CHECK" then
            let text, tokens = c.Group()
            conflict c
            columnClauses c None { column with Checks = column.Checks @ [ name, text, literals tokens ] }
        elif c.Try "DEFAULT" then
            let text = defaultText c
            columnClauses c None { column with Default = Some text }
        elif c.Try "COLLATE" then
            let collation = c.Name()
            columnClauses c None { column with Collation = Some collation }
        elif c.Try "REFERENCES" then
            let key = references c name [ column.Name ]
            columnClauses c None { column with References = Some key }
        elif c.Is "GENERATED" || c.Is "AS" then
            if c.Try "GENERATED" then
                c.Expect "ALWAYS"

            c.Expect "AS"
            let text, _ = c.Group()
            let stored = c.Try "STORED"

            if not stored then
                c.Try "VIRTUAL" |> ignore

            columnClauses c None { column with Generated = Some(text, stored) }
        else
            column

    let private column (c: Cursor) : ColumnText =
        let name = c.Name()
        let columnType = typeName c

        columnClauses
            c
            None
            { Name = name
              Type = columnType
              NotNull = false
              PrimaryKey = None
              Unique = None
              Default = None
              Collation = None
              Checks = []
              Generated = None
              References = None }

    let private isTableClause (c: Cursor) =
        [ "CONSTRAINT"; "PRIMARY"; "UNIQUE"; "CHECK"; "FOREIGN" ] |> List.exists c.Is

    let private tableClause (c: Cursor) (table: TableText) : TableText =
        let name = if c.Try "CONSTRAINT" then Some(c.Name()) else None
        let given = Option.defaultValue "" name

        if c.Try "PRIMARY" then
            c.Expect "KEY"
            let columns = c.Names()
            conflict c
            { table with PrimaryKey = Some { Name = given; Columns = columns } }
        elif c.Try "UNIQUE" then
            let columns = c.Names()
            conflict c
            { table with Uniques = table.Uniques @ [ given, columns ] }
        elif c.Try "CHECK" then
            let text, _ = c.Group()
            conflict c
            { table with Checks = table.Checks @ [ name, text ] }
        else
            c.Expect "FOREIGN"
            c.Expect "KEY"
            let columns = c.Names()
            c.Expect "REFERENCES"
            let key = references c name columns

            if c.Try "NOT" then
                c.Expect "DEFERRABLE"

                if c.Try "INITIALLY" then
                    c.Take() |> ignore

            { table with ForeignKeys = table.ForeignKeys @ [ key ] }

    let private options (c: Cursor) (table: TableText) =
        let mutable result = table

        while not c.Ended do
            if c.Try "STRICT" then
                result <- { result with Strict = true }
            elif c.Try "WITHOUT" then
                c.Take() |> ignore
                result <- { result with WithoutRowid = true }
            else
                c.ExpectSymbol ","

        result

    /// None when the text is none that this reader knows, such as that of a virtual table.
    let tryParse (sql: string) : TableText option =
        try
            let c = Cursor sql
            c.Expect "CREATE"
            c.Expect "TABLE"
            c.Name() |> ignore
            c.ExpectSymbol "("

            let mutable table =
                { Columns = []
                  PrimaryKey = None
                  Uniques = []
                  ForeignKeys = []
                  Checks = []
                  Strict = false
                  WithoutRowid = false }

            while not (c.TrySymbol ")") do
                table <-
                    if isTableClause c then
                        tableClause c table
                    else
                        { table with Columns = table.Columns @ [ column c ] }

                c.TrySymbol "," |> ignore

            Some(options c table)
        with Unexpected ->
            None
