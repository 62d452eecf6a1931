namespace SchemaToolkit

open System
open System.Text.Encodings.Web
open System.Text.Json
open System.Text.RegularExpressions

/// How SQLite keeps each column type: a STRICT storage class, and a column CHECK that carries the rest.
/// The name of that CHECK is the catalog's witness of the declared type.
[<RequireQualifiedAccess>]
module SqliteStorage =
    /// Declared names hold no dot, so no declared constraint can look like a witness.
    let private witnessPrefix = "type."

    /// The collation that compares numeric text by value; registered on every connection of ours.
    let numericCollation = "decimal"

    let rec storage (columnType: ColumnType) =
        match columnType with
        | ColumnType.Domain(_, over) -> storage over
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt
        | ColumnType.Boolean -> "INTEGER"
        | ColumnType.Real
        | ColumnType.Double -> "REAL"
        | ColumnType.Bytea
        | ColumnType.Vector _ -> "BLOB"
        | ColumnType.Uuid
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Numeric _
        | ColumnType.Date
        | ColumnType.Time
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp
        | ColumnType.Interval
        | ColumnType.Json
        | ColumnType.Jsonb
        | ColumnType.Named _
        | ColumnType.Other _
        | ColumnType.Enum _
        | ColumnType.Array _ -> "TEXT"

    /// A string literal.
    let literal (text: string) = "'" + text.Replace("'", "''") + "'"

    let private digits (pattern: string) = pattern.Replace("d", "[0-9]")
    let private dayPattern = digits "dddd-dd-dd"
    let private clockPattern = digits "[0-2]d:[0-5]d:[0-5]d.dddddd"

    let private number (c: string) (precision: NumericPrecision option) =
        let body = $"ltrim({c}, '-')"

        [ $"{body} GLOB '[0-9]*'"
          $"{c} GLOB '*[0-9]'"
          $"{body} NOT GLOB '*[^0-9.]*'"
          $"{body} NOT GLOB '*.*.*'"
          $"{c} NOT GLOB '--*'"
          match precision with
          | Some p ->
              let point = $"instr({body} || '.', '.')"
              $"length(ltrim(substr({body}, 1, {point} - 1), '0')) <= {max 0 (p.Precision - p.Scale)}"
              $"length({body}) - {point} <= {max 0 p.Scale}"
          | None -> () ]
        |> String.concat " AND "

    let private stamp (c: string) (suffix: string) =
        $"{c} GLOB '{dayPattern}T{clockPattern}{suffix}' AND substr({c}, 12, 2) < '24' "
        + $"AND substr({c}, 1, 10) IS date(substr({c}, 1, 10))"

    let private relaxed = JsonSerializerOptions(Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)

    /// The ways in which JSON writers spell a string.
    let private spellings (value: string) =
        List.distinct [ JsonSerializer.Serialize value; JsonSerializer.Serialize(value, relaxed) ]

    /// Every element must be one of the values: what is left without them is brackets, commas and nulls.
    let private enumArray (c: string) (values: string list) =
        let rest =
            (c, List.collect spellings values)
            ||> List.fold (fun text element -> $"replace({text}, {literal element}, '')")

        $" AND {rest} NOT GLOB '*[^],nul[]*'"

    /// The CHECK on a column, given its quoted name; None where STRICT says everything. Built-in functions only, so that
    /// other tools can insert. Values are those of the enum that the type names.
    let rec check (columnType: ColumnType) (values: string list) (c: string) : string option =
        match columnType with
        | ColumnType.Domain(_, over) -> check over values c
        | ColumnType.Text
        | ColumnType.Named _
        | ColumnType.Other _
        | ColumnType.BigInt
        | ColumnType.Double
        | ColumnType.Bytea -> None
        | ColumnType.Uuid ->
            Some(
                $"{c} GLOB '????????-????-????-????-????????????' AND {c} NOT GLOB '*[^0-9a-f-]*' "
                + $"AND length(replace({c}, '-', '')) = 32"
            )
        | ColumnType.Varchar length -> Some $"length({c}) <= {length}"
        | ColumnType.Char length -> Some $"length({c}) = {length}"
        | ColumnType.SmallInt -> Some $"{c} BETWEEN -32768 AND 32767"
        | ColumnType.Integer -> Some $"{c} BETWEEN -2147483648 AND 2147483647"
        | ColumnType.Real -> Some $"abs({c}) <= 3.4028234663852886e38 OR abs({c}) = 9e999"
        | ColumnType.Numeric precision -> Some(number c precision)
        | ColumnType.Boolean -> Some $"{c} IN (0, 1)"
        | ColumnType.Date -> Some $"{c} IS date({c})"
        | ColumnType.Time -> Some $"{c} GLOB '{clockPattern}' AND substr({c}, 1, 2) < '24'"
        | ColumnType.LocalTimestamp -> Some(stamp c "")
        | ColumnType.Timestamp -> Some(stamp c "Z")
        | ColumnType.Interval -> Some $"ltrim({c}, '-') GLOB '[0-9]*.{clockPattern}'"
        | ColumnType.Json
        | ColumnType.Jsonb -> Some $"json_valid({c})"
        | ColumnType.Vector dimensions -> Some $"length({c}) = {4 * dimensions}"
        | ColumnType.Enum _ ->
            let list = values |> List.map literal |> String.concat ", "
            Some $"{c} IN ({list})"
        | ColumnType.Array element ->
            let elements =
                match ColumnType.enumName element with
                | Some _ -> enumArray $"json({c})" values
                | None -> ""

            Some(
                $"CASE WHEN {c} IS NULL THEN 1 WHEN json_valid({c}) "
                + $"THEN json_type({c}) = 'array'{elements} ELSE 0 END"
            )

    /// A type as witnesses and casts write it; `ofCode` reads it back.
    let rec code (columnType: ColumnType) : string =
        match columnType with
        | ColumnType.Enum name -> $"enum {name.Namespace}.{name.Name}"
        | ColumnType.Array element -> code element + "[]"
        | other -> ColumnType.describe other

    /// The name of the column's CHECK, and the check itself. An identity column always has one.
    let witness (columnType: ColumnType) (identity: Identity option) (values: string list) (c: string) =
        let suffix =
            match identity with
            | None -> ""
            | Some Identity.Always -> " identity"
            | Some Identity.ByDefault -> " identity by default"

        match check columnType values c, identity with
        | None, None -> None
        | None, Some _ -> Some(witnessPrefix + code columnType + suffix, $"typeof({c}) = 'integer'")
        | Some text, _ -> Some(witnessPrefix + code columnType + suffix, text)

    let private plain =
        dict
            [ for t in
                  [ ColumnType.Uuid
                    ColumnType.SmallInt
                    ColumnType.Integer
                    ColumnType.BigInt
                    ColumnType.Real
                    ColumnType.Numeric None
                    ColumnType.Boolean
                    ColumnType.Date
                    ColumnType.Time
                    ColumnType.LocalTimestamp
                    ColumnType.Timestamp
                    ColumnType.Interval
                    ColumnType.Json
                    ColumnType.Jsonb
                    // Only as elements of an array.
                    ColumnType.Text
                    ColumnType.Double
                    ColumnType.Bytea ] do
                  code t, t ]

    let rec ofCode (text: string) : ColumnType option =
        let parts = Regex.Match(text, @"^(varchar|char|numeric|vector)\((\d+)(?:,(\d+))?\)$")

        if text.EndsWith("[]", StringComparison.Ordinal) then
            ofCode (text.Substring(0, text.Length - 2)) |> Option.map ColumnType.Array
        elif text.StartsWith("enum ", StringComparison.Ordinal) then
            match text.Substring(5).Split('.') with
            | [| ns; name |] -> Some(ColumnType.Enum(ObjectName.create ns name))
            | _ -> None
        elif parts.Success then
            let size = int parts.Groups[2].Value

            match parts.Groups[1].Value with
            | "varchar" -> Some(ColumnType.Varchar size)
            | "char" -> Some(ColumnType.Char size)
            | "vector" -> Some(ColumnType.Vector size)
            | _ when parts.Groups[3].Success ->
                Some(ColumnType.Numeric(Some { Precision = size; Scale = int parts.Groups[3].Value }))
            | _ -> None
        else
            match plain.TryGetValue text with
            | true, found -> Some found
            | _ -> None

    /// Reads a constraint's name as a witness; None for a name that is none of ours.
    let ofWitness (constraintName: string) : (ColumnType * Identity option) option =
        if not (constraintName.StartsWith(witnessPrefix, StringComparison.Ordinal)) then
            None
        else
            let text = constraintName.Substring witnessPrefix.Length

            let bare, identity =
                if text.EndsWith(" identity by default", StringComparison.Ordinal) then
                    text.Substring(0, text.Length - " identity by default".Length), Some Identity.ByDefault
                elif text.EndsWith(" identity", StringComparison.Ordinal) then
                    text.Substring(0, text.Length - " identity".Length), Some Identity.Always
                else
                    text, None

            ofCode bare |> Option.map (fun columnType -> columnType, identity)

    /// The type of a column without a witness, from its declared storage.
    let ofStorage (declared: string) : ColumnType option =
        match declared.ToUpperInvariant() with
        | "INTEGER"
        | "INT" -> Some ColumnType.BigInt
        | "TEXT" -> Some ColumnType.Text
        | "REAL" -> Some ColumnType.Double
        | "BLOB" -> Some ColumnType.Bytea
        | _ -> None

    /// An enum's values from the string literals of its witness check.
    let enumValues (columnType: ColumnType) (literals: string list) : string list =
        match columnType with
        | ColumnType.Array _ ->
            literals
            |> List.filter (fun text -> text.StartsWith '"' && text.Length > 1)
            |> List.choose (fun text -> JsonSerializer.Deserialize<string>(text) |> Option.ofObj)
            |> List.distinct
        | _ -> literals
