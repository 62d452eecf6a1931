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
        (if isMaterialised object then materialised object facts else statement "" object facts) :: settings object facts

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
                  | Some name when a.Tablespace <> b.Tablespace -> $"ALTER {designation after} SET TABLESPACE {Quote.name name}"
                  | Some _
                  | None -> ()
                  for setting in lost do
                      $"ALTER {designation after} {column setting} -1"
                  yield! List.except a.ColumnSettings b.ColumnSettings |> List.map (fun s -> $"ALTER {designation after} {s}") ]
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
            Absorbs = fun context object -> context.To.ColumnsOf.TryFind object.Address |> Option.defaultValue [] |> List.map _.Address
            Names = Blank.relation
            GrantTarget = fun object -> Some $"TABLE {Words.relation object.Address}" }

/// Functions, procedures, window functions.
[<RequireQualifiedAccess>]
module Routines =
    let private designation (object: PgObject) =
        let word = if object.Address.Kind = Kind.Procedure then "PROCEDURE" else "FUNCTION"
        $"{word} {Words.relation object.Address}({object.Address.Arguments})"

    let private dependencies (object: PgObject) (before: string list) (after: string list) =
        [ for extension in List.except before after do
              $"ALTER {designation object} DEPENDS ON EXTENSION {Quote.name extension}"
          for extension in List.except after before do
              $"ALTER {designation object} NO DEPENDS ON EXTENSION {Quote.name extension}" ]

    let private create (_: Context) (object: PgObject) =
        let facts = Facts.routine object
        facts.Definition :: dependencies object [] facts.DependsOnExtensions

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = Facts.routine before, Facts.routine after

        if a.Signature <> b.Signature then
            Change.Replace
        else
            [ if a.Definition <> b.Definition then
                  b.Definition
              yield! dependencies after a.DependsOnExtensions b.DependsOnExtensions ]
            |> Words.orSame

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change
            GrantTarget = designation >> Some }

[<RequireQualifiedAccess>]
module Triggers =
    let private designation (object: PgObject) =
        $"TRIGGER {Quote.name object.Address.Part} ON {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Trigger facts -> facts
        | _ -> invalidOp $"{object.Address} is not a trigger."

    let private enable (object: PgObject) (mode: string) =
        let word =
            match mode with
            | "D" -> "DISABLE"
            | "R" -> "ENABLE REPLICA"
            | "A" -> "ENABLE ALWAYS"
            | _ -> "ENABLE"

        $"ALTER TABLE {Words.relation object.Address} {word} TRIGGER {Quote.name object.Address.Part}"

    let private create (_: Context) (object: PgObject) =
        let f = facts object

        [ if f.Definition <> "" then
              f.Definition
          if f.Enabled <> Option.defaultValue "O" f.Inherited then
              enable object f.Enabled ]

    /// In a partition only the difference goes.
    let private drop (_: Context) (object: PgObject) =
        match (facts object).Inherited with
        | Some state -> [ enable object state ]
        | None -> [ $"DROP {designation object}" ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if (facts before).Definition = (facts after).Definition then
            Change.Alter [ enable after (facts after).Enabled ]
        else
            Change.Replace

    let rules: KindRules =
        { Blank.rules designation create with
            Drop = drop
            Change = change }

[<RequireQualifiedAccess>]
module RewriteRules =
    let private designation (object: PgObject) =
        $"RULE {Quote.name object.Address.Part} ON {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Rule facts -> facts
        | _ -> invalidOp $"{object.Address} is not a rule."

    let private enable (object: PgObject) (mode: string) =
        let word =
            match mode with
            | "D" -> "DISABLE"
            | "R" -> "ENABLE REPLICA"
            | "A" -> "ENABLE ALWAYS"
            | _ -> "ENABLE"

        $"ALTER TABLE {Words.relation object.Address} {word} RULE {Quote.name object.Address.Part}"

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

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change }

[<RequireQualifiedAccess>]
module Policies =
    let private designation (object: PgObject) =
        $"POLICY {Quote.name object.Address.Part} ON {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Policy facts -> facts
        | _ -> invalidOp $"{object.Address} is not a policy."

    let private roles (f: PolicyFacts) =
        f.Roles |> List.map (fun role -> if role = "" then "PUBLIC" else Quote.name role) |> String.concat ", "

    let private clauses (f: PolicyFacts) =
        [ match f.Using with
          | Some text -> $"USING ({text})"
          | None -> ()
          match f.WithCheck with
          | Some text -> $"WITH CHECK ({text})"
          | None -> () ]

    let private create (_: Context) (object: PgObject) =
        let f = facts object

        let command =
            match f.Command with
            | "r" -> "SELECT"
            | "a" -> "INSERT"
            | "w" -> "UPDATE"
            | "d" -> "DELETE"
            | _ -> "ALL"

        let kind = if f.Permissive then "PERMISSIVE" else "RESTRICTIVE"
        let rest = clauses f |> String.concat " "
        [ $"CREATE {designation object} AS {kind} FOR {command} TO {roles f} {rest}".TrimEnd() ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after
        let loses x y = Option.isSome x && Option.isNone y

        if
            a.Command <> b.Command
            || a.Permissive <> b.Permissive
            || loses a.Using b.Using
            || loses a.WithCheck b.WithCheck
        then
            Change.Replace
        else
            let rest = clauses b |> String.concat " "
            Change.Alter [ $"ALTER {designation after} TO {roles b} {rest}".TrimEnd() ]

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change }

[<RequireQualifiedAccess>]
module Extensions =
    let private designation (object: PgObject) = $"EXTENSION {Quote.name object.Address.Name}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Extension facts -> facts
        | _ -> invalidOp $"{object.Address} is not an extension."

    let private create (_: Context) (object: PgObject) =
        let f = facts object
        [ $"CREATE EXTENSION IF NOT EXISTS {Quote.name object.Address.Name} WITH SCHEMA {Quote.name f.Schema} VERSION {Quote.text f.Version}" ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after

        [ if a.Version <> b.Version then
              $"ALTER {designation after} UPDATE TO {Quote.text b.Version}"
          if a.Schema <> b.Schema && b.Relocatable then
              $"ALTER {designation after} SET SCHEMA {Quote.name b.Schema}" ]
        |> Words.orSame

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change }
