namespace SchemaToolkit.PostgresObjects

/// Foreign-data wrappers, servers and user mappings.
[<RequireQualifiedAccess>]
module Foreign =
    let private options (object: PgObject) = Texts.fieldsOf "option" object

    let private changeOptions (before: PgObject) (after: PgObject) =
        ForeignOptions.change (options before) (options after)

    let private clause name (object: PgObject) =
        Texts.field name object |> Option.map (fun value -> $"{name} {value}") |> Option.toList

    let private create (clauses: PgObject -> string list) (_: Context) (object: PgObject) =
        [ (Texts.facts object).Create @ clauses object @ ForeignOptions.create (options object)
          |> String.concat " " ]

    let private alter (object: PgObject) (clauses: string list) =
        match clauses with
        | [] -> Change.Same
        | clauses ->
            let list = String.concat " " clauses
            Change.Alter [ $"ALTER {Texts.designation object} {list}" ]

    let private differs name before after = Texts.field name before <> Texts.field name after

    let private changeWrapper (_: Context) (before: PgObject) (after: PgObject) =
        [ for name in [ "HANDLER"; "VALIDATOR" ] do
              if differs name before after then
                  match clause name after with
                  | [] -> $"NO {name}"
                  | clause -> yield! clause
          yield! changeOptions before after ]
        |> alter after

    let private changeServer (_: Context) (before: PgObject) (after: PgObject) =
        if differs "TYPE" before after || differs "fixed" before after then
            Change.Replace
        else
            [ if differs "VERSION" before after then
                  match clause "VERSION" after with
                  | [] -> "VERSION NULL"
                  | clause -> yield! clause
              yield! changeOptions before after ]
            |> alter after

    let wrappers: KindRules =
        { Blank.rules Texts.designation (create (fun object -> clause "HANDLER" object @ clause "VALIDATOR" object)) with
            Change = changeWrapper
            GrantTarget = Texts.designation >> Some }

    let servers: KindRules =
        { Blank.rules
              Texts.designation
              (create (fun object ->
                  clause "TYPE" object @ clause "VERSION" object @ Option.toList (Texts.field "fixed" object))) with
            Change = changeServer
            GrantTarget = fun object -> Some $"FOREIGN {Texts.designation object}" }

    let mappings: KindRules =
        { Blank.rules Texts.designation (create (fun _ -> [])) with
            Change = fun _ before after -> alter after (changeOptions before after) }
