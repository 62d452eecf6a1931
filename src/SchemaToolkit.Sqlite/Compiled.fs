namespace SchemaToolkit

/// SQLite takes a view or a trigger whatever it names, and lets a dropped column break one that is there; it says so at the
/// next use. So whatever the plan makes or may have broken is compiled at its end.
[<RequireQualifiedAccess>]
module internal Compiled =
    let private q = SqliteName.quote

    /// EXPLAIN compiles a statement with the triggers that it would fire, and changes nothing.
    let private onTable (table: Table) =
        let name = SqliteName.quoted table.Name

        let assignments =
            table.Columns
            |> List.filter (fun c -> c.Generated.IsNone)
            |> List.map (fun c -> $"{q c.Name} = {q c.Name}")
            |> String.concat ", "

        [ $"EXPLAIN INSERT INTO {name} DEFAULT VALUES"
          $"EXPLAIN UPDATE {name} SET {assignments}"
          $"EXPLAIN DELETE FROM {name}" ]

    /// A view takes only what it has a trigger for. Which columns could be set, its text does not say.
    let private onView (view: ObjectName) (trigger: Attachment) =
        let name = SqliteName.quoted view
        let events = ObjectText.events trigger.Sql

        [ if List.contains "INSERT" events then
              $"EXPLAIN INSERT INTO {name} SELECT * FROM {name}"
          if List.contains "DELETE" events then
              $"EXPLAIN DELETE FROM {name}" ]

    /// Tables and views that went, or whose columns did, by their last name.
    let private changedBy (arranged: Arranged) : ObjectName list =
        match arranged with
        | Arranged.Rebuild(tables, _) -> tables |> List.map _.After.Name
        | Arranged.Native(Step.DropColumn(table, _), _) -> [ table ]
        | Arranged.Native(Step.DropTable table, _) -> [ table.Name ]
        | Arranged.Native((Step.DropObject object | Step.ReplaceObject(_, object)), _) when
            object.Kind = ObjectKind.View
            ->
            [ object.Key.Name ]
        | Arranged.Native _
        | Arranged.Create _
        | Arranged.Silent _ -> []

    let private madeBy (arranged: Arranged) : ObjectKey list =
        match arranged with
        | Arranged.Native((Step.CreateObject object | Step.ReplaceObject(_, object)), _) -> [ object.Key ]
        | Arranged.Native _
        | Arranged.Rebuild _
        | Arranged.Create _
        | Arranged.Silent _ -> []

    /// The schema and what hangs on it as the plan leaves them.
    let statements (final: Schema) (attachments: Attachment list) (arranged: Arranged list) : string list =
        let changed = arranged |> List.collect changedBy |> List.distinct
        let made = arranged |> List.collect madeBy
        let isMade (a: Attachment) = made |> List.exists (fun key -> RenderObject.isAttachment key a)

        let concerned (a: Attachment) =
            isMade a
            || List.contains a.Table changed
            || changed |> List.exists (fun name -> ObjectText.names (SqliteName.render name) a.Sql)

        let triggers = attachments |> List.filter (fun a -> a.Kind = "trigger" && concerned a)

        [ for view in attachments do
              if view.Kind = "view" && (not changed.IsEmpty || isMade view) then
                  $"SELECT 1 FROM {q view.Name} LIMIT 0"
          for name, group in triggers |> List.groupBy _.Table do
              match Schema.tryTable name final with
              | Some table -> yield! onTable table
              | None -> yield! group |> List.collect (onView name) ]
        |> List.distinct
