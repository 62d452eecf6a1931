namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Text
open System.Text.RegularExpressions

/// What psql makes of its variables and of the words behind its commands.
[<RequireQualifiedAccess>]
module internal Psql =
    /// Commands whose words go on to the end of the line, backslashes included.
    let takesLine (name: string) =
        match name with
        | "copy"
        | "!"
        | "ef"
        | "ev"
        | "sf"
        | "sv"
        | "sf+"
        | "sv+"
        | "h"
        | "help" -> true
        | _ -> false

    /// Where the words of a command end that stand at `i`: at the end of the line, or before the next command on it.
    let endOfWords (text: string) (i: int) : int =
        let rec go j (quote: char) =
            if j >= text.Length || text[j] = '\n' then j
            elif quote <> '\000' && text[j] = '\\' && quote = '\'' then go (j + 2) quote
            elif quote <> '\000' then go (j + 1) (if text[j] = quote then '\000' else quote)
            elif text[j] = '\\' then j
            elif text[j] = '\'' || text[j] = '"' || text[j] = '`' then go (j + 1) text[j]
            else go (j + 1) '\000'

        min text.Length (go i '\000')

    let private known (variables: Dictionary<string, string>) (name: string) : string option =
        match variables.TryGetValue name with
        | true, value -> Some value
        | false, _ -> None

    let private variable = @"(?<!:):(?:'(?<text>\w+)'|""(?<name>\w+)""|\{\?(?<known>\w+)\}|(?<plain>\w+))"

    let private skippedOr =
        Regex(
            @"(?<skipped>(?<!\w)[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|""(?:[^""]|"""")*""|(?<tag>\$(?:[^\W\d]\w*)?\$).*?\k<tag>|--[^\n]*)|"
            + variable,
            RegexOptions.Singleline ||| RegexOptions.ExplicitCapture
        )

    let private value (variables: Dictionary<string, string>) (found: Match) : string =
        let group (name: string) = if found.Groups[name].Success then Some found.Groups[name].Value else None

        let asked = group "known"

        match asked, group "text", group "name", group "plain" with
        | Some name, _, _, _ -> if variables.ContainsKey name then "TRUE" else "FALSE"
        | None, Some name, _, _ -> known variables name |> Option.map Quote.text |> Option.defaultValue found.Value
        | None, None, Some name, _ -> known variables name |> Option.map Quote.name |> Option.defaultValue found.Value
        | None, None, None, Some name -> known variables name |> Option.defaultValue found.Value
        | None, None, None, None -> found.Value

    /// `:name`, `:'name'`, `:"name"` and `:{?name}` outside quotes; a variable that is not set stays as it is written.
    let substituted (variables: Dictionary<string, string>) (sql: string) : string =
        if sql.Contains(':', StringComparison.Ordinal) then
            skippedOr.Replace(sql, MatchEvaluator(value variables))
        else
            sql

    let private atStart = Regex(@"\G" + variable, RegexOptions.ExplicitCapture)

    let private escaped (c: char) =
        match c with
        | 'n' -> '\n'
        | 't' -> '\t'
        | 'r' -> '\r'
        | 'b' -> '\b'
        | 'f' -> '\f'
        | other -> other

    /// The words behind a command, without their quotes, variables replaced.
    let words (variables: Dictionary<string, string>) (arguments: string) : string list =
        let found = List<string>()
        let word = StringBuilder()
        let mutable isWord = false
        let mutable i = 0

        let finish () =
            if isWord then
                found.Add(string word)

            word.Clear() |> ignore
            isWord <- false

        let rec text j =
            if j >= arguments.Length then
                j
            elif arguments[j] = '\\' && j + 1 < arguments.Length then
                word.Append(escaped arguments[j + 1]) |> ignore
                text (j + 2)
            elif arguments[j] = '\'' && j + 1 < arguments.Length && arguments[j + 1] = '\'' then
                word.Append '\'' |> ignore
                text (j + 2)
            elif arguments[j] = '\'' then
                j + 1
            else
                word.Append arguments[j] |> ignore
                text (j + 1)

        while i < arguments.Length do
            let c = arguments[i]

            if Char.IsWhiteSpace c then
                finish ()
                i <- i + 1
            else
                isWord <- true

                match c, atStart.Match(arguments, i) with
                | '\'', _ -> i <- text (i + 1)
                | _, variable when variable.Success ->
                    word.Append(value variables variable) |> ignore
                    i <- i + variable.Length
                | _ ->
                    word.Append c |> ignore
                    i <- i + 1

        finish ()
        List.ofSeq found

    /// What `\if` takes for true: a beginning of `true`, `yes` or `on`, or 1. Anything else that is no truth value is false, as in
    /// psql, which says so and goes on.
    let isTrue (words: string list) : bool =
        match words with
        | [ word ] when word <> "" ->
            let isBeginningOf (whole: string) = whole.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            word = "1" || isBeginningOf "true" || isBeginningOf "yes" || word.Length = 2 && isBeginningOf "on"
        | _ -> false

/// One `\if` that is open.
type internal Branch =
    {
        /// What stands here is run.
        Active: bool
        /// No further branch of it is.
        Settled: bool
        Line: int
    }

/// `\if`, `\elif`, `\else` and `\endif`, the innermost first.
[<RequireQualifiedAccess>]
module internal Branch =
    let isActive (branches: Branch list) = branches |> List.forall _.Active

    /// The branches behind a command; None where it is none of these, or stands where it cannot.
    let after (name: string) (isTrue: unit -> bool) (line: int) (branches: Branch list) : Branch list option =
        match name, branches with
        | "if", _ ->
            let active = isActive branches && isTrue ()
            Some({ Active = active; Settled = active || not (isActive branches); Line = line } :: branches)
        | "elif", branch :: outer ->
            let active = not branch.Settled && isTrue ()
            Some({ branch with Active = active; Settled = branch.Settled || active } :: outer)
        | "else", branch :: outer -> Some({ branch with Active = not branch.Settled; Settled = true } :: outer)
        | "endif", _ :: outer -> Some outer
        | _ -> None
