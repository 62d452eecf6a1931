namespace SchemaToolkit.PostgresObjects

/// NOT NULL of columns that stay. From PostgreSQL 18 on it is a constraint with a name; a derived name is not kept in the facts.
[<RequireQualifiedAccess>]
module internal NotNull =
    let private named = 180000

    let private alter (column: PgObject) =
        let table = Option.get column.Parent
        let word = if table.Kind = Kind.ForeignTable then "FOREIGN TABLE" else "TABLE"
        $"ALTER {word} {Words.relation table}"

    let private said (column: PgObject) =
        let derived = $"{column.Address.Name}_{column.Address.Part}_not_null"

        (Facts.column column).NotNullConstraint
        |> Option.defaultValue (Words.truncated derived, false, true)

    let private name (column: PgObject) =
        let name, _, _ = said column
        name

    let private add (column: PgObject) = $"{alter column} {ColumnText.addNotNull column.Address.Part (said column)}"
    let private set (column: PgObject) = $"{alter column} ALTER COLUMN {Quote.name column.Address.Part} SET NOT NULL"
    let drop (column: PgObject) = $"{alter column} ALTER COLUMN {Quote.name column.Address.Part} DROP NOT NULL"

    let private rename (column: PgObject) (before: string) =
        $"{alter column} RENAME CONSTRAINT {Quote.name before} TO {Quote.name (name column)}"

    let private has (column: PgObject) = (Facts.column column).NotNull

    /// Columns below that stay, before and after.
    let private children (context: Context) (column: PgObject) =
        [ for child in Bonds.allBelow context.From column.Address do
              match context.From.Objects.TryFind child, context.To.Objects.TryFind child with
              | Some before, Some after when not (context.Dropping.Contains child) -> before, after
              | _ -> () ]

    /// A primary key keeps NOT NULL on its columns.
    let private isOfKey (context: Context) (column: Address) =
        context.From.ConstraintsOf.TryFind(Address.tableOf column)
        |> Option.defaultValue []
        |> List.exists (fun key -> Change.isPrimaryKey key && (Words.needs context.From key.Address).Contains column)

    /// Before a parent's comes: what a child is to have under a name of its own must be there, or it gets the parent's.
    let private makeWay (context: Context) (column: PgObject) =
        [ if context.To.Version >= named then
              for child in Bonds.allBelow context.To column.Address do
                  let after = context.To.Objects[child]

                  let before =
                      context.From.Objects.TryFind child
                      |> Option.filter (fun before -> has before && not (context.Dropping.Contains child))

                  if not (context.Creating.Contains(Option.get after.Parent)) then
                      match before with
                      | None when has after && name after <> name column -> add after
                      | Some before when name before <> name after ->
                          if name after <> name column || isOfKey context child then
                              rename after (name before)
                          else
                              drop after
                      | Some _
                      | None -> () ]

    /// Whether the one above comes or goes, which takes care of this one.
    let private followsAbove (context: Context) (column: PgObject) =
        context.To.Version >= named
        && Bonds.gives context (Option.get column.Parent) column.Address
        && Bonds.allAbove context.To column.Address
           |> List.exists (fun above ->
               match context.From.Objects.TryFind above, context.To.Objects.TryFind above with
               | Some({ Facts = Facts.Column _ } as a), Some({ Facts = Facts.Column _ } as b) -> has a <> has b
               | _ -> false)

    /// The engine passes another name on to those below that have the old one.
    let private renamedAbove (context: Context) (before: PgObject) (after: PgObject) =
        Bonds.gives context (Option.get after.Parent) after.Address
        && Bonds.above context.To after.Address
           |> List.exists (fun above ->
               match context.From.Objects.TryFind above, context.To.Objects.TryFind above with
               | Some({ Facts = Facts.Column _ } as a), Some({ Facts = Facts.Column _ } as b) ->
                   has a && has b && name a = name before && name b = name after
               | _ -> false)

    /// What has to be undone and done again for another name: the engine renames none that comes from above.
    let bondsOfName (context: Context) (before: PgObject) (after: PgObject) : Address list =
        let table = Option.get after.Parent

        let comesFrom (above: Address) =
            context.From.Objects.TryFind above
            |> Option.exists (fun column -> column.Facts.IsColumn && has column)

        if
            context.To.Version < named
            || not (has before && has after)
            || name before = name after
            || followsAbove context after
            || renamedAbove context before after
        then
            []
        elif Words.staysPartition context table then
            [ { table with Kind = Kind.Attachment } ]
        else
            [ for parent in Bonds.staying context table do
                  if comesFrom { after.Address with Schema = parent.Schema; Name = parent.Name } then
                      Bonds.inheritance table parent ]

    let private changed (context: Context) (before: PgObject) (after: PgObject) =
        let (from, wasNotInherited, wasValid), (_, notInherited, valid) = said before, said after

        if wasValid && not valid then
            [ $"{alter after} DROP CONSTRAINT {Quote.name from}"; add after ]
        else
            [ if from <> name after && not (renamedAbove context before after) then
                  rename after from
              if wasNotInherited <> notInherited then
                  let no = if notInherited then "NO " else ""
                  $"{alter after} ALTER CONSTRAINT {Quote.name (name after)} {no}INHERIT"
              if valid && not wasValid then
                  $"{alter after} VALIDATE CONSTRAINT {Quote.name (name after)}" ]

    /// Columns below that lose NOT NULL with this one for a moment: before PostgreSQL 18 a primary key of theirs holds it back.
    let keysBelow (context: Context) (before: PgObject) (after: PgObject) : Address list =
        if context.To.Version < named && has before && not (has after) then
            Bonds.allBelow context.From before.Address |> List.filter (isOfKey context)
        else
            []

    /// A parent's goes. Children that want it all the same have it as their own first, which keeps it and its name; before
    /// PostgreSQL 18 it goes with the parent's, and comes again.
    let private dropAbove (context: Context) (column: PgObject) : string list =
        let staying = children context column |> List.filter (fun (before, after) -> has before && has after)

        if context.To.Version >= named then
            [ for _, child in staying do
                  set child
              drop column
              for before, after in staying do
                  yield! changed context before after ]
        else
            drop column :: [ for _, child in staying -> set child ]

    let change (context: Context) (before: PgObject) (after: PgObject) : string list =
        match has before, has after with
        | _, true when followsAbove context after -> []
        | false, true ->
            makeWay context after
            // Left to choose, the server passes over a name that another table's has already.
            @ [ (if context.To.Version >= named then add after else set after) ]
        // Those below are taken care of from above, too.
        | true, false when followsAbove context after -> [ drop after ]
        | true, false -> dropAbove context after
        | true, true when (Facts.column before).NotNullConstraint <> (Facts.column after).NotNullConstraint ->
            changed context before after
        | true, true
        | false, false -> []

    /// A new column, without NOT NULL, and the statements that give it afterwards; None where that is not needed because no
    /// column below is to have it under another name.
    let apart (context: Context) (column: PgObject) : (PgObject * string list) option =
        let facts = Facts.column column
        let without = { facts with NotNull = false; NotNullConstraint = None }

        match (if facts.NotNull && facts.Identity.IsNone then makeWay context column else []) with
        | [] -> None
        | first -> Some({ column with Facts = Facts.Column without }, first @ [ add column ])
