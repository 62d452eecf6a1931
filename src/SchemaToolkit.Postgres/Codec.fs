namespace SchemaToolkit

open System
open System.Data.Common
open System.Text
open System.Text.Json
open Npgsql
open NpgsqlTypes

/// How values travel to PostgreSQL and back. Vectors go as `real[]` and enums as text, so that nothing depends on which
/// types the driver had loaded when it first connected.
[<RequireQualifiedAccess>]
module PostgresCodec =
    let private refuse (message: string) : 'T = raise (ArgumentException message)
    let inline private boxed (value: 'T) : obj = Unchecked.nonNull (box value)

    /// The driver's name of the type that a parameter is sent as.
    let rec dbType (columnType: ColumnType) : NpgsqlDbType =
        match columnType with
        | ColumnType.Uuid -> NpgsqlDbType.Uuid
        | ColumnType.Text -> NpgsqlDbType.Text
        | ColumnType.Varchar _ -> NpgsqlDbType.Varchar
        | ColumnType.Char _ -> NpgsqlDbType.Char
        | ColumnType.SmallInt -> NpgsqlDbType.Smallint
        | ColumnType.Integer -> NpgsqlDbType.Integer
        | ColumnType.BigInt -> NpgsqlDbType.Bigint
        | ColumnType.Real -> NpgsqlDbType.Real
        | ColumnType.Double -> NpgsqlDbType.Double
        | ColumnType.Numeric _ -> NpgsqlDbType.Numeric
        | ColumnType.Boolean -> NpgsqlDbType.Boolean
        | ColumnType.Date -> NpgsqlDbType.Date
        | ColumnType.Time -> NpgsqlDbType.Time
        | ColumnType.LocalTimestamp -> NpgsqlDbType.Timestamp
        | ColumnType.Timestamp -> NpgsqlDbType.TimestampTz
        | ColumnType.Interval -> NpgsqlDbType.Interval
        | ColumnType.Json -> NpgsqlDbType.Json
        | ColumnType.Jsonb -> NpgsqlDbType.Jsonb
        | ColumnType.Bytea -> NpgsqlDbType.Bytea
        | ColumnType.Vector _ -> NpgsqlDbType.Array ||| NpgsqlDbType.Real
        // The server infers an enum from where the value stands.
        | ColumnType.Enum _
        | ColumnType.Named _
        | ColumnType.Other _
        | ColumnType.Array(ColumnType.Enum _ | ColumnType.Named _ | ColumnType.Other _) -> NpgsqlDbType.Unknown
        | ColumnType.Domain(_, over) -> dbType over
        | ColumnType.Array(ColumnType.Array _ | ColumnType.Vector _) ->
            refuse $"Values of type {ColumnType.describe columnType} cannot be sent to PostgreSQL."
        | ColumnType.Array element -> NpgsqlDbType.Array ||| dbType element

    /// `{"a","b"}`, PostgreSQL's text form of an array (manual, 8.15.2).
    let private arrayText (values: string[]) =
        let quoted (value: string) = "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\""
        "{" + String.Join(",", Array.map quoted values) + "}"

    /// A value that `Fit` has passed, as the driver takes it.
    let internal wire (columnType: ColumnType) (fitted: obj) : obj =
        match columnType, fitted with
        | _, (:? JsonElement as json) -> boxed (json.GetRawText())
        | ColumnType.Array _, (:? (JsonElement[]) as values) -> boxed (values |> Array.map _.GetRawText())
        | ColumnType.Array(ColumnType.Enum _ | ColumnType.Named _ | ColumnType.Other _), (:? (string[]) as values) ->
            boxed (arrayText values)
        | _ -> fitted

    let private typed (columnType: ColumnType) (value: obj) : DbParameter =
        NpgsqlParameter(NpgsqlDbType = dbType columnType, Value = value)

    let private nullOf (columnType: ColumnType) = typed columnType (boxed DBNull.Value)

    let parameter (columnType: ColumnType) (value: objnull) : DbParameter =
        match value with
        | null -> nullOf columnType
        | value -> typed columnType (wire columnType (Fit.store columnType value))

    let operand (columnType: ColumnType) (value: objnull) : DbParameter =
        match value with
        | null -> nullOf columnType
        | value -> typed columnType (wire columnType (Fit.compare columnType value))

    let freeParameter (value: objnull) : DbParameter =
        match value with
        | null -> NpgsqlParameter(Value = boxed DBNull.Value)
        | :? string as v -> operand ColumnType.Text v
        | :? DateTimeOffset as v -> operand ColumnType.Timestamp v
        | :? DateTime as v -> operand ColumnType.LocalTimestamp v
        | :? TimeOnly as v -> operand ColumnType.Time v
        | :? TimeSpan as v -> operand ColumnType.Interval v
        | :? JsonElement as v -> operand ColumnType.Jsonb v
        | value -> NpgsqlParameter(Value = value)

    let private orNull (read: DbDataReader -> int -> obj) (reader: DbDataReader) (ordinal: int) : objnull =
        if reader.IsDBNull ordinal then null else read reader ordinal

    let private get<'T> : DbDataReader -> int -> objnull =
        orNull (fun reader i -> boxed (reader.GetFieldValue<'T> i))

    let private vector (reader: DbDataReader) (ordinal: int) : obj =
        match reader.GetValue ordinal with
        | :? (float32[]) as v -> v
        | :? Pgvector.Vector as v -> v.ToArray()
        | other -> raise (InvalidCastException $"A vector was expected, not {other.GetType().Name}.")

    let private json (text: string) = JsonElement.Parse text

    let rec private arrayOf (element: ColumnType) : DbDataReader -> int -> objnull =
        match element with
        | ColumnType.Uuid -> get<Guid[]>
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Enum _
        | ColumnType.Named _
        | ColumnType.Other _ -> get<string[]>
        | ColumnType.Domain(_, over) -> arrayOf over
        | ColumnType.SmallInt -> get<int16[]>
        | ColumnType.Integer -> get<int[]>
        | ColumnType.BigInt -> get<int64[]>
        | ColumnType.Real -> get<float32[]>
        | ColumnType.Double -> get<float[]>
        | ColumnType.Numeric _ -> get<decimal[]>
        | ColumnType.Boolean -> get<bool[]>
        | ColumnType.Date -> get<DateOnly[]>
        | ColumnType.Time -> get<TimeOnly[]>
        | ColumnType.LocalTimestamp -> get<DateTime[]>
        | ColumnType.Timestamp -> get<DateTimeOffset[]>
        | ColumnType.Interval -> get<TimeSpan[]>
        | ColumnType.Bytea -> get<byte[][]>
        | ColumnType.Json
        | ColumnType.Jsonb -> orNull (fun reader i -> boxed (reader.GetFieldValue<string[]> i |> Array.map json))
        | ColumnType.Vector _
        | ColumnType.Array _ ->
            refuse $"Values of type {ColumnType.describe (ColumnType.Array element)} cannot be read from PostgreSQL."

    /// Reads a column as `ColumnType.clrType`, or null.
    let rec read (columnType: ColumnType) : DbDataReader -> int -> objnull =
        match columnType with
        | ColumnType.Uuid -> get<Guid>
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Enum _
        | ColumnType.Named _
        | ColumnType.Other _ -> get<string>
        | ColumnType.Domain(_, over) -> read over
        | ColumnType.SmallInt -> get<int16>
        | ColumnType.Integer -> get<int>
        | ColumnType.BigInt -> get<int64>
        | ColumnType.Real -> get<float32>
        | ColumnType.Double -> get<float>
        | ColumnType.Numeric _ -> get<decimal>
        | ColumnType.Boolean -> get<bool>
        | ColumnType.Date -> get<DateOnly>
        | ColumnType.Time -> get<TimeOnly>
        | ColumnType.LocalTimestamp -> get<DateTime>
        | ColumnType.Timestamp -> get<DateTimeOffset>
        | ColumnType.Interval -> get<TimeSpan>
        | ColumnType.Bytea -> get<byte[]>
        | ColumnType.Json
        | ColumnType.Jsonb -> orNull (fun reader i -> boxed (json (reader.GetString i)))
        | ColumnType.Vector _ -> orNull vector
        | ColumnType.Array element -> arrayOf element

    /// A vector in pgvector's binary form (vector.c, vector_recv): dimensions, zero, then big-endian singles.
    let private vectorBytes (value: float32[]) =
        let bytes = Array.zeroCreate<byte>(4 + 4 * value.Length)
        Buffers.Binary.BinaryPrimitives.WriteInt16BigEndian(Span(bytes, 0, 2), int16 value.Length)

        for i in 0 .. value.Length - 1 do
            Buffers.Binary.BinaryPrimitives.WriteSingleBigEndian(Span(bytes, 4 + 4 * i, 4), value[i])

        bytes

    /// A fitted value and the type it is written as in a binary COPY. There a field is only its bytes: what the server's
    /// type receives may be sent as bytea or text, whichever types the driver has loaded.
    let rec internal copied (columnType: ColumnType) (fitted: obj) : struct (obj * NpgsqlDbType) =
        match columnType, fitted with
        | ColumnType.Vector _, (:? (float32[]) as value) -> struct (boxed (vectorBytes value), NpgsqlDbType.Bytea)
        | ColumnType.Domain(_, over), value -> copied over value
        | ColumnType.Enum _, (:? string as value) -> struct (boxed (Encoding.UTF8.GetBytes value), NpgsqlDbType.Bytea)
        | _ -> struct (wire columnType fitted, dbType columnType)
