namespace SchemaToolkit

/// A table that is made anew: what it was, what it becomes, and the columns that are new and so are not copied.
type internal RebuiltTable = { Before: Table; After: Table; Fresh: Set<string> }

/// What SQLite can do, and what it has no word for.
type internal Means =
    {
        Features: Set<string>
        /// Constraints without a name in their tables' texts, and uniques that stand there: the names that the catalog gives
        /// them are none that SQLite knows.
        Inline: Set<string>
    }

/// How some steps are carried out, before there is SQL.
[<RequireQualifiedAccess>]
type internal Arranged =
    /// Nothing to say to SQLite.
    | Silent of step: Step
    /// A new table with what its later steps add to it.
    | Create of table: Table * steps: Step list
    /// One statement or two; the state is the one before the step.
    | Native of step: Step * state: Schema
    /// Steps that SQLite cannot do in place.
    | Rebuild of tables: RebuiltTable list * steps: Step list

/// Sorts steps into what SQLite does in place and what needs a new table, so that each table is rebuilt once at most.
[<RequireQualifiedAccess>]
module internal Arrange =
    let private enumUsers (enum: ObjectName) (schema: Schema) =
        schema.Tables
        |> List.filter (fun t -> t.Columns |> List.exists (fun c -> ColumnType.enumName c.Type = Some enum))
        |> List.map _.Name

    /// Columns that a text may name, as tokens: texts from the catalog have no holes.
    let private mentions (column: string) (sql: SqlText) =
        SqliteTokens.read (SqliteRender.text sql) |> Array.exists (SqliteTokens.isName column)

    /// ALTER TABLE DROP COLUMN refuses a column that anything else in the table's text names.
    let private isUsed (table: Table) (column: string) =
        let inKey (columns: string list) = List.contains column columns

        let inIndex (i: IndexDef) =
            i.Parts
            |> List.exists (fun part ->
                match part.Target with
                | IndexTarget.Column name -> name = column
                | IndexTarget.Expression sql -> mentions column sql)
            || (i.Where |> Option.exists (mentions column))

        (table.PrimaryKey |> Option.exists (fun key -> inKey key.Columns))
        || (table.Uniques |> List.exists (fun u -> inKey u.Columns))
        || (table.ForeignKeys |> List.exists (fun fk -> inKey fk.Columns))
        || (table.Checks |> List.exists (fun c -> mentions column c.Expression))
        || (table.Columns
            |> List.exists (fun c ->
                c.Name <> column && (c.Generated |> Option.exists (fun g -> mentions column g.Expression))))
        || (table.Indexes |> List.exists inIndex)

    /// A table keeps at least one column that is not computed.
    let private isLast (table: Table) (column: string) =
        table.Columns |> List.forall (fun c -> c.Name = column || c.Generated.IsSome)

    /// ALTER TABLE ADD COLUMN takes constants only, because rows that are there are not written.
    let private canAdd (column: ColumnDef) =
        let constant =
            match column.Default with
            | None
            | Some(ColumnDefault.Literal _) -> true
            | Some(ColumnDefault.NewUuid | ColumnDefault.Now | ColumnDefault.Expression _) -> false

        constant && column.Identity.IsNone && not (column.Generated |> Option.exists _.Stored)

    /// The table that a step changes in its own text or through an index; None for steps on other things.
    let private tableOf (step: Step) =
        match step with
        | Step.AddColumn(table, _)
        | Step.DropColumn(table, _)
        | Step.ChangeType(table, _, _, _)
        | Step.ChangeCollation(table, _, _, _)
        | Step.ChangeNullability(table, _, _, _)
        | Step.ChangeDefault(table, _, _, _)
        | Step.ChangeIdentity(table, _, _, _)
        | Step.AddConstraint(table, _)
        | Step.DropConstraint(table, _)
        | Step.RenameConstraint(table, _, _)
        | Step.CreateIndex(table, _)
        | Step.DropIndex(table, _)
        | Step.RenameIndex(table, _, _)
        | Step.ChangeWithoutRowId(table, _, _) -> Some table
        | Step.CreateNamespace _
        | Step.DropNamespace _
        | Step.CreateEnum _
        | Step.DropEnum _
        | Step.RenameEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _
        | Step.CreateTable _
        | Step.DropTable _
        | Step.RenameTable _
        | Step.RenameColumn _
        | Step.ChangeRowSecurity _
        | Step.CreatePolicy _
        | Step.DropPolicy _
        | Step.ChangeComment _
        | Step.CreateObject _
        | Step.DropObject _
        | Step.ReplaceObject _ -> None

    /// Where the run of steps on a table ends: SQLite's own renames reach into texts, so they stay in place.
    let private endsRun (table: ObjectName) (step: Step) =
        match step with
        | Step.RenameTable(t, _)
        | Step.RenameColumn(t, _, _) -> t = table
        | Step.DropTable t -> t.Name = table
        | Step.RenameEnum _ -> true
        | _ -> false

    /// Whether a rebuild can take the step in. What makes an index stays where it is; what drops one may come early.
    let private isAbsorbed (schema: Schema) (step: Step) =
        let has table (test: Table -> bool) = Schema.tryTable table schema |> Option.exists test

        match step with
        | Step.AddConstraint(_, Constraint.Unique _)
        | Step.RenameConstraint(_, Constraint.Unique _, _)
        | Step.CreateIndex _
        | Step.RenameIndex _ -> false
        | Step.DropConstraint(table, Constraint.Unique u) ->
            has table (fun t -> t.Uniques |> List.exists (fun x -> x.Name = u.Name))
        | Step.DropIndex(table, index) -> has table (fun t -> t.Indexes |> List.exists (fun x -> x.Name = index.Name))
        | other -> (tableOf other).IsSome

    /// Whether SQLite cannot do the step in place.
    let private needsRebuild (means: Means) (schema: Schema) (step: Step) =
        let can feature = means.Features.Contains feature
        let isInline (definition: Constraint) = means.Inline.Contains definition.Name

        match step with
        | Step.AddColumn(_, column) -> not (canAdd column)
        | Step.DropColumn(table, column) ->
            not (can "drop-column")
            || (Schema.tryTable table schema
                |> Option.exists (fun t -> isUsed t column.Name || isLast t column.Name))
        | Step.ChangeNullability _ -> not (can "alter-not-null")
        | Step.AddConstraint(_, Constraint.Check _) -> not (can "add-check")
        | Step.DropConstraint(_, definition) when isInline definition -> true
        | Step.RenameConstraint(_, definition, _) when isInline definition -> true
        | Step.DropConstraint(_, Constraint.Check _) -> not (can "drop-check")
        | Step.RenameConstraint(_, Constraint.Check _, _) -> not (can "add-check" && can "drop-check")
        | Step.DropConstraint(_, Constraint.ForeignKey _) -> not (can "drop-foreign-key")
        | Step.AddConstraint(_, (Constraint.PrimaryKey _ | Constraint.ForeignKey _))
        | Step.DropConstraint(_, Constraint.PrimaryKey _)
        | Step.RenameConstraint(_, (Constraint.PrimaryKey _ | Constraint.ForeignKey _), _)
        | Step.ChangeType _
        | Step.ChangeCollation _
        | Step.ChangeDefault _
        | Step.ChangeIdentity _
        | Step.ChangeWithoutRowId _ -> true
        | Step.AddConstraint(_, Constraint.Unique _)
        | Step.DropConstraint(_, Constraint.Unique _)
        | Step.RenameConstraint(_, Constraint.Unique _, _)
        | Step.CreateIndex _
        | Step.DropIndex _
        | Step.RenameIndex _
        | Step.CreateNamespace _
        | Step.DropNamespace _
        | Step.CreateEnum _
        | Step.DropEnum _
        | Step.RenameEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _
        | Step.CreateTable _
        | Step.DropTable _
        | Step.RenameTable _
        | Step.RenameColumn _
        | Step.ChangeRowSecurity _
        | Step.CreatePolicy _
        | Step.DropPolicy _
        | Step.ChangeComment _
        | Step.CreateObject _
        | Step.DropObject _
        | Step.ReplaceObject _ -> false

    /// The later steps on a table that a rebuild (or its CREATE TABLE) at this point takes in, by position.
    let private run (schema: Schema) (table: ObjectName) (steps: (int * Step) list) =
        steps
        |> List.takeWhile (fun (_, step) -> not (endsRun table step))
        |> List.filter (fun (_, step) -> tableOf step = Some table && isAbsorbed schema step)

    /// Judges each step of a run against the state that the steps before it leave.
    let private anyNeedsRebuild means (schema: Schema) (steps: (int * Step) list) =
        ((schema, false), steps)
        ||> List.fold (fun (state, found) (_, step) ->
            if found then
                state, true
            else
                Evolve.step step state, needsRebuild means state step)
        |> snd

    let private rebuilt (before: Schema) (after: Schema) (steps: Step list) (table: ObjectName) : RebuiltTable option =
        let added =
            steps
            |> List.choose (function
                | Step.AddColumn(t, column) when t = table -> Some column.Name
                | _ -> None)
            |> Set.ofList

        match Schema.tryTable table before, Schema.tryTable table after with
        | Some before, Some after -> Some { Before = before; After = after; Fresh = added }
        | _ -> None

    let private evolveAll (steps: Step list) (schema: Schema) =
        (schema, steps) ||> List.fold (fun state step -> Evolve.step step state)

    let private enumStep (step: Step) =
        match step with
        | Step.RenameEnum(enum, _) -> Some enum
        | Step.AddEnumValues(before, _)
        | Step.ReplaceEnum(before, _) -> Some before.Name
        | _ -> None

    /// An enum is kept in the CHECK of every column that has it: all their tables are rebuilt, with whatever else they need.
    let private enumGroup (schema: Schema) (enum: ObjectName) (rest: (int * Step) list) =
        let tables = enumUsers enum schema
        let runs = tables |> List.collect (fun table -> run schema table rest)
        tables, runs |> List.sortBy fst

    let rec private go means (schema: Schema) (steps: (int * Step) list) (made: Arranged list) : Arranged list =
        match steps with
        | [] -> List.rev made
        | (_, step) :: rest ->
            let without (taken: (int * Step) list) =
                let positions = taken |> List.map fst |> Set.ofList
                rest |> List.filter (fun (i, _) -> not (positions.Contains i))

            let native () = go means (Evolve.step step schema) rest (Arranged.Native(step, schema) :: made)

            let rebuild (tables: ObjectName list) (taken: (int * Step) list) =
                let all = step :: List.map snd taken
                let after = evolveAll all schema

                // A renamed enum's tables keep their names; only their columns' type changes.
                let tables = tables |> List.choose (rebuilt schema after all)
                go means after (without taken) (Arranged.Rebuild(tables, all) :: made)

            match step, enumStep step, tableOf step with
            | Step.CreateTable table, _, _ ->
                let created = Evolve.step step schema
                let taken = run created table.Name rest
                let steps = List.map snd taken
                let after = evolveAll steps created

                match Schema.tryTable table.Name after with
                | Some whole -> go means after (without taken) (Arranged.Create(whole, step :: steps) :: made)
                | None -> native ()
            | _, Some enum, _ ->
                match enumGroup schema enum rest with
                | [], _ -> go means (Evolve.step step schema) rest (Arranged.Silent step :: made)
                | tables, taken -> rebuild tables taken
            | _, None, Some table ->
                let taken = run schema table rest

                if isAbsorbed schema step && anyNeedsRebuild means schema ((0, step) :: taken) then
                    rebuild [ table ] taken
                else
                    native ()
            | (Step.DropTable _ | Step.RenameTable _ | Step.RenameColumn _ | Step.CreateObject _ | Step.DropObject _ | Step.ReplaceObject _),
              None,
              None -> native ()
            | _, None, None -> go means (Evolve.step step schema) rest (Arranged.Silent step :: made)

    /// The steps arranged; each is covered exactly once.
    let steps (means: Means) (live: Schema) (steps: Step list) : Arranged list = go means live (List.indexed steps) []
