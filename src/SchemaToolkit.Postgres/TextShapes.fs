namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Which texts a type surely reads, told by patterns: a quick first question on servers before 16, which have no
/// `pg_input_is_valid`. What misses its pattern may still be readable.
[<RequireQualifiedAccess>]
module internal TextShapes =
    let private shape (after: ColumnType) : string option =
        match after with
        | ColumnType.Uuid -> Some "^\\s*\\{?[0-9a-fA-F]{4}(-?[0-9a-fA-F]{4}){7}\\}?\\s*$"
        | ColumnType.Boolean -> Some "(?i)^\\s*(t|true|f|false|y|yes|n|no|on|off|1|0)\\s*$"
        | ColumnType.Date -> Some "^\\s*\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])\\s*$"
        | ColumnType.Time -> Some "^\\s*([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?\\s*$"
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp ->
            Some
                "^\\s*\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])([ T]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?\\s*(Z|[+-](0\\d|1[0-4])(:?[0-5]\\d)?)?)?\\s*$"
        | ColumnType.Interval ->
            Some
                "^\\s*-?\\d+ (year|mon|day|hour|minute|second)s?\\s*$|^\\s*-?\\d{1,6}:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?\\s*$"
        | ColumnType.Bytea -> Some "^\\\\x([0-9a-fA-F]{2})*$|^[^\\\\]*$"
        | ColumnType.Json
        | ColumnType.Jsonb ->
            Some
                "^\\s*(null|true|false|-?(0|[1-9]\\d{0,99})(\\.\\d{1,99})?|\"[^\"\\\\[:cntrl:]]*\"|\\[\\s*\\]|\\{\\s*\\})\\s*$"
        | _ -> None

    let private numberShape = "^\\s*[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?\\s*$"
    let private wholeShape = "^\\s*[+-]?\\d{1,19}\\s*$"

    /// Plain items between braces.
    let private arrayShape = "^\\s*\\{([^{}\",\\\\]+(,[^{}\",\\\\]+)*)?\\}\\s*$"

    let private vectorShape =
        "^\\s*\\[\\s*[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d)?(\\s*,\\s*[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d)?)*\\s*\\]\\s*$"

    /// A condition that holds for texts that the type may not read; None: no pattern is known.
    let rec doubtful (after: ColumnType) (text: string) : string option =
        let misses pattern = $"{text} !~ {Quote.text pattern}"

        match after with
        | whole when PgType.isWhole whole ->
            let bounds = NumberChecks.range whole |> Option.get

            Some
                $"CASE WHEN {misses wholeShape} THEN true ELSE {NumberChecks.outside bounds (NumberChecks.exact text)} END"
        | ColumnType.Real
        | ColumnType.Double
        | ColumnType.Numeric _ ->
            let inner =
                NumberChecks.failing (ColumnType.Numeric None) after (NumberChecks.exact text)
                |> Option.defaultValue "false"

            Some $"CASE WHEN {misses numberShape} THEN true ELSE {inner} END"
        | ColumnType.Vector n ->
            Some
                $"CASE WHEN {misses vectorShape} THEN true ELSE array_length(string_to_array({text}, ','), 1) <> {n} END"
        | ColumnType.Array element ->
            let items = $"unnest(string_to_array(btrim({text}, ' {{}}'), ',')) AS items(item)"

            match doubtful element "item" with
            | Some inner ->
                Some
                    $"CASE WHEN {misses arrayShape} THEN true ELSE EXISTS (SELECT FROM {items} WHERE upper(item) <> 'NULL' AND {inner}) END"
            | None when PgType.isText element -> Some(misses arrayShape)
            | None -> None
        | other -> shape other |> Option.map misses
