namespace SchemaToolkit

/// The hazards of steps that hold on every engine. What comes from an engine's locks and rewrites is added by its dialect.
[<RequireQualifiedAccess>]
module Hazards =
    let private hazard code kind part message precheck advice =
        { Code = code
          Kind = kind
          Part = part
          Message = message
          Precheck = precheck
          Advice = advice }

    let private one = List.head

    let private typeChange o table column before after =
        let part = PartId.Column(table, column)
        let names = $"{ColumnType.describe before} to {ColumnType.describe after}"

        let failing =
            hazard
                "failing-cast"
                HazardKind.MayFailOnRows
                part
                $"Values of {part} cannot be converted from {names}."
                (Origins.ask o table [ column ] (fun t cs -> Precheck.FailingCasts(t, one cs, before, after)))
                "Correct these rows, or keep the type and add a second column."

        let lossy =
            hazard
                "lossy-cast"
                HazardKind.LosesData
                part
                $"Changing {part} from {names} would cut, round or alter values."
                (Origins.ask o table [ column ] (fun t cs -> Precheck.LossyCasts(t, one cs, before, after)))
                "Correct these rows, choose a wider type, or consent to the loss."

        match TypeChange.classify before after with
        | TypeChange.Widening -> []
        | TypeChange.Narrowing -> [ failing; lossy ]
        | TypeChange.Conversion ->
            [ failing
              lossy
              hazard
                  "change-type"
                  HazardKind.ChangesContract
                  part
                  $"{part} changes from {names}; programs that read it must change with it."
                  (Origins.ask o table [ column ] (fun t cs -> Precheck.Values(t, one cs)))
                  "Consent when every program that reads the column is ready, or add a second column." ]

    let private uniqueness o table columns nullsEqual where part =
        hazard
            "duplicate-rows"
            HazardKind.MayFailOnRows
            part
            $"Rows of {table} are equal in what {part} makes unique."
            (Origins.askWhere o table columns where (fun t cs where -> Precheck.Duplicates(t, cs, nullsEqual, where)))
            "Remove or merge the duplicates first."

    let private ofConstraint o table definition =
        match definition with
        | Constraint.PrimaryKey key -> [ uniqueness o table key.Columns true None (PartId.PrimaryKey(table, key.Name)) ]
        | Constraint.Unique unique ->
            [ uniqueness o table unique.Columns unique.NullsNotDistinct None (PartId.Unique(table, unique.Name)) ]
        | Constraint.ForeignKey fk ->
            let part = PartId.ForeignKey(table, fk.Name)

            let build t cs =
                Precheck.Orphans(
                    t,
                    { fk with
                        Columns = cs
                        Target = Origins.table o fk.Target
                        TargetColumns = fk.TargetColumns |> List.map (Origins.column o fk.Target) }
                )

            let targetIsNew =
                o.NewTables.Contains fk.Target
                || fk.TargetColumns |> List.exists (fun c -> o.NewColumns.Contains(fk.Target, c))

            let precheck =
                // A target made in this plan is empty: every value that is there would be an orphan.
                if targetIsNew then
                    match fk.Columns with
                    | [ column ] -> Origins.ask o table [ column ] (fun t cs -> Precheck.Values(t, one cs))
                    | _ -> None
                else
                    Origins.ask o table fk.Columns build

            [ hazard
                  "orphan-rows"
                  HazardKind.MayFailOnRows
                  part
                  $"Rows of {table} point to rows of {fk.Target} that do not exist."
                  precheck
                  "Delete these rows, give them a target, or set them to NULL first." ]
        | Constraint.Check check ->
            let part = PartId.Check(table, check.Name)

            let violations t _ expression =
                Precheck.Violations(t, { check with Expression = expression |> Option.defaultValue check.Expression })

            [ hazard
                  "check-violations"
                  HazardKind.MayFailOnRows
                  part
                  $"Rows of {table} do not satisfy {part}."
                  (Origins.askWhere o table [] (Some check.Expression) violations)
                  "Correct these rows first, or loosen the check." ]

    /// Columns, as they are called before the steps, whose values go or are judged as a change of type.
    let private leaving (o: Origins) (steps: Step list) : Set<ObjectName * string> =
        [ for step in steps do
              match step with
              | Step.DropTable table ->
                  for column in table.Columns do
                      Origins.table o table.Name, Origins.column o table.Name column.Name
              | Step.DropColumn(table, column) -> Origins.table o table, Origins.column o table column.Name
              | Step.ChangeType(table, column, _, _) -> Origins.table o table, Origins.column o table column
              | _ -> () ]
        |> Set.ofList

    let private ofEnum (from: Schema) (o: Origins) (steps: Step list) (before: EnumType) (after: EnumType) =
        let removed = before.Values |> List.except after.Values

        let gone = steps |> List.takeWhile ((<>) (Step.ReplaceEnum(before, after))) |> leaving o

        let formerName =
            steps
            |> List.tryPick (function
                | Step.RenameEnum(name, newName) when { name with Name = newName } = before.Name -> Some name
                | _ -> None)
            |> Option.defaultValue before.Name

        [ if not removed.IsEmpty then
              for table in from.Tables do
                  for column in table.Columns do
                      if column.Type = ColumnType.Enum formerName && not (gone.Contains(table.Name, column.Name)) then
                          hazard
                              "enum-value-in-use"
                              HazardKind.MayFailOnRows
                              (PartId.Column(table.Name, column.Name))
                              $"Rows of {table.Name} hold values that leave the enum {after.Name}."
                              (Some(Precheck.EnumValues(table.Name, column.Name, removed)))
                              "Change these rows to a value that stays." ]

    let private indexColumns (index: IndexDef) =
        index.Parts
        |> List.map (fun part ->
            match part.Target with
            | IndexTarget.Column column -> Some column
            | IndexTarget.Expression _ -> None)

    let private ofDropped (o: Origins) (object: SchemaObject) : Hazard list =
        let drops code message precheck advice =
            [ hazard code HazardKind.DropsObject (PartId.Object object.Key) message precheck advice ]

        match object.Kind with
        | ObjectKind.Partition ->
            drops
                "drop-partition"
                $"Dropping the {object.Key} deletes its rows."
                (Origins.ask o object.Key.Name [] (fun t _ -> Precheck.Rows t))
                "Move the rows first, or consent."
        | ObjectKind.Sequence ->
            drops
                "drop-sequence"
                $"Dropping the {object.Key} forgets which numbers were given out."
                None
                "Consent when nothing counts on it any more."
        | ObjectKind.Extension
        | ObjectKind.Domain
        | ObjectKind.Composite
        | ObjectKind.Range
        | ObjectKind.Function
        | ObjectKind.Procedure
        | ObjectKind.Exclusion
        | ObjectKind.View
        | ObjectKind.MaterializedView
        | ObjectKind.Trigger
        | ObjectKind.Grant -> []

    let private ofStep (from: Schema) (o: Origins) (steps: Step list) (step: Step) : Hazard list =
        match step with
        | Step.DropTable table ->
            [ hazard
                  "drop-table"
                  HazardKind.DropsObject
                  (PartId.Table table.Name)
                  $"Dropping {table.Name} deletes its rows."
                  (Origins.ask o table.Name [] (fun t _ -> Precheck.Rows t))
                  "If the table has a new name, say Table.renamedFrom; if it must go, consent." ]
        | Step.DropColumn(table, column) when column.Generated.IsNone ->
            [ hazard
                  "drop-column"
                  HazardKind.DropsObject
                  (PartId.Column(table, column.Name))
                  $"Dropping {table}.{column.Name} deletes its values."
                  (Some(Precheck.Values(Origins.table o table, Origins.column o table column.Name)))
                  "If the column has a new name, say Column.renamedFrom; if it must go, consent." ]
        | Step.ChangeType(table, column, before, after) -> typeChange o table column before after
        | Step.ChangeNullability(table, column, true, false) ->
            let part = PartId.Column(table, column)

            [ hazard
                  "null-values"
                  HazardKind.MayFailOnRows
                  part
                  $"{part} becomes NOT NULL but holds NULL."
                  (Origins.ask o table [ column ] (fun t cs -> Precheck.Nulls(t, one cs)))
                  "Fill these rows first, or keep the column optional."
              hazard
                  "set-not-null"
                  HazardKind.ChangesContract
                  part
                  $"{part} becomes NOT NULL; programs that write NULL to it will fail."
                  (Origins.ask o table [ column ] (fun t _ -> Precheck.Rows t))
                  "Consent when every program that writes the column always gives a value." ]
        | Step.ChangeNullability(table, column, _, true) ->
            [ hazard
                  "allow-null"
                  HazardKind.BreaksOldCode
                  (PartId.Column(table, column))
                  $"Programs that read {table}.{column} may now meet NULL."
                  None
                  "Deploy the readers first." ]
        | Step.AddColumn(table, column) when
            not column.Nullable && column.Default.IsNone && column.Identity.IsNone && column.Generated.IsNone
            ->
            [ hazard
                  "add-required-column"
                  HazardKind.MayFailOnRows
                  (PartId.Column(table, column.Name))
                  $"{table}.{column.Name} is NOT NULL without a default, and there are rows to fill."
                  (Origins.ask o table [] (fun t _ -> Precheck.Rows t))
                  "Give the column a default, or make it optional: values are never invented." ]
        | Step.AddConstraint(table, definition) -> ofConstraint o table definition
        | Step.CreateIndex(table, index) when index.Unique ->
            let columns = indexColumns index

            if List.forall Option.isSome columns then
                let names = List.choose id columns
                [ uniqueness o table names index.NullsNotDistinct index.Where (PartId.Index(table, index.Name)) ]
            else
                []
        | Step.ReplaceEnum(before, after) -> ofEnum from o steps before after
        | Step.DropObject object -> ofDropped o object
        | Step.RenameTable(table, newName) ->
            [ hazard
                  "rename-table"
                  HazardKind.BreaksOldCode
                  (PartId.Table { table with Name = newName })
                  $"Programs that still say {table} will fail."
                  None
                  "Stop them, or deploy them together." ]
        | Step.RenameColumn(table, column, newName) ->
            [ hazard
                  "rename-column"
                  HazardKind.BreaksOldCode
                  (PartId.Column(table, newName))
                  $"Programs that still say {table}.{column} will fail."
                  None
                  "Stop them, or deploy them together." ]
        | _ -> []

    /// A dropped and an added column of one table with the same type, or a dropped and an added table with the same columns.
    let private lookalikes (o: Origins) (steps: Step list) =
        let shape (table: Table) = table.Columns |> List.map (fun c -> c.Name, c.Type) |> List.sort

        [ for dropped in steps do
              for added in steps do
                  match dropped, added with
                  | Step.DropColumn(table, a), Step.AddColumn(other, b) when
                      table = other && a.Name <> b.Name && a.Type = b.Type && a.Generated.IsNone && b.Generated.IsNone
                      ->
                      hazard
                          "possible-rename"
                          HazardKind.Ambiguous
                          (PartId.Column(table, a.Name))
                          $"{table}.{a.Name} goes and {b.Name}, of the same type, comes: this may be a rename."
                          (Some(Precheck.Values(Origins.table o table, Origins.column o table a.Name)))
                          $"If it is, say Column.renamedFrom \"{a.Name}\" on {b.Name}; if not, consent to possible-rename."
                  | Step.DropTable a, Step.CreateTable b when a.Name.Namespace = b.Name.Namespace && shape a = shape b ->
                      hazard
                          "possible-rename"
                          HazardKind.Ambiguous
                          (PartId.Table a.Name)
                          $"{a.Name} goes and {b.Name}, with the same columns, comes: this may be a rename."
                          (Some(Precheck.Rows(Origins.table o a.Name)))
                          $"If it is, say Table.renamedFrom \"{a.Name.Name}\" on {b.Name.Name}; if not, consent to possible-rename."
                  | _ -> () ]

    /// Every hazard of a list of steps that starts from a schema.
    let ofSteps (from: Schema) (steps: Step list) : Hazard list =
        let o = Origins.ofSteps steps
        // A constraint that is dropped and made again unchanged was satisfied before and is satisfied after.
        let dropped =
            steps
            |> List.choose (function
                | Step.DropConstraint(table, definition) -> Some(table, definition)
                | _ -> None)
            |> Set.ofList

        let fresh step =
            match step with
            | Step.AddConstraint(table, definition) -> not (dropped.Contains(table, definition))
            | _ -> true

        (steps |> List.filter fresh |> List.collect (ofStep from o steps)) @ lookalikes o steps
