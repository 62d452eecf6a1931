namespace SchemaToolkit

/// From rows of `sqlite_schema` to views and triggers: pure.
[<RequireQualifiedAccess>]
module internal CatalogObjects =
    let private object name part body : SchemaObject =
        { Name = name; Part = part; Body = body; Comment = None; OnlyOn = [] }

    let private tryView (row: SchemaRow) : SchemaObject option =
        ObjectText.tryView row.Sql
        |> Option.map (fun query -> object (SqliteName.parse row.Name) "" (ObjectBody.View(SqlText.raw query, [])))

    /// A trigger of one of these tables or views, if it has a name that one of ours could have.
    let private tryTrigger (parents: Set<ObjectName>) (row: SchemaRow) : SchemaObject option =
        let table, name = SqliteName.parse row.Table, SqliteName.parse row.Name

        if parents.Contains table && name.Namespace = table.Namespace then
            ObjectText.tryTrigger row.Sql
            |> Option.map (fun definition -> object table name.Name (ObjectBody.Trigger(SqlText.raw definition)))
        else
            None

    /// The objects, and in words those that the model cannot hold.
    let read (tables: Table list) (views: SchemaRow list) (triggers: SchemaRow list) : SchemaObject list * string list =
        let views = views |> List.map (fun r -> r, tryView r)

        let parents =
            Set.ofList [ yield! tables |> List.map _.Name; yield! views |> List.choose snd |> List.map _.Key.Name ]

        let triggers = triggers |> List.map (fun r -> r, tryTrigger parents r)

        views @ triggers |> List.choose snd,
        [ for r, found in views do
              if found.IsNone then
                  $"view {SqliteName.parse r.Name} names its columns before its query"
          for r, found in triggers do
              if found.IsNone then
                  $"trigger {r.Name} on {SqliteName.parse r.Table}" ]
