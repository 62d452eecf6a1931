namespace SchemaToolkit.PostgresObjects

/// Aggregates: what they are made of can be replaced while what they take and give stays.
[<RequireQualifiedAccess>]
module Aggregates =
    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if (Texts.facts before).Create = (Texts.facts after).Create then
            Change.Same
        elif Texts.field "fixed" before = Texts.field "fixed" after then
            Change.Alter
                [ for sql in (Texts.facts after).Create do
                      "CREATE OR REPLACE " + sql.Substring "CREATE ".Length ]
        else
            Change.Replace

    let rules: KindRules =
        { Blank.rules Texts.designation Texts.create with
            Change = change
            GrantTarget = Texts.field "grant" }

/// Statistics objects: only the target can be changed.
[<RequireQualifiedAccess>]
module StatisticsObjects =
    let private target (object: PgObject) =
        let value = Texts.field "SET STATISTICS" object |> Option.defaultValue "-1"
        $"ALTER {Texts.designation object} SET STATISTICS {value}"

    let private create (_: Context) (object: PgObject) =
        [ yield! (Texts.facts object).Create
          if (Texts.field "SET STATISTICS" object).IsSome then
              target object ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if Texts.sameFixed before after then
            Change.Alter [ target after ]
        else
            Change.Replace

    let rules: KindRules = { Blank.rules Texts.designation create with Change = change }

/// Event triggers: only when they fire can be changed.
[<RequireQualifiedAccess>]
module EventTriggers =
    let private normal = "O"

    let private enabled (object: PgObject) = Texts.field "enabled" object |> Option.defaultValue normal

    let isAsleep (object: PgObject) = enabled object = "D"

    let private enable (object: PgObject) =
        let word =
            match enabled object with
            | "D" -> "DISABLE"
            | "R" -> "ENABLE REPLICA"
            | "A" -> "ENABLE ALWAYS"
            | _ -> "ENABLE"

        $"ALTER {Texts.designation object} {word}"

    let private create (_: Context) (object: PgObject) =
        [ yield! (Texts.facts object).Create
          if enabled object <> normal then
              enable object ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if Texts.sameFixed before after then
            Change.Alter [ enable after ]
        else
            Change.Replace

    let rules: KindRules = { Blank.rules Texts.designation create with Change = change }
