namespace SchemaToolkit.PostgresObjects

/// Publications; the tables and schemas that they publish are objects of their own.
[<RequireQualifiedAccess>]
module Publications =
    let private options = [ "publish"; "publish_via_partition_root"; "publish_generated_columns" ]

    let private listed (names: string list) (object: PgObject) =
        [ for name in names do
              match Texts.field name object with
              | Some value -> $"{name} = {value}"
              | None -> () ]
        |> String.concat ", "

    let private create (_: Context) (object: PgObject) =
        let target = Texts.field "fixed" object |> Option.defaultValue ""
        let first = String.concat "" (Texts.facts object).Create
        [ $"{first}{target} WITH ({listed options object})" ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if not (Texts.sameFixed before after) then
            Change.Replace
        else
            let changed = options |> List.filter (fun name -> Texts.field name before <> Texts.field name after)

            Change.Alter [ $"ALTER {Texts.designation after} SET ({listed changed after})" ]

    let rules: KindRules = { Blank.rules Texts.designation create with Change = change }

    /// A table that goes takes itself out of publications.
    let private dropMember (context: Context) (object: PgObject) =
        let table = Address.tableOf object.Address

        if object.Address.Kind = Kind.PublicationTable && context.Dropping.Contains table then
            []
        else
            Texts.field "drop" object |> Option.toList

    let members: KindRules =
        { Blank.rules (fun object -> string object.Address) Texts.create with
            Drop = dropMember }

/// Subscriptions. No statement says a word to the publisher: what is there of slots is left as it is.
[<RequireQualifiedAccess>]
module Subscriptions =
    let private text name object = Texts.field name object |> Option.defaultValue ""
    let private isEnabled object = Texts.field "enabled" object = Some "true"
    let private slot = "slot_name"
    let private hasSlot object = Texts.field $"option {slot}" object <> Some "NONE"

    let private listed (options: (string * string) list) =
        options |> List.map (fun (n, v) -> $"{n} = {v}") |> String.concat ", "

    let private enable object = $"ALTER {Texts.designation object} ENABLE"
    let private disable object = $"ALTER {Texts.designation object} DISABLE"

    /// What CREATE SUBSCRIPTION says by itself; the default of `streaming` is another since PostgreSQL 18.
    let private isDefault (object: PgObject) option =
        match option with
        | "binary", "false"
        | "disable_on_error", "false"
        | "synchronous_commit", "'off'"
        | "password_required", "true"
        | "run_as_owner", "false"
        | "origin", "'any'" -> true
        // Not every name of a subscription can be said to be the name of a slot.
        | name, value -> name = slot && value = Quote.text object.Address.Name

    let private create (context: Context) (object: PgObject) =
        let first = String.concat "" (Texts.facts object).Create

        let options =
            ("connect", "false") :: (Texts.fieldsOf "option" object |> List.filter (isDefault object >> not))

        [ $"""{first} CONNECTION {text "CONNECTION" object} PUBLICATION {text "PUBLICATION" object} WITH ({listed options}{text "fixed" object})"""
          // Asleep, unless it is made again.
          if context.From.Objects.TryFind object.Address |> Option.exists isEnabled then
              enable object ]

    let private drop (_: Context) (object: PgObject) =
        [ if isEnabled object then
              disable object
          if hasSlot object then
              $"ALTER {Texts.designation object} SET ({slot} = NONE)"
          $"DROP {Texts.designation object}" ]

    /// The name of a subscription need not be one that a slot can be given.
    let private canBeSaid (object: PgObject) =
        not (hasSlot object)
        || System.Text.RegularExpressions.Regex.IsMatch(text $"option {slot}" object, @"\A'[a-z0-9_]+'\z")

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let sameSlot = Texts.field $"option {slot}" before = Texts.field $"option {slot}" after

        if not (Texts.sameFixed before after) || not sameSlot && not (canBeSaid after) then
            Change.Replace
        else
            let alter = $"ALTER {Texts.designation after}"
            let differs name = Texts.field name before <> Texts.field name after

            // Whether it is awake is left as it is; without a slot it cannot be.
            [ if isEnabled before && not (hasSlot after) then
                  disable after
              if differs "CONNECTION" then
                  $"""{alter} CONNECTION {text "CONNECTION" after}"""
              if differs "PUBLICATION" then
                  $"""{alter} SET PUBLICATION {text "PUBLICATION" after} WITH (refresh = false)"""
              match List.except (Texts.fieldsOf "option" before) (Texts.fieldsOf "option" after) with
              | [] -> ()
              | changed -> $"{alter} SET ({listed changed})" ]
            |> Words.orSame

    let rules: KindRules = { Blank.rules Texts.designation create with Drop = drop; Change = change }
