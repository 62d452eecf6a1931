namespace SchemaToolkit.Diffing

open SchemaToolkit

/// What a change drags along: unchanged parts that must be dropped before it and made again after it.
type Impact =
    {
        /// Columns dropped and added again under the same name (a generated expression changed).
        Replaced: Set<ObjectName * string>
        /// Columns whose type, collation or enum changes in place.
        Retyped: Set<ObjectName * string>
        /// Unique keys and unique indexes that go away or are made anew.
        LostKeys: Set<PartId>
        /// Tables that are made anew, without their rows: their partition key changed.
        ReplacedTables: Set<ObjectName>
        /// Objects that are dropped and made again.
        LostObjects: Set<ObjectKey>
    }

[<RequireQualifiedAccess>]
module Impact =
    /// True when the change of a column cannot be made in place.
    let replaces (before: ColumnDef) (after: ColumnDef) =
        match before.Generated, after.Generated with
        | None, None -> false
        | Some a, Some b -> a <> b || before.Type <> after.Type || before.Collation <> after.Collation
        | Some _, None
        | None, Some _ -> true

    let private pairs (from: Schema) (target: Schema) =
        let after = target.Tables |> List.map (fun t -> t.Name, t) |> Map.ofList
        from.Tables |> List.choose (fun t -> after.TryFind t.Name |> Option.map (fun u -> t, u))

    let private columnPairs (before: Table, after: Table) =
        before.Columns
        |> List.choose (fun c -> Table.tryColumn c.Name after |> Option.map (fun d -> before.Name, c, d))

    let private replacedEnums (from: Schema) (target: Schema) =
        from.Enums
        |> List.choose (fun before ->
            match Schema.tryEnum before.Name target with
            | Some after when EnumChange.replaces before after -> Some before.Name
            | Some _
            | None -> None)
        |> Set.ofList

    /// Generated columns over replaced or retyped ones are replaced too, until nothing more is.
    let rec private spread (tables: (Table * Table) list) (retyped: Set<_>) (replaced: Set<_>) =
        let more =
            tables
            |> List.collect (fun (before, after) ->
                columnPairs (before, after)
                |> List.filter (fun (table, column, _) ->
                    not (replaced.Contains(table, column.Name))
                    && Uses.generatedColumns before column
                       |> List.exists (fun used -> replaced.Contains(table, used) || retyped.Contains(table, used)))
                |> List.map (fun (table, column, _) -> table, column.Name))

        if more.IsEmpty then
            replaced
        else
            spread tables retyped (Set.union replaced (Set.ofList more))

    let private lostKeys (tables: (Table * Table) list) (taken: Set<ObjectName>) (replaced: Set<ObjectName * string>) =
        let touches table = List.exists (fun column -> replaced.Contains(table, column))

        // A key is kept under its own name, or renamed to one that nothing has; otherwise it is made anew.
        let keeps (table: Table) before after = before = after || not (taken.Contains { table.Name with Name = after })

        [ for before, after in tables do
              for key in Option.toList before.PrimaryKey do
                  let kept =
                      after.PrimaryKey
                      |> Option.exists (fun k -> k.Columns = key.Columns && keeps before key.Name k.Name)

                  if not kept || touches before.Name key.Columns then
                      PartId.PrimaryKey(before.Name, key.Name)

              for unique in before.Uniques do
                  let kept =
                      after.Uniques
                      |> List.exists (fun u ->
                          { u with Name = unique.Name } = unique && keeps before unique.Name u.Name)

                  if not kept || touches before.Name unique.Columns then
                      PartId.Unique(before.Name, unique.Name)

              for index in before.Indexes |> List.filter _.Unique do
                  let kept =
                      after.Indexes
                      |> List.exists (fun i -> { i with Name = index.Name } = index && keeps before index.Name i.Name)

                  if not kept || touches before.Name (Uses.indexColumns before index) then
                      PartId.Index(before.Name, index.Name) ]
        |> Set.ofList

    /// Generated columns that use a function which is made anew.
    let private overLost (from: Schema) (tables: (Table * Table) list) (lost: Set<ObjectKey>) =
        if lost.IsEmpty then
            []
        else
            [ for before, after in tables do
                  for table, column, _ in columnPairs (before, after) do
                      match column.Generated with
                      | Some generated when Uses.objects from generated.Expression |> List.exists lost.Contains ->
                          table, column.Name
                      | Some _
                      | None -> () ]

    /// True when the type is, or is made of, a domain, composite or range that is made anew.
    let private restsOn (lost: Set<ObjectKey>) (columnType: ColumnType) =
        match ColumnType.objectName columnType with
        | None -> false
        | Some name ->
            [ ObjectKind.Domain; ObjectKind.Composite; ObjectKind.Range ]
            |> List.exists (fun kind -> lost.Contains { Kind = kind; Name = name; Part = "" })

    let private ofLostTypes (tables: (Table * Table) list) (lost: Set<ObjectKey>) =
        if lost.IsEmpty then
            []
        else
            [ for before, after in tables do
                  for table, column, _ in columnPairs (before, after) do
                      if restsOn lost column.Type then
                          table, column.Name ]

    /// Both schemas after the renames.
    let between (renamed: Renamed) (from: Schema) (target: Schema) : Impact =
        let all = pairs from target
        let tables = all |> List.filter (fun (before, after) -> before <> after)
        let columns = tables |> List.collect columnPairs
        let enums = replacedEnums from target

        let replacedTables =
            tables
            |> List.filter (fun (before, after) -> before.PartitionBy <> after.PartitionBy)
            |> List.map (fun (before, _) -> before.Name)
            |> Set.ofList

        let ofEnums =
            if enums.IsEmpty then
                []
            else
                [ for table in from.Tables do
                      for column in table.Columns do
                          match ColumnType.enumName column.Type with
                          | Some enum when enums.Contains enum -> table.Name, column.Name
                          | Some _
                          | None -> () ]

        let replaced =
            columns
            |> List.filter (fun (t, c, d) -> replaces c d || replacedTables.Contains t)
            |> List.map (fun (t, c, _) -> t, c.Name)
            |> Set.ofList

        let changed =
            columns
            |> List.filter (fun (_, c, d) -> c.Type <> d.Type || c.Collation <> d.Collation)
            |> List.map (fun (t, c, _) -> t, c.Name)
            |> List.append ofEnums
            |> Set.ofList

        let every = if enums.IsEmpty && from.Objects.IsEmpty then tables else all

        // Columns take objects with them; types take their columns, and functions generated ones: until nothing more goes.
        let rec settle replaced retyped =
            let replaced = spread every retyped replaced
            let touched = Set.unionMany [ replaced; retyped; renamed.Columns ]
            let keys = lostKeys tables (Uses.relations from) replaced
            let lost = ObjectUses.lost from target renamed replacedTables touched keys
            let moreReplaced = Set.union replaced (Set.ofList (overLost from every lost))
            let moreRetyped = Set.union retyped (Set.ofList (ofLostTypes every lost))

            if moreReplaced = replaced && moreRetyped = retyped then
                replaced, retyped, keys, lost
            else
                settle moreReplaced moreRetyped

        let replaced, retyped, keys, lost = settle replaced changed

        { Replaced = replaced
          Retyped = retyped
          LostKeys = keys
          ReplacedTables = replacedTables
          LostObjects = lost }

    let private overLostText (impact: Impact) (from: Schema) (texts: SqlText list) =
        not impact.LostObjects.IsEmpty
        && texts |> List.exists (fun sql -> Uses.objects from sql |> List.exists impact.LostObjects.Contains)

    let private anyOf (set: Set<ObjectName * string>) table names =
        names |> List.exists (fun name -> set.Contains(table, name))

    let dragsConstraint (impact: Impact) (from: Schema) (table: Table) (definition: Constraint) =
        match definition with
        | Constraint.PrimaryKey key -> anyOf impact.Replaced table.Name key.Columns
        | Constraint.Unique unique -> anyOf impact.Replaced table.Name unique.Columns
        | Constraint.Check check ->
            anyOf impact.Replaced table.Name (Uses.textColumns table check.Expression)
            || overLostText impact from [ check.Expression ]
        | Constraint.ForeignKey fk ->
            anyOf impact.Replaced table.Name fk.Columns
            || anyOf impact.Replaced fk.Target fk.TargetColumns
            // Both sides have one type, so the far side does not change its type without the near one.
            || anyOf impact.Retyped table.Name fk.Columns
            || Uses.referenced from fk.Target fk.TargetColumns |> List.exists impact.LostKeys.Contains

    let dragsIndex (impact: Impact) (from: Schema) (table: Table) (index: IndexDef) =
        anyOf impact.Replaced table.Name (Uses.indexColumns table index)
        || overLostText impact from (Uses.indexTexts index)

    let dragsPolicy (impact: Impact) (from: Schema) (table: Table) (policy: Policy) =
        let used = Uses.policyColumns table policy

        anyOf impact.Replaced table.Name used
        || anyOf impact.Retyped table.Name used
        || overLostText impact from (Uses.policyTexts policy)

    /// Both types rest on something that is made anew: the column stands aside as another type meanwhile.
    let standsAside (impact: Impact) (before: ColumnType) (after: ColumnType) : ColumnType option =
        if restsOn impact.LostObjects before && restsOn impact.LostObjects after then
            match after with
            | ColumnType.Domain(_, over) -> Some over
            | ColumnType.Array _ -> Some(ColumnType.Array ColumnType.Text)
            | _ -> Some ColumnType.Text
        else
            None

    let dragsDefault (impact: Impact) (from: Schema) (column: ColumnDef) =
        match column.Default with
        | Some(ColumnDefault.Expression sql) -> overLostText impact from [ sql ]
        | Some _
        | None -> false
