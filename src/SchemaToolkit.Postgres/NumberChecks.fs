namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Conditions over numbers that do not fit another type. Pure.
[<RequireQualifiedAccess>]
module internal NumberChecks =
    let range (columnType: ColumnType) =
        match columnType with
        | ColumnType.SmallInt -> Some("-32768", "32767")
        | ColumnType.Integer -> Some("-2147483648", "2147483647")
        | ColumnType.BigInt -> Some("-9223372036854775808", "9223372036854775807")
        | _ -> None

    let outside (low: string, high: string) value = $"({value} < {low} OR {value} > {high})"

    /// NaN and the infinities, which whole numbers and numeric(p,s) do not have.
    let private notFinite (before: ColumnType) value =
        let typeName =
            ColumnType.describe (if Casts.isFloat before then ColumnType.Double else ColumnType.Numeric None)

        $"{value}::{typeName} IN ('NaN', 'Infinity', '-Infinity')"

    let private infinite value = $"{value}::numeric IN ('Infinity', '-Infinity')"

    /// As numeric, which holds every number exactly.
    let exact value = $"{value}::numeric"

    /// The shortest digits that mean the number: a cast from a float to numeric keeps fifteen only.
    let digits (columnType: ColumnType) value =
        if Casts.isFloat columnType then $"{value}::text::numeric" else exact value

    /// None: every value fits.
    let failing (before: ColumnType) (after: ColumnType) (value: string) : string option =
        let mayBeStrange = not (PgType.isWhole before)

        match after, range after with
        | _, Some bounds ->
            let outside = outside bounds $"round({exact value})"

            Some(
                if mayBeStrange then
                    $"CASE WHEN {notFinite before value} THEN true ELSE {outside} END"
                else
                    outside
            )
        | ColumnType.Numeric(Some p), None ->
            let limit = "1" + String.replicate (max 0 (p.Precision - p.Scale)) "0"
            let tooLong = $"abs(round({exact value}, {p.Scale})) >= {limit}"

            // numeric(p,s) keeps NaN, but no infinity.
            Some(
                if mayBeStrange then
                    $"CASE WHEN {infinite value} THEN true WHEN {exact value} = 'NaN' THEN false ELSE {tooLong} END"
                else
                    tooLong
            )
        | ColumnType.Real, None when
            before = ColumnType.Double
            || (match before with
                | ColumnType.Numeric _ -> true
                | _ -> false)
            ->
            let size = $"abs({exact value})"

            Some
                $"CASE WHEN {notFinite before value} THEN false ELSE {size} >= 3.4028235677973366e38 OR ({size} > 0 AND {size} < 7.1e-46) END"
        | ColumnType.Double, None when not (PgType.isWhole before) && not (Casts.isFloat before) ->
            let size = $"abs({exact value})"

            Some
                $"CASE WHEN {notFinite before value} THEN false ELSE {size} >= 1.797693134862315807e308 OR ({size} > 0 AND {size} < 2.5e-324) END"
        | _ -> None
