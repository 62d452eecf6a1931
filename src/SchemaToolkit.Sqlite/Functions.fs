namespace SchemaToolkit

open System
open System.Collections.Generic
open System.Globalization
open System.Numerics
open System.Text
open System.Text.RegularExpressions
open Microsoft.Data.Sqlite

/// What SQLite lacks and PostgreSQL has: exact decimals, the mode, distances between vectors. Each connection needs them;
/// `SqliteConnections` sees to it.
[<RequireQualifiedAccess>]
module SqliteFunctions =
    let private invariant = CultureInfo.InvariantCulture

    /// Orders numerics kept as text by their values. Text that is no number comes last, by its code units, so that the
    /// order is total.
    let compareDecimals (a: string) (b: string) =
        // Up to 28 characters System.Decimal is exact and several times faster.
        let small (text: string) =
            if text.Length > 28 then
                ValueNone
            else
                match
                    Decimal.TryParse(text, NumberStyles.AllowLeadingSign ||| NumberStyles.AllowDecimalPoint, invariant)
                with
                | true, value -> ValueSome value
                | _ -> ValueNone

        match small a, small b with
        | ValueSome x, ValueSome y -> Decimal.Compare(x, y)
        | _ ->
            match BigDecimal.tryParse a, BigDecimal.tryParse b with
            | Some x, Some y -> BigDecimal.compare x y
            | Some _, None -> -1
            | None, Some _ -> 1
            | None, None -> String.CompareOrdinal(a, b)

    [<Sealed>]
    type private Sum() =
        member val Count = 0L with get, set
        member val Total = BigDecimal.zero with get, set

    let private isNull (value: objnull) =
        match value with
        | null
        | :? DBNull -> true
        | _ -> false

    let private number (value: obj) =
        match value with
        | :? int64 as v -> { Unscaled = BigInteger v; Scale = 0 }
        | :? string as text ->
            match BigDecimal.tryParse text with
            | Some value -> value
            | None -> raise (FormatException "decimal_sum takes decimal text.")
        | _ -> raise (FormatException "decimal_sum takes decimals and integers.")

    // The driver shares the seed between groups, so it is null and the state is made by the first row.
    let private addTo (state: Sum | null) (value: objnull) : Sum | null =
        if isNull value then
            state
        else
            let state =
                match state with
                | null -> Sum()
                | state -> state

            state.Count <- state.Count + 1L
            state.Total <- BigDecimal.add state.Total (number (Unchecked.nonNull value))
            state

    let private sum (state: Sum | null) : string | null =
        match state with
        | null -> null
        | state -> BigDecimal.toText state.Total

    let private average (state: Sum | null) : string | null =
        match state with
        | null -> null
        | state -> BigDecimal.toText (BigDecimal.average state.Total state.Count)

    /// Counts values under a comparison; the smallest of the most common wins.
    [<Sealed>]
    type private Counts(comparer: IComparer<obj>) =
        member val Found = SortedDictionary<obj, int64>(comparer)

    let private rank (value: obj) =
        match value with
        | :? int64
        | :? float -> 0
        | :? string -> 1
        | _ -> 2

    /// SQLite's own order of storage classes: numbers, text, blobs.
    let private compareValues (compareText: string -> string -> int) (a: obj) (b: obj) =
        match a, b with
        | (:? int64 as x), (:? int64 as y) -> compare x y
        | (:? string as x), (:? string as y) -> compareText x y
        | (:? (byte[]) as x), (:? (byte[]) as y) -> x.AsSpan().SequenceCompareTo(y)
        | _ when rank a = 0 && rank b = 0 -> compare (Convert.ToDouble(a, invariant)) (Convert.ToDouble(b, invariant))
        | _ -> compare (rank a) (rank b)

    let private comparer compareText = Comparer<obj>.Create(Comparison(fun a b -> compareValues compareText a b))
    let private plain = comparer (fun a b -> String.CompareOrdinal(a, b))
    let private decimals = comparer compareDecimals

    let private tally (order: IComparer<obj>) (state: Counts | null) (value: objnull) : Counts | null =
        if isNull value then
            state
        else
            let value = Unchecked.nonNull value

            let state =
                match state with
                | null -> Counts order
                | state -> state

            match state.Found.TryGetValue value with
            | true, count -> state.Found[value] <- count + 1L
            | _ -> state.Found[value] <- 1L

            state

    let private mode (state: Counts | null) : objnull =
        match state with
        | null -> null
        | state ->
            // The first of the largest counts, in sort order.
            let mutable best: objnull = null
            let mutable most = 0L

            for KeyValue(value, count) in state.Found do
                if count > most then
                    best <- value
                    most <- count

            best

    let private distance
        (name: string)
        (measure: float32[] -> float32[] -> float)
        (a: byte[] | null)
        (b: byte[] | null)
        =
        match a, b with
        | null, _
        | _, null -> Nullable()
        | a, b ->
            let x = SqliteCodec.vectorOfBlob a
            let y = SqliteCodec.vectorOfBlob b

            if x.Length <> y.Length then
                raise (ArgumentException $"{name}: the vectors have {x.Length} and {y.Length} dimensions.")

            let measured = measure x y
            if Double.IsNaN measured then Nullable() else Nullable measured

    let private inner (x: float32[]) (y: float32[]) =
        let mutable total = 0.0

        for i in 0 .. x.Length - 1 do
            total <- total + float x[i] * float y[i]

        total

    let private l2 (x: float32[]) (y: float32[]) =
        let mutable total = 0.0

        for i in 0 .. x.Length - 1 do
            let difference = float x[i] - float y[i]
            total <- total + difference * difference

        Math.Sqrt total

    let private cosine (x: float32[]) (y: float32[]) =
        let similarity = inner x y / Math.Sqrt(inner x x * inner y y)
        1.0 - Math.Clamp(similarity, -1.0, 1.0)

    let private microseconds (text: string | null) =
        match text with
        | null -> Nullable()
        | text ->
            let format = @"d\.hh\:mm\:ss\.ffffff"
            let size = TimeSpan.ParseExact(text.TrimStart '-', format, invariant).Ticks / 10L
            Nullable(if text.StartsWith '-' then -size else size)

    let private decimalAdd (a: string | null) (b: string | null) : string | null =
        match a, b with
        | null, _
        | _, null -> null
        | a, b ->
            match BigDecimal.tryParse a, BigDecimal.tryParse b with
            | Some x, Some y -> BigDecimal.toText (BigDecimal.add x y)
            | _ -> raise (FormatException "decimal_add takes decimal text.")

    /// LIKE as PostgreSQL has it: `%` any text, `_` one character, `\` before a character that means itself.
    let internal like (text: string) (pattern: string) =
        let literal (c: char) = Regex.Escape(string c)

        let rec translate i (regex: StringBuilder) =
            if i >= pattern.Length then
                regex
            else
                match pattern[i] with
                | '%' -> translate (i + 1) (regex.Append ".*")
                | '_' -> translate (i + 1) (regex.Append @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|.)")
                | '\\' when i + 1 < pattern.Length -> translate (i + 2) (regex.Append(literal pattern[i + 1]))
                | c -> translate (i + 1) (regex.Append(literal c))

        let regex = translate 0 (StringBuilder @"\A") |> _.Append(@"\z") |> string
        Regex.IsMatch(text, regex, RegexOptions.Singleline ||| RegexOptions.CultureInvariant)

    let private likeText (text: string | null) (pattern: string | null) =
        match text, pattern with
        | null, _
        | _, null -> Nullable()
        | text, pattern -> Nullable(like text pattern)

    let private vectorFunction (connection: SqliteConnection) name measure =
        connection.CreateFunction<byte[] | null, byte[] | null, Nullable<float>>(
            name,
            (fun a b -> distance name measure a b),
            isDeterministic = true
        )

    let private summing (connection: SqliteConnection) name (result: Sum | null -> string | null) =
        connection.CreateAggregate<objnull, Sum | null, string | null>(
            name,
            null,
            (fun state value -> addTo state value),
            (fun state -> result state),
            isDeterministic = true
        )

    let private counting (connection: SqliteConnection) name (order: IComparer<obj>) =
        connection.CreateAggregate<objnull, Counts | null, objnull>(
            name,
            null,
            (fun state value -> tally order state value),
            (fun state -> mode state),
            isDeterministic = true
        )

    /// Registers collation `decimal`, aggregates `decimal_sum`, `decimal_avg`, `mode_value`, `mode_decimal`, and functions
    /// `decimal_add`, `like_text`, `vector_l2`, `vector_cosine`, `vector_inner`, `interval_us` on an open connection.
    let register (connection: SqliteConnection) =
        connection.CreateCollation("decimal", (fun a b -> compareDecimals a b))
        summing connection "decimal_sum" sum
        summing connection "decimal_avg" average
        counting connection "mode_value" plain
        counting connection "mode_decimal" decimals
        vectorFunction connection "vector_l2" l2
        vectorFunction connection "vector_cosine" cosine
        vectorFunction connection "vector_inner" (fun x y -> -(inner x y))

        connection.CreateFunction<string | null, string | null, string | null>(
            "decimal_add",
            (fun a b -> decimalAdd a b),
            isDeterministic = true
        )

        connection.CreateFunction<string | null, string | null, Nullable<bool>>(
            "like_text",
            (fun text pattern -> likeText text pattern),
            isDeterministic = true
        )

        connection.CreateFunction<string | null, Nullable<int64>>(
            "interval_us",
            (fun text -> microseconds text),
            isDeterministic = true
        )
