namespace SchemaToolkit.Validating

open SchemaToolkit

/// Primary keys, unique constraints and foreign keys.
[<RequireQualifiedAccess>]
module internal Keys =
    /// PostgreSQL's INDEX_MAX_KEYS.
    let private maxColumns = 32

    /// `json` keeps its text and has no equality (manual, 8.14).
    let private incomparable (table: Table) (names: string list) =
        names
        |> List.filter (fun name ->
            match Table.tryColumn name table with
            | Some column -> column.Type = ColumnType.Json || column.Type = ColumnType.Array ColumnType.Json
            | None -> false)

    /// The columns of a key, an index or one side of a foreign key.
    let columns part (what: string) (table: Table) (names: string list) : SchemaError list =
        let known = table.Columns |> List.map _.Name

        [ if names.IsEmpty then
              Fault.at part "empty-key" $"{what} has no columns." "Name at least one, or leave it out."

          if names.Length > maxColumns then
              Fault.at
                  part
                  "too-many-columns"
                  $"{what} has {names.Length} columns; PostgreSQL allows {maxColumns}."
                  "Use fewer."

          for name in Fault.repeated names do
              Fault.at part "duplicate-key-column" $"{what} names the column '{name}' more than once." "Name it once."

          for name in List.distinct names do
              if not (List.contains name known) then
                  Fault.at
                      part
                      "unknown-column"
                      $"{what} names the column '{name}', which the table '{table.Name}' does not have."
                      (Fault.suggest known name) ]

    let private comparable part (what: string) (table: Table) (names: string list) =
        [ for name in incomparable table names do
              Fault.at
                  part
                  "not-comparable"
                  $"{what} names the column '{name}', but values of type json cannot be compared."
                  "Make the column jsonb (Column.json)." ]

    let private primaryKey (table: Table) (key: PrimaryKey) =
        let part = PartId.PrimaryKey(table.Name, key.Name)

        [ yield! columns part "The primary key" table key.Columns
          yield! comparable part "The primary key" table key.Columns
          for name in key.Columns do
              match Table.tryColumn name table with
              | Some column when column.Nullable ->
                  Fault.at
                      part
                      "nullable-key"
                      $"The column '{name}' of the primary key is nullable."
                      "Leave out Column.optional, or use Table.unique."
              | Some _
              | None -> () ]

    let private unique (table: Table) (unique: Unique) =
        let part = PartId.Unique(table.Name, unique.Name)

        [ yield! columns part "The unique constraint" table unique.Columns
          yield! comparable part "The unique constraint" table unique.Columns ]

    let private isSet (action: ReferentialAction) =
        match action with
        | ReferentialAction.SetNull
        | ReferentialAction.SetDefault -> true
        | ReferentialAction.NoAction
        | ReferentialAction.Restrict
        | ReferentialAction.Cascade -> false

    let private actions part (table: Table) (fk: ForeignKey) =
        let either (action: ReferentialAction) = fk.OnDelete = action || fk.OnUpdate = action

        [ for column in fk.Columns |> List.distinct |> List.choose (fun name -> Table.tryColumn name table) do
              if either ReferentialAction.SetNull && not column.Nullable then
                  Fault.at
                      part
                      "set-null-not-null"
                      $"The foreign key sets '{column.Name}' to NULL, but the column is NOT NULL."
                      "Make the column optional (Column.optional), or choose another action."

              if
                  either ReferentialAction.SetDefault
                  && not column.Nullable
                  && column.Default.IsNone
                  && column.Identity.IsNone
              then
                  Fault.at
                      part
                      "set-default-none"
                      $"The foreign key sets '{column.Name}' to its default, but the column is NOT NULL and has none."
                      "Give the column a default, or choose another action."

              if
                  column.Generated.IsSome
                  && (isSet fk.OnDelete || isSet fk.OnUpdate || fk.OnUpdate = ReferentialAction.Cascade)
              then
                  Fault.at
                      part
                      "generated-action"
                      $"The foreign key would write '{column.Name}', but the column is generated."
                      "Choose another action." ]

    let private targetKeys (target: Table) =
        [ for key in Option.toList target.PrimaryKey do
              set key.Columns
          for unique in target.Uniques do
              // PostgreSQL does not accept a deferrable one as a target.
              if unique.Deferrability = Deferrability.NotDeferrable then
                  set unique.Columns
          for index in target.Indexes do
              let columns =
                  index.Parts
                  |> List.choose (fun part ->
                      match part.Target with
                      | IndexTarget.Column column -> Some column
                      | IndexTarget.Expression _ -> None)

              if index.Unique && index.Where.IsNone && index.OnlyOn.IsEmpty && columns.Length = index.Parts.Length then
                  set columns ]

    /// The far side of a foreign key, once its table is found.
    let target (table: Table) (fk: ForeignKey) (target: Table) : SchemaError list =
        let part = PartId.ForeignKey(table.Name, fk.Name)
        let farSide = columns part "The far side of the foreign key" target fk.TargetColumns

        let types =
            if fk.Columns.Length <> fk.TargetColumns.Length then
                []
            else
                List.zip fk.Columns fk.TargetColumns
                |> List.collect (fun (near, far) ->
                    match Table.tryColumn near table, Table.tryColumn far target with
                    | Some a, Some b when a.Type <> b.Type ->
                        [ Fault.at
                              part
                              "type-mismatch"
                              $"'{near}' is {ColumnType.describe a.Type}, but '{far}' of '{target.Name}' is {ColumnType.describe b.Type}."
                              "Give both the same type." ]
                    | _ -> [])

        let isKey = targetKeys target |> List.contains (set fk.TargetColumns)

        [ yield! farSide
          yield! types
          if farSide.IsEmpty && not isKey then
              Fault.at
                  part
                  "target-not-unique"
                  $"The columns {Fault.list fk.TargetColumns} of '{target.Name}' are not its primary key, nor unique."
                  "Reference a key that cannot be deferred, or declare one with Table.unique." ]

    let private foreignKey (schema: Schema) (table: Table) (fk: ForeignKey) =
        let part = PartId.ForeignKey(table.Name, fk.Name)

        [ yield! columns part "The foreign key" table fk.Columns

          if fk.Columns.Length <> fk.TargetColumns.Length then
              Fault.at
                  part
                  "column-count"
                  $"The foreign key has {fk.Columns.Length} columns, but {fk.TargetColumns.Length} on its far side."
                  "Give the columns in pairs."

          yield! actions part table fk

          match Schema.tryTable fk.Target schema with
          | Some found -> yield! target table fk found
          // Another namespace is another plugin's: `Validate.together` looks there.
          | None when fk.Target.Namespace = schema.Namespace ->
              let known = schema.Tables |> List.map (fun t -> t.Name.Name)

              Fault.at
                  part
                  "unknown-table"
                  $"The table '{fk.Target}', to which the foreign key points, is not declared in the schema."
                  (Fault.suggest known fk.Target.Name)
          | None -> () ]

    let schema (schema: Schema) : SchemaError list =
        [ for table in schema.Tables do
              for key in Option.toList table.PrimaryKey do
                  yield! primaryKey table key

              for definition in table.Uniques do
                  yield! unique table definition

              for fk in table.ForeignKeys do
                  yield! foreignKey schema table fk ]
