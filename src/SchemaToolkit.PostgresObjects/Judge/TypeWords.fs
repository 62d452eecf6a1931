namespace SchemaToolkit.PostgresObjects

open System
open SchemaToolkit

/// What a change of a column's type does to its values and its table, from the types as the catalog prints them.
[<RequireQualifiedAccess>]
module internal TypeWords =
    /// The name without what stands in parentheses (`timestamp(3) with time zone`), and those numbers.
    let private apart (text: string) : string * int list =
        match text.IndexOf '(', text.IndexOf ')' with
        | opens, closes when opens > 0 && closes > opens ->
            let numbers = text.Substring(opens + 1, closes - opens - 1).Split(',')

            if numbers |> Array.forall (fun n -> fst (Int32.TryParse n)) then
                text.Remove(opens, closes - opens + 1), numbers |> Array.map int |> List.ofArray
            else
                text, []
        | _ -> text, []

    let rec private parse (text: string) : ColumnType =
        if text.EndsWith("[]", StringComparison.Ordinal) then
            ColumnType.Array(parse (text.Substring(0, text.Length - 2)))
        else
            match apart text with
            | ("text" | "character varying"), [] -> ColumnType.Text
            | "character varying", [ length ] -> ColumnType.Varchar length
            | "character", [ length ] -> ColumnType.Char length
            | "smallint", [] -> ColumnType.SmallInt
            | "integer", [] -> ColumnType.Integer
            | "bigint", [] -> ColumnType.BigInt
            | "real", [] -> ColumnType.Real
            | "double precision", [] -> ColumnType.Double
            | "numeric", [] -> ColumnType.Numeric None
            | "numeric", [ precision; scale ] -> ColumnType.Numeric(Some { Precision = precision; Scale = scale })
            | "date", [] -> ColumnType.Date
            | "timestamp without time zone", [] -> ColumnType.LocalTimestamp
            | "timestamp with time zone", [] -> ColumnType.Timestamp
            | "json", [] -> ColumnType.Json
            | "jsonb", [] -> ColumnType.Jsonb
            | _ -> ColumnType.Other text

    /// One type with more or less room in its parentheses; None where that is not the difference.
    let private room (before: string) (after: string) : TypeChange option =
        let (a, x), (b, y) = apart before, apart after
        let sized = a.StartsWith("bit", StringComparison.Ordinal) |> not

        match x, y with
        | _ when a <> b || parse before <> ColumnType.Other before -> None
        | [ _ ], [] when a <> "bit" -> Some TypeChange.Widening
        | [], [ _ ] -> Some TypeChange.Narrowing
        | [ m ], [ n ] when sized || a = "bit varying" ->
            Some(if n >= m then TypeChange.Widening else TypeChange.Narrowing)
        | _ -> None

    /// What it means for the values.
    let classify (before: string) (after: string) : TypeChange =
        match before, after with
        | "cidr", "inet" -> TypeChange.Widening
        | "inet", "cidr" -> TypeChange.Narrowing
        | _ -> room before after |> Option.defaultWith (fun () -> TypeChange.classify (parse before) (parse after))

    /// Every type is written as text, and but for the blanks of `character(n)` nothing is lost thereby.
    let isWritten (before: string) (after: string) : bool =
        match parse before, after with
        | ColumnType.Char _, _ -> false
        | _ -> after = "text" || after = "character varying"

    let private isWhole (columnType: ColumnType) =
        match columnType with
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt -> true
        | ColumnType.Numeric(Some p) -> p.Scale = 0
        | _ -> false

    /// Whether values that fit come out as they were, and others are refused: nothing is cut or rounded.
    let keepsOrFails (before: string) (after: string) : bool =
        match parse before, parse after with
        | a, b when isWhole a && isWhole b -> true
        | a, (ColumnType.Numeric None | ColumnType.Numeric(Some _)) when isWhole a -> true
        | ColumnType.Numeric(Some a), ColumnType.Numeric(Some b) -> b.Scale >= a.Scale
        | _ -> isWritten before after

    /// Whether every row is written again. Measured on PostgreSQL 15 and 18; what was not measured counts as one that does.
    let rewrites (before: string) (after: string) : bool =
        match parse before, parse after with
        | a, b when a = b && before = after -> false
        | ColumnType.Text, ColumnType.Text -> false
        | ColumnType.Varchar a, ColumnType.Varchar b -> b < a
        | ColumnType.Varchar _, ColumnType.Text -> false
        | ColumnType.Numeric(Some _), ColumnType.Numeric None -> false
        | ColumnType.Numeric(Some a), ColumnType.Numeric(Some b) ->
            not (b.Scale = a.Scale && b.Precision >= a.Precision)
        | _ ->
            match before, after with
            | "cidr", "inet" -> false
            | _ -> room before after <> Some TypeChange.Widening
