namespace SchemaToolkit.PostgresObjects

/// Which types have to be made anew, and which others along with them.
[<RequireQualifiedAccess>]
module internal TypeFamily =
    /// Whether it is a type that can be made anew under columns, or as much as one.
    let isType (address: Address) =
        match address.Kind with
        | Kind.Enum
        | Kind.Domain
        | Kind.Composite
        | Kind.Range
        | Kind.BaseType
        // As much a part of a column's type as the type itself.
        | Kind.Collation -> true
        | _ -> false

    let private typeNeeds (database: PgDatabase) address =
        Words.needs database address |> Set.filter (fun a -> isType a && a <> address)

    /// New values can be added to an enum, never removed or moved.
    let private enumGrows (before: string list) (after: string list) =
        after |> List.filter (fun v -> List.contains v before) = before

    /// Columns that have one of these types and stay.
    let columnsOf (context: Context) (types: Set<Address>) =
        context.From.Objects
        |> AddressMap.toList
        |> List.choose (fun (address, object) ->
            match object.Facts with
            | Facts.Column _ when
                not (context.Dropping.Contains address)
                && not (Set.intersect types (Words.needs context.From address)).IsEmpty
                ->
                Some object
            | _ -> None)

    let private dependants (context: Context) (address: Address) =
        context.From.Objects
        |> AddressMap.keys
        |> Seq.filter (fun a ->
            isType a && (typeNeeds context.From a).Contains address && context.To.Objects.ContainsKey a)
        |> Seq.filter (fun a -> not (context.Dropping.Contains a))
        |> Set.ofSeq

    let rec private withDependants (context: Context) (types: Set<Address>) =
        let wider = types |> Seq.map (dependants context) |> Set.unionMany |> Set.union types
        if wider = types then types else withDependants context wider

    /// Attributes that stay keep their order, and new ones come last: else ALTER TYPE cannot get there.
    let keepsOrder (before: CompositeAttribute list) (after: CompositeAttribute list) =
        let names (list: CompositeAttribute list) = list |> List.map _.Name
        let kept = names before |> List.filter (fun n -> List.contains n (names after))
        List.truncate kept.Length (names after) = kept

    /// Types that are made of it, rows of tables included, also those that go: columns may turn from them.
    let rec private withUsers (context: Context) (types: Set<Address>) =
        let held = RowTypes.ofTables context.From

        let isMadeOf (address: Address) =
            if isType address then
                not (Set.intersect types (typeNeeds context.From address)).IsEmpty
            else
                held.Contains address
                && (context.From.ColumnsOf.TryFind address |> Option.defaultValue [])
                   |> List.exists (fun c -> not (Set.intersect types (Words.needs context.From c.Address)).IsEmpty)

        let wider = AddressMap.keys context.From.Objects |> Seq.filter isMadeOf |> Set.ofSeq |> Set.union types

        if wider = types then types else withUsers context wider

    /// Whether columns have the type, or one that is made of it.
    let isUsed (context: Context) (address: Address) =
        not (columnsOf context (withUsers context (Set.singleton address))).IsEmpty

    /// A domain cannot be tightened where a column has it inside an array or a composite type.
    let private isNested (context: Context) (address: Address) =
        columnsOf context (withDependants context (Set.singleton address))
        |> List.exists (fun column ->
            (Facts.column column).Type.Replace("\"", "") <> $"{address.Schema}.{address.Name}")

    /// Whether no ALTER makes one of the other.
    let mustRemake (context: Context) (before: PgObject) (after: PgObject) =
        match before.Facts, after.Facts with
        | Facts.Enum a, Facts.Enum b -> not (enumGrows a.Values b.Values)
        | Facts.Domain a, Facts.Domain b ->
            let tightens = b.NotNull && not a.NotNull || not (List.except a.Checks b.Checks).IsEmpty

            a.BaseType <> b.BaseType
            || a.Collation <> b.Collation
            || tightens && isNested context before.Address
        | Facts.Composite a, Facts.Composite b ->
            let retyped = a |> List.exists (fun x -> b |> List.exists (fun y -> x.Name = y.Name && x <> y))

            not (keepsOrder a b) || retyped && isUsed context before.Address
        | Facts.Range a, Facts.Range b -> a <> b
        | Facts.Text a, Facts.Text b ->
            match before.Address.Kind with
            | Kind.BaseType -> TypeText.mustRemakeBase before after
            | _ -> a.Create <> b.Create
        | _ -> false

    /// All types that are made anew.
    let remade (context: Context) =
        context.From.Objects
        |> AddressMap.toSeq
        |> Seq.choose (fun (address, before) ->
            match context.To.Objects.TryFind address with
            | Some after when
                isType address
                && before.Facts <> after.Facts
                && not (context.Dropping.Contains address)
                && mustRemake context before after
                ->
                Some address
            | Some _
            | None -> None)
        |> Set.ofSeq

    /// All that is made anew together with a type.
    let rec family (context: Context) (changed: Set<Address>) (types: Set<Address>) =
        let wide = withDependants context types

        let joined =
            changed
            |> Set.filter (fun c -> not (Set.intersect wide (withDependants context (Set.singleton c))).IsEmpty)
            |> Set.union wide

        if joined = types then types else family context changed joined

    /// Those first that others are made of.
    let rec inOrder (database: PgDatabase) (types: Set<Address>) =
        if types.IsEmpty then
            []
        else
            let free = types |> Set.filter (fun t -> (Set.intersect types (typeNeeds database t)).IsEmpty)
            let free = if free.IsEmpty then types else free
            Set.toList free @ inOrder database (types - free)
