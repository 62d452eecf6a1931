namespace SchemaToolkit

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks

/// What a driver said when it refused a statement, without connection strings or parameter values.
type DatabaseFailure =
    {
        /// SQLSTATE on PostgreSQL, the extended result code on SQLite.
        Code: string
        Message: string
        /// The constraint, table or column concerned, where the engine names it.
        Object: string option
        /// Serialisation failure, deadlock or busy database: the same transaction may succeed when tried again.
        Transient: bool
        /// A unique or primary key was violated.
        Duplicate: bool
    }

/// How one engine writes SQL and moves values: a record of functions, so that no code above it asks which engine it is.
type Dialect =
    {
        /// `sqlite` or `postgres`; the key of `SqlText.PerEngine`.
        Engine: string
        QuoteName: string -> string
        /// A table's rendered, quoted name. The namespace must be filled.
        TableName: ObjectName -> string
        /// `@p1` or `$1`, counted from one.
        Placeholder: int -> string
        /// A parameter holding a value as the column type keeps it; `null` for NULL. Fails with `ArgumentException`
        /// when the value does not fit the type.
        Parameter: ColumnType -> objnull -> DbParameter
        /// A parameter for a value in free SQL, typed by the value itself.
        FreeParameter: objnull -> DbParameter
        /// Reads a column's value as `ColumnType.clrType`, or null.
        Read: ColumnType -> DbDataReader -> int -> objnull
        /// A placeholder with the cast that the type needs (`$1::jsonb`); most need none.
        Cast: ColumnType -> string -> string
        /// The most parameters that one statement takes.
        MaxParameters: int
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
