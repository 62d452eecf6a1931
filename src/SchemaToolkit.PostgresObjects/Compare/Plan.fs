namespace SchemaToolkit.PostgresObjects

open SchemaToolkit.Diffing

/// One step of a plan between two databases, with the statements that carry it out.
[<RequireQualifiedAccess>]
type PgStep =
    | Drop of object: PgObject
    | Create of object: PgObject
    | Alter of before: PgObject * after: PgObject
    /// Owner, privileges, comment and security labels.
    | Attributes of before: PgObject option * after: PgObject

type PgChange = { Step: PgStep; Sql: string list }

/// What steps make, take away and need.
[<RequireQualifiedAccess>]
type PgKey =
    | Object of address: Address
    | Name of name: string

type private PgNode =
    { Change: PgChange
      Edges: Edges<PgKey>
      Rank: int }

/// From a decision to statements in an order that works.
[<RequireQualifiedAccess>]
module PgPlan =
    let private needs (database: PgDatabase) address =
        database.Needs.TryFind address |> Option.defaultValue Set.empty

    /// Goes with its parent, unless it must go first: a foreign key between tables that both go, and an ownership that would
    /// take a sequence along.
    let private goesWithParent (decision: Decision) (object: PgObject) =
        match object.Parent, object.Address.Kind, object.Facts with
        | None, _, _ -> false
        | Some _, Kind.SequenceOwner, _ -> false
        | Some parent, Kind.Constraint, Facts.Constraint c when c.Type = "f" && c.IsLocal ->
            decision.Context.Dropping.Contains parent && c.References = Some parent
        | Some parent, _, _ -> decision.Context.Dropping.Contains parent

    let rec private root (decision: Decision) (object: PgObject) =
        match object.Parent with
        | Some parent when goesWithParent decision object -> root decision decision.Context.From.Objects[parent]
        | Some _
        | None -> object.Address

    let private drops (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context

        context.Dropping
        |> Seq.map (fun address -> context.From.Objects[address])
        |> Seq.groupBy (root decision)
        |> Seq.map (fun (address, members) ->
            let object = context.From.Objects[address]
            let addresses = members |> Seq.map _.Address |> Set.ofSeq
            let used = addresses |> Seq.map (needs context.From) |> Set.unionMany
            let names = members |> Seq.collect (fun m -> (rules m.Address.Kind).Names m) |> List.ofSeq

            { Change =
                { Step = PgStep.Drop object
                  Sql = (rules address.Kind).Drop context object }
              Edges =
                { Creates = []
                  Destroys =
                    (addresses |> Set.toList |> List.map PgKey.Object)
                    @ List.map PgKey.Name names
                  Needs = []
                  Frees = used - addresses |> Set.toList |> List.map PgKey.Object }
              // A partition is detached before anything happens to it.
              Rank = (if address.Kind = Kind.Attachment then 0 else 1) })
        |> List.ofSeq

    let private creates (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context

        let absorbed =
            context.Creating
            |> Seq.map (fun address ->
                let object = context.To.Objects[address]
                address, (rules address.Kind).Absorbs context object |> Set.ofList |> Set.intersect context.Creating)
            |> Map.ofSeq

        let inside = absorbed |> Map.values |> Set.unionMany

        context.Creating - inside
        |> Seq.map (fun address ->
            let object = context.To.Objects[address]
            let own = absorbed[address].Add address
            let used = own |> Seq.map (needs context.To) |> Set.unionMany

            let names =
                own
                |> Seq.collect (fun a -> (rules a.Kind).Names context.To.Objects[a])
                |> List.ofSeq

            { Change =
                { Step = PgStep.Create object
                  Sql = (rules address.Kind).Create context object }
              Edges =
                { Creates = (own |> Set.toList |> List.map PgKey.Object) @ List.map PgKey.Name names
                  Destroys = []
                  Needs = used - own |> Set.toList |> List.map PgKey.Object
                  Frees = [] }
              Rank = 2 })
        |> List.ofSeq

    let private alters (decision: Decision) : PgNode list =
        let context = decision.Context

        decision.Altered
        |> Map.toList
        |> List.map (fun (address, sql) ->
            { Change =
                { Step = PgStep.Alter(context.From.Objects[address], context.To.Objects[address])
                  Sql = sql }
              Edges =
                { Creates = [ PgKey.Object address ]
                  Destroys = [ PgKey.Object address ]
                  Needs = needs context.To address |> Set.remove address |> Set.toList |> List.map PgKey.Object
                  Frees = needs context.From address |> Set.remove address |> Set.toList |> List.map PgKey.Object }
              Rank = 3 })

    let private attributes (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context

        [ for KeyValue(address, after) in context.To.Objects do
              let before =
                  if context.Creating.Contains address then
                      None
                  else
                      context.From.Objects.TryFind address

              match Attributes.statements context (rules address.Kind) before after with
              | [] -> ()
              | sql ->
                  { Change =
                      { Step = PgStep.Attributes(before, after)
                        Sql = sql }
                    Edges =
                      { Creates = []
                        Destroys = []
                        Needs = [ PgKey.Object address ]
                        Frees = [] }
                    Rank = 4 } ]

    let private address (node: PgNode) =
        match node.Change.Step with
        | PgStep.Drop object
        | PgStep.Create object -> object.Address
        | PgStep.Alter(_, after)
        | PgStep.Attributes(_, after) -> after.Address

    /// The changes that turn one database into another, in order. Empty when there is nothing to do.
    let between (rules: Kind -> KindRules) (from: PgDatabase) (target: PgDatabase) : PgChange list =
        let decision = Closure.decide rules from target

        let nodes =
            drops rules decision @ creates rules decision @ alters decision @ attributes rules decision

        let edges node = node.Edges

        match nodes |> List.sortBy (fun n -> n.Rank, Order.kind (address n).Kind, address n) |> Graph.sort edges with
        | Ok ordered -> ordered |> List.map _.Change |> List.filter (fun change -> not change.Sql.IsEmpty)
        | Error circle ->
            let objects = circle |> List.map (address >> string) |> List.distinct |> String.concat "; "
            failwith $"These objects need each other in a circle: {objects}."
