namespace SchemaToolkit.Diffing

open SchemaToolkit

/// Tables that appear, disappear or change.
[<RequireQualifiedAccess>]
module Tables =
    let private bare (table: Table) : Table =
        { table with
            Columns = List.map Columns.bare table.Columns
            Shared = false
            RenamedFrom = [] }

    /// Only the columns; everything else is a step of its own, put back by `Fold` where that reads better.
    let private columnsOnly (table: Table) : Table =
        { bare table with
            PrimaryKey = None
            Uniques = []
            ForeignKeys = []
            Checks = []
            Indexes = []
            RowSecurity = RowSecurity.Disabled
            Policies = [] }

    let private columnKeys (table: Table) = table.Columns |> List.collect (fun c -> Columns.keys table.Name c.Name)

    let private create (target: Schema) (table: Table) : Node list =
        let own = columnKeys table
        let outside = table.Columns |> List.collect (Uses.columnKeys target table) |> List.except own

        [ { Step = Step.CreateTable(columnsOnly table)
            Creates = Key.Part(PartId.Table table.Name) :: Key.Relation table.Name :: own
            Destroys = []
            Needs = Key.Part(PartId.Namespace table.Name.Namespace) :: outside
            Frees = [] }
          yield! Table.constraints table |> List.map (Constraints.add target table)
          yield! table.Indexes |> List.map (Indexes.add target table)
          yield! table.Policies |> List.map (Policies.add target table)
          yield! Policies.security RowSecurity.Disabled [] table ]

    /// A table goes with all it has; only its foreign keys go first, so that tables that point at each other can go.
    let private drop (from: Schema) (table: Table) : Node list =
        let foreignKeys =
            table.ForeignKeys
            |> List.filter (fun fk -> fk.Target <> table.Name)
            |> List.map Constraint.ForeignKey

        let remaining =
            { bare table with
                ForeignKeys = table.ForeignKeys |> List.filter (fun fk -> fk.Target = table.Name) }

        let constraintKeys =
            Table.constraints remaining
            |> List.collect (fun c ->
                Key.Part(Uses.constraintPart table.Name c) :: Uses.constraintRelation table.Name c)

        let indexKeys =
            table.Indexes
            |> List.collect (fun i ->
                [ Key.Part(PartId.Index(table.Name, i.Name)); Key.Relation { table.Name with Name = i.Name } ])

        [ { Step = Step.DropTable remaining
            Creates = []
            Destroys =
              Key.Part(PartId.Table table.Name) :: Key.Relation table.Name :: columnKeys table
              @ constraintKeys
              @ indexKeys
            Needs = []
            Frees =
              Key.Part(PartId.Namespace table.Name.Namespace)
              :: (table.Columns |> List.collect (Uses.columnKeys from table) |> List.except (columnKeys table)) }
          yield! foreignKeys |> List.map (Constraints.drop from table) ]

    let private comment (before: Table) (after: Table) =
        if before.Comment = after.Comment then
            []
        else
            [ { Step = Step.ChangeComment(PartId.Table after.Name, before.Comment, after.Comment)
                Creates = []
                Destroys = []
                Needs = [ Key.Part(PartId.Table after.Name) ]
                Frees = [] } ]

    let private withoutRowId (before: Table) (after: Table) =
        if before.WithoutRowId = after.WithoutRowId then
            []
        else
            [ { Step = Step.ChangeWithoutRowId(after.Name, before.WithoutRowId, after.WithoutRowId)
                Creates = []
                Destroys = []
                Needs = [ Key.Part(PartId.Table after.Name) ]
                Frees = [] } ]

    /// Both schemas after the renames and without hints.
    let nodes (impact: Lazy<Impact>) (from: Schema) (target: Schema) : Node list =
        let olds = from.Tables |> List.map (fun t -> t.Name, t) |> Map.ofList
        let news = target.Tables |> List.map (fun t -> t.Name, t) |> Map.ofList
        let taken = lazy (Uses.relations from)
        let untouched = from.Enums = target.Enums && from.Objects = target.Objects

        [ for table in from.Tables do
              match news.TryFind table.Name with
              | None -> yield! drop from table
              // Equal tables can still be dragged along, by an enum or by a key that they point to.
              | Some after when after = table && untouched && table.ForeignKeys.IsEmpty -> ()
              | Some after when impact.Value.ReplacedTables.Contains table.Name ->
                  yield! drop from table
                  yield! create target after
              | Some after ->
                  yield! Columns.nodes impact.Value from target table after
                  yield! Constraints.nodes impact.Value taken.Value from target table after
                  yield! Indexes.nodes impact.Value taken.Value from target table after
                  yield! Policies.nodes impact.Value from target table after
                  yield! withoutRowId table after
                  yield! comment table after
          for table in target.Tables do
              if not (olds.ContainsKey table.Name) then
                  yield! create target table ]
