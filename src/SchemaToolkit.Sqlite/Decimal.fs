namespace SchemaToolkit

open System
open System.Globalization
open System.Numerics

/// A decimal of any length: `Unscaled` divided by ten to the power of `Scale`.
[<Struct>]
type internal BigDecimal = { Unscaled: BigInteger; Scale: int }

/// Exact decimal arithmetic on text, for SQLite, which has none.
[<RequireQualifiedAccess>]
module internal BigDecimal =
    let zero = { Unscaled = BigInteger.Zero; Scale = 0 }

    let private power (exponent: int) = BigInteger.Pow(BigInteger 10, exponent)

    /// Reads `-12.340`; None for anything else.
    let tryParse (text: string) =
        let point = text.IndexOf '.'
        let digits = if point < 0 then text else text.Remove(point, 1)

        match BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) with
        | true, unscaled ->
            Some
                { Unscaled = unscaled
                  Scale = (if point < 0 then 0 else digits.Length - point) }
        | _ -> None

    let toText (value: BigDecimal) =
        let digits = BigInteger.Abs(value.Unscaled).ToString(CultureInfo.InvariantCulture)
        let sign = if value.Unscaled.Sign < 0 then "-" else ""

        if value.Scale = 0 then
            sign + digits
        else
            let padded = digits.PadLeft(value.Scale + 1, '0')
            let whole = padded.Length - value.Scale
            sign + padded.Insert(whole, ".")

    let private atScale scale (value: BigDecimal) = value.Unscaled * power (scale - value.Scale)

    let add a b =
        let scale = max a.Scale b.Scale
        { Unscaled = atScale scale a + atScale scale b; Scale = scale }

    let compare a b =
        let scale = max a.Scale b.Scale
        BigInteger.Compare(atScale scale a, atScale scale b)

    /// Weight and value of the first base-10000 digit, as PostgreSQL keeps numerics.
    let private firstDigit (value: BigDecimal) =
        if value.Unscaled.IsZero then
            0, BigInteger.Zero
        else
            // Align the point to a border between base-10000 digits.
            let scale = (value.Scale + 3) / 4 * 4
            let digits = BigInteger.Abs(atScale scale value).ToString CultureInfo.InvariantCulture
            let weight = (digits.Length + 3) / 4 - 1 - scale / 4
            weight, BigInteger.Parse(digits.Substring(0, digits.Length - (digits.Length - 1) / 4 * 4))

    /// Division by a count with the scale that PostgreSQL's avg gives (numeric.c, select_div_scale), half away from zero.
    let average (sum: BigDecimal) (count: int64) =
        let divisor = { Unscaled = BigInteger count; Scale = 0 }
        let weight1, digit1 = firstDigit sum
        let weight2, digit2 = firstDigit divisor
        let quotientWeight = weight1 - weight2 - (if digit1 <= digit2 then 1 else 0)
        let scale = 16 - quotientWeight * 4 |> max sum.Scale |> max 0 |> min 1000
        let dividend = atScale scale { sum with Scale = sum.Scale } |> BigInteger.Abs
        let half = (dividend * BigInteger 2 + divisor.Unscaled) / (divisor.Unscaled * BigInteger 2)
        { Unscaled = half * BigInteger sum.Unscaled.Sign; Scale = scale }

    /// The text of a System.Decimal, as this module reads it.
    let textOf (value: decimal) =
        // -0 and 0 are one number; numeric has no sign for it.
        let text = value.ToString CultureInfo.InvariantCulture
        if value = 0M && text.StartsWith '-' then text.Substring 1 else text

    /// The System.Decimal with exactly this value; fails with `OverflowException` when there is none.
    let toDecimal (text: string) : decimal =
        let parsed =
            Decimal.Parse(
                text,
                NumberStyles.AllowLeadingSign ||| NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture
            )

        // Up to 28 characters nothing can have been rounded away.
        if text.Length > 28 then
            let whole = tryParse text
            let kept = tryParse (textOf parsed)

            match whole, kept with
            | Some whole, Some kept when compare whole kept = 0 -> ()
            | _ -> raise (OverflowException "The number has more digits than System.Decimal holds.")

        parsed
