namespace SchemaToolkit.Postgres

open SchemaToolkit

/// How a value of one type becomes one of another, as an explicit expression. Total: a pair without a cast of its own goes
/// through text, so that the statement is always valid and the rows decide.
[<RequireQualifiedAccess>]
module internal Casts =
    let private isNumber (columnType: ColumnType) =
        match columnType with
        | ColumnType.Real
        | ColumnType.Double
        | ColumnType.Numeric _ -> true
        | other -> PgType.isWhole other

    let private isFloat (columnType: ColumnType) = columnType = ColumnType.Real || columnType = ColumnType.Double

    let private isMoment (columnType: ColumnType) =
        match columnType with
        | ColumnType.Date
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp -> true
        | _ -> false

    /// Pairs that PostgreSQL converts by a cast of its own (pg_cast, or reading and writing text).
    let rec private isDirect (before: ColumnType) (after: ColumnType) =
        match before, after with
        | a, b when a = b -> true
        | a, b when PgType.isText a || PgType.isText b -> true
        | a, b when isNumber a && isNumber b -> true
        | ColumnType.Boolean, ColumnType.Integer
        | ColumnType.Integer, ColumnType.Boolean -> true
        | a, b when isMoment a && isMoment b -> true
        | (ColumnType.LocalTimestamp | ColumnType.Timestamp), ColumnType.Time
        | ColumnType.Time, ColumnType.Interval
        | ColumnType.Interval, ColumnType.Time -> true
        | ColumnType.Json, ColumnType.Jsonb
        | ColumnType.Jsonb, ColumnType.Json
        | ColumnType.Jsonb, ColumnType.Boolean -> true
        | ColumnType.Jsonb, b when isNumber b -> true
        | ColumnType.Vector _, ColumnType.Vector _
        | ColumnType.Vector _, ColumnType.Array ColumnType.Real -> true
        | ColumnType.Array(ColumnType.Integer | ColumnType.Real | ColumnType.Double | ColumnType.Numeric _),
          ColumnType.Vector _ -> true
        | ColumnType.Array a, ColumnType.Array b -> isDirect a b
        | _ -> false

    /// The text form, `text` or `text[]`, through which the other pairs go.
    let private textOf (before: ColumnType) (after: ColumnType) (value: string) =
        match before, after with
        | ColumnType.Array _, ColumnType.Array _ -> $"{value}::text[]"
        | _ -> $"{value}::text"

    /// The value converted, inside an expression.
    let convert (extensions: Extensions) (before: ColumnType) (after: ColumnType) (value: string) : string =
        let target = PgType.render extensions after

        match before, after with
        | ColumnType.Boolean, number when isNumber number -> $"{value}::integer::{target}"
        | number, ColumnType.Boolean when isNumber number && number <> ColumnType.Integer -> $"({value} <> 0)"
        | a, b when isDirect a b -> $"{value}::{target}"
        | a, b -> $"{textOf a b value}::{target}"

    /// For a type that is being replaced by another of the same name.
    let throughText (extensions: Extensions) (columnType: ColumnType) (value: string) =
        $"{textOf columnType columnType value}::{PgType.render extensions columnType}"

    let private range (columnType: ColumnType) =
        match columnType with
        | ColumnType.SmallInt -> Some("-32768", "32767")
        | ColumnType.Integer -> Some("-2147483648", "2147483647")
        | ColumnType.BigInt -> Some("-9223372036854775808", "9223372036854775807")
        | _ -> None

    let private outside (low: string, high: string) value = $"({value} < {low} OR {value} > {high})"

    /// NaN and the infinities, which whole numbers and numeric(p,s) do not have.
    let private notFinite (before: ColumnType) value =
        let typeName =
            ColumnType.describe (if isFloat before then ColumnType.Double else ColumnType.Numeric None)

        $"{value}::{typeName} IN ('NaN', 'Infinity', '-Infinity')"

    let private infinite value = $"{value}::numeric IN ('Infinity', '-Infinity')"

    /// Numbers are compared as numeric: it holds every one of them exactly.
    let private exact value = $"{value}::numeric"

    let private failingNumber (before: ColumnType) (after: ColumnType) (value: string) : string option =
        let mayBeStrange = not (PgType.isWhole before)

        match after, range after with
        | _, Some bounds ->
            let outside = outside bounds $"round({exact value})"

            Some(
                if mayBeStrange then
                    $"CASE WHEN {notFinite before value} THEN true ELSE {outside} END"
                else
                    outside
            )
        | ColumnType.Numeric(Some p), None ->
            let limit = "1" + String.replicate (max 0 (p.Precision - p.Scale)) "0"
            let tooLong = $"abs(round({exact value}, {p.Scale})) >= {limit}"

            // numeric(p,s) keeps NaN, but no infinity.
            Some(
                if mayBeStrange then
                    $"CASE WHEN {infinite value} THEN true WHEN {exact value} = 'NaN' THEN false ELSE {tooLong} END"
                else
                    tooLong
            )
        | ColumnType.Real, None when
            before = ColumnType.Double
            || (match before with
                | ColumnType.Numeric _ -> true
                | _ -> false)
            ->
            let size = $"abs({exact value})"

            Some
                $"CASE WHEN {notFinite before value} THEN false ELSE {size} >= 3.4028235677973366e38 OR ({size} > 0 AND {size} < 7.1e-46) END"
        | ColumnType.Double, None when not (PgType.isWhole before) && not (isFloat before) ->
            let size = $"abs({exact value})"

            Some
                $"CASE WHEN {notFinite before value} THEN false ELSE {size} >= 1.797693134862315807e308 OR ({size} > 0 AND {size} < 2.5e-324) END"
        | _ -> None

    /// Shapes that are surely readable, for servers before 16: what they do not match counts as failing.
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
        | ColumnType.Bytea -> Some "^\\\\x([0-9a-fA-F]{2})*$"
        // Scalars and flat objects and arrays of scalars; anything deeper is not judged by a pattern.
        | ColumnType.Json
        | ColumnType.Jsonb ->
            Some
                "^\\s*(null|true|false|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?|\"[^\"\\\\]*\"|\\[\\s*\\]|\\{\\s*\\}|\\{\\s*\"[^\"\\\\]*\"\\s*:\\s*(null|true|false|-?(0|[1-9]\\d*)(\\.\\d+)?|\"[^\"\\\\]*\")(\\s*,\\s*\"[^\"\\\\]*\"\\s*:\\s*(null|true|false|-?(0|[1-9]\\d*)(\\.\\d+)?|\"[^\"\\\\]*\"))*\\s*\\})\\s*$"
        | _ -> None

    let private numberShape = "^\\s*[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?\\s*$"
    let private wholeShape = "^\\s*[+-]?\\d{1,19}\\s*$"

    /// Before 16 there is no `pg_input_is_valid`: a pattern that errs towards "would fail".
    let private failingTextByShape (after: ColumnType) (text: string) : string option =
        let misses pattern = $"{text} !~ {Quote.text pattern}"

        match after with
        | whole when PgType.isWhole whole ->
            let bounds = range whole |> Option.get
            Some $"CASE WHEN {misses wholeShape} THEN true ELSE {outside bounds (exact text)} END"
        | ColumnType.Real
        | ColumnType.Double
        | ColumnType.Numeric _ ->
            let inner = failingNumber (ColumnType.Numeric None) after (exact text) |> Option.defaultValue "false"

            Some $"CASE WHEN {misses numberShape} THEN true ELSE {inner} END"
        | other -> shape other |> Option.map misses

    let private failingEnum (name: ObjectName) (text: string) =
        // An enum that this plan makes is not there yet; its transaction takes everything back when a value does not fit.
        let labels =
            "SELECT e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace "
            + $"WHERE n.nspname = {Quote.text name.Namespace} AND t.typname = {Quote.text name.Name}"

        $"(EXISTS ({labels}) AND {text} NOT IN ({labels}))"

    /// A condition that holds for values that cannot be converted; None: every value can.
    let rec failing
        (canAsk: bool)
        (extensions: Extensions)
        (before: ColumnType)
        (after: ColumnType)
        (value: string)
        : string option =
        let viaText () =
            let text = textOf before after value

            match after with
            | ColumnType.Enum name -> Some(failingEnum name text)
            | _ when canAsk -> Some $"NOT pg_input_is_valid({text}, {Quote.text (PgType.render extensions after)})"
            | _ -> failingTextByShape after text

        match before, after with
        | a, b when a = b -> None
        | ColumnType.Array a, ColumnType.Array b ->
            failing canAsk extensions a b "element"
            |> Option.map (fun condition ->
                $"EXISTS (SELECT FROM unnest({value}) AS elements(element) WHERE element IS NOT NULL AND {condition})")
        | _, text when PgType.isText text -> None
        | a, b when isNumber a && isNumber b -> failingNumber a b value
        | ColumnType.Boolean, b when isNumber b -> None
        | a, ColumnType.Boolean when isNumber a -> None
        | ColumnType.Vector _, ColumnType.Vector n ->
            Some $"array_length(string_to_array({value}::text, ','), 1) <> {n}"
        | ColumnType.Json, ColumnType.Jsonb ->
            // jsonb cannot hold the NUL character.
            let nul = Quote.text @"\u0000"
            Some $"position({nul} in {value}::text) > 0"
        | ColumnType.Jsonb, ColumnType.Boolean -> Some $"jsonb_typeof({value}) <> 'boolean'"
        | ColumnType.Jsonb, b when isNumber b ->
            let inner =
                failingNumber (ColumnType.Numeric None) b $"({value} #>> '{{}}')::numeric"
                |> Option.defaultValue "false"

            Some $"CASE WHEN jsonb_typeof({value}) <> 'number' THEN true ELSE {inner} END"
        | a, b when isDirect a b && not (PgType.isText a) -> None
        | _ -> viaText ()

    /// A condition that holds for values that the conversion changes; asked only of values that do not fail.
    let rec private changed
        (extensions: Extensions)
        (before: ColumnType)
        (after: ColumnType)
        (value: string)
        : string option =
        match before, after with
        | a, b when a = b -> None
        | ColumnType.Array a, ColumnType.Array b ->
            changed extensions a b "element"
            |> Option.map (fun condition ->
                $"EXISTS (SELECT FROM unnest({value}) AS elements(element) WHERE element IS NOT NULL AND {condition})")
        | a, (ColumnType.Varchar n | ColumnType.Char n) -> Some $"char_length({value}::text) > {n}"
        | _, ColumnType.Text -> None
        | a, b when isNumber a && isNumber b -> Some $"{exact value} <> {exact (convert extensions a b value)}"
        | a, ColumnType.Boolean when isNumber a -> Some $"{value} NOT IN (0, 1)"
        | (ColumnType.LocalTimestamp | ColumnType.Timestamp), ColumnType.Date ->
            Some $"{value} <> date_trunc('day', {value})"
        | (ColumnType.LocalTimestamp | ColumnType.Timestamp), ColumnType.Time -> Some "true"
        | ColumnType.Interval, ColumnType.Time -> Some $"{value} <> ({value}::time)::interval"
        | ColumnType.Json, ColumnType.Jsonb ->
            // What is compared is the value: the text of a json column is its own business, a repeated key is not.
            Some
                $"regexp_replace({value}::text, '\\s', '', 'g') <> regexp_replace({value}::jsonb::text, '\\s', '', 'g')"
        | _ -> None

    let lossy
        (canAsk: bool)
        (extensions: Extensions)
        (before: ColumnType)
        (after: ColumnType)
        (value: string)
        : string option =
        changed extensions before after value
        |> Option.map (fun changed ->
            match failing canAsk extensions before after value with
            | Some failing -> $"CASE WHEN {failing} THEN false ELSE {changed} END"
            | None -> changed)
