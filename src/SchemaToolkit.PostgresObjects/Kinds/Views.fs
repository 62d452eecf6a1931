namespace SchemaToolkit.PostgresObjects

open System.Text.RegularExpressions

/// Views and materialised views.
[<RequireQualifiedAccess>]
module Views =
    let private isMaterialised (object: PgObject) = object.Address.Kind = Kind.MaterializedView

    let private designation (object: PgObject) =
        let word = if isMaterialised object then "MATERIALIZED VIEW" else "VIEW"
        $"{word} {Words.relation object.Address}"

    let private settings (object: PgObject) (facts: ViewFacts) =
        facts.ColumnSettings |> List.map (fun setting -> $"ALTER {designation object} {setting}")

    /// As the catalog prints rows under names of the view's own: all their columns, in order.
    let private namedRows =
        Regex(
            @"SELECT (?:(?:""\*VALUES\*""\.)?column(?<number>\d+)(?: AS (?:""(?:[^""]|"""")*""|\w+))?,?\s+)+FROM \((?<rows>VALUES (?:'(?:[^']|'')*'|""(?:[^""]|"""")*""|[^'""])*?)\) ""\*VALUES\*""(?:\((?:column\d+(?:, )?)+\))?",
            RegexOptions.Singleline
        )

    let private isNamedRows (facts: ViewFacts) =
        let found = namedRows.Match facts.Definition

        found.Success
        && [ for number in found.Groups["number"].Captures -> int number.Value ] = [ 1 .. facts.Columns.Length ]

    /// What stands before AS, and the query. Rows under names of the view's own are printed as a query that would come back
    /// as another: they are written as rows again, and the names before them.
    let private named (object: PgObject) (facts: ViewFacts) =
        if isNamedRows facts then
            let columns = facts.Columns |> List.map (fst >> Quote.name) |> String.concat ", "
            $"{Words.relation object.Address} ({columns})", namedRows.Replace(facts.Definition, "${rows}")
        else
            Words.relation object.Address, facts.Definition

    let private statement (replace: string) (object: PgObject) (facts: ViewFacts) =
        let options = if facts.Options.IsEmpty then "" else $" WITH ({Words.options facts.Options})"

        let check =
            match facts.CheckOption with
            | Some mode -> $"\n  WITH {mode.ToUpperInvariant()} CHECK OPTION"
            | None -> ""

        let name, query = named object facts
        $"CREATE {replace}VIEW {name}{options} AS\n{query}{check}"

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
        let name, query = named object facts
        $"CREATE MATERIALIZED VIEW {name}{using}{options}{tablespace} AS\n{query}{data}"

    /// With its query as it has to read here.
    let private fitted (context: Context) (object: PgObject) : ViewFacts =
        let facts = Facts.view object
        { facts with Definition = RowAliases.text context object facts.Definition }

    let private create (context: Context) (object: PgObject) =
        let facts = fitted context object

        (if isMaterialised object then
             materialised object facts
         else
             statement "" object facts)
        :: settings object facts
        @ Words.dependsOn $"ALTER {designation object}" [] facts.DependsOnExtensions

    let private startsWith (prefix: 'a list) (list: 'a list) =
        List.length prefix <= List.length list && List.truncate prefix.Length list = prefix

    /// `ALTER COLUMN name`, and what is set of it: a word, or the name of an option.
    let private parts (setting: string) =
        let found =
            Regex.Match(
                setting,
                @"^(ALTER COLUMN (?:""(?:[^""]|"""")*""|\S+)) SET (?:(\w+) |\((\w+)=)",
                RegexOptions.Singleline
            )

        found.Groups[1].Value, found.Groups[2].Value, found.Groups[3].Value

    let private changeMaterialised (context: Context) (before: PgObject) (after: PgObject) =
        let a, b = Facts.view before, fitted context after

        let lost = a.ColumnSettings |> List.map parts |> List.except (b.ColumnSettings |> List.map parts)

        if
            a.Definition <> b.Definition
            || a.Columns <> b.Columns
            || a.Tablespace <> b.Tablespace && b.Tablespace.IsNone
            || a.AccessMethod <> b.AccessMethod
            // There is no word for the type's own before PostgreSQL 16.
            || lost |> List.exists (fun (_, what, _) -> what = "STORAGE")
        then
            Change.Replace
        else
            [ yield! Words.changeOptions $"ALTER {designation after}" a.Options b.Options
              match b.Tablespace with
              | Some name when a.Tablespace <> b.Tablespace ->
                  $"ALTER {designation after} SET TABLESPACE {Quote.name name}"
              | Some _
              | None -> ()
              for column, what, option in lost do
                  let reset =
                      match what with
                      | "" -> $"RESET ({option})"
                      | "COMPRESSION" -> "SET COMPRESSION default"
                      | _ -> $"SET {what} -1"

                  $"ALTER {designation after} {column} {reset}"
              for setting in List.except a.ColumnSettings b.ColumnSettings do
                  $"ALTER {designation after} {setting}"
              yield! Words.dependsOn $"ALTER {designation after}" a.DependsOnExtensions b.DependsOnExtensions ]
            |> Words.orSame

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        let a, b = Facts.view before, fitted context after

        if isMaterialised after then changeMaterialised context before after
        elif a = b then Change.Same
        elif not (startsWith a.Columns b.Columns) then Change.Replace
        else [ statement "OR REPLACE " after b ] |> Change.Alter

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change
            Absorbs =
                fun context object ->
                    context.To.ColumnsOf.TryFind object.Address |> Option.defaultValue [] |> List.map _.Address
            Names = Blank.relation
            GrantTarget = fun object -> Some $"TABLE {Words.relation object.Address}" }
