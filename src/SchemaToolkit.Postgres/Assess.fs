namespace SchemaToolkit.Postgres

open SchemaToolkit
open SchemaToolkit.Diffing

/// Hazards of PostgreSQL's locks, scans and rewrites, for tables that were there before. Changes that only touch the
/// catalog under a short lock have none. Pure.
[<RequireQualifiedAccess>]
module internal Assess =
    /// Current names of the tables that were there before, with their names then.
    type private Tables = Map<ObjectName, ObjectName>

    let private follow (tables: Tables) (step: Step) : Tables =
        match step with
        | Step.RenameTable(table, newName) ->
            match tables.TryFind table with
            | Some original -> tables.Remove(table).Add({ table with Name = newName }, original)
            | None -> tables
        | Step.DropTable table -> tables.Remove table.Name
        | _ -> tables

    let private hazard code kind part message (table: ObjectName) advice =
        { Code = code
          Kind = kind
          Part = part
          Message = message
          Precheck = Some(Precheck.Rows table)
          Advice = advice }

    let private quietTime = "Apply it when the table is quiet, or while it is small."

    let private ofType table original column before after =
        let part = PartId.Column(table, column)
        let change = $"{ColumnType.describe before} to {ColumnType.describe after}"

        match Rewrites.ofType before after with
        | TypeCost.Nothing -> []
        | TypeCost.RebuildsIndexes ->
            [ hazard
                  "type-rebuilds-indexes"
                  HazardKind.BlocksReads
                  part
                  $"Changing {part} from {change} builds the indexes on it anew; nobody reads or writes {table} meanwhile."
                  original
                  quietTime ]
        | TypeCost.RewritesTable ->
            [ hazard
                  "type-rewrites-table"
                  HazardKind.RewritesTable
                  part
                  $"Changing {part} from {change} writes every row of {table} again; nobody reads or writes it meanwhile."
                  original
                  "Apply it when the table is quiet, or add a second column, copy in batches and change over." ]

    let private ofConstraint (tables: Tables) table (definition: Constraint) =
        let part = Uses.constraintPart table definition
        let original = tables.TryFind table

        match definition, original with
        | Constraint.PrimaryKey _, Some original
        | Constraint.Unique _, Some original ->
            [ hazard
                  "key-builds-index"
                  HazardKind.BlocksReads
                  part
                  $"Adding {part} reads every row and builds an index; nobody reads or writes {table} meanwhile."
                  original
                  quietTime ]
        | Constraint.Check _, Some original ->
            [ hazard
                  "check-scans-table"
                  HazardKind.BlocksReads
                  part
                  $"Adding {part} reads every row; nobody reads or writes {table} meanwhile."
                  original
                  quietTime ]
        | Constraint.ForeignKey fk, Some original ->
            [ hazard
                  "foreign-key-scans-table"
                  HazardKind.BlocksWrites
                  part
                  $"Adding {part} reads every row; nobody writes {table} or {fk.Target} meanwhile."
                  original
                  quietTime ]
        | Constraint.ForeignKey fk, None ->
            [ match tables.TryFind fk.Target with
              | Some target when fk.Target <> table ->
                  hazard
                      "foreign-key-blocks-target"
                      HazardKind.BlocksWrites
                      part
                      $"Adding {part} keeps writers out of {fk.Target} until the transaction ends."
                      target
                      "Keep the plan short, or add the foreign key in a later version."
              | Some _
              | None -> () ]
        | (Constraint.PrimaryKey _ | Constraint.Unique _ | Constraint.Check _), None -> []

    let private ofEnum (tables: Tables) (before: Schema) (enum: EnumType) =
        [ for KeyValue(current, original) in tables do
              for column in Schema.tryTable original before |> Option.map _.Columns |> Option.defaultValue [] do
                  if ColumnType.enumName column.Type = Some enum.Name then
                      hazard
                          "enum-rewrites-table"
                          HazardKind.RewritesTable
                          (PartId.Column(current, column.Name))
                          $"Replacing the enum {enum.Name} writes every row of {current} again; nobody reads or writes it meanwhile."
                          original
                          "Keep the values that are there and add new ones, or apply it when the table is quiet." ]

    let private ofStep (before: Schema) (tables: Tables) (step: Step) : Hazard list =
        let existing table (build: ObjectName -> Hazard list) =
            tables.TryFind table |> Option.map build |> Option.defaultValue []

        match step with
        | Step.AddColumn(table, column) when Rewrites.ofNewColumn column ->
            existing table (fun original ->
                let part = PartId.Column(table, column.Name)

                [ hazard
                      "column-rewrites-table"
                      HazardKind.RewritesTable
                      part
                      $"Adding {part} computes a value for every row and writes {table} again; nobody reads or writes it meanwhile."
                      original
                      "Add the column without the default, fill it in batches, then set the default." ])
        | Step.ChangeType(table, column, a, b) -> existing table (fun original -> ofType table original column a b)
        | Step.ChangeCollation(table, column, _, _) ->
            existing table (fun original ->
                [ hazard
                      "collation-rebuilds-indexes"
                      HazardKind.BlocksReads
                      (PartId.Column(table, column))
                      $"Changing the collation of {table}.{column} builds the indexes on it anew; nobody reads or writes {table} meanwhile."
                      original
                      quietTime ])
        | Step.ChangeNullability(table, column, true, false) ->
            existing table (fun original ->
                [ hazard
                      "not-null-scans-table"
                      HazardKind.BlocksReads
                      (PartId.Column(table, column))
                      $"Making {table}.{column} NOT NULL reads every row; nobody reads or writes {table} meanwhile."
                      original
                      quietTime ])
        | Step.CreateIndex(table, index) ->
            existing table (fun original ->
                let part = PartId.Index(table, index.Name)

                [ hazard
                      "index-blocks-writes"
                      HazardKind.BlocksWrites
                      part
                      $"Building {part} reads every row; nobody writes {table} meanwhile."
                      original
                      quietTime ])
        | Step.AddConstraint(table, definition) -> ofConstraint tables table definition
        | Step.CreateTable table ->
            table.ForeignKeys |> List.collect (Constraint.ForeignKey >> ofConstraint tables table.Name)
        | Step.ReplaceEnum(enum, _) -> ofEnum tables before enum
        | _ -> []

    /// `before` is the schema that the steps start from.
    let steps (_: Capabilities) (before: Schema) (steps: Step list) : Hazard list =
        let tables = before.Tables |> List.map (fun t -> t.Name, t.Name) |> Map.ofList

        ((tables, []), steps)
        ||> List.fold (fun (tables, found) step -> follow tables step, found @ ofStep before tables step)
        |> snd
