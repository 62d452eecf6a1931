namespace SchemaToolkit

open System
open System.Reflection

/// What a NULL becomes for a .NET type, and how a boxed value becomes it.
[<Sealed; AbstractClass>]
type internal Materialise<'T> private () =
    static let target = typeof<'T>

    static let convert: objnull -> 'T =
        if Optional.isOption target then
            let wrap =
                typeof<Wrap>.GetMethod("Option", BindingFlags.Static ||| BindingFlags.Public ||| BindingFlags.NonPublic)
                |> Unchecked.nonNull

            let made = wrap.MakeGenericMethod(target.GetGenericArguments()).Invoke(null, [||])
            unbox<objnull -> 'T> made
        else
            // A null becomes the default of Nullable and of reference types; others are stopped before.
            fun value -> if isNull value then Unchecked.defaultof<'T> else unbox<'T> value

    /// Options and Nullable; a reference type only where its column is nullable.
    static member val HoldsNull = Optional.isOption target || Optional.isNullable target

    static member Convert: objnull -> 'T = convert

and [<Sealed; AbstractClass>] internal Wrap private () =
    static member Option<'U>() : objnull -> 'U option =
        fun value ->
            match value with
            | null -> None
            | value -> Some(unbox<'U> value)

    /// A value as a boxed option.
    static member Boxed<'U>() : objnull -> objnull =
        fun value ->
            match value with
            | null -> null
            | value -> box (Some(unbox<'U> value))

    /// What a boxed option holds.
    static member Unboxed<'U>() : objnull -> objnull =
        fun value ->
            match value with
            | :? ('U option) as option ->
                match option with
                | Some held -> box held
                | None -> null
            | _ -> null

/// The column type that a .NET value has where no column says it.
[<RequireQualifiedAccess>]
module internal ClrType =
    let private known: (Type * ColumnType) list =
        [ typeof<Guid>, ColumnType.Uuid
          typeof<string>, ColumnType.Text
          typeof<int16>, ColumnType.SmallInt
          typeof<int>, ColumnType.Integer
          typeof<int64>, ColumnType.BigInt
          typeof<float32>, ColumnType.Real
          typeof<float>, ColumnType.Double
          typeof<decimal>, ColumnType.Numeric None
          typeof<bool>, ColumnType.Boolean
          typeof<DateOnly>, ColumnType.Date
          typeof<TimeOnly>, ColumnType.Time
          typeof<DateTime>, ColumnType.LocalTimestamp
          typeof<DateTimeOffset>, ColumnType.Timestamp
          typeof<TimeSpan>, ColumnType.Interval
          typeof<Text.Json.JsonElement>, ColumnType.Jsonb
          typeof<byte[]>, ColumnType.Bytea ]

    let rec columnType (clr: Type) : ColumnType =
        let clr = Optional.inner clr

        match known |> List.tryFind (fun (found, _) -> found = clr), clr.GetElementType() with
        | Some(_, columnType), _ -> columnType
        | None, (NonNull element) when clr.IsArray -> ColumnType.Array(columnType element)
        | None, _ ->
            DataError.definition
                clr.Name
                $"A value of type {clr.Name} cannot be read from a database."
                "Read it as one of the types of ColumnType.clrType."
            |> DataError.raiseIt
