namespace SchemaToolkit.Tests.PostgresObjects.Random

open System.Collections.Generic

/// A generated database as SQL: each item after those that it refers to.
[<RequireQualifiedAccess>]
module Render =
    let private ends: Set<string> = Set.ofList [ "ownedby" ]

    /// Choices that refer to items which must be there before.
    let private references (item: Item) =
        [ for name, choice in (RandomKinds.spec' item.Kind).Choices do
              match choice with
              | Choice.Reference _
              | Choice.MaybeReference _ ->
                  if not (ends.Contains name) && Item.has name item then
                      Item.get name item
              | Choice.Upto _
              | Choice.Rarely _
              | Choice.Among _
              | Choice.ColumnOf _
              | Choice.MaybeColumnOf _
              | Choice.Fresh -> () ]

    let private attributes (item: Item) (drawn: Drawn) =
        [ match Item.get "comment" item, drawn.Comment with
          | 0, _
          | _, None -> ()
          | k, Some call -> $"COMMENT ON {call} IS 'it''s {k}'"
          match Item.get "grant" item, drawn.Grant with
          | 0, _
          | _, None -> ()
          | k, Some(target, privileges) ->
              // Of a column: what is granted stands before the column's name.
              let grant (privileges: string list) role more =
                  if target.StartsWith '(' then
                      let close = target.IndexOf ')'
                      let column, table = target.Substring(0, close + 1), target.Substring(close + 2)
                      let list = privileges |> List.map (fun p -> $"{p} {column}") |> Text.join
                      $"GRANT {list} ON {table} TO {role}{more}"
                  else
                      $"GRANT {Text.join privileges} ON {target} TO {role}{more}"

              match k with
              | 1 -> grant [ privileges.Head ] "pair_reader" ""
              | 2 -> grant privileges "pair_writer" ""
              | 3 -> grant [ privileges.Head ] "PUBLIC" ""
              | 4 -> grant [ List.last privileges ] "pair_reader" " WITH GRANT OPTION"
              | 5 ->
                  grant [ privileges.Head ] "pair_reader" ""
                  grant privileges "pair_writer" " WITH GRANT OPTION"
              | _ when target.StartsWith '(' -> grant privileges "PUBLIC" ""
              | _ -> $"REVOKE ALL ON {target} FROM PUBLIC"
          match Item.get "owner" item, drawn.Owner with
          | 0, _
          | _, None -> ()
          | 1, Some call -> $"ALTER {call} OWNER TO pair_writer"
          | _, Some call -> $"ALTER {call} OWNER TO pair_reader" ]

    /// Items that can be drawn: one whose references lead nowhere goes, and then those that refer to it.
    let rec private standing (model: Model) : Model * Map<int, Drawn> =
        let drawn =
            [ for KeyValue(id, item) in model.Items -> id, (RandomKinds.spec' item.Kind).Draw model item ]

        match drawn |> List.filter (fun (_, d) -> d.IsNone) with
        | [] -> model, drawn |> List.choose (fun (id, d) -> d |> Option.map (fun d -> id, d)) |> Map.ofList
        | dead -> standing (dead |> List.fold (fun m (id, _) -> Model.remove id m) model)

    let private preludeFor (model: Model) =
        [ if not (Model.ofKind ItemKind.ForeignTable model).IsEmpty then
              0, "CREATE FOREIGN DATA WRAPPER dummy"
              0, "CREATE SERVER remote_a FOREIGN DATA WRAPPER dummy"
              0, "CREATE SERVER remote_b FOREIGN DATA WRAPPER dummy OPTIONS (host 'x')" ]

    /// The model without what cannot be drawn, and its statements, each with the item that it comes from.
    let statements (model: Model) : Model * (int * string) list =
        let model, drawn = standing model
        let visited = HashSet<int>()
        let order = List<int>()

        let rec visit id =
            if model.Items.ContainsKey id && visited.Add id then
                let item = model.Items[id]
                let after = drawn[id].After

                for used in references item do
                    if not (List.contains used after) then
                        visit used

                // A table's columns are drawn with it, so what they refer to comes first.
                for part in after do
                    match model.Items.TryFind part with
                    | Some column ->
                        for used in references column do
                            if used <> id then
                                visit used
                    | None -> ()

                order.Add id

        for KeyValue(id, _) in model.Items do
            visit id

        let text (id: int) (sql: string list) = sql |> List.map (fun s -> id, s)

        model,
        [ yield! preludeFor model
          for id in order do
              yield! text id (drawn[id].Sql @ attributes model.Items[id] drawn[id])
          for id in order do
              yield! text id drawn[id].Late ]

    let roles = [ "CREATE ROLE pair_reader"; "CREATE ROLE pair_writer" ]

    /// A file to keep in the corpus.
    let script (statements: (int * string) list) =
        let body = statements |> List.map (fun (_, sql) -> sql + ";\n") |> String.concat ""

        let needsRoles = body.Contains "pair_reader" || body.Contains "pair_writer"

        let head =
            if needsRoles then
                roles |> List.map (fun r -> r + ";\n") |> String.concat ""
            else
                ""

        head + body
