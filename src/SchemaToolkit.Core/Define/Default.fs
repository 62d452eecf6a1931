namespace SchemaToolkit

open System
open System.Globalization
open System.Text.Json

/// A column's default, typed by the column's value.
[<Sealed>]
type Default<'T>(definition: ColumnDefault) =
    member _.Definition = definition

/// The words for defaults.
[<RequireQualifiedAccess>]
module Default =
    let private invariant = CultureInfo.InvariantCulture

    /// The literal that writes a .NET value; an error for a type that has none.
    let literalOf (value: obj) : Literal =
        match value with
        | :? bool as v -> Literal.Boolean v
        | :? int16 as v -> Literal.Integer(int64 v)
        | :? int as v -> Literal.Integer(int64 v)
        | :? int64 as v -> Literal.Integer v
        | :? float32 as v -> Literal.Number(v.ToString("R", invariant))
        | :? float as v -> Literal.Number(v.ToString("R", invariant))
        | :? decimal as v -> Literal.Number(v.ToString invariant)
        | :? string as v -> Literal.Text v
        | :? Guid as v -> Literal.Text(v.ToString "D")
        | :? DateOnly as v -> Literal.Text(v.ToString("yyyy-MM-dd", invariant))
        | :? TimeOnly as v -> Literal.Text(v.ToString("HH:mm:ss.ffffff", invariant))
        | :? DateTime as v -> Literal.Text(v.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", invariant))
        | :? DateTimeOffset as v ->
            Literal.Text(v.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", invariant))
        | :? JsonElement as v -> Literal.Text(v.GetRawText())
        | :? (byte[]) as v -> Literal.Bytes(Convert.ToHexStringLower v)
        | other ->
            invalidArg "value" $"A default cannot be written as a literal of {other.GetType().Name}; use Default.sql."

    /// A constant.
    let value (value: 'T) : Default<'T> = Default<'T>(ColumnDefault.Literal(literalOf (box value |> Unchecked.nonNull)))

    /// A random UUID, version 4 (RFC 9562), made by the engine.
    let newUuid: Default<Guid> = Default<Guid> ColumnDefault.NewUuid

    /// The time at which the inserting transaction began.
    let now: Default<DateTimeOffset> = Default<DateTimeOffset> ColumnDefault.Now

    /// The date and time of the inserting transaction, without a zone.
    let localNow: Default<DateTime> = Default<DateTime> ColumnDefault.Now

    /// `{}`.
    let emptyObject: Default<JsonElement> = Default<JsonElement>(ColumnDefault.Literal(Literal.Text "{}"))

    /// `[]`.
    let emptyArray: Default<JsonElement> = Default<JsonElement>(ColumnDefault.Literal(Literal.Text "[]"))

    /// An expression in SQL that every engine understands.
    let sql (text: string) : Default<'T> = Default<'T>(ColumnDefault.Expression(SqlText.raw text))

    /// An expression with its own text for each engine, as pairs of engine and SQL.
    let sqlPer (texts: (string * string) list) : Default<'T> =
        let perEngine = texts |> List.map (fun (engine, text) -> engine, [ SqlFragment.Text text ])
        Default<'T>(ColumnDefault.Expression(SqlText.PerEngine perEngine))

    /// The next number of a sequence (PostgreSQL).
    let next (sequence: SchemaObject) : Default<'T> =
        [ SqlFragment.Text "nextval('"; SqlFragment.Table sequence.Key.Name; SqlFragment.Text "')" ]
        |> SqlText.Portable
        |> ColumnDefault.Expression
        |> Default<'T>
