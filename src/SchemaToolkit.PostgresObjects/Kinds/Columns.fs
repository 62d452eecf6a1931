namespace SchemaToolkit.PostgresObjects

/// Columns of tables that stay.
[<RequireQualifiedAccess>]
module Columns =
    let private designation (object: PgObject) =
        $"COLUMN {Words.relation object.Address}.{Quote.name object.Address.Part}"

    let private table (object: PgObject) = Option.get object.Parent

    let private tableWord (object: PgObject) =
        if (table object).Kind = Kind.ForeignTable then "FOREIGN TABLE" else "TABLE"

    let private alterTable (object: PgObject) = $"ALTER {tableWord object} {Words.relation object.Address}"

    /// A column that a parent or a type gives comes and goes with the parent's or the type's.
    let private isGiven (gives: Context -> Address -> Address -> bool) context (object: PgObject) (facts: ColumnFacts) =
        (facts.WithTable || not facts.IsLocal) && gives context (table object) object.Address

    /// Parameters of a table's store of wide values are forgotten while it has none: the first column that can be wide brings it.
    let private wide (context: Context) (object: PgObject) (facts: ColumnFacts) =
        let parent = table object
        let isWide (column: PgObject) = (Facts.columnOrView column |> Option.exists (fun c -> c.TypeStorage <> "p"))

        match context.From.Objects.TryFind parent, context.To.Objects.TryFind parent with
        | Some { Facts = Facts.Table _ }, Some { Facts = Facts.Table b } when facts.TypeStorage <> "p" ->
            let options =
                b.Options |> List.filter (fun o -> o.StartsWith("toast.", System.StringComparison.Ordinal))

            let had = context.From.ColumnsOf.TryFind parent |> Option.exists (List.exists isWide)

            if options.IsEmpty || had || context.Creating.Contains parent then
                []
            else
                [ $"{alterTable object} SET ({Words.options options})" ]
        | _ -> []

    /// Whether the engine has a value for each row when the column is added, be it a constant: no row of the table may then be
    /// held elsewhere. A domain has a default or checks of its own.
    let private hasValues (context: Context) (object: PgObject) =
        let facts = Facts.column object

        facts.Generated.IsSome
        || facts.Identity.IsSome
        || context.To.Objects.ContainsKey { object.Address with Kind = Kind.Default }
        || Words.needs context.To object.Address |> Set.exists (fun a -> a.Kind = Kind.Domain)

    /// The table of a column, and those that have theirs from it.
    let private withBelow (database: PgDatabase) (column: PgObject) : Set<Address> =
        Bonds.allBelow database column.Address
        |> List.choose (fun below -> database.Objects[below].Parent)
        |> Set.ofList
        |> Set.add (table column)

    /// Whether the engine refuses to add an identity for those below that get the column too. From PostgreSQL 17 on partitions
    /// share that of their table.
    let private identityIsRefused (context: Context) (object: PgObject) =
        let isShared =
            match context.To.Objects.TryFind(table object) with
            | Some { Facts = Facts.Table { PartitionKey = Some _ } } -> context.To.Version >= 170000
            | Some _
            | None -> false

        let isThere (below: Address) = not (context.Creating.Contains { below with Kind = Kind.Table; Part = "" })

        not isShared && Bonds.allBelow context.To object.Address |> List.exists isThere

    /// The column comes first, with numbers for the rows below too, and then the identity, whose sequence goes on after them.
    let private addThenIdentify (context: Context) (object: PgObject) (identity: IdentityFacts) =
        let sequence = ColumnText.sequenceName identity.SequenceName

        let plain =
            { object with
                Facts = Facts.Column { Facts.column object with Identity = None } }

        let alter = $"{alterTable object} ALTER COLUMN {Quote.name object.Address.Part}"

        [ $"CREATE SEQUENCE {sequence} {ColumnText.sequenceOptions identity.Sequence}"
          $"{alterTable object} ADD COLUMN {ColumnText.definition context plain} DEFAULT nextval({Quote.text sequence})"
          $"{alter} DROP DEFAULT"
          $"DROP SEQUENCE {sequence}"
          $"{alter} ADD {ColumnText.identity identity}"
          ColumnText.goOn sequence (Words.relation object.Address) object.Address.Part identity.Sequence ]

    let private add (context: Context) (object: PgObject) : string list =
        match (Facts.column object).Identity with
        | Some identity when identityIsRefused context object -> addThenIdentify context object identity
        | Some _
        | None ->
            let added, notNull = NotNull.apart context object |> Option.defaultValue (object, [])
            $"{alterTable object} ADD COLUMN {ColumnText.definition context added}" :: notNull

    let private create (context: Context) (object: PgObject) =
        match Facts.columnOrView object with
        | None -> []
        | Some facts when isGiven Bonds.givesNew context object facts ->
            ColumnText.beside context.To (Bonds.givers context object) (table object) object
        | Some facts ->
            let isSeen = RowTypes.areAnyHeld context.From && hasValues context object
            let grown = if isSeen then withBelow context.To object else Set.empty
            let holders = RowTypes.holders context grown

            [ yield! RowTypes.asTextOfShorter grown holders (add context object)
              for child, column in Bonds.mergedInto context object.Address do
                  yield! Catalog.setLocal child false [ column ] []
              yield! ColumnText.settings (table object) object
              yield! wide context object facts ]

    let private drop (context: Context) (object: PgObject) =
        match Facts.columnOrView object with
        | None -> []
        | Some facts when isGiven Bonds.givesOld context object facts && not (Bonds.isLeftBehind context object.Address) ->
            []
        | Some _ ->
            let only = if Bonds.isKeptBelow context object.Address then "ONLY " else ""

            [ $"ALTER {tableWord object} {only}{Words.relation object.Address} DROP COLUMN {Quote.name object.Address.Part}" ]

    let private changeType (object: PgObject) (a: ColumnFacts) (b: ColumnFacts) =
        let name = Quote.name object.Address.Part

        let collation =
            match b.Collation with
            | Some c -> $" COLLATE {c}"
            | None -> ""

        let using =
            match Conversions.using name a.Type b.Type with
            | Some text when tableWord object <> "FOREIGN TABLE" -> $" USING {text}"
            | Some _
            | None -> ""

        $"{alterTable object} ALTER COLUMN {name} SET DATA TYPE {b.Type}{collation}{using}"

    let private identity (object: PgObject) (a: ColumnFacts) (b: ColumnFacts) =
        let alter = $"{alterTable object} ALTER COLUMN {Quote.name object.Address.Part}"

        let goOn (i: IdentityFacts) =
            if tableWord object = "FOREIGN TABLE" then
                []
            else
                let sequence = ColumnText.sequenceName i.SequenceName
                [ ColumnText.goOn sequence (Words.relation object.Address) object.Address.Part i.Sequence ]

        match a.Identity, b.Identity with
        | before, after when before = after -> []
        | Some _, None -> [ $"{alter} DROP IDENTITY" ]
        | None, Some i -> $"{alter} ADD {ColumnText.identity i}" :: goOn i
        | Some before, Some after when before.SequenceName <> after.SequenceName ->
            $"{alter} DROP IDENTITY" :: $"{alter} ADD {ColumnText.identity after}" :: goOn after
        | Some before, Some after ->
            [ if before.Always <> after.Always then
                  let mode = if after.Always then "ALWAYS" else "BY DEFAULT"
                  $"{alter} SET GENERATED {mode}"
              let x, y = before.Sequence, after.Sequence

              // The type follows the column's.
              if { x with Type = y.Type } <> y then
                  let cycle = if y.Cycle then "SET CYCLE" else "SET NO CYCLE"
                  let restarts = ColumnText.mustRestart x y
                  let restart = if restarts then " RESTART" else ""

                  $"{alter} SET INCREMENT BY {y.Increment} SET MINVALUE {y.Minimum} SET MAXVALUE {y.Maximum} SET START WITH {y.Start} SET CACHE {y.Cache} {cycle}{restart}"

                  if restarts then
                      yield! goOn after ]
        | None, None -> []

    /// When the engine makes an index of a partitioned table anew for a column's new type, it puts the comment on the
    /// partitions' indexes too: they get their own back.
    let private indexComments (context: Context) (column: PgObject) =
        let parts (table: Address) =
            Words.parts context.From table
            |> List.choose (fun part ->
                match part.Facts with
                | Facts.Constraint { Type = "p" | "u"
                                     Attached = attached
                                     IndexName = name
                                     IndexComment = comment } ->
                    Some(part, attached, Option.defaultValue part.Address.Part name, comment)
                | Facts.Index facts -> Some(part, facts.Attached, part.Address.Name, part.Comment)
                | _ -> None)

        let tables =
            Bonds.allBelow context.From column.Address
            |> List.choose (fun below -> context.From.Objects[below].Parent)

        let isCommented = List.exists (fun (_, _, _, comment: string option) -> comment.IsSome)

        if table column :: tables |> List.exists (parts >> isCommented) then
            [ for below in tables do
                  for part, attached, index, comment in parts below do
                      if attached && not (context.Dropping.Contains part.Address) then
                          let text = comment |> Option.map Quote.text |> Option.defaultValue "NULL"
                          $"COMMENT ON INDEX {Quote.qualified part.Address.Schema index} IS {text}" ]
        else
            []

    /// Whether those below a column have others below them.
    let private isDeep (context: Context) (column: PgObject) =
        Bonds.allBelow context.From column.Address
        |> List.exists (fun child -> not (Bonds.allBelow context.From child).IsEmpty)

    /// Children's own identities that go, and what keeps NULL out with them: they hinder a change of the type that comes from
    /// above, for which the engine makes NOT NULL anew.
    let private identitiesBelow (context: Context) (column: PgObject) =
        let gone =
            [ for below in Bonds.allBelow context.From column.Address do
                  let child = context.From.Objects[below]

                  match child.Facts, context.To.Objects.TryFind below |> Option.map _.Facts with
                  | Facts.Column a, Some(Facts.Column b) when
                      a.Identity.IsSome
                      && b.Identity.IsNone
                      && not (context.Dropping.Contains below)
                      && Bonds.gives context (table child) below
                      ->
                      child, a, b
                  | _ -> () ]

        // What goes from a child goes from its own children: none of them may be an identity any more.
        [ for child, a, b in gone do
              yield! identity child a b
          for child, a, b in gone do
              if a.NotNull && not b.NotNull then
                  NotNull.drop child ]

    /// Whether a key has the column, be it only beside it: the engine makes the key anew, and cannot where a foreign key refers
    /// to one that has it so.
    let private isInKey (context: Context) (column: Address) : bool =
        context.From.ConstraintsOf.TryFind(Address.tableOf column)
        |> Option.defaultValue []
        |> List.exists (fun key ->
            match key.Facts with
            | Facts.Constraint { Type = "p" | "u" } -> (Words.needs context.From key.Address).Contains column
            | _ -> false)

    let private refersTo (table: Address) (object: PgObject) =
        match object.Facts with
        | Facts.Constraint { References = Some target } -> target = table
        | _ -> false

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        match Facts.columnOrView before, Facts.columnOrView after with
        | Some a, Some b ->
            let retyped = a.Type <> b.Type || a.Collation <> b.Collation
            let name = Quote.name after.Address.Part

            let regenerated =
                match a.Generated, b.Generated with
                | x, y when x = y -> Ok []
                // The engine cannot take it from children that have children.
                | Some _, None when isDeep context after -> Error()
                // The expression goes first: it is an object of its own.
                | Some _, None -> Ok []
                | Some(k, _), Some(l, text) when
                    k = l && not retyped && context.To.Version >= (if k = "s" then 170000 else 180000)
                    ->
                    Ok [ $"{alterTable after} ALTER COLUMN {name} SET EXPRESSION AS ({text})" ]
                | _ -> Error()

            let own = not (Bonds.gives context (table after) after.Address)

            match regenerated with
            | Error() when own -> Change.Replace
            | Ok _ when retyped && b.Generated.IsSome && own -> Change.Replace
            | Error() -> Change.Same
            | Ok generated ->
                // The engine gives a new type its own storage and compression.
                let a' = if retyped then { a with Storage = None; Compression = None } else a
                let settings = ColumnText.changeSettings (table after) after a' b

                let foreign =
                    ForeignOptions.alter $"{alterTable after} ALTER COLUMN {name}" a.ForeignOptions b.ForeignOptions

                let holders = if retyped then RowTypes.holders context (withBelow context.From before) else []

                let sql =
                    [ if own then
                          yield! generated

                          // Identity hinders a change to a type that cannot have it, and NULL.
                          if b.Identity.IsNone then
                              yield! identity after a b

                          if retyped then
                              yield! identitiesBelow context before

                          if retyped then
                              yield! RowTypes.asText holders [ changeType after a b ]
                              yield! indexComments context after
                      yield! NotNull.change context before after
                      if b.Identity.IsSome || not own && not retyped then
                          yield! identity after a b
                      yield! settings
                      if retyped then
                          yield! wide context after b
                      yield! foreign
                      if a.IsLocal <> b.IsLocal && not own && not b.WithTable then
                          yield! Catalog.setLocal (table after) b.IsLocal [ after.Address.Part ] [] ]

                let isKey =
                    match context.From.Objects.TryFind(table after) with
                    | Some { Facts = Facts.Table { PartitionKey = Some key } } -> Words.mentions key after.Address.Part
                    | Some _
                    | None -> false

                if retyped then
                    let below = Bonds.allBelow context.From before.Address
                    let tables = below |> List.choose (fun child -> context.From.Objects[child].Parent)

                    Change.Disturb
                        { Change.noDisturbance with
                            Sql = sql
                            InTheWay =
                                [ after.Address, Change.standsOnColumn
                                  table after, RowTypes.namesWholeRow
                                  for column in after.Address :: below do
                                      if isInKey context column then
                                          Address.tableOf column, refersTo (Address.tableOf column)
                                  for column in holders do
                                      column.Address, RowTypes.standsOn
                                  if own && IndexNames.areOwn context.From tables then
                                      for column in after.Address :: below do
                                          column, IndexNames.isPassedOn context.From ]
                            Replaces = if isKey then [ table after ] else []
                            Converted = holders |> List.map _.Address |> Set.ofList }
                else
                    match NotNull.keysBelow context before after, NotNull.bondsOfName context before after with
                    | [], [] -> Words.orSame sql
                    | [], bonds -> Change.Disturb { Change.noDisturbance with Sql = sql; Replaces = bonds }
                    | below, _ ->
                        Change.Disturb
                            { Change.noDisturbance with
                                Sql = sql
                                InTheWay = [ for column in below -> column, Change.isPrimaryKey ] }
        | _ -> Change.Same

    let private absorbs (context: Context) (object: PgObject) =
        match Facts.columnOrView object with
        | Some facts when not (isGiven Bonds.givesNew context object facts) ->
            [ yield! Words.identitySequence object; { object.Address with Kind = Kind.Default } ]
            |> List.filter (context.Apart.Contains >> not)
        | Some _
        | None -> []

    /// The sequence of an identity is a relation too.
    let private sequenceNames (object: PgObject) =
        match Facts.columnOrView object with
        | Some { Identity = Some identity } ->
            match identity.SequenceName.Split '\t' with
            | [| schema; name |] -> [ $"relation {schema} {name}" ]
            | _ -> []
        | Some _
        | None -> []

    let rules: KindRules =
        { Blank.rules designation create with
            Drop = drop
            Change = change
            Absorbs = absorbs
            Names = sequenceNames
            GrantTarget = fun object -> Some $"TABLE {Words.relation object.Address}" }
