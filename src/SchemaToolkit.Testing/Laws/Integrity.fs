namespace SchemaToolkit.Testing

open SchemaToolkit

/// What must hold in a database at every moment, also between two steps: nothing points at something that is not there.
[<RequireQualifiedAccess>]
module Integrity =
    let private duplicates (what: string) (names: string list) =
        names
        |> List.countBy id
        |> List.filter (fun (_, count) -> count > 1)
        |> List.map (fun (name, count) -> $"{what} {name} is there {count} times")

    let private relations (schema: Schema) =
        [ for e in schema.Enums do
              string e.Name
          for t in schema.Tables do
              string t.Name

              for name in
                  [ yield! t.PrimaryKey |> Option.map _.Name |> Option.toList
                    yield! t.Uniques |> List.map _.Name
                    yield! t.Indexes |> List.map _.Name ] do
                  string { t.Name with Name = name } ]
        |> duplicates "the relation"

    let private column (schema: Schema) (t: Table) (c: ColumnDef) =
        let where = $"column {t.Name}.{c.Name}"

        [ match ColumnType.enumName c.Type with
          | Some name when name.Namespace = schema.Namespace ->
              match Schema.tryEnum name schema, c.Default with
              | None, _ -> $"{where} has the type {name}, which is not there"
              | Some e, Some(ColumnDefault.Literal(Literal.Text value)) when not (List.contains value e.Values) ->
                  $"{where} defaults to {value}, which is no value of {name}"
              | Some _, _ -> ()
          | Some _
          | None -> ()
          for used in c.Generated |> Option.map (fun g -> SqlText.columns g.Expression) |> Option.defaultValue [] do
              if (Table.tryColumn used t).IsNone then
                  $"{where} is computed from {used}, which is not there"
          if c.Identity.IsSome && (c.Nullable || c.Default.IsSome) then
              $"{where} is an identity and nullable or with a default"
          if c.Generated.IsSome && c.Default.IsSome then
              $"{where} is computed and has a default" ]

    let private foreignKey (schema: Schema) (t: Table) (fk: ForeignKey) =
        let where = $"foreign key {fk.Name} of {t.Name}"

        match Schema.tryTable fk.Target schema with
        // Another plugin's table is not here to be looked at.
        | None when fk.Target.Namespace <> schema.Namespace -> []
        | None -> [ $"{where} points at {fk.Target}, which is not there" ]
        | Some target ->
            let same columns = Set.ofList columns = Set.ofList fk.TargetColumns

            let isKey =
                target.PrimaryKey |> Option.exists (fun k -> same k.Columns)
                || target.Uniques |> List.exists (fun u -> same u.Columns)
                || target.Indexes
                   |> List.exists (fun i ->
                       i.Unique
                       && i.Where.IsNone
                       && same
                           [ for p in i.Parts do
                                 match p.Target with
                                 | IndexTarget.Column c -> c
                                 | IndexTarget.Expression _ -> "" ])

            let types (table: Table) columns =
                columns |> List.map (fun c -> Table.tryColumn c table |> Option.map _.Type)

            [ if not isKey then
                  $"{where} points at columns of {fk.Target} that are no key"
              if types t fk.Columns <> types target fk.TargetColumns then
                  $"{where} ties columns of different types" ]

    let private parts (t: Table) =
        [ yield! t.PrimaryKey |> Option.map (fun k -> k.Name, k.Columns) |> Option.toList
          yield! t.Uniques |> List.map (fun u -> u.Name, u.Columns)
          yield! t.ForeignKeys |> List.map (fun fk -> fk.Name, fk.Columns)
          yield! t.Checks |> List.map (fun c -> c.Name, SqlText.columns c.Expression)
          for i in t.Indexes do
              i.Name,
              [ for p in i.Parts do
                    match p.Target with
                    | IndexTarget.Column c -> c
                    | IndexTarget.Expression sql -> yield! SqlText.columns sql
                yield! i.Include
                yield! i.Where |> Option.map SqlText.columns |> Option.defaultValue [] ]
          for p in t.Policies do
              p.Name, [ p.Using; p.WithCheck ] |> List.choose id |> List.collect SqlText.columns ]

    let private table (schema: Schema) (t: Table) =
        [ yield! t.Columns |> List.map _.Name |> duplicates $"in {t.Name} the column"
          yield! Table.constraints t |> List.map _.Name |> duplicates $"in {t.Name} the constraint"
          for name, columns in parts t do
              for c in columns do
                  if (Table.tryColumn c t).IsNone then
                      $"{name} of {t.Name} uses the column {c}, which is not there"
          for c in t.PrimaryKey |> Option.map _.Columns |> Option.defaultValue [] do
              if Table.tryColumn c t |> Option.exists _.Nullable then
                  $"the primary key of {t.Name} holds the nullable column {c}"
          yield! t.Columns |> List.collect (column schema t)
          yield! t.ForeignKeys |> List.collect (foreignKey schema t) ]

    /// What an object names and is not there. Only generated ones are looked into.
    let ofObject (schema: Schema) (o: SchemaObject) : string list =
        match ObjectShape.ofObject o with
        | Some _ when not (ObjectShape.fits schema o) -> [ $"{o.Key} names what is not there" ]
        | Some _
        | None -> []

    /// Everything that points at nothing or stands in another's way; empty when the schema could be a database's state.
    let problems (schema: Schema) : string list = relations schema @ (schema.Tables |> List.collect (table schema))
