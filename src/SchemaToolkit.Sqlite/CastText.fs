namespace SchemaToolkit

open System
open System.Globalization
open System.Numerics
open System.Text.Json

/// A value in one of SQLite's storage classes, NULL apart.
[<RequireQualifiedAccess>]
type StoredValue =
    | Integer of value: int64
    | Real of value: float
    | Text of value: string
    | Blob of value: byte[]

/// Between a stored value and its text, in PostgreSQL's manner: what a cast to text gives and what a cast from text takes.
[<RequireQualifiedAccess>]
module internal CastText =
    let private invariant = CultureInfo.InvariantCulture

    /// Half away from zero, as PostgreSQL's numeric does.
    let round (scale: int) (value: BigDecimal) : BigDecimal =
        if value.Scale <= scale then
            { Unscaled = value.Unscaled * BigInteger.Pow(BigInteger 10, scale - value.Scale)
              Scale = scale }
        else
            let unit = BigInteger.Pow(BigInteger 10, value.Scale - scale)
            let half = BigInteger.Abs value.Unscaled * BigInteger 2 + unit
            let rounded = half / (unit * BigInteger 2) * BigInteger value.Unscaled.Sign

            if scale >= 0 then
                { Unscaled = rounded; Scale = scale }
            else
                { Unscaled = rounded * BigInteger.Pow(BigInteger 10, -scale); Scale = 0 }

    /// Digits with a point, and an exponent perhaps.
    let number (text: string) : BigDecimal option =
        let text = text.Trim()

        match text.IndexOfAny [| 'e'; 'E' |] with
        | -1 ->
            if text.StartsWith '+' then
                BigDecimal.tryParse (text.Substring 1)
            else
                BigDecimal.tryParse text
        | at ->
            match
                BigDecimal.tryParse (text.Substring(0, at)),
                Int32.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, invariant)
            with
            | Some mantissa, (true, exponent) when abs exponent <= 1000 ->
                let scale = mantissa.Scale - exponent

                Some(
                    if scale >= 0 then
                        { mantissa with Scale = scale }
                    else
                        { Unscaled = mantissa.Unscaled * BigInteger.Pow(BigInteger 10, -scale)
                          Scale = 0 }
                )
            | _ -> None

    let numeric (precision: NumericPrecision option) (value: BigDecimal) : Result<StoredValue, string> =
        match precision with
        | None -> Ok(StoredValue.Text(BigDecimal.toText value))
        | Some p ->
            let rounded = round p.Scale value
            let limit = BigInteger.Pow(BigInteger 10, max 0 (p.Precision - p.Scale + rounded.Scale))

            if BigInteger.Abs rounded.Unscaled >= limit then
                Error $"does not fit numeric({p.Precision},{p.Scale})"
            else
                Ok(StoredValue.Text(BigDecimal.toText rounded))

    let integer (columnType: ColumnType) (value: BigInteger) : Result<StoredValue, string> =
        let smallest, largest =
            match columnType with
            | ColumnType.SmallInt -> BigInteger Int16.MinValue, BigInteger Int16.MaxValue
            | ColumnType.Integer -> BigInteger Int32.MinValue, BigInteger Int32.MaxValue
            | _ -> BigInteger Int64.MinValue, BigInteger Int64.MaxValue

        if value < smallest || value > largest then
            Error $"is out of range for {ColumnType.describe columnType}"
        else
            Ok(StoredValue.Integer(int64 value))

    let real (value: float) : Result<StoredValue, string> =
        let single = float32 value

        if Single.IsInfinity single && not (Double.IsInfinity value) then
            Error "is out of range for real"
        else
            Ok(StoredValue.Real(float single))

    /// Text into varchar(n) or char(n): cut, as PostgreSQL's explicit cast does. The rows that lose something were counted
    /// before, and somebody consented.
    let limited (length: int) (padded: bool) (text: string) : StoredValue =
        let size = text.EnumerateRunes() |> Seq.length

        if size <= length then
            StoredValue.Text(if padded then text + String(' ', length - size) else text)
        else
            text.EnumerateRunes()
            |> Seq.truncate length
            |> Seq.map string
            |> String.concat ""
            |> StoredValue.Text

    /// To microseconds, half up.
    let private micro (value: DateTime) =
        if value.Ticks <= DateTime.MaxValue.Ticks - 5L then
            DateTime((value.Ticks + 5L) / 10L * 10L)
        else
            value

    let private instant (text: string) =
        match DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal) with
        | true, parsed -> Some parsed
        | _ -> None

    let private orElse (why: string) (value: StoredValue option) =
        match value with
        | Some value -> Ok value
        | None -> Error why

    let private boolean (text: string) : StoredValue option =
        match text.Trim().ToLowerInvariant() with
        | "t"
        | "true"
        | "y"
        | "yes"
        | "on"
        | "1" -> Some(StoredValue.Integer 1L)
        | "f"
        | "false"
        | "n"
        | "no"
        | "off"
        | "0" -> Some(StoredValue.Integer 0L)
        | _ -> None

    let private json (text: string) =
        try
            JsonDocument.Parse(text).Dispose()
            true
        with :? JsonException ->
            false

    let private vector (dimensions: int) (text: string) : Result<StoredValue, string> =
        try
            match JsonSerializer.Deserialize<float32[]> text with
            | null -> Error "is no vector"
            | values when values.Length <> dimensions -> Error $"has {values.Length} dimensions, not {dimensions}"
            | values -> Ok(StoredValue.Blob(values |> Array.collect BitConverter.GetBytes))
        with :? JsonException ->
            Error "is no vector"

    let private bytes (text: string) : Result<StoredValue, string> =
        if text.StartsWith(@"\x", StringComparison.Ordinal) then
            try
                Ok(StoredValue.Blob(Convert.FromHexString(text.Substring 2)))
            with :? FormatException ->
                Error "is not hexadecimal"
        else
            Ok(StoredValue.Blob(Text.Encoding.UTF8.GetBytes text))

    /// The stored form of a text, or why it has none.
    let rec parse (target: ColumnType) (text: string) : Result<StoredValue, string> =
        let wrong = $"is no {ColumnType.describe target}"
        let time render = instant text |> Option.map (render >> StoredValue.Text) |> orElse wrong

        match target with
        | ColumnType.Domain(_, over) -> parse over text
        | ColumnType.Text
        | ColumnType.Named _
        | ColumnType.Other _
        | ColumnType.Enum _ -> Ok(StoredValue.Text text)
        | ColumnType.Varchar length -> Ok(limited length false text)
        | ColumnType.Char length -> Ok(limited length true text)
        | ColumnType.Uuid ->
            match Guid.TryParse text with
            | true, parsed -> Ok(StoredValue.Text(parsed.ToString "D"))
            | _ -> Error wrong
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt ->
            match BigInteger.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, invariant) with
            | true, parsed -> integer target parsed
            | _ -> Error wrong
        | ColumnType.Real
        | ColumnType.Double ->
            match Double.TryParse(text.Trim(), NumberStyles.Float, invariant) with
            | true, parsed when Double.IsNaN parsed -> Error "is NaN, which SQLite keeps as NULL"
            | true, parsed -> if target = ColumnType.Real then real parsed else Ok(StoredValue.Real parsed)
            | _ -> Error wrong
        | ColumnType.Numeric precision ->
            match number text with
            | Some parsed -> numeric precision parsed
            | None -> Error wrong
        | ColumnType.Boolean -> boolean text |> orElse wrong
        | ColumnType.Date -> time (fun t -> t.DateTime.ToString("yyyy-MM-dd", invariant))
        | ColumnType.Time ->
            match TimeOnly.TryParse(text.Trim(), invariant) with
            | true, parsed -> Ok(StoredValue.Text(Fit.timeText parsed))
            | _ -> Error wrong
        | ColumnType.LocalTimestamp -> time (fun t -> Fit.timestampText (micro t.DateTime))
        | ColumnType.Timestamp -> time (fun t -> Fit.timestampText (micro t.UtcDateTime) + "Z")
        | ColumnType.Interval ->
            match TimeSpan.TryParse(text.Trim(), invariant) with
            | true, parsed -> Ok(StoredValue.Text(Fit.intervalText parsed))
            | _ -> Error wrong
        | ColumnType.Json
        | ColumnType.Jsonb -> if json text then Ok(StoredValue.Text text) else Error wrong
        | ColumnType.Array _ ->
            if json text && text.TrimStart().StartsWith '[' then
                Ok(StoredValue.Text text)
            else
                Error wrong
        | ColumnType.Bytea -> bytes text
        | ColumnType.Vector dimensions -> vector dimensions text

    let private trimFraction (text: string) = text.TrimEnd('0').TrimEnd('.')

    /// What a cast to text gives.
    let format (source: ColumnType) (value: StoredValue) : string =
        match source, value with
        | ColumnType.Boolean, StoredValue.Integer v -> if v = 0L then "false" else "true"
        | _, StoredValue.Integer v -> v.ToString invariant
        | ColumnType.Real, StoredValue.Real v -> (float32 v).ToString("R", invariant).ToLowerInvariant()
        | _, StoredValue.Real v -> v.ToString("R", invariant).ToLowerInvariant()
        | ColumnType.Char _, StoredValue.Text v -> v.TrimEnd ' '
        | ColumnType.Time, StoredValue.Text v -> trimFraction v
        | ColumnType.LocalTimestamp, StoredValue.Text v -> trimFraction (v.Replace('T', ' '))
        | ColumnType.Timestamp, StoredValue.Text v -> trimFraction (v.TrimEnd('Z').Replace('T', ' ')) + "+00"
        | _, StoredValue.Text v -> v
        | ColumnType.Vector _, StoredValue.Blob v -> JsonSerializer.Serialize(SqliteCodec.vectorOfBlob v)
        | _, StoredValue.Blob v -> @"\x" + Convert.ToHexStringLower v
