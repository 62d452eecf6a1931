namespace SchemaToolkit.Testing

open System
open System.Globalization
open System.Text.Json
open SchemaToolkit

/// The values of seeded rows. Row `i` holds the same value in every column of one type, so every foreign key between rows
/// with one number is satisfied, whatever tables and columns it ties together, now or after a change.
[<RequireQualifiedAccess>]
module SeedValue =
    let private json (text: string) =
        use document = JsonDocument.Parse text
        document.RootElement.Clone()

    let private toArray (element: ColumnType) (values: objnull list) : objnull =
        let array = Array.CreateInstance(ColumnType.clrType element, values.Length)
        values |> List.iteri (fun i value -> array.SetValue(value, i))
        array

    /// The value of row `i`: different for every row, except for booleans and enums, which have too few values.
    let rec plain (enumValues: ObjectName -> string list) (t: ColumnType) (i: int) : objnull =
        let n = i + 1

        match t with
        | ColumnType.Domain(_, over) -> plain enumValues over i
        | ColumnType.Other "inet" -> box $"10.0.0.{n}/32"
        // Only the engine knows what it holds; such columns of the tests are optional.
        | ColumnType.Named _
        | ColumnType.Other _ -> null
        | ColumnType.Uuid -> box (Guid(n, 0s, 0s, Array.zeroCreate 8))
        | ColumnType.Text
        | ColumnType.Varchar _ -> box (string n)
        | ColumnType.Char length -> box ((string n).PadRight(length, 'z'))
        | ColumnType.SmallInt -> box (int16 n)
        | ColumnType.Integer -> box n
        | ColumnType.BigInt -> box (int64 n)
        | ColumnType.Real -> box (float32 n)
        | ColumnType.Double -> box (float n)
        | ColumnType.Numeric _ -> box (decimal n)
        | ColumnType.Boolean -> box (i % 2 = 0)
        | ColumnType.Date -> box (DateOnly(2024, 2, 27).AddDays i)
        | ColumnType.Time -> box (TimeOnly(1, 2, n))
        | ColumnType.LocalTimestamp -> box (DateTime(2024, 2, 27).AddDays(float i))
        | ColumnType.Timestamp -> box (DateTimeOffset(2024, 2, 27, 0, 0, 0, TimeSpan.Zero).AddDays(float i))
        | ColumnType.Interval -> box (TimeSpan.FromHours(float n))
        | ColumnType.Json
        | ColumnType.Jsonb -> box (json $"{{\"n\":{n}}}")
        | ColumnType.Bytea -> box [| byte n; 0uy |]
        | ColumnType.Vector dimensions -> box (Array.init dimensions (fun d -> float32 (n + d)))
        | ColumnType.Enum name ->
            match enumValues name with
            | [] -> box ""
            | values -> box values[i % values.Length]
        | ColumnType.Array element -> toArray element [ plain enumValues element i; plain enumValues element (i + 1) ]

    /// Values at the edges of the type, for columns on which nothing rests.
    let rec odd (enumValues: ObjectName -> string list) (t: ColumnType) : objnull list =
        match t with
        | ColumnType.Domain(_, over) -> odd enumValues over
        | ColumnType.Named _
        | ColumnType.Other _ -> []
        | ColumnType.Text ->
            [ "it's"; "naïve ✓ 日本 😀"; ""; "two\nlines\t\"x\""; "-- ; $1 {0} \\"; "1.0"; "NULL"; " x " ]
            |> List.map box
        | ColumnType.Varchar length ->
            [ "it's"; ""; String('ß', length); "1.0"; " x" ]
            |> List.filter (fun v -> v.Length <= length)
            |> List.map box
        | ColumnType.SmallInt -> [ box Int16.MinValue; box Int16.MaxValue; box 0s ]
        | ColumnType.Integer -> [ box Int32.MinValue; box Int32.MaxValue; box 0 ]
        | ColumnType.BigInt -> [ box Int64.MinValue; box Int64.MaxValue; box 9007199254740993L ]
        | ColumnType.Real -> [ box 0.1f; box -3.4028235e38f; box 1e-20f ]
        | ColumnType.Double -> [ box 0.1; box 1e300; box -5e-300; box 123456789.123456789 ]
        | ColumnType.Numeric None ->
            [ box 0.1m; box -79228162514264337593543950335m; box 1234567890.123456789012345678m ]
        | ColumnType.Numeric(Some p) ->
            [ box 0m
              box (-1m / decimal (pown 10L p.Scale))
              box (decimal (pown 10L (p.Precision - p.Scale) - 1L)) ]
        | ColumnType.Date -> [ box (DateOnly(1, 1, 1)); box (DateOnly(9999, 12, 31)); box (DateOnly(2024, 2, 29)) ]
        | ColumnType.Time ->
            [ box TimeOnly.MinValue; box (TimeOnly(23, 59, 59).Add(TimeSpan.FromMicroseconds 999999.0)) ]
        | ColumnType.LocalTimestamp ->
            [ box (DateTime(1999, 12, 31, 23, 59, 59).AddMicroseconds 999999.0); box (DateTime(1, 1, 1)) ]
        | ColumnType.Timestamp ->
            [ box (DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddMicroseconds 999999.0)
              box (DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)) ]
        | ColumnType.Interval ->
            [ box (TimeSpan.FromMicroseconds 1.0)
              box (TimeSpan.FromHours -30.0)
              box (TimeSpan.FromDays 400.0) ]
        | ColumnType.Json -> [ box (json """{"b": 1.0, "a": [null, "it's"]}"""); box (json "null"); box (json "\"1\"") ]
        | ColumnType.Jsonb -> [ box (json """{"a":[1.0,2e3],"b":null}"""); box (json "[]"); box (json "12") ]
        | ColumnType.Bytea -> [ box (Array.empty<byte>); box [| 0uy; 255uy; 39uy |] ]
        | ColumnType.Boolean -> [ box true; box false ]
        | ColumnType.Array element ->
            let values = odd enumValues element
            [ toArray element []; toArray element (List.truncate 3 values) ]
        | ColumnType.Uuid -> [ box Guid.Empty; box (Guid "ffffffff-ffff-ffff-ffff-ffffffffffff") ]
        | ColumnType.Enum name -> enumValues name |> List.map box
        | ColumnType.Char length -> [ box (String('é', length)) ]
        | ColumnType.Vector dimensions -> [ box (Array.create dimensions 0.1f) ]

    /// The value after a change of its column's type, for the changes of `TypeTraits.widenings`; others keep the value.
    let widen (after: ColumnType) (value: objnull) : objnull =
        let invariant = CultureInfo.InvariantCulture

        match after, value with
        | ColumnType.Integer, (:? int16 as v) -> box (int v)
        | ColumnType.BigInt, (:? int16 as v) -> box (int64 v)
        | ColumnType.BigInt, (:? int as v) -> box (int64 v)
        | ColumnType.Numeric _, (:? int16 as v) -> box (decimal v)
        | ColumnType.Numeric _, (:? int as v) -> box (decimal v)
        | ColumnType.Numeric _, (:? int64 as v) -> box (decimal v)
        | ColumnType.Double, (:? float32 as v) -> box (float v)
        | ColumnType.Text, (:? int16 as v) -> box (v.ToString invariant)
        | ColumnType.Text, (:? int as v) -> box (v.ToString invariant)
        | ColumnType.Text, (:? int64 as v) -> box (v.ToString invariant)
        | ColumnType.Text, (:? decimal as v) -> box (v.ToString invariant)
        | ColumnType.Text, (:? Guid as v) -> box (v.ToString "D")
        | ColumnType.LocalTimestamp, (:? DateOnly as v) -> box (v.ToDateTime TimeOnly.MinValue)
        | _ -> value

    let rec private jsonText (element: JsonElement) : string =
        match element.ValueKind with
        | JsonValueKind.Object ->
            let members =
                [ for m in element.EnumerateObject() -> $"\"{m.Name}\":{jsonText m.Value}" ]
                |> List.sort
                |> String.concat ","

            "{" + members + "}"
        | JsonValueKind.Array -> "[" + String.Join(",", [ for e in element.EnumerateArray() -> jsonText e ]) + "]"
        | JsonValueKind.Number ->
            element.GetDecimal().ToString("0.############################", CultureInfo.InvariantCulture)
        // Engines escape differently; the characters are what counts.
        | JsonValueKind.String -> $"\"{element.GetString()}\""
        | _ -> element.GetRawText()

    /// One text for equal values, whatever engine they come from: for comparing and for printing.
    let rec show (value: objnull) : string =
        let invariant = CultureInfo.InvariantCulture

        match value with
        | null
        | :? DBNull -> "NULL"
        | :? string as v -> $"'{v}'"
        | :? decimal as v -> v.ToString("0.############################", invariant)
        | :? float32 as v -> v.ToString("R", invariant)
        | :? float as v -> v.ToString("R", invariant)
        | :? DateTime as v -> v.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", invariant)
        | :? DateTimeOffset as v -> v.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", invariant)
        | :? DateOnly as v -> v.ToString("yyyy-MM-dd", invariant)
        | :? TimeOnly as v -> v.ToString("HH:mm:ss.ffffff", invariant)
        | :? TimeSpan as v -> $"{v.Ticks / 10L} us"
        | :? JsonElement as v -> jsonText v
        | :? (byte[]) as v -> "x" + Convert.ToHexStringLower v
        | :? Array as v -> "[" + String.Join("; ", [ for item in v -> show item ]) + "]"
        | :? IFormattable as v -> v.ToString(null, invariant)
        | other -> $"{other}"
