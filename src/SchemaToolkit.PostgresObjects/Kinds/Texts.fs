namespace SchemaToolkit.PostgresObjects

/// Kinds whose state is the statements that make them, with fields beside them that can be changed where they stand.
[<RequireQualifiedAccess>]
module Texts =
    let facts (object: PgObject) =
        match object.Facts with
        | Facts.Text facts -> facts
        | _ -> invalidOp $"{object.Address} is not kept as text."

    let field name (object: PgObject) =
        (facts object).Settings
        |> List.tryPick (fun (key, value) -> if key = name then Some value else None)

    /// Fields whose names begin with a word, without it.
    let fieldsOf (word: string) (object: PgObject) =
        (facts object).Settings
        |> List.choose (fun (key, value) ->
            if key.StartsWith(word + " ", System.StringComparison.Ordinal) then
                Some(key.Substring(word.Length + 1), value)
            else
                None)

    /// Whether what no ALTER changes is the same.
    let sameFixed (before: PgObject) (after: PgObject) =
        (facts before).Create = (facts after).Create && field "fixed" before = field "fixed" after

    /// The catalog query says what the object is called.
    let designation (object: PgObject) = field "designation" object |> Option.defaultValue (string object.Address)

    let create (_: Context) (object: PgObject) = (facts object).Create

    let private drop (_: Context) (object: PgObject) =
        match field "drop" object with
        | Some text -> [ text ]
        | None -> [ $"DROP {designation object}" ]

    let private orReplace (object: PgObject) =
        (facts object).Create |> List.map (fun sql -> "CREATE OR REPLACE " + sql.Substring "CREATE ".Length)

    let private isTrusted (object: PgObject) =
        (facts object).Create
        |> List.exists (fun sql -> sql.StartsWith("CREATE TRUSTED ", System.StringComparison.Ordinal))

    /// Languages and transforms can be made over themselves.
    let private change (kind: Kind) (_: Context) (before: PgObject) (after: PgObject) =
        match kind with
        // Privileges on an untrusted language can be neither given nor taken back.
        | Kind.Language when before.Grants <> after.Grants && isTrusted before && not (isTrusted after) ->
            Change.Replace
        | Kind.Language
        | Kind.Transform -> Change.Alter(orReplace after)
        | _ when (facts before).Create = (facts after).Create -> Change.Same
        | _ -> Change.Replace

    let rules (kind: Kind) : KindRules =
        { Blank.rules designation create with
            Drop = drop
            Change = change kind
            GrantTarget =
                fun object ->
                    if kind = Kind.Language then
                        Some $"LANGUAGE {Quote.name object.Address.Name}"
                    else
                        None }
