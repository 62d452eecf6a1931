namespace SchemaToolkit.PostgresObjects

/// Views and materialised views.
[<RequireQualifiedAccess>]
module Views =
    let private isMaterialised (object: PgObject) = object.Address.Kind = Kind.MaterializedView

    let private designation (object: PgObject) =
        let word = if isMaterialised object then "MATERIALIZED VIEW" else "VIEW"
        $"{word} {Words.relation object.Address}"

    let private settings (object: PgObject) (facts: ViewFacts) =
        facts.ColumnSettings |> List.map (fun setting -> $"ALTER {designation object} {setting}")

    let private statement (replace: string) (object: PgObject) (facts: ViewFacts) =
        let options = if facts.Options.IsEmpty then "" else $" WITH ({Words.options facts.Options})"

        let check =
            match facts.CheckOption with
            | Some mode -> $"\n  WITH {mode.ToUpperInvariant()} CHECK OPTION"
            | None -> ""

        $"CREATE {replace}VIEW {Words.relation object.Address}{options} AS\n{facts.Definition}{check}"

    let private materialised (object: PgObject) (facts: ViewFacts) =
        let using =
            match facts.AccessMethod with
            | Some name -> $" USING {Quote.name name}"
            | None -> ""

        let options = if facts.Options.IsEmpty then "" else $" WITH ({Words.options facts.Options})"

        let tablespace =
            match facts.Tablespace with
            | Some name -> $" TABLESPACE {Quote.name name}"
            | None -> ""

        let data = if facts.Populated then "" else "\n  WITH NO DATA"
        $"CREATE MATERIALIZED VIEW {Words.relation object.Address}{using}{options}{tablespace} AS\n{facts.Definition}{data}"

    let private create (_: Context) (object: PgObject) =
        let facts = Facts.view object

        (if isMaterialised object then
             materialised object facts
         else
             statement "" object facts)
        :: settings object facts

    let private startsWith (prefix: 'a list) (list: 'a list) =
        List.length prefix <= List.length list && List.truncate prefix.Length list = prefix

    /// Up to the word that says what is set.
    let private column (setting: string) =
        let place = setting.IndexOf(" SET ", System.StringComparison.Ordinal)
        let stop = setting.IndexOf(' ', place + 5)
        setting.Substring(0, stop)

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = Facts.view before, Facts.view after
        let sameText = a.Definition = b.Definition && a.Columns = b.Columns

        if isMaterialised after then
            let lost =
                a.ColumnSettings
                |> List.filter (fun s -> not (b.ColumnSettings |> List.exists (fun t -> column s = column t)))

            if
                not sameText
                || a.Tablespace <> b.Tablespace && b.Tablespace.IsNone
                || a.AccessMethod <> b.AccessMethod
                || lost |> List.exists (fun s -> s.Contains(" SET STORAGE ", System.StringComparison.Ordinal))
            then
                Change.Replace
            else
                [ yield! Words.changeOptions $"ALTER {designation after}" a.Options b.Options
                  match b.Tablespace with
                  | Some name when a.Tablespace <> b.Tablespace ->
                      $"ALTER {designation after} SET TABLESPACE {Quote.name name}"
                  | Some _
                  | None -> ()
                  for setting in lost do
                      $"ALTER {designation after} {column setting} -1"
                  yield!
                      List.except a.ColumnSettings b.ColumnSettings
                      |> List.map (fun s -> $"ALTER {designation after} {s}") ]
                |> Words.orSame
        elif not (startsWith a.Columns b.Columns) then
            Change.Replace
        else
            [ if not sameText || a.Options <> b.Options || a.CheckOption <> b.CheckOption then
                  statement "OR REPLACE " after b
              for setting in List.except b.ColumnSettings a.ColumnSettings do
                  let column = setting.Split(" SET ", 2)[0]

                  if not (b.ColumnSettings |> List.exists (fun s -> s.StartsWith(column + " SET "))) then
                      $"ALTER {designation after} {column} DROP DEFAULT"
              for setting in List.except a.ColumnSettings b.ColumnSettings do
                  $"ALTER {designation after} {setting}" ]
            |> Words.orSame

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change
            Absorbs =
                fun context object ->
                    context.To.ColumnsOf.TryFind object.Address |> Option.defaultValue [] |> List.map _.Address
            Names = Blank.relation
            GrantTarget = fun object -> Some $"TABLE {Words.relation object.Address}" }
