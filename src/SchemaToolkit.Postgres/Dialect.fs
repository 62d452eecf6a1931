namespace SchemaToolkit

open System
open System.Data
open System.Data.Common
open System.Threading
open System.Threading.Tasks

/// How PostgreSQL writes SQL.
[<RequireQualifiedAccess>]
module PostgresDialect =
    let private quote (name: string) = "\"" + name.Replace("\"", "\"\"") + "\""

    let private unitName (unit: TimeUnit) =
        match unit with
        | TimeUnit.Second -> "second"
        | TimeUnit.Minute -> "minute"
        | TimeUnit.Hour -> "hour"
        | TimeUnit.Day -> "day"
        | TimeUnit.Week -> "week"
        | TimeUnit.Month -> "month"
        | TimeUnit.Quarter -> "quarter"
        | TimeUnit.Year -> "year"

    /// min or max; the types that PostgreSQL has none for go the way round another type with the same order.
    let private extreme (name: string) (logical: string) (columnType: ColumnType) (argument: string) =
        match columnType with
        | ColumnType.Boolean -> $"{logical}({argument})"
        | ColumnType.Uuid -> $"{name}({argument}::text)::uuid"
        | _ -> $"{name}({argument})"

    let private call (sqlFunction: SqlFunction) (arguments: string list) =
        let all = String.Join(", ", arguments)

        match sqlFunction with
        | SqlFunction.Count -> if arguments.IsEmpty then "count(*)" else $"count({all})"
        | SqlFunction.CountDistinct -> $"count(DISTINCT {all})"
        | SqlFunction.Sum ColumnType.Real -> $"sum({all}::double precision)"
        | SqlFunction.Sum _ -> $"sum({all})"
        | SqlFunction.Average(ColumnType.Numeric _) -> $"avg({all})"
        | SqlFunction.Average _ -> $"avg({all})::double precision"
        | SqlFunction.Minimum columnType -> extreme "min" "bool_and" columnType all
        | SqlFunction.Maximum columnType -> extreme "max" "bool_or" columnType all
        | SqlFunction.Mode _ -> $"mode() WITHIN GROUP (ORDER BY {all})"
        | SqlFunction.Truncate(unit, ColumnType.Timestamp) -> $"date_trunc('{unitName unit}', {all}, 'UTC')"
        | SqlFunction.Truncate(unit, _) -> $"date_trunc('{unitName unit}', {all})"
        | SqlFunction.Day ColumnType.Timestamp -> $"({all} AT TIME ZONE 'UTC')::date"
        | SqlFunction.Day _ -> $"{all}::date"
        | SqlFunction.Add _ -> "(" + String.Join(" + ", arguments) + ")"
        | SqlFunction.Like -> "(" + String.Join(" LIKE ", arguments) + ")"
        | SqlFunction.Distance distance ->
            let operator =
                match distance with
                | VectorDistance.L2 -> "<->"
                | VectorDistance.Cosine -> "<=>"
                | VectorDistance.InnerProduct -> "<#>"

            "(" + String.Join($" {operator} ", arguments) + ")"

    let private cast (columnType: ColumnType) (placeholder: string) =
        match columnType with
        | ColumnType.Vector _ -> $"{placeholder}::vector"
        | _ -> placeholder

    let private output (columnType: ColumnType) (expression: string) =
        match columnType with
        | ColumnType.Vector _ -> $"{expression}::real[]"
        | ColumnType.Enum _
        | ColumnType.Named _
        | ColumnType.Other _ -> $"{expression}::text"
        | ColumnType.Array(ColumnType.Enum _ | ColumnType.Named _ | ColumnType.Other _) -> $"{expression}::text[]"
        | _ -> expression

    let private beginTransaction
        (connection: DbConnection)
        (isolation: IsolationLevel)
        (cancellation: CancellationToken)
        =
        connection.BeginTransactionAsync(isolation, cancellation).AsTask()

    /// A dialect that asks `isPGlite` before each bulk insert.
    let private over (isPGlite: DbConnection -> CancellationToken -> Task<bool>) : Dialect =
        { Engine = "postgres"
          QuoteName = quote
          TableName = PostgresCopy.tableName
          Placeholder = fun n -> $"${n}"
          Parameter = PostgresCodec.parameter
          Operand = PostgresCodec.operand
          FreeParameter = PostgresCodec.freeParameter
          Read = PostgresCodec.read
          Cast = cast
          Output = output
          Comparable = fun _ expression -> expression
          Call = call
          LockRows = " FOR UPDATE"
          // The wire protocol counts parameters in 16 bits.
          MaxParameters = 65535
          Begin = beginTransaction
          Failure = PostgresFailure.explain
          BulkInsert = PostgresCopy.bulkInsert isPGlite }

    /// For any server; a bulk insert asks the server what it is.
    let instance: Dialect = over PostgresConnections.isPGlite

    /// For one server, which is asked once what it is.
    let forServer () : Dialect =
        let known = ref ValueNone

        over (fun connection cancellation ->
            task {
                match known.Value with
                | ValueSome answer -> return answer
                | ValueNone ->
                    let! answer = PostgresConnections.isPGlite connection cancellation
                    known.Value <- ValueSome answer
                    return answer
            })

/// PostgreSQL and PGLite databases.
[<RequireQualifiedAccess>]
module PostgresDatabase =
    /// A database over a data source of the caller's own.
    let ofDataSource (source: Npgsql.NpgsqlDataSource) (target: string) : Database =
        Database.create (PostgresDialect.forServer ()) (PostgresConnections.pool source) target

    /// `Host=…;…` or `postgres://…`. For PGLite add `Pooling=false`. Nothing is opened yet.
    let connect (connectionString: string) : Database =
        ofDataSource (PostgresConnections.dataSource connectionString) (PostgresConnections.target connectionString)
