namespace SchemaToolkit

open System

/// The words for free SQL: `Sql.query $"SELECT {name} FROM {table} WHERE {id} = {value}" (Row.column name)`.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Sql =
    /// SQL from an interpolated string. Holes take columns and tables (quoted names), other `Sql` and expressions (nested),
    /// lists (several parameters in parentheses), and any other value (one parameter; an array is one value).
    let ofText (text: FormattableString) : Sql = SqlBuild.ofText text

    /// SQL as it stands, without holes. Never build it from what users wrote.
    let raw (text: string) : Sql = SqlBuild.raw text

    /// A value as it is stored in the column: it fits the type, and is rounded to it.
    let stored (column: Column<'T>) (value: 'T) : Sql = SqlBuild.stored column value

    /// A value as it is compared with the column.
    let compared (column: Column<'T>) (value: 'T) : Sql = SqlBuild.compared column value

    /// One after another, with a text between.
    let join (separator: string) (all: Sql list) : Sql = SqlBuild.join separator all

    /// Every row. Fields are found by their names in the result.
    let query (text: FormattableString) (row: Row<'T>) : Query<'T list> =
        let sql = ofText text
        Cardinality.many None row (fun _ -> sql)

    /// At most one row; several are an error.
    let queryTryOne (text: FormattableString) (row: Row<'T>) : Query<'T option> =
        let sql = ofText text
        Cardinality.optional None row (fun _ -> sql)

    /// Exactly one row; none or several are an error.
    let queryOne (text: FormattableString) (row: Row<'T>) : Query<'T> =
        let sql = ofText text
        Cardinality.single None row (fun _ -> sql)

    /// A statement that returns no rows; the number affected.
    let execute (text: FormattableString) : Query<int64> =
        let sql = ofText text
        Cardinality.affected (fun _ -> sql)

    /// Fails unless exactly so many rows are affected; in a transaction that undoes everything.
    let exactly (expected: int64) (text: FormattableString) : Query<unit> =
        let sql = ofText text
        Cardinality.exactly expected (fun _ -> sql)
