namespace SchemaToolkit.PostgresObjects

/// That a table inherits from another, or has its columns from a type. CREATE TABLE says so by itself.
[<RequireQualifiedAccess>]
module Inheritances =
    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Inheritance(parent, parents) -> parent, parents
        | _ -> invalidOp $"{object.Address} is not an inheritance."

    let private table (object: PgObject) = Option.get object.Parent

    let private alter (object: PgObject) =
        let word = if (table object).Kind = Kind.ForeignTable then "FOREIGN TABLE" else "TABLE"
        $"ALTER {word} {Words.relation (table object)}"

    /// What was the table's own before it inherited remains so; in a table that is wanted it may be the parent's alone.
    let private notLocal (context: Context) (child: Address) =
        let columns =
            context.To.ColumnsOf.TryFind child
            |> Option.defaultValue []
            |> List.filter (fun c ->
                let facts = Facts.column c
                not facts.IsLocal && facts.InheritCount > 0)

        let checks =
            context.To.ConstraintsOf.TryFind child
            |> Option.defaultValue []
            |> List.filter (fun c ->
                let facts = Facts.constraint' c
                not facts.IsLocal && facts.InheritCount > 0)

        Catalog.setLocal child false (columns |> List.map _.Address.Part) (checks |> List.map _.Address.Part)

    let private create (context: Context) (object: PgObject) =
        match facts object with
        | { Kind = Kind.Composite } as composite, _ -> [ $"{alter object} OF {Words.relation composite}" ]
        | parent, _ -> $"{alter object} INHERIT {Words.relation parent}" :: notLocal context (table object)

    let private drop (_: Context) (object: PgObject) =
        match facts object with
        | { Kind = Kind.Composite }, _ -> [ $"{alter object} NOT OF" ]
        | parent, _ -> [ $"{alter object} NO INHERIT {Words.relation parent}" ]

    /// A new parent comes last: those that are to stand behind it are taken off and put on again.
    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let parent, wanted = facts after
        let _, had = facts before
        let kept = had |> List.filter (fun p -> List.contains p wanted)

        let inPlace =
            List.zip
                (List.truncate (min kept.Length wanted.Length) kept)
                (List.truncate (min kept.Length wanted.Length) wanted)
            |> List.takeWhile (fun (a, b) -> a = b)
            |> List.map fst

        if List.contains parent inPlace then Change.Same else Change.Replace

    let rules: KindRules =
        { Blank.rules (fun object -> string object.Address) create with
            Drop = drop
            Change = change }
