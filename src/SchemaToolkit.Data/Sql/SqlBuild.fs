namespace SchemaToolkit

open System

/// SQL put together from parts; authors use the words of `Sql`.
[<RequireQualifiedAccess>]
module internal SqlBuild =
    /// SQL from an interpolated string. Holes take columns and tables (quoted names), other `Sql` and expressions (nested),
    /// lists (several parameters in parentheses), and any other value (one parameter).
    let ofText (text: FormattableString) : Sql = Sql(Holes.parts text)

    /// SQL as it stands, without holes. Never build it from what users wrote.
    let raw (text: string) : Sql = Sql [ SqlPart.Text text ]

    let empty = Sql []

    /// A value as it is stored in the column: fits its type, is rounded to it.
    let stored (column: Column<'T>) (value: 'T) : Sql =
        Sql [ SqlPart.Stored(column.Definition, Optional.unwrap (box value)) ]

    /// A value as it is compared with the column.
    let compared (column: Column<'T>) (value: 'T) : Sql =
        Sql [ SqlPart.Compared(column.Definition, Optional.unwrap (box value)) ]

    /// One after another, with a text between.
    let join (separator: string) (all: Sql list) : Sql =
        Sql
            [ for i, sql in List.indexed all do
                  if i > 0 then
                      SqlPart.Text separator

                  yield! sql.Parts ]

    let append (second: Sql) (first: Sql) : Sql = Sql(first.Parts @ second.Parts)

    let name (column: string) = Sql [ SqlPart.Name column ]

    let call (sqlFunction: SqlFunction) (arguments: Sql list) = Sql [ SqlPart.Call(sqlFunction, arguments) ]

    let comparable (columnType: ColumnType) (expression: Sql) = Sql [ SqlPart.Comparable(columnType, expression) ]

    let output (columnType: ColumnType) (expression: Sql) = Sql [ SqlPart.Output(columnType, expression) ]

[<AutoOpen>]
module SqlSyntax =
    /// SQL from an interpolated string: `sql $"SELECT {name} FROM {table} WHERE {id} = {value}"`; see `Sql.ofText`.
    let sql (text: FormattableString) : Sql = SqlBuild.ofText text
