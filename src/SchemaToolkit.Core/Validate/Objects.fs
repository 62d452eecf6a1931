namespace SchemaToolkit.Validating

open SchemaToolkit

/// Views, functions, triggers and the like.
[<RequireQualifiedAccess>]
module internal Objects =
    let private at (object: SchemaObject) = PartId.Object object.Key

    /// The name that the object itself brings, and what may be wrong with it.
    let private ownName (object: SchemaObject) : string * string list =
        match object.Kind with
        | ObjectKind.Extension -> object.Key.Name.Name, Identifier.problems object.Key.Name.Name
        | ObjectKind.Exclusion
        | ObjectKind.Grant -> object.Key.Part, Identifier.problems object.Key.Part
        | ObjectKind.Trigger -> object.Key.Part, Identifier.objectProblems object.Key.Part
        | ObjectKind.Domain
        | ObjectKind.Composite
        | ObjectKind.Range
        | ObjectKind.Sequence
        | ObjectKind.Function
        | ObjectKind.Procedure
        | ObjectKind.Partition
        | ObjectKind.View
        | ObjectKind.MaterializedView -> object.Key.Name.Name, Identifier.objectProblems object.Key.Name.Name

    let private name (object: SchemaObject) =
        let name, problems = ownName object

        problems
        |> List.map (fun problem ->
            Fault.at (at object) "invalid-name" $"The name '{name}' {problem}." "Give it another name.")

    let private tables (schema: Schema) = schema.Tables |> List.map (fun t -> t.Name, t) |> Map.ofList

    let private objectNames (schema: Schema) =
        schema.Objects |> List.filter (fun o -> (SchemaObject.parent o).IsNone || SchemaObject.isNamed o)

    /// Columns that holes of the object's texts may name.
    let private reach (schema: Schema) (object: SchemaObject) : Table list =
        let named =
            Option.toList (SchemaObject.parent object)
            @ (SchemaObject.texts object |> List.collect (snd >> SqlText.tables))
            |> List.distinct

        // What columns a view has is the engine's to say: any of the schema's may come through it.
        if
            named
            |> List.exists (fun name ->
                schema.Objects |> List.exists (fun o -> o.Key.Name = name && (SchemaObject.parent o).IsNone))
        then
            schema.Tables
        else
            named |> List.choose (fun name -> Schema.tryTable name schema)

    let private texts (schema: Schema) (object: SchemaObject) =
        let known = reach schema object |> List.collect (fun t -> t.Columns |> List.map _.Name) |> List.distinct

        let exists (name: ObjectName) =
            (Schema.tryTable name schema).IsSome
            || (Schema.tryEnum name schema).IsSome
            || schema.Objects |> List.exists (fun o -> o.Key.Name = name)

        [ for slot, text in SchemaObject.texts object do
              yield! Texts.check (at object) $"The {slot}" Texts.Tables.Allowed known text

              for name in SqlText.tables text do
                  // Another namespace is another plugin's or the host's.
                  if name.Namespace = schema.Namespace && not (exists name) then
                      Fault.at
                          (at object)
                          "unknown-table"
                          $"The {slot} names '{name}', which is not declared in the schema."
                          (Fault.suggest (schema.Tables |> List.map _.Name.Name) name.Name) ]

    /// The table, or whatever else it is a part of.
    let private parents (schema: Schema) (object: SchemaObject) =
        let found = tables schema

        let missing (name: ObjectName) =
            Fault.at
                (at object)
                "unknown-table"
                $"It belongs to '{name}', which is not declared in the schema."
                (Fault.suggest (schema.Tables |> List.map _.Name.Name) name.Name)

        match object.Body with
        | ObjectBody.Partition(table, _) ->
            match found.TryFind table with
            | None -> [ missing table ]
            | Some t when t.PartitionBy.IsNone ->
                [ Fault.at
                      (at object)
                      "not-partitioned"
                      $"The table '{table}' is not partitioned."
                      "Declare its key with Table.partitionBy." ]
            | Some _ -> []
        | ObjectBody.Sequence { OwnedBy = Some(table, column) } ->
            match found.TryFind table |> Option.bind (Table.tryColumn column) with
            | Some _ -> []
            | None -> [ missing table ]
        | ObjectBody.Exclusion _ -> if found.ContainsKey object.Key.Name then [] else [ missing object.Key.Name ]
        | ObjectBody.Trigger _
        | ObjectBody.Grant _ ->
            if
                found.ContainsKey object.Key.Name
                || objectNames schema |> List.exists (fun o -> o.Key.Name = object.Key.Name)
            then
                []
            else
                [ missing object.Key.Name ]
        | ObjectBody.Sequence _
        | ObjectBody.Extension
        | ObjectBody.Domain _
        | ObjectBody.Composite _
        | ObjectBody.Range _
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.View _
        | ObjectBody.MaterializedView _ -> []

    let private body (object: SchemaObject) =
        let fault code message advice = [ Fault.at (at object) code message advice ]

        match object.Body with
        | ObjectBody.Sequence o when o.Increment = 0L ->
            fault "sequence-increment" "A sequence cannot increase by 0." "Give it another increment."
        | ObjectBody.Sequence o when o.Minimum > o.Start || o.Start > o.Maximum ->
            fault
                "sequence-range"
                $"The sequence starts at {o.Start}, which is not between {o.Minimum} and {o.Maximum}."
                "Change the start or the limits."
        | ObjectBody.Sequence o when
            not (List.contains o.Type [ ColumnType.SmallInt; ColumnType.Integer; ColumnType.BigInt ])
            ->
            fault
                "sequence-type"
                $"A sequence holds integers, not {ColumnType.describe o.Type}."
                "Use SmallInt, Integer or BigInt."
        | ObjectBody.Grant [] -> fault "no-privileges" "No privilege is named." "Name at least one, or leave it out."
        | ObjectBody.Composite attributes ->
            attributes
            |> List.map _.Name
            |> Fault.repeated
            |> List.collect (fun name ->
                fault "duplicate-column" $"The attribute '{name}' is declared more than once." "Keep one of them.")
        | ObjectBody.Sequence _
        | ObjectBody.Grant _
        | ObjectBody.Extension
        | ObjectBody.Domain _
        | ObjectBody.Range _
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.Partition _
        | ObjectBody.Exclusion _
        | ObjectBody.View _
        | ObjectBody.MaterializedView _
        | ObjectBody.Trigger _ -> []

    /// Names that engines keep in one list, without regard to case on SQLite.
    let private clashes (schema: Schema) =
        let taken =
            [ for table in schema.Tables do
                  table.Name, string (PartId.Table table.Name)

                  for index in table.Indexes do
                      { table.Name with Name = index.Name }, string (PartId.Index(table.Name, index.Name))

                  for key in Option.toList table.PrimaryKey do
                      { table.Name with Name = key.Name }, string (PartId.PrimaryKey(table.Name, key.Name))

                  for unique in table.Uniques do
                      { table.Name with Name = unique.Name }, string (PartId.Unique(table.Name, unique.Name))
              for enum in schema.Enums do
                  enum.Name, string (PartId.Enum enum.Name) ]

        let folded (name: ObjectName) = { name with Name = Fault.fold name.Name }
        let others = taken |> List.map (fun (name, what) -> folded name, what) |> Map.ofList

        let spaces =
            [ for o in schema.Objects do
                  if SchemaObject.isNamed o then
                      "tables, views, sequences and types", folded o.Key.Name, o

                  match o.Kind with
                  | ObjectKind.Function
                  | ObjectKind.Procedure ->
                      "functions and procedures (overloads are not supported)", folded o.Key.Name, o
                  | ObjectKind.Trigger -> "triggers", folded { o.Key.Name with Name = o.Key.Part }, o
                  | ObjectKind.Extension
                  | ObjectKind.Domain
                  | ObjectKind.Composite
                  | ObjectKind.Range
                  | ObjectKind.Sequence
                  | ObjectKind.Partition
                  | ObjectKind.Exclusion
                  | ObjectKind.View
                  | ObjectKind.MaterializedView
                  | ObjectKind.Grant -> () ]

        [ for object in Fault.repeated (schema.Objects |> List.map _.Key) do
              Fault.at
                  (PartId.Object object)
                  "duplicate-object"
                  $"The {object} is declared more than once."
                  "Keep one of them."
          for (space, name), group in spaces |> List.groupBy (fun (space, name, _) -> space, name) do
              let objects = group |> List.map (fun (_, _, o) -> o)
              let keys = objects |> List.map _.Key |> List.distinct
              let named = keys |> List.map string |> String.concat " and "

              if keys.Length > 1 then
                  Fault.at
                      (PartId.Object(List.last keys))
                      "name-clash"
                      $"'{name.Name}' names {named}; {space} share one name space."
                      "Give one of them another name."

              match others.TryFind name with
              | Some what when objects |> List.exists SchemaObject.isNamed ->
                  Fault.at
                      (PartId.Object(List.last keys))
                      "name-clash"
                      $"'{name.Name}' names {what} and {named}; {space} share one name space."
                      "Give one of them another name."
              | Some _
              | None -> () ]

    /// Objects whose texts name each other in a circle can never be made.
    let private circles (schema: Schema) =
        let byName = schema.Objects |> List.groupBy _.Key.Name |> Map.ofList

        let needs (object: SchemaObject) =
            SchemaObject.texts object
            |> List.collect (snd >> SqlText.tables)
            |> List.collect (fun name -> byName.TryFind name |> Option.defaultValue [])
            |> List.filter (fun other -> (SchemaObject.parent other).IsNone)
            |> List.map _.Key

        let direct = schema.Objects |> List.map (fun o -> o.Key, needs o) |> Map.ofList

        let rec walk (seen: Set<ObjectKey>) (keys: ObjectKey list) =
            (seen, keys)
            ||> List.fold (fun seen key ->
                if seen.Contains key then
                    seen
                else
                    walk (seen.Add key) (direct.TryFind key |> Option.defaultValue []))

        match schema.Objects |> List.map _.Key |> List.filter (fun k -> (walk Set.empty direct[k]).Contains k) with
        | [] -> []
        | circle ->
            let named = circle |> List.map string |> String.concat ", "

            [ Fault.at
                  (PartId.Object(List.last circle))
                  "object-cycle"
                  $"{named} need each other in a circle, so that none can be made first."
                  "Break the circle: let one of them not name the other." ]

    let private withoutRowId (table: Table) =
        if table.WithoutRowId && table.PrimaryKey.IsNone then
            [ Fault.at
                  (PartId.Table table.Name)
                  "no-primary-key"
                  "A table WITHOUT ROWID keeps its rows by their primary key, and has none."
                  "Give it one with Table.primaryKey, or leave out Table.withoutRowId." ]
        else
            []

    let schema (schema: Schema) : SchemaError list =
        [ for object in schema.Objects do
              yield! name object
              yield! texts schema object
              yield! parents schema object
              yield! body object
              yield! Texts.onlyOn (at object) object.OnlyOn
          yield! clashes schema
          yield! circles schema
          for table in schema.Tables do
              yield! withoutRowId table

              for key in Option.toList table.PartitionBy do
                  let known = table.Columns |> List.map _.Name

                  yield!
                      Texts.check
                          (PartId.Table table.Name)
                          "The partition key"
                          (Texts.Tables.Forbidden schema)
                          known
                          key ]
