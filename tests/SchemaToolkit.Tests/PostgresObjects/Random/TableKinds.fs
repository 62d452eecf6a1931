namespace SchemaToolkit.Tests.PostgresObjects.Random

/// Tables of every sort.
[<RequireQualifiedAccess>]
module TableKinds =
    let private privileges = [ "SELECT"; "INSERT"; "UPDATE"; "DELETE"; "TRUNCATE"; "REFERENCES"; "TRIGGER" ]

    /// Of a partitioned table: the column that says where a row goes.
    let key (model: Model) (table: Item) = Scope.column "key" model table table

    let strategy (table: Item) =
        match Item.get "strategy" table % 3 with
        | 0 -> "RANGE"
        | 1 -> "LIST"
        | _ -> "HASH"

    let isPartitioned (table: Item) =
        table.Kind = ItemKind.Partitioned && not (Item.has "plain" table)
        || table.Kind = ItemKind.Partition && Item.has "sub" table

    let private partitionBy model (table: Item) =
        if not (isPartitioned table) then
            Some ""
        else
            key model table
            |> Option.bind (fun column ->
                match column.Ty.Family, strategy table with
                | (Family.Int | Family.Num | Family.Str | Family.Stamp | Family.Day), how ->
                    let key =
                        match Item.get "keyform" table, column.Ty.Family with
                        | 1, Family.Str -> $"lower({Scope.ident column.Name})"
                        | 1, (Family.Int | Family.Num) -> $"({Scope.ident column.Name} / 1)"
                        | _ -> Scope.ident column.Name

                    Some $" PARTITION BY {how} ({key})"
                | _ -> None)

    let private bound (model: Model) (parent: Item) (partition: Item) =
        let slot = Item.get "slot" partition

        key model parent
        |> Option.bind (fun column ->
            let literal k = Ty.literal k column.Ty.Family

            match strategy parent, slot, column.Ty.Family with
            | "HASH", slot, _ -> Some $"FOR VALUES WITH (MODULUS 8, REMAINDER {slot % 8})"
            | _, 0, _ -> Some "DEFAULT"
            | "LIST", 5, _ -> Some "FOR VALUES IN (NULL)"
            | "LIST", slot, _ -> literal slot |> Option.map (fun text -> $"FOR VALUES IN ({text})")
            | _, 7, (Family.Int | Family.Num) -> Some "FOR VALUES FROM (7) TO (MAXVALUE)"
            | _, slot, _ ->
                match literal slot, literal (slot + 1) with
                | Some a, Some b -> Some $"FOR VALUES FROM ({a}) TO ({b})"
                | _ -> None)

    let private parameters (item: Item) =
        match Item.get "fillfactor" item with
        | 0 -> ""
        | 1 -> " WITH (fillfactor=70)"
        | 2 -> " WITH (fillfactor=80, autovacuum_enabled=false)"
        | _ -> " WITH (autovacuum_vacuum_threshold=100, vacuum_truncate=false)"

    /// Columns' settings, row security and the rest that follows the statement.
    let private after (model: Model) (item: Item) =
        let name = Scope.qualified model item

        [ for column in Scope.own model item do
              yield! ColumnKind.settings model item column
          match Item.get "rls" item with
          | 0 -> ()
          | 1 -> $"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
          | k ->
              if k = 2 then
                  $"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"

              $"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
          match Item.get "replica" item with
          | 0 -> ()
          | 1 -> $"ALTER TABLE {name} REPLICA IDENTITY FULL"
          | _ -> $"ALTER TABLE {name} REPLICA IDENTITY NOTHING" ]

    let private drawn model (item: Item) sql : Drawn option =
        let call = Some $"TABLE {Scope.qualified model item}"

        Some
            { Scope.nothing with
                Sql = sql @ after model item
                Comment = call
                Owner = call
                Grant = Some($"TABLE {Scope.qualified model item}", privileges)
                After = Scope.own model item |> List.map _.Id }

    let private unlogged (item: Item) = if Item.has "unlogged" item then "UNLOGGED " else ""

    let private definitions model (item: Item) =
        Scope.own model item |> List.map (ColumnKind.definition model item) |> String.concat ",\n  "

    /// Plain and partitioned tables.
    let table (model: Model) (item: Item) =
        partitionBy model item
        |> Option.bind (fun partitionBy ->
            let options = if partitionBy = "" then parameters item else ""
            let unlogged = if partitionBy = "" then unlogged item else ""

            drawn
                model
                item
                [ $"CREATE {unlogged}TABLE {Scope.qualified model item} (\n  {definitions model item}\n){partitionBy}{options}" ])

    /// A partition; when it is detached, a table with the columns that it would have.
    let partition (model: Model) (item: Item) =
        match Scope.reference [ ItemKind.Partitioned; ItemKind.Partition ] "parent" model item with
        | Some parent when isPartitioned parent ->
            match bound model parent item, partitionBy model item with
            | Some bound, Some partitionBy ->
                let name, parentName = Scope.qualified model item, Scope.qualified model parent
                let options = if partitionBy = "" then parameters item else ""

                match Item.get "detached" item with
                | 0 ->
                    drawn model item [ $"CREATE TABLE {name} PARTITION OF {parentName} {bound}{partitionBy}{options}" ]
                | 1 -> drawn model item [ $"CREATE TABLE {name} (LIKE {parentName}){partitionBy}{options}" ]
                | _ ->
                    drawn
                        model
                        item
                        [ $"CREATE TABLE {name} (LIKE {parentName}){partitionBy}{options}"
                          $"ALTER TABLE {parentName} ATTACH PARTITION {name} {bound}" ]
            | _ -> None
        | Some _
        | None -> None

    /// A table that inherits; when it is loose, one that has its parent's columns by itself.
    let child (model: Model) (item: Item) =
        match Scope.reference [ ItemKind.Table; ItemKind.Child ] "parent" model item with
        | None -> None
        | Some parent ->
            let name, parentName = Scope.qualified model item, Scope.qualified model parent
            let own = definitions model item

            let second =
                match Scope.reference [ ItemKind.Table ] "second" model item with
                | Some other when other.Id <> parent.Id -> $", {Scope.qualified model other}"
                | Some _
                | None -> ""

            match Item.get "loose" item with
            | 0 ->
                drawn
                    model
                    item
                    [ $"CREATE {unlogged item}TABLE {name} (\n  {own}\n) INHERITS ({parentName}{second}){parameters item}" ]
            | k ->
                let all = if own = "" then $"LIKE {parentName}" else $"LIKE {parentName},\n  {own}"

                drawn
                    model
                    item
                    [ $"CREATE {unlogged item}TABLE {name} (\n  {all}\n){parameters item}"
                      if k = 2 then
                          $"ALTER TABLE {name} INHERIT {parentName}" ]

    let typed (model: Model) (item: Item) =
        Scope.reference [ ItemKind.Composite ] "composite" model item
        |> Option.bind (fun composite ->
            drawn
                model
                item
                [ $"CREATE TABLE {Scope.qualified model item} OF {Scope.qualified model composite}{parameters item}" ])

    let foreign (model: Model) (item: Item) : Drawn option =
        let call = Some $"FOREIGN TABLE {Scope.qualified model item}"

        let options =
            if Item.has "options" item then
                $""" OPTIONS (table_name 'r{Item.get "options" item}')"""
            else
                ""

        let server = if Item.has "server" item then "remote_b" else "remote_a"

        Some
            { Scope.nothing with
                Sql =
                    $"CREATE FOREIGN TABLE {Scope.qualified model item} (\n  {definitions model item}\n) SERVER {server}{options}"
                    :: [ for column in Scope.own model item do
                             yield! ColumnKind.settings model item column ]
                Comment = call
                Owner = call
                Grant = Some($"TABLE {Scope.qualified model item}", privileges)
                After = Scope.own model item |> List.map _.Id }
