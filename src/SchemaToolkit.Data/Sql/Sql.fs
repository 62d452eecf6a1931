namespace SchemaToolkit

open System

/// A piece of SQL that is run. Values become parameters, names are quoted, functions are written as the engine does.
[<RequireQualifiedAccess; NoEquality; NoComparison>]
type SqlPart =
    | Text of text: string
    /// A column or an alias.
    | Name of name: string
    /// A column of a table that the statement gives another name.
    | Qualified of alias: string * name: string
    /// A relative name is found in the database's namespace when the statement is run.
    | Table of table: ObjectName
    /// A value typed by itself.
    | Value of value: objnull
    /// A value that is stored in a column.
    | Stored of column: ColumnDef * value: objnull
    /// A value that is compared with a column.
    | Compared of column: ColumnDef * value: objnull
    | Call of sqlFunction: SqlFunction * arguments: Sql list
    /// An expression as its type is compared, grouped and ordered by.
    | Comparable of columnType: ColumnType * expression: Sql
    /// An expression as it stands in a select list.
    | Output of columnType: ColumnType * expression: Sql

/// A statement, or a part of one, with the values that belong to it.
and [<Sealed>] Sql(parts: SqlPart list) =
    member _.Parts = parts

    /// For people: names unquoted, values as `?`.
    override _.ToString() =
        let rec describe part =
            match part with
            | SqlPart.Text text -> text
            | SqlPart.Name name -> name
            | SqlPart.Qualified(alias, name) -> $"{alias}.{name}"
            | SqlPart.Table table -> string table
            | SqlPart.Value _
            | SqlPart.Stored _
            | SqlPart.Compared _ -> "?"
            | SqlPart.Call(sqlFunction, arguments) ->
                let name = (string sqlFunction |> _.Split(' ') |> Array.head).ToLowerInvariant()
                let inside = arguments |> List.map string |> String.concat ", "
                $"{name}({inside})"
            | SqlPart.Comparable(_, expression)
            | SqlPart.Output(_, expression) -> string expression

        parts |> List.map describe |> String.concat ""

/// What an engine computes from columns: an aggregate, a bucket of time, a distance. It can be read, ordered by, and put
/// into the hole of an interpolated string.
[<AllowNullLiteral>]
type ExpressionHandle(sql: Sql, columnType: ColumnType, label: string, isAggregate: bool, columns: ColumnHandle list) =
    member _.Sql = sql
    member _.Type = columnType
    /// The name of the result column.
    member _.Label = label
    member _.IsAggregate = isAggregate
    /// The columns it is computed from.
    member _.Columns = columns
    /// What NULL is read as, where it is not an option.
    member val internal WhenNull: objnull = null with get, set
    override _.ToString() = string sql

/// An expression whose value is a `'T`.
[<Sealed>]
type Expression<'T>(sql, columnType, label, isAggregate, columns) =
    inherit ExpressionHandle(sql, columnType, label, isAggregate, columns)

    /// The same under another name in the result.
    member _.As(name: string) = Expression<'T>(sql, columnType, name, isAggregate, columns)
