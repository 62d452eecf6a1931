namespace SchemaToolkit.PostgresObjects

open System
open System.Text
open System.Text.RegularExpressions

/// Expressions that the engine prints in a way that it reads as something else.
[<RequireQualifiedAccess>]
module internal Spelling =
    let private text = "E?'(?:[^']|'')*'"
    let private quoted = $@"\$(?<tag>\w*)\$.*?\$\k<tag>\$|{text}|""(?:[^""]|"""")*"""

    /// `a IN ('x', 'y')` over `varchar` is kept as one conversion of the whole list, but a conversion that is written behind a
    /// list is one of each member. Left out it is put back where it was: the operator asks for it. Texts, bodies and quoted
    /// names are passed over.
    let private convertedList =
        let word = @"[\w.""]+(?: [\w.""]+)*(?:\(\d+\))?"
        let item = $"{text}::{word}"
        let list = $@"(?<how>ANY|ALL) \(\((?<list>ARRAY\[{item}(?:, {item})*\])\)::{word}\[\]\)"
        Regex($"{list}|{quoted}", RegexOptions.Singleline)

    let private asRead (found: Match) =
        if found.Groups["list"].Success then
            $"""{found.Groups["how"].Value} ({found.Groups["list"].Value})"""
        else
            found.Value

    let private skipped = Regex($@"\G(?:{quoted})", RegexOptions.Singleline)

    /// Behind what is quoted at a place; the place itself where nothing is.
    let private behindQuotes (sql: string) i =
        let found =
            match sql[i] with
            | '\''
            | '"'
            | '$' -> skipped.Match(sql, i)
            | _ -> Match.Empty

        if found.Success then i + found.Length else i

    /// The place of the parenthesis that closes the one at a place, or -1.
    let private closing (sql: string) start =
        let rec walk i depth =
            if i >= sql.Length then
                -1
            else
                match behindQuotes sql i with
                | next when next > i -> walk next depth
                | _ ->
                    match sql[i] with
                    | '(' -> walk (i + 1) (depth + 1)
                    | ')' when depth = 1 -> i
                    | ')' -> walk (i + 1) (depth - 1)
                    | _ -> walk (i + 1) depth

        walk start 0

    /// Both sides of an operator that stands outside parentheses.
    let private sides (operator: string) (expression: string) =
        let rec walk i =
            if i >= expression.Length then
                None
            else
                match behindQuotes expression i with
                | next when next > i -> walk next
                | _ when expression[i] = '(' ->
                    match closing expression i with
                    | -1 -> None
                    | close -> walk (close + 1)
                | _ when String.CompareOrdinal(expression, i, operator, 0, operator.Length) = 0 ->
                    Some(expression.Substring(0, i), expression.Substring(i + operator.Length))
                | _ -> walk (i + 1)

        walk 0

    /// The members of a list within brackets, each within its own.
    let rec private members (joint: string) (sql: string) start stop : string list option =
        match closing sql start with
        | -1 -> None
        | close ->
            let member' = sql.Substring(start + 1, close - start - 1)

            if close = stop - 1 then
                Some [ member' ]
            elif String.CompareOrdinal(sql, close + 1, joint + "(", 0, joint.Length + 1) = 0 then
                members joint sql (close + 1 + joint.Length) stop |> Option.map (fun rest -> member' :: rest)
            else
                None

    /// What was written for a list of conditions within brackets: BETWEEN, or rows that are compared.
    let private written (joint: string) (conditions: string list) =
        let isAnd = joint = " AND "
        let low, high, between = if isAnd then " >= ", " <= ", "BETWEEN" else " < ", " > ", "NOT BETWEEN"
        let same = if isAnd then " = " else " <> "
        let compared = conditions |> List.choose (sides same)

        match conditions |> List.map (fun c -> sides low c, sides high c) with
        | [ Some(a, low), _; _, Some(b, high) ] when a = b -> Some $"{a} {between} {low} AND {high}"
        | _ when compared.Length = conditions.Length ->
            let row side = compared |> List.map side |> String.concat ", "
            Some $"ROW({row fst}){same}ROW({row snd})"
        | _ -> None

    /// BETWEEN before another condition is printed as two within brackets, which are read as if there were no brackets; so
    /// are rows that are compared.
    let private bracketed (sql: string) =
        let result = StringBuilder()
        let mutable i = 0

        while i < sql.Length do
            let next = behindQuotes sql i

            if next > i then
                result.Append(sql, i, next - i) |> ignore
                i <- next
            elif i + 3 < sql.Length && String.CompareOrdinal(sql, i, "(((", 0, 3) = 0 then
                let stop = closing sql (i + 1)

                let joint =
                    [ " AND "; " OR " ]
                    |> List.tryFind (fun joint ->
                        stop > 0 && String.CompareOrdinal(sql, stop + 1, joint, 0, joint.Length) = 0)

                let expression =
                    joint |> Option.bind (fun joint -> members joint sql (i + 2) stop |> Option.bind (written joint))

                match expression with
                | Some expression ->
                    result.Append("((").Append(expression).Append(')') |> ignore
                    i <- stop + 1
                | None ->
                    result.Append '(' |> ignore
                    i <- i + 1
            else
                result.Append(sql[i]) |> ignore
                i <- i + 1

        result.ToString()

    let statement (sql: string) : string =
        let sql =
            if sql.Contains("((ARRAY[", StringComparison.Ordinal) then
                convertedList.Replace(sql, MatchEvaluator asRead)
            else
                sql

        if sql.Contains("(((", StringComparison.Ordinal) then bracketed sql else sql
