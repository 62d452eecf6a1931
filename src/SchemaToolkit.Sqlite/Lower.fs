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

    let private native (enums: EnumType list) (state: Schema) (step: Step) : string list =
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
        | Step.ChangeComment _
        | Step.CreateObject _
        | Step.DropObject _
        | Step.ReplaceObject _ -> []
        | Step.ChangeWithoutRowId _
        | Step.ChangeType _
        | Step.ChangeCollation _
        | Step.ChangeDefault _
        | Step.ChangeIdentity _ -> invalidOp $"'{Describe.step step}' needs a rebuild."

    /// SQLite lets a dropped column break a trigger or a view and says so at its next use: compile each one now.
    let private compileTrigger (table: Table) =
        let name = quoted table.Name

        [ $"EXPLAIN INSERT INTO {name} DEFAULT VALUES"
          match table.Columns |> List.tryFind (fun c -> c.Generated.IsNone) with
          | Some c -> $"EXPLAIN UPDATE {name} SET {q c.Name} = {q c.Name}"
          | None -> ()
          $"EXPLAIN DELETE FROM {name}" ]

    let private checks (live: Schema) (attachments: Attachment list) (changed: Set<ObjectName>) =
        let triggered =
            attachments |> List.filter (fun a -> a.Kind = "trigger") |> List.map _.Table |> Set.ofList

        [ for table in live.Tables do
              if changed.Contains table.Name && triggered.Contains table.Name then
                  yield! compileTrigger table
          if not changed.IsEmpty then
              for view in attachments do
                  if view.Kind = "view" then
                      $"SELECT 1 FROM {q view.Name} LIMIT 0" ]

    /// Tables whose columns went or that went themselves, by their last name.
    let private changedBy (arranged: Arranged) : ObjectName list =
        match arranged with
        | Arranged.Rebuild(tables, _) -> tables |> List.map _.After.Name
        | Arranged.Native(Step.DropColumn(table, _), _) -> [ table ]
        | Arranged.Native(Step.DropTable table, _) -> [ table.Name ]
        | Arranged.Native _
        | Arranged.Create _
        | Arranged.Silent _ -> []

    let private operation enums (attachments: Attachment list) (arranged: Arranged) : Operation =
        match arranged with
        | Arranged.Silent step -> { Statements = []; Covers = [ step ] }
        | Arranged.Create(table, steps) ->
            { Statements = SqliteRender.createTable enums table :: SqliteRender.indexes table
              Covers = steps }
        | Arranged.Native(step, state) -> { Statements = native enums state step; Covers = [ step ] }
        | Arranged.Rebuild(tables, steps) ->
            { Statements = tables |> List.collect (Rebuild.statements enums attachments)
              Covers = steps }

    let private stepsOf (arranged: Arranged) =
        match arranged with
        | Arranged.Silent step
        | Arranged.Native(step, _) -> [ step ]
        | Arranged.Create(_, steps)
        | Arranged.Rebuild(_, steps) -> steps

    /// Columns that go are gone from the views that name them; the last operation finds out, so that nothing broken is committed.
    let private closing (statements: string list) (operations: Operation list) =
        match List.rev operations, statements with
        | _, []
        | [], _ -> operations
        | last :: before, _ -> List.rev ({ last with Statements = last.Statements @ statements } :: before)

    /// Segments that carry out the steps on the live state; pure.
    let lower (capabilities: Capabilities) (live: Catalog) (_after: Schema) (steps: Step list) : Segment list =
        let arranged = Arrange.steps capabilities live.Schema steps
        let final = (live.Schema, steps) ||> List.fold (fun state step -> Evolve.step step state)

        let operations, left =
            (live.Attachments, arranged)
            ||> List.mapFold (fun attachments item ->
                let made = operation final.Enums attachments item
                made, (attachments, stepsOf item) ||> List.fold (fun found step -> Evolve.attachments step found))

        let changed = arranged |> List.collect changedBy |> Set.ofList

        match operations with
        | [] -> []
        | operations ->
            [ { Transactional = true
                Operations = operations |> closing (checks final left changed) } ]

    /// The tables that the steps would rebuild, with the steps that each rebuild covers.
    let rebuilds (capabilities: Capabilities) (live: Schema) (steps: Step list) : (ObjectName * Step list) list =
        Arrange.steps capabilities live steps
        |> List.collect (function
            | Arranged.Rebuild(tables, steps) -> tables |> List.map (fun t -> t.After.Name, steps)
            | Arranged.Silent _
            | Arranged.Native _
            | Arranged.Create _ -> [])
