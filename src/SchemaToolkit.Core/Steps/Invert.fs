namespace SchemaToolkit

/// The step that undoes a step, up to the data that was lost and the place of a column among its neighbours.
[<RequireQualifiedAccess>]
module Invert =
    let step (step: Step) : Step =
        match step with
        | Step.CreateNamespace name -> Step.DropNamespace name
        | Step.DropNamespace name -> Step.CreateNamespace name
        | Step.CreateEnum enum -> Step.DropEnum enum
        | Step.DropEnum enum -> Step.CreateEnum enum
        | Step.RenameEnum(enum, newName) -> Step.RenameEnum({ enum with Name = newName }, enum.Name)
        | Step.AddEnumValues(before, after)
        | Step.ReplaceEnum(before, after) -> Step.ReplaceEnum(after, before)
        | Step.CreateTable table -> Step.DropTable table
        | Step.DropTable table -> Step.CreateTable table
        | Step.RenameTable(table, newName) -> Step.RenameTable({ table with Name = newName }, table.Name)
        | Step.AddColumn(table, column) -> Step.DropColumn(table, column)
        | Step.DropColumn(table, column) -> Step.AddColumn(table, column)
        | Step.RenameColumn(table, column, newName) -> Step.RenameColumn(table, newName, column)
        | Step.ChangeType(table, column, before, after) -> Step.ChangeType(table, column, after, before)
        | Step.ChangeCollation(table, column, before, after) -> Step.ChangeCollation(table, column, after, before)
        | Step.ChangeNullability(table, column, before, after) -> Step.ChangeNullability(table, column, after, before)
        | Step.ChangeDefault(table, column, before, after) -> Step.ChangeDefault(table, column, after, before)
        | Step.ChangeIdentity(table, column, before, after) -> Step.ChangeIdentity(table, column, after, before)
        | Step.AddConstraint(table, definition) -> Step.DropConstraint(table, definition)
        | Step.DropConstraint(table, definition) -> Step.AddConstraint(table, definition)
        | Step.RenameConstraint(table, definition, newName) ->
            Step.RenameConstraint(table, Rename.constraintTo newName definition, definition.Name)
        | Step.CreateIndex(table, index) -> Step.DropIndex(table, index)
        | Step.DropIndex(table, index) -> Step.CreateIndex(table, index)
        | Step.RenameIndex(table, index, newName) -> Step.RenameIndex(table, { index with Name = newName }, index.Name)
        | Step.ChangeRowSecurity(table, before, after) -> Step.ChangeRowSecurity(table, after, before)
        | Step.CreatePolicy(table, policy) -> Step.DropPolicy(table, policy)
        | Step.DropPolicy(table, policy) -> Step.CreatePolicy(table, policy)
        | Step.ChangeWithoutRowId(table, before, after) -> Step.ChangeWithoutRowId(table, after, before)
        | Step.CreateObject object -> Step.DropObject object
        | Step.DropObject object -> Step.CreateObject object
        | Step.ReplaceObject(before, after) -> Step.ReplaceObject(after, before)
        | Step.ChangeComment(part, before, after) -> Step.ChangeComment(part, after, before)

    /// Undoes a list of steps: inverted, last first.
    let all (steps: Step list) : Step list = steps |> List.rev |> List.map step
