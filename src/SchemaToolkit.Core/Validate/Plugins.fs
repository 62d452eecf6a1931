namespace SchemaToolkit.Validating

open SchemaToolkit

/// What only several schemas together can get wrong.
[<RequireQualifiedAccess>]
module internal Plugins =
    let private namespaces (schema: Schema) =
        [ schema.Namespace
          for table in schema.Tables do
              table.Name.Namespace
          for enum in schema.Enums do
              enum.Name.Namespace
          for object in schema.Objects do
              if object.Kind <> ObjectKind.Extension then
                  object.Key.Name.Namespace ]
        |> List.distinct

    let private duplicates (schemas: Schema list) =
        schemas
        |> List.map _.Plugin
        |> Fault.repeated
        |> List.map (fun plugin ->
            { Fault.whole "duplicate-plugin" $"The plugin '{plugin}' is given more than once." "Give each plugin once." with
                Plugin = plugin })

    let private shared (schemas: Schema list) =
        [ for schema in schemas do
              for ns in namespaces schema do
                  Fault.fold ns, (ns, schema.Plugin) ]
        |> List.groupBy fst
        |> List.map (fun (_, users) -> users |> List.map snd |> List.distinctBy snd)
        |> List.filter (fun users -> users.Length > 1)
        |> List.map (fun users ->
            let ns, plugin = List.last users

            { Fault.at
                  (PartId.Namespace ns)
                  "namespace-clash"
                  $"The plugins {Fault.list (List.map snd users)} would both use the namespace '{ns}'."
                  "Give one of them another with Schema.inNamespace." with
                Plugin = plugin })

    let private owner (schemas: Schema list) (name: ObjectName) =
        schemas
        |> List.tryPick (fun schema -> Schema.tryTable name schema |> Option.map (fun table -> schema, table))

    /// A foreign key or a policy that looks into another namespace.
    let private reach
        (schemas: Schema list)
        (schema: Schema)
        part
        (target: ObjectName)
        (onFound: Table -> SchemaError list)
        =
        match owner schemas target with
        | Some(found, table) when found.Plugin = schema.Plugin -> onFound table
        | Some(found, table) when not table.Shared ->
            [ Fault.at
                  part
                  "not-shared"
                  $"The plugin '{schema.Plugin}' refers to the table '{target}' of the plugin '{found.Plugin}', which does not share it."
                  $"Declare the table with Table.shared in '{found.Plugin}'." ]
        | Some(_, table) -> onFound table
        | None ->
            let advice =
                match schemas |> List.tryFind (fun other -> List.contains target.Namespace (namespaces other)) with
                | Some other ->
                    let known = other.Tables |> List.filter _.Shared |> List.map (fun t -> t.Name.Name)
                    $"It would be a table of the plugin '{other.Plugin}'. {Fault.suggest known target.Name}"
                | None ->
                    let plugins = schemas |> List.map (fun other -> other.Plugin)
                    $"No given plugin has the namespace '{target.Namespace}'; given are {Fault.list plugins}."

            [ Fault.at part "unknown-table" $"The table '{target}' does not exist in any of the plugins." advice ]

    let private references (schemas: Schema list) (schema: Schema) =
        let isForeign (name: ObjectName) = (Schema.tryTable name schema).IsNone

        [ for table in schema.Tables do
              for fk in table.ForeignKeys do
                  if isForeign fk.Target && fk.Target.Namespace <> schema.Namespace then
                      let part = PartId.ForeignKey(table.Name, fk.Name)
                      yield! reach schemas schema part fk.Target (Keys.target table fk)

              for policy in table.Policies do
                  let part = PartId.Policy(table.Name, policy.Name)

                  let named =
                      [ policy.Using; policy.WithCheck ]
                      |> List.choose id
                      |> List.collect SqlText.tables
                      |> List.distinct

                  for name in named do
                      if isForeign name && name.Namespace <> schema.Namespace then
                          yield! reach schemas schema part name (fun _ -> []) ]
        |> List.map (fun error -> { error with Plugin = schema.Plugin })

    /// The plugins whose tables a schema refers to.
    let dependencies (schemas: Schema list) (schema: Schema) : string list =
        [ for table in schema.Tables do
              for fk in table.ForeignKeys do
                  fk.Target

              for policy in table.Policies do
                  yield! policy.Using |> Option.map SqlText.tables |> Option.defaultValue []
                  yield! policy.WithCheck |> Option.map SqlText.tables |> Option.defaultValue [] ]
        |> List.distinct
        |> List.choose (fun name -> owner schemas name |> Option.map (fun (found, _) -> found.Plugin))
        |> List.filter (fun plugin -> plugin <> schema.Plugin)
        |> List.distinct

    /// Each plugin is migrated in a transaction of its own, after those it refers to.
    let private cycles (schemas: Schema list) =
        let needs = schemas |> List.map (fun schema -> schema.Plugin, dependencies schemas schema) |> Map.ofList

        let rec reach (seen: Set<string>) (plugins: string list) =
            (seen, plugins)
            ||> List.fold (fun seen plugin ->
                if seen.Contains plugin then
                    seen
                else
                    reach (seen.Add plugin) (needs |> Map.tryFind plugin |> Option.defaultValue []))

        let from = needs |> Map.map (fun _ direct -> reach Set.empty direct)

        match
            schemas
            |> List.map _.Plugin
            |> List.distinct
            |> List.filter (fun plugin -> from[plugin].Contains plugin)
        with
        | [] -> []
        | circle ->
            [ { Fault.whole
                    "plugin-cycle"
                    $"The plugins {Fault.list circle} refer to each other in a circle, so that none can be made first."
                    "Move the shared table into a plugin of its own, or drop one of the foreign keys." with
                  Plugin = List.last circle } ]

    let together (schemas: Schema list) : SchemaError list =
        [ yield! duplicates schemas
          yield! shared schemas
          for schema in schemas do
              yield! references schemas schema
          yield! cycles schemas ]
