namespace SchemaToolkit.PostgresObjects

/// Kinds whose whole state is the statements that make them: compared as text, replaced when they differ.
[<RequireQualifiedAccess>]
module Texts =
    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Text facts -> facts
        | _ -> invalidOp $"{object.Address} is not kept as text."

    let private setting name (object: PgObject) =
        (facts object).Settings
        |> List.tryPick (fun (key, value) -> if key = name then Some value else None)

    /// The catalog query says what the object is called.
    let private designation (object: PgObject) =
        setting "designation" object |> Option.defaultValue (string object.Address)

    let private create (_: Context) (object: PgObject) = (facts object).Create

    let private drop (_: Context) (object: PgObject) =
        match setting "drop" object with
        | Some "" -> []
        | Some text -> [ text ]
        | None -> [ $"DROP {designation object}" ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        // Some kinds can be changed where they stand; the query says how.
        match setting "alter" after with
        | Some text when (facts before).Create <> (facts after).Create && setting "fixed" before = setting "fixed" after ->
            Change.Alter [ text ]
        | _ -> Change.Replace

    let rules (kind: Kind) : KindRules =
        { Blank.rules designation create with
            Drop = drop
            Change = change
            GrantTarget =
                fun object ->
                    match kind with
                    | Kind.Aggregate -> Some $"FUNCTION {Words.relation object.Address}({object.Address.Arguments})"
                    | Kind.ForeignDataWrapper -> Some $"FOREIGN DATA WRAPPER {Quote.name object.Address.Name}"
                    | Kind.Server -> Some $"FOREIGN SERVER {Quote.name object.Address.Name}"
                    | Kind.Language -> Some $"LANGUAGE {Quote.name object.Address.Name}"
                    | _ -> None }
