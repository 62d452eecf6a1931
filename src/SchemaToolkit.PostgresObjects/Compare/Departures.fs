namespace SchemaToolkit.PostgresObjects

/// What goes along with what, and what must go first.
[<RequireQualifiedAccess>]
module internal Departures =
    /// Tables that foreign keys refer to.
    let referenced (database: PgDatabase) =
        [ for KeyValue(_, constraints) in database.ConstraintsOf do
              for object in constraints do
                  yield! Option.toList (Facts.constraint' object).References ]
        |> Set.ofList

    /// An index that is attached to another costs no statement when it goes, so it need not go first.
    let isIndexAttachment (database: PgDatabase) address =
        match database.Objects.TryFind address with
        | Some { Facts = Facts.Attachment(_, "") } -> true
        | Some _
        | None -> false

    /// A primary key or a unique constraint, which like an index waits for partitions only to be made.
    let isKey (database: PgDatabase) address =
        match database.Objects.TryFind address with
        | Some { Facts = Facts.Constraint { Type = "p" | "u" } } -> true
        | Some _
        | None -> false

    /// Foreign keys and expressions of columns that a partition has of its parent: as its own it keeps them, and only then
    /// they can go.
    let keptByDetaching (database: PgDatabase) attachment : Set<Address> =
        match database.Objects.TryFind attachment with
        | Some { Facts = Facts.Attachment(_, bound); Parent = Some partition } when bound <> "" ->
            database.ConstraintsOf.TryFind partition
            |> Option.defaultValue []
            |> List.filter (fun object ->
                match object.Facts with
                | Facts.Constraint { Type = "f"; Attached = true } -> true
                | _ -> false)
            |> List.map _.Address
            |> List.append
                [ for column in database.ColumnsOf.TryFind partition |> Option.defaultValue [] do
                      { column.Address with Kind = Kind.Default } ]
            |> Set.ofList
        | Some _
        | None -> Set.empty

    /// Goes with its parent, unless it must go first: a foreign key between tables that both go, and an ownership that would
    /// take a sequence along.
    let private goesWithParent (decision: Decision) (referenced: Lazy<Set<Address>>) (object: PgObject) =
        match object.Parent, object.Address.Kind, object.Facts with
        | None, _, _ -> false
        | Some _, _, _ when decision.Context.Apart.Contains object.Address -> false
        | Some _, Kind.SequenceOwner, _ -> false
        | Some parent, Kind.Constraint, Facts.Constraint c when c.Type = "f" && c.IsLocal ->
            let isPartitioned = (Facts.table decision.Context.From.Objects[parent]).PartitionKey.IsSome

            // Partitions that are detached would keep theirs.
            decision.Context.Dropping.Contains parent && c.References = Some parent && not isPartitioned
        | Some child, Kind.Attachment, Facts.Attachment(parent, bound) when bound <> "" ->
            // A foreign key to the whole table holds its partitions, until they are detached.
            decision.Context.Dropping.Contains child && not (referenced.Value.Contains parent)
        | Some parent, _, _ -> decision.Context.Dropping.Contains parent

    let rec root (decision: Decision) referenced (object: PgObject) =
        match object.Parent with
        | Some parent when goesWithParent decision referenced object ->
            root decision referenced decision.Context.From.Objects[parent]
        | Some _
        | None -> object.Address

    /// A foreign key to a partitioned table holds partitions that have rows which it refers to.
    let partitionsHeld (context: Context) (object: PgObject) =
        match object.Facts, object.Parent with
        | Facts.Constraint { References = Some table; Attached = false }, Some owner when owner <> table ->
            context.Dropping
            |> Set.filter (fun a ->
                match context.From.Objects[a] with
                | { Facts = Facts.Attachment(parent, bound); Parent = partition } ->
                    bound <> "" && parent = table && partition <> Some owner
                | _ -> false)
        | _ -> Set.empty

    /// A table that inherits loses the expression of a generated column with its parent's, and cannot by itself: it ceases to
    /// inherit first.
    let expressionsHeld (context: Context) (object: PgObject) =
        match object.Facts, object.Parent with
        | (Facts.Inheritance(parent, _) | Facts.Attachment(parent, _)), Some child when child.Kind = Kind.Table ->
            context.Dropping
            |> Set.filter (fun a ->
                a.Kind = Kind.Default
                && (Address.tableOf a = Address.tableOf parent || Address.tableOf a = Address.tableOf child)
                && (Facts.columnDefault context.From.Objects[a]).Generated)
        | _ -> Set.empty

    /// Keys and indexes of a partitioned table take those of its partitions along when they go, but not those of a table that
    /// was detached before.
    let keysHeld (context: Context) (object: PgObject) : Set<Address> =
        match object.Facts with
        | Facts.Attachment(parent, bound) when bound <> "" ->
            Words.parts context.From parent
            |> List.filter (fun part -> part.Address.Kind = Kind.Index || isKey context.From part.Address)
            |> List.map _.Address
            |> Set.ofList
            |> Set.intersect context.Dropping
        | _ -> Set.empty
