namespace SchemaToolkit.PostgresObjects

/// Defaults. A generated column's expression belongs to the column; here it only says what it needs.
[<RequireQualifiedAccess>]
module Defaults =
    let private alter (object: PgObject) =
        $"ALTER TABLE ONLY {Words.relation object.Address} ALTER COLUMN {Quote.name object.Address.Part}"

    let private create (_: Context) (object: PgObject) =
        let facts = Facts.columnDefault object

        if facts.Generated then
            []
        else
            [ $"{alter object} SET DEFAULT {facts.Expression}" ]

    let private drop (context: Context) (object: PgObject) =
        if (Facts.columnDefault object).Generated then
            let column = Option.get object.Parent

            match context.To.Objects.TryFind column with
            | Some({ Facts = Facts.Column { Generated = None } } as after) when not (context.Dropping.Contains column) ->
                let isGeneratedAbove () =
                    Words.inheritedFrom context.To after
                    |> List.exists (fun parent ->
                        match context.From.Objects.TryFind parent.Address with
                        | Some { Facts = Facts.Column { Generated = Some _ } } ->
                            not (context.Dropping.Contains parent.Address)
                        | Some _
                        | None -> false)

                // Only from parents that it had before.
                let goesWithParents = Bonds.givesOld context (Option.get after.Parent) column && isGeneratedAbove ()

                // Children that inherit the column lose it in the same statement.
                if goesWithParents then
                    []
                else
                    [ $"ALTER TABLE {Words.relation object.Address} ALTER COLUMN {Quote.name object.Address.Part} DROP EXPRESSION" ]
            | Some _
            | None -> []
        else
            [ $"{alter object} DROP DEFAULT" ]

    let private change context (before: PgObject) (after: PgObject) =
        match (Facts.columnDefault before).Generated, (Facts.columnDefault after).Generated with
        | false, false -> Change.Alter(create context after)
        | true, true -> Change.Same
        | _ -> Change.Replace

    let rules: KindRules =
        { Blank.rules (fun object -> string object.Address) create with
            Drop = drop
            Change = change }
