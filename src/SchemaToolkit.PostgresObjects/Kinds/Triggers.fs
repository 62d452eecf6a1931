namespace SchemaToolkit.PostgresObjects

/// When triggers and rules fire.
[<RequireQualifiedAccess>]
module private Firing =
    /// `mode` is a letter of `pg_trigger.tgenabled` or `pg_rewrite.ev_enabled`.
    let statement (kind: string) (object: PgObject) (mode: string) =
        let word =
            match mode with
            | "D" -> "DISABLE"
            | "R" -> "ENABLE REPLICA"
            | "A" -> "ENABLE ALWAYS"
            | _ -> "ENABLE"

        $"ALTER TABLE {Words.relation object.Address} {word} {kind} {Quote.name object.Address.Part}"

[<RequireQualifiedAccess>]
module Triggers =
    let private designation (object: PgObject) =
        $"TRIGGER {Quote.name object.Address.Part} ON {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Trigger facts -> facts
        | _ -> invalidOp $"{object.Address} is not a trigger."

    let private enable = Firing.statement "TRIGGER"

    let private extensions (object: PgObject) = Words.dependsOn $"ALTER {designation object}"

    let private create (_: Context) (object: PgObject) =
        let f = facts object

        [ if f.Definition <> "" then
              f.Definition
          if f.Enabled <> Option.defaultValue "O" f.Inherited then
              enable object f.Enabled
          yield! extensions object [] f.DependsOnExtensions ]

    /// Whether what a partition has of a parent's trigger goes anyway: with the trigger, or when it is detached.
    let rec private goesFromAbove (context: Context) (trigger: Address) =
        let attachment = { trigger with Kind = Kind.Attachment; Part = "" }

        match context.From.Objects.TryFind attachment with
        | Some { Facts = Facts.Attachment(parent, _) } ->
            let above = { trigger with Schema = parent.Schema; Name = parent.Name }

            context.Dropping.Contains attachment
            || match context.From.Objects.TryFind above with
               | Some { Facts = Facts.Trigger { Inherited = None } } -> context.Dropping.Contains above
               | Some _
               | None -> goesFromAbove context above
        | Some _
        | None -> false

    /// In a partition only the difference goes.
    let private drop (context: Context) (object: PgObject) =
        match (facts object).Inherited with
        | Some _ when goesFromAbove context object.Address -> []
        | Some state -> [ enable object state ]
        | None -> [ $"DROP {designation object}" ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after

        if a.Definition <> b.Definition then
            Change.Replace
        else
            [ if a.Enabled <> b.Enabled || a.Inherited <> b.Inherited then
                  enable after b.Enabled
              yield! extensions after a.DependsOnExtensions b.DependsOnExtensions ]
            |> Words.orSame

    let rules: KindRules = { Blank.rules designation create with Drop = drop; Change = change }

[<RequireQualifiedAccess>]
module RewriteRules =
    let private designation (object: PgObject) =
        $"RULE {Quote.name object.Address.Part} ON {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Rule facts -> facts
        | _ -> invalidOp $"{object.Address} is not a rule."

    let private enable = Firing.statement "RULE"

    let private create (_: Context) (object: PgObject) =
        let f = facts object

        [ f.Definition
          if f.Enabled <> "O" then
              enable object f.Enabled ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if (facts before).Definition = (facts after).Definition then
            Change.Alter [ enable after (facts after).Enabled ]
        else
            Change.Replace

    let rules: KindRules = { Blank.rules designation create with Change = change }
