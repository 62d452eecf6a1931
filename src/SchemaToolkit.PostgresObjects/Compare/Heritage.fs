namespace SchemaToolkit.PostgresObjects

/// Columns and checks that a table has from above: the engine passes changes of the parent's on.
[<RequireQualifiedAccess>]
module internal Heritage =
    let isPart (address: Address) = address.Kind = Kind.Column || address.Kind = Kind.Constraint

    let private isInherited (object: PgObject) =
        match object.Facts with
        | Facts.Column facts -> facts.InheritCount > 0 || facts.WithTable
        | Facts.Constraint facts -> facts.Type = "c" && facts.InheritCount > 0
        | _ -> false

    let private isLocal (object: PgObject) =
        match object.Facts with
        | Facts.Column facts -> facts.IsLocal && not facts.WithTable
        | Facts.Constraint facts -> facts.IsLocal
        | _ -> false

    /// Inherited parts of tables that are not made or dropped as a whole, by the part above.
    let below (database: PgDatabase) (whole: Set<Address>) : Map<Address, Set<Address>> =
        [ for object in database.Objects.Every do
              let address = object.Address

              if isPart address && isInherited object && not (whole.Contains(Option.get object.Parent)) then
                  for above in Bonds.above database address do
                      above, address ]
        |> List.groupBy fst
        |> List.map (fun (above, pairs) -> above, pairs |> List.map snd |> Set.ofList)
        |> Map.ofList

    /// Users of an inherited column stand in the way of changes to the one above.
    let withAbove (database: PgDatabase) (used: Set<Address>) : Set<Address> =
        used
        |> Seq.filter (fun a -> a.Kind = Kind.Column)
        |> Seq.collect (Bonds.allAbove database)
        |> Set.ofSeq
        |> Set.union used

    /// A check or a foreign key that comes from a parent's does not hold the parent's back.
    let withoutGiver (database: PgDatabase) (part: Address) (used: Set<Address>) =
        match database.Objects.TryFind part with
        | Some { Facts = Facts.Constraint facts } ->
            used
            |> Set.filter (fun a ->
                match database.Objects.TryFind a with
                | Some { Facts = Facts.Constraint above } -> above.Type <> facts.Type
                | Some _
                | None -> true)
        | Some _
        | None -> used

    /// The parent's goes first, and takes what is only inherited along.
    let freedByDrop (database: PgDatabase) (below: Map<Address, Set<Address>>) (part: Address) (used: Set<Address>) =
        if isPart part then
            // A key of a partition stands on a column that goes with the parent's.
            let used = if part.Kind = Kind.Constraint then withAbove database used else used

            used - Set.ofList (Bonds.above database part)
            |> Set.union (below.TryFind part |> Option.defaultValue Set.empty)
        else
            withAbove database used

    let rec private allBelow (below: Map<Address, Set<Address>>) (part: Address) : Set<Address> =
        let direct = below.TryFind part |> Option.defaultValue Set.empty
        direct |> Seq.map (allBelow below) |> Seq.fold Set.union direct

    /// What is only inherited comes with the parent's; what is also the table's own, or is there already, comes before.
    let neededByCreate (context: Context) (below: Map<Address, Set<Address>>) (part: Address) (used: Set<Address>) =
        let objects = context.To.Objects

        // A key of a partition asks for columns as they are when the parent's have changed.
        let used =
            if part.Kind = Kind.Constraint then
                used - context.Creating |> withAbove context.To |> Set.union used
            else
                used

        // A new table takes the defaults of its parents, which must not contradict each other.
        let used =
            match objects[part].Facts with
            | Facts.Table { Inherits = _ :: _ :: _ as parents } ->
                [ for parent in parents do
                      for column in context.To.ColumnsOf.TryFind parent |> Option.defaultValue [] do
                          let value = { column.Address with Kind = Kind.Default }

                          if objects.ContainsKey value then
                              value ]
                |> Set.ofList
                |> Set.union used
            | _ -> used

        if isPart part then
            let own =
                allBelow below part |> Set.filter (fun a -> isLocal objects[a] || not (context.Creating.Contains a))

            if isInherited objects[part] && not (isLocal objects[part]) then
                Set.unionMany [ used; own; Set.ofList (Bonds.above context.To part) ]
            else
                Set.union used own
        else
            used - context.Creating |> withAbove context.To |> Set.union used

    /// A name of what comes with the part above: it is free when what had it has gone.
    let given (address: Address) = $"given {address}"

    /// What comes with a part.
    let givenByCreate (context: Context) (below: Map<Address, Set<Address>>) (part: Address) : string list =
        below.TryFind part
        |> Option.defaultValue Set.empty
        |> Set.filter (fun a -> not (isLocal context.To.Objects[a]))
        |> Set.toList
        |> List.map given

    /// A change in place follows that of the part above.
    let neededByAlter (database: PgDatabase) (part: Address) : Set<Address> =
        if isPart part then Set.ofList (Bonds.above database part) else Set.empty
