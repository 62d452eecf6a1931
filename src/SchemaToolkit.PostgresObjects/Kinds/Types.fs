namespace SchemaToolkit.PostgresObjects

[<RequireQualifiedAccess>]
module Enums =
    let private designation (object: PgObject) = $"TYPE {Words.relation object.Address}"

    /// Each new value is put before the value that follows it, or at the end.
    let private additions (object: PgObject) (before: string list) (after: string list) =
        after
        |> List.rev
        |> List.fold
            (fun (next, sql) value ->
                if List.contains value before then
                    Some value, sql
                else
                    let place =
                        match next with
                        | Some n -> $" BEFORE {Quote.text n}"
                        | None -> ""

                    // Later values are added first, so that each can name its neighbour.
                    Some value, sql @ [ $"ALTER {designation object} ADD VALUE {Quote.text value}{place}" ])
            (None, [])
        |> snd

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        match Retype.change context before after with
        | Some change -> change
        | None ->
            let a, b = TypeText.enumValues before, TypeText.enumValues after
            // At the end without BEFORE: the last first would turn the order round.
            let tail = b |> List.rev |> List.takeWhile (fun v -> not (List.contains v a)) |> List.rev
            let inner = b |> List.truncate (b.Length - tail.Length)

            Change.Alter(
                additions after a inner
                @ (tail |> List.map (fun v -> $"ALTER {designation after} ADD VALUE {Quote.text v}"))
            )

    let rules: KindRules =
        { Blank.rules designation (fun _ object -> TypeText.create object) with
            Change = change
            Names = Blank.relation
            GrantTarget = designation >> Some }

[<RequireQualifiedAccess>]
module Domains =
    let private designation (object: PgObject) = $"DOMAIN {Words.relation object.Address}"

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        match Retype.change context before after with
        | Some change -> change
        | None ->
            let a, b = TypeText.domain before, TypeText.domain after
            let alter = $"ALTER {designation after}"

            [ if a.Default <> b.Default then
                  match b.Default with
                  | Some text -> $"{alter} SET DEFAULT {text}"
                  | None -> $"{alter} DROP DEFAULT"
              if a.NotNull <> b.NotNull then
                  let verb = if b.NotNull then "SET" else "DROP"
                  $"{alter} {verb} NOT NULL" ]
            |> Words.orSame

    let rules: KindRules =
        { Blank.rules designation (fun _ object -> TypeText.create object) with
            Change = change
            Names = Blank.relation
            GrantTarget = fun object -> Some $"TYPE {Words.relation object.Address}" }

[<RequireQualifiedAccess>]
module DomainConstraints =
    let private domain (object: PgObject) = $"DOMAIN {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.DomainConstraint facts -> facts
        | _ -> invalidOp $"{object.Address} is not a constraint of a domain."

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after

        if a.Definition.Replace(" NOT VALID", "") = b.Definition && not a.Validated && b.Validated then
            Change.Alter [ $"ALTER {domain after} VALIDATE CONSTRAINT {Quote.name after.Address.Part}" ]
        else
            Change.Replace

    let rules: KindRules =
        { Blank.rules (fun object -> $"CONSTRAINT {Quote.name object.Address.Part} ON {domain object}") (fun _ object ->
              TypeText.addConstraint object) with
            Drop = fun _ object -> [ $"ALTER {domain object} DROP CONSTRAINT {Quote.name object.Address.Part}" ]
            Change = change }

/// Composite types. Their attributes are objects of their own for comments and for those who need them.
[<RequireQualifiedAccess>]
module Composites =
    let private designation (object: PgObject) = $"TYPE {Words.relation object.Address}"

    let private attributes (database: PgDatabase) (object: PgObject) =
        Words.partsOf database Kind.Attribute object.Address |> List.map _.Address

    /// Typed tables follow (CASCADE).
    let private alter (object: PgObject) (before: CompositeAttribute list) (after: CompositeAttribute list) =
        let find (list: CompositeAttribute list) name = list |> List.tryFind (fun a -> a.Name = name)

        [ for a in before do
              if (find after a.Name).IsNone then
                  $"ALTER {designation object} DROP ATTRIBUTE {Quote.name a.Name} CASCADE"
          for b in after do
              match find before b.Name with
              | None -> $"ALTER {designation object} ADD ATTRIBUTE {TypeText.attribute b} CASCADE"
              | Some a when a <> b ->
                  let text = TypeText.attribute b
                  let rest = text.Substring((Quote.name b.Name).Length + 1)
                  $"ALTER {designation object} ALTER ATTRIBUTE {Quote.name b.Name} SET DATA TYPE {rest} CASCADE"
              | Some _ -> () ]

    /// That tables are typed by it.
    let private bonds (context: Context) (object: PgObject) : PgObject list =
        context.From.Objects
        |> AddressMap.toList
        |> List.map snd
        |> List.filter (fun bond ->
            match bond.Facts with
            | Facts.Inheritance(composite, _) -> composite = object.Address
            | _ -> false)

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        match Retype.change context before after with
        // A typed table's columns stand in the order of the type's attributes.
        | Some Change.Replace ->
            Change.Disturb
                { Change.noDisturbance with
                    Replaces = after.Address :: (bonds context after |> List.choose (fun bond -> bond.Parent)) }
        | Some change -> change
        | None ->
            let a, b = TypeText.attributes before, TypeText.attributes after

            let retyped = a |> List.filter (fun x -> b |> List.exists (fun y -> x.Name = y.Name && x <> y))

            Change.Disturb
                { Change.noDisturbance with
                    Sql = alter after a b
                    // CASCADE converts nothing: a typed table's columns are converted by themselves, between NOT OF and OF.
                    Replaces =
                        if retyped.IsEmpty then
                            []
                        else
                            bonds context after |> List.map (fun bond -> bond.Address)
                    InTheWay =
                        [ if not retyped.IsEmpty then
                              after.Address, Change.standsOnColumn

                              for x in retyped do
                                  Address.part Kind.Attribute after.Address.Schema after.Address.Name x.Name,
                                  Change.standsOnColumn ] }

    let rules: KindRules =
        { Blank.rules designation (fun _ object -> TypeText.create object) with
            Change = change
            Absorbs = fun context object -> attributes context.To object
            Names = Blank.relation
            GrantTarget = designation >> Some }

    let attributeRules: KindRules =
        { Blank.rules
              (fun object -> $"COLUMN {Words.relation object.Address}.{Quote.name object.Address.Part}")
              (fun _ _ -> []) with
            Drop = fun _ _ -> []
            Change = fun _ _ _ -> Change.Same }

[<RequireQualifiedAccess>]
module Ranges =
    let private designation (object: PgObject) = $"TYPE {Words.relation object.Address}"

    let rules: KindRules =
        { Blank.rules designation (fun _ object -> TypeText.create object) with
            Change = fun context before after -> Retype.change context before after |> Option.defaultValue Change.Same
            GrantTarget = designation >> Some
            Names = Blank.relation }
