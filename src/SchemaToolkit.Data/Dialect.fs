namespace SchemaToolkit

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks

/// Why an engine refused a statement.
[<RequireQualifiedAccess>]
type FailureKind =
    /// A unique or primary key.
    | Duplicate
    | ForeignKey
    | NotNull
    | Check
    /// A value that the type cannot hold: too long, out of range, malformed.
    | Value
    /// Serialisation failure, deadlock or busy database: the same transaction may succeed when tried again.
    | Transient
    /// No connection, or it broke.
    | Unavailable
    /// The role or the file does not allow it.
    | Forbidden
    /// A table, column or function that is not there.
    | Missing
    | Other

/// What a driver said when it refused a statement, without connection strings or parameter values.
type DatabaseFailure =
    {
        Kind: FailureKind
        /// SQLSTATE on PostgreSQL, the extended result code on SQLite.
        Code: string
        Message: string
        /// The constraint, table or column concerned, where the engine names it.
        Object: string option
        /// In a bulk insert, the record concerned, counted from zero, where it is known.
        Record: int64 option
    }

    /// The same transaction may succeed when tried again.
    member this.Transient = (this.Kind = FailureKind.Transient)

    /// A unique or primary key was violated.
    member this.Duplicate = (this.Kind = FailureKind.Duplicate)

/// A step of the calendar that instants are cut down to, in UTC.
[<RequireQualifiedAccess>]
type TimeUnit =
    | Second
    | Minute
    | Hour
    | Day
    /// Begins on Monday (ISO 8601).
    | Week
    | Month
    | Quarter
    | Year

/// How far apart two vectors are; smaller is nearer.
[<RequireQualifiedAccess>]
type VectorDistance =
    /// Euclidean.
    | L2
    /// One minus the cosine of the angle.
    | Cosine
    /// The negative inner product.
    | InnerProduct

/// A function that engines write in their own ways; types are those of the argument.
[<RequireQualifiedAccess>]
type SqlFunction =
    | Count
    | CountDistinct
    | Sum of argument: ColumnType
    | Average of argument: ColumnType
    | Minimum of argument: ColumnType
    | Maximum of argument: ColumnType
    /// The most common value; the smallest of those that are equally common.
    | Mode of argument: ColumnType
    /// The beginning of the unit that a point in time lies in.
    | Truncate of unit: TimeUnit * argument: ColumnType
    /// The calendar day, in UTC, of a point in time.
    | Day of argument: ColumnType
    | Distance of distance: VectorDistance
    /// Two values of the type added.
    | Add of argument: ColumnType
    /// A text and a pattern with `%`, `_` and the escape `\`; upper and lower case differ.
    | Like

/// How one engine writes SQL and moves values: a record of functions, so that no code above it asks which engine it is.
[<NoEquality; NoComparison>]
type Dialect =
    {
        /// `sqlite` or `postgres`; the key of `SqlText.PerEngine`.
        Engine: string
        QuoteName: string -> string
        /// A table's rendered, quoted name. The namespace must be filled.
        TableName: ObjectName -> string
        /// `@p1` or `$1`, counted from one.
        Placeholder: int -> string
        /// A parameter that is stored in a column of the type; `null` for NULL. Fails with `ArgumentException` when the
        /// value does not fit; what the engine would round (microseconds, the scale of a numeric) is rounded here.
        Parameter: ColumnType -> objnull -> DbParameter
        /// A parameter that is compared with a column of the type: it may be longer or more precise than the column.
        Operand: ColumnType -> objnull -> DbParameter
        /// A parameter for a value in free SQL, typed by the value itself.
        FreeParameter: objnull -> DbParameter
        /// Reads a column's value as `ColumnType.clrType`, or null. Apply it to the type once, to the rows often.
        Read: ColumnType -> DbDataReader -> int -> objnull
        /// A placeholder with the cast that the type needs when it is compared or computed with; most need none.
        Cast: ColumnType -> string -> string
        /// An expression as it stands in a select list, so that `Read` can read it; most need nothing.
        Output: ColumnType -> string -> string
        /// An expression as it is compared, grouped and ordered by; most need nothing.
        Comparable: ColumnType -> string -> string
        /// Renders a function from its rendered arguments.
        Call: SqlFunction -> string list -> string
        /// Appended to a select that takes its rows for an update; empty where the transaction holds them anyhow.
        LockRows: string
        /// The most parameters that one statement takes.
        MaxParameters: int
        /// Begins a transaction; an engine that knows only stronger isolation gives that.
        Begin: DbConnection -> Data.IsolationLevel -> CancellationToken -> Task<DbTransaction>
        /// Explains an exception of the driver; None when it is not one.
        Failure: exn -> DatabaseFailure option
        /// Inserts rows given as values in column order, by the fastest way that the engine has, inside the given
        /// transaction: all or nothing. Returns the number of rows. The error names the record by its index (from zero).
        BulkInsert:
            DbConnection
                -> DbTransaction
                -> ObjectName
                -> ColumnDef list
                -> seq<objnull array>
                -> CancellationToken
                -> Task<int64>
    }
