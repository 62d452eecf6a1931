namespace SchemaToolkit.PostgresObjects

/// What should stand before what, though the catalog holds no dependency: read off the values.
[<RequireQualifiedAccess>]
module internal Relations =
    /// A column that is inherited needs the parent's.
    let inherited (objects: Map<Address, PgObject>) =
        let parents =
            objects
            |> Map.toSeq
            |> Seq.choose (fun (address, object) ->
                match object.Facts with
                | Facts.Table facts when not facts.Inherits.IsEmpty -> Some(address, facts.Inherits)
                | Facts.Attachment(parent, bound) when bound <> "" ->
                    Some({ address with Kind = Kind.Table }, [ parent ])
                | _ -> None)
            |> Seq.groupBy fst
            |> Seq.map (fun (child, pairs) -> child, pairs |> Seq.collect snd |> List.ofSeq)
            |> Map.ofSeq

        [ for KeyValue(address, object) in objects do
              match object.Facts, object.Parent with
              | Facts.Column facts, Some table when facts.InheritCount > 0 ->
                  for parent in parents.TryFind table |> Option.defaultValue [] do
                      let column = Address.part Kind.Column parent.Schema parent.Name address.Part

                      // A partition is made by itself, before its parent perhaps; only a change of the parent's comes first.
                      if objects.ContainsKey column && not facts.WithTable then
                          address, column
              | _ -> () ]

    /// A table is attached when it has what its parent asks of it, so that nothing is made under a name of the engine's choosing.
    let attached (objects: Map<Address, PgObject>) =
        let parts =
            objects
            |> Map.toSeq
            |> Seq.map snd
            |> Seq.filter (fun o ->
                match o.Address.Kind, o.Facts with
                | (Kind.Column | Kind.Index), _ -> true
                | Kind.Constraint, Facts.Constraint facts -> facts.Type <> "f"
                | _ -> false)
            |> Seq.choose (fun o -> o.Parent |> Option.map (fun parent -> parent, o.Address))
            |> Seq.groupBy fst
            |> Seq.map (fun (parent, pairs) -> parent, pairs |> Seq.map snd |> List.ofSeq)
            |> Map.ofSeq

        [ for KeyValue(address, object) in objects do
              match object.Facts, object.Parent with
              | Facts.Attachment(parent, bound), Some child when bound <> "" ->
                  for part in parts.TryFind child |> Option.defaultValue [] do
                      address, part

                  for part in parts.TryFind parent |> Option.defaultValue [] do
                      if part.Kind = Kind.Column then
                          address, part
              | _ -> () ]

    /// A foreign key to a partitioned table waits until the key's index has those of all partitions.
    let referencing (objects: Map<Address, PgObject>) =
        let attachments =
            objects
            |> Map.toList
            |> List.choose (fun (address, object) ->
                match object.Facts with
                | Facts.Attachment(parent, bound) -> Some(address, object, parent, bound)
                | _ -> None)

        let rec descendants (table: Address) =
            [ for _, object, parent, bound in attachments do
                  if bound <> "" && parent = table then
                      let child = Option.get object.Parent
                      child
                      yield! descendants child ]

        let tableOf (address: Address) = objects.TryFind address |> Option.bind _.Parent

        [ for KeyValue(address, object) in objects do
              match object.Facts with
              | Facts.Constraint { References = Some target } when not attachments.IsEmpty ->
                  let tables = descendants target

                  for attachment, child, _, bound in attachments do
                      if bound = "" then
                          match child.Parent |> Option.bind tableOf with
                          | Some table when List.contains table tables -> address, attachment
                          | Some _
                          | None -> ()
              | _ -> () ]
