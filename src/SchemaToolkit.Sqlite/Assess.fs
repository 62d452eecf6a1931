namespace SchemaToolkit

/// Hazards of SQLite's rebuilds and index builds, on tables that were there before. Pure.
[<RequireQualifiedAccess>]
module SqliteAssess =
    let private quietTime = "Apply it when nobody writes to the file, or while the table is small."

    /// Names of tables now, with their names before the plan; none for tables that the plan makes.
    let private origins (schema: Schema) (steps: Step list) : Map<ObjectName, ObjectName> =
        let before = schema.Tables |> List.map (fun t -> t.Name, t.Name) |> Map.ofList

        (before, steps)
        ||> List.fold (fun names step ->
            match step with
            | Step.RenameTable(table, newName) ->
                match names.TryFind table with
                | Some original -> names.Add({ table with Name = newName }, original)
                | None -> names
            | _ -> names)

    let private rebuild (table: ObjectName) (original: ObjectName) (steps: Step list) : Hazard =
        let reasons = steps |> List.map Describe.step |> String.concat "; "

        { Code = "rebuild-table"
          Kind = HazardKind.RewritesTable
          Part = PartId.Table table
          Message =
            $"SQLite cannot do this in place, so {table} is copied into a new table; nobody writes to the file meanwhile: {reasons}."
          Precheck = Some(Precheck.Rows original)
          Advice = quietTime }

    let private build (part: PartId) (table: ObjectName) (original: ObjectName) : Hazard =
        { Code = "build-index"
          Kind = HazardKind.BlocksWrites
          Part = part
          Message = $"Building {part} reads every row of {table}; nobody writes to the file meanwhile."
          Precheck = Some(Precheck.Rows original)
          Advice = quietTime }

    let ofSteps (capabilities: Capabilities) (live: Catalog) (steps: Step list) : Hazard list =
        let names = origins live.Schema steps

        [ for table, covered in SqliteLower.rebuilds capabilities live steps do
              match names.TryFind table with
              | Some original -> rebuild table original covered
              | None -> ()
          for step in steps do
              match step with
              | Step.CreateIndex(table, index) when names.ContainsKey table ->
                  build (PartId.Index(table, index.Name)) table names[table]
              | Step.AddConstraint(table, Constraint.Unique unique) when names.ContainsKey table ->
                  build (PartId.Unique(table, unique.Name)) table names[table]
              | _ -> () ]
