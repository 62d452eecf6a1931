namespace SchemaToolkit.Migrating

open SchemaToolkit

/// Whether an older program can work with what a newer one has made of the database.
[<RequireQualifiedAccess>]
module Compatibility =
    let private column (table: ObjectName) (declared: ColumnDef) (live: Table) : string list =
        match Table.tryColumn declared.Name live with
        | None -> [ $"{PartId.Column(table, declared.Name)} is gone" ]
        | Some found ->
            [ if found.Type <> declared.Type && TypeChange.classify declared.Type found.Type <> TypeChange.Widening then
                  $"{PartId.Column(table, declared.Name)} is {ColumnType.describe found.Type} now, not {ColumnType.describe declared.Type}"
              if found.Nullable && not declared.Nullable then
                  $"{PartId.Column(table, declared.Name)} may be NULL now"
              if not found.Nullable && declared.Nullable then
                  $"{PartId.Column(table, declared.Name)} is NOT NULL now" ]

    /// Columns that the older program does not know and cannot fill.
    let private required (declared: Table) (live: Table) =
        live.Columns
        |> List.filter (fun c ->
            (Table.tryColumn c.Name declared).IsNone
            && not c.Nullable
            && c.Default.IsNone
            && c.Identity.IsNone
            && c.Generated.IsNone)
        |> List.map (fun c -> $"{PartId.Column(live.Name, c.Name)} is new, NOT NULL and has no default")

    /// Every part of the older declaration that is missing or no longer fits; empty when it can start.
    let missing (declared: Schema) (live: Schema) : string list =
        [ for object in declared.Objects do
              if (Schema.tryObject object.Key live).IsNone then
                  $"{object.Key} is gone"
          for table in declared.Tables do
              match Schema.tryTable table.Name live with
              | None -> $"{PartId.Table table.Name} is gone"
              | Some found ->
                  yield! table.Columns |> List.collect (fun c -> column table.Name c found)
                  yield! required table found

                  for unique in table.Uniques do
                      let same (columns: string list) = Set.ofList columns = Set.ofList unique.Columns

                      if
                          not (found.Uniques |> List.exists (fun u -> same u.Columns))
                          && not (found.PrimaryKey |> Option.exists (fun k -> same k.Columns))
                      then
                          $"{PartId.Unique(table.Name, unique.Name)} is gone"
          for enum in declared.Enums do
              match Schema.tryEnum enum.Name live with
              | None -> $"{PartId.Enum enum.Name} is gone"
              | Some found ->
                  for value in List.except found.Values enum.Values do
                      $"{PartId.Enum enum.Name} has no value {value} any more" ]
