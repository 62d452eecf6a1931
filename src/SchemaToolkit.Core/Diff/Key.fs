namespace SchemaToolkit.Diffing

open System.Text.RegularExpressions
open SchemaToolkit

/// Something a step may make, need or take away. Finer than a part, so that two changes of one column can be ordered.
[<RequireQualifiedAccess>]
type Key =
    | Part of part: PartId
    /// Tables, indexes, primary keys and uniques share one space of names in a namespace.
    | Relation of name: ObjectName
    | Type of table: ObjectName * column: string
    | Collation of table: ObjectName * column: string
    | Nullability of table: ObjectName * column: string
    /// What fills an absent value: a default or an identity, never both.
    | Filler of table: ObjectName * column: string
    | EnumValues of enum: ObjectName

/// A step and its place among the others.
type Node =
    {
        Step: Step
        Creates: Key list
        Destroys: Key list
        /// Must exist, in its final form, before the step runs.
        Needs: Key list
        /// Was used by what the step destroys: it must not go before the step has run.
        Frees: Key list
    }

/// What the parts of a schema use.
[<RequireQualifiedAccess>]
module Uses =
    let column table name = [ Key.Part(PartId.Column(table, name)); Key.Type(table, name); Key.Collation(table, name) ]

    let columns table names = names |> List.collect (column table)

    /// Whether a name stands in a text as a word of its own. Engines fold the case of words in their own ways, so it says nothing.
    let naming (text: string) : string -> bool =
        let words =
            Regex.Matches(text, @"[\p{L}_][\p{L}\p{N}_$]*") |> Seq.map _.Value.ToLowerInvariant() |> Set.ofSeq

        fun name -> words.Contains(name.ToLowerInvariant())

    /// The objects that an expression may use: named in a hole, or by a word. More than it uses at times, never less.
    let objects (schema: Schema) (sql: SqlText) : ObjectKey list =
        if schema.Objects.IsEmpty then
            []
        else
            let mentions = naming (SqlText.describe sql)
            let holes = SqlText.tables sql

            schema.Objects
            |> List.filter (fun o ->
                match o.Kind with
                | ObjectKind.Function
                | ObjectKind.Sequence
                | ObjectKind.Domain
                | ObjectKind.Composite
                | ObjectKind.Range
                | ObjectKind.View
                | ObjectKind.MaterializedView -> mentions o.Key.Name.Name || List.contains o.Key.Name holes
                | ObjectKind.Procedure
                | ObjectKind.Extension
                | ObjectKind.Partition
                | ObjectKind.Exclusion
                | ObjectKind.Trigger
                | ObjectKind.Grant -> false)
            |> List.map _.Key

    let private objectKeys schema sql = objects schema sql |> List.map (PartId.Object >> Key.Part)

    /// The columns of the table that a text may name: its holes, and every word that is a column's name. More than it
    /// uses at times, never less.
    let textColumns (table: Table) (sql: SqlText) : string list =
        let holes = SqlText.columns sql
        let mentions = naming (SqlText.describe sql)

        table.Columns
        |> List.map _.Name
        |> List.filter (fun name ->
            List.contains name holes || mentions name || SqlText.describe(sql).Contains($"\"{name}\""))

    let indexColumns (table: Table) (index: IndexDef) : string list =
        [ for part in index.Parts do
              match part.Target with
              | IndexTarget.Column name -> name
              | IndexTarget.Expression sql -> yield! textColumns table sql
          yield! index.Include
          yield! index.Where |> Option.map (textColumns table) |> Option.defaultValue [] ]
        |> List.distinct

    let policyColumns (table: Table) (policy: Policy) : string list =
        [ policy.Using; policy.WithCheck ]
        |> List.choose id
        |> List.collect (textColumns table)
        |> List.distinct

    let generatedColumns (table: Table) (column: ColumnDef) : string list =
        match column.Generated with
        | Some generated -> textColumns table generated.Expression |> List.except [ column.Name ]
        | None -> []

    /// The enum, domain, composite or range that a type rests on.
    let typeKeys (schema: Schema) (columnType: ColumnType) =
        [ match ColumnType.enumName columnType with
          | Some enum when (Schema.tryEnum enum schema).IsSome ->
              Key.Part(PartId.Enum enum)
              Key.EnumValues enum
          | Some _
          | None -> ()
          match ColumnType.objectName columnType with
          | Some name ->
              for object in schema.Objects do
                  match object.Kind with
                  | ObjectKind.Domain
                  | ObjectKind.Composite
                  | ObjectKind.Range when object.Name = name -> Key.Part(PartId.Object object.Key)
                  | _ -> ()
          | None -> () ]

    let private enumKeys (schema: Schema) (column: ColumnDef) = typeKeys schema column.Type

    /// What a column needs beside its table: its enum, the columns that it is computed from, functions and sequences.
    let columnKeys (schema: Schema) (table: Table) (column: ColumnDef) =
        [ yield! enumKeys schema column
          yield! columns table.Name (generatedColumns table column)
          match column.Default with
          | Some(ColumnDefault.Expression sql) -> yield! objectKeys schema sql
          | Some _
          | None -> ()
          match column.Generated with
          | Some generated -> yield! objectKeys schema generated.Expression
          | None -> () ]

    /// The unique keys and unique indexes of a table over exactly these columns: what a foreign key rests on.
    let referenced (schema: Schema) (target: ObjectName) (targetColumns: string list) : PartId list =
        match Schema.tryTable target schema with
        | None -> []
        | Some table ->
            let same names = Set.ofList names = Set.ofList targetColumns

            [ match table.PrimaryKey with
              | Some key when same key.Columns -> PartId.PrimaryKey(target, key.Name)
              | Some _
              | None -> ()
              for unique in table.Uniques do
                  if same unique.Columns then
                      PartId.Unique(target, unique.Name)
              for index in table.Indexes do
                  if index.Unique && same (indexColumns table index) then
                      PartId.Index(target, index.Name) ]

    let constraintPart (table: ObjectName) (definition: Constraint) =
        match definition with
        | Constraint.PrimaryKey key -> PartId.PrimaryKey(table, key.Name)
        | Constraint.Unique unique -> PartId.Unique(table, unique.Name)
        | Constraint.ForeignKey key -> PartId.ForeignKey(table, key.Name)
        | Constraint.Check check -> PartId.Check(table, check.Name)

    /// The names a constraint takes in its namespace: its index's, for keys.
    let constraintRelation (table: ObjectName) (definition: Constraint) =
        match definition with
        | Constraint.PrimaryKey _
        | Constraint.Unique _ -> [ Key.Relation { table with Name = definition.Name } ]
        | Constraint.ForeignKey _
        | Constraint.Check _ -> []

    let constraintKeys (schema: Schema) (table: Table) (definition: Constraint) : Key list =
        match definition with
        | Constraint.PrimaryKey key ->
            columns table.Name key.Columns @ (key.Columns |> List.map (fun c -> Key.Nullability(table.Name, c)))
        | Constraint.Unique unique -> columns table.Name unique.Columns
        | Constraint.Check check ->
            let used = textColumns table check.Expression

            columns table.Name used
            @ (table.Columns |> List.filter (fun c -> List.contains c.Name used) |> List.collect (enumKeys schema))
            @ objectKeys schema check.Expression
        | Constraint.ForeignKey fk ->
            columns table.Name fk.Columns
            @ (if (Schema.tryTable fk.Target schema).IsSome then
                   Key.Part(PartId.Table fk.Target) :: columns fk.Target fk.TargetColumns
               else
                   [])
            @ (referenced schema fk.Target fk.TargetColumns |> List.map Key.Part)

    let indexTexts (index: IndexDef) : SqlText list =
        [ for part in index.Parts do
              match part.Target with
              | IndexTarget.Column _ -> ()
              | IndexTarget.Expression sql -> sql
          yield! Option.toList index.Where ]

    let policyTexts (policy: Policy) : SqlText list = List.choose id [ policy.Using; policy.WithCheck ]

    let indexKeys (schema: Schema) (table: Table) (index: IndexDef) : Key list =
        columns table.Name (indexColumns table index)
        @ (indexTexts index |> List.collect (objectKeys schema))

    /// A policy may look into other tables of the schema.
    let policyKeys (schema: Schema) (table: Table) (policy: Policy) : Key list =
        [ yield! columns table.Name (policyColumns table policy)
          for sql in policyTexts policy do
              yield! objectKeys schema sql

              for other in SqlText.tables sql do
                  if (Schema.tryTable other schema).IsSome then
                      Key.Part(PartId.Table other) ]

    /// The name of every table, index and key.
    let relations (schema: Schema) : Set<ObjectName> =
        [ for table in schema.Tables do
              table.Name

              for index in table.Indexes do
                  { table.Name with Name = index.Name }

              for unique in table.Uniques do
                  { table.Name with Name = unique.Name }

              for key in Option.toList table.PrimaryKey do
                  { table.Name with Name = key.Name } ]
        |> Set.ofList
