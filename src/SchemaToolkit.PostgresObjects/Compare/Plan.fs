namespace SchemaToolkit.PostgresObjects

open SchemaToolkit.Diffing

/// From a decision to statements in an order that works.
[<RequireQualifiedAccess>]
module PgPlan =
    /// A function that a base type is read or written with from now on is there before the type is told so; one that no longer
    /// is goes afterwards.
    let private withoutStayingType
        (database: PgDatabase)
        (moving: Set<Address>)
        (address: Address)
        (used: Set<Address>)
        =
        match database.Objects[address].Parent with
        | Some({ Kind = Kind.BaseType } as parent) when not (moving.Contains parent) -> used.Remove parent
        | Some _
        | None -> used

    let private drops (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context
        let remade = PgNode.remade decision
        let keys = PgNode.keys decision
        let below = Heritage.below context.From context.Dropping

        let referenced = lazy (Departures.referenced context.From)

        context.Dropping
        |> Seq.map (fun address -> context.From.Objects[address])
        |> Seq.filter (fun object -> not (PgNode.isInside remade object))
        |> Seq.groupBy (Departures.root decision referenced)
        |> Seq.map (fun (address, members) ->
            let object = context.From.Objects[address]
            let addresses = members |> Seq.map _.Address |> Set.ofSeq

            let used =
                addresses
                |> Seq.filter (Departures.isIndexAttachment context.From >> not)
                |> Seq.map (fun a ->
                    // An index waits for partitions only to be made.
                    let used =
                        if a.Kind = Kind.Index then
                            PgNode.needs context.From a
                        else
                            PgNode.needsOrFollows context.From a

                    Heritage.withoutGiver context.From a used)
                |> Set.unionMany
                |> Set.union (Departures.partitionsHeld context object)
                |> withoutStayingType context.From context.Dropping address
                |> Heritage.freedByDrop context.From below address

            let names =
                [ yield! members |> Seq.collect (fun m -> (rules m.Address.Kind).Names m)
                  if Heritage.isPart address then
                      Heritage.given address ]

            { Change = { Step = PgStep.Drop object; Sql = (rules address.Kind).Drop context object }
              Edges =
                { Creates = []
                  Destroys = (addresses |> Set.toList |> List.map PgKey.Object) @ List.map PgKey.Name names
                  Needs = []
                  Frees = keys (used - addresses) }
              // A partition is detached before anything happens to it.
              Rank =
                (if PgNode.isWatcher address then -1
                 elif address.Kind = Kind.Attachment then 0
                 else 1) })
        |> List.ofSeq

    let private creates (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context
        let remade = PgNode.remade decision
        let keys = PgNode.keys decision

        let creating =
            context.Creating
            |> Set.filter (fun address -> not (PgNode.isInside remade context.To.Objects[address]))

        let absorbed =
            creating
            |> Seq.map (fun address ->
                let object = context.To.Objects[address]
                address, (rules address.Kind).Absorbs context object |> Set.ofList |> Set.intersect context.Creating)
            |> Map.ofSeq

        let inside = absorbed |> Map.values |> Set.unionMany
        let whole = context.Creating |> Set.filter (Heritage.isPart >> not)
        let below = Heritage.below context.To whole

        creating - inside
        |> Seq.map (fun address ->
            let object = context.To.Objects[address]
            let own = absorbed[address].Add address

            let used =
                own
                |> Seq.map (PgNode.needsOrFollows context.To)
                |> Set.unionMany
                |> Set.filter (fun a -> context.To.Objects[a].Parent <> Some address)
                |> withoutStayingType context.To context.Creating address
                |> Heritage.neededByCreate context below address

            let names = own |> Seq.collect (fun a -> (rules a.Kind).Names context.To.Objects[a]) |> List.ofSeq

            { Change =
                { Step = PgStep.Create object
                  Sql = (rules address.Kind).Create context object }
              Edges =
                { Creates =
                    (own |> Set.toList |> List.map PgKey.Object)
                    @ List.map PgKey.Name (names @ Heritage.givenByCreate context below address)
                  Destroys = []
                  Needs = keys (used - own)
                  Frees = [] }
              Rank = (if PgNode.isWatcher address then 5 else 2) })
        |> List.ofSeq

    let private alters (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context
        let keys = PgNode.keys decision
        let remade = PgNode.remade decision
        let goers = Set.union context.Dropping remade
        let names (object: PgObject) = (rules object.Address.Kind).Names object |> List.map PgKey.Name
        let old (address: Address) = PgKey.Name $"old {address}"

        let aside =
            [ for remake in decision.Remakes.Values do
                  if not remake.Afterwards.IsEmpty then
                      remake.Remade ]
            |> Set.unionMany

        decision.Altered
        |> Map.toList
        // What is made anew with another is not altered by itself.
        |> List.filter (fun (address, _) -> not (remade.Contains address) || decision.Remakes.ContainsKey address)
        |> List.filter (fun (address, _) -> not (PgNode.isInside remade context.To.Objects[address]))
        |> List.collect (fun (address, sql) ->
            let before, after = context.From.Objects[address], context.To.Objects[address]
            let remake = decision.Remakes.TryFind address |> Option.defaultValue Change.noDisturbance
            let own = remake.Remade.Add address

            let covered (database: PgDatabase) =
                [ yield! own
                  for address in remake.Remade do
                      for part in database.PartsOf.TryFind address |> Option.defaultValue [] do
                          part.Address ]
                |> Set.ofList

            let conversions = [ for column in remake.Converted -> PgNode.conversion column address ]
            let createdHere, destroyedHere = covered context.To, covered context.From
            let used needs here = here |> Seq.map needs |> Set.unionMany

            let needed = used (PgNode.needsOrFollows context.To) createdHere
            let former = remake.Remade |> Set.toList |> List.map old
            let made = PgKey.Name $"making of {address}"

            // What stays is only altered, its new form comes first; what is put aside waits for those who turn from it.
            let frees =
                [ for freed in used (PgNode.needs context.From) destroyedHere - destroyedHere |> Set.intersect goers do
                      if aside.Contains freed && not (needed.Contains freed) then
                          old freed
                      elif not (remade.Contains freed && needed.Contains freed) then
                          yield! keys (Set.singleton freed) ]

            let rank =
                if not (PgNode.isWatcher address) then 3
                elif EventTriggers.isAsleep after then -1
                else 5

            let node: PgNode =
                { Change = { Step = PgStep.Alter(before, after); Sql = sql }
                  Edges =
                    { Creates =
                        (createdHere |> Set.toList |> List.map PgKey.Object)
                        @ conversions
                        @ [ made ]
                        @ List.except (names before) (names after)
                      Destroys =
                        (destroyedHere |> Set.toList |> List.map PgKey.Object)
                        @ conversions
                        @ List.except (names after) (names before)
                      Needs =
                        Set.union needed (Heritage.neededByAlter context.To address - context.Creating) - createdHere
                        |> keys
                      Frees = if remake.Afterwards.IsEmpty then frees else [] }
                  Rank = rank }

            let afterwards: PgNode =
                { Change = { Step = PgStep.Alter(before, after); Sql = remake.Afterwards }
                  Edges = { Creates = []; Destroys = former; Needs = [ made ]; Frees = frees }
                  Rank = rank }

            if remake.Afterwards.IsEmpty then [ node ] else [ node; afterwards ])

    /// The table whose owner is the owner of a part of it, too.
    let private governing (database: PgDatabase) (object: PgObject) =
        match object.Address.Kind, object.Parent with
        | Kind.Column, parent -> parent
        | Kind.Sequence, parent ->
            match database.Objects.TryFind { object.Address with Kind = Kind.SequenceOwner } with
            | Some { Facts = Facts.SequenceOwner column } -> Some { column with Kind = Kind.Table; Part = "" }
            | Some _
            | None -> parent |> Option.map (fun column -> { column with Kind = Kind.Table; Part = "" })
        | _ -> None

    let private attributes (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context
        let owner (address: Address) = PgKey.Name $"owner of {address}"

        // A sequence is put into a table's hands before the table passes into others.
        let owned =
            [ for object in context.To.Objects.Every do
                  match object.Facts with
                  | Facts.SequenceOwner column -> { column with Kind = Kind.Table; Part = "" }, object.Address
                  | _ -> () ]
            |> List.groupBy fst
            |> Map.ofList

        let sequencesOf (table: Address) =
            owned.TryFind table |> Option.defaultValue [] |> List.map (snd >> PgKey.Object)

        let remade = PgNode.remade decision

        let insideRemade =
            [ for address in remade do
                  for part in context.To.PartsOf.TryFind address |> Option.defaultValue [] do
                      part.Address ]
            |> Set.ofList

        // What is taken back of a table is taken back of its columns.
        let granted =
            [ for address in decision.Differences.Attributes do
                  for part in context.To.PartsOf.TryFind address |> Option.defaultValue [] do
                      match part.Address.Kind, part.Grants with
                      | Kind.Column, Some(_ :: _) when context.From.Objects.ContainsKey part.Address -> part.Address
                      | _ -> () ]
            |> Set.ofList

        let candidates =
            Set.unionMany
                [ decision.Differences.Attributes
                  granted
                  context.Creating
                  Set.filter context.To.Objects.ContainsKey remade
                  insideRemade ]

        [ for address in candidates do
              let after = context.To.Objects[address]

              let before =
                  if context.Creating.Contains address || remade.Contains address || PgNode.isInside remade after then
                      None
                  else
                      context.From.Objects.TryFind address

              match Attributes.statements context (rules address.Kind) before after with
              | [] -> ()
              | sql ->
                  { Change = { Step = PgStep.Attributes(before, after); Sql = sql }
                    Edges =
                      { Creates = [ owner address ]
                        Destroys = []
                        // A new owner changes who has granted what.
                        Needs =
                          PgKey.Object address :: (governing context.To after |> Option.map owner |> Option.toList)
                          @ sequencesOf address
                        Frees = [] }
                    Rank = 4 } ]

    let private address (node: PgNode) =
        match node.Change.Step with
        | PgStep.Drop object
        | PgStep.Create object -> object.Address
        | PgStep.Alter(_, after)
        | PgStep.Attributes(_, after) -> after.Address

    /// What can stand apart from a table or view that is in a circle: a check that calls a function of the table's own rows,
    /// a policy of each of two tables that asks the other.
    let private severable (decision: Decision) (circle: PgNode list) : Set<Address> =
        let context = decision.Context

        let rec owner (database: PgDatabase) (object: PgObject) =
            match object.Parent with
            | Some parent ->
                match database.Objects.TryFind parent with
                | Some parent -> owner database parent
                | None -> parent
            | None -> object.Address

        let of' (database: PgDatabase) (moving: Set<Address>) (isSevered: PgObject -> bool) (table: Address) =
            [ for address in moving do
                  match database.Objects.TryFind address with
                  | Some part when part.Parent.IsSome && owner database part = table && isSevered part ->
                      let leavesTable (used: Address) =
                          moving.Contains used
                          && match database.Objects.TryFind used with
                             | Some used -> owner database used <> table
                             | None -> false

                      if Set.exists leavesTable (PgNode.needs database address) then
                          address
                  | Some _
                  | None -> () ]

        let isDefault (database: PgDatabase) (part: PgObject) =
            match part.Facts, part.Parent |> Option.bind database.Objects.TryFind with
            | Facts.Default { Generated = false }, Some { Facts = Facts.Column { WithTable = false } }
            | Facts.Default { Generated = false }, Some { Facts = Facts.ViewColumn } -> true
            | _ -> false

        let goesAlone (part: PgObject) =
            match part.Address.Kind, part.Facts with
            | (Kind.Policy | Kind.Rule), _ -> true
            | Kind.Trigger, Facts.Trigger { Inherited = None } -> true
            | Kind.Index, Facts.Index { Attached = false } -> true
            | Kind.Constraint, Facts.Constraint { Attached = false; IsLocal = true; InheritCount = 0 } -> true
            | _ -> isDefault context.From part

        [ for node in circle do
              match node.Change.Step with
              | PgStep.Drop object -> yield! of' context.From context.Dropping goesAlone object.Address
              | PgStep.Create object -> yield! of' context.To context.Creating (isDefault context.To) object.Address
              | PgStep.Alter _
              | PgStep.Attributes _ -> () ]
        |> Set.ofList

    let rec private ordered (rules: Kind -> KindRules) (decision: Decision) : PgChange list =
        let nodes =
            drops rules decision @ creates rules decision @ alters rules decision @ attributes rules decision
            |> List.collect (Stubs.split decision.Context)

        let edges node = node.Edges

        // Privileges of new objects are reckoned from the default ones that there were: these change last, also when they go.
        let rank node = if (address node).Kind = Kind.DefaultPrivileges then 5 else node.Rank

        let pathOf = Running.path decision.Context

        let converted (node: PgNode) =
            match decision.Remakes.TryFind(address node) with
            | Some disturbance -> disturbance.Converted
            | None -> Set.empty

        let nodes = nodes |> List.map (fun node -> node, pathOf (converted node) node.Change.Step)

        // What runs functions is made when all is there that their bodies may name.
        let order (node: PgNode, path: string list) =
            rank node, not path.IsEmpty, Order.kind (address node).Kind, address node

        match nodes |> List.sortBy order |> Graph.sort (fst >> edges) with
        | Ok sorted ->
            sorted
            |> List.map (fun (node, path) ->
                { node.Change with Sql = node.Change.Sql |> List.map Spelling.statement }, path)
            |> List.filter (fun (change, _) -> not change.Sql.IsEmpty)
            |> Running.under (Running.ofWatchers decision.Context)
        | Error circle ->
            let verb (node: PgNode) =
                match node.Change.Step with
                | PgStep.Drop _ -> "drop"
                | PgStep.Create _ -> "create"
                | PgStep.Alter _ -> "alter"
                | PgStep.Attributes _ -> "attributes of"

            let steps = circle |> List.map (fun (node, _) -> $"{verb node} {address node}") |> String.concat "; "
            let apart = decision.Context.Apart
            let circle = List.map fst circle

            let further =
                match Set.union apart (severable decision circle) with
                | further when further = apart -> Set.union apart (Stubs.possible decision.Context circle)
                | further -> further

            if further = apart then
                raise (CircleException $"These objects need each other in a circle: {steps}.")
            else
                ordered rules { decision with Context = { decision.Context with Apart = further } }

    /// The changes that turn one database into another, in order. Empty when there is nothing to do.
    let between (rules: Kind -> KindRules) (from: PgDatabase) (target: PgDatabase) : PgChange list =
        Closure.decide rules from target |> ordered rules
