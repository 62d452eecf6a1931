namespace SchemaToolkit.Postgres

open SchemaToolkit

/// A function that tells whether a type reads a text, for servers before 16. It lives in the session's temporary schema
/// and goes with the transaction that asks.
[<RequireQualifiedAccess>]
module internal Reader =
    let name = "pg_temp.schematoolkit_reads"

    let create =
        $"CREATE OR REPLACE FUNCTION {name}(value text, type_name text) RETURNS boolean LANGUAGE plpgsql AS $reads$ "
        + "BEGIN EXECUTE format('SELECT %L::%s', value, type_name); RETURN true; "
        + "EXCEPTION WHEN data_exception THEN RETURN false; END $reads$"

    /// Puts the function in front of a question that uses it.
    let before (question: string) = if question.Contains name then $"{create}; {question}" else question

/// Conditions over the rows that a conversion would refuse or change. Pure.
[<RequireQualifiedAccess>]
module internal CastChecks =
    let private failingEnum (name: ObjectName) (text: string) =
        // An enum that this plan makes is not there yet; its transaction takes everything back when a value does not fit.
        let labels =
            "SELECT e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace "
            + $"WHERE n.nspname = {Quote.text name.Namespace} AND t.typname = {Quote.text name.Name}"

        $"(EXISTS ({labels}) AND {text} NOT IN ({labels}))"

    /// A condition that holds for values that cannot be converted; None: every value can.
    let rec failing
        (canAsk: bool)
        (extensions: Extensions)
        (before: ColumnType)
        (after: ColumnType)
        (value: string)
        : string option =
        let viaText () =
            let text = Casts.textOf before after value

            match after with
            | ColumnType.Enum name -> Some(failingEnum name text)
            | _ when canAsk -> Some $"NOT pg_input_is_valid({text}, {Quote.text (PgType.render extensions after)})"
            | _ ->
                let doubtful = TextShapes.doubtful after text |> Option.defaultValue "true"
                let typeName = Quote.text (PgType.render extensions after)
                Some $"CASE WHEN {doubtful} THEN NOT {Reader.name}({text}, {typeName}) ELSE false END"

        match before, after with
        | a, b when a = b -> None
        | ColumnType.Array a, ColumnType.Array b ->
            failing canAsk extensions a b "element"
            |> Option.map (fun condition ->
                $"EXISTS (SELECT FROM unnest({value}) AS elements(element) WHERE element IS NOT NULL AND {condition})")
        | _, text when PgType.isText text -> None
        | a, b when Casts.isNumber a && Casts.isNumber b -> NumberChecks.failing a b value
        | ColumnType.Boolean, b when Casts.isNumber b -> None
        | a, ColumnType.Boolean when Casts.isNumber a -> None
        | ColumnType.Vector _, ColumnType.Vector n ->
            Some $"array_length(string_to_array({value}::text, ','), 1) <> {n}"
        | ColumnType.Json, ColumnType.Jsonb ->
            // jsonb cannot hold the NUL character.
            let nul = Quote.text @"\u0000"
            Some $"position({nul} in {value}::text) > 0"
        | ColumnType.Jsonb, ColumnType.Boolean -> Some $"jsonb_typeof({value}) <> 'boolean'"
        | ColumnType.Jsonb, b when Casts.isNumber b ->
            let inner =
                NumberChecks.failing (ColumnType.Numeric None) b $"({value} #>> '{{}}')::numeric"
                |> Option.defaultValue "false"

            Some $"CASE WHEN jsonb_typeof({value}) <> 'number' THEN true ELSE {inner} END"
        | a, b when Casts.isDirect a b && not (PgType.isText a) -> None
        | _ -> viaText ()

    /// A condition that holds for values that the conversion changes; asked only of values that do not fail.
    let rec private changed
        (extensions: Extensions)
        (before: ColumnType)
        (after: ColumnType)
        (value: string)
        : string option =
        match before, after with
        | a, b when a = b -> None
        | ColumnType.Array a, ColumnType.Array b ->
            changed extensions a b "element"
            |> Option.map (fun condition ->
                $"EXISTS (SELECT FROM unnest({value}) AS elements(element) WHERE element IS NOT NULL AND {condition})")
        | a, (ColumnType.Varchar n | ColumnType.Char n) -> Some $"char_length({value}::text) > {n}"
        | _, ColumnType.Text -> None
        | ColumnType.Double, ColumnType.Real -> Some $"{value} <> {value}::real::double precision"
        | a, b when Casts.isNumber a && Casts.isNumber b ->
            Some $"{NumberChecks.digits a value} <> {NumberChecks.digits b (Casts.convert extensions a b value)}"
        | a, ColumnType.Boolean when Casts.isNumber a -> Some $"{value} NOT IN (0, 1)"
        | (ColumnType.LocalTimestamp | ColumnType.Timestamp), ColumnType.Date ->
            Some $"{value} <> date_trunc('day', {value})"
        | (ColumnType.LocalTimestamp | ColumnType.Timestamp), ColumnType.Time -> Some "true"
        | ColumnType.Interval, ColumnType.Time -> Some $"{value} <> ({value}::time)::interval"
        | ColumnType.Json, ColumnType.Jsonb ->
            // Order and white space are not the value; a key that is there twice loses one of its values.
            let size text = $"length(regexp_replace({text}, '\\s', '', 'g'))"
            Some $"""{size $"{value}::text"} <> {size $"{value}::jsonb::text"}"""
        | _ -> None

    let lossy
        (canAsk: bool)
        (extensions: Extensions)
        (before: ColumnType)
        (after: ColumnType)
        (value: string)
        : string option =
        changed extensions before after value
        |> Option.map (fun changed ->
            match failing canAsk extensions before after value with
            | Some failing -> $"CASE WHEN {failing} THEN false ELSE {changed} END"
            | None -> changed)
