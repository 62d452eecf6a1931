namespace SchemaToolkit

/// Steps to SQL. One transaction holds them all: SQLite's DDL is transactional without exception.
[<RequireQualifiedAccess>]
module SqliteLower =
    let private q = SqliteName.quote
    let private quoted = SqliteName.quoted

    let private alter (table: ObjectName) (change: string) = [ $"ALTER TABLE {quoted table} {change}" ]

    /// ALTER TABLE RENAME refuses a name that differs in case only.
    let private renameTable (table: ObjectName) (newName: string) =
        let target = { table with Name = newName }

        if System.String.Equals(table.Name, newName, System.StringComparison.OrdinalIgnoreCase) then
            let between = SqliteName.render table + "__renamed"

            [ $"ALTER TABLE {quoted table} RENAME TO {q between}"
              $"ALTER TABLE {q between} RENAME TO {quoted target}" ]
        else
            alter table $"RENAME TO {quoted target}"

    let private addConstraint (table: ObjectName) (definition: Constraint) =
        match definition with
        | Constraint.Unique unique -> [ SqliteRender.unique table unique ]
        | Constraint.Check check -> alter table $"ADD {SqliteRender.check check}"
        | Constraint.PrimaryKey _
        | Constraint.ForeignKey _ -> invalidOp $"{definition.Name} of {table} needs a rebuild."

    let private dropConstraint (table: ObjectName) (definition: Constraint) =
        match definition with
        | Constraint.Unique unique -> [ SqliteRender.dropIndex table unique.Name ]
        | Constraint.Check _
        | Constraint.ForeignKey _ -> alter table $"DROP CONSTRAINT {q definition.Name}"
        | Constraint.PrimaryKey _ -> invalidOp $"{definition.Name} of {table} needs a rebuild."

    /// As the state has it: a rename before it in the plan has reached its texts.
    let private liveIndex (state: Schema) (table: ObjectName) (index: IndexDef) =
        Schema.tryTable table state
        |> Option.bind (fun t -> t.Indexes |> List.tryFind (fun i -> i.Name = index.Name))
        |> Option.defaultValue index

    /// A view that is made again gets back the triggers that are none of the schema's objects.
    let private createObject (attachments: Attachment list) (object: SchemaObject) =
        [ RenderObject.create object
          if object.Kind = ObjectKind.View then
              for a in attachments do
                  if a.Kind = "trigger" && a.Table = object.Key.Name then
                      a.Sql ]

    let private native
        (enums: EnumType list)
        (attachments: Attachment list)
        (state: Schema)
        (step: Step)
        : string list =
        match step with
        | Step.DropTable table -> [ $"DROP TABLE {quoted table.Name}" ]
        | Step.RenameTable(table, newName) -> renameTable table newName
        | Step.AddColumn(table, column) -> alter table $"ADD COLUMN {SqliteRender.column enums None column}"
        | Step.DropColumn(table, column) -> alter table $"DROP COLUMN {q column.Name}"
        | Step.RenameColumn(table, column, newName) -> alter table $"RENAME COLUMN {q column} TO {q newName}"
        | Step.ChangeNullability(table, column, _, after) ->
            let verb = if after then "DROP" else "SET"
            alter table $"ALTER COLUMN {q column} {verb} NOT NULL"
        | Step.AddConstraint(table, definition) -> addConstraint table definition
        | Step.DropConstraint(table, definition) -> dropConstraint table definition
        | Step.RenameConstraint(table, definition, newName) ->
            dropConstraint table definition @ addConstraint table (Rename.constraintTo newName definition)
        | Step.CreateIndex(table, index) -> [ SqliteRender.index table index ]
        | Step.DropIndex(table, index) -> [ SqliteRender.dropIndex table index.Name ]
        | Step.RenameIndex(table, index, newName) ->
            [ SqliteRender.dropIndex table index.Name
              SqliteRender.index table { liveIndex state table index with Name = newName } ]
        | Step.CreateTable table -> SqliteRender.createTable enums table :: SqliteRender.indexes table
        | Step.CreateNamespace _
        | Step.DropNamespace _
        | Step.CreateEnum _
        | Step.DropEnum _
        | Step.RenameEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _
        | Step.ChangeRowSecurity _
        | Step.CreatePolicy _
        | Step.DropPolicy _
        | Step.ChangeComment _ -> []
        | Step.CreateObject object -> createObject attachments object
        | Step.DropObject object -> [ RenderObject.drop object.Key ]
        | Step.ReplaceObject(before, after) -> RenderObject.drop before.Key :: createObject attachments after
        | Step.ChangeWithoutRowId _
        | Step.ChangeType _
        | Step.ChangeCollation _
        | Step.ChangeDefault _
        | Step.ChangeIdentity _ -> invalidOp $"'{Describe.step step}' needs a rebuild."

    let private operation enums (attachments: Attachment list) (arranged: Arranged) : Operation =
        match arranged with
        | Arranged.Silent step -> { Statements = []; Covers = [ step ] }
        | Arranged.Create(table, steps) ->
            { Statements = SqliteRender.createTable enums table :: SqliteRender.indexes table
              Covers = steps }
        | Arranged.Native(step, state) -> { Statements = native enums attachments state step; Covers = [ step ] }
        | Arranged.Rebuild(tables, steps) ->
            { Statements = tables |> List.collect (Rebuild.statements enums attachments)
              Covers = steps }

    let private stepsOf (arranged: Arranged) =
        match arranged with
        | Arranged.Silent step
        | Arranged.Native(step, _) -> [ step ]
        | Arranged.Create(_, steps)
        | Arranged.Rebuild(_, steps) -> steps

    /// The last operation finds out what the plan has broken, so that nothing broken is committed.
    let private closing (statements: string list) (operations: Operation list) =
        match List.rev operations, statements with
        | _, []
        | [], _ -> operations
        | last :: before, _ -> List.rev ({ last with Statements = last.Statements @ statements } :: before)

    /// SQLite drops views and triggers whatever stands on them, and compiles those that are there when a table or a column is
    /// renamed or a column dropped: so they go first. They have the same names in the file before and after a rename.
    let private dropsFirst (steps: Step list) =
        let drops, others =
            steps
            |> List.partition (function
                | Step.DropObject _ -> true
                | _ -> false)

        drops @ others

    /// Somebody else's views over views that the plan takes away, and over those: they would not compile meanwhile.
    let private shaken (attachments: Attachment list) (steps: Step list) : Attachment list =
        let dropped =
            steps
            |> List.choose (function
                | Step.DropObject object when object.Kind = ObjectKind.View -> Some(RenderObject.fileName object.Key)
                | _ -> None)

        let views = attachments |> List.filter (fun a -> a.Kind = "view" && not (List.contains a.Name dropped))

        let rec spread (gone: string list) (found: Attachment list) =
            let isOver (a: Attachment) =
                not (List.contains a found) && gone |> List.exists (fun name -> ObjectText.names name a.Sql)

            match views |> List.filter isOver with
            | [] -> found
            | more -> spread (more |> List.map _.Name) (found @ more)

        if dropped.IsEmpty then [] else spread dropped []

    /// Set aside first and put back last, as the plan's renames have left their texts.
    let private around (shaken: Attachment list) (left: Attachment list) (operations: Operation list) =
        let names = shaken |> List.map _.Name |> Set.ofList

        let back =
            [ for a in left do
                  if a.Kind = "view" && names.Contains a.Name then
                      a.Sql
              for a in left do
                  if a.Kind = "trigger" && names.Contains(SqliteName.render a.Table) then
                      a.Sql ]

        match operations, shaken with
        | _, []
        | [], _ -> operations
        | first :: rest, _ ->
            let drops = shaken |> List.map (fun a -> $"DROP VIEW {q a.Name}")
            { first with Statements = drops @ first.Statements } :: rest |> closing back

    let private isInlined (attachment: Attachment) = attachment.Kind = CatalogRead.inlined

    let private means (capabilities: Capabilities) (live: Catalog) : Means =
        { Features = capabilities.Features
          Inline = live.Attachments |> List.filter isInlined |> List.map _.Name |> Set.ofList }

    /// Segments that carry out the steps on the live state; pure.
    let lower (capabilities: Capabilities) (live: Catalog) (_after: Schema) (steps: Step list) : Segment list =
        let steps = dropsFirst steps
        let arranged = Arrange.steps (means capabilities live) live.Schema steps
        let live = { live with Attachments = live.Attachments |> List.filter (isInlined >> not) }

        let last = (live.Schema, steps) ||> List.fold (fun state step -> Evolve.step step state)

        // An enum has the values of the moment: a table may be made anew before its rows, or the table, go. One that a later
        // step makes may be needed already, by a column that a rebuild takes in.
        let enumsOf (state: Schema) =
            state.Enums @ (last.Enums |> List.filter (fun e -> (Schema.tryEnum e.Name state).IsNone))

        let operations, (left, final) =
            ((live.Attachments, live.Schema), arranged)
            ||> List.mapFold (fun (attachments, state) item ->
                let after = (state, stepsOf item) ||> List.fold (fun state step -> Evolve.step step state)
                let made = operation (enumsOf after) attachments item

                made,
                ((attachments, stepsOf item) ||> List.fold (fun found step -> Evolve.attachments step found), after))

        match operations with
        | [] -> []
        | operations ->
            [ { Transactional = true
                Operations =
                  operations
                  |> around (shaken live.Attachments steps) left
                  |> closing (Compiled.statements final left arranged) } ]

    /// The tables that the steps would rebuild, with the steps that each rebuild covers.
    let rebuilds (capabilities: Capabilities) (live: Catalog) (steps: Step list) : (ObjectName * Step list) list =
        Arrange.steps (means capabilities live) live.Schema steps
        |> List.collect (function
            | Arranged.Rebuild(tables, steps) -> tables |> List.map (fun t -> t.After.Name, steps)
            | Arranged.Silent _
            | Arranged.Native _
            | Arranged.Create _ -> [])
