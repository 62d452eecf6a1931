namespace SchemaToolkit.Agents

open System
open System.Text

/// Takes away what a model thought aloud before it answered: a draft in there is not the answer.
[<RequireQualifiedAccess>]
module Reasoning =
    /// The elements in which models think.
    let names = [ "think"; "thinking"; "thought"; "thoughts"; "reasoning"; "reflection"; "scratchpad" ]

    /// The answer without its reasoning, and whether it ended while still reasoning.
    type Stripped = { Answer: string; Unfinished: bool }

    /// Removes the blocks of `names`, also nested ones. A block that is never closed takes the rest of the text with it;
    /// a block that is only closed takes all before it, since some models open it in the prompt.
    let internal stripNamed
        (limits: ExtractionLimits)
        (names: string list)
        (text: string)
        : Result<Stripped, ExtractionError> =
        let known name = names |> List.exists (Shape.sameName name)

        match Markup.scan limits.MaxTags known text with
        | None -> Error(ExtractionError.TooManyTags limits.MaxTags)
        | Some tokens ->
            let kept = StringBuilder()
            let mutable from = 0
            let mutable inside: string option = None
            let mutable depth = 0

            for token in tokens do
                match token, inside with
                | Token.Open(name, start, stop, selfClosing), None ->
                    kept.Append(text, from, start - from) |> ignore
                    from <- stop

                    if not selfClosing then
                        inside <- Some name
                        depth <- 1
                | Token.Open(name, _, _, false), Some outer when Shape.sameName name outer -> depth <- depth + 1
                | Token.Close(name, _, stop), Some outer when Shape.sameName name outer ->
                    depth <- depth - 1

                    if depth = 0 then
                        inside <- None
                        from <- stop
                | Token.Close(_, _, stop), None ->
                    kept.Clear() |> ignore
                    from <- stop
                | Token.Open _, Some _
                | Token.Close _, Some _
                | Token.CData _, _
                | Token.Comment _, _ -> ()

            if inside.IsNone then
                kept.Append(text, from, text.Length - from) |> ignore

            Ok { Answer = kept.ToString(); Unfinished = inside.IsSome }

    /// Removes reasoning blocks from an answer that is read as plain text.
    let strip (text: string) : string =
        match stripNamed { ExtractionLimits.standard with MaxTags = Int32.MaxValue - 1 } names text with
        | Ok stripped -> stripped.Answer.Trim()
        | Error _ -> ""
