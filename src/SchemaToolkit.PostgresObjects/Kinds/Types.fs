namespace SchemaToolkit.PostgresObjects

/// Making a type anew under columns that keep their values: the new type, every column through text, the old one away.
[<RequireQualifiedAccess>]
module private Retype =
    let private columns (context: Context) (address: Address) =
        let printed = Words.relation address
        let plain = $"{address.Schema}.{address.Name}"

        context.From.Objects
        |> Map.toSeq
        |> Seq.map snd
        |> Seq.choose (fun object ->
            match object.Facts with
            | Facts.Column facts when facts.IsLocal || facts.WithTable && facts.InheritCount = 0 ->
                let uses = context.From.Needs.TryFind object.Address |> Option.exists (fun n -> n.Contains address)

                match context.To.Objects.TryFind object.Address with
                | Some { Facts = Facts.Column after } when
                    uses && after.Type = facts.Type && not (context.Dropping.Contains object.Address)
                    ->
                    Some(object, facts)
                | _ -> None
            | _ -> None)
        |> List.ofSeq

    /// `create` are the statements that make the new type.
    let statements (context: Context) (word: string) (address: Address) (create: string list) =
        let old = { address with Name = address.Name + "__old" }

        [ $"ALTER {word} {Words.relation address} RENAME TO {Quote.name old.Name}"
          yield! create
          for column, facts in columns context address do
              let name = Quote.name column.Address.Part

              $"ALTER TABLE {Words.relation column.Address} ALTER COLUMN {name} SET DATA TYPE {facts.Type} USING {name}::text::{facts.Type}"
          $"DROP {word} {Words.relation old}" ]

[<RequireQualifiedAccess>]
module Enums =
    let private designation (object: PgObject) = $"TYPE {Words.relation object.Address}"

    let private values (object: PgObject) =
        match object.Facts with
        | Facts.Enum facts -> facts.Values
        | _ -> []

    let private create (_: Context) (object: PgObject) =
        let list = values object |> List.map Quote.text |> String.concat ", "
        [ $"CREATE {designation object} AS ENUM ({list})" ]

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
        let a, b = values before, values after

        if b |> List.filter (fun v -> List.contains v a) = a then
            // At the end without BEFORE: the last first would turn the order round.
            let tail = b |> List.rev |> List.takeWhile (fun v -> not (List.contains v a)) |> List.rev
            let inner = b |> List.truncate (b.Length - tail.Length)

            Change.Alter(
                additions after a inner
                @ (tail |> List.map (fun v -> $"ALTER {designation after} ADD VALUE {Quote.text v}"))
            )
        else
            Change.Disturb(Retype.statements context "TYPE" after.Address (create context after))

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change
            Names = Blank.relation
            GrantTarget = designation >> Some }

