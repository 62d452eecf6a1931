namespace SchemaToolkit

open System
open System.Collections.Generic
open System.Data
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Microsoft.Data.Sqlite

/// How SQLite writes SQL.
[<RequireQualifiedAccess>]
module SqliteDialect =
    let private quote (name: string) = SqliteName.quote name

    let rec private comparable (columnType: ColumnType) (expression: string) =
        match columnType with
        | ColumnType.Domain(_, over) -> comparable over expression
        | ColumnType.Numeric _ -> $"{expression} COLLATE decimal"
        | ColumnType.Interval -> $"interval_us({expression})"
        | ColumnType.Uuid
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt
        | ColumnType.Real
        | ColumnType.Double
        | ColumnType.Boolean
        | ColumnType.Date
        | ColumnType.Time
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp
        | ColumnType.Json
        | ColumnType.Jsonb
        | ColumnType.Bytea
        | ColumnType.Vector _
        | ColumnType.Named _
        | ColumnType.Other _
        | ColumnType.Enum _
        | ColumnType.Array _ -> expression

    let private isNumeric (columnType: ColumnType) =
        match columnType with
        | ColumnType.Numeric _ -> true
        | _ -> false

    /// Canonical text is cut and filled up again: exact, and an index on the expression can serve it.
    let private truncate (unit: TimeUnit) (columnType: ColumnType) (text: string) =
        let zone = if columnType = ColumnType.Timestamp then "Z" else ""
        let midnight = $"T00:00:00.000000{zone}"

        match unit with
        | TimeUnit.Second -> $"substr({text}, 1, 19) || '.000000{zone}'"
        | TimeUnit.Minute -> $"substr({text}, 1, 16) || ':00.000000{zone}'"
        | TimeUnit.Hour -> $"substr({text}, 1, 13) || ':00:00.000000{zone}'"
        | TimeUnit.Day -> $"substr({text}, 1, 10) || '{midnight}'"
        | TimeUnit.Week -> $"date(substr({text}, 1, 10), 'weekday 0', '-6 days') || '{midnight}'"
        | TimeUnit.Month -> $"substr({text}, 1, 7) || '-01{midnight}'"
        | TimeUnit.Quarter ->
            $"substr({text}, 1, 5) || printf('%%02d', (substr({text}, 6, 2) - 1) / 3 * 3 + 1) || '-01{midnight}'"
        | TimeUnit.Year -> $"substr({text}, 1, 4) || '-01-01{midnight}'"

    let private call (sqlFunction: SqlFunction) (arguments: string list) =
        let all = String.Join(", ", arguments)

        match sqlFunction with
        | SqlFunction.Count -> if arguments.IsEmpty then "count(*)" else $"count({all})"
        | SqlFunction.CountDistinct -> $"count(DISTINCT {all})"
        | SqlFunction.Sum(ColumnType.BigInt | ColumnType.Numeric _) -> $"decimal_sum({all})"
        | SqlFunction.Sum _ -> $"sum({all})"
        | SqlFunction.Average(ColumnType.Numeric _) -> $"decimal_avg({all})"
        | SqlFunction.Average _ -> $"avg({all})"
        | SqlFunction.Minimum columnType -> $"min({comparable columnType all})"
        | SqlFunction.Maximum columnType -> $"max({comparable columnType all})"
        | SqlFunction.Mode columnType -> if isNumeric columnType then $"mode_decimal({all})" else $"mode_value({all})"
        | SqlFunction.Truncate(unit, columnType) -> $"({truncate unit columnType all})"
        | SqlFunction.Day _ -> $"substr({all}, 1, 10)"
        | SqlFunction.Add(ColumnType.Numeric _) -> $"decimal_add({all})"
        | SqlFunction.Add _ -> "(" + String.Join(" + ", arguments) + ")"
        | SqlFunction.Like -> $"like_text({all})"
        | SqlFunction.Distance VectorDistance.L2 -> $"vector_l2({all})"
        | SqlFunction.Distance VectorDistance.Cosine -> $"vector_cosine({all})"
        | SqlFunction.Distance VectorDistance.InnerProduct -> $"vector_inner({all})"

    /// Isolation is always serialisable. A write transaction takes the write lock at once: one that began as a reader could
    /// not wait for it later.
    let private beginTransaction (connection: DbConnection) (_: IsolationLevel) (_: CancellationToken) =
        match connection with
        | :? SqliteConnection as sqlite ->
            let readOnly = SQLitePCL.raw.sqlite3_db_readonly (sqlite.Handle, "main") = 1
            Task.FromResult<DbTransaction>(sqlite.BeginTransaction(IsolationLevel.Serializable, readOnly))
        | other -> invalidArg "connection" $"A SQLite connection is needed, not {other.GetType().Name}."

    let private atRecord (index: int64) (table: ObjectName) (error: exn) : exn =
        match error with
        | :? ArgumentException as unfit ->
            let object = string table

            DatabaseException(
                { DataError.value object $"The record with index {index} does not fit {object}: {unfit.Message}" with
                    Record = Some index },
                unfit
            )
        | other ->
            match SqliteFailure.explain other with
            | Some failure ->
                DatabaseException(
                    DataError.refused $"bulk insert into {table}" { failure with Record = Some index },
                    other
                )
            | None -> other

    /// One prepared statement, run for each record.
    let private bulkInsert
        (connection: DbConnection)
        (transaction: DbTransaction)
        (table: ObjectName)
        (columns: ColumnDef list)
        (rows: seq<objnull array>)
        (cancellation: CancellationToken)
        =
        task {
            use command = connection.CreateCommand()
            command.Transaction <- transaction
            let columns = Array.ofList columns
            let names = columns |> Array.map (fun column -> quote column.Name) |> String.concat ", "
            let holes = columns |> Array.mapi (fun i _ -> $"@p{i + 1}") |> String.concat ", "
            command.CommandText <- $"INSERT INTO {SqliteName.quoted table} ({names}) VALUES ({holes})"

            let parameters =
                columns
                |> Array.mapi (fun i _ ->
                    let parameter = SqliteParameter(ParameterName = $"@p{i + 1}")
                    command.Parameters.Add parameter |> ignore
                    parameter)

            let mutable count = 0L

            for row in rows do
                cancellation.ThrowIfCancellationRequested()

                try
                    for i in 0 .. columns.Length - 1 do
                        parameters[i].Value <- SqliteCodec.store columns[i].Type row[i]

                    command.ExecuteNonQuery() |> ignore
                with error ->
                    raise (atRecord count table error)

                count <- count + 1L

            return count
        }

    let instance: Dialect =
        { Engine = "sqlite"
          QuoteName = quote
          TableName = SqliteName.quoted
          Placeholder = fun n -> $"@p{n}"
          Parameter = SqliteCodec.parameter
          Operand = SqliteCodec.operand
          FreeParameter = SqliteCodec.freeParameter
          Read = SqliteCodec.read
          Cast = fun _ placeholder -> placeholder
          Output = fun _ expression -> expression
          Comparable = comparable
          Call = call
          LockRows = ""
          // SQLITE_MAX_VARIABLE_NUMBER since 3.32.
          MaxParameters = 32766
          Begin = beginTransaction
          Failure = SqliteFailure.explain
          BulkInsert = bulkInsert }

/// SQLite databases.
[<RequireQualifiedAccess>]
module SqliteDatabase =
    /// A database in a file (`Data Source=app.db`, or a bare path) or in named shared memory. Nothing is opened yet.
    let connect (connectionString: string) : Database =
        Database.create
            SqliteDialect.instance
            (SqliteConnections.pool connectionString)
            (SqliteConnections.target connectionString)
