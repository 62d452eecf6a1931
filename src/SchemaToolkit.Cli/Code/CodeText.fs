namespace SchemaToolkit.Cli

open System
open System.Text

/// Laying out code, and names that a language accepts.
[<RequireQualifiedAccess>]
module CodeText =
    let width = 120

    let indent (by: int) (text: string) =
        let margin = String(' ', by)
        margin + text.Replace("\n", "\n" + margin)

    let private words (name: string) =
        let separated = String.map (fun c -> if Char.IsAsciiLetterOrDigit c then c else ' ') name
        separated.Split(' ', StringSplitOptions.RemoveEmptyEntries) |> List.ofArray

    let private upperFirst (word: string) = string (Char.ToUpperInvariant word[0]) + word.Substring 1

    let private notFirst (digits: string) (name: string) =
        if name = "" then "Unnamed"
        elif Char.IsDigit name[0] then digits + name
        else name

    /// `user_id` → `UserId`.
    let pascal (name: string) = words name |> List.map upperFirst |> String.concat "" |> notFirst "N"

    /// `user_id` → `userId`.
    let camel (name: string) =
        let text = pascal name
        string (Char.ToLowerInvariant text[0]) + text.Substring 1

    /// Names in order, each once: a later one that clashes gets a number.
    let distinct (taken: string list) (name: 'T -> string) (items: 'T list) : Map<'T, string> =
        (((Set.ofList taken), Map.empty), items)
        ||> List.fold (fun (used, found) item ->
            let wanted = name item

            let free =
                Seq.append (Seq.singleton wanted) (Seq.initInfinite (fun i -> $"{wanted}{i + 2}"))
                |> Seq.find (fun candidate -> not (Set.contains candidate used))

            Set.add free used, Map.add item free found)
        |> snd

    /// The body of a literal in double quotes, F# and C# alike.
    let escaped (text: string) =
        let out = StringBuilder()

        for c in text do
            match c with
            | '"' -> out.Append "\\\""
            | '\\' -> out.Append "\\\\"
            | '\n' -> out.Append "\\n"
            | '\r' -> out.Append "\\r"
            | '\t' -> out.Append "\\t"
            | c when Char.IsControl c -> out.Append("\\u").Append((int c).ToString "x4")
            | c -> out.Append c
            |> ignore

        out.ToString()

    let quoted (text: string) = "\"" + escaped text + "\""

    /// A word with its arguments: on one line, or each argument on its own.
    let apply (word: string) (arguments: string list) =
        let oneLine = String.Join(" ", word :: arguments)

        if oneLine.Length + 16 <= width && not (oneLine.Contains '\n') then
            oneLine
        else
            String.Join("\n", word :: List.map (indent 4) arguments)

    /// In brackets of some kind; further lines stand under the first.
    let enclosed (left: string) (right: string) (code: string) =
        left + code.Replace("\n", "\n" + String(' ', left.Length)) + right

    /// On one line where it fits, else one item in a line.
    let list (left: string) (right: string) (separator: string) (items: string list) =
        match items with
        | [] -> left.TrimEnd() + right.TrimStart()
        | _ ->
            let oneLine = left + String.Join(separator + " ", items) + right

            if oneLine.Length + 24 <= width && not (oneLine.Contains '\n') then
                oneLine
            else
                let body = items |> List.map (indent 2) |> String.concat (separator.TrimEnd(';') + "\n")
                left.TrimEnd() + body.Substring 1 + right

    let comment (slashes: string) (lines: string list) =
        lines |> List.map (fun line -> slashes + " " + line.ReplaceLineEndings " ")
