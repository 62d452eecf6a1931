namespace SchemaToolkit.PostgresObjects

open SchemaToolkit

/// What goes with objects that a plan drops.
[<RequireQualifiedAccess>]
module internal OfDropped =
    let private drops code (object: PgObject) message advice =
        [ PgHazard.create code HazardKind.DropsObject object.Address message advice ]

    let private table (plan: Judged) (object: PgObject) =
        let name = PgHazard.name object.Address

        let isPartition =
            match plan.From.Objects.TryFind { object.Address with Kind = Kind.Attachment } with
            | Some { Facts = Facts.Attachment(_, bound) } -> bound <> ""
            | Some _
            | None -> false

        if plan.Created.Contains object.Address then
            drops
                "remake-table"
                object
                $"{name} cannot become what is wanted where it stands: it is dropped and made again without its rows."
                "Copy its rows to a table of another name first, and back afterwards."
        elif isPartition then
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
        | Some _ ->
            drops
                "drop-column"
                object
                $"Dropping {name} deletes its values."
                "If the column has a new name, rename it first (ALTER TABLE … RENAME COLUMN) and compare again."

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

    let hazards (plan: Judged) (object: PgObject) : PgHazard list =
        let name = PgHazard.name object.Address

        match object.Address.Kind with
        | Kind.Table -> table plan object
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
