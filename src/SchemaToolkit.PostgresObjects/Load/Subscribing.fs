namespace SchemaToolkit.PostgresObjects

open System.Text.RegularExpressions

/// Subscriptions of a script that is only looked at: a scratch database says no word to a publisher, where it would make slots,
/// read changes meant for others, or drop what it never made.
[<RequireQualifiedAccess>]
module internal Subscribing =
    let private options = RegexOptions.IgnoreCase ||| RegexOptions.Singleline

    let private name = @"(?:""(?:[^""]|"""")*""|[^\s;""]+)"

    /// The options at the end of a statement.
    let private withClause = Regex(@"\bWITH\s*\(([^()]*)\)\s*$", options)

    /// What a subscription that is not connected cannot ask for, or has by itself.
    let private connected = Regex(@"^\s*(connect|enabled|create_slot|copy_data)\s*(=|$)", options)

    let private create (text: string) =
        let found = withClause.Match text

        let kept =
            found.Groups[1].Value.Split ','
            |> List.ofArray
            |> List.filter (fun option -> option.Trim() <> "" && not (connected.IsMatch option))

        let head = if found.Success then text.Substring(0, found.Index) else text
        let list = "connect = false" :: (kept |> List.map _.Trim()) |> String.concat ", "
        $"{head.TrimEnd()} WITH ({list})"

    let private drop (subscription: string) (ifExists: bool) =
        let body =
            $"ALTER SUBSCRIPTION {subscription} SET (slot_name = NONE); DROP SUBSCRIPTION {subscription};"

        let missing = if ifExists then " EXCEPTION WHEN undefined_object THEN NULL;" else ""
        let block = $"BEGIN {body}{missing} END"
        $"DO {Quote.text block}"

    let private matched (pattern: string) (text: string) =
        let found = Regex.Match(text, pattern, options)
        if found.Success then Some found else None

    /// What is run in place of a statement; None where it may run as it is.
    let instead (text: string) : string list option =
        match matched @"^CREATE\s+SUBSCRIPTION\b" text with
        | Some _ -> Some [ create text ]
        | None ->
            match matched $@"^DROP\s+SUBSCRIPTION\s+(IF\s+EXISTS\s+)?({name})" text with
            | Some found -> Some [ drop found.Groups[2].Value found.Groups[1].Success ]
            | None ->
                match matched $@"^ALTER\s+SUBSCRIPTION\s+{name}\s+(ENABLE|DISABLE|REFRESH|SKIP)\b" text with
                | Some _ -> Some []
                | None ->
                    match matched $@"^ALTER\s+SUBSCRIPTION\s+{name}\s+(SET|ADD|DROP)\s+PUBLICATION\b" text with
                    | Some _ ->
                        let head = withClause.Replace(text, "")
                        Some [ $"{head.TrimEnd()} WITH (refresh = false)" ]
                    | None -> None
