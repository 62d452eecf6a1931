namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Column types as PostgreSQL names them, and what it knows about each.
[<RequireQualifiedAccess>]
module internal PgType =
    /// Built-in types unqualified (they live in `pg_catalog`), enums and pgvector's type with their schema.
    let rec render (extensions: Extensions) (columnType: ColumnType) : string =
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
        | ColumnType.Vector dimensions -> $"{Quote.name extensions.VectorSchema}.vector({dimensions})"
        | ColumnType.Enum name
        | ColumnType.Domain(name, _)
        | ColumnType.Named name -> Quote.object name
        | ColumnType.Other sql -> sql
        | ColumnType.Array element -> $"{render extensions element}[]"

    let rec usesVector (columnType: ColumnType) =
        match columnType with
        | ColumnType.Vector _ -> true
        | ColumnType.Array element -> usesVector element
        | _ -> false

    let isText (columnType: ColumnType) =
        match columnType with
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _ -> true
        | _ -> false

    let isWhole (columnType: ColumnType) =
        match columnType with
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt -> true
        | _ -> false

    /// Only these take a COLLATE clause.
    let rec isCollatable (columnType: ColumnType) =
        match columnType with
        | ColumnType.Array element -> isCollatable element
        | ColumnType.Domain(_, over) -> isCollatable over
        | ColumnType.Other _ -> true
        | other -> isText other

    /// The operator class that btree and hash use for a type when none is named; None: the type cannot be indexed so.
    let rec defaultOpClass (columnType: ColumnType) : string option =
        match columnType with
        | ColumnType.Uuid -> Some "uuid_ops"
        | ColumnType.Text
        | ColumnType.Varchar _ -> Some "text_ops"
        | ColumnType.Char _ -> Some "bpchar_ops"
        | ColumnType.SmallInt -> Some "int2_ops"
        | ColumnType.Integer -> Some "int4_ops"
        | ColumnType.BigInt -> Some "int8_ops"
        | ColumnType.Real -> Some "float4_ops"
        | ColumnType.Double -> Some "float8_ops"
        | ColumnType.Numeric _ -> Some "numeric_ops"
        | ColumnType.Boolean -> Some "bool_ops"
        | ColumnType.Date -> Some "date_ops"
        | ColumnType.Time -> Some "time_ops"
        | ColumnType.LocalTimestamp -> Some "timestamp_ops"
        | ColumnType.Timestamp -> Some "timestamptz_ops"
        | ColumnType.Interval -> Some "interval_ops"
        | ColumnType.Json -> None
        | ColumnType.Jsonb -> Some "jsonb_ops"
        | ColumnType.Bytea -> Some "bytea_ops"
        | ColumnType.Vector _ -> Some "vector_ops"
        | ColumnType.Enum _ -> Some "enum_ops"
        | ColumnType.Domain(_, over) -> defaultOpClass over
        // Only the server knows; a name that no operator class has.
        | ColumnType.Named _
        | ColumnType.Other _ -> Some ""
        | ColumnType.Array(ColumnType.Json) -> None
        | ColumnType.Array _ -> Some "array_ops"

    /// The default operator class of any built-in access method, so that naming it explicitly changes nothing.
    let defaultOpClassOf (accessMethod: string) (columnType: ColumnType) : string option =
        match accessMethod, columnType with
        | ("btree" | "hash"), _ -> defaultOpClass columnType
        | "gin", ColumnType.Jsonb -> Some "jsonb_ops"
        | "gin", ColumnType.Array _ -> Some "array_ops"
        | "spgist", (ColumnType.Text | ColumnType.Varchar _) -> Some "text_ops"
        | "brin", (ColumnType.Jsonb | ColumnType.Array _ | ColumnType.Boolean | ColumnType.Enum _) -> None
        | "brin", _ -> defaultOpClass columnType |> Option.map _.Replace("_ops", "_minmax_ops")
        | "ivfflat", ColumnType.Vector _ -> Some "vector_l2_ops"
        | _ -> None

    /// Operator classes of extensions are named with their schema; all others live in `pg_catalog`.
    let renderOpClass (extensions: Extensions) (opClass: string) =
        match opClass with
        | "gin_trgm_ops"
        | "gist_trgm_ops" -> $"{Quote.name extensions.TrigramSchema}.{Quote.name opClass}"
        | "bit_hamming_ops"
        | "bit_jaccard_ops" -> $"{Quote.name extensions.VectorSchema}.{Quote.name opClass}"
        | _ when
            opClass.StartsWith("vector_", System.StringComparison.Ordinal)
            || opClass.StartsWith("halfvec_", System.StringComparison.Ordinal)
            || opClass.StartsWith("sparsevec_", System.StringComparison.Ordinal)
            ->
            $"{Quote.name extensions.VectorSchema}.{Quote.name opClass}"
        | _ -> Quote.name opClass
