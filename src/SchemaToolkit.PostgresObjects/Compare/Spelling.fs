namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Text
open System.Text.RegularExpressions

/// Expressions that the engine prints in a way that it reads as something else.
[<RequireQualifiedAccess>]
module internal Spelling =
    let private stands (text: string) (sql: string) at = String.CompareOrdinal(sql, at, text, 0, text.Length) = 0

    let private conversionBehind = Regex @"\G\)::[\w."" ]+(?:\(\d+(?:,\d+)?\))?\[\](?=\))"

    /// Where a list at a place ends and where its conversion ends; None where something else is converted.
    let private convertedList (sql: string) start =
        let stop = Brackets.closing sql start

        if stop > 0 && Brackets.closingOf '[' ']' sql (start + 6) = stop - 1 then
            match conversionBehind.Match(sql, stop) with
            | found when found.Success -> Some(stop, stop + found.Length)
            | _ -> None
        else
            None

    let private list = "((ARRAY["

    /// `a IN ('x', 'y')` over `varchar` is kept as one conversion of the whole list, but a conversion that is written behind a
    /// list is one of each member. Left out it is put back where it was: the operator asks for it.
    let private listsAsRead (sql: string) =
        let result = StringBuilder()
        let skipped = Dictionary<int, int>()
        let mutable i = 0

        while i < sql.Length do
            match skipped.TryGetValue i with
            | true, next -> i <- next
            | false, _ ->
                let next = max (Brackets.behindQuotes sql i) (i + 1)
                result.Append(sql, i, next - i) |> ignore

                if stands list sql i && (stands "ANY " sql (i - 4) || stands "ALL " sql (i - 4)) then
                    match convertedList sql (i + 1) with
                    | Some(stop, behind) ->
                        skipped[i + 1] <- i + 2
                        skipped[stop] <- behind
                    | None -> ()

                i <- next

        result.ToString()

    /// The end of conditions in brackets at a place that are the first of others joined in the same way, or -1.
    let private innerEnd (sql: string) start =
        let stop = Brackets.closing sql start
        let first = Brackets.closing sql (start + 1)

        let isJoinedBy joint = stands joint sql (stop + 1) && stands joint sql (first + 1)

        if stop > 0 && first > 0 && (isJoinedBy " AND " || isJoinedBy " OR ") then
            stop
        else
            -1

    /// BETWEEN before another condition is printed as two within brackets, which are read as if there were no brackets; so are
    /// rows that are compared. Brackets around what is converted stay, and a conversion to the type that it has leaves no trace.
    let private bracketed (sql: string) =
        let result = StringBuilder()
        let ends = HashSet<int>()
        let mutable i = 0

        while i < sql.Length do
            let next = max (Brackets.behindQuotes sql i) (i + 1)

            if stands "(((" sql i then
                match innerEnd sql (i + 1) with
                | -1 -> ()
                | stop -> ends.Add stop |> ignore

            result.Append(sql, i, next - i) |> ignore

            if ends.Contains i then
                result.Append "::boolean" |> ignore

            i <- next

        result.ToString()

    /// The statement in words that come to what was printed.
    let statement (sql: string) : string =
        let sql = if sql.Contains(list, StringComparison.Ordinal) then listsAsRead sql else sql

        if sql.Contains("(((", StringComparison.Ordinal) then bracketed sql else sql
