namespace SchemaToolkit

/// What a change of type means for values, whatever the engine.
[<RequireQualifiedAccess>]
type TypeChange =
    /// Every value of the old type is the same value in the new one.
    | Widening
    /// The same kind of value with less room: the rows decide.
    | Narrowing
    /// Another kind of value.
    | Conversion

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module TypeChange =
    let private byRoom (wider: bool) = if wider then TypeChange.Widening else TypeChange.Narrowing

    /// Decimal digits that fit before the point.
    let private integerDigits columnType =
        match columnType with
        | ColumnType.SmallInt -> Some 5
        | ColumnType.Integer -> Some 10
        | ColumnType.BigInt -> Some 19
        | _ -> None

    let rec classify (before: ColumnType) (after: ColumnType) : TypeChange =
        match before, after with
        | a, b when a = b -> TypeChange.Widening
        | ColumnType.Varchar a, ColumnType.Varchar b -> byRoom (b >= a)
        | ColumnType.Varchar _, ColumnType.Text -> TypeChange.Widening
        | ColumnType.Text, ColumnType.Varchar _ -> TypeChange.Narrowing
        // char(n) pads: its blanks are lost or gained on the way.
        | ColumnType.Char _, (ColumnType.Char _ | ColumnType.Varchar _ | ColumnType.Text)
        | (ColumnType.Varchar _ | ColumnType.Text), ColumnType.Char _ -> TypeChange.Narrowing
        | ColumnType.Enum _, (ColumnType.Text | ColumnType.Varchar _) -> TypeChange.Narrowing
        | ColumnType.SmallInt, (ColumnType.Integer | ColumnType.BigInt)
        | ColumnType.Integer, ColumnType.BigInt -> TypeChange.Widening
        | ColumnType.BigInt, (ColumnType.Integer | ColumnType.SmallInt)
        | ColumnType.Integer, ColumnType.SmallInt -> TypeChange.Narrowing
        | (ColumnType.SmallInt | ColumnType.Integer | ColumnType.BigInt), ColumnType.Numeric None -> TypeChange.Widening
        | (ColumnType.SmallInt | ColumnType.Integer | ColumnType.BigInt), ColumnType.Numeric(Some p) ->
            byRoom (integerDigits before |> Option.exists (fun digits -> p.Precision - p.Scale >= digits))
        | ColumnType.Numeric _, (ColumnType.SmallInt | ColumnType.Integer | ColumnType.BigInt) -> TypeChange.Narrowing
        | ColumnType.Numeric _, ColumnType.Numeric None -> TypeChange.Widening
        | ColumnType.Numeric None, ColumnType.Numeric(Some _) -> TypeChange.Narrowing
        | ColumnType.Numeric(Some a), ColumnType.Numeric(Some b) ->
            byRoom (b.Scale >= a.Scale && b.Precision - b.Scale >= a.Precision - a.Scale)
        | ColumnType.Real, ColumnType.Double -> TypeChange.Widening
        | ColumnType.Double, ColumnType.Real -> TypeChange.Narrowing
        | (ColumnType.SmallInt | ColumnType.Integer), ColumnType.Double -> TypeChange.Widening
        | ColumnType.SmallInt, ColumnType.Real -> TypeChange.Widening
        | ColumnType.Date, ColumnType.LocalTimestamp -> TypeChange.Widening
        | ColumnType.LocalTimestamp, ColumnType.Date -> TypeChange.Narrowing
        | ColumnType.Json, ColumnType.Jsonb -> TypeChange.Narrowing
        | ColumnType.Jsonb, ColumnType.Json -> TypeChange.Widening
        | ColumnType.Array a, ColumnType.Array b -> classify a b
        // Leaving a domain keeps every value; entering one, its conditions decide.
        | ColumnType.Domain(_, a), (ColumnType.Domain _ as b) when a <> b ->
            classify a (ColumnType.underlying b) |> max TypeChange.Narrowing
        | ColumnType.Domain(_, a), b -> classify a b
        | a, ColumnType.Domain(_, b) -> classify a b |> max TypeChange.Narrowing
        | _ -> TypeChange.Conversion
