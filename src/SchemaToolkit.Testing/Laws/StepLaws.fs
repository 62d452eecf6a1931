namespace SchemaToolkit.Testing

open SchemaToolkit

/// What must hold for the single steps between any two schemas.
[<RequireQualifiedAccess>]
module StepLaws =
    /// A step that claims what it does not do, or does nothing.
    let private isHonest (step: Step) =
        match step with
        | Step.AddEnumValues(before, after) ->
            before.Values <> after.Values
            && (after.Values |> List.filter (fun v -> List.contains v before.Values)) = before.Values
        | Step.ReplaceEnum(before, after) ->
            (after.Values |> List.filter (fun v -> List.contains v before.Values)) <> before.Values
        | Step.RenameEnum(before, newName)
        | Step.RenameTable(before, newName) -> before.Name <> newName
        | Step.RenameColumn(_, before, newName) -> before <> newName
        | Step.RenameConstraint(_, before, newName) -> before.Name <> newName
        | Step.RenameIndex(_, before, newName) -> before.Name <> newName
        | Step.ChangeType(_, _, before, after) -> before <> after
        | Step.ChangeCollation(_, _, before, after) -> before <> after
        | Step.ChangeNullability(_, _, before, after) -> before <> after
        | Step.ChangeDefault(_, _, before, after) -> before <> after
        | Step.ChangeIdentity(_, _, before, after) -> before <> after
        | Step.ChangeRowSecurity(_, before, after) -> before <> after
        | Step.ChangeComment(_, before, after) -> before <> after
        | Step.ChangeWithoutRowId(_, before, after) -> before <> after
        | Step.ReplaceObject(before, after) -> before.Key = after.Key && before <> after
        | Step.CreateNamespace _
        | Step.DropNamespace _
        | Step.CreateEnum _
        | Step.DropEnum _
        | Step.CreateTable _
        | Step.DropTable _
        | Step.AddColumn _
        | Step.DropColumn _
        | Step.AddConstraint _
        | Step.DropConstraint _
        | Step.CreateIndex _
        | Step.DropIndex _
        | Step.CreatePolicy _
        | Step.DropPolicy _
        | Step.CreateObject _
        | Step.DropObject _ -> true

    /// Every step does what its name says, and something.
    let honest (before: Schema) (after: Schema) : Result<unit, string> =
        match Diff.between before after |> List.filter (isHonest >> not) with
        | [] -> Ok()
        | steps -> Error $"Steps that do not do what they say:\n{ShowCode.steps steps}"

    /// What rests on a column and would stand in the way of another type or another set of enum values.
    let private resting (schema: Schema) (table: ObjectName) (column: string) : string list =
        [ for t in schema.Tables do
              for fk in t.ForeignKeys do
                  if
                      (t.Name = table && List.contains column fk.Columns)
                      || (fk.Target = table && List.contains column fk.TargetColumns)
                  then
                      $"foreign key {fk.Name} of {t.Name}"

              if t.Name = table then
                  for c in t.Columns do
                      match c.Generated with
                      | Some g when List.contains column (SqlText.columns g.Expression) -> $"computed column {c.Name}"
                      | Some _
                      | None -> ()

                      if c.Name = column && c.Default.IsSome then
                          "its own default"

                  for p in t.Policies do
                      if
                          [ p.Using; p.WithCheck ]
                          |> List.choose id
                          |> List.exists (fun sql -> List.contains column (SqlText.columns sql))
                      then
                          $"policy {p.Name}" ]

    let private changed (schema: Schema) (step: Step) =
        match step with
        | Step.ChangeType(table, column, _, _) -> [ table, column ]
        | Step.ReplaceEnum(before, _) ->
            [ for t in schema.Tables do
                  for c in t.Columns do
                      if ColumnType.enumName c.Type = Some before.Name then
                          t.Name, c.Name ]
        | _ -> []

    /// A column's type changes only while no reference, computed column, policy or default rests on it: engines refuse it.
    let typesChangeAlone (before: Schema) (after: Schema) : Result<unit, string> =
        let steps = Diff.between before after

        (Ok before, steps)
        ||> List.fold (fun state step ->
            state
            |> Result.bind (fun schema ->
                let inTheWay =
                    changed schema step |> List.collect (fun (table, column) -> resting schema table column)

                match inTheWay with
                | [] -> Apply.step step schema
                | names ->
                    let text = names |> List.distinct |> String.concat ", "
                    Error $"`{Describe.step step}` while this rests on it: {text}.\n{ShowCode.steps steps}"))
        |> Result.map ignore
