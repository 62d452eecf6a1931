namespace SchemaToolkit.PostgresObjects

open System

/// Names that the engine gives to indexes of partitions when it makes those of a partitioned table anew: it forgets what they were
/// called before.
[<RequireQualifiedAccess>]
module internal IndexNames =
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
            let opening = definition.IndexOf('(', using)
            let behind = Brackets.closing definition opening + 1
            let including = " INCLUDE "

            if definition.Substring(behind).StartsWith(including, StringComparison.Ordinal) then
                Brackets.items definition opening @ Brackets.items definition (behind + including.Length)
            else
                Brackets.items definition opening
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
