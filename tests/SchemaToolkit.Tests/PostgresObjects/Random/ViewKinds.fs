namespace SchemaToolkit.Tests.PostgresObjects.Random

/// Views, materialised views and rules.
[<RequireQualifiedAccess>]
module ViewKinds =
    let private source (model: Model) (item: Item) =
        Scope.reference (Model.relations @ [ ItemKind.Rows ]) "from" model item
        |> Option.filter (fun from -> from.Kind <> ItemKind.Rows || not (Scope.returnsRow from))

    let private select (model: Model) (item: Item) (from: Item) =
        let all = Scope.columns model from

        let chosen =
            [ for c in Scope.passed item all do
                  $"x.{Scope.ident c.Name}"
              match Scope.computedSql item all with
              | Some text -> $"{text} AS e{item.Id}"
              | None -> () ]

        let call = if from.Kind = ItemKind.Rows then "()" else ""
        let name = $"{Scope.qualified model from}{call}"

        let join =
            match Scope.reference Model.relations "join" model item with
            | Some other ->
                let columns = Scope.columns model other

                match
                    all
                    |> List.tryPick (fun a ->
                        columns
                        |> List.tryFind (fun b -> a.Ty.Ordered && a.Ty.Sql = b.Ty.Sql)
                        |> Option.map (fun b -> a, b))
                with
                | Some(a, b) ->
                    $" LEFT JOIN {Scope.qualified model other} y ON x.{Scope.ident a.Name} = y.{Scope.ident b.Name}"
                | None -> ""
            | None -> ""

        // With a second table its columns' names may be the same.
        let chosen = if join = "" then chosen else chosen |> List.filter _.StartsWith("x.")

        let where =
            match all |> List.tryFind (fun c -> c.Id = Item.get "where" item) with
            | Some c -> $" WHERE {Text.predicate model item { c with Name = c.Name }}"
            | None -> ""

        let where = if join = "" then where else ""

        let text = if chosen.IsEmpty then "1 AS one" else Text.join chosen

        match Item.get "form" item with
        | 1 -> $"SELECT DISTINCT {text} FROM {name} x{join}{where}"
        | 2 -> $"WITH w AS (SELECT * FROM {name}) SELECT {text} FROM w x{join}{where}"
        | 3 -> $"SELECT {text} FROM {name} x{join}{where} UNION ALL SELECT {text} FROM {name} x{join}"
        | 4 -> $"""SELECT {text} FROM {name} x{join}{where} LIMIT {Item.get "predicate" item + 1}"""
        | 5 when
            join = ""
            && where = ""
            && text <> "1 AS one"
            && not (Item.has "columns" item)
            && not (Item.has "compute" item)
            ->
            $"SELECT * FROM {name} x"
        | 6 -> $"SELECT {text} FROM (SELECT z FROM {name} z) q, LATERAL (SELECT (q.z).*) x{join}{where}"
        | _ -> $"SELECT {text} FROM {name} x{join}{where}"

    let private privileges = [ "SELECT"; "INSERT"; "UPDATE"; "DELETE"; "TRIGGER" ]

    let view (model: Model) (item: Item) : Drawn option =
        source model item
        |> Option.map (fun from ->
            let name = Scope.qualified model item
            let columns = Scope.columns model item

            let options =
                [ match Item.get "options" item with
                  | 1 -> "security_barrier=true"
                  | 2 -> "security_invoker=true"
                  | 3 -> "security_barrier=false, security_invoker=true"
                  | _ -> () ]

            let with' = if options.IsEmpty then "" else $" WITH ({Text.join options})"

            let check =
                if Item.get "form" item = 0 && not (Item.has "join" item) && from.Kind = ItemKind.Table then
                    [| ""; " WITH LOCAL CHECK OPTION"; " WITH CASCADED CHECK OPTION" |][Item.get "checkoption" item % 3]
                else
                    ""

            { Scope.nothing with
                Sql =
                    [ $"CREATE VIEW {name}{with'} AS {select model item from}{check}"
                      match Item.get "columncomment" item, columns with
                      | 0, _
                      | _, [] -> ()
                      | k, c :: _ -> $"COMMENT ON COLUMN {name}.{Scope.ident c.Name} IS 'of a view {k}'"
                      match Item.get "columndefault" item, columns with
                      | 0, _
                      | _, [] -> ()
                      | k, c :: _ ->
                          match Ty.literal k c.Ty.Family with
                          | Some text -> $"ALTER VIEW {name} ALTER COLUMN {Scope.ident c.Name} SET DEFAULT {text}"
                          | None -> () ]
                Comment = Some $"VIEW {name}"
                Owner = Some $"VIEW {name}"
                Grant = Some($"TABLE {name}", privileges) })

    let materialized (model: Model) (item: Item) : Drawn option =
        source model item
        |> Option.map (fun from ->
            let name = Scope.qualified model item

            let with' =
                if Item.has "fillfactor" item then
                    $""" WITH (fillfactor={60 + 10 * Item.get "fillfactor" item})"""
                else
                    ""

            let data = if Item.has "nodata" item then " WITH NO DATA" else ""

            { Scope.nothing with
                Sql =
                    [ $"CREATE MATERIALIZED VIEW {name}{with'} AS {select model item from}{data}"
                      match Item.get "columncomment" item, Scope.columns model item with
                      | 0, _
                      | _, [] -> ()
                      | k, c :: _ ->
                          $"COMMENT ON COLUMN {name}.{Scope.ident c.Name} IS 'of a view {k}'"
                          $"ALTER MATERIALIZED VIEW {name} ALTER COLUMN {Scope.ident c.Name} SET STATISTICS {k * 10}" ]
                Comment = Some $"MATERIALIZED VIEW {name}"
                Owner = Some $"MATERIALIZED VIEW {name}"
                Grant = Some($"TABLE {name}", [ "SELECT" ]) })

    let rule (model: Model) (item: Item) : Drawn option =
        Scope.reference [ ItemKind.Table; ItemKind.View ] "table" model item
        |> Option.bind (fun table ->
            Scope.column "c1" model table item
            |> Option.map (fun column ->
                let name, on = Scope.name item, Scope.qualified model table
                let event = [| "INSERT"; "UPDATE"; "DELETE" |][Item.get "event" item % 3]
                let also = if Item.has "also" item then "ALSO" else "INSTEAD"
                let row = if event = "INSERT" then "new" else "old"

                let condition =
                    if Item.has "when" item then
                        $" WHERE {row}.{Scope.ident column.Name} IS NOT NULL"
                    else
                        ""

                let action =
                    match Item.get "action" item, Scope.reference [ ItemKind.Table ] "into" model item with
                    | 1, Some into when into.Id <> table.Id -> $"DELETE FROM {Scope.qualified model into}"
                    | 2, _ -> $"(NOTIFY changed; SELECT {row}.{Scope.ident column.Name})"
                    | _ -> "NOTHING"

                { Scope.nothing with
                    Sql =
                        [ $"CREATE RULE {name} AS ON {event} TO {on}{condition} DO {also} {action}"
                          match Item.get "enabled" item with
                          | 0 -> ()
                          | k when table.Kind = ItemKind.Table ->
                              let word = [| "DISABLE"; "ENABLE REPLICA"; "ENABLE ALWAYS" |][k % 3]
                              $"ALTER TABLE {on} {word} RULE {name}"
                          | _ -> () ]
                    Comment = Some $"RULE {name} ON {on}" }))
