namespace SchemaToolkit.Diffing

open SchemaToolkit

/// Changes of the columns of a table that is on both sides.
[<RequireQualifiedAccess>]
module Columns =
    let bare (column: ColumnDef) = { column with RenamedFrom = [] }

    /// Everything a column brings into being.
    let keys (table: ObjectName) (column: string) =
        [ Key.Part(PartId.Column(table, column))
          Key.Type(table, column)
          Key.Collation(table, column)
          Key.Nullability(table, column)
          Key.Filler(table, column) ]

    let private add (target: Schema) (table: Table) (column: ColumnDef) =
        { Step = Step.AddColumn(table.Name, bare column)
          Creates = keys table.Name column.Name
          Destroys = []
          Needs = Key.Part(PartId.Table table.Name) :: Uses.columnKeys target table column
          Frees = [] }

    let private drop (from: Schema) (table: Table) (column: ColumnDef) =
        { Step = Step.DropColumn(table.Name, bare column)
          Creates = []
          Destroys = keys table.Name column.Name
          Needs = []
          Frees = Uses.columnKeys from table column }

    let private inPlace step (slot: Key) needs frees =
        { Step = step
          Creates = [ slot ]
          Destroys = [ slot ]
          Needs = needs
          Frees = frees }

    /// A default cannot be trusted to follow its column's type: it goes before the change and comes back after it.
    let private defaultAround
        (from: Schema)
        (target: Schema)
        (before: Table)
        (after: Table)
        (a: ColumnDef)
        (b: ColumnDef)
        =
        let slot = Key.Filler(before.Name, a.Name)

        [ if a.Default.IsSome then
              { Step = Step.ChangeDefault(before.Name, a.Name, a.Default, None)
                Creates = []
                Destroys = [ slot ]
                Needs = []
                Frees = Key.Type(before.Name, a.Name) :: Uses.columnKeys from before a }
          if b.Default.IsSome then
              { Step = Step.ChangeDefault(before.Name, a.Name, None, b.Default)
                Creates = [ slot ]
                Destroys = []
                Needs = Key.Type(before.Name, a.Name) :: Uses.columnKeys target after b
                Frees = [] } ]

    /// What a change of type lets go. Not an enum that is itself replaced while the new type's enum is too (`mood` becomes
    /// `mood[]`, or two columns exchange two enums): those are replaced first, in the columns as they were.
    let private freedEnum (from: Schema) (target: Schema) (before: Table) (after: Table) (a: ColumnDef) (b: ColumnDef) =
        let plain (c: ColumnDef) = { c with Generated = None }

        let replaced (c: ColumnDef) =
            match ColumnType.enumName c.Type with
            | Some name ->
                match Schema.tryEnum name from, Schema.tryEnum name target with
                | Some old, Some current -> EnumChange.replaces old current
                | None, _
                | _, None -> false
            | None -> false

        if replaced a && replaced b then
            []
        else
            Uses.columnKeys from before (plain a) |> List.except (Uses.columnKeys target after (plain b))

    let private change (impact: Impact) from target (before: Table) (after: Table) (a: ColumnDef) (b: ColumnDef) =
        let table, name = before.Name, a.Name
        let filler = Key.Filler(table, name)
        let enumKeys schema (t: Table) (c: ColumnDef) = Uses.columnKeys schema t { c with Generated = None }

        [ if impact.Retyped.Contains(table, name) || Impact.dragsDefault impact from a then
              yield! defaultAround from target before after a b
          elif a.Default <> b.Default then
              let creates = if b.Default.IsSome then [ filler ] else []
              let destroys = if a.Default.IsSome then [ filler ] else []

              { Step = Step.ChangeDefault(table, name, a.Default, b.Default)
                Creates = creates
                Destroys = destroys
                Needs = enumKeys target after b
                Frees = [] }
          match Impact.standsAside impact a.Type b.Type with
          | Some meanwhile ->
              { Step = Step.ChangeType(table, name, a.Type, meanwhile)
                Creates = []
                Destroys = [ Key.Type(table, name) ]
                Needs = []
                Frees = Uses.typeKeys from a.Type }

              { Step = Step.ChangeType(table, name, meanwhile, b.Type)
                Creates = [ Key.Type(table, name) ]
                Destroys = []
                Needs = Uses.typeKeys target b.Type
                Frees = [] }
          | None -> ()
          if a.Type <> b.Type && (Impact.standsAside impact a.Type b.Type).IsNone then
              inPlace
                  (Step.ChangeType(table, name, a.Type, b.Type))
                  (Key.Type(table, name))
                  (enumKeys target after b)
                  (freedEnum from target before after a b)
          if a.Collation <> b.Collation then
              // After the type: a collation belongs to the type that takes it.
              inPlace
                  (Step.ChangeCollation(table, name, a.Collation, b.Collation))
                  (Key.Collation(table, name))
                  [ Key.Type(table, name) ]
                  []
          if a.Nullable <> b.Nullable then
              inPlace
                  (Step.ChangeNullability(table, name, a.Nullable, b.Nullable))
                  (Key.Nullability(table, name))
                  (if b.Nullable then [] else [ Key.Type(table, name) ])
                  []
          if a.Identity <> b.Identity then
              { Step = Step.ChangeIdentity(table, name, a.Identity, b.Identity)
                Creates = (if b.Identity.IsSome then [ filler ] else [])
                Destroys = (if a.Identity.IsSome then [ filler ] else [])
                // PostgreSQL wants NOT NULL before identity, and identity gone before NULL is allowed.
                Needs =
                  (if b.Identity.IsSome then
                       [ Key.Nullability(table, name); Key.Type(table, name) ]
                   else
                       [])
                Frees =
                  (if b.Identity.IsNone then
                       [ Key.Nullability(table, name); Key.Type(table, name) ]
                   else
                       []) }
          if a.Comment <> b.Comment then
              { Step = Step.ChangeComment(PartId.Column(table, name), a.Comment, b.Comment)
                Creates = []
                Destroys = []
                Needs = [ Key.Part(PartId.Column(table, name)) ]
                Frees = [] } ]

    let nodes (impact: Impact) (from: Schema) (target: Schema) (before: Table) (after: Table) : Node list =
        [ for a in before.Columns do
              match Table.tryColumn a.Name after with
              | None -> drop from before a
              | Some b when impact.Replaced.Contains(before.Name, a.Name) ->
                  drop from before a
                  add target after b
              | Some b -> yield! change impact from target before after a b
          for b in after.Columns do
              if (Table.tryColumn b.Name before).IsNone then
                  add target after b ]
