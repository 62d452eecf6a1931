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
        List.concat
            [ PartitionRelations.all needs parts objects
              inheriting parts objects
              partners objects
              ofDomains needs objects ]
