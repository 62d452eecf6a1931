namespace SchemaToolkit.PostgresObjects

open System.Text.RegularExpressions
open SchemaToolkit

/// What objects that come ask of tables that are there.
[<RequireQualifiedAccess>]
module internal OfNew =
    let private parent (object: PgObject) = Option.defaultValue object.Address object.Parent

    let private literal = Regex("'(?:[^']|'')*'", RegexOptions.CultureInvariant)
    let private call = Regex(@"[\w""]\(", RegexOptions.CultureInvariant)
    let private cast = Regex(@"::[\w "".]+\([\d,]+\)", RegexOptions.CultureInvariant)

    /// Whether a value is computed for each row, as far as the text tells: constants and the time of the statement are not.
    let private isPerRow (expression: string) =
        let bare = cast.Replace(literal.Replace(expression, "''"), "")
        call.IsMatch(bare.Replace("now()", "now"))

    let private column (plan: Judged) (object: PgObject) (facts: ColumnFacts) =
        let name, table = PgHazard.name object.Address, PgHazard.name (parent object)

        let expression =
            plan.To.Objects.TryFind { object.Address with Kind = Kind.Default }
            |> Option.map (fun d -> (Facts.columnDefault d).Expression)

        // A domain may have a default of its own, and conditions.
        let domains =
            [ for address in Words.needs plan.To object.Address do
                  match plan.To.Objects.TryFind address with
                  | Some { Facts = Facts.Domain domain } -> domain
                  | Some _
                  | None -> () ]

        let hasDefault = expression.IsSome || domains |> List.exists _.Default.IsSome

        let isStrict = facts.NotNull || domains |> List.exists (fun d -> d.NotNull || not d.Checks.IsEmpty)

        let isStored = facts.Generated |> Option.exists (fun (kind, _) -> kind = "s")
        let isComputed = facts.Generated.IsNone && Option.exists isPerRow expression

        [ if isStrict && not hasDefault && facts.Identity.IsNone && facts.Generated.IsNone then
              PgHazard.create
                  "add-required-column"
                  HazardKind.MayFailOnRows
                  object.Address
                  $"{name} wants a value and has no default: where {table} has rows, PostgreSQL refuses it."
                  "Give it a default, or add it without the condition and fill it first."
          if isStrict && facts.Generated.IsSome then
              PgHazard.create
                  "null-values"
                  HazardKind.MayFailOnRows
                  object.Address
                  $"Where {name} is computed as NULL or against its conditions, PostgreSQL refuses it."
                  "Correct the values that it is computed from first, or keep the column optional."
          if isStored || isComputed || facts.Identity.IsSome then
              PgHazard.create
                  "column-rewrites-table"
                  HazardKind.RewritesTable
                  object.Address
                  $"Adding {name} computes a value for every row and writes {table} again; nobody reads or writes it meanwhile."
                  "Add it without the default, fill it in batches, then set the default." ]

    let private duplicates (object: PgObject) table =
        PgHazard.create
            "duplicate-rows"
            HazardKind.MayFailOnRows
            object.Address
            $"Where rows of {table} are equal in what {PgHazard.name object.Address} makes unique, PostgreSQL refuses it."
            "Remove or merge the duplicates first."

    /// What a constraint asks of the rows when it comes, or begins to hold for the old ones too.
    let private ofRows (object: PgObject) (facts: ConstraintFacts) =
        let name, table = PgHazard.name object.Address, PgHazard.name (parent object)

        let refused code rows advice =
            PgHazard.create
                code
                HazardKind.MayFailOnRows
                object.Address
                $"Where rows of {table} {rows}, PostgreSQL refuses {name}."
                advice

        match facts.Type with
        | "p"
        | "u" -> [ duplicates object table ]
        | "x" -> [ refused "excluded-rows" "exclude each other" "Correct these rows first." ]
        | "f" ->
            [ refused
                  "orphan-rows"
                  "point to rows that do not exist"
                  "Delete these rows, give them a target, or set them to NULL first." ]
        | "c" -> [ refused "check-violations" "do not satisfy it" "Correct these rows first, or loosen the check." ]
        | _ -> []

    let private locks (object: PgObject) (facts: ConstraintFacts) =
        let name, table = PgHazard.name object.Address, PgHazard.name (parent object)
        let hazard code kind message advice = [ PgHazard.create code kind object.Address message advice ]

        match facts.Type with
        | "p"
        | "u"
        | "x" ->
            hazard
                "key-builds-index"
                HazardKind.BlocksReads
                $"Adding {name} reads every row and builds an index; nobody reads or writes {table} meanwhile."
                "Build the unique index with CONCURRENTLY first, and add the constraint USING INDEX."
        | "c" ->
            hazard
                "check-scans-table"
                HazardKind.BlocksReads
                $"Adding {name} reads every row; nobody reads or writes {table} meanwhile."
                "Add it NOT VALID, and validate it in another transaction."
        | "f" ->
            let target = facts.References |> Option.map PgHazard.name |> Option.defaultValue "its target"

            hazard
                "foreign-key-scans-table"
                HazardKind.BlocksWrites
                $"Adding {name} reads every row; nobody writes {table} or {target} meanwhile."
                "Add it NOT VALID, and validate it in another transaction."
        | _ -> []

    let private holds (facts: ConstraintFacts) = facts.Validated && facts.Enforced

    let private ofConstraint (plan: Judged) (object: PgObject) (facts: ConstraintFacts) =
        let isAsBefore =
            match plan.From.Objects.TryFind object.Address with
            | Some { Facts = Facts.Constraint before } -> before.Definition = facts.Definition && holds before
            | Some _
            | None -> false

        let target = facts.References |> Option.filter (PgHazard.stays plan)

        match PgHazard.stays plan (parent object), target with
        // Those that hang on one above are judged with it.
        | true, _ when facts.Attached || facts.InheritCount > 0 && not facts.IsLocal || not (holds facts) -> []
        | true, _ -> (if isAsBefore then [] else ofRows object facts) @ locks object facts
        | false, Some target ->
            [ PgHazard.create
                  "foreign-key-blocks-target"
                  HazardKind.BlocksWrites
                  object.Address
                  $"Adding {PgHazard.name object.Address} keeps writers out of {PgHazard.name target} until the transaction ends."
                  "Keep the plan short, or add the foreign key in another transaction." ]
        | false, None -> []

    let private index (plan: Judged) (object: PgObject) (facts: IndexFacts) =
        let table = PgHazard.name (parent object)

        let isAsBefore =
            match plan.From.Objects.TryFind object.Address with
            | Some { Facts = Facts.Index before } -> before.Definition = facts.Definition
            | Some _
            | None -> false

        if facts.Attached || not (PgHazard.stays plan (parent object)) then
            []
        else
            [ if facts.Unique && not isAsBefore then
                  duplicates object table
              PgHazard.create
                  "index-blocks-writes"
                  HazardKind.BlocksWrites
                  object.Address
                  $"Building {PgHazard.name object.Address} reads every row; nobody writes {table} meanwhile."
                  "Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it." ]

    let private attachment (plan: Judged) (object: PgObject) (table: Address) (bound: string) =
        let isAsBefore =
            PgHazard.stays plan table
            && plan.From.Objects.TryFind object.Address
               |> Option.exists (fun before -> before.Facts = object.Facts)

        let child = { object.Address with Kind = Kind.Table }

        // The partition that has had all rows without one of their own.
        let other =
            plan.From.Objects.Every
            |> Seq.tryPick (fun attachment ->
                match attachment.Facts with
                | Facts.Attachment(parent, "DEFAULT") when parent = table && attachment.Address <> object.Address ->
                    Some { attachment.Address with Kind = Kind.Table }
                | _ -> None)
            |> Option.filter (PgHazard.stays plan)

        let hazard code message advice = PgHazard.create code HazardKind.MayFailOnRows object.Address message advice

        [ if bound <> "" && not isAsBefore then
              if PgHazard.stays plan child then
                  hazard
                      "rows-outside-partition"
                      $"Where {PgHazard.name child} has rows that do not belong to {bound} of {PgHazard.name table}, PostgreSQL refuses it."
                      "Move these rows first."

              match other with
              | Some other when PgHazard.stays plan table ->
                  hazard
                      "rows-in-default-partition"
                      $"Where {PgHazard.name other} has rows that belong to {bound} of {PgHazard.name table}, PostgreSQL refuses it."
                      "Move these rows out of the default partition first, and back afterwards."
              | Some _
              | None -> () ]

    let hazards (plan: Judged) (object: PgObject) : PgHazard list =
        match object.Facts with
        | Facts.Column facts when PgHazard.stays plan (parent object) && (parent object).Kind = Kind.Table ->
            column plan object facts
        | Facts.Constraint facts -> ofConstraint plan object facts
        | Facts.Index facts -> index plan object facts
        | Facts.Attachment(table, bound) -> attachment plan object table bound
        | Facts.DomainConstraint { Validated = true } when
            plan.From.Objects.ContainsKey { object.Address with Kind = Kind.Domain; Part = "" }
            && not (plan.From.Objects.ContainsKey object.Address)
            ->
            [ PgHazard.create
                  "check-violations"
                  HazardKind.MayFailOnRows
                  object.Address
                  $"Where values of the domain do not satisfy {PgHazard.name object.Address}, PostgreSQL refuses it."
                  "Correct these values first, or loosen the check." ]
        | Facts.View { Populated = true } when
            object.Address.Kind = Kind.MaterializedView && plan.Dropped.Contains object.Address
            ->
            [ PgHazard.create
                  "refills-materialized-view"
                  HazardKind.BlocksReads
                  object.Address
                  $"{PgHazard.name object.Address} is dropped and filled anew by its query; nobody reads it meanwhile."
                  "Apply it when it is not needed, or make the new one under another name and exchange them." ]
        | _ -> []

    /// A constraint that begins to hold for rows that were there.
    let ofValidated (object: PgObject) (before: ConstraintFacts) (after: ConstraintFacts) : PgHazard list =
        if holds after && not (holds before) then ofRows object after else []
