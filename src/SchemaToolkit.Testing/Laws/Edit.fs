namespace SchemaToolkit.Testing

open System
open SchemaToolkit

/// One change that an author makes between two versions of a schema. An edit whose object is not there does nothing.
[<RequireQualifiedAccess>]
type Edit =
    | AddTable of definition: Table
    | DropTable of table: ObjectName
    /// With a hint. With `deriveAgain`, the names of constraints and indexes follow, as they do in an author's code.
    | RenameTable of table: ObjectName * newName: string * deriveAgain: bool
    | AddColumn of table: ObjectName * column: ColumnDef * position: int
    | DropColumn of table: ObjectName * column: string
    | RenameColumn of table: ObjectName * column: string * newName: string
    /// The columns that a foreign key ties to this one change with it.
    | ChangeType of table: ObjectName * column: string * newType: ColumnType
    | ChangeNullable of table: ObjectName * column: string
    | ChangeDefault of table: ObjectName * column: string * value: ColumnDefault option
    | ChangeIdentity of table: ObjectName * column: string * value: Identity option
    | ChangeCollation of table: ObjectName * column: string * value: string option
    | ChangeComment of table: ObjectName * column: string option * text: string option
    /// Adds a constraint, or replaces the one with its name.
    | PutConstraint of table: ObjectName * definition: Constraint
    | DropConstraint of table: ObjectName * constraintName: string
    | RenameConstraint of table: ObjectName * constraintName: string * newName: string
    /// Adds an index, or replaces the one with its name.
    | PutIndex of table: ObjectName * index: IndexDef
    | DropIndex of table: ObjectName * index: string
    | RenameIndex of table: ObjectName * index: string * newName: string
    /// Two tables exchange everything that they reference.
    | SwapForeignKeys of first: ObjectName * second: ObjectName
    /// Two tables exchange their names, without a hint that could act.
    | SwapNames of first: ObjectName * second: ObjectName
    /// Two keys or indexes, of one table or of two, exchange their names.
    | SwapRelationNames of first: ObjectName * firstName: string * second: ObjectName * secondName: string
    /// The primary key becomes a unique key over the same columns.
    | KeyToUnique of table: ObjectName
    | AddEnum of definition: EnumType
    | DropEnum of enum: ObjectName
    | RenameEnum of enum: ObjectName * newName: string
    | AddEnumValue of enum: ObjectName * value: string * position: int
    | RemoveEnumValue of enum: ObjectName * value: string
    /// The first value goes to the end.
    | RotateEnum of enum: ObjectName
    | ChangeRowSecurity of table: ObjectName * value: RowSecurity
    | PutPolicy of table: ObjectName * policy: Policy
    | DropPolicy of table: ObjectName * policy: string
    /// Adds a view or trigger, or replaces the one with its key.
    | PutObject of object: SchemaObject
    | DropObject of key: ObjectKey
    | ChangeWithoutRowId of table: ObjectName
    /// Declares tables, columns, constraints and indexes in another order.
    | Reorder of seed: int

