namespace SchemaToolkit

open System.Globalization

/// Constants and defaults in the form that SQLite keeps them.
[<RequireQualifiedAccess>]
module SqliteLiteral =
    let private invariant = CultureInfo.InvariantCulture

    /// The expression for `ColumnDefault.NewUuid`: a random UUID, version 4 (RFC 9562), from built-ins.
    let newUuid =
        "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
        + "substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"

    /// The expression for `ColumnDefault.Now` in a column of this type; None where the type holds no time.
    /// SQLite's clock gives milliseconds; the last three digits are zeros.
    let now (columnType: ColumnType) =
        match columnType with
        | ColumnType.Timestamp -> Some "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')"
        | ColumnType.LocalTimestamp -> Some "strftime('%Y-%m-%dT%H:%M:%f000', 'now')"
        | ColumnType.Date -> Some "strftime('%Y-%m-%d', 'now')"
        | ColumnType.Time -> Some "strftime('%H:%M:%f000', 'now')"
        | _ -> None

    /// As a value of the type is kept; text that is none is left to the column's CHECK.
    let private stored (columnType: ColumnType) (value: string) : string =
        match columnType with
        // PostgreSQL's empty array.
        | ColumnType.Array _ when value = "{}" -> "[]"
        | _ ->
            match SqliteCast.convert ColumnType.Text columnType (StoredValue.Text value) with
            | Ok(StoredValue.Text text) -> text
            | Ok _
            | Error _ -> value

    /// A constant for a column of the given type.
    let render (columnType: ColumnType) (literal: Literal) : string =
        let isText = SqliteStorage.storage columnType = "TEXT"

        match literal with
        | Literal.Boolean true -> "1"
        | Literal.Boolean false -> "0"
        | Literal.Integer value when isText -> SqliteStorage.literal (stored columnType (value.ToString invariant))
        | Literal.Integer value -> value.ToString invariant
        | Literal.Number digits when isText -> SqliteStorage.literal (stored columnType digits)
        | Literal.Number digits -> digits
        | Literal.Text value -> SqliteStorage.literal (stored columnType value)
        | Literal.Bytes hex -> $"x'{hex}'"
