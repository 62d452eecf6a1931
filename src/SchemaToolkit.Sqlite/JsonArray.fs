namespace SchemaToolkit

open System
open System.Buffers
open System.Globalization
open System.Text
open System.Text.Json

/// Arrays as JSON text: numbers and booleans as such, everything that JSON would blur as strings.
[<RequireQualifiedAccess>]
module internal JsonArray =
    let private invariant = CultureInfo.InvariantCulture

    let rec private writeElement (writer: Utf8JsonWriter) (elementType: ColumnType) (value: obj) =
        match elementType, value with
        | ColumnType.Array inner, (:? Array as values) -> writeAll writer inner values
        | _, (:? bool as v) -> writer.WriteBooleanValue v
        | _, (:? int16 as v) -> writer.WriteNumberValue(int v)
        | _, (:? int as v) -> writer.WriteNumberValue v
        | _, (:? int64 as v) -> writer.WriteNumberValue v
        | _, (:? float32 as v) ->
            if Single.IsFinite v then
                writer.WriteRawValue(v.ToString("R", invariant))
            else
                writer.WriteStringValue(v.ToString invariant)
        | _, (:? float as v) ->
            if Double.IsFinite v then
                writer.WriteRawValue(v.ToString("R", invariant))
            else
                writer.WriteStringValue(v.ToString invariant)
        | _, (:? decimal as v) -> writer.WriteStringValue(BigDecimal.textOf v)
        | _, (:? string as v) -> writer.WriteStringValue v
        | _, (:? Guid as v) -> writer.WriteStringValue(v.ToString "D")
        | _, (:? DateOnly as v) -> writer.WriteStringValue(Fit.dateText v)
        | _, (:? TimeOnly as v) -> writer.WriteStringValue(Fit.timeText v)
        | _, (:? DateTime as v) -> writer.WriteStringValue(Fit.timestampText v)
        | _, (:? DateTimeOffset as v) -> writer.WriteStringValue(Fit.instantText v)
        | _, (:? TimeSpan as v) -> writer.WriteStringValue(Fit.intervalText v)
        | _, (:? JsonElement as v) -> v.WriteTo writer
        | _, (:? (byte[]) as v) -> writer.WriteStringValue(Convert.ToHexStringLower v)
        | _, (:? (float32[]) as v) -> writeAll writer ColumnType.Real v
        | _, other -> invalidOp $"An array of {other.GetType().Name} has no form in SQLite."

    and private writeAll writer elementType (values: Array) =
        writer.WriteStartArray()

        for value in values do
            writeElement writer elementType (Unchecked.nonNull value)

        writer.WriteEndArray()

    /// The text of an array that `Fit` has passed.
    let write (elementType: ColumnType) (values: Array) =
        let buffer = ArrayBufferWriter<byte>()
        use writer = new Utf8JsonWriter(buffer)
        writeAll writer elementType values
        writer.Flush()
        Encoding.UTF8.GetString buffer.WrittenSpan

    let private float (element: JsonElement) =
        match element.ValueKind with
        | JsonValueKind.String -> Double.Parse(Unchecked.nonNull (element.GetString()), invariant)
        | _ -> element.GetDouble()

    let private text (element: JsonElement) =
        match element.GetString() with
        | null -> raise (FormatException "The array holds a null.")
        | text -> text

    let rec private readElement
        (fromText: ColumnType -> string -> obj)
        (elementType: ColumnType)
        (element: JsonElement)
        : obj =
        match elementType with
        | ColumnType.Domain(_, over) -> readElement fromText over element
        | ColumnType.Array inner -> readAll fromText inner element
        | ColumnType.Vector _ -> readAll fromText ColumnType.Real element
        | ColumnType.Boolean -> element.GetBoolean()
        | ColumnType.SmallInt -> element.GetInt16()
        | ColumnType.Integer -> element.GetInt32()
        | ColumnType.BigInt -> element.GetInt64()
        | ColumnType.Real -> float32 (float element)
        | ColumnType.Double -> float element
        | ColumnType.Bytea -> Convert.FromHexString(text element)
        | ColumnType.Json
        | ColumnType.Jsonb -> element.Clone()
        | ColumnType.Uuid
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Enum _
        | ColumnType.Named _
        | ColumnType.Other _
        | ColumnType.Numeric _
        | ColumnType.Date
        | ColumnType.Time
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp
        | ColumnType.Interval -> fromText elementType (text element)

    and private readAll fromText elementType (array: JsonElement) : obj =
        let values = Array.CreateInstance(ColumnType.clrType elementType, array.GetArrayLength())
        let mutable i = 0

        for element in array.EnumerateArray() do
            values.SetValue(readElement fromText elementType element, i)
            i <- i + 1

        values

    /// Reads an array; `fromText` reads the types that are kept as text.
    let read (fromText: ColumnType -> string -> obj) (elementType: ColumnType) (json: string) : obj =
        use document = JsonDocument.Parse json
        readAll fromText elementType document.RootElement
