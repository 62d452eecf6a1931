namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Text

/// Names that the engine gives to indexes of partitions when it makes those of a partitioned table anew: it forgets what they were
/// called before.
[<RequireQualifiedAccess>]
module internal IndexNames =
    /// What stands between parentheses, split at its own commas.
    let private items (definition: string) (opening: int) : string list * int =
        let found = List<string>()
        let item = StringBuilder()
        let mutable depth, quote, i, last = 0, '\000', opening, -1

        let finish () =
            found.Add(string item)
            item.Clear() |> ignore

        while last < 0 && i < definition.Length do
            let c = definition[i]

            if quote = c then
                quote <- '\000'
            elif quote <> '\000' then
                ()
            elif c = '"' || c = '\'' then
                quote <- c

            if quote = '\000' && c = '(' then
                depth <- depth + 1
            elif quote = '\000' && c = ')' then
                depth <- depth - 1

            if depth = 0 then
                finish ()
                last <- i
            elif quote = '\000' && c = ',' && depth = 1 then
                finish ()
            elif not (i = opening) then
                item.Append c |> ignore

            i <- i + 1

        List.ofSeq found, last

    /// A column by its name; an expression has none.
    let private part (item: string) =
        let text = item.Trim()

        if text.StartsWith '"' then text.Substring(1, text.IndexOf('"', 1) - 1)
        elif text.Contains '(' then "expr"
        else text.Split(' ')[0]

    let private columns (definition: string) : string list =
        match definition.IndexOf(" USING ", StringComparison.Ordinal) with
        | using when using < 0 -> []
        | using ->
            let keys, last = items definition (definition.IndexOf('(', using))
            let including = " INCLUDE "

            if last >= 0 && definition.Substring(last + 1).StartsWith(including, StringComparison.Ordinal) then
                keys @ fst (items definition (last + 1 + including.Length))
            else
                keys
            |> List.map part

    /// Whether an index or a key that belongs to one above it is called as the engine would call it.
    let private isGiven (object: PgObject) : bool =
        let table, name = object.Address.Name, object.Address.Part

        match object.Facts, object.Parent with
        | Facts.Constraint { Type = "p" }, _ -> name = Words.truncated $"{table}_pkey"
        | Facts.Constraint { Type = "u" }, _ ->
            name.StartsWith($"{table}_", StringComparison.Ordinal)
            && name.EndsWith("_key", StringComparison.Ordinal)
        | Facts.Index facts, Some parent ->
            let columns = columns facts.Definition |> String.concat "_"
            object.Address.Name = Words.truncated $"{parent.Name}_{columns}_idx"
        | _ -> true

    let private isAttached (object: PgObject) =
        match object.Facts with
        | Facts.Constraint { Type = "p" | "u"; Attached = attached } -> attached
        | Facts.Index facts -> facts.Attached
        | _ -> false

    /// Whether one of these tables has an index or a key from above under a name of its own.
    let areOwn (database: PgDatabase) (tables: Address list) : bool =
        tables
        |> List.exists (fun table ->
            Words.parts database table |> List.exists (fun part -> isAttached part && not (isGiven part)))

    /// An index or a key that passes itself on to partitions.
    let isPassedOn (database: PgDatabase) (object: PgObject) : bool =
        match object.Facts, object.Parent |> Option.bind database.Objects.TryFind with
        | Facts.Index facts, _ -> facts.Partitioned && not facts.Attached
        | Facts.Constraint { Type = "p" | "u"; Attached = false }, Some { Facts = Facts.Table table } ->
            table.PartitionKey.IsSome
        | _ -> false
