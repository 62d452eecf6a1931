namespace SchemaToolkit

open System
open System.Data.Common

/// Where a field of a row comes from.
[<RequireQualifiedAccess; NoEquality; NoComparison>]
type RowSource =
    | Column of column: ColumnHandle
    | Expression of expression: ExpressionHandle
    /// A column of the result by its name, typed by the program alone.
    | Named of name: string * columnType: ColumnType
    /// A column of the result by its place, from zero.
    | At of ordinal: int * columnType: ColumnType

    member this.Label =
        match this with
        | Column column -> column.Name
        | Expression expression -> expression.Label
        | Named(name, _) -> name
        | At(ordinal, _) -> $"#{ordinal}"

    member this.Type =
        match this with
        | Column column -> column.Definition.Type
        | Expression expression -> expression.Type
        | Named(_, columnType)
        | At(_, columnType) -> columnType

/// What a decoder needs to know about one result; made once, used for each of its rows.
[<NoEquality; NoComparison>]
type RowContext =
    internal
        {
            Dialect: Dialect
            /// The table, for messages; empty for free SQL.
            Table: string
            /// Where each field stands in the result.
            Ordinal: RowSource -> int
        }

/// How a row of a result becomes a value. A decoder knows the fields that it reads, so that a query can select just these.
[<Sealed; NoEquality; NoComparison>]
type Row<'T>(fields: RowSource list, compile: RowContext -> DbDataReader -> 'T) =
    member _.Fields = fields
    member internal _.Compile(context: RowContext) : DbDataReader -> 'T = compile context

/// Reading single fields.
[<RequireQualifiedAccess>]
module internal RowRead =
    let private within (table: string) (label: string) = if table = "" then label else $"{table}.{label}"

    let private nullFound (place: string) : 'T =
        DataError.decode
            place
            $"Column {place} is NULL where the program expects a value."
            "Make the column optional in the program, or NOT NULL in the database."
        |> DataError.raiseIt

    let private unreadable (place: string) (columnType: ColumnType) (error: exn) : exn =
        let declared = ColumnType.describe columnType

        // What the driver says may quote the value; its kind is enough.
        let reason =
            match error with
            | :? OverflowException -> $"the number does not fit {(ColumnType.clrType columnType).Name}"
            | :? FormatException -> "its text has another form"
            | :? InvalidCastException -> "the database returned another type"
            | other -> other.GetType().Name

        DatabaseException(
            DataError.decode
                place
                $"Column {place} cannot be read as {declared}: {reason}."
                "Check that the column's declared type is the one in the database, and that no other program wrote the value.",
            error
        )

    /// Reads one field as it comes from the dialect; NULL only where it is allowed.
    let boxed (source: RowSource) (allowsNull: bool) (context: RowContext) : DbDataReader -> objnull =
        let ordinal = context.Ordinal source
        let read = context.Dialect.Read source.Type
        let place = within context.Table source.Label

        fun (reader: DbDataReader) ->
            let value =
                try
                    read reader ordinal
                with error when (context.Dialect.Failure error).IsNone ->
                    raise (unreadable place source.Type error)

            match value with
            | null when not allowsNull -> nullFound place
            | value -> value
