namespace SchemaToolkit.PostgresObjects

open System
open System.Text.RegularExpressions

/// Expressions that the engine prints in a way that it reads as something else.
[<RequireQualifiedAccess>]
module internal Spelling =
    /// `a IN ('x', 'y')` over `varchar` is kept as one conversion of the whole list, but a conversion that is written behind a
    /// list is one of each member. Left out it is put back where it was: the operator asks for it. Texts, bodies and quoted
    /// names are passed over.
    let private convertedList =
        let word = @"[\w.""]+(?: [\w.""]+)*(?:\(\d+\))?"
        let text = "E?'(?:[^']|'')*'"
        let item = $"{text}::{word}"
        let list = $@"(?<how>ANY|ALL) \(\((?<list>ARRAY\[{item}(?:, {item})*\])\)::{word}\[\]\)"
        let quoted = $@"\$(?<tag>\w*)\$.*?\$\k<tag>\$|{text}|""(?:[^""]|"""")*"""
        Regex($"{list}|{quoted}", RegexOptions.Singleline)

    let private asRead (found: Match) =
        if found.Groups["list"].Success then
            $"""{found.Groups["how"].Value} ({found.Groups["list"].Value})"""
        else
            found.Value

    let statement (sql: string) : string =
        if sql.Contains("((ARRAY[", StringComparison.Ordinal) then
            convertedList.Replace(sql, MatchEvaluator asRead)
        else
            sql
