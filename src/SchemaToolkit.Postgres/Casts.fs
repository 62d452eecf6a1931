namespace SchemaToolkit.Postgres

open SchemaToolkit

/// How a value of one type becomes one of another, as an explicit expression. Total: a pair without a cast of its own goes
/// through text, so that the statement is always valid and the rows decide.
[<RequireQualifiedAccess>]
module internal Casts =
    let isNumber (columnType: ColumnType) =
        match columnType with
        | ColumnType.Real
        | ColumnType.Double
        | ColumnType.Numeric _ -> true
        | other -> PgType.isWhole other

    let isFloat (columnType: ColumnType) = columnType = ColumnType.Real || columnType = ColumnType.Double

    let private isMoment (columnType: ColumnType) =
        match columnType with
        | ColumnType.Date
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp -> true
        | _ -> false

    /// Pairs that PostgreSQL converts by a cast of its own (pg_cast, or reading and writing text).
    let rec isDirect (before: ColumnType) (after: ColumnType) =
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
    let textOf (before: ColumnType) (after: ColumnType) (value: string) =
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
