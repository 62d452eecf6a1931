namespace SchemaToolkit

/// Renaming inside a schema value: the object itself and everything that names it.
[<RequireQualifiedAccess>]
module Rename =
    let private onName (from: ObjectName) (newName: string) (name: ObjectName) =
        if name = from then { name with Name = newName } else name

    let table (from: ObjectName) (newName: string) (schema: Schema) : Schema =
        // A table's name is also the name of its row type, so no enum can share it. What objects say of the table in SQL is
        // left: engines follow a rename in some texts and not in others, so these are made anew.
        let rename = onName from newName

        { Schema.mapNames rename schema with
            Objects = schema.Objects |> List.map (SchemaObject.mapOwnNames rename) }

    let enum (from: ObjectName) (newName: string) (schema: Schema) : Schema =
        let rename = onName from newName

        { schema with
            Enums = schema.Enums |> List.map (fun e -> { e with Name = rename e.Name })
            Tables =
                schema.Tables
                |> List.map (fun t ->
                    { t with
                        Columns = t.Columns |> List.map (fun c -> { c with Type = ColumnType.mapEnum rename c.Type }) })
            Objects = schema.Objects |> List.map (SchemaObject.mapOwnNames rename) }

    /// Renames a column in its table and in the foreign keys of others that point to it.
    let column (table: ObjectName) (from: string) (newName: string) (schema: Schema) : Schema =
        let rename (name: string) = if name = from then newName else name
        let text = SqlText.renameColumns rename

        let ofTable (t: Table) =
            { t with
                Columns =
                    t.Columns
                    |> List.map (fun c ->
                        { c with
                            Name = rename c.Name
                            Default =
                                c.Default
                                |> Option.map (function
                                    | ColumnDefault.Expression sql -> ColumnDefault.Expression(text sql)
                                    | ColumnDefault.Literal _
                                    | ColumnDefault.NewUuid
                                    | ColumnDefault.Now as other -> other)
                            Generated = c.Generated |> Option.map (fun g -> { g with Expression = text g.Expression }) })
                PrimaryKey = t.PrimaryKey |> Option.map (fun key -> { key with Columns = List.map rename key.Columns })
                Uniques = t.Uniques |> List.map (fun u -> { u with Columns = List.map rename u.Columns })
                ForeignKeys = t.ForeignKeys |> List.map (fun fk -> { fk with Columns = List.map rename fk.Columns })
                Checks = t.Checks |> List.map (fun c -> { c with Expression = text c.Expression })
                Indexes =
                    t.Indexes
                    |> List.map (fun i ->
                        { i with
                            Parts =
                                i.Parts
                                |> List.map (fun part ->
                                    { part with
                                        Target =
                                            match part.Target with
                                            | IndexTarget.Column c -> IndexTarget.Column(rename c)
                                            | IndexTarget.Expression sql -> IndexTarget.Expression(text sql) })
                            Include = List.map rename i.Include
                            Where = Option.map text i.Where })
                Policies =
                    t.Policies
                    |> List.map (fun p ->
                        { p with
                            Using = Option.map text p.Using
                            WithCheck = Option.map text p.WithCheck })
                PartitionBy = Option.map text t.PartitionBy }

        /// Texts of objects are left, as for tables.
        let owner (object: SchemaObject) =
            match object.Body with
            | ObjectBody.Sequence({ OwnedBy = Some(owner, column) } as options) when owner = table ->
                { object with
                    Body = ObjectBody.Sequence { options with OwnedBy = Some(owner, rename column) } }
            | _ -> object

        let targets (t: Table) =
            { t with
                ForeignKeys =
                    t.ForeignKeys
                    |> List.map (fun fk ->
                        if fk.Target = table then
                            { fk with TargetColumns = List.map rename fk.TargetColumns }
                        else
                            fk) }

        { schema with
            Tables = schema.Tables |> List.map (fun t -> targets (if t.Name = table then ofTable t else t))
            Objects = schema.Objects |> List.map owner }

    let constraintTo (newName: string) (definition: Constraint) : Constraint =
        match definition with
        | Constraint.PrimaryKey key -> Constraint.PrimaryKey { key with Name = newName }
        | Constraint.Unique unique -> Constraint.Unique { unique with Name = newName }
        | Constraint.ForeignKey key -> Constraint.ForeignKey { key with Name = newName }
        | Constraint.Check check -> Constraint.Check { check with Name = newName }
