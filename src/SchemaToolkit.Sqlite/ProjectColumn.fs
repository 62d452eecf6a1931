namespace SchemaToolkit

/// Small words for verdicts: reasons gathered for one part become its verdict.
[<RequireQualifiedAccess>]
module internal Reason =
    /// One reason is its own verdict; several are joined, and what is refused wins. A detail that is left out does not
    /// make the part Omitted: the part stays.
    let verdict (reasons: Verdict list) : Verdict =
        let join (texts: string list) = String.concat "; " texts

        let refused =
            reasons
            |> List.choose (function
                | Verdict.Refused why -> Some why
                | Verdict.Exact
                | Verdict.Emulated _
                | Verdict.Omitted _ -> None)

        let emulated =
            reasons
            |> List.choose (function
                | Verdict.Emulated how -> Some how
                | Verdict.Omitted why -> Some why
                | Verdict.Exact
                | Verdict.Refused _ -> None)

        if not refused.IsEmpty then Verdict.Refused(join refused)
        elif not emulated.IsEmpty then Verdict.Emulated(join emulated)
        else Verdict.Exact

    let isRefused (verdict: Verdict) =
        match verdict with
        | Verdict.Refused _ -> true
        | Verdict.Exact
        | Verdict.Emulated _
        | Verdict.Omitted _ -> false

    /// Engines that a part is for; empty means every one.
    let isForSqlite (onlyOn: string list) = onlyOn.IsEmpty || List.contains "sqlite" onlyOn

    let notForSqlite (onlyOn: string list) =
        let engines = String.concat ", " onlyOn
        Verdict.Omitted $"declared only for {engines}"

    /// The text for SQLite alone, so that a change of another engine's text changes nothing here.
    let text (what: string) (sql: SqlText) : SqlText * Verdict list =
        match SqlText.forEngine "sqlite" sql with
        | Some fragments -> SqlText.Portable fragments, []
        | None -> sql, [ Verdict.Refused $"{what} has no SQL for sqlite; add one to SqlText.PerEngine" ]

    /// BINARY, NOCASE and RTRIM are SQLite's own; PostgreSQL's byte order is BINARY.
    let collation (name: string) : string * Verdict list =
        match name.ToUpperInvariant() with
        | "BINARY"
        | "NOCASE"
        | "RTRIM" as own -> own, []
        | "C"
        | "POSIX"
        | "UCS_BASIC" -> "BINARY", [ Verdict.Emulated $"collation {name} is BINARY" ]
        | _ ->
            name,
            [ Verdict.Refused $"SQLite has no collation {name}; it decides what is equal, so it cannot be left out" ]

/// How SQLite keeps a column.
[<RequireQualifiedAccess>]
module internal ProjectColumn =
    let rec private typeReason (enums: EnumType list) (columnType: ColumnType) : Verdict =
        match columnType with
        | ColumnType.Text
        | ColumnType.BigInt
        | ColumnType.Double
        | ColumnType.Bytea -> Verdict.Exact
        | ColumnType.Uuid -> Verdict.Emulated "TEXT with a CHECK on its form"
        | ColumnType.Varchar length -> Verdict.Emulated $"TEXT with a CHECK of at most {length} characters"
        | ColumnType.Char length -> Verdict.Emulated $"TEXT padded to {length} characters, with a CHECK"
        | ColumnType.SmallInt
        | ColumnType.Integer -> Verdict.Emulated "INTEGER with a CHECK on its range"
        | ColumnType.Real -> Verdict.Emulated "REAL, double precision inside, with a CHECK on its range"
        | ColumnType.Numeric _ ->
            Verdict.Emulated $"decimal TEXT with a CHECK, ordered by the collation {SqliteStorage.numericCollation}"
        | ColumnType.Boolean -> Verdict.Emulated "INTEGER with a CHECK of 0 or 1"
        | ColumnType.Date
        | ColumnType.Time
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp -> Verdict.Emulated "ISO 8601 TEXT with a CHECK; it sorts by time"
        | ColumnType.Interval -> Verdict.Emulated "TEXT with a CHECK on its form"
        | ColumnType.Json
        | ColumnType.Jsonb -> Verdict.Emulated "TEXT with CHECK json_valid"
        | ColumnType.Vector dimensions -> Verdict.Emulated $"BLOB with a CHECK of {4 * dimensions} bytes; exact search"
        | ColumnType.Enum name ->
            if enums |> List.exists (fun e -> e.Name = name) then
                Verdict.Emulated $"TEXT with a CHECK of the values of {name}"
            else
                Verdict.Refused
                    $"the values of {name} are not in this schema, and SQLite has no types to share; declare the enum here"
        | ColumnType.Domain _
        | ColumnType.Named _
        | ColumnType.Other _ ->
            Verdict.Refused
                $"SQLite has no type {ColumnType.describe columnType}; give the column a type that every engine knows"
        | ColumnType.Array element ->
            match typeReason enums element with
            | Verdict.Refused why -> Verdict.Refused why
            | Verdict.Exact
            | Verdict.Emulated _
            | Verdict.Omitted _ ->
                Verdict.Emulated "JSON array TEXT with a CHECK; elements are checked when we write them"

    let private defaultReasons (c: ColumnDef) =
        match c.Default with
        | None -> None, []
        | Some(ColumnDefault.Expression sql) ->
            let text, reasons = Reason.text "the default" sql
            Some(ColumnDefault.Expression text), reasons
        | Some ColumnDefault.Now when (SqliteLiteral.now c.Type).IsNone ->
            c.Default, [ Verdict.Refused $"a {ColumnType.describe c.Type} cannot default to the current time" ]
        | Some(ColumnDefault.Now | ColumnDefault.NewUuid | ColumnDefault.Literal _) -> c.Default, []

    let private identityReasons (table: Table) (c: ColumnDef) =
        let isInteger =
            match c.Type with
            | ColumnType.SmallInt
            | ColumnType.Integer
            | ColumnType.BigInt -> true
            | _ -> false

        let isKey = table.PrimaryKey |> Option.exists (fun key -> key.Columns = [ c.Name ])

        match c.Identity with
        | None -> []
        | Some _ when not isInteger || not isKey ->
            [ Verdict.Refused "SQLite numbers rows only in a primary key that is this one integer column" ]
        | Some Identity.Always -> [ Verdict.Emulated "AUTOINCREMENT; a value that is given is taken" ]
        | Some Identity.ByDefault -> [ Verdict.Emulated "AUTOINCREMENT" ]

    let project (enums: EnumType list) (table: Table) (c: ColumnDef) : ColumnDef * Verdict =
        let value, defaults = defaultReasons c

        let generated, computed =
            match c.Generated with
            | Some g ->
                let text, reasons = Reason.text "the generated column" g.Expression
                Some { g with Expression = text }, reasons
            | None -> None, []

        let collation, collated =
            match c.Collation, c.Type with
            | None, _ -> None, []
            | Some _, ColumnType.Numeric _ -> None, [ Verdict.Refused "a numeric column has no collation" ]
            | Some name, _ ->
                let kept, reasons = Reason.collation name
                Some kept, reasons

        let comment =
            [ if c.Comment.IsSome then
                  Verdict.Omitted "its comment is left out: SQLite keeps none" ]

        { c with
            Default = value
            Generated = generated
            Collation = collation
            Comment = None },
        Reason.verdict (
            [ typeReason enums c.Type ] @ defaults @ identityReasons table c @ computed @ collated @ comment
        )
