namespace SchemaToolkit.PostgresObjects

/// What should stand before what, though the catalog holds no dependency: read off the values.
[<RequireQualifiedAccess>]
module internal Relations =
    /// A parent is inherited from when both tables have what the child is to have of it; a later parent comes later.
    let private inheriting (parts: AddressMap<PgObject list>) (objects: AddressMap<PgObject>) =
        let of' table =
            parts.TryFind table
            |> Option.defaultValue []
            |> List.filter (fun part ->
                match part.Facts with
                | Facts.Column _
                | Facts.Constraint { Type = "c" } -> true
                | _ -> false)

        [ for object in objects.Every do
              let address = object.Address

              match object.Facts, object.Parent with
              | Facts.Inheritance(parent, parents), Some child ->
                  for part in of' child @ of' parent do
                      address, part.Address

                  for earlier in parents |> List.takeWhile (fun p -> p <> parent) do
                      address, { address with Part = $"{earlier.Schema}.{earlier.Name}" }
              | _ -> () ]

    /// A check that is only inherited goes and comes with the parent's.
    let inheritedChecks (objects: PgObject seq) : (Address * Address) list =
        let checks =
            objects
            |> Seq.filter (fun object ->
                match object.Facts with
                | Facts.Constraint { Type = "c"; IsLocal = false } -> true
                | _ -> false)
            |> List.ofSeq

        let parents =
            if checks.IsEmpty then
                Map.empty
            else
                [ for object in objects do
                      match object.Facts, object.Parent with
                      | Facts.Attachment(parent, bound), Some child when bound <> "" -> child, parent
                      | Facts.Inheritance(parent, _), Some child -> child, parent
                      | _ -> () ]
                |> List.groupBy fst
                |> List.map (fun (child, pairs) -> child, List.map snd pairs)
                |> Map.ofList

        [ for check in checks do
              for parent in check.Parent |> Option.bind parents.TryFind |> Option.defaultValue [] do
                  check.Address, { check.Address with Schema = parent.Schema; Name = parent.Name } ]

    /// Attachments: their address, the child (a table or an index), the parent, the bound (none for an index).
    let private attachments (objects: AddressMap<PgObject>) =
        [ for object in objects.Every do
              match object.Facts, object.Parent with
              | Facts.Attachment(parent, bound), Some child -> object.Address, child, parent, bound
              | _ -> () ]

    /// A table is attached when it has what its parent asks of it, so that nothing is made under a name of the engine's choosing.
    let private attached
        (needs: AddressMap<Set<Address>>)
        (parts: AddressMap<PgObject list>)
        (objects: AddressMap<PgObject>)
        attachments
        =
        let isAsked (part: PgObject) =
            match part.Address.Kind, part.Facts with
            | (Kind.Column | Kind.Index), _ -> true
            | Kind.Constraint, Facts.Constraint facts -> facts.Type <> "f"
            | _ -> false

        let partsOf table = parts.TryFind table |> Option.defaultValue []

        // An index that lacks those of its own partitions does not count.
        let attachedToIndexOf =
            [ for address, child, _, bound in attachments do
                  if bound = "" then
                      for used in needs.TryFind address |> Option.defaultValue Set.empty do
                          match used.Kind with
                          | Kind.Index
                          | Kind.Constraint when used <> child ->
                              match objects.TryFind used |> Option.bind _.Parent with
                              | Some table -> table, address
                              | None -> ()
                          | _ -> () ]
            |> List.groupBy fst
            |> List.map (fun (table, found) -> table, List.map snd found)
            |> Map.ofList

        [ for address, child, parent, bound in attachments do
              if bound <> "" then
                  for index in attachedToIndexOf.TryFind child |> Option.defaultValue [] do
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

    /// Of keys and indexes that the engine cannot tell apart, a partition that is attached gives them to its parent's in the
    /// order in which they were made: all tables have them in one order, primary keys first.
    let private alike (needs: AddressMap<Set<Address>>) (objects: AddressMap<PgObject>) attachments =
        let above =
            [ for attachment, child, _, bound in attachments do
                  if bound = "" then
                      for used in needs.TryFind attachment |> Option.defaultValue Set.empty do
                          if used <> child && used.Kind <> Kind.Attachment then
                              child, used ]
            |> Map.ofList

        let rec root (address: Address) =
            match above.TryFind address with
            | Some parent -> root parent
            | None -> address

        let order (address: Address) =
            match objects.TryFind(root address) |> Option.map _.Facts with
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

    /// The engine makes two operators commutators of each other where one has none yet: one that is named by a third has its own
    /// partner first.
    let private partners (objects: AddressMap<PgObject>) =
        let partner name (object: PgObject) =
            match object.Facts with
            | Facts.Text facts ->
                facts.Settings
                |> List.tryPick (fun (key, text) ->
                    match text.Split '\t' with
                    | [| schema; operator; operands |] when key = name ->
                        Some(Address.signature Kind.Operator schema operator operands)
                    | _ -> None)
            | _ -> None

        [ for object in objects.Every do
              let address = object.Address

              if address.Kind = Kind.Operator then
                  for name in [ "commutator"; "negator" ] do
                      match partner name object with
                      | Some other when other <> address ->
                          match objects.TryFind other, objects.TryFind other |> Option.bind (partner name) with
                          | Some _, Some third when third <> address ->
                              address, other
                              address, third
                          // It has none, so it was made after the one that names it.
                          | Some _, None -> other, address
                          | _ -> ()
                      | Some _
                      | None -> () ]

    /// Columns and attributes of a domain come when it has its constraints: the engine adds none to a domain that is used
    /// inside another type. Unless a constraint itself leads back to the user.
    let private ofDomains (needs: AddressMap<Set<Address>>) (objects: AddressMap<PgObject>) =
        let needed address = needs.TryFind address |> Option.defaultValue Set.empty

        let rec reach (known: Set<Address>) (address: Address) =
            (known, needed address)
            ||> Set.fold (fun known next -> if known.Contains next then known else reach (known.Add next) next)

        let checks =
            [ for object in objects.Every do
                  match object.Address.Kind, object.Parent with
                  | Kind.DomainConstraint, Some domain ->
                      domain, (object.Address, lazy (reach Set.empty object.Address))
                  | _ -> () ]
            |> List.groupBy fst
            |> List.map (fun (domain, found) -> domain, List.map snd found)
            |> Map.ofList

        [ if not checks.IsEmpty then
              for object in objects.Every do
                  match object.Address.Kind with
                  | Kind.Column
                  | Kind.Attribute
                  | Kind.Composite
                  | Kind.Range ->
                      for domain in needed object.Address do
                          for check, leadsTo in checks.TryFind domain |> Option.defaultValue [] do
                              if not (leadsTo.Value.Contains object.Address) then
                                  object.Address, check
                  | _ -> () ]

    let all
        (needs: AddressMap<Set<Address>>)
        (parts: AddressMap<PgObject list>)
        (objects: AddressMap<PgObject>)
        : (Address * Address) list =
        let attachments = attachments objects

        List.concat
            [ attached needs parts objects attachments
              inheriting parts objects
              ofPartitioned parts attachments
              lacking parts objects attachments
              alike needs objects attachments
              referencing objects attachments
              partners objects
              ofDomains needs objects ]
