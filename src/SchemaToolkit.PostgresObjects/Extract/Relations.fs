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

    let private reach (needs: AddressMap<Set<Address>>) (start: Address) : Set<Address> =
        let rec go (known: Set<Address>) (address: Address) =
            (known, needs.TryFind address |> Option.defaultValue Set.empty)
            ||> Set.fold (fun known next -> if known.Contains next then known else go (known.Add next) next)

        go Set.empty start

    /// What is made of types that are somebody's own: their names have a schema.
    let private madeOfTypes (objects: AddressMap<PgObject>) : PgObject list =
        let isOwn (typeName: string) = typeName.Contains('.', System.StringComparison.Ordinal)

        [ for object in objects.Every do
              let isMade =
                  match object.Facts with
                  | Facts.Column facts -> isOwn facts.Type
                  | Facts.Attribute facts -> isOwn facts.Type
                  | Facts.Composite attributes -> attributes |> List.exists (_.Type >> isOwn)
                  | Facts.Domain facts -> isOwn facts.BaseType
                  | Facts.Range facts -> isOwn facts.Subtype
                  | _ -> false

              if isMade then
                  object ]

    /// Those who are made of what is to have something before: unless that leads back to them.
    let private insideOthers
        (needs: AddressMap<Set<Address>>)
        (made: PgObject list)
        (before: Map<Address, Address list>)
        =
        let before = before |> Map.map (fun _ parts -> [ for part in parts -> part, lazy (reach needs part) ])

        [ if not before.IsEmpty then
              for object in made do
                  for used in needs.TryFind object.Address |> Option.defaultValue Set.empty do
                      if object.Parent <> Some used then
                          for part, leadsTo in before.TryFind used |> Option.defaultValue [] do
                              if not (leadsTo.Value.Contains object.Address) then
                                  object.Address, part ]

    /// A domain's constraints come before what is made of it: the engine adds none to a domain that is used inside another type.
    let private ofDomains (objects: AddressMap<PgObject>) : Map<Address, Address list> =
        [ for object in objects.Every do
              match object.Address.Kind, object.Parent with
              | Kind.DomainConstraint, Some domain -> domain, object.Address
              | _ -> () ]
        |> List.groupBy fst
        |> List.map (fun (domain, found) -> domain, List.map snd found)
        |> Map.ofList

    /// What holds whole rows of a table comes when the table has its columns: the engine adds none that takes a rewriting.
    let private ofRows
        (needs: AddressMap<Set<Address>>)
        (parts: AddressMap<PgObject list>)
        (made: PgObject list)
        : Map<Address, Address list> =
        let tables =
            [ for user in made do
                  for used in needs.TryFind user.Address |> Option.defaultValue Set.empty do
                      if used.Kind = Kind.Table && user.Parent <> Some used then
                          used ]

        [ for table in List.distinct tables do
              table,
              [ for part in parts.TryFind table |> Option.defaultValue [] do
                    match part.Facts with
                    | Facts.Column _ -> part.Address
                    | _ -> () ] ]
        |> Map.ofList

    let all
        (needs: AddressMap<Set<Address>>)
        (parts: AddressMap<PgObject list>)
        (objects: AddressMap<PgObject>)
        : (Address * Address) list =
        let attachments = attachments objects
        let made = madeOfTypes objects

        List.concat
            [ attached needs parts objects attachments
              inheriting parts objects
              ofPartitioned parts attachments
              lacking parts objects attachments
              alike needs objects attachments
              referencing objects attachments
              partners objects
              insideOthers needs made (ofDomains objects)
              insideOthers needs made (ofRows needs parts made) ]
