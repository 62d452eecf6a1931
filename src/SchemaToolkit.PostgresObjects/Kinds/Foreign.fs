namespace SchemaToolkit.PostgresObjects

/// Foreign-data wrappers, servers and user mappings.
[<RequireQualifiedAccess>]
module Foreign =
    let private options (object: PgObject) = Texts.fieldsOf "option" object

    let private createOptions (object: PgObject) =
        match options object with
        | [] -> ""
        | options ->
            let list = options |> List.map (fun (name, value) -> $"{Quote.name name} {value}") |> String.concat ", "

            $" OPTIONS ({list})"

    let private changeOptions (before: PgObject) (after: PgObject) =
        let a, b = options before, options after
        let has (options: (string * string) list) name = options |> List.exists (fun (n, _) -> n = name)

        let changes =
            [ for name, value in List.except a b do
                  let verb = if has a name then "SET" else "ADD"
                  $"{verb} {Quote.name name} {value}"
              for name, _ in a do
                  if not (has b name) then
                      $"DROP {Quote.name name}" ]

        match changes with
        | [] -> []
        | changes ->
            let list = String.concat ", " changes
            [ $"OPTIONS ({list})" ]

    let private clause name (object: PgObject) =
        Texts.field name object |> Option.map (fun value -> $"{name} {value}") |> Option.toList

    let private create (clauses: PgObject -> string list) (_: Context) (object: PgObject) =
        [ String.concat " " ((Texts.facts object).Create @ clauses object) + createOptions object ]

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
