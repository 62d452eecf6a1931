namespace SchemaToolkit

open System

/// What is computed from many rows. Beside plain columns in a decoder it groups by these.
[<Sealed; AbstractClass>]
type Aggregate private () =
    static let one (sqlFunction: SqlFunction) (resultType: ColumnType) (label: string) (column: ColumnHandle) =
        SqlBuild.call sqlFunction [ SqlBuild.name column.Name ], resultType, $"{label}_{column.Name}", [ column ]

    static let make (sql, resultType, label, columns) : Expression<'T> =
        Expression<'T>(sql, resultType, label, true, columns)

    static let sumOf (column: ColumnHandle) : Expression<'T> =
        let argument = column.Definition.Type

        let resultType =
            match argument with
            | ColumnType.SmallInt
            | ColumnType.Integer -> ColumnType.BigInt
            | ColumnType.Real
            | ColumnType.Double -> ColumnType.Double
            | _ -> ColumnType.Numeric None

        make (one (SqlFunction.Sum argument) resultType "sum" column)

    static let averageOf (column: ColumnHandle) : Expression<'T> =
        let argument = column.Definition.Type

        let resultType =
            match argument with
            | ColumnType.Numeric _ -> ColumnType.Numeric None
            | _ -> ColumnType.Double

        make (one (SqlFunction.Average argument) resultType "average" column)

    static let same (sqlFunction: ColumnType -> SqlFunction) (label: string) (column: ColumnHandle) : Expression<'T> =
        let argument = column.Definition.Type
        make (one (sqlFunction argument) argument label column)

    /// The number of rows.
    static member count: Expression<int64> = make (SqlBuild.call SqlFunction.Count [], ColumnType.BigInt, "count", [])

    /// The number of rows in which the column is not NULL.
    static member countOf(column: ColumnHandle) : Expression<int64> =
        make (one SqlFunction.Count ColumnType.BigInt "count" column)

    /// The number of different values; NULL is none.
    static member countDistinct(column: ColumnHandle) : Expression<int64> =
        let argument = SqlBuild.comparable column.Definition.Type (SqlBuild.name column.Name)

        make (
            SqlBuild.call SqlFunction.CountDistinct [ argument ],
            ColumnType.BigInt,
            $"distinct_{column.Name}",
            [ column ]
        )

    /// The number of different values of an expression, such as `Bucket.date createdAt`.
    static member countDistinct(expression: ExpressionHandle) : Expression<int64> =
        make (
            SqlBuild.call SqlFunction.CountDistinct [ expression.Sql ],
            ColumnType.BigInt,
            $"distinct_{expression.Label}",
            expression.Columns
        )

    /// The sum, exact for integers and decimals; None without rows.
    static member sum(column: Column<int16>) : Expression<int64 option> = sumOf column
    static member sum(column: Column<int16 option>) : Expression<int64 option> = sumOf column
    static member sum(column: Column<int>) : Expression<int64 option> = sumOf column
    static member sum(column: Column<int option>) : Expression<int64 option> = sumOf column
    static member sum(column: Column<int64>) : Expression<decimal option> = sumOf column
    static member sum(column: Column<int64 option>) : Expression<decimal option> = sumOf column
    static member sum(column: Column<decimal>) : Expression<decimal option> = sumOf column
    static member sum(column: Column<decimal option>) : Expression<decimal option> = sumOf column
    static member sum(column: Column<float32>) : Expression<float option> = sumOf column
    static member sum(column: Column<float32 option>) : Expression<float option> = sumOf column
    static member sum(column: Column<float>) : Expression<float option> = sumOf column
    static member sum(column: Column<float option>) : Expression<float option> = sumOf column

    /// The mean; of decimals exact to PostgreSQL's number of digits, of other numbers a float; None without rows.
    static member average(column: Column<int16>) : Expression<float option> = averageOf column
    static member average(column: Column<int16 option>) : Expression<float option> = averageOf column
    static member average(column: Column<int>) : Expression<float option> = averageOf column
    static member average(column: Column<int option>) : Expression<float option> = averageOf column
    static member average(column: Column<int64>) : Expression<float option> = averageOf column
    static member average(column: Column<int64 option>) : Expression<float option> = averageOf column
    static member average(column: Column<decimal>) : Expression<decimal option> = averageOf column
    static member average(column: Column<decimal option>) : Expression<decimal option> = averageOf column
    static member average(column: Column<float32>) : Expression<float option> = averageOf column
    static member average(column: Column<float32 option>) : Expression<float option> = averageOf column
    static member average(column: Column<float>) : Expression<float option> = averageOf column
    static member average(column: Column<float option>) : Expression<float option> = averageOf column

    /// The smallest value; None without rows.
    static member minimum(column: Column<'T>) : Expression<'T option> = same SqlFunction.Minimum "minimum" column

    /// The smallest value of an optional column.
    static member minimumOf(column: Column<'T option>) : Expression<'T option> =
        same SqlFunction.Minimum "minimum" column

    /// The largest value; None without rows.
    static member maximum(column: Column<'T>) : Expression<'T option> = same SqlFunction.Maximum "maximum" column

    /// The largest value of an optional column.
    static member maximumOf(column: Column<'T option>) : Expression<'T option> =
        same SqlFunction.Maximum "maximum" column

    /// The most common value, the smallest of those that are equally common; None without rows.
    static member mode(column: Column<'T>) : Expression<'T option> = same SqlFunction.Mode "mode" column

    /// The most common value of an optional column that is not NULL.
    static member modeOf(column: Column<'T option>) : Expression<'T option> = same SqlFunction.Mode "mode" column

/// Steps of the calendar, in UTC for instants. A bucket is read, grouped and ordered by.
[<Sealed; AbstractClass>]
type Bucket private () =
    static let truncate (unit: TimeUnit) (column: ColumnHandle) : Expression<'T> =
        let argument = column.Definition.Type
        let label = (string unit).ToLowerInvariant()

        Expression<'T>(
            SqlBuild.call (SqlFunction.Truncate(unit, argument)) [ SqlBuild.name column.Name ],
            argument,
            $"{label}_{column.Name}",
            false,
            [ column ]
        )

    static let dateOf (column: ColumnHandle) : Expression<'T> =
        Expression<'T>(
            SqlBuild.call (SqlFunction.Day column.Definition.Type) [ SqlBuild.name column.Name ],
            ColumnType.Date,
            $"date_{column.Name}",
            false,
            [ column ]
        )

    /// The beginning of the unit that the point in time lies in.
    static member by(unit: TimeUnit, column: Column<DateTimeOffset>) : Expression<DateTimeOffset> = truncate unit column
    static member by(unit: TimeUnit, column: Column<DateTime>) : Expression<DateTime> = truncate unit column

    /// The beginning of the hour.
    static member hour(column: Column<DateTimeOffset>) : Expression<DateTimeOffset> = truncate TimeUnit.Hour column
    static member hour(column: Column<DateTime>) : Expression<DateTime> = truncate TimeUnit.Hour column

    /// The beginning of the day.
    static member day(column: Column<DateTimeOffset>) : Expression<DateTimeOffset> = truncate TimeUnit.Day column
    static member day(column: Column<DateTime>) : Expression<DateTime> = truncate TimeUnit.Day column

    /// The calendar day.
    static member date(column: Column<DateTimeOffset>) : Expression<DateOnly> = dateOf column
    static member date(column: Column<DateTime>) : Expression<DateOnly> = dateOf column

/// Distances between a column and a vector of as many dimensions; order by one to search.
/// PostgreSQL takes them from pgvector and its indexes; SQLite computes them row by row.
[<RequireQualifiedAccess>]
module Vector =
    let private distance (kind: VectorDistance) (label: string) (column: ColumnHandle) (value: float32[]) =
        Expression<float>(
            SqlBuild.call
                (SqlFunction.Distance kind)
                [ SqlBuild.name column.Name; Sql [ SqlPart.Compared(column.Definition, value) ] ],
            ColumnType.Double,
            $"{label}_{column.Name}",
            false,
            [ column ],
            // No distance to NULL, no angle to a vector of zeros.
            WhenNull = Double.NaN
        )

    /// Euclidean distance.
    let l2 (column: Column<float32[]>) (value: float32[]) : Expression<float> =
        distance VectorDistance.L2 "l2" column value

    /// One minus the cosine of the angle: 0 is the same direction, 2 the opposite one.
    let cosine (column: Column<float32[]>) (value: float32[]) : Expression<float> =
        distance VectorDistance.Cosine "cosine" column value

    /// The negative inner product, so that smaller is nearer.
    let innerProduct (column: Column<float32[]>) (value: float32[]) : Expression<float> =
        distance VectorDistance.InnerProduct "inner_product" column value
