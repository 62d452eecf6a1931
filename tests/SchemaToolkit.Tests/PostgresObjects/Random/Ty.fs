namespace SchemaToolkit.Tests.PostgresObjects.Random

/// What can be said about values of a type.
[<RequireQualifiedAccess>]
type Family =
    | Int
    | Num
    | Str
    | Bool
    | Stamp
    | Day
    | Uuid
    | Json
    | Array of element: Family
    | Enum of values: string list
    | Range
    /// No literals, no operators that are the same everywhere.
    | Other

type Ty = { Sql: string; Family: Family; Ordered: bool }

[<RequireQualifiedAccess>]
module Ty =
    let private ty sql family = { Sql = sql; Family = family; Ordered = true }

    let builtIn =
        [| ty "integer" Family.Int
           ty "text" Family.Str
           ty "bigint" Family.Int
           ty "varchar(20)" Family.Str
           ty "numeric(10,2)" Family.Num
           ty "boolean" Family.Bool
           ty "timestamptz" Family.Stamp
           ty "date" Family.Day
           ty "uuid" Family.Uuid
           ty "jsonb" Family.Json
           ty "integer[]" (Family.Array Family.Int)
           ty "text[]" (Family.Array Family.Str)
           ty "smallint" Family.Int
           ty "varchar(40)" Family.Str
           ty "numeric(12,4)" Family.Num
           ty "timestamp" Family.Stamp
           ty "char(5)" Family.Str
           ty "varchar" Family.Str
           ty "double precision" Family.Num
           ty "real" Family.Num
           ty "numeric" Family.Num
           ty "timestamptz(3)" Family.Stamp
           ty "int4range" Family.Range
           { ty "json" Family.Other with Ordered = false }
           ty "bytea" Family.Other
           ty "interval" Family.Other
           ty "inet" Family.Other
           ty "time" Family.Other
           ty "bit(8)" Family.Other
           ty "tsvector" Family.Other
           { ty "xml" Family.Other with Ordered = false }
           { ty "point" Family.Other with Ordered = false }
           ty "money" Family.Other
           ty "varchar(10)[]" (Family.Array Family.Str)
           ty "numeric(6,1)[]" (Family.Array Family.Num) |]

    let integer = builtIn[0]
    let text = builtIn[1]

    /// The part of a name before its length or precision; what a check on two types' likeness needs.
    let bare (ty: Ty) = ty.Sql.Split('(')[0]

    let rec literal (k: int) (family: Family) =
        match family with
        | Family.Int
        | Family.Num -> Some(string k)
        | Family.Str -> Some $"'v{k}'"
        | Family.Bool -> Some(if k % 2 = 0 then "false" else "true")
        | Family.Stamp -> Some $"'2024-01-0{1 + k % 9} 10:00:00'"
        | Family.Day -> Some $"'2024-01-0{1 + k % 9}'"
        | Family.Uuid -> Some $"'00000000-0000-0000-0000-00000000000{k % 10}'"
        | Family.Json -> Some $"'{{\"k\": {k}}}'"
        | Family.Array Family.Str -> Some $"'{{v{k}}}'"
        | Family.Array Family.Int
        | Family.Array Family.Num -> Some $"'{{{k}}}'"
        | Family.Array _ -> Some "'{}'"
        | Family.Enum values -> Some $"'{values[k % values.Length]}'"
        | Family.Range -> Some $"'[{k},{k + 1})'"
        | Family.Other -> None

    /// True of the literals from 1 to 3.
    let predicate (k: int) (column: string) (family: Family) =
        match family, k % 4 with
        | (Family.Int | Family.Num), 0 -> $"{column} > {-k}"
        | (Family.Int | Family.Num), 1 -> $"{column} IN (1, 2, 3, {k})"
        | (Family.Int | Family.Num), 2 -> $"{column} BETWEEN 0 AND {100 + k}"
        | (Family.Int | Family.Num), _ -> $"{column} > 0 OR {column} IS NULL"
        | Family.Str, 0 -> $"length({column}) < {50 + k}"
        | Family.Str, 1 -> $"{column} <> 'x{k}'"
        | Family.Str, 2 -> $"lower({column}) IN ('v1', 'v2', 'v3')"
        | Family.Str, _ -> $"{column} ~ '^[a-z0-9]*$' AND {column} NOT LIKE 'q%%'"
        | Family.Bool, _ -> $"{column} OR {column} IS NOT TRUE"
        | (Family.Stamp | Family.Day), 0 -> $"{column} > '2000-01-01'"
        | (Family.Stamp | Family.Day), _ -> $"{column} BETWEEN '2001-01-01' AND '203{k % 10}-01-01'"
        | Family.Enum values, (0 | 1) -> $"{column} <> '{values[0]}' OR {column} IS NOT NULL"
        | Family.Enum values, _ ->
            let all = values |> List.map (fun v -> $"'{v}'") |> String.concat ", "
            $"{column} IN ({all})"
        | Family.Array _, _ -> $"cardinality({column}) < {10 + k}"
        | Family.Range, _ -> $"NOT isempty({column})"
        | Family.Json, 1 -> $"{column} ? 'k'"
        | (Family.Uuid | Family.Json | Family.Other), _ -> $"{column} IS NOT NULL"

    /// An immutable expression over the column, and its type.
    let expression (k: int) (column: string) (ty: Ty) =
        match ty.Family with
        | Family.Int -> $"({column} + {k})", ty
        | Family.Num ->
            $"({column} * {k})",
            { ty with
                Sql =
                    (if ty.Sql.StartsWith("numeric", System.StringComparison.Ordinal) then
                         "numeric"
                     else
                         ty.Sql) }
        | Family.Str when k % 2 = 0 -> $"lower({column})", text
        | Family.Str -> $"length({column})", integer
        | Family.Bool -> $"(NOT {column})", builtIn[5]
        | Family.Array _ -> $"cardinality({column})", integer
        | Family.Json -> $"({column} ->> 'k')", text
        | Family.Range -> $"lower({column})", integer
        | Family.Stamp
        | Family.Day
        | Family.Uuid
        | Family.Enum _
        | Family.Other -> $"({column} IS NULL)", builtIn[5]
