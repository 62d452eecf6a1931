namespace SchemaToolkit.PostgresObjects

open System

/// How the values of a column get to another type: by PostgreSQL's own assignment where it has one that keeps them, else by a
/// cast, else through text, which every type can.
[<RequireQualifiedAccess>]
module internal Conversions =
    let private isArray (name: string) = name.EndsWith("[]", StringComparison.Ordinal)

    let private bare (name: string) =
        let parts = name.Split '('
        parts[0].Trim()

    let private family (name: string) =
        match bare name with
        | "smallint"
        | "integer"
        | "bigint"
        | "numeric"
        | "real"
        | "double precision" -> "number"
        | "text"
        | "character varying"
        | "character" -> "text"
        | "date" -> "moment"
        | "json"
        | "jsonb" -> "json"
        | other when other.StartsWith("timestamp", StringComparison.Ordinal) -> "moment"
        | other -> other

    /// Names of what is not PostgreSQL's own have their schema before them. Such a type may have a cast to text that asks to be written.
    let private isUsers (name: string) = name.Contains '.'

    let private assignable (before: string) (after: string) =
        let family (name: string) = if isArray name then family (name.Replace("[]", "")) + "[]" else family name

        match before, after with
        | "inet", "cidr"
        | "cidr", "inet" -> true
        | _ ->
            let a, b = family before, family after
            a = b || b = "text" && not (isArray before) && not (isUsers before)

    /// Through text these would fail, or come out as something else: `101` of a bit string is not the number 101.
    let private hasCast (before: string) (after: string) =
        match bare before, bare after with
        | "boolean", "integer"
        | "integer", "boolean"
        | "bit", ("integer" | "bigint")
        | ("integer" | "bigint"), "bit"
        | "money", "numeric"
        | "box", ("polygon" | "circle" | "point" | "lseg")
        | "polygon", ("box" | "circle" | "point" | "path")
        | "circle", ("box" | "polygon" | "point")
        | "path", "polygon"
        | "lseg", "point" -> true
        | a, ("json" | "jsonb") when a = "hstore" || a.EndsWith(".hstore", StringComparison.Ordinal) -> true
        | a, b ->
            a.StartsWith("interval", StringComparison.Ordinal)
            && (b = "time" || b = "time without time zone")
            && not (after.EndsWith(" with time zone", StringComparison.Ordinal))
            || b = a.Replace("range", "multirange") && a.EndsWith("range", StringComparison.Ordinal)

    /// None where PostgreSQL assigns by itself.
    let using (name: string) (before: string) (after: string) : string option =
        let throughText =
            if before = "text" || after = "text" then
                $"{name}::{after}"
            else
                $"{name}::text::{after}"

        if assignable before after then
            None
        else
            match isArray before, isArray after with
            | false, true ->
                // A text may be written like an array.
                if family before = "text" then
                    Some $"CASE WHEN ltrim({name}) LIKE '{{%%' THEN {throughText} ELSE ARRAY[{name}]::{after} END"
                elif family before = "json" then
                    Some throughText
                else
                    Some $"CASE WHEN {name} IS NOT NULL THEN ARRAY[{name}::text]::{after} END"
            | true, false when family after <> "text" && family after <> "json" ->
                Some
                    $"CASE WHEN cardinality({name}) = 1 THEN array_to_string({name}, '')::{after} ELSE {throughText} END"
            | _ when isArray before || isArray after -> Some throughText
            | _ when hasCast before after -> Some $"{name}::{after}"
            // Only bits of a given length are numbers.
            | _ when bare before = "bit varying" && List.contains (bare after) [ "integer"; "bigint" ] ->
                Some $"lpad({name}::text, 64, '0')::bit(64)::bigint::{after}"
            | _ ->
                match family before, family after with
                | "number", "boolean" -> Some $"{name} <> 0"
                | "boolean", "number" -> Some $"{name}::integer::{after}"
                | "json", _ -> Some $"({name} #>> '{{}}')::{after}"
                | _ -> Some throughText
