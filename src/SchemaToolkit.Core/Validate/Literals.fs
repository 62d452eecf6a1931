namespace SchemaToolkit.Validating

open System
open System.Globalization
open System.Text
open System.Text.Json
open System.Text.RegularExpressions
open SchemaToolkit

/// Whether a literal is a value of a column's type.
[<RequireQualifiedAccess>]
module internal Literals =
    let private invariant = CultureInfo.InvariantCulture
    let private decimalText = Regex(@"^-?(\d+)(?:\.(\d+))?$", RegexOptions.CultureInvariant)

    let private isoDuration =
        Regex(@"^P(?=.)(-?\d+Y)?(-?\d+M)?(-?\d+D)?(T(?=.)(-?\d+H)?(-?\d+M)?(-?\d+(\.\d{1,6})?S)?)?$")

    let private kind (literal: Literal) =
        match literal with
        | Literal.Boolean _ -> "a boolean"
        | Literal.Integer _ -> "an integer"
        | Literal.Number _ -> "a number"
        | Literal.Text _ -> "text"
        | Literal.Bytes _ -> "bytes"

    let private whole low high (value: int64) =
        if value < low || value > high then
            Some $"{value} is outside {low} to {high}"
        else
            None

    let private exact (precision: NumericPrecision option) (digits: string) =
        let hit = decimalText.Match digits

        if not hit.Success then
            Some $"'{digits}' is not a decimal number"
        else
            match precision with
            | None -> None
            | Some p ->
                let before = hit.Groups[1].Value.TrimStart '0'
                let after = hit.Groups[2].Value

                if before.Length > p.Precision - p.Scale then
                    Some $"{digits} has more digits before the point than the type keeps"
                elif after.TrimEnd('0').Length > p.Scale then
                    Some $"{digits} has more digits after the point than the type keeps, and would be rounded silently"
                else
                    None

    let private floating (isFinite: float -> bool) (digits: string) =
        match digits with
        | "NaN"
        | "Infinity"
        | "-Infinity" -> None
        | _ ->
            match Double.TryParse(digits, NumberStyles.Float, invariant) with
            | true, value when isFinite value -> None
            | true, _ -> Some $"{digits} is outside the range of the type"
            | false, _ -> Some $"'{digits}' is not a number"

    let private finite32 (value: float) = Single.IsFinite(float32 value)

    let private characters (length: int) (text: string) =
        let count = text.EnumerateRunes() |> Seq.length

        if count > length then Some $"'{text}' has {count} characters" else None

    let private json (isBinary: bool) (text: string) =
        try
            use document = JsonDocument.Parse text

            if isBinary && document.RootElement.GetRawText().Contains @"\u0000" then
                Some @"it holds \u0000, which jsonb cannot keep"
            else
                None
        with :? JsonException as error ->
            Some $"it is not JSON: {error.Message}"

    let private parses what (parse: string -> bool) (text: string) =
        if parse text then None else Some $"'{text}' is not {what}"

    let private dateTime (formats: string array) (text: string) =
        fst (DateTime.TryParseExact(text, formats, invariant, DateTimeStyles.RoundtripKind))

    let private vector (dimensions: int) (text: string) =
        let inner = text.Trim().TrimStart('[').TrimEnd(']')
        let numbers = inner.Split ','

        let isNumber (n: string) =
            match Single.TryParse(n, NumberStyles.Float, invariant) with
            | true, value -> Single.IsFinite value
            | false, _ -> false

        if not (text.StartsWith '[' && text.EndsWith ']' && Array.forall isNumber numbers) then
            Some $"'{text}' is not a vector such as [1,2,3]"
        elif numbers.Length <> dimensions then
            Some $"it has {numbers.Length} dimensions"
        else
            None

    /// Why the literal is no value of the type; None when it is one.
    let rec problem (enums: EnumType list) (columnType: ColumnType) (literal: Literal) : string option =
        match columnType, literal with
        | _, Literal.Text text when text.Contains '\000' ->
            Some "it holds the character NUL, which no engine keeps in text"
        | ColumnType.Boolean, Literal.Boolean _ -> None
        | ColumnType.SmallInt, Literal.Integer value -> whole (int64 Int16.MinValue) (int64 Int16.MaxValue) value
        | ColumnType.Integer, Literal.Integer value -> whole (int64 Int32.MinValue) (int64 Int32.MaxValue) value
        | ColumnType.BigInt, Literal.Integer _ -> None
        | ColumnType.Real, Literal.Number digits -> floating finite32 digits
        | ColumnType.Double, Literal.Number digits -> floating Double.IsFinite digits
        | (ColumnType.Real | ColumnType.Double), Literal.Integer _ -> None
        | ColumnType.Numeric precision, Literal.Number digits -> exact precision digits
        | ColumnType.Numeric precision, Literal.Integer value -> exact precision (value.ToString invariant)
        | ColumnType.Text, Literal.Text _ -> None
        | (ColumnType.Varchar length | ColumnType.Char length), Literal.Text text -> characters length text
        | ColumnType.Uuid, Literal.Text text -> parses "a uuid" (fun t -> fst (Guid.TryParseExact(t, "D"))) text
        | ColumnType.Json, Literal.Text text -> json false text
        | ColumnType.Jsonb, Literal.Text text -> json true text
        | ColumnType.Date, Literal.Text text -> parses "a date such as 2024-02-29" (dateTime [| "yyyy-MM-dd" |]) text
        | ColumnType.Time, Literal.Text text ->
            parses "a time such as 23:59:59" (dateTime [| "HH:mm:ss"; "HH:mm:ss.FFFFFF" |]) text
        | ColumnType.LocalTimestamp, Literal.Text text ->
            let formats = [| "yyyy-MM-ddTHH:mm:ss"; "yyyy-MM-ddTHH:mm:ss.FFFFFF" |]
            parses "a date and time such as 2024-02-29T23:59:59" (dateTime formats) text
        | ColumnType.Timestamp, Literal.Text text ->
            let formats = [| "yyyy-MM-ddTHH:mm:ss'Z'"; "yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'" |]
            parses "an instant such as 2024-02-29T23:59:59Z" (dateTime formats) text
        | ColumnType.Interval, Literal.Text text -> parses "a duration such as P1DT2H" isoDuration.IsMatch text
        | ColumnType.Bytea, Literal.Bytes hex ->
            let isHex = hex.Length % 2 = 0 && hex |> Seq.forall Char.IsAsciiHexDigitLower
            if isHex then None else Some "it is not pairs of lower-case hexadecimal digits"
        | ColumnType.Vector dimensions, Literal.Text text -> vector dimensions text
        | ColumnType.Enum name, Literal.Text text ->
            match enums |> List.tryFind (fun enum -> enum.Name = name) with
            | Some enum when not (List.contains text enum.Values) ->
                Some $"'{text}' is none of {Fault.list enum.Values}"
            | Some _
            | None -> None
        | ColumnType.Domain(_, over), _ -> problem enums over literal
        // Only the engine knows.
        | (ColumnType.Named _ | ColumnType.Other _), _ -> None
        | ColumnType.Array _, _ -> Some "an array has no literal that every engine reads"
        | (ColumnType.Uuid | ColumnType.Text | ColumnType.Varchar _ | ColumnType.Char _ | ColumnType.SmallInt | ColumnType.Integer | ColumnType.BigInt | ColumnType.Real | ColumnType.Double | ColumnType.Numeric _ | ColumnType.Boolean | ColumnType.Date | ColumnType.Time | ColumnType.LocalTimestamp | ColumnType.Timestamp | ColumnType.Interval | ColumnType.Json | ColumnType.Jsonb | ColumnType.Bytea | ColumnType.Vector _ | ColumnType.Enum _),
          (Literal.Boolean _ | Literal.Integer _ | Literal.Number _ | Literal.Text _ | Literal.Bytes _) ->
            Some $"it is {kind literal}"
