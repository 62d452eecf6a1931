namespace SchemaToolkit.Validating

open SchemaToolkit

/// Rename hints. A hint to a name that exists again is fine: it acts only while the new name is missing.
[<RequireQualifiedAccess>]
module internal Hints =
    type private Hinted = { Part: PartId; Name: string; From: string list }

    /// Whether following hints from one declared name to the next comes back to where it began.
    let private cycles (items: Hinted list) =
        let hints = items |> List.map (fun item -> item.Name, item.From) |> Map.ofList

        let rec reaches (goal: string) (seen: Set<string>) (names: string list) =
            names
            |> List.exists (fun name ->
                name = goal
                || (not (seen.Contains name)
                    && hints |> Map.tryFind name |> Option.exists (fun further -> reaches goal (seen.Add name) further)))

        items
        |> List.filter (fun item ->
            let further = item.From |> List.filter (fun name -> name <> item.Name)
            reaches item.Name (Set.singleton item.Name) further)

    let private siblings (items: Hinted list) : SchemaError list =
        [ for item in items do
              for name in item.From do
                  for problem in Identifier.problems name do
                      Fault.at
                          item.Part
                          "invalid-rename"
                          $"The earlier name '{name}' {problem}."
                          "Give the name it had."

              if List.contains item.Name item.From then
                  Fault.at
                      item.Part
                      "rename-to-itself"
                      $"'{item.Name}' is hinted to be renamed from itself."
                      "Leave the hint out."

          for item in cycles items do
              Fault.at
                  item.Part
                  "rename-cycle"
                  $"Following the rename hints from '{item.Name}' leads back to it, so that none of them could act."
                  "Rename by way of a free name, in two versions."

          for name, users in
              items
              |> List.collect (fun item -> item.From |> List.distinct |> List.map (fun name -> name, item))
              |> List.groupBy fst do
              if users.Length > 1 then
                  let claimants = users |> List.map (fun (_, item) -> item.Name)

                  Fault.at
                      (snd (List.last users)).Part
                      "rename-shared"
                      $"{Fault.list claimants} all claim to have been '{name}'."
                      "Leave the hint with the one that keeps the data." ]

    let schema (schema: Schema) : SchemaError list =
        let byNamespace (items: (ObjectName * Hinted) list) =
            items
            |> List.groupBy (fun (name, _) -> name.Namespace)
            |> List.collect (snd >> List.map snd >> siblings)

        [ yield!
              schema.Tables
              |> List.map (fun t -> t.Name, { Part = PartId.Table t.Name; Name = t.Name.Name; From = t.RenamedFrom })
              |> byNamespace
          yield!
              schema.Enums
              |> List.map (fun e -> e.Name, { Part = PartId.Enum e.Name; Name = e.Name.Name; From = e.RenamedFrom })
              |> byNamespace
          for table in schema.Tables do
              yield!
                  table.Columns
                  |> List.map (fun c ->
                      { Part = PartId.Column(table.Name, c.Name)
                        Name = c.Name
                        From = c.RenamedFrom })
                  |> siblings ]
