namespace SchemaToolkit.Tests.PostgresObjects.Random

/// Constraints and indexes.
[<RequireQualifiedAccess>]
module KeyKinds =
    let private table kinds model item = Scope.reference kinds "table" model item

    /// Columns of the item's choices, those of a partitioned table's key with them: a unique key must hold them.
    let private keyColumns (model: Model) (table: Item) (item: Item) =
        let chosen = [ "c1"; "c2" ] |> List.choose (fun choice -> Scope.column choice model table item)

        let rec partitionKeys (table: Item) =
            [ if TableKinds.isPartitioned table then
                  yield! TableKinds.key model table |> Option.toList

                  for partition in Model.ofKind ItemKind.Partition model do
                      if Item.get "parent" partition = table.Id && Item.get "detached" partition <> 1 then
                          yield! partitionKeys partition ]

        chosen @ partitionKeys table |> List.distinctBy _.Id

    let private deferrable (item: Item) =
        match Item.get "deferrable" item with
        | 0 -> ""
        | 1 -> " DEFERRABLE"
        | _ -> " DEFERRABLE INITIALLY DEFERRED"

    let private drawn (model: Model) (table: Item) (item: Item) (text: string) (after: string list) : Drawn =
        let name, tableName = Scope.name item, Scope.qualified model table
        let word = if table.Kind = ItemKind.ForeignTable then "FOREIGN TABLE" else "TABLE"
        let only = if Item.has "only" item then "ONLY " else ""

        { Scope.nothing with
            Sql = $"ALTER {word} {only}{tableName} ADD CONSTRAINT {name} {text}" :: after
            Comment = Some $"CONSTRAINT {name} ON {tableName}" }

    /// How an index or a key is used by its table.
    let private marks (model: Model) (table: Item) (item: Item) =
        let name, tableName = Scope.name item, Scope.qualified model table

        [ match Item.get "mark" item with
          | 1 -> $"ALTER TABLE {tableName} CLUSTER ON {name}"
          | 2 -> $"ALTER TABLE {tableName} REPLICA IDENTITY USING INDEX {name}"
          | _ -> ()
          match Item.get "indexcomment" item with
          | 0 -> ()
          | k -> $"COMMENT ON INDEX {Scope.schema model table}.{name} IS 'index {k}'" ]

    let private unique word (model: Model) (item: Item) =
        table Model.tables model item
        |> Option.bind (fun table ->
            match keyColumns model table item with
            | [] -> None
            | columns ->
                let include' =
                    match Scope.column "include" model table item with
                    | Some c when not (columns |> List.exists (fun k -> k.Id = c.Id)) ->
                        $" INCLUDE ({Scope.ident c.Name})"
                    | Some _
                    | None -> ""

                let parameters =
                    if Item.has "fillfactor" item then
                        $""" WITH (fillfactor={60 + 5 * Item.get "fillfactor" item})"""
                    else
                        ""

                let nulls = if word = "UNIQUE" && Item.has "nulls" item then " NULLS NOT DISTINCT" else ""

                Some(
                    drawn
                        model
                        table
                        item
                        $"{word}{nulls} ({Text.columnNames columns}){include'}{parameters}{deferrable item}"
                        (marks model table item)
                ))

    let primary model item = unique "PRIMARY KEY" model item
    let unique' model item = unique "UNIQUE" model item

    let private compatible (a: Column) (b: Column) =
        a.Ty.Sql = b.Ty.Sql
        || a.Ty.Family = b.Ty.Family && List.contains a.Ty.Family [ Family.Int; Family.Str ]

    let private action word k =
        match k with
        | 0 -> ""
        | 1 -> $" ON {word} CASCADE"
        | 2 -> $" ON {word} SET NULL"
        | 3 -> $" ON {word} RESTRICT"
        | 4 -> $" ON {word} SET DEFAULT"
        | _ -> $" ON {word} SET NULL"

    /// To a key of another table, or of the same; each column to the first that fits.
    let foreign (model: Model) (item: Item) =
        match table Model.tables model item, Scope.reference [ ItemKind.Primary; ItemKind.Unique ] "key" model item with
        | Some table, Some key ->
            Scope.reference Model.tables "table" model key
            |> Option.bind (fun target ->
                let wanted = keyColumns model target key
                let preferred = [ "c1"; "c2" ] |> List.choose (fun c -> Scope.column c model table item)

                let chosen =
                    wanted
                    |> List.fold
                        (fun (found: Column list) key ->
                            preferred @ Scope.columns model table
                            |> List.tryFind (fun c -> compatible c key && not (List.contains c found))
                            |> Option.map (fun c -> found @ [ c ])
                            |> Option.defaultValue found)
                        []

                if chosen.Length <> wanted.Length || wanted.IsEmpty then
                    None
                else
                    let match' = if Item.has "match" item then " MATCH FULL" else ""

                    let notValid =
                        if Item.has "invalid" item && not (TableKinds.isPartitioned table) then
                            " NOT VALID"
                        else
                            ""

                    let some = if Item.get "delete" item = 5 then $" ({Scope.ident chosen.Head.Name})" else ""

                    Some(
                        drawn
                            model
                            table
                            item
                            $"""FOREIGN KEY ({Text.columnNames chosen}) REFERENCES {Scope.qualified model target} ({Text.columnNames wanted}){match'}{action "UPDATE" (Item.get "update" item)}{action "DELETE" (Item.get "delete" item)}{some}{deferrable item}{notValid}"""
                            []
                    ))
        | _ -> None

    let check (model: Model) (item: Item) =
        table (ItemKind.ForeignTable :: Model.tables) model item
        |> Option.bind (fun table ->
            Scope.column "c1" model table item
            |> Option.map (fun column ->
                let also =
                    match Scope.column "c2" model table item with
                    | Some other -> $" OR {Scope.ident other.Name} IS NULL"
                    | None -> ""

                let noInherit =
                    if Item.has "noinherit" item && not (TableKinds.isPartitioned table) then
                        " NO INHERIT"
                    else
                        ""

                let notValid = if Item.has "invalid" item then " NOT VALID" else ""
                drawn model table item $"CHECK ({Text.predicate model item column}{also}){noInherit}{notValid}" []))

    let exclusion (model: Model) (item: Item) =
        table Model.tables model item
        |> Option.bind (fun table ->
            Scope.column "c1" model table item
            |> Option.bind (fun column ->
                let where =
                    if Item.has "where" item then
                        $" WHERE ({Text.predicate model item column})"
                    else
                        ""

                match column.Ty.Family with
                | Family.Range -> Some $"EXCLUDE USING gist ({Scope.ident column.Name} WITH &&){where}"
                | Family.Int
                | Family.Num
                | Family.Str
                | Family.Uuid
                | Family.Day -> Some $"EXCLUDE USING btree ({Scope.ident column.Name} WITH =){where}"
                | _ -> None)
            |> Option.map (fun text -> drawn model table item (text + deferrable item) []))

    let private method (item: Item) (columns: Column list) =
        match Item.get "method" item, columns with
        | 1, [ _ ] -> "hash", false
        | 2, [ { Ty = { Family = Family.Json | Family.Array _ } } ] -> "gin", false
        | 3, [ { Ty = { Family = Family.Range } } ] -> "gist", false
        | 4, _ -> "brin", false
        | _ -> "btree", true

    let index (model: Model) (item: Item) : Drawn option =
        Scope.reference (ItemKind.MatView :: Model.tables) "table" model item
        |> Option.bind (fun table ->
            let isUnique = Item.has "unique" item

            let columns =
                if isUnique then
                    keyColumns model table item
                else
                    [ "c1"; "c2" ]
                    |> List.choose (fun choice -> Scope.column choice model table item)
                    |> List.distinctBy _.Id

            match columns with
            | [] -> None
            | first :: rest ->
                let method, isBtree = method item columns

                let order =
                    if isBtree then
                        [| ""; " DESC"; " NULLS FIRST"; " DESC NULLS LAST" |][Item.get "order" item % 4]
                    else
                        ""

                let opclass =
                    match Item.get "opclass" item, first.Ty.Family with
                    | 1, Family.Str when isBtree -> " text_pattern_ops"
                    | 2, Family.Str when isBtree -> " COLLATE \"C\""
                    | _ -> ""

                let head =
                    if Item.has "expression" item && not isUnique && isBtree then
                        $"({fst (Text.expression model item first)})"
                    else
                        Scope.ident first.Name + opclass

                let list = head + order :: (rest |> List.map (fun c -> Scope.ident c.Name)) |> Text.join

                let include' =
                    match Scope.column "include" model table item with
                    | Some c when isBtree && not (columns |> List.exists (fun k -> k.Id = c.Id)) ->
                        $" INCLUDE ({Scope.ident c.Name})"
                    | Some _
                    | None -> ""

                let where =
                    match Scope.column "where" model table item with
                    | Some c -> $" WHERE {Text.predicate model item c}"
                    | None -> ""

                let parameters =
                    if Item.has "fillfactor" item && isBtree then
                        $""" WITH (fillfactor={50 + 10 * Item.get "fillfactor" item})"""
                    else
                        ""

                let nulls = if isUnique && Item.has "nulls" item then " NULLS NOT DISTINCT" else ""
                let name = Scope.name item
                let unique = if isUnique && isBtree then "UNIQUE " else ""

                Some
                    { Scope.nothing with
                        Sql =
                            [ $"CREATE {unique}INDEX {name} ON {Scope.qualified model table} USING {method} ({list}){include'}{nulls}{parameters}{where}"
                              if Item.has "statistics" item && head.StartsWith '(' then
                                  $"""ALTER INDEX {Scope.schema model table}.{name} ALTER COLUMN 1 SET STATISTICS {Item.get "statistics" item * 100}"""
                              if table.Kind <> ItemKind.MatView then
                                  yield! marks model table (Item.set "indexcomment" 0 item) ]
                        Comment = Some $"INDEX {Scope.schema model table}.{name}" })
