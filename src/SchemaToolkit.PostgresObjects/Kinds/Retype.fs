namespace SchemaToolkit.PostgresObjects

/// Making types anew under columns that keep their values. Types that are built on one another are made anew together: all
/// are renamed, the new ones made, every column is converted, the old ones dropped.
[<RequireQualifiedAccess>]
module Retype =
    let private isType (address: Address) =
        match address.Kind with
        | Kind.Enum
        | Kind.Domain
        | Kind.Composite
        | Kind.Range
        | Kind.BaseType
        // As much a part of a column's type as the type itself.
        | Kind.Collation -> true
        | _ -> false

    let private needs (database: PgDatabase) (address: Address) =
        database.Needs.TryFind address |> Option.defaultValue Set.empty

    let private typeNeeds (database: PgDatabase) address =
        needs database address |> Set.filter (fun a -> isType a && a <> address)

    /// New values can be added to an enum, never removed or moved.
    let private enumGrows (before: string list) (after: string list) =
        after |> List.filter (fun v -> List.contains v before) = before

    let private columnsOf (context: Context) (types: Set<Address>) =
        context.From.Objects
        |> AddressMap.toList
        |> List.choose (fun (address, object) ->
            match object.Facts with
            | Facts.Column _ when
                not (context.Dropping.Contains address)
                && not (Set.intersect types (needs context.From address)).IsEmpty
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
    let private keepsOrder (before: CompositeAttribute list) (after: CompositeAttribute list) =
        let names (list: CompositeAttribute list) = list |> List.map _.Name
        let kept = names before |> List.filter (fun n -> List.contains n (names after))
        List.truncate kept.Length (names after) = kept

    let private isUsed (context: Context) (address: Address) =
        not (columnsOf context (withDependants context (Set.singleton address))).IsEmpty

    /// A domain cannot be tightened where a column has it inside an array or a composite type.
    let private isNested (context: Context) (address: Address) =
        columnsOf context (withDependants context (Set.singleton address))
        |> List.exists (fun column ->
            (Facts.column column).Type.Replace("\"", "") <> $"{address.Schema}.{address.Name}")

    let private mustRemake (context: Context) (before: PgObject) (after: PgObject) =
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

    let private remade (context: Context) =
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
    let rec private family (context: Context) (changed: Set<Address>) (types: Set<Address>) =
        let wide = withDependants context types

        let joined =
            changed
            |> Set.filter (fun c -> not (Set.intersect wide (withDependants context (Set.singleton c))).IsEmpty)
            |> Set.union wide

        if joined = types then types else family context changed joined

    let rec private inOrder (database: PgDatabase) (types: Set<Address>) =
        if types.IsEmpty then
            []
        else
            let free = types |> Set.filter (fun t -> (Set.intersect types (typeNeeds database t)).IsEmpty)
            let free = if free.IsEmpty then types else free
            Set.toList free @ inOrder database (types - free)

    let private old (address: Address) = { address with Name = Words.temporary address.Name "__old" }

    /// The composite type that a type is, where its attributes differ by name between the two sides.
    let private reshaped (context: Context) (used: Set<Address>) (typeName: string) =
        used
        |> Seq.tryPick (fun address ->
            match context.From.Objects.TryFind address, context.To.Objects.TryFind address with
            | Some { Facts = Facts.Composite a }, Some { Facts = Facts.Composite b } when
                typeName.Replace("\"", "") = Words.plain address
                ->
                Some(address, a, b)
            | _ -> None)

    let rec private hasNewShape (context: Context) (used: Set<Address>) (typeName: string) =
        match reshaped context used typeName with
        | Some(address, a, b) ->
            List.map _.Name a <> List.map _.Name b
            || a |> List.exists (fun x -> hasNewShape context (needs context.From address) x.Type)
        | None -> false

    /// A composite value of another shape is put together attribute by attribute; everything else goes through text.
    let rec private converted (context: Context) (used: Set<Address>) (value: string) (before: string) (after: string) =
        match reshaped context used before with
        | Some(address, from, target) when hasNewShape context used before && before = after ->
            let fields =
                target
                |> List.map (fun b ->
                    match from |> List.tryFind (fun a -> a.Name = b.Name) with
                    | Some a ->
                        let field = $"({value}).{Quote.name b.Name}"
                        converted context (needs context.From address) field a.Type b.Type
                    | None -> "NULL")
                |> String.concat ", "

            $"CASE WHEN {value} IS NULL THEN NULL ELSE ROW({fields})::{after} END"
        | Some _
        | None -> $"{value}::text::{after}"

    let private conversion (context: Context) (column: PgObject) (typeName: string) =
        converted
            context
            (needs context.From column.Address)
            (Quote.name column.Address.Part)
            (Facts.column column).Type
            typeName

    let private isKey (context: Context) (column: PgObject) =
        match context.From.Objects.TryFind { column.Address with Kind = Kind.Table; Part = "" } with
        | Some { Facts = Facts.Table { PartitionKey = Some key } } -> Words.mentions key column.Address.Part
        | Some _
        | None -> false

    /// A base type is read and written with functions that are made with it.
    let private isOwnFunction (object: PgObject) =
        object.Parent |> Option.exists (fun parent -> parent.Kind = Kind.BaseType)

    /// Everything but what is converted: columns, their tables, the types themselves.
    let private standsOnType (object: PgObject) =
        match object.Address.Kind with
        | Kind.Column
        | Kind.Table
        | Kind.ForeignTable
        | Kind.Attachment
        | Kind.Attribute
        | Kind.DomainConstraint
        | Kind.SequenceOwner -> false
        | _ -> not (isType object.Address) && not (isOwnFunction object)

    /// The constructor functions of a range keep their names when it is renamed.
    let private makeRoom (address: Address) (facts: RangeFacts) =
        let range = Words.relation (old address)
        let many = Quote.name (Words.temporary address.Name "__oldmany")
        let constructor = Words.relation address

        [ $"ALTER TYPE {facts.Multirange} RENAME TO {many}"
          for arguments in [ $"{facts.Subtype}, {facts.Subtype}"; $"{facts.Subtype}, {facts.Subtype}, text" ] do
              $"ALTER FUNCTION {constructor}({arguments}) RENAME TO {Quote.name (old address).Name}"
          for arguments in [ ""; range; $"VARIADIC {range}[]" ] do
              $"ALTER FUNCTION {facts.Multirange}({arguments}) RENAME TO {many}" ]

    /// The functions of a base type make room for those of the new one; they go with the old one.
    let private functionsAside (context: Context) (address: Address) =
        let former = Words.relation (old address)

        let eitherWay (name: string) =
            let escape = System.Text.RegularExpressions.Regex.Escape
            $"(?:{escape (Quote.name name)}|{escape name})"

        // A printed name has quotes where it needs them.
        let name = @"(?<![\w""])" + eitherWay address.Schema + @"\." + eitherWay address.Name + @"(?![\w""])"

        [ for part in Words.partsOf context.From Kind.Function address do
              let arguments =
                  System.Text.RegularExpressions.Regex.Replace(
                      part.Address.Arguments,
                      name,
                      System.Text.RegularExpressions.MatchEvaluator(fun _ -> former)
                  )

              $"ALTER FUNCTION {Words.relation part.Address}({arguments}) RENAME TO {Quote.name (old part.Address).Name}" ]

    /// A typed table has the columns of its type in the type's order: where that changes, the table cannot stay.
    let private reordered (context: Context) (types: Set<Address>) =
        [ for KeyValue(_, bond) in context.From.Objects do
              match bond.Facts with
              | Facts.Inheritance(composite, _) when types.Contains composite ->
                  match context.From.Objects[composite].Facts, context.To.Objects[composite].Facts with
                  | Facts.Composite a, Facts.Composite b when not (keepsOrder a b) -> Option.get bond.Parent
                  | _ -> ()
              | _ -> () ]

    let private designation (address: Address) = $"{TypeText.word address.Kind} {Words.relation address}"

    let private statements (context: Context) (types: Set<Address>) (columns: PgObject list) =
        let collate (facts: ColumnFacts) =
            match facts.Collation with
            | Some name -> $" COLLATE {name}"
            | None -> ""

        // Another collation changes the order of values, not what they are.
        let using (column: PgObject) =
            if
                Set.intersect types (needs context.From column.Address)
                |> Set.forall (fun a -> a.Kind = Kind.Collation)
            then
                ""
            else
                $" USING {conversion context column (Facts.column column).Type}"

        [ for address in Set.toList types do
              $"ALTER {designation address} RENAME TO {Quote.name (old address).Name}"

              match context.From.Objects[address].Facts with
              | Facts.Range facts -> yield! makeRoom address facts
              | _ -> yield! functionsAside context address
          for address in inOrder context.To types do
              yield! TypeText.createWith context.To context.To.Objects[address]

              for check in Words.partsOf context.To Kind.DomainConstraint address do
                  yield! TypeText.addConstraint check
          for column in columns do
              let facts = Facts.column column
              let table = Words.relation column.Address
              let name = Quote.name column.Address.Part

              // A foreign table has no rows of ours.
              if (Option.get column.Parent).Kind = Kind.ForeignTable then
                  $"ALTER FOREIGN TABLE {table} ALTER COLUMN {name} SET DATA TYPE {facts.Type}"
              else
                  $"ALTER TABLE {table} ALTER COLUMN {name} SET DATA TYPE {facts.Type}{collate facts}{using column}" ]

    let private dropOld (context: Context) (types: Set<Address>) =
        [ for address in List.rev (inOrder context.From types) do
              // Nothing but its own functions has a base type that was put aside.
              let cascade = if address.Kind = Kind.BaseType then " CASCADE" else ""
              $"DROP {designation (old address)}{cascade}" ]

    /// None where the type can be changed in place.
    let change (context: Context) (before: PgObject) (after: PgObject) : Change option =
        let isRemadeWithOthers () =
            let others = remade context |> Set.filter (isUsed context)

            others
            |> Set.exists (fun other -> (family context others (Set.singleton other)).Contains before.Address)

        if not (mustRemake context before after) then
            if isRemadeWithOthers () then
                Some(Change.Disturb Change.noDisturbance)
            else
                None
        elif not (isUsed context before.Address) then
            Some Change.Replace
        else
            let types = family context (remade context) (Set.singleton before.Address)

            let kept =
                columnsOf context types
                |> List.filter (fun column ->
                    match context.To.Objects.TryFind column.Address, Facts.columnOrView column with
                    | Some { Facts = Facts.Column b }, Some a -> a.Type = b.Type
                    | _ -> false)

            let keys = kept |> List.filter (isKey context) |> List.map (fun c -> Option.get c.Parent)

            let isDetached (table: Address) = context.Dropping.Contains { table with Kind = Kind.Attachment }

            // A column that has its type from a parent is converted with the parent's.
            let columns =
                kept
                |> List.filter (fun c ->
                    let table = Option.get c.Parent
                    ((Facts.column c).InheritCount = 0 || isDetached table) && not (List.contains table keys))

            let leads = (remade context |> Set.intersect types).MinimumElement = before.Address

            // A base type goes with its functions, which others make room for at once.
            let atOnce = types |> Set.exists (fun address -> address.Kind = Kind.BaseType)
            let making = if leads then statements context types columns else []
            let dropping = if leads then dropOld context types else []

            Some(
                Change.Disturb
                    { Sql = if atOnce then making @ dropping else making
                      Afterwards = if atOnce then [] else dropping
                      InTheWay =
                        [ for address in types do
                              address, standsOnType

                              for attribute in Words.partsOf context.From Kind.Attribute address do
                                  attribute.Address, standsOnType
                          for column in kept do
                              column.Address, Change.standsOnColumn ]
                      Replaces = keys @ reordered context types
                      Remade = if leads then types else Set.empty
                      Converted = if leads then kept |> List.map _.Address |> Set.ofList else Set.empty }
            )
