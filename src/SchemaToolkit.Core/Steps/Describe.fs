namespace SchemaToolkit

/// Steps in words.
[<RequireQualifiedAccess>]
module Describe =
    let private orNone (value: string option) = value |> Option.defaultValue "none"

    let columnDefault (value: ColumnDefault) =
        match value with
        | ColumnDefault.Literal(Literal.Boolean v) -> if v then "true" else "false"
        | ColumnDefault.Literal(Literal.Integer v) -> string v
        | ColumnDefault.Literal(Literal.Number v) -> v
        | ColumnDefault.Literal(Literal.Text v) -> $"'{v}'"
        | ColumnDefault.Literal(Literal.Bytes v) -> $"x'{v}'"
        | ColumnDefault.NewUuid -> "a new uuid"
        | ColumnDefault.Now -> "now"
        | ColumnDefault.Expression sql -> SqlText.describe sql

    let columnText (column: ColumnDef) =
        [ column.Name
          ColumnType.describe column.Type
          if not column.Nullable then
              "not null"
          match column.Default with
          | Some value -> $"default {columnDefault value}"
          | None -> ()
          match column.Identity with
          | Some Identity.Always -> "identity"
          | Some Identity.ByDefault -> "identity by default"
          | None -> ()
          match column.Generated with
          | Some generated ->
              let kind = if generated.Stored then "stored" else "virtual"
              $"generated as ({SqlText.describe generated.Expression}) {kind}"
          | None -> () ]
        |> String.concat " "

    let private list (names: string list) = String.concat ", " names

    let constraintText (definition: Constraint) =
        match definition with
        | Constraint.PrimaryKey key -> $"primary key {key.Name} ({list key.Columns})"
        | Constraint.Unique unique -> $"unique {unique.Name} ({list unique.Columns})"
        | Constraint.ForeignKey fk ->
            $"foreign key {fk.Name} ({list fk.Columns}) to {fk.Target} ({list fk.TargetColumns})"
        | Constraint.Check check -> $"check {check.Name} ({SqlText.describe check.Expression})"

    let indexText (index: IndexDef) =
        let part (p: IndexPart) =
            match p.Target with
            | IndexTarget.Column column -> column
            | IndexTarget.Expression sql -> $"({SqlText.describe sql})"
            + if p.Descending then " desc" else ""

        let unique = if index.Unique then "unique " else ""

        let where =
            index.Where |> Option.map (fun w -> $" where {SqlText.describe w}") |> Option.defaultValue ""

        $"{unique}index {index.Name} using {index.Method} ({list (List.map part index.Parts)}){where}"

    /// One line for people, with unquoted names.
    let step (step: Step) : string =
        match step with
        | Step.CreateNamespace name -> $"create namespace {name}"
        | Step.DropNamespace name -> $"drop namespace {name}"
        | Step.CreateEnum enum -> $"create enum {enum.Name} ({list enum.Values})"
        | Step.DropEnum enum -> $"drop enum {enum.Name}"
        | Step.RenameEnum(enum, newName) -> $"rename enum {enum} to {newName}"
        | Step.AddEnumValues(before, after) ->
            $"add values {list (List.except before.Values after.Values)} to enum {after.Name}"
        | Step.ReplaceEnum(before, after) ->
            $"replace enum {after.Name}: ({list before.Values}) becomes ({list after.Values})"
        | Step.CreateTable table ->
            let parts =
                [ yield! table.Columns |> List.map columnText
                  yield! Table.constraints table |> List.map constraintText ]

            $"create table {table.Name} ({list parts})"
        | Step.DropTable table -> $"drop table {table.Name}"
        | Step.RenameTable(table, newName) -> $"rename table {table} to {newName}"
        | Step.AddColumn(table, column) -> $"add column {table}: {columnText column}"
        | Step.DropColumn(table, column) -> $"drop column {table}.{column.Name}"
        | Step.RenameColumn(table, column, newName) -> $"rename column {table}.{column} to {newName}"
        | Step.ChangeType(table, column, before, after) ->
            $"change type of {table}.{column} from {ColumnType.describe before} to {ColumnType.describe after}"
        | Step.ChangeCollation(table, column, before, after) ->
            $"change collation of {table}.{column} from {orNone before} to {orNone after}"
        | Step.ChangeNullability(table, column, _, after) ->
            let action = if after then "allow" else "forbid"
            $"{action} null in {table}.{column}"
        | Step.ChangeDefault(table, column, _, Some after) ->
            $"set default of {table}.{column} to {columnDefault after}"
        | Step.ChangeDefault(table, column, _, None) -> $"drop default of {table}.{column}"
        | Step.ChangeIdentity(table, column, _, Some Identity.Always) -> $"make {table}.{column} an identity column"
        | Step.ChangeIdentity(table, column, _, Some Identity.ByDefault) ->
            $"make {table}.{column} an identity column by default"
        | Step.ChangeIdentity(table, column, _, None) -> $"drop identity of {table}.{column}"
        | Step.AddConstraint(table, definition) -> $"add {constraintText definition} to {table}"
        | Step.DropConstraint(table, definition) -> $"drop {constraintText definition} of {table}"
        | Step.RenameConstraint(table, definition, newName) ->
            $"rename constraint {definition.Name} of {table} to {newName}"
        | Step.CreateIndex(table, index) -> $"create {indexText index} on {table}"
        | Step.DropIndex(table, index) -> $"drop index {index.Name} of {table}"
        | Step.RenameIndex(table, index, newName) -> $"rename index {index.Name} of {table} to {newName}"
        | Step.ChangeRowSecurity(table, _, RowSecurity.Disabled) -> $"disable row security on {table}"
        | Step.ChangeRowSecurity(table, _, RowSecurity.Enabled) -> $"enable row security on {table}"
        | Step.ChangeRowSecurity(table, _, RowSecurity.Forced) -> $"force row security on {table}"
        | Step.CreatePolicy(table, policy) -> $"create policy {policy.Name} on {table}"
        | Step.DropPolicy(table, policy) -> $"drop policy {policy.Name} of {table}"
        | Step.ChangeWithoutRowId(table, _, true) -> $"keep {table} by its primary key, without rowid"
        | Step.ChangeWithoutRowId(table, _, false) -> $"keep {table} by rowid"
        | Step.CreateObject object -> $"create {object.Key}"
        | Step.DropObject object -> $"drop {object.Key}"
        | Step.ReplaceObject(_, after) -> $"change {after.Key}"
        | Step.ChangeComment(part, _, Some after) -> $"comment on {part}: {after}"
        | Step.ChangeComment(part, _, None) -> $"drop comment on {part}"
