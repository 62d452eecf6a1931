namespace SchemaToolkit.PostgresObjects

open SchemaToolkit

/// What goes with objects that a plan drops.
[<RequireQualifiedAccess>]
module internal OfDropped =
    let private drops code (object: PgObject) message advice =
        [ PgHazard.create code HazardKind.DropsObject object.Address message advice ]

    let private ofColumn (object: PgObject) =
        drops
            "drop-column"
            object
            $"Dropping {PgHazard.name object.Address} deletes its values."
            "If the column has a new name, rename it first (ALTER TABLE … RENAME COLUMN) and compare again."

    /// A table that is made again, and gets its rows back.
    let private carried (plan: Judged) (object: PgObject) =
        let name = PgHazard.name object.Address
        let hazard code kind message advice = PgHazard.create code kind object.Address message advice

        [ hazard
              "remake-table"
              HazardKind.RewritesTable
              $"{name} cannot become what is wanted where it stands: it is made again, and its rows are copied out and back; nobody reads or writes it meanwhile."
              "Apply it when the table is quiet and in one transaction, or make the new table beside the old one and change over."
          match plan.To.Objects.TryFind object.Address with
          | Some { Facts = Facts.Table { PartitionKey = Some _ } } ->
              hazard
                  "rows-outside-partition"
                  HazardKind.MayFailOnRows
                  $"Where rows of {name} fit none of its partitions, PostgreSQL refuses them."
                  "Add a partition for them, such as a DEFAULT one, or move these rows first."
          | Some _
          | None -> ()
          for column in plan.From.ColumnsOf.TryFind object.Address |> Option.defaultValue [] do
              match column.Facts with
              | Facts.Column { Generated = None } when not (plan.To.Objects.ContainsKey column.Address) ->
                  yield! ofColumn column
              | _ -> () ]

    /// Whether the rows of a partition come along with those of its table.
    let rec private isCarried (plan: Judged) (table: Address) =
        plan.Carried.Contains table
        || PgHazard.partitioned plan.From table |> Option.exists (isCarried plan)

    let private table (plan: Judged) (object: PgObject) =
        let name = PgHazard.name object.Address

        if plan.Carried.Contains object.Address then
            carried plan object
        elif plan.Created.Contains object.Address then
            drops
                "remake-table"
                object
                $"{name} cannot become what is wanted where it stands: it is dropped and made again without its rows."
                "Copy its rows to a table of another name first, and back afterwards."
        elif isCarried plan object.Address then
            []
        elif (PgHazard.partitioned plan.From object.Address).IsSome then
            drops
                "drop-partition"
                object
                $"Dropping the partition {name} deletes its rows."
                "Detach it instead, or move its rows first."
        else
            drops
                "drop-table"
                object
                $"Dropping {name} deletes its rows."
                "If the table has a new name, rename it first (ALTER TABLE … RENAME TO) and compare again."

    let private column (plan: Judged) (object: PgObject) =
        let name = PgHazard.name object.Address
        let isForeign = object.Parent |> Option.exists (fun p -> p.Kind = Kind.ForeignTable)

        match Facts.columnOrView object with
        | None -> []
        // What is computed can be computed again, and foreign rows are elsewhere.
        | Some facts when facts.Generated.IsSome || isForeign -> []
        | Some _ when plan.Created.Contains object.Address ->
            drops
                "remake-column"
                object
                $"{name} cannot become what is wanted where it stands: it is dropped and made again without its values."
                "Add a second column, fill it from this one, and drop this one afterwards."
        | Some _ -> ofColumn object

    /// That of a column that goes as well, or gets numbers that go on, is not missed.
    let private isOfColumn (plan: Judged) (sequence: Address) =
        match plan.From.Objects.TryFind { sequence with Kind = Kind.SequenceOwner } with
        | Some { Facts = Facts.SequenceOwner column } ->
            plan.Dropped.Contains column
            || plan.Dropped.Contains(Address.tableOf column)
            || (match plan.To.Objects.TryFind column |> Option.bind Facts.columnOrView with
                | Some facts -> facts.Identity.IsSome
                | None -> true)
        | Some _
        | None -> false

    /// Rows that others refer to hold a partition in its table.
    let private detached (plan: Judged) (partition: PgObject) (table: Address) =
        let rec isReferred (table: Address) =
            plan.From.ConstraintsOf
            |> AddressMap.toSeq
            |> Seq.exists (fun (_, constraints) ->
                constraints |> List.exists (fun c -> (Facts.constraint' c).References = Some table))
            || PgHazard.partitioned plan.From table |> Option.exists isReferred

        if isReferred table && not (isCarried plan table) then
            [ PgHazard.create
                  "referenced-rows"
                  HazardKind.MayFailOnRows
                  partition.Address
                  $"Where other rows refer to those of {PgHazard.name { partition.Address with Kind = Kind.Table }}, PostgreSQL keeps it in {PgHazard.name table}."
                  "Delete the rows that refer to them first, or give them another target." ]
        else
            []

    let hazards (plan: Judged) (object: PgObject) : PgHazard list =
        let name = PgHazard.name object.Address

        match object.Address.Kind with
        | Kind.Table -> table plan object
        | Kind.Attachment ->
            match object.Facts with
            | Facts.Attachment(table, bound) when bound <> "" -> detached plan object table
            | _ -> []
        | Kind.Column -> column plan object
        | Kind.Sequence when not (isOfColumn plan object.Address) ->
            drops
                "drop-sequence"
                object
                $"Dropping the sequence {name} forgets which numbers were given out."
                "Let it be if anything still counts on it."
        | Kind.Extension ->
            drops
                "drop-extension"
                object
                $"Dropping the extension {name} drops what it holds, tables of its own included."
                "Let it be if anything outside of the database's own objects uses it."
        | Kind.Subscription ->
            drops
                "drop-subscription"
                object
                $"Dropping the subscription {name} ends its stream; rows that come meanwhile are missed by another one."
                "Disable it instead."
        | _ -> []
