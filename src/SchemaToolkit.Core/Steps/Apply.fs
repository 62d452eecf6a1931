namespace SchemaToolkit

/// The executable meaning of a step: what it does to a schema value. Every law of the diff rests on it.
[<RequireQualifiedAccess>]
module Apply =
    let private without (name: string) (nameOf: 'a -> string) (what: string) (items: 'a list) =
        if items |> List.exists (fun item -> nameOf item = name) then
            Ok(items |> List.filter (fun item -> nameOf item <> name))
        else
            Error $"{what} {name} does not exist"

    let private adding (item: 'a) (nameOf: 'a -> string) (what: string) (items: 'a list) =
        if items |> List.exists (fun other -> nameOf other = nameOf item) then
            Error $"{what} {nameOf item} exists already"
        else
            Ok(items @ [ item ])

    let private onTable (name: ObjectName) (change: Table -> Result<Table, string>) (schema: Schema) =
        match Schema.tryTable name schema with
        | None -> Error $"table {name} does not exist"
        | Some table ->
            change table
            |> Result.mapError (fun message -> $"table {name}: {message}")
            |> Result.map (fun changed ->
                { schema with
                    Tables = schema.Tables |> List.map (fun t -> if t.Name = name then changed else t) })

    let private onColumn table column (change: ColumnDef -> Result<ColumnDef, string>) =
        onTable table (fun t ->
            match Table.tryColumn column t with
            | None -> Error $"column {column} does not exist"
            | Some found ->
                change found
                |> Result.map (fun changed ->
                    { t with
                        Columns = t.Columns |> List.map (fun c -> if c.Name = column then changed else c) }))

    /// Refuses a change whose `before` is not what is there: a step is never applied to something else.
    let private expecting actual before (what: string) result =
        if actual = before then
            Ok result
        else
            Error $"{what} is not what the step expects"

    let private addConstraint (definition: Constraint) (t: Table) =
        match definition with
        | Constraint.PrimaryKey key ->
            match t.PrimaryKey with
            | Some _ -> Error "primary key exists already"
            | None -> Ok { t with PrimaryKey = Some key }
        | Constraint.Unique unique ->
            t.Uniques
            |> adding unique _.Name "unique constraint"
            |> Result.map (fun us -> { t with Uniques = us })
        | Constraint.ForeignKey key ->
            t.ForeignKeys
            |> adding key _.Name "foreign key"
            |> Result.map (fun ks -> { t with ForeignKeys = ks })
        | Constraint.Check check ->
            t.Checks |> adding check _.Name "check" |> Result.map (fun cs -> { t with Checks = cs })

    let private dropConstraint (definition: Constraint) (t: Table) =
        match definition with
        | Constraint.PrimaryKey key ->
            match t.PrimaryKey with
            | Some existing when existing = key -> Ok { t with PrimaryKey = None }
            | Some _
            | None -> Error $"primary key {key.Name} does not exist"
        | Constraint.Unique unique ->
            t.Uniques
            |> without unique.Name _.Name "unique constraint"
            |> Result.map (fun us -> { t with Uniques = us })
        | Constraint.ForeignKey key ->
            t.ForeignKeys
            |> without key.Name _.Name "foreign key"
            |> Result.map (fun ks -> { t with ForeignKeys = ks })
        | Constraint.Check check ->
            t.Checks |> without check.Name _.Name "check" |> Result.map (fun cs -> { t with Checks = cs })

    let private onEnum name (change: EnumType -> Result<EnumType, string>) (schema: Schema) =
        match Schema.tryEnum name schema with
        | None -> Error $"enum {name} does not exist"
        | Some enum ->
            change enum
            |> Result.map (fun changed ->
                { schema with
                    Enums = schema.Enums |> List.map (fun e -> if e.Name = name then changed else e) })

    /// What is part of something goes with it, whoever made it.
    let private withoutPartsOf (name: ObjectName) (schema: Schema) =
        { schema with
            Objects = schema.Objects |> List.filter (fun o -> SchemaObject.parent o <> Some name) }

    let private objectName (name: ObjectName) = string name

    let private setComment (part: PartId) before after (schema: Schema) =
        match part with
        | PartId.Table table ->
            schema
            |> onTable table (fun t -> expecting t.Comment before "the comment" { t with Comment = after })
        | PartId.Column(table, column) ->
            schema
            |> onColumn table column (fun c -> expecting c.Comment before "the comment" { c with Comment = after })
        | PartId.Namespace _
        | PartId.Enum _
        | PartId.PrimaryKey _
        | PartId.Unique _
        | PartId.ForeignKey _
        | PartId.Check _
        | PartId.Index _
        | PartId.RowSecurity _
        | PartId.Policy _
        | PartId.Object _ -> Error $"{part} carries no comment"

    /// The schema after the step, or why the step does not fit the schema.
    let step (step: Step) (schema: Schema) : Result<Schema, string> =
        match step with
        // The namespace of a schema is its own field: it exists once the schema has a table or an enum.
        | Step.CreateNamespace _
        | Step.DropNamespace _ -> Ok schema
        | Step.CreateEnum enum ->
            schema.Enums
            |> adding enum (fun e -> objectName e.Name) "enum"
            |> Result.map (fun enums -> { schema with Enums = enums })
        | Step.DropEnum enum ->
            schema.Enums
            |> without (objectName enum.Name) (fun e -> objectName e.Name) "enum"
            |> Result.map (fun enums -> { schema with Enums = enums })
        | Step.RenameEnum(enum, newName) ->
            match Schema.tryEnum enum schema, Schema.tryEnum { enum with Name = newName } schema with
            | None, _ -> Error $"enum {enum} does not exist"
            | _, Some _ -> Error $"enum {newName} exists already"
            | Some _, None -> Ok(Rename.enum enum newName schema)
        | Step.AddEnumValues(before, after)
        | Step.ReplaceEnum(before, after) ->
            schema
            |> onEnum before.Name (fun e ->
                expecting e.Values before.Values "the list of values" { e with Values = after.Values })
        | Step.CreateTable table ->
            schema.Tables
            |> adding table (fun t -> objectName t.Name) "table"
            |> Result.map (fun tables -> { schema with Tables = tables })
        | Step.DropTable table ->
            schema.Tables
            |> without (objectName table.Name) (fun t -> objectName t.Name) "table"
            |> Result.map (fun tables -> { schema with Tables = tables } |> withoutPartsOf table.Name)
        | Step.RenameTable(table, newName) ->
            match Schema.tryTable table schema, Schema.tryTable { table with Name = newName } schema with
            | None, _ -> Error $"table {table} does not exist"
            | _, Some _ -> Error $"table {newName} exists already"
            | Some _, None -> Ok(Rename.table table newName schema)
        | Step.AddColumn(table, column) ->
            schema
            |> onTable table (fun t ->
                t.Columns |> adding column _.Name "column" |> Result.map (fun cs -> { t with Columns = cs }))
        | Step.DropColumn(table, column) ->
            schema
            |> onTable table (fun t ->
                t.Columns |> without column.Name _.Name "column" |> Result.map (fun cs -> { t with Columns = cs }))
        | Step.RenameColumn(table, column, newName) ->
            match Schema.tryTable table schema with
            | None -> Error $"table {table} does not exist"
            | Some t when (Table.tryColumn column t).IsNone -> Error $"table {table}: column {column} does not exist"
            | Some t when (Table.tryColumn newName t).IsSome -> Error $"table {table}: column {newName} exists already"
            | Some _ -> Ok(Rename.column table column newName schema)
        | Step.ChangeType(table, column, before, after) ->
            schema
            |> onColumn table column (fun c -> expecting c.Type before "the type" { c with Type = after })
        | Step.ChangeCollation(table, column, before, after) ->
            schema
            |> onColumn table column (fun c ->
                expecting c.Collation before "the collation" { c with Collation = after })
        | Step.ChangeNullability(table, column, before, after) ->
            schema
            |> onColumn table column (fun c -> expecting c.Nullable before "nullability" { c with Nullable = after })
        | Step.ChangeDefault(table, column, before, after) ->
            schema
            |> onColumn table column (fun c ->
                let plain = Option.map Normalise.columnDefault
                expecting (plain c.Default) (plain before) "the default" { c with Default = after })
        | Step.ChangeIdentity(table, column, before, after) ->
            schema
            |> onColumn table column (fun c -> expecting c.Identity before "the identity" { c with Identity = after })
        | Step.AddConstraint(table, definition) -> schema |> onTable table (addConstraint definition)
        | Step.DropConstraint(table, definition) -> schema |> onTable table (dropConstraint definition)
        | Step.RenameConstraint(table, definition, newName) ->
            schema
            |> onTable table (fun t ->
                t
                |> dropConstraint definition
                |> Result.bind (addConstraint (Rename.constraintTo newName definition)))
        | Step.CreateIndex(table, index) ->
            schema
            |> onTable table (fun t ->
                t.Indexes |> adding index _.Name "index" |> Result.map (fun is -> { t with Indexes = is }))
        | Step.DropIndex(table, index) ->
            schema
            |> onTable table (fun t ->
                t.Indexes |> without index.Name _.Name "index" |> Result.map (fun is -> { t with Indexes = is }))
        | Step.RenameIndex(table, index, newName) ->
            schema
            |> onTable table (fun t ->
                t.Indexes
                |> without index.Name _.Name "index"
                |> Result.bind (adding { index with Name = newName } _.Name "index")
                |> Result.map (fun is -> { t with Indexes = is }))
        | Step.ChangeRowSecurity(table, before, after) ->
            schema
            |> onTable table (fun t -> expecting t.RowSecurity before "row security" { t with RowSecurity = after })
        | Step.CreatePolicy(table, policy) ->
            schema
            |> onTable table (fun t ->
                t.Policies |> adding policy _.Name "policy" |> Result.map (fun ps -> { t with Policies = ps }))
        | Step.DropPolicy(table, policy) ->
            schema
            |> onTable table (fun t ->
                t.Policies |> without policy.Name _.Name "policy" |> Result.map (fun ps -> { t with Policies = ps }))
        | Step.ChangeWithoutRowId(table, before, after) ->
            schema
            |> onTable table (fun t -> expecting t.WithoutRowId before "WITHOUT ROWID" { t with WithoutRowId = after })
        | Step.CreateObject object ->
            schema.Objects
            |> adding object (fun o -> string o.Key) "the"
            |> Result.map (fun objects -> { schema with Objects = objects })
        | Step.DropObject object ->
            schema.Objects
            |> without (string object.Key) (fun o -> string o.Key) "the"
            |> Result.map (fun objects ->
                let rest = { schema with Objects = objects }

                if (SchemaObject.parent object).IsNone || SchemaObject.isNamed object then
                    withoutPartsOf object.Key.Name rest
                else
                    rest)
        | Step.ReplaceObject(before, after) ->
            match Schema.tryObject before.Key schema with
            | None -> Error $"{before.Key} does not exist"
            | Some found ->
                { schema with
                    Objects = schema.Objects |> List.map (fun o -> if o.Key = before.Key then after else o) }
                |> expecting (Normalise.object found) (Normalise.object before) (string before.Key)
        | Step.ChangeComment(part, before, after) -> setComment part before after schema

    /// All steps in order; stops at the first that does not fit.
    let all (steps: Step list) (schema: Schema) : Result<Schema, string> =
        (Ok schema, steps) ||> List.fold (fun state s -> Result.bind (step s) state)
