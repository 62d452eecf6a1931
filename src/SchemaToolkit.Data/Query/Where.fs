namespace SchemaToolkit

open System

/// A condition on the rows of one table.
[<NoEquality; NoComparison>]
type Where =
    internal
        {
            Sql: Sql
            /// The columns named, to be checked against the table.
            Columns: ColumnHandle list
        }

    override this.ToString() = string this.Sql

/// The words for conditions, typed by the columns. None compares as NULL does in F#: it equals itself.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Where =
    let private text (piece: string) = SqlPart.Text piece
    let private left (column: ColumnHandle) = SqlPart.Comparable(column.Definition.Type, SqlBuild.name column.Name)

    let private right (column: ColumnHandle) (value: objnull) =
        SqlPart.Comparable(column.Definition.Type, Sql [ SqlPart.Compared(column.Definition, value) ])

    let private on (column: ColumnHandle) (parts: SqlPart list) : Where = { Sql = Sql parts; Columns = [ column ] }

    /// The column is NULL.
    let isNull (column: ColumnHandle) = on column [ SqlPart.Name column.Name; text " IS NULL" ]

    let isNotNull (column: ColumnHandle) = on column [ SqlPart.Name column.Name; text " IS NOT NULL" ]

    let private compareWith (operator: string) (column: Column<'T>) (value: 'T) =
        match Optional.unwrap (box value) with
        | null ->
            DataError.definition
                column.Name
                $"Column {column.Name} is compared by {operator.Trim()} with NULL, which is never true."
                "Use Where.eq, Where.ne, Where.isNull or Where.isNotNull."
            |> DataError.raiseIt
        | value -> on column [ left column; text operator; right column value ]

    let eq (column: Column<'T>) (value: 'T) : Where =
        match Optional.unwrap (box value) with
        | null -> isNull column
        | value -> on column [ left column; text " = "; right column value ]

    /// Not equal; a NULL differs from every value.
    let ne (column: Column<'T>) (value: 'T) : Where =
        match Optional.unwrap (box value) with
        | null -> isNotNull column
        | value ->
            let operator = if column.Definition.Nullable then " IS DISTINCT FROM " else " <> "
            on column [ left column; text operator; right column value ]

    let gt (column: Column<'T>) (value: 'T) : Where = compareWith " > " column value
    let ge (column: Column<'T>) (value: 'T) : Where = compareWith " >= " column value
    let lt (column: Column<'T>) (value: 'T) : Where = compareWith " < " column value
    let le (column: Column<'T>) (value: 'T) : Where = compareWith " <= " column value

    /// Every row.
    let always: Where = { Sql = SqlBuild.raw "1 = 1"; Columns = [] }

    /// No row.
    let never: Where = { Sql = SqlBuild.raw "1 = 0"; Columns = [] }

    /// One of the values; an empty list is no row.
    let isIn (column: Column<'T>) (values: 'T seq) : Where =
        match [ for value in values -> Optional.unwrap (box value) ] with
        | [] -> never
        | values ->
            let holes =
                [ for i, value in List.indexed values do
                      if i > 0 then
                          text ", "

                      SqlPart.Compared(column.Definition, value) ]

            on column [ left column; text " IN ("; yield! holes; text ")" ]

    /// A text that matches a pattern: `%` is any text, `_` one character, `\` makes the next one literal.
    /// Upper and lower case differ, on every engine.
    let like (column: ColumnHandle) (pattern: string) : Where =
        on column [ SqlPart.Call(SqlFunction.Like, [ SqlBuild.name column.Name; Sql [ SqlPart.Value pattern ] ]) ]

    let private joined (separator: string) (whenEmpty: Where) (conditions: Where list) : Where =
        match conditions with
        | [] -> whenEmpty
        | [ one ] -> one
        | several ->
            let inner = several |> List.map _.Sql |> SqlBuild.join separator

            { Sql = Sql [ text "("; yield! inner.Parts; text ")" ]
              Columns = several |> List.collect _.Columns }

    /// Every condition holds.
    let all (conditions: Where list) : Where = joined " AND " always conditions

    /// At least one condition holds.
    let any (conditions: Where list) : Where = joined " OR " never conditions

    let not (condition: Where) : Where =
        { condition with
            Sql = Sql [ text "NOT ("; yield! condition.Sql.Parts; text ")" ] }

    /// Between two values, both included.
    let between (column: Column<'T>) (first: 'T) (last: 'T) : Where = all [ ge column first; le column last ]

    /// A condition in SQL; see `Sql.ofText`. Columns and expressions in its holes are checked against the table.
    let sql (condition: FormattableString) : Where =
        let columns =
            [ for argument in condition.GetArguments() do
                  match argument with
                  | :? ColumnHandle as column -> column
                  | :? ExpressionHandle as expression -> yield! expression.Columns
                  | _ -> () ]

        let inner = SqlBuild.ofText condition
        { Sql = Sql [ text "("; yield! inner.Parts; text ")" ]; Columns = columns }
