namespace SchemaToolkit.PostgresObjects

/// In which order partitions, their indexes and their keys come, though the catalog holds no dependency.
[<RequireQualifiedAccess>]
module internal PartitionRelations =
    /// Attachments: their address, the child (a table or an index), the parent, the bound (none for an index).
    let private attachments (objects: AddressMap<PgObject>) =
        [ for object in objects.Every do
              match object.Facts, object.Parent with
              | Facts.Attachment(parent, bound), Some child -> object.Address, child, parent, bound
              | _ -> () ]

    /// The index of a partition, and the one of the parent's that it is attached to.
    let private above (needs: AddressMap<Set<Address>>) attachments : Map<Address, Address> =
        [ for attachment, child, _, bound in attachments do
              if bound = "" then
                  for used in needs.TryFind attachment |> Option.defaultValue Set.empty do
                      if used <> child && (used.Kind = Kind.Index || used.Kind = Kind.Constraint) then
                          child, used ]
        |> Map.ofList

    /// What the engine compares of an index when it looks in a partition for one of the parent's.
    let private shape (object: PgObject) =
        let from (mark: string) (definition: string) =
            match definition.IndexOf(mark, System.StringComparison.Ordinal) with
            | -1 -> None
            | place -> Some(definition.Substring place)

        match object.Facts with
        | Facts.Constraint { Type = "p" | "u"; Definition = definition } ->
            from "(" definition
            |> Option.map (fun text ->
                true, "USING btree " + text.Replace(" DEFERRABLE", "").Replace(" INITIALLY DEFERRED", ""))
        | Facts.Index facts -> from "USING " facts.Definition |> Option.map (fun text -> facts.Unique, text)
        | _ -> None

    /// Indexes of partitions that look like one of the parent's and are not attached to it. The engine takes any of that look
    /// when it attaches the table: these come when the others have been taken.
    let private lookalikes (above: Map<Address, Address>) (parts: AddressMap<PgObject list>) attachments =
        let taken = Set.ofSeq above.Values
        let isConstraint (object: PgObject) = object.Address.Kind = Kind.Constraint
        let partsOf table = parts.TryFind table |> Option.defaultValue []

        let own (part: PgObject) =
            match part.Facts with
            | Facts.Index { Attached = false }
            | Facts.Constraint { Attached = false } -> shape part
            | _ -> None

        [ for parent, found in
              (if taken.IsEmpty then [] else attachments)
              |> List.filter (fun (_, _, _, bound) -> bound <> "")
              |> List.groupBy (fun (_, _, parent, _) -> parent) do
              let looks =
                  [ for part in partsOf parent do
                        if taken.Contains part.Address then
                            yield! shape part |> Option.map (fun look -> look, isConstraint part) |> Option.toList ]

              if not looks.IsEmpty then
                  for attachment, child, _, _ in found do
                      for part in partsOf child do
                          match own part with
                          | Some look when
                              looks
                              |> List.exists (fun (other, ofKey) -> other = look && (isConstraint part || not ofKey))
                              ->
                              part.Address, attachment
                          | Some _
                          | None -> () ]

    /// A table is attached when it has what its parent asks of it, so that nothing is made under a name of the engine's choosing.
    let private attached
        (above: Map<Address, Address>)
        (parts: AddressMap<PgObject list>)
        (objects: AddressMap<PgObject>)
        (late: Set<Address>)
        attachments
        =
        let partsOf table = parts.TryFind table |> Option.defaultValue []

        let rec leadsToLate (index: Address) = late.Contains index || above.TryFind index |> Option.exists leadsToLate

        let isAsked (part: PgObject) =
            match part.Address.Kind, part.Facts with
            | _ when leadsToLate part.Address -> false
            | (Kind.Column | Kind.Index), _ -> true
            | Kind.Constraint, Facts.Constraint facts -> facts.Type <> "f"
            | _ -> false

        let tableOf (index: Address) = objects.TryFind index |> Option.bind _.Parent

        // An index that lacks those of its own partitions does not count.
        let attachedToIndexOf =
            [ for address, child, _, bound in attachments do
                  match bound, above.TryFind child |> Option.bind tableOf with
                  | "", Some table when not (leadsToLate child) -> table, address
                  | _ -> () ]
            |> List.groupBy fst
            |> List.map (fun (table, found) -> table, List.map snd found)
            |> Map.ofList

        let below =
            [ for _, child, parent, bound in attachments do
                  if bound <> "" then
                      parent, child ]
            |> List.groupBy fst
            |> List.map (fun (parent, found) -> parent, List.map snd found)
            |> Map.ofList

        let rec indexAttachments (table: Address) =
            [ yield! attachedToIndexOf.TryFind table |> Option.defaultValue []
              for child in below.TryFind table |> Option.defaultValue [] do
                  yield! indexAttachments child ]

        [ for address, child, parent, bound in attachments do
              if bound <> "" then
                  for index in indexAttachments child do
                      address, index

                  for part in partsOf child do
                      if isAsked part then
                          address, part.Address

                  for part in partsOf parent do
                      if part.Address.Kind = Kind.Column then
                          address, part.Address ]

    /// A foreign key of a partitioned table waits for its partitions.
    let private ofPartitioned (parts: AddressMap<PgObject list>) attachments =
        [ for attachment, _, parent, bound in attachments do
              if bound <> "" then
                  for part in parts.TryFind parent |> Option.defaultValue [] do
                      match part.Facts with
                      | Facts.Constraint { References = Some _; Attached = false } -> part.Address, attachment
                      | _ -> () ]

    /// An index that not all partitions have waits for those without: a partition that is attached later gets one.
    let private lacking (parts: AddressMap<PgObject list>) (objects: AddressMap<PgObject>) attachments =
        let having =
            attachments
            |> List.filter (fun (_, _, _, bound) -> bound = "")
            |> List.choose (fun (_, child: Address, index: Address, _) ->
                objects.TryFind child |> Option.bind _.Parent |> Option.map (fun table -> index, table))
            |> Set.ofList

        [ for attachment, child, parent, bound in attachments do
              if bound <> "" then
                  for part in parts.TryFind parent |> Option.defaultValue [] do
                      match part.Facts with
                      | Facts.Index { Partitioned = true; Valid = false } when
                          not (having.Contains((part.Address, child)))
                          ->
                          part.Address, attachment
                      | _ -> () ]

    /// A foreign key to a partitioned table waits until the key's index has those of all partitions.
    let private referencing (objects: AddressMap<PgObject>) attachments =
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
              for object in objects.Every do
                  match object.Facts with
                  // One that a partition has of its parent comes and goes with the parent's.
                  | Facts.Constraint { References = Some target; Attached = false } ->
                      for table in descendants target do
                          for attachment in indexAttachments.TryFind table |> Option.defaultValue [] do
                              object.Address, attachment
                  | _ -> () ]

    /// Of keys and indexes that the engine cannot tell apart, a partition that is attached gives them to its parent's in the
    /// order in which they were made: all tables have them in one order, primary keys first.
    let private alike (above: Map<Address, Address>) (objects: AddressMap<PgObject>) (late: Set<Address>) =
        let rec root (address: Address) =
            match above.TryFind address with
            | Some parent -> root parent
            | None -> address

        let order (address: Address) =
            match objects.TryFind(root address) |> Option.map _.Facts with
            | _ when late.Contains(root address) -> 3, root address
            | Some(Facts.Constraint { Type = "p" }) -> 0, root address
            | Some(Facts.Constraint _) -> 1, root address
            | Some _
            | None -> 2, root address

        Seq.append above.Keys above.Values
        |> Seq.distinct
        |> Seq.choose objects.TryFind
        |> Seq.groupBy (fun object -> object.Parent, shape object)
        |> Seq.collect (fun ((_, shape), group) ->
            if shape.IsNone then
                []
            else
                group |> Seq.map _.Address |> Seq.sortBy order |> Seq.pairwise |> List.ofSeq)
        |> Seq.map (fun (first, second) -> second, first)
        |> List.ofSeq

    let all
        (needs: AddressMap<Set<Address>>)
        (parts: AddressMap<PgObject list>)
        (objects: AddressMap<PgObject>)
        : (Address * Address) list =
        let attachments = attachments objects
        let above = above needs attachments
        let lookalikes = lookalikes above parts attachments
        let late = lookalikes |> List.map fst |> Set.ofList

        List.concat
            [ attached above parts objects late attachments
              lookalikes
              ofPartitioned parts attachments
              lacking parts objects attachments
              alike above objects late
              referencing objects attachments ]
