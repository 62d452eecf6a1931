namespace SchemaToolkit.Tests.PostgresObjects.Random

/// Schemas, collations, enums, domains, composite and range types, sequences.
[<RequireQualifiedAccess>]
module TypeKinds =
    let private named word model item = Some $"{word} {Scope.qualified model item}"

    let schema (_: Model) (item: Item) : Drawn option =
        let call = Some $"SCHEMA {Scope.name item}"

        Some
            { Scope.nothing with
                Sql = [ $"CREATE SCHEMA {Scope.name item}" ]
                Comment = call
                Owner = call
                Grant = Some($"SCHEMA {Scope.name item}", [ "USAGE"; "CREATE" ]) }

    let collation (model: Model) (item: Item) : Drawn option =
        let how =
            match Item.get "how" item with
            | 0 -> "FROM \"C\""
            | 1 -> "FROM \"POSIX\""
            | _ -> "(provider = libc, locale = 'C')"

        Some
            { Scope.nothing with
                Sql = [ $"CREATE COLLATION {Scope.qualified model item} {how}" ]
                Comment = named "COLLATION" model item
                Owner = named "COLLATION" model item }

    let private typeAs word model (item: Item) sql : Drawn option =
        Some
            { Scope.nothing with
                Sql = sql
                Comment = named word model item
                Owner = named word model item
                Grant = Some($"TYPE {Scope.qualified model item}", [ "USAGE" ]) }

    let enum (model: Model) (item: Item) =
        let values = Scope.enumValues item |> List.map (fun v -> "'" + v.Replace("'", "''") + "'") |> Text.join

        typeAs "TYPE" model item [ $"CREATE TYPE {Scope.qualified model item} AS ENUM ({values})" ]

    let private collate model (item: Item) (family: Family) =
        match family, Scope.reference [ ItemKind.Collation ] "collation" model item, Item.get "collate" item with
        | Family.Str, Some used, _ -> $" COLLATE {Scope.qualified model used}"
        | Family.Str, None, 1 -> " COLLATE \"C\""
        | Family.Str, None, 2 -> " COLLATE \"POSIX\""
        | _ -> ""

    let domain (model: Model) (item: Item) =
        let ty = Scope.ty model item
        let value: Column = { Id = 0; Name = "VALUE"; Ty = ty }

        let default' =
            match Item.get "default" item, Ty.literal (Item.get "default" item) ty.Family with
            | 0, _
            | _, None -> ""
            | _, Some literal -> $" DEFAULT {literal}"

        let check n =
            let k = Item.get $"check{n}" item

            if k = 0 then
                []
            else
                let text =
                    Text.predicate model (Item.set "predicate" k item) value
                    |> fun text -> text.Replace("\"VALUE\"", "VALUE")

                let name = if Item.has $"named{n}" item then $"CONSTRAINT ck{n}_{k % 2} " else ""
                [ $"ALTER DOMAIN {Scope.qualified model item} ADD {name}CHECK ({text})" ]

        let notNull = if Item.has "notnull" item then " NOT NULL" else ""

        typeAs
            "DOMAIN"
            model
            item
            [ $"CREATE DOMAIN {Scope.qualified model item} AS {ty.Sql}{collate model item ty.Family}{default'}{notNull}"
              yield! check 1
              yield! check 2 ]

    let composite (model: Model) (item: Item) =
        let attributes = Scope.attributes model item

        let text =
            attributes
            |> List.mapi (fun i a ->
                let collate = if i = 0 then collate model item a.Ty.Family else ""
                $"{a.Name} {a.Ty.Sql}{collate}")
            |> Text.join

        let comment =
            match Item.get "attributecomment" item with
            | 0 -> []
            | k -> [ $"COMMENT ON COLUMN {Scope.qualified model item}.{attributes.Head.Name} IS 'attribute {k}'" ]

        typeAs "TYPE" model item ($"CREATE TYPE {Scope.qualified model item} AS ({text})" :: comment)

    let range (model: Model) (item: Item) =
        let subtype, difference =
            match Item.get "subtype" item with
            | 0 -> "integer", ""
            | 1 -> "double precision", ", subtype_diff = float8mi"
            | 2 -> "text", ", collation = \"C\""
            | 3 -> "timestamptz", ""
            | _ -> "numeric", ""

        let multirange =
            if Item.has "multirange" item then
                $", multirange_type_name = {Scope.schema model item}.multi{item.Id}"
            else
                ""

        typeAs
            "TYPE"
            model
            item
            [ $"CREATE TYPE {Scope.qualified model item} AS RANGE (subtype = {subtype}{difference}{multirange})" ]

    /// One that a column owns has the schema and the owner of the column's table.
    let sequence (model: Model) (item: Item) : Drawn option =
        let name = Scope.qualified model item

        let type' =
            match Item.get "kind" item with
            | 0 -> ""
            | 1 -> " AS integer"
            | _ -> " AS smallint"

        let unlogged = if Item.has "unlogged" item then "UNLOGGED " else ""

        let owner =
            Scope.find [ ItemKind.Column ] (Item.get "ownedby" item) model
            |> Option.bind (fun column ->
                Scope.reference [ ItemKind.Table; ItemKind.Partitioned ] "table" model column
                |> Option.map (fun table -> column, table))
            |> Option.filter (fun (_, table) ->
                Scope.schema model table = Scope.schema model item && Item.get "owner" table = Item.get "owner" item)

        Some
            { Scope.nothing with
                Sql = [ $"CREATE {unlogged}SEQUENCE {name}{type'} {Text.sequenceOptions item}" ]
                Late =
                    [ match owner with
                      | Some(column, table) ->
                          $"ALTER SEQUENCE {name} OWNED BY {Scope.qualified model table}.{Scope.name column}"
                      | None -> () ]
                Comment = named "SEQUENCE" model item
                Owner = named "SEQUENCE" model item
                Grant = Some($"SEQUENCE {name}", [ "SELECT"; "USAGE"; "UPDATE" ]) }
