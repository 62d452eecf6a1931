namespace SchemaToolkit

open System
open System.Text.Json

/// Total digits and digits after the point, as in `numeric(precision, scale)`.
type NumericPrecision = { Precision: int; Scale: int }

/// The type of a column, in PostgreSQL's words. Each engine says how it keeps it.
[<RequireQualifiedAccess>]
type ColumnType =
    | Uuid
    | Text
    /// At most `length` characters.
    | Varchar of length: int
    /// Exactly `length` characters, blank-padded.
    | Char of length: int
    | SmallInt
    | Integer
    | BigInt
    | Real
    | Double
    /// Exact decimal; None keeps any number of digits.
    | Numeric of precision: NumericPrecision option
    | Boolean
    | Date
    | Time
    /// `timestamp without time zone`, microseconds.
    | LocalTimestamp
    /// `timestamp with time zone`: an instant, microseconds.
    | Timestamp
    | Interval
    /// The text as it was written.
    | Json
    /// Parsed; order and white space are not kept.
    | Jsonb
    | Bytea
    /// pgvector's `vector(dimensions)`, single precision.
    | Vector of dimensions: int
    | Enum of name: ObjectName
    /// A domain; its values are those of the type below it.
    | Domain of name: ObjectName * over: ColumnType
    /// A composite or range type of a schema; its values travel as PostgreSQL's text.
    | Named of name: ObjectName
    /// Any other type of PostgreSQL, in its own words (`format_type`): `inet`, `tstzrange`, `character varying`,
    /// `timestamp(3) without time zone`. Its values travel as PostgreSQL's text.
    | Other of sql: string
    | Array of element: ColumnType

[<RequireQualifiedAccess>]
module ColumnType =
    /// The name in PostgreSQL's manner, for messages and for the ledger.
    let rec describe (columnType: ColumnType) : string =
        match columnType with
        | ColumnType.Uuid -> "uuid"
        | ColumnType.Text -> "text"
        | ColumnType.Varchar length -> $"varchar({length})"
        | ColumnType.Char length -> $"char({length})"
        | ColumnType.SmallInt -> "smallint"
        | ColumnType.Integer -> "integer"
        | ColumnType.BigInt -> "bigint"
        | ColumnType.Real -> "real"
        | ColumnType.Double -> "double precision"
        | ColumnType.Numeric None -> "numeric"
        | ColumnType.Numeric(Some p) -> $"numeric({p.Precision},{p.Scale})"
        | ColumnType.Boolean -> "boolean"
        | ColumnType.Date -> "date"
        | ColumnType.Time -> "time"
        | ColumnType.LocalTimestamp -> "timestamp"
        | ColumnType.Timestamp -> "timestamptz"
        | ColumnType.Interval -> "interval"
        | ColumnType.Json -> "json"
        | ColumnType.Jsonb -> "jsonb"
        | ColumnType.Bytea -> "bytea"
        | ColumnType.Vector dimensions -> $"vector({dimensions})"
        | ColumnType.Enum name
        | ColumnType.Domain(name, _)
        | ColumnType.Named name -> string name
        | ColumnType.Other sql -> sql
        | ColumnType.Array element -> $"{describe element}[]"

    /// The .NET type that a value of a NOT NULL column has.
    let rec clrType (columnType: ColumnType) : Type =
        match columnType with
        | ColumnType.Uuid -> typeof<Guid>
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Enum _
        | ColumnType.Named _
        | ColumnType.Other _ -> typeof<string>
        | ColumnType.Domain(_, over) -> clrType over
        | ColumnType.SmallInt -> typeof<int16>
        | ColumnType.Integer -> typeof<int>
        | ColumnType.BigInt -> typeof<int64>
        | ColumnType.Real -> typeof<float32>
        | ColumnType.Double -> typeof<float>
        | ColumnType.Numeric _ -> typeof<decimal>
        | ColumnType.Boolean -> typeof<bool>
        | ColumnType.Date -> typeof<DateOnly>
        | ColumnType.Time -> typeof<TimeOnly>
        | ColumnType.LocalTimestamp -> typeof<DateTime>
        | ColumnType.Timestamp -> typeof<DateTimeOffset>
        | ColumnType.Interval -> typeof<TimeSpan>
        | ColumnType.Json
        | ColumnType.Jsonb -> typeof<JsonElement>
        | ColumnType.Bytea -> typeof<byte[]>
        | ColumnType.Vector _ -> typeof<float32[]>
        | ColumnType.Array element -> (clrType element).MakeArrayType()

    /// The enum that the type is, or holds in an array.
    let rec enumName (columnType: ColumnType) =
        match columnType with
        | ColumnType.Enum name -> Some name
        | ColumnType.Array element -> enumName element
        | _ -> None

    /// The domain, composite or range that the type is, or holds in an array.
    let rec objectName (columnType: ColumnType) =
        match columnType with
        | ColumnType.Domain(name, _)
        | ColumnType.Named name -> Some name
        | ColumnType.Array element -> objectName element
        | _ -> None

    /// The type that values have: the one below a domain.
    let rec underlying (columnType: ColumnType) =
        match columnType with
        | ColumnType.Domain(_, over) -> underlying over
        | other -> other

    /// Rewrites the names of enums, domains, composites and ranges.
    let rec mapEnum (f: ObjectName -> ObjectName) (columnType: ColumnType) =
        match columnType with
        | ColumnType.Enum name -> ColumnType.Enum(f name)
        | ColumnType.Domain(name, over) -> ColumnType.Domain(f name, mapEnum f over)
        | ColumnType.Named name -> ColumnType.Named(f name)
        | ColumnType.Array element -> ColumnType.Array(mapEnum f element)
        | other -> other
