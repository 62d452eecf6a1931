namespace SchemaToolkit.Tests.PostgresObjects.Random

/// Triggers, policies, statistics, publications and what belongs to the whole database.
[<RequireQualifiedAccess>]
module BehaviourKinds =
    let trigger (model: Model) (item: Item) : Drawn option =
        match
            Scope.reference (ItemKind.View :: Model.tables) "table" model item,
            Scope.reference [ ItemKind.TriggerFunction ] "function" model item
        with
        | Some table, Some fn ->
            let name, on = Scope.name item, Scope.qualified model table
            let isView = table.Kind = ItemKind.View
            let isConstraint = Item.has "constraint" item && not isView
            let isRow = isConstraint || not (Item.has "statement" item) || isView

            let timing =
                if isView then "INSTEAD OF"
                elif isConstraint || Item.has "after" item then "AFTER"
                else "BEFORE"

            let column = Scope.column "column" model table item

            let events =
                match Item.get "events" item % 5 with
                | 0 -> "INSERT"
                | 1 -> "UPDATE"
                | 2 -> "INSERT OR UPDATE OR DELETE"
                | 3 ->
                    match column with
                    | Some c when not isView -> $"UPDATE OF {Scope.ident c.Name}"
                    | _ -> "UPDATE"
                | _ -> "DELETE"

            let transition =
                if
                    timing = "AFTER"
                    && not isConstraint
                    && Item.has "transition" item
                    && not (TableKinds.isPartitioned table && isRow)
                then
                    match events with
                    | "INSERT" -> " REFERENCING NEW TABLE AS fresh"
                    | "UPDATE" -> " REFERENCING OLD TABLE AS stale NEW TABLE AS fresh"
                    | "DELETE" -> " REFERENCING OLD TABLE AS stale"
                    | _ -> ""
                else
                    ""

            let condition =
                match column with
                | Some c when isRow && Item.has "when" item && not isView ->
                    match Item.get "events" item % 5 with
                    | 0
                    | 1
                    | 3 -> $" WHEN (new.{Scope.ident c.Name} IS NOT NULL)"
                    | 4 -> $" WHEN (old.{Scope.ident c.Name} IS NULL)"
                    | _ -> ""
                | _ -> ""

            let word = if isConstraint then "CONSTRAINT TRIGGER" else "TRIGGER"

            let deferrable =
                if isConstraint then
                    [| ""; " DEFERRABLE"; " DEFERRABLE INITIALLY DEFERRED" |][Item.get "constraint" item % 3]
                else
                    ""

            let each = if isRow then "ROW" else "STATEMENT"

            let arguments =
                if Item.has "arguments" item then
                    $"""'a {Item.get "arguments" item}', 'it''s'"""
                else
                    ""

            Some
                { Scope.nothing with
                    Sql =
                        [ $"CREATE {word} {name} {timing} {events} ON {on}{deferrable}{transition} FOR EACH {each}{condition} EXECUTE FUNCTION {Scope.qualified model fn}({arguments})"
                          match Item.get "enabled" item with
                          | 0 -> ()
                          | k when not isView ->
                              let word = [| "DISABLE"; "ENABLE REPLICA"; "ENABLE ALWAYS" |][k % 3]
                              $"ALTER TABLE {on} {word} TRIGGER {name}"
                          | _ -> () ]
                    Comment = Some $"TRIGGER {name} ON {on}" }
        | _ -> None

    let policy (model: Model) (item: Item) : Drawn option =
        Scope.reference Model.tables "table" model item
        |> Option.bind (fun table ->
            Scope.column "c1" model table item
            |> Option.map (fun column ->
                let name, on = Scope.name item, Scope.qualified model table
                let command = [| "ALL"; "SELECT"; "INSERT"; "UPDATE"; "DELETE" |][Item.get "command" item % 5]
                let kind = if Item.has "restrictive" item then " AS RESTRICTIVE" else ""

                let roles =
                    match Item.get "roles" item with
                    | 0 -> ""
                    | 1 -> " TO pair_reader"
                    | _ -> " TO pair_writer, pair_reader"

                let text =
                    match Scope.reference [ ItemKind.Table ] "other" model item with
                    | Some other when other.Id <> table.Id ->
                        $"EXISTS (SELECT 1 FROM {Scope.qualified model other}) OR {Text.predicate model item column}"
                    | Some _
                    | None -> Text.predicate model item column

                let using = if command = "INSERT" then "" else $" USING ({text})"

                let check =
                    if
                        command = "INSERT" || (Item.has "check" item && command <> "SELECT" && command <> "DELETE")
                    then
                        $" WITH CHECK ({text})"
                    else
                        ""

                { Scope.nothing with
                    Sql = [ $"CREATE POLICY {name} ON {on}{kind} FOR {command}{roles}{using}{check}" ]
                    Comment = Some $"POLICY {name} ON {on}" }))

    let statistics (model: Model) (item: Item) : Drawn option =
        Scope.reference (ItemKind.MatView :: Model.tables) "table" model item
        |> Option.bind (fun table ->
            let columns =
                [ "c1"; "c2" ]
                |> List.choose (fun c -> Scope.column c model table item)
                |> List.distinctBy _.Id
                |> List.filter _.Ty.Ordered

            if columns.Length < 2 then
                None
            else
                let call = Some $"STATISTICS {Scope.qualified model item}"
                let kinds = [| ""; " (ndistinct)"; " (dependencies, mcv)"; " (mcv)" |][Item.get "kinds" item % 4]

                let expression =
                    if Item.has "expression" item then
                        $", ({fst (Text.expression model item columns.Head)})"
                    else
                        ""

                Some
                    { Scope.nothing with
                        Sql =
                            [ $"CREATE STATISTICS {Scope.qualified model item}{kinds} ON {Text.columnNames columns}{expression} FROM {Scope.qualified model table}"
                              if Item.has "target" item then
                                  $"""ALTER STATISTICS {Scope.qualified model item} SET STATISTICS {Item.get "target" item * 50}""" ]
                        Comment = call
                        Owner = call })

    let publication (model: Model) (item: Item) : Drawn option =
        let name = Scope.name item
        let call = Some $"PUBLICATION {name}"

        let table =
            Scope.reference [ ItemKind.Table; ItemKind.Partitioned; ItemKind.Child ] "table" model item
            |> Option.map (fun table ->
                let column = Scope.column "c1" model table item

                let only =
                    if Item.has "list" item && column.IsSome then
                        $" ({Scope.ident column.Value.Name})"
                    else
                        ""

                let where =
                    match column with
                    | Some c when
                        Item.has "where" item && only = "" && (c.Ty.Family = Family.Int || c.Ty.Family = Family.Num)
                        ->
                        $""" WHERE ({Scope.ident c.Name} > {Item.get "where" item})"""
                    | _ -> ""

                $"TABLE {Scope.qualified model table}{only}{where}")

        let what =
            match Item.get "what" item, table, Scope.reference [ ItemKind.Schema ] "schema" model item with
            | 0, Some table, _ -> $" FOR {table}"
            | 1, _, _ -> " FOR ALL TABLES"
            | 2, Some table, Some schema when not (table.Contains '(') ->
                $" FOR {table}, TABLES IN SCHEMA {Scope.name schema}"
            | 2, _, _ -> " FOR TABLES IN SCHEMA public"
            | _ -> ""

        let options =
            match Item.get "options" item with
            | 0 -> ""
            | 1 -> " WITH (publish = 'insert, update')"
            | _ -> " WITH (publish_via_partition_root = true)"

        Some
            { Scope.nothing with
                Sql = [ $"CREATE PUBLICATION {name}{what}{options}" ]
                Comment = call
                Owner = call }

    let textSearch (model: Model) (item: Item) : Drawn option =
        let name = Scope.qualified model item
        let dictionary = $"{Scope.schema model item}.dict{item.Id}"

        Some
            { Scope.nothing with
                Sql =
                    [ $"""CREATE TEXT SEARCH DICTIONARY {dictionary} (TEMPLATE = simple, ACCEPT = {if Item.has "accept" item then "true" else "false"})"""
                      $"CREATE TEXT SEARCH CONFIGURATION {name} (PARSER = \"default\")"
                      if Item.has "words" item then
                          $"ALTER TEXT SEARCH CONFIGURATION {name} ADD MAPPING FOR asciiword WITH {dictionary}, simple"
                      if Item.has "numbers" item then
                          $"ALTER TEXT SEARCH CONFIGURATION {name} ADD MAPPING FOR int, numword WITH simple" ]
                Comment = Some $"TEXT SEARCH CONFIGURATION {name}"
                Owner = Some $"TEXT SEARCH CONFIGURATION {name}" }

    let defaultPrivileges (model: Model) (item: Item) : Drawn option =
        let role = [| ""; " FOR ROLE pair_writer" |][Item.get "role" item % 2]

        let place =
            match Scope.reference [ ItemKind.Schema ] "schema" model item with
            | Some schema -> $" IN SCHEMA {Scope.name schema}"
            | None -> ""

        let what =
            match Item.get "what" item with
            | 0 -> "GRANT SELECT ON TABLES TO pair_reader"
            | 1 -> "GRANT ALL ON TABLES TO pair_reader WITH GRANT OPTION"
            | 2 -> "GRANT USAGE ON SEQUENCES TO pair_reader, PUBLIC"
            | 3 when place = "" -> "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
            | 4 when place = "" -> "GRANT USAGE ON SCHEMAS TO pair_reader"
            | _ -> "GRANT USAGE ON TYPES TO pair_reader"

        // At the end, so that it says nothing of this database's own objects.
        Some
            { Scope.nothing with
                Late = [ $"ALTER DEFAULT PRIVILEGES{role}{place} {what}" ] }

    let eventTrigger (model: Model) (item: Item) : Drawn option =
        let name = Scope.name item
        let function' = $"public.ev{item.Id}"
        let event = [| "ddl_command_start"; "ddl_command_end"; "sql_drop" |][Item.get "event" item % 3]

        let tags =
            if Item.has "tags" item && event <> "sql_drop" then
                " WHEN TAG IN ('CREATE TABLE', 'DROP VIEW')"
            else
                ""

        let call = Some $"EVENT TRIGGER {name}"

        Some
            { Scope.nothing with
                Sql =
                    [ $"CREATE FUNCTION {function'}() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$"
                      $"CREATE EVENT TRIGGER {name} ON {event}{tags} EXECUTE FUNCTION {function'}()"
                      match Item.get "enabled" item with
                      | 0 -> ()
                      | k ->
                          let word = [| "DISABLE"; "ENABLE REPLICA"; "ENABLE ALWAYS" |][k % 3]
                          $"ALTER EVENT TRIGGER {name} {word}" ]
                Comment = call
                Owner = call }
