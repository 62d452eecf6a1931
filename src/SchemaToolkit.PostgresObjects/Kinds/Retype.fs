namespace SchemaToolkit.PostgresObjects

/// Making types anew under columns that keep their values. Types that are built on one another are made anew together: all
/// are renamed, the new ones made, every column is converted, the old ones dropped.
[<RequireQualifiedAccess>]
module Retype =
    /// What a type is called while another takes its name.
    let old (address: Address) : Address = { address with Name = Words.temporary address.Name "__old" }

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
            || a |> List.exists (fun x -> hasNewShape context (Words.needs context.From address) x.Type)
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
                        converted context (Words.needs context.From address) field a.Type b.Type
                    | None -> "NULL")
                |> String.concat ", "

            // Where tables inherit, the engine reads an expression twice, and cannot read IS NULL of a field again. And a row
            // of nothing but nulls stays one.
            $"CASE WHEN {value} IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW({fields})::{after} END"
        | Some _
        | None -> $"{value}::text::{after}"

    let private conversion (context: Context) (column: PgObject) (typeName: string) =
        converted
            context
            (Words.needs context.From column.Address)
            (Quote.name column.Address.Part)
            (Facts.column column).Type
            typeName

    let private isKey (context: Context) (column: PgObject) =
        match context.From.Objects.TryFind(Address.tableOf column.Address) with
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
        | _ -> not (TypeFamily.isType object.Address) && not (isOwnFunction object)

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
                  | Facts.Composite a, Facts.Composite b when not (TypeFamily.keepsOrder a b) -> Option.get bond.Parent
                  | _ -> ()
              | _ -> () ]

    let private designation (address: Address) = $"{TypeText.word address.Kind} {Words.relation address}"

    /// Gives its name to another type.
    let putAside (context: Context) (address: Address) : string list =
        [ $"ALTER {designation address} RENAME TO {Quote.name (old address).Name}"

          match context.From.Objects[address].Facts with
          | Facts.Range facts -> yield! makeRoom address facts
          | _ -> yield! functionsAside context address ]

    /// A conversion gives a column the storage and compression of its type, and those below it too.
    let private settings (context: Context) (column: PgObject) =
        match context.To.Objects.TryFind column.Address with
        | Some({ Facts = Facts.Column facts } as after) ->
            ColumnText.changeSettings
                (Option.get after.Parent)
                after
                { facts with Storage = None; Compression = None }
                facts
        | Some _
        | None -> []

    let private statements
        (context: Context)
        (types: Set<Address>)
        (columns: PgObject list)
        (converted: PgObject list)
        (holders: PgObject list)
        =
        let collate (facts: ColumnFacts) =
            match facts.Collation with
            | Some name -> $" COLLATE {name}"
            | None -> ""

        // Another collation changes the order of values, not what they are.
        let using (column: PgObject) =
            if
                Set.intersect types (Words.needs context.From column.Address)
                |> Set.forall (fun a -> a.Kind = Kind.Collation)
            then
                ""
            else
                $" USING {conversion context column (Facts.column column).Type}"

        [ for address in Set.toList types do
              yield! putAside context address
          for address in TypeFamily.inOrder context.To types do
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
                  $"ALTER TABLE {table} ALTER COLUMN {name} SET DATA TYPE {facts.Type}{collate facts}{using column}"
          for column in converted do
              yield! settings context column ]
        // Rows that are held elsewhere are text for a while.
        |> RowTypes.asText holders

    /// Of a type that was put aside.
    let dropAside (address: Address) : string =
        // Nothing but its own functions has a base type that was put aside.
        let cascade = if address.Kind = Kind.BaseType then " CASCADE" else ""
        $"DROP {designation (old address)}{cascade}"

    let private dropOld (context: Context) (types: Set<Address>) =
        List.rev (TypeFamily.inOrder context.From types) |> List.map dropAside

    /// None where the type can be changed in place.
    let change (context: Context) (before: PgObject) (after: PgObject) : Change option =
        let isRemadeWithOthers () =
            let others = TypeFamily.remade context |> Set.filter (TypeFamily.isUsed context)

            others
            |> Set.exists (fun other ->
                (TypeFamily.family context others (Set.singleton other)).Contains before.Address)

        if not (TypeFamily.mustRemake context before after) then
            if isRemadeWithOthers () then
                Some(Change.Disturb Change.noDisturbance)
            else
                None
        elif not (TypeFamily.isUsed context before.Address) then
            Some Change.Replace
        else
            let types = TypeFamily.family context (TypeFamily.remade context) (Set.singleton before.Address)

            let kept =
                TypeFamily.columnsOf context types
                |> List.filter (fun column ->
                    match context.To.Objects.TryFind column.Address, Facts.columnOrView column with
                    | Some { Facts = Facts.Column b }, Some a -> a.Type = b.Type
                    | _ -> false)

            let keys = kept |> List.filter (isKey context) |> List.map (fun c -> Option.get c.Parent)

            let isBound (column: PgObject) =
                let table = Option.get column.Parent

                not (context.Dropping.Contains { table with Kind = Kind.Attachment; Part = "" })
                && Bonds.above context.From column.Address
                   |> List.exists (fun above ->
                       not (context.Dropping.Contains(Bonds.inheritance table (Address.tableOf above))))

            // A column that has its type from a parent is converted with the parent's.
            let columns =
                kept
                |> List.filter (fun c ->
                    let table = Option.get c.Parent
                    ((Facts.column c).InheritCount = 0 || not (isBound c)) && not (List.contains table keys))

            let leads = (TypeFamily.remade context |> Set.intersect types).MinimumElement = before.Address

            // A base type goes with its functions, which others make room for at once.
            let atOnce = types |> Set.exists (fun address -> address.Kind = Kind.BaseType)

            let holders =
                if RowTypes.areAnyHeld context.From then
                    [ for column in columns do
                          Option.get column.Parent

                          for below in Bonds.allBelow context.From column.Address do
                              Option.get context.From.Objects[below].Parent ]
                    |> Set.ofList
                    |> RowTypes.holders context
                else
                    []

            let converted = kept |> List.filter (fun column -> not (List.contains (Option.get column.Parent) keys))

            let making = if leads then statements context types columns converted holders else []

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
                              column.Address, Change.standsOnColumn
                          for column in holders do
                              column.Address, RowTypes.standsOn ]
                      Replaces = keys @ reordered context types
                      Remade = if leads then types else Set.empty
                      Converted = if leads then kept @ holders |> List.map _.Address |> Set.ofList else Set.empty }
            )