[<RequireQualifiedAccess>]
module Domains =
    let private designation (object: PgObject) = $"DOMAIN {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Domain facts -> facts
        | _ -> invalidOp $"{object.Address} is not a domain."

    let private create (_: Context) (object: PgObject) =
        let f = facts object

        let words =
            [ $"CREATE {designation object} AS {f.BaseType}"
              match f.Collation with
              | Some name -> $"COLLATE {name}"
              | None -> ()
              match f.Default with
              | Some text -> $"DEFAULT {text}"
              | None -> ()
              if f.NotNull then
                  "NOT NULL" ]

        [ String.concat " " words ]

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after
        let alter = $"ALTER {designation after}"

        if a.BaseType <> b.BaseType || a.Collation <> b.Collation then
            Change.Disturb(Retype.statements context "DOMAIN" after.Address (create context after))
        else
            [ if a.Default <> b.Default then
                  match b.Default with
                  | Some text -> $"{alter} SET DEFAULT {text}"
                  | None -> $"{alter} DROP DEFAULT"
              if a.NotNull <> b.NotNull then
                  let verb = if b.NotNull then "SET" else "DROP"
                  $"{alter} {verb} NOT NULL" ]
            |> Words.orSame

    let rules: KindRules =
        { Blank.rules designation create with
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

    let private create (_: Context) (object: PgObject) =
        [ $"ALTER {domain object} ADD CONSTRAINT {Quote.name object.Address.Part} {(facts object).Definition}" ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after

        if a.Definition.Replace(" NOT VALID", "") = b.Definition && not a.Validated && b.Validated then
            Change.Alter [ $"ALTER {domain after} VALIDATE CONSTRAINT {Quote.name after.Address.Part}" ]
        else
            Change.Replace

    let rules: KindRules =
        { Blank.rules (fun object -> $"CONSTRAINT {Quote.name object.Address.Part} ON {domain object}") create with
            Drop = fun _ object -> [ $"ALTER {domain object} DROP CONSTRAINT {Quote.name object.Address.Part}" ]
            Change = change }

/// Composite types and their attributes.
[<RequireQualifiedAccess>]
module Composites =
    let private designation (object: PgObject) = $"TYPE {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Attribute facts -> facts
        | _ -> invalidOp $"{object.Address} is not an attribute."

    let private clause (object: PgObject) =
        let f = facts object

        let collation =
            match f.Collation with
            | Some name -> $" COLLATE {name}"
            | None -> ""

        $"{Quote.name object.Address.Part} {f.Type}{collation}"

    let private attributes (database: PgDatabase) (object: PgObject) =
        Words.partsOf database Kind.Attribute object.Address |> List.sortBy (fun a -> (facts a).Position)

    let private create (context: Context) (object: PgObject) =
        let list = attributes context.To object |> List.map (fun a -> "\n    " + clause a) |> String.concat ","
        [ $"CREATE {designation object} AS ({list}\n)" ]

    let rules: KindRules =
        { Blank.rules designation create with
            Change = fun _ _ _ -> Change.Same
            Absorbs = fun context object -> attributes context.To object |> List.map _.Address
            Names = Blank.relation
            GrantTarget = designation >> Some }

    let private changeAttribute (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after

        if a.Type = b.Type && a.Collation = b.Collation then
            Change.Same
        else
            let collation =
                match b.Collation with
                | Some name -> $" COLLATE {name}"
                | None -> ""

            Change.Disturb
                [ $"ALTER {designation after} ALTER ATTRIBUTE {Quote.name after.Address.Part} SET DATA TYPE {b.Type}{collation} CASCADE" ]

    let attributeRules: KindRules =
        { Blank.rules (fun object -> $"COLUMN {Words.relation object.Address}.{Quote.name object.Address.Part}") (fun _ object ->
              [ $"ALTER {designation object} ADD ATTRIBUTE {clause object} CASCADE" ]) with
            Drop =
                fun _ object -> [ $"ALTER {designation object} DROP ATTRIBUTE {Quote.name object.Address.Part} CASCADE" ]
            Change = changeAttribute }

[<RequireQualifiedAccess>]
module Ranges =
    let private designation (object: PgObject) = $"TYPE {Words.relation object.Address}"

    let private create (_: Context) (object: PgObject) =
        match object.Facts with
        | Facts.Range f ->
            let clauses =
                [ $"SUBTYPE = {f.Subtype}"
                  match f.OpClass with
                  | Some name -> $"SUBTYPE_OPCLASS = {name}"
                  | None -> ()
                  match f.Collation with
                  | Some name -> $"COLLATION = {name}"
                  | None -> ()
                  match f.Canonical with
                  | Some name -> $"CANONICAL = {name}"
                  | None -> ()
                  match f.SubtypeDiff with
                  | Some name -> $"SUBTYPE_DIFF = {name}"
                  | None -> ()
                  $"MULTIRANGE_TYPE_NAME = {f.Multirange}" ]
                |> String.concat ", "

            [ $"CREATE {designation object} AS RANGE ({clauses})" ]
        | _ -> []

    let rules: KindRules =
        { Blank.rules designation create with
            GrantTarget = designation >> Some
            Names = Blank.relation }
