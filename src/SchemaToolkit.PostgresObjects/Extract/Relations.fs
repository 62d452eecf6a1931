namespace SchemaToolkit.PostgresObjects

/// What should stand before what, though the catalog holds no dependency: read off the values.
[<RequireQualifiedAccess>]
module internal Relations =
    /// A column that is inherited needs the parent's.
    let private inherited (objects: Map<Address, PgObject>) =
        let parents =
            [ for KeyValue(address, object) in objects do
                  match object.Facts with
                  | Facts.Table facts when not facts.Inherits.IsEmpty -> address, facts.Inherits
                  | Facts.Attachment(parent, bound) when bound <> "" -> { address with Kind = Kind.Table }, [ parent ]
                  | _ -> () ]
            |> List.groupBy fst
            |> List.map (fun (child, pairs) -> child, pairs |> List.collect snd)
            |> Map.ofList

        [ if not parents.IsEmpty then
              for KeyValue(address, object) in objects do
                  match object.Facts, object.Parent with
                  | Facts.Column facts, Some table when facts.InheritCount > 0 ->
                      for parent in parents.TryFind table |> Option.defaultValue [] do
                          let column = Address.part Kind.Column parent.Schema parent.Name address.Part

                          if objects.ContainsKey column then
                              address, column
                  | _ -> () ]

    /// Attachments: their address, the child (a table or an index), the parent, the bound (none for an index).
    let private attachments (objects: Map<Address, PgObject>) =
        [ for KeyValue(address, object) in objects do
              match object.Facts, object.Parent with
              | Facts.Attachment(parent, bound), Some child -> address, child, parent, bound
              | _ -> () ]

    /// A table is attached when it has what its parent asks of it, so that nothing is made under a name of the engine's choosing.
    let private attached (parts: Map<Address, PgObject list>) attachments =
        let isAsked (part: PgObject) =
            match part.Address.Kind, part.Facts with
            | (Kind.Column | Kind.Index), _ -> true
            | Kind.Constraint, Facts.Constraint facts -> facts.Type <> "f"
            | _ -> false

        let partsOf table = parts.TryFind table |> Option.defaultValue []

        [ for address, child, parent, bound in attachments do
              if bound <> "" then
                  for part in partsOf child do
                      if isAsked part then
                          address, part.Address

                  for part in partsOf parent do
                      if part.Address.Kind = Kind.Column then
                          address, part.Address ]

    /// A foreign key to a partitioned table waits until the key's index has those of all partitions.
    let private referencing (objects: Map<Address, PgObject>) attachments =
        let children =
            attachments
            |> List.filter (fun (_, _, _, bound) -> bound <> "")
            |> List.groupBy (fun (_, _, parent, _) -> parent)
            |> List.map (fun (parent, found) -> parent, found |> List.map (fun (_, child, _, _) -> child))
            |> Map.ofList

        let tableOf (address: Address) = objects.TryFind address |> Option.bind _.Parent

        let indexAttachments =
            attachments
            |> List.filter (fun (_, _, _, bound) -> bound = "")
            |> List.choose (fun (address, child, _, _) -> tableOf child |> Option.map (fun table -> table, address))
            |> List.groupBy fst
            |> List.map (fun (table, found) -> table, List.map snd found)
            |> Map.ofList

        let rec descendants (table: Address) =
            [ for child in children.TryFind table |> Option.defaultValue [] do
                  child
                  yield! descendants child ]

        [ if not indexAttachments.IsEmpty then
              for KeyValue(address, object) in objects do
                  match object.Facts with
                  | Facts.Constraint { References = Some target } ->
                      for table in descendants target do
                          for attachment in indexAttachments.TryFind table |> Option.defaultValue [] do
                              address, attachment
                  | _ -> () ]

    let all (parts: Map<Address, PgObject list>) (objects: Map<Address, PgObject>) : (Address * Address) list =
        let attachments = attachments objects
        attached parts attachments @ inherited objects @ referencing objects attachments
