namespace SchemaToolkit.PostgresObjects

open SchemaToolkit.Diffing

/// No order of statements makes these objects; some of them were to be changed where they stand.
[<Sealed>]
type CircleException(message: string, altered: Set<Address>) =
    inherit System.Exception(message)

    member _.Altered = altered

/// What steps make, take away and need.
[<RequireQualifiedAccess>]
type PgKey =
    | Object of address: Address
    | Name of name: string

type internal PgNode = { Change: PgChange; Edges: Edges<PgKey>; Rank: int }

/// What all nodes of a plan are put together from.
[<RequireQualifiedAccess>]
module internal PgNode =
    /// Who holds rows of a table holds back its columns, and those above them.
    let rowsIn (database: PgDatabase) (address: Address) : Set<Address> =
        RowTypes.rowsIn database address |> Heritage.withAbove database

    /// Columns that keys of the referenced table have, be it only beside them: a foreign key goes before they change and comes
    /// afterwards.
    let private ofReferencedKeys (database: PgDatabase) (address: Address) : Set<Address> =
        match database.Objects.TryFind address with
        | Some { Facts = Facts.Constraint { References = Some table } } ->
            database.ConstraintsOf.TryFind table
            |> Option.defaultValue []
            |> List.filter (fun key ->
                match key.Facts with
                | Facts.Constraint { Type = "p" | "u" } -> true
                | _ -> false)
            |> List.map (fun key ->
                Words.needs database key.Address |> Set.filter (fun used -> used.Kind = Kind.Column))
            |> Set.unionMany
        | Some _
        | None -> Set.empty

    let needsOrFollows (database: PgDatabase) address =
        database.Precedes.TryFind address
        |> Option.defaultValue Set.empty
        |> Set.union (Words.needs database address)
        |> Set.union (rowsIn database address)
        |> Set.union (ofReferencedKeys database address)
        |> Set.union (RowAliases.named database address)

    let remade (decision: Decision) = decision.Remakes |> Map.values |> Seq.map _.Remade |> Set.unionMany

    /// A part of something that is made anew is made with it.
    let isInside (remade: Set<Address>) (object: PgObject) = object.Parent |> Option.exists remade.Contains

    /// Those who need a column that is converted come back after the conversion, and go before it.
    let conversion (column: Address) (by: Address) = PgKey.Name $"conversion of {column} for {by}"

    let keys (decision: Decision) : Set<Address> -> PgKey list =
        let conversions =
            [ for KeyValue(by, remake) in decision.Remakes do
                  for column in remake.Converted do
                      column, conversion column by ]
            |> List.groupBy fst
            |> List.map (fun (column, pairs) -> column, List.map snd pairs)
            |> Map.ofList

        fun addresses ->
            [ for address in addresses do
                  PgKey.Object address
                  yield! conversions.TryFind address |> Option.defaultValue [] ]

    /// What was put aside under another name, until those have turned to something else who may have had to wait for it.
    let aside (decision: Decision) : Set<Address> =
        decision.Remakes
        |> Map.values
        |> Seq.filter (fun remake -> not remake.Afterwards.IsEmpty)
        |> Seq.map _.Remade
        |> Set.unionMany
        |> Set.union (Set.intersect decision.Context.Aside decision.Context.Dropping)

    let old (address: Address) = PgKey.Name $"old {address}"

    /// Event triggers fire on the statements of the plan itself: they go first and come last.
    let isWatcher (address: Address) = address.Kind = Kind.EventTrigger

    let address (node: PgNode) : Address = PgStep.address node.Change.Step