[<RequireQualifiedAccess>]
module Edit =
    let private onTable (name: ObjectName) (f: Table -> Table) (schema: Schema) : Schema =
        { schema with
            Tables = schema.Tables |> List.map (fun t -> if t.Name = name then f t else t) }

    let private onColumn table column (f: ColumnDef -> ColumnDef) =
        onTable table (fun t ->
            { t with
                Columns = t.Columns |> List.map (fun c -> if c.Name = column then f c else c) })

    let private onEnum (name: ObjectName) (f: EnumType -> EnumType) (schema: Schema) : Schema =
        { schema with
            Enums = schema.Enums |> List.map (fun e -> if e.Name = name then f e else e) }

    let private isFree (name: ObjectName) (schema: Schema) =
        (Schema.tryTable name schema).IsNone && (Schema.tryEnum name schema).IsNone

    /// The columns that foreign keys tie to the given one, itself included.
    let tied (schema: Schema) (start: ObjectName * string) : Set<ObjectName * string> =
        let pairs =
            [ for t in schema.Tables do
                  for fk in t.ForeignKeys do
                      for a, b in List.zip fk.Columns fk.TargetColumns do
                          (t.Name, a), (fk.Target, b) ]

        let rec grow (known: Set<ObjectName * string>) =
            let next =
                pairs
                |> List.filter (fun (a, b) -> known.Contains a || known.Contains b)
                |> List.collect (fun (a, b) -> [ a; b ])
                |> Set.ofList
                |> Set.union known

            if next = known then known else grow next

        grow (Set.singleton start)

    let private dropConstraint name (t: Table) : Table =
        { t with
            PrimaryKey = t.PrimaryKey |> Option.filter (fun k -> k.Name <> name)
            Uniques = t.Uniques |> List.filter (fun u -> u.Name <> name)
            ForeignKeys = t.ForeignKeys |> List.filter (fun fk -> fk.Name <> name)
            Checks = t.Checks |> List.filter (fun c -> c.Name <> name) }

    let private addConstraint (definition: Constraint) (t: Table) : Table =
        match definition with
        | Constraint.PrimaryKey key -> { t with PrimaryKey = Some key }
        | Constraint.Unique unique -> { t with Uniques = t.Uniques @ [ unique ] }
        | Constraint.ForeignKey fk -> { t with ForeignKeys = t.ForeignKeys @ [ fk ] }
        | Constraint.Check check -> { t with Checks = t.Checks @ [ check ] }

    let private renameConstraint before after (t: Table) : Table =
        let rename name = if name = before then after else name

        { t with
            PrimaryKey = t.PrimaryKey |> Option.map (fun k -> { k with Name = rename k.Name })
            Uniques = t.Uniques |> List.map (fun u -> { u with Name = rename u.Name })
            ForeignKeys = t.ForeignKeys |> List.map (fun fk -> { fk with Name = rename fk.Name })
            Checks = t.Checks |> List.map (fun c -> { c with Name = rename c.Name }) }

    let private insertAt position item items = List.insertAt (abs position % (List.length items + 1)) item items

    /// Another order of everything whose order carries no meaning; with `columns`, of the columns too.
    let shuffle (columns: bool) (seed: int) (schema: Schema) : Schema =
        let random = Random seed
        let mix items = items |> List.sortBy (fun _ -> random.Next())

        { schema with
            Enums = mix schema.Enums
            Objects = mix schema.Objects
            Tables =
                mix schema.Tables
                |> List.map (fun t ->
                    { t with
                        Columns = if columns then mix t.Columns else t.Columns
                        Uniques = mix t.Uniques
                        ForeignKeys = mix t.ForeignKeys
                        Checks = mix t.Checks
                        Indexes = mix t.Indexes
                        Policies = mix t.Policies }) }

    let private swapForeignKeys a b (schema: Schema) =
        match Schema.tryTable a schema, Schema.tryTable b schema with
        | Some first, Some second ->
            schema
            |> onTable a (fun t -> { t with ForeignKeys = second.ForeignKeys })
            |> onTable b (fun t -> { t with ForeignKeys = first.ForeignKeys })
        | None, _
        | _, None -> schema

    let private swapNames (a: ObjectName) (b: ObjectName) (schema: Schema) =
        if (Schema.tryTable a schema).IsSome && (Schema.tryTable b schema).IsSome then
            let other name =
                if name = a then b
                elif name = b then a
                else name

            { schema with
                Tables =
                    schema.Tables
                    |> List.map (fun t ->
                        { t with
                            Name = other t.Name
                            ForeignKeys = t.ForeignKeys |> List.map (fun fk -> { fk with Target = other fk.Target }) })
                Objects = schema.Objects |> List.map (ObjectShape.renameTable other) }
        else
            schema

    let private renameRelation before after (t: Table) : Table =
        let rename name = if name = before then after else name

        { renameConstraint before after t with
            Indexes = t.Indexes |> List.map (fun i -> { i with Name = rename i.Name }) }

    let private swapRelationNames a nameA b nameB (schema: Schema) =
        if nameA = nameB then
            schema
        elif a = b then
            // By way of a name that nothing has.
            schema
            |> onTable a (renameRelation nameA "\001" >> renameRelation nameB nameA >> renameRelation "\001" nameB)
        else
            schema |> onTable a (renameRelation nameA nameB) |> onTable b (renameRelation nameB nameA)

    let private keyToUnique (t: Table) : Table =
        match t.PrimaryKey with
        | None -> t
        | Some key ->
            let unique: Unique =
                { Name = key.Name + "_unique"
                  Columns = key.Columns
                  NullsNotDistinct = false
                  Deferrability = Deferrability.NotDeferrable }

            { t with PrimaryKey = None; Uniques = t.Uniques @ [ unique ] }

    /// The schema after the edit; it may need `Repair.schema`.
    let apply (edit: Edit) (schema: Schema) : Schema =
        match edit with
        | Edit.AddTable t ->
            if isFree t.Name schema then
                { schema with Tables = schema.Tables @ [ t ] }
            else
                schema
        | Edit.DropTable name -> { schema with Tables = schema.Tables |> List.filter (fun t -> t.Name <> name) }
        | Edit.RenameTable(name, newName, deriveAgain) ->
            if isFree { name with Name = newName } schema then
                Renaming.table deriveAgain name newName schema
            else
                schema
        | Edit.AddColumn(table, column, position) ->
            schema |> onTable table (fun t -> { t with Columns = insertAt position column t.Columns })
        | Edit.DropColumn(table, column) ->
            schema
            |> onTable table (fun t -> { t with Columns = t.Columns |> List.filter (fun c -> c.Name <> column) })
        | Edit.RenameColumn(table, column, newName) ->
            match Schema.tryTable table schema |> Option.bind (Table.tryColumn newName) with
            | Some _ -> schema
            | None -> Renaming.column table column newName schema
        | Edit.ChangeType(table, column, newType) ->
            (schema, tied schema (table, column))
            ||> Set.fold (fun s (t, c) -> s |> onColumn t c (fun c -> { c with Type = newType }))
        | Edit.ChangeNullable(table, column) ->
            schema |> onColumn table column (fun c -> { c with Nullable = not c.Nullable })
        | Edit.ChangeDefault(table, column, value) ->
            schema |> onColumn table column (fun c -> { c with Default = value })
        | Edit.ChangeIdentity(table, column, value) ->
            schema |> onColumn table column (fun c -> { c with Identity = value })
        | Edit.ChangeCollation(table, column, value) ->
            schema |> onColumn table column (fun c -> { c with Collation = value })
        | Edit.ChangeComment(table, Some column, text) ->
            schema |> onColumn table column (fun c -> { c with Comment = text })
        | Edit.ChangeComment(table, None, text) -> schema |> onTable table (fun t -> { t with Comment = text })
        | Edit.PutConstraint(table, definition) ->
            schema |> onTable table (dropConstraint definition.Name >> addConstraint definition)
        | Edit.DropConstraint(table, name) -> schema |> onTable table (dropConstraint name)
        | Edit.RenameConstraint(table, name, newName) -> schema |> onTable table (renameConstraint name newName)
        | Edit.PutIndex(table, index) ->
            schema
            |> onTable table (fun t ->
                { t with
                    Indexes = (t.Indexes |> List.filter (fun i -> i.Name <> index.Name)) @ [ index ] })
        | Edit.DropIndex(table, name) ->
            schema
            |> onTable table (fun t -> { t with Indexes = t.Indexes |> List.filter (fun i -> i.Name <> name) })
        | Edit.RenameIndex(table, name, newName) ->
            schema
            |> onTable table (fun t ->
                { t with
                    Indexes = t.Indexes |> List.map (fun i -> if i.Name = name then { i with Name = newName } else i) })
        | Edit.SwapForeignKeys(a, b) -> swapForeignKeys a b schema
        | Edit.SwapNames(a, b) -> swapNames a b schema
        | Edit.SwapRelationNames(a, nameA, b, nameB) -> swapRelationNames a nameA b nameB schema
        | Edit.KeyToUnique table -> schema |> onTable table keyToUnique
        | Edit.AddEnum e ->
            if isFree e.Name schema then
                { schema with Enums = schema.Enums @ [ e ] }
            else
                schema
        | Edit.DropEnum name -> { schema with Enums = schema.Enums |> List.filter (fun e -> e.Name <> name) }
        | Edit.RenameEnum(name, newName) ->
            if isFree { name with Name = newName } schema then
                Renaming.enum name newName schema
            else
                schema
        | Edit.AddEnumValue(name, value, position) ->
            schema
            |> onEnum name (fun e ->
                if List.contains value e.Values then
                    e
                else
                    { e with Values = insertAt position value e.Values })
        | Edit.RemoveEnumValue(name, value) ->
            schema |> onEnum name (fun e -> { e with Values = e.Values |> List.filter ((<>) value) })
        | Edit.RotateEnum name ->
            schema |> onEnum name (fun e -> { e with Values = List.tail e.Values @ [ List.head e.Values ] })
        | Edit.ChangeRowSecurity(table, value) -> schema |> onTable table (fun t -> { t with RowSecurity = value })
        | Edit.PutPolicy(table, policy) ->
            schema
            |> onTable table (fun t ->
                { t with
                    Policies = (t.Policies |> List.filter (fun p -> p.Name <> policy.Name)) @ [ policy ] })
        | Edit.DropPolicy(table, name) ->
            schema
            |> onTable table (fun t -> { t with Policies = t.Policies |> List.filter (fun p -> p.Name <> name) })
        | Edit.PutObject object ->
            { schema with
                Objects = (schema.Objects |> List.filter (fun o -> o.Key <> object.Key)) @ [ object ] }
        | Edit.DropObject key -> { schema with Objects = schema.Objects |> List.filter (fun o -> o.Key <> key) }
        | Edit.ChangeWithoutRowId table ->
            schema |> onTable table (fun t -> { t with WithoutRowId = not t.WithoutRowId })
        | Edit.Reorder seed -> shuffle true seed schema
