namespace SchemaToolkit

open System.Threading.Tasks

/// The words for statements over one table, and for running queries.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Query =
    let private start (verb: Verb) (table: Table) : Statement =
        { Table = table
          Verb = verb
          Where = None
          GroupBy = []
          OrderBy = []
          Limit = None
          Offset = None
          Lock = false }

    let private refuse (statement: Statement) what wayOut : 'T =
        DataError.raiseIt (DataError.definition (string statement.Table.Name) what wayOut)

    let private exempt table = Scope.columnOf table |> Option.map _.Name |> Option.toList

    /// Reads rows; the decoder says which columns.
    let select (table: Table) : Statement = start Verb.Select table

    let private insertRows (table: Table) (rows: Assignment list list) : Statement =
        if rows.IsEmpty then
            DataError.definition (string table.Name) $"An insert into {table.Name} has no rows." "Give at least one."
            |> DataError.raiseIt

        for row in rows do
            Check.assignments table row
            Check.insertable table (exempt table) (row |> List.map _.Column.Name)

        start (Verb.Insert(rows, OnConflict.Fail)) table

    /// Inserts one row; columns that are left out get their defaults.
    let insert (table: Table) (row: Assignment list) : Statement = insertRows table [ row ]

    /// Inserts rows that set the same columns, in one statement.
    let insertMany (table: Table) (rows: Assignment list list) : Statement = insertRows table rows

    /// Changes rows: say which with `Query.where` or `Query.everyRow`.
    let update (table: Table) (assignments: Assignment list) : Statement =
        Check.assignments table assignments

        if assignments.IsEmpty then
            DataError.definition (string table.Name) $"An update of {table.Name} sets nothing." "Give assignments."
            |> DataError.raiseIt

        start (Verb.Update assignments) table

    /// Deletes rows: say which with `Query.where` or `Query.everyRow`.
    let delete (table: Table) : Statement = start Verb.Delete table

    /// Adds a condition; several must all hold.
    let where (condition: Where) (statement: Statement) : Statement =
        Check.columns statement.Table condition.Columns

        match statement.Verb, statement.Where with
        | Verb.Insert _, _ -> refuse statement "An insert has no condition." "Use Query.onConflictUpdate for an upsert."
        | _, None -> { statement with Where = Some condition }
        | _, Some first -> { statement with Where = Some(Where.all [ first; condition ]) }

    /// Says that an update or delete without a condition means every row.
    let everyRow (statement: Statement) : Statement = where Where.always statement

    /// Groups by columns beside those that the decoder reads. A decoder with aggregates groups by its other fields anyhow.
    let groupBy (columns: ColumnHandle list) (statement: Statement) : Statement =
        Check.columns statement.Table columns
        { statement with GroupBy = statement.GroupBy @ columns }

    let orderBy (orders: Order list) (statement: Statement) : Statement =
        orders |> List.iter (fun order -> Check.columns statement.Table order.Columns)
        { statement with OrderBy = statement.OrderBy @ orders }

    /// At most so many rows.
    let limit (count: int) (statement: Statement) : Statement =
        if count < 0 then
            refuse statement $"A limit of {count} rows is negative." "Give zero or more."

        { statement with Limit = Some(int64 count) }

    /// Leaves out the first rows.
    let offset (count: int64) (statement: Statement) : Statement =
        if count < 0L then
            refuse statement $"An offset of {count} rows is negative." "Give zero or more."

        { statement with Offset = Some count }

    /// Holds the rows against other writers until the transaction ends. Order by the key, so that two transactions take
    /// their rows in the same order and cannot deadlock. On SQLite the transaction holds the whole database already.
    let forUpdate (statement: Statement) : Statement = { statement with Lock = true }

    let private conflict (change: OnConflict) (key: ColumnHandle list) (statement: Statement) =
        Check.columns statement.Table key
        Check.key statement.Table (key |> List.map _.Name)

        match statement.Verb with
        | Verb.Insert(rows, _) -> { statement with Verb = Verb.Insert(rows, change) }
        | Verb.Select
        | Verb.Update _
        | Verb.Delete ->
            refuse statement "Only an insert can meet a row that is there already." "Begin with Query.insert."

    /// A row whose key is there already is left as it is.
    let onConflictIgnore (key: ColumnHandle list) (statement: Statement) : Statement =
        conflict (OnConflict.DoNothing(key |> List.map _.Name)) key statement

    /// A row whose key is there already is changed: an upsert. The key is a declared unique or primary key.
    let onConflictUpdate (key: ColumnHandle list) (assignments: Assignment list) (statement: Statement) : Statement =
        Check.assignments statement.Table assignments
        conflict (OnConflict.Update(key |> List.map _.Name, assignments, None)) key statement

    let private checkRows (statement: Statement) =
        match statement.Verb, statement.Where with
        | (Verb.Update _ | Verb.Delete), None ->
            refuse
                statement
                $"The statement would change every row of {statement.Table.Name}."
                "Add a condition with Query.where, or say so with Query.everyRow."
        | (Verb.Select | Verb.Insert _ | Verb.Update _ | Verb.Delete), _ -> ()

        match statement.Verb with
        | Verb.Select -> ()
        | Verb.Insert _
        | Verb.Update _
        | Verb.Delete ->
            if
                not statement.OrderBy.IsEmpty
                || not statement.GroupBy.IsEmpty
                || statement.Limit.IsSome
                || statement.Offset.IsSome
                || statement.Lock
            then
                refuse statement "Order, groups, limit and locks belong to a select." "Begin with Query.select."

    let private reading (row: Row<'T>) (statement: Statement) : Database -> Sql =
        checkRows statement

        for source in row.Fields do
            match source with
            | RowSource.Column column -> Check.column statement.Table column
            | RowSource.Expression expression -> Check.columns statement.Table expression.Columns
            | RowSource.Named _
            | RowSource.At _ -> ()

        fun db -> Compose.statement db (Some row.Fields) statement

    let private writing (statement: Statement) : Database -> Sql =
        checkRows statement

        match statement.Verb with
        | Verb.Select -> refuse statement "A select changes nothing." "Read its rows with Query.list."
        | Verb.Insert _
        | Verb.Update _
        | Verb.Delete -> ()

        fun db -> Compose.statement db None statement

    /// Every row, decoded; for insert, update and delete the rows changed (RETURNING).
    let list (row: Row<'T>) (statement: Statement) : Query<'T list> =
        Cardinality.many (Some statement.Table) row (reading row statement)

    /// At most one row; several are an error.
    let tryOne (row: Row<'T>) (statement: Statement) : Query<'T option> =
        Cardinality.optional (Some statement.Table) row (reading row statement)

    /// Exactly one row; none or several are an error.
    let one (row: Row<'T>) (statement: Statement) : Query<'T> =
        Cardinality.single (Some statement.Table) row (reading row statement)

    /// The number of rows affected.
    let execute (statement: Statement) : Query<int64> = Cardinality.affected (writing statement)

    /// Fails unless exactly so many rows are affected; in a transaction that undoes everything.
    let exactly (expected: int64) (statement: Statement) : Query<unit> =
        Cardinality.exactly expected (writing statement)

    let map (f: 'A -> 'B) (query: Query<'A>) : Query<'B> =
        { Sql = query.Sql
          Execute =
            fun db ->
                task {
                    let! result = query.Execute db
                    return f result
                } }

    /// The number of rows that the condition of a select leaves.
    let count (statement: Statement) : Query<int64> = one (Row.expression Aggregate.count) statement

    /// Whether a select finds a row.
    let exists (statement: Statement) : Query<bool> =
        statement |> limit 1 |> tryOne (Row.constant ()) |> map Option.isSome

    /// Runs a query; `query |> Query.run db`.
    let run (db: Database) (query: Query<'T>) : Task<'T> = query.Execute db
