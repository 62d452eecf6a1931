namespace SchemaToolkit.Diffing

open SchemaToolkit

/// Changes of the indexes of a table that is on both sides.
[<RequireQualifiedAccess>]
module Indexes =
    let private keys (table: Table) (name: string) =
        [ Key.Part(PartId.Index(table.Name, name)); Key.Relation { table.Name with Name = name } ]

    let add (schema: Schema) (table: Table) (index: IndexDef) =
        { Step = Step.CreateIndex(table.Name, index)
          Creates = keys table index.Name
          Destroys = []
          Needs = Key.Part(PartId.Table table.Name) :: Uses.indexKeys schema table index
          Frees = [] }

    let private drop (schema: Schema) (table: Table) (index: IndexDef) =
        { Step = Step.DropIndex(table.Name, index)
          Creates = []
          Destroys = keys table index.Name
          Needs = []
          Frees = Key.Part(PartId.Table table.Name) :: Uses.indexKeys schema table index }

    let private rename (table: Table) (index: IndexDef) newName =
        { Step = Step.RenameIndex(table.Name, index, newName)
          Creates = keys table newName
          Destroys = keys table index.Name
          Needs = []
          Frees = [] }

    let nodes
        (impact: Impact)
        (relations: Set<ObjectName>)
        (from: Schema)
        (target: Schema)
        (before: Table)
        (after: Table)
        : Node list =
        let named name (indexes: IndexDef list) = indexes |> List.tryFind (fun i -> i.Name = name)

        let removed =
            before.Indexes |> List.filter (fun i -> (named i.Name after.Indexes).IsNone) |> List.sortBy _.Name

        let added =
            after.Indexes |> List.filter (fun i -> (named i.Name before.Indexes).IsNone) |> List.sortBy _.Name

        let dragged = Impact.dragsIndex impact from before

        let renames =
            (([], added), removed)
            ||> List.fold (fun (found, free) old ->
                match
                    free
                    |> List.tryFind (fun i ->
                        { old with Name = i.Name } = i
                        && not (relations.Contains { before.Name with Name = i.Name })
                        && not (dragged old))
                with
                | Some i -> (old, i) :: found, List.except [ i ] free
                | None -> found, free)
            |> fst

        [ for old, renamed in renames do
              rename before old renamed.Name
          for old in removed do
              if not (renames |> List.exists (fun (o, _) -> o = old)) then
                  drop from before old
          for i in added do
              if not (renames |> List.exists (fun (_, n) -> n = i)) then
                  add target after i
          for old in before.Indexes do
              match named old.Name after.Indexes with
              | Some i when i <> old || dragged old ->
                  drop from before old
                  add target after i
              | Some _
              | None -> () ]
