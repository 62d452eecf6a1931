namespace SchemaToolkit

open System
open System.Collections
open System.Data.Common
open System.Globalization
open System.Runtime.InteropServices
open System.Text.Json
open Microsoft.Data.Sqlite

/// How SQLite keeps each type, and how it is read again. The forms sort as their values do, where text can.
[<RequireQualifiedAccess>]
module SqliteCodec =
    let private invariant = CultureInfo.InvariantCulture

    let private refuse (message: string) : 'T = raise (ArgumentException message)

    let inline private boxed (value: 'T) : obj = Unchecked.nonNull (box value)

    let private noNaN (value: float) : obj =
        if Double.IsNaN value then
            refuse "SQLite keeps NaN as NULL; it cannot be stored."

        boxed value

    let private blobOfVector (value: float32[]) =
        // IEEE 754, little-endian, whatever the machine.
        if BitConverter.IsLittleEndian then
            MemoryMarshal.AsBytes(ReadOnlySpan value).ToArray()
        else
            value |> Array.collect (fun v -> Array.rev (BitConverter.GetBytes v))

    /// The vector that a blob holds.
    let vectorOfBlob (blob: byte[]) : float32[] =
        if blob.Length % 4 <> 0 then
            raise (FormatException "The blob is no vector: its length is not a multiple of four.")

        Array.init (blob.Length / 4) (fun i ->
            Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(ReadOnlySpan(blob, i * 4, 4)))

    /// A .NET value in SQLite's form: a string, an int64, a float or a byte array.
    let rec private formOf (value: obj) : obj =
        match value with
        | :? string -> value
        | :? int64 -> value
        | :? int as v -> boxed (int64 v)
        | :? int16 as v -> boxed (int64 v)
        | :? byte as v -> boxed (int64 v)
        | :? bool as v -> boxed (if v then 1L else 0L)
        | :? float as v -> noNaN v
        | :? float32 as v -> noNaN (float v)
        | :? (byte[]) -> value
        | :? decimal as v -> boxed (BigDecimal.textOf v)
        | :? Guid as v -> v.ToString "D"
        | :? DateTimeOffset as v -> Fit.instantText v
        | :? DateTime as v -> Fit.timestampText v
        | :? DateOnly as v -> Fit.dateText v
        | :? TimeOnly as v -> Fit.timeText v
        | :? TimeSpan as v -> Fit.intervalText v
        | :? JsonElement as v -> v.GetRawText()
        | :? (float32[]) as v -> blobOfVector v
        | other -> refuse $"A value of type {other.GetType().Name} has no form in SQLite."

    let private typeOf (form: obj) =
        match form with
        | :? int64 -> SqliteType.Integer
        | :? float -> SqliteType.Real
        | :? (byte[]) -> SqliteType.Blob
        | _ -> SqliteType.Text

    let private parameterOf (form: obj) : DbParameter = SqliteParameter(Value = form, SqliteType = typeOf form)

    let private nullParameter () : DbParameter = SqliteParameter(Value = boxed DBNull.Value)

    let private formFor (columnType: ColumnType) (fitted: obj) =
        match columnType, fitted with
        | ColumnType.Array element, (:? Array as values) -> boxed (JsonArray.write element values)
        | _ -> formOf fitted

    /// The form of a value as a column of the type keeps it; DBNull for NULL.
    let store (columnType: ColumnType) (value: objnull) : obj =
        match value with
        | null -> boxed DBNull.Value
        | value -> formFor columnType (Fit.store columnType value)

    let parameter (columnType: ColumnType) (value: objnull) : DbParameter =
        match value with
        | null -> nullParameter ()
        | value -> parameterOf (formFor columnType (Fit.store columnType value))

    let operand (columnType: ColumnType) (value: objnull) : DbParameter =
        match value with
        | null -> nullParameter ()
        | value -> parameterOf (formFor columnType (Fit.compare columnType value))

    /// The column type that a value of free SQL is kept as.
    let private typeOfFree (value: obj) =
        match value with
        | :? DateTimeOffset -> Some ColumnType.Timestamp
        | :? DateTime -> Some ColumnType.LocalTimestamp
        | :? TimeOnly -> Some ColumnType.Time
        | :? TimeSpan -> Some ColumnType.Interval
        | :? string -> Some ColumnType.Text
        | :? (string[]) -> Some(ColumnType.Array ColumnType.Text)
        | :? (int[]) -> Some(ColumnType.Array ColumnType.Integer)
        | :? (int64[]) -> Some(ColumnType.Array ColumnType.BigInt)
        | :? (Guid[]) -> Some(ColumnType.Array ColumnType.Uuid)
        | :? (float[]) -> Some(ColumnType.Array ColumnType.Double)
        | :? (decimal[]) -> Some(ColumnType.Array(ColumnType.Numeric None))
        | _ -> None

    let freeParameter (value: objnull) : DbParameter =
        match value with
        | null -> nullParameter ()
        | value ->
            match typeOfFree value with
            | Some columnType -> operand columnType value
            | None -> parameterOf (formOf value)

    let private parseInterval (text: string) =
        TimeSpan.ParseExact(
            text.TrimStart '-',
            @"d\.hh\:mm\:ss\.ffffff",
            invariant,
            if text.StartsWith '-' then
                TimeSpanStyles.AssumeNegative
            else
                TimeSpanStyles.None
        )

    /// Text that is not quite canonical (written by other programs) is read all the same.
    let private parseTimestamp (text: string) =
        match DateTime.TryParseExact(text, "yyyy-MM-ddTHH:mm:ss.ffffff", invariant, DateTimeStyles.None) with
        | true, value -> value
        | _ -> DateTime.SpecifyKind(DateTime.Parse(text, invariant), DateTimeKind.Unspecified)

    let private parseInstant (text: string) =
        let styles = DateTimeStyles.AssumeUniversal ||| DateTimeStyles.AdjustToUniversal

        match DateTime.TryParseExact(text, "yyyy-MM-ddTHH:mm:ss.ffffff'Z'", invariant, styles) with
        | true, value -> DateTimeOffset(value, TimeSpan.Zero)
        | _ -> DateTimeOffset.Parse(text, invariant, styles)

    /// Reads the types that are kept as text.
    let rec private fromText (columnType: ColumnType) (text: string) : obj =
        match columnType with
        | ColumnType.Domain(_, over) -> fromText over text
        | ColumnType.Uuid -> Guid.Parse text
        | ColumnType.Text
        | ColumnType.Named _
        | ColumnType.Other _
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Enum _ -> text
        | ColumnType.Numeric _ -> BigDecimal.toDecimal text
        | ColumnType.Date -> DateOnly.ParseExact(text, "yyyy-MM-dd", invariant)
        | ColumnType.Time -> TimeOnly.ParseExact(text, "HH:mm:ss.ffffff", invariant)
        | ColumnType.LocalTimestamp -> parseTimestamp text
        | ColumnType.Timestamp -> parseInstant text
        | ColumnType.Interval -> parseInterval text
        | ColumnType.Json
        | ColumnType.Jsonb -> JsonElement.Parse text
        | ColumnType.Array element -> JsonArray.read fromText element text
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt
        | ColumnType.Real
        | ColumnType.Double
        | ColumnType.Boolean
        | ColumnType.Bytea
        | ColumnType.Vector _ -> raise (FormatException $"A {ColumnType.describe columnType} is not kept as text.")

    let private orNull (read: DbDataReader -> int -> obj) (reader: DbDataReader) (ordinal: int) : objnull =
        if reader.IsDBNull ordinal then null else read reader ordinal

    /// A number in the type's range; SQLite hands out 64 bits whatever was declared.
    let private integer (smallest: int64) (largest: int64) (reader: DbDataReader) ordinal =
        let value = reader.GetInt64 ordinal

        if value < smallest || value > largest then
            raise (OverflowException "The number is out of the column type's range.")

        value

    /// Reads a column as `ColumnType.clrType`, or null.
    let rec read (columnType: ColumnType) : DbDataReader -> int -> objnull =
        match columnType with
        | ColumnType.Domain(_, over) -> read over
        | ColumnType.SmallInt ->
            orNull (fun reader i -> boxed (int16 (integer (int64 Int16.MinValue) (int64 Int16.MaxValue) reader i)))
        | ColumnType.Integer ->
            orNull (fun reader i -> boxed (int (integer (int64 Int32.MinValue) (int64 Int32.MaxValue) reader i)))
        | ColumnType.BigInt -> orNull (fun reader i -> boxed (reader.GetInt64 i))
        | ColumnType.Boolean -> orNull (fun reader i -> boxed (integer 0L 1L reader i = 1L))
        | ColumnType.Real -> orNull (fun reader i -> boxed (float32 (reader.GetDouble i)))
        | ColumnType.Double -> orNull (fun reader i -> boxed (reader.GetDouble i))
        | ColumnType.Bytea -> orNull (fun reader i -> boxed (reader.GetFieldValue<byte[]> i))
        | ColumnType.Vector _ -> orNull (fun reader i -> boxed (vectorOfBlob (reader.GetFieldValue<byte[]> i)))
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Named _
        | ColumnType.Other _
        | ColumnType.Enum _ -> orNull (fun reader i -> boxed (reader.GetString i))
        | ColumnType.Uuid
        | ColumnType.Numeric _
        | ColumnType.Date
        | ColumnType.Time
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp
        | ColumnType.Interval
        | ColumnType.Json
        | ColumnType.Jsonb
        | ColumnType.Array _ -> orNull (fun reader i -> fromText columnType (reader.GetString i))
