namespace SchemaToolkit.Diffing

open SchemaToolkit

/// Changes of constraints, indexes and policies of a table that is on both sides: three kinds with one shape.
[<RequireQualifiedAccess>]
module Constraints =
    let add (target: Schema) (table: Table) (definition: Constraint) =
        { Step = Step.AddConstraint(table.Name, definition)
          Creates = Key.Part(Uses.constraintPart table.Name definition) :: Uses.constraintRelation table.Name definition
          Destroys = []
          Needs = Key.Part(PartId.Table table.Name) :: Uses.constraintKeys target table definition
          Frees = [] }

    let drop (from: Schema) (table: Table) (definition: Constraint) =
        { Step = Step.DropConstraint(table.Name, definition)
          Creates = []
          Destroys =
            Key.Part(Uses.constraintPart table.Name definition) :: Uses.constraintRelation table.Name definition
          Needs = []
          Frees = Key.Part(PartId.Table table.Name) :: Uses.constraintKeys from table definition }

    let private rename (table: Table) (definition: Constraint) (newName: string) =
        let renamed = Rename.constraintTo newName definition
        let keys c = Key.Part(Uses.constraintPart table.Name c) :: Uses.constraintRelation table.Name c

        { Step = Step.RenameConstraint(table.Name, definition, newName)
          Creates = keys renamed
          Destroys = keys definition
          Needs = []
          Frees = [] }

    /// Names that a rename must not run into: those of the namespace for keys, those of the table otherwise.
    let private taken (relations: Set<ObjectName>) (before: Table) (definition: Constraint) =
        match definition with
        | Constraint.PrimaryKey _
        | Constraint.Unique _ -> relations.Contains { before.Name with Name = definition.Name }
        | Constraint.ForeignKey _
        | Constraint.Check _ -> Table.constraints before |> List.exists (fun c -> c.Name = definition.Name)

    /// `relations` holds the names of every table, index and key of `from`.
    let nodes
        (impact: Impact)
        (relations: Set<ObjectName>)
        (from: Schema)
        (target: Schema)
        (before: Table)
        (after: Table)
        =
        let olds, news = Table.constraints before, Table.constraints after
        let part = Uses.constraintPart before.Name
        let byPart = news |> List.map (fun c -> part c, c) |> Map.ofList
        let oldParts = olds |> List.map part |> Set.ofList
        let removed = olds |> List.filter (fun c -> not (byPart.ContainsKey(part c))) |> List.sortBy _.Name
        let added = news |> List.filter (fun c -> not (oldParts.Contains(part c))) |> List.sortBy _.Name

        let dragged = Impact.dragsConstraint impact from before

        /// Equal but for the name: the constraint is renamed, not made again.
        let renames =
            (([], added), removed)
            ||> List.fold (fun (found, free) old ->
                match
                    free
                    |> List.tryFind (fun c ->
                        Rename.constraintTo c.Name old = c && not (taken relations before c) && not (dragged old))
                with
                | Some c -> (old, c) :: found, List.except [ c ] free
                | None -> found, free)
            |> fst

        [ for old, renamed in renames do
              rename before old renamed.Name
          for old in removed do
              if not (renames |> List.exists (fun (o, _) -> o = old)) then
                  drop from before old
          for c in added do
              if not (renames |> List.exists (fun (_, n) -> n = c)) then
                  add target after c
          for old in olds do
              match byPart.TryFind(part old) with
              | Some c when c <> old || dragged old ->
                  drop from before old
                  add target after c
              | Some _
              | None -> () ]
