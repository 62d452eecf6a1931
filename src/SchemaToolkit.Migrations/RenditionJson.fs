namespace SchemaToolkit.Migrating

open System.Text.Json.Nodes
open SchemaToolkit

/// The catalog's renditions as the ledger keeps them.
[<RequireQualifiedAccess>]
module RenditionJson =
    let private fields slot =
        match slot with
        | TextSlot.Default(table, name) -> "default", table, name, 0
        | TextSlot.Generated(table, name) -> "generated", table, name, 0
        | TextSlot.Check(table, name) -> "check", table, name, 0
        | TextSlot.IndexExpression(table, name, position) -> "expression", table, name, position
        | TextSlot.IndexPredicate(table, name) -> "predicate", table, name, 0
        | TextSlot.PolicyUsing(table, name) -> "using", table, name, 0
        | TextSlot.PolicyWithCheck(table, name) -> "with-check", table, name, 0
        | TextSlot.PartitionKey table -> "partition-key", table, "", 0
        | TextSlot.Object(key, place) -> $"object {key.Kind} {place}", key.Name, key.Part, 0

    let private objectKinds =
        [ ObjectKind.Extension
          ObjectKind.Domain
          ObjectKind.Composite
          ObjectKind.Range
          ObjectKind.Sequence
          ObjectKind.Function
          ObjectKind.Procedure
          ObjectKind.Partition
          ObjectKind.Exclusion
          ObjectKind.View
          ObjectKind.MaterializedView
          ObjectKind.Trigger
          ObjectKind.Grant ]
        |> List.map (fun kind -> string kind, kind)
        |> Map.ofList

    let private objectSlot (kind: string) name part =
        match kind.Split(' ', 3) with
        | [| "object"; kind; place |] ->
            objectKinds.TryFind kind
            |> Option.map (fun kind -> TextSlot.Object({ Kind = kind; Name = name; Part = part }, place))
        | _ -> None

    let private slot kind table name position =
        match kind with
        | "default" -> Some(TextSlot.Default(table, name))
        | "generated" -> Some(TextSlot.Generated(table, name))
        | "check" -> Some(TextSlot.Check(table, name))
        | "expression" -> Some(TextSlot.IndexExpression(table, name, position))
        | "predicate" -> Some(TextSlot.IndexPredicate(table, name))
        | "using" -> Some(TextSlot.PolicyUsing(table, name))
        | "with-check" -> Some(TextSlot.PolicyWithCheck(table, name))
        | "partition-key" -> Some(TextSlot.PartitionKey table)
        | other -> objectSlot other table name

    /// One array of `[kind, namespace, table, name, position, text]`, sorted.
    let write (renditions: Map<TextSlot, string>) : string =
        let rows = JsonArray()

        for key, text in Map.toList renditions do
            let kind, table, name, position = fields key
            let row = JsonArray()

            for cell in [ kind; table.Namespace; table.Name; name ] do
                row.Add(JsonValue.Create cell)

            row.Add(JsonValue.Create position)
            row.Add(JsonValue.Create text)
            rows.Add row

        rows.ToJsonString()

    /// What `write` wrote; rows of a kind that this version does not know are passed over, their texts count as unrecorded.
    let read (json: string) : Map<TextSlot, string> =
        match JsonNode.Parse json with
        | :? JsonArray as rows ->
            [ for row in rows do
                  match row with
                  | :? JsonArray as cells when cells.Count = 6 ->
                      let text (i: int) =
                          match cells[i] with
                          | null -> ""
                          | cell -> cell.GetValue<string>()

                      let position =
                          match cells[4] with
                          | null -> 0
                          | cell -> cell.GetValue<int>()

                      match slot (text 0) (ObjectName.create (text 1) (text 2)) (text 3) position with
                      | Some key -> key, text 5
                      | None -> ()
                  | _ -> () ]
            |> Map.ofList
        | _ -> Map.empty
