namespace SchemaToolkit.PostgresObjects

/// How types are written: CREATE TYPE and CREATE DOMAIN.
[<RequireQualifiedAccess>]
module TypeText =
    let enumValues (object: PgObject) =
        match object.Facts with
        | Facts.Enum facts -> facts.Values
        | _ -> invalidOp $"{object.Address} is not an enum."

    let domain (object: PgObject) =
        match object.Facts with
        | Facts.Domain facts -> facts
        | _ -> invalidOp $"{object.Address} is not a domain."

    let attributes (object: PgObject) =
        match object.Facts with
        | Facts.Composite attributes -> attributes
        | _ -> invalidOp $"{object.Address} is not a composite type."

    let private collate (collation: string option) =
        match collation with
        | Some name -> $" COLLATE {name}"
        | None -> ""

    let attribute (a: CompositeAttribute) = $"{Quote.name a.Name} {a.Type}{collate a.Collation}"

    let private createDomain (name: string) (f: DomainFacts) =
        let fallback =
            match f.Default with
            | Some text -> $" DEFAULT {text}"
            | None -> ""

        let notNull = if f.NotNull then " NOT NULL" else ""
        $"CREATE DOMAIN {name} AS {f.BaseType}{collate f.Collation}{fallback}{notNull}"

    let private createRange (name: string) (f: RangeFacts) =
        let clause (word: string) (value: string option) =
            value |> Option.map (fun v -> $"{word} = {v}") |> Option.toList

        let clauses =
            [ $"SUBTYPE = {f.Subtype}" ]
            @ clause "SUBTYPE_OPCLASS" f.OpClass
            @ clause "COLLATION" f.Collation
            @ clause "CANONICAL" f.Canonical
            @ clause "SUBTYPE_DIFF" f.SubtypeDiff
            @ [ $"MULTIRANGE_TYPE_NAME = {f.Multirange}" ]
            |> String.concat ", "

        $"CREATE TYPE {name} AS RANGE ({clauses})"

    let create (object: PgObject) : string list =
        let name = Words.relation object.Address

        match object.Facts with
        | Facts.Enum facts ->
            let list = facts.Values |> List.map Quote.text |> String.concat ", "
            [ $"CREATE TYPE {name} AS ENUM ({list})" ]
        | Facts.Domain facts -> [ createDomain name facts ]
        | Facts.Composite facts ->
            let list = facts |> List.map (fun a -> "\n    " + attribute a) |> String.concat ","
            [ $"CREATE TYPE {name} AS ({list}\n)" ]
        | Facts.Range facts -> [ createRange name facts ]
        | _ -> invalidOp $"{object.Address} is not a type."

    /// Whether a base type differs in what ALTER TYPE cannot change, and was more than announced.
    let mustRemakeBase (before: PgObject) (after: PgObject) =
        let fixed' = Texts.field "fixed"

        let toPlain = Texts.field "STORAGE" after = Some "plain" && Texts.field "STORAGE" before <> Some "plain"

        (fixed' before).IsSome && (fixed' after).IsSome && (fixed' before <> fixed' after || toPlain)

    /// As `create`; a base type with the functions that read and write it.
    let createWith (database: PgDatabase) (object: PgObject) : string list =
        match object.Facts with
        | Facts.Text { Create = [ announced; whole ] } ->
            [ announced
              for part in Words.partsOf database Kind.Function object.Address do
                  (Facts.routine part).Definition
              whole ]
        | Facts.Text facts -> facts.Create
        | _ -> create object

    let addConstraint (object: PgObject) : string list =
        match object.Facts with
        | Facts.DomainConstraint facts ->
            [ $"ALTER DOMAIN {Words.relation object.Address} ADD CONSTRAINT {Quote.name object.Address.Part} {facts.Definition}" ]
        | _ -> invalidOp $"{object.Address} is not a constraint of a domain."

    /// What ALTER and DROP call it.
    let word (kind: Kind) =
        match kind with
        | Kind.Domain -> "DOMAIN"
        | Kind.Collation -> "COLLATION"
        | _ -> "TYPE"
