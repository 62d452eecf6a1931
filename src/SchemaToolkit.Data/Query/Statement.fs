namespace SchemaToolkit

open System

/// What a column is set to.
[<RequireQualifiedAccess; NoEquality; NoComparison>]
type AssignedValue =
    | Value of value: objnull
    | Expression of sql: Sql
    /// The present value plus this one.
    | Added of value: objnull
    /// In an upsert: the value that the insert would have stored.
    | Proposed

/// A column and what it is set to.
[<NoEquality; NoComparison>]
type Assignment = { Column: ColumnHandle; Value: AssignedValue }

/// The words for assignments.
[<RequireQualifiedAccess>]
module Assign =
    let value (column: Column<'T>) (value: 'T) : Assignment =
        { Column = column; Value = AssignedValue.Value(Optional.unwrap (box value)) }

    /// An expression in SQL: `Assign.sql T.total $"{T.price} * {T.quantity}"`.
    let sql (column: ColumnHandle) (expression: FormattableString) : Assignment =
        { Column = column
          Value = AssignedValue.Expression(SqlBuild.ofText expression) }

    /// Adds to the present value, in the database: exact for decimals on every engine.
    let add (column: Column<'T>) (value: 'T) : Assignment =
        { Column = column; Value = AssignedValue.Added(Optional.unwrap (box value)) }

    /// In an upsert: the value that the insert would have stored.
    let proposed (column: ColumnHandle) : Assignment = { Column = column; Value = AssignedValue.Proposed }

/// By what rows are ordered.
[<NoEquality; NoComparison>]
type Order =
    internal
        { Sql: Sql
          Type: ColumnType
          Descending: bool
          MayBeNull: bool
          Columns: ColumnHandle list }

    static member private Of(column: ColumnHandle, descending) =
        { Sql = SqlBuild.name column.Name
          Type = column.Definition.Type
          Descending = descending
          MayBeNull = column.Definition.Nullable
          Columns = [ column ] }

    static member private Of(expression: ExpressionHandle, descending) =
        { Sql = expression.Sql
          Type = expression.Type
          Descending = descending
          MayBeNull = true
          Columns = expression.Columns }

    /// Smallest first; NULL comes last, on every engine.
    static member asc(column: ColumnHandle) : Order = Order.Of(column, false)
    static member asc(expression: ExpressionHandle) : Order = Order.Of(expression, false)

    /// Largest first; NULL comes first, on every engine.
    static member desc(column: ColumnHandle) : Order = Order.Of(column, true)
    static member desc(expression: ExpressionHandle) : Order = Order.Of(expression, true)

/// What happens to a row whose key is there already.
[<RequireQualifiedAccess; NoEquality; NoComparison>]
type OnConflict =
    | Fail
    | DoNothing of key: string list
    /// `condition` limits which rows may be updated.
    | Update of key: string list * assignments: Assignment list * condition: Where option

[<RequireQualifiedAccess; NoEquality; NoComparison>]
type Verb =
    | Select
    | Insert of rows: Assignment list list * onConflict: OnConflict
    | Update of assignments: Assignment list
    | Delete

/// A statement over one table, before it is said how its result is read.
[<NoEquality; NoComparison>]
type Statement =
    internal
        {
            Table: Table
            Verb: Verb
            /// None: nothing was said about which rows.
            Where: Where option
            GroupBy: ColumnHandle list
            OrderBy: Order list
            Limit: int64 option
            Offset: int64 option
            Lock: bool
        }

    override this.ToString() = $"{(string this.Verb).Split(' ') |> Array.head} {this.Table.Name}"
