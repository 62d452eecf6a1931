namespace SchemaToolkit

open System
open System.Buffers
open System.Globalization
open System.Text
open System.Text.Json

/// Whether a value fits a column type, and what becomes of it: the same answer on every engine, given before anything is
/// sent. Fails with `ArgumentException`; the message never holds the value.
[<RequireQualifiedAccess>]
module Fit =
    let private refuse (message: string) : 'T = raise (ArgumentException message)

    let private strict = UTF8Encoding(false, true)
    let private surrogates = SearchValues.Create(Array.init 0x800 (fun i -> char (0xD800 + i)))

    /// Text that every engine can hold: no NUL and no half of a surrogate pair.
    let private text (value: string) =
        if value.Contains '\000' then
            refuse "The text holds a NUL character, which no engine keeps."

        if value.AsSpan().IndexOfAny surrogates >= 0 then
            try
                strict.GetByteCount value |> ignore
            with :? EncoderFallbackException ->
                refuse "The text is not valid Unicode: it holds half of a surrogate pair."

        value

    /// Characters as the engines count them: code points.
    let private length (value: string) =
        let mutable count = value.Length

        for c in value do
            if Char.IsLowSurrogate c then
                count <- count - 1

        count

    let private atMost limit (value: string) =
        if value.Length > limit then
            let characters = length value

            if characters > limit then
                refuse $"The text is {characters} characters long; the column holds {limit}."

        value

    let private padded limit (value: string) =
        let missing = limit - length value
        if missing > 0 then value + String(' ', missing) else value

    /// Ticks (100 ns) to whole microseconds, half away from zero; where that would leave the type's range, towards zero.
    let private microseconds (largest: int64) (ticks: int64) =
        let rest = ticks % 10L
        let down = ticks - rest

        if rest >= 5L && down <= largest - 10L then down + 10L
        elif rest <= -5L && down >= Int64.MinValue + 10L then down - 10L
        else down

    /// Rounds half away from zero to the column's scale, as PostgreSQL does, and refuses what has too many digits before it.
    let private numeric (precision: NumericPrecision) (value: decimal) =
        let rounded =
            if precision.Scale >= 0 && precision.Scale <= 28 then
                Math.Round(value, precision.Scale, MidpointRounding.AwayFromZero)
            elif precision.Scale < 0 then
                let unit = pown 10M -precision.Scale
                Math.Round(value / unit, 0, MidpointRounding.AwayFromZero) * unit
            else
                value

        let whole = precision.Precision - precision.Scale

        if whole <= 28 && abs rounded >= (if whole >= 0 then pown 10M whole else 1M / pown 10M -whole) then
            refuse
                $"The number has more than {whole} digits before the point; the column is numeric({precision.Precision},{precision.Scale})."

        // Exactly `scale` digits after the point, so that what is written is what is read.
        if precision.Scale > 0 && precision.Scale <= 28 then
            rounded + Decimal(0, 0, 0, false, byte precision.Scale)
        else
            rounded

    let private wrongType (columnType: ColumnType) (value: obj) =
        let expected = (ColumnType.clrType columnType).Name
        refuse $"A column of type {ColumnType.describe columnType} takes {expected}, not {value.GetType().Name}."

    let rec private fit (comparing: bool) (columnType: ColumnType) (value: obj) : obj =
        match columnType, value with
        | ColumnType.Domain(_, over), _ -> fit comparing over value
        | ColumnType.Uuid, (:? Guid)
        | ColumnType.SmallInt, (:? int16)
        | ColumnType.Integer, (:? int)
        | ColumnType.BigInt, (:? int64)
        | ColumnType.Real, (:? float32)
        | ColumnType.Double, (:? float)
        | ColumnType.Boolean, (:? bool)
        | ColumnType.Date, (:? DateOnly)
        | ColumnType.Bytea, (:? (byte[])) -> value
        | (ColumnType.Text | ColumnType.Enum _ | ColumnType.Named _ | ColumnType.Other _), (:? string as v) -> text v
        | ColumnType.Varchar limit, (:? string as v) -> if comparing then text v else atMost limit (text v)
        | ColumnType.Char limit, (:? string as v) -> padded limit (if comparing then text v else atMost limit (text v))
        | ColumnType.Numeric(Some precision), (:? decimal as v) when not comparing -> numeric precision v
        | ColumnType.Numeric _, (:? decimal) -> value
        | ColumnType.Time, (:? TimeOnly as v) -> TimeOnly(microseconds TimeOnly.MaxValue.Ticks v.Ticks)
        | ColumnType.LocalTimestamp, (:? DateTime as v) ->
            if v.Kind <> DateTimeKind.Unspecified then
                refuse $"A timestamp without time zone takes a DateTime of kind Unspecified, not {v.Kind}."

            DateTime(microseconds DateTime.MaxValue.Ticks v.Ticks, DateTimeKind.Unspecified)
        | ColumnType.Timestamp, (:? DateTimeOffset as v) ->
            if v.Offset <> TimeSpan.Zero then
                refuse "A timestamptz takes a DateTimeOffset with offset zero; call ToUniversalTime first."

            DateTimeOffset(microseconds DateTime.MaxValue.Ticks v.Ticks, TimeSpan.Zero)
        | ColumnType.Interval, (:? TimeSpan as v) -> TimeSpan(microseconds Int64.MaxValue v.Ticks)
        | (ColumnType.Json | ColumnType.Jsonb), (:? JsonElement as v) ->
            if v.ValueKind = JsonValueKind.Undefined then
                refuse "The JSON value is undefined: a default JsonElement holds nothing."

            v
        | ColumnType.Vector dimensions, (:? (float32[]) as v) ->
            if v.Length <> dimensions then
                refuse $"The vector has {v.Length} dimensions; the column has {dimensions}."

            if v |> Array.exists (Single.IsFinite >> not) then
                refuse "The vector holds a value that is not a finite number."

            v
        | ColumnType.Array element, (:? Array as v) when v.Rank = 1 -> elements comparing element v
        | (ColumnType.Uuid | ColumnType.Text | ColumnType.Varchar _ | ColumnType.Char _ | ColumnType.SmallInt | ColumnType.Integer | ColumnType.BigInt | ColumnType.Real | ColumnType.Double | ColumnType.Numeric _ | ColumnType.Boolean | ColumnType.Date | ColumnType.Time | ColumnType.LocalTimestamp | ColumnType.Timestamp | ColumnType.Interval | ColumnType.Json | ColumnType.Jsonb | ColumnType.Bytea | ColumnType.Vector _ | ColumnType.Enum _ | ColumnType.Named _ | ColumnType.Other _ | ColumnType.Array _),
          _ -> wrongType columnType value

    and private elements comparing element (values: Array) =
        let clr = ColumnType.clrType element

        if values.GetType().GetElementType() <> clr then
            wrongType (ColumnType.Array element) values

        let fitted = Array.CreateInstance(clr, values.Length)

        for i in 0 .. values.Length - 1 do
            match values.GetValue i with
            | null -> refuse $"The array's element {i} is null; arrays hold values only."
            | value -> fitted.SetValue(fit comparing element value, i)

        fitted

    /// The value as a column of the type keeps it: rounded to microseconds and to the numeric's scale, blank-padded for
    /// char(n). Too long, out of range or of another .NET type is an error.
    let store (columnType: ColumnType) (value: obj) : obj = fit false columnType value

    /// The value as it is compared with a column of the type: it may be longer or more precise than the column.
    let compare (columnType: ColumnType) (value: obj) : obj = fit true columnType value

    let private invariant = CultureInfo.InvariantCulture

    /// `YYYY-MM-DDTHH:MM:SS.ffffff`, which sorts as text.
    let timestampText (value: DateTime) = value.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", invariant)

    /// As `timestampText`, in UTC, with `Z`.
    let instantText (value: DateTimeOffset) = timestampText value.UtcDateTime + "Z"

    let dateText (value: DateOnly) = value.ToString("yyyy-MM-dd", invariant)
    let timeText (value: TimeOnly) = value.ToString("HH:mm:ss.ffffff", invariant)

    /// `[-]days.hh:mm:ss.ffffff`.
    let intervalText (value: TimeSpan) =
        let sign = if value < TimeSpan.Zero then "-" else ""
        sign + value.ToString(@"d\.hh\:mm\:ss\.ffffff", invariant)
