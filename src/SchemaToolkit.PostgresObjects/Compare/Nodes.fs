namespace SchemaToolkit.PostgresObjects

open System

/// The steps of a decision, each with its statements and with what it makes, takes away and needs.
[<RequireQualifiedAccess>]
module internal Nodes =
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

    /// A type that gives its name to another goes when nothing has it any more.
    let private waiting (context: Context) (object: PgObject) destroyed frees rank : PgNode list =
        let made = PgKey.Name $"waiting of {object.Address}"

        [ { Change = { Step = PgStep.Drop object; Sql = Retype.putAside context object.Address }
            Edges = { Creates = [ made ]; Destroys = destroyed; Needs = []; Frees = [] }
            Rank = rank }
          { Change = { Step = PgStep.Drop object; Sql = [ Retype.dropAside object.Address ] }
            Edges =
              { Creates = []
                Destroys = [ PgNode.old object.Address ]
                Needs = [ made ]
                Frees = frees }
            Rank = 3 } ]

    let private drops (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context
        let remade = PgNode.remade decision
        let keys = PgNode.keys decision
        let below = Heritage.below context.From context.Dropping

        let referenced = lazy (Departures.referenced context.From)
        let aside = PgNode.aside decision

        // Tables and types may stand on what was put aside until it goes.
        let frees (object: PgObject) (used: Set<Address>) =
            match object.Address.Kind with
            | Kind.Table
            | Kind.Domain
            | Kind.Composite
            | Kind.Range ->
                let late = Set.intersect used aside
                keys (used - late) @ (late |> Set.toList |> List.map PgNode.old)
            | _ -> keys used

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
                            Words.needs context.From a
                        elif a.Kind = Kind.Attachment then
                            PgNode.needsOrFollows context.From a
                            |> Set.filter (Departures.isIndexAttachment context.From >> not)
                            |> Set.union (Departures.keptByDetaching context.From a)
                        elif Departures.isKey context.From a then
                            PgNode.needsOrFollows context.From a |> Set.filter (fun u -> u.Kind <> Kind.Attachment)
                        else
                            PgNode.needsOrFollows context.From a

                    Heritage.withoutGiver context.From a used)
                |> Set.unionMany
                |> Set.union (Departures.partitionsHeld context object)
                |> Set.union (Departures.expressionsHeld context object)
                |> Set.union (Departures.keysHeld context object)
                |> withoutStayingType context.From context.Dropping address
                |> Heritage.freedByDrop context.From below address

            let names =
                [ yield! members |> Seq.collect (fun m -> (rules m.Address.Kind).Names m)
                  if Heritage.isPart address then
                      Heritage.given address ]

            let destroyed = (addresses |> Set.toList |> List.map PgKey.Object) @ List.map PgKey.Name names
            let frees = frees object (used - addresses)

            // A partition is detached before anything happens to it.
            let rank =
                if PgNode.isWatcher address then -1
                elif address.Kind = Kind.Attachment then 0
                else 1

            if context.Aside.Contains address then
                waiting context object destroyed frees rank
            else
                [ { Change = { Step = PgStep.Drop object; Sql = (rules address.Kind).Drop context object }
                    Edges = { Creates = []; Destroys = destroyed; Needs = []; Frees = frees }
                    Rank = rank } ])
        |> List.concat
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

        // Foreign keys of partitions that have names of their own, and the keys that they belong to.
        let named =
            [ for address in context.Creating do
                  match Constraints.named context.To context.To.Objects[address] with
                  | Some above when context.Creating.Contains above -> address, above
                  | Some _
                  | None -> () ]

        let afterNamed (address: Address) (used: Set<Address>) =
            (used, named)
            ||> List.fold (fun used (key, above) ->
                if key = address then used.Remove above
                elif above = address then used.Add key
                else used)

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
                |> afterNamed address

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
        let aside = PgNode.aside decision

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
                      for part in Words.parts database address do
                          part.Address ]
                |> Set.ofList

            let conversions = [ for column in remake.Converted -> PgNode.conversion column address ]
            let createdHere, destroyedHere = covered context.To, covered context.From
            let used needs here = here |> Seq.map needs |> Set.unionMany

            let needed = used (PgNode.needsOrFollows context.To) createdHere
            let former = remake.Remade |> Set.toList |> List.map PgNode.old
            let made = PgKey.Name $"making of {address}"

            // An enum that is not made anew is there all the time: nobody who goes has to go first.
            let isGrown = address.Kind = Kind.Enum && not (decision.Remakes.ContainsKey address)

            // From a type to an array of it, or the other way.
            let isOtherwise =
                match before.Facts, after.Facts with
                | Facts.Column a, Facts.Column b -> a.Type <> b.Type
                | Facts.Attribute a, Facts.Attribute b -> a.Type <> b.Type
                | _ -> false

            // What stays is only altered, its new form comes first; what is put aside waits for those who turn from it.
            let frees =
                [ for freed in used (Words.needs context.From) destroyedHere - destroyedHere |> Set.intersect goers do
                      if aside.Contains freed && (isOtherwise || not (needed.Contains freed)) then
                          PgNode.old freed
                      elif not (remade.Contains freed && needed.Contains freed) then
                          yield! keys (Set.singleton freed)
                  yield! used (PgNode.rowsIn context.From) destroyedHere - destroyedHere |> keys ]

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
                        (if isGrown then [] else destroyedHere |> Set.toList |> List.map PgKey.Object)
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
            | Some { Facts = Facts.SequenceOwner column } -> Some(Address.tableOf column)
            | Some _
            | None -> parent |> Option.map Address.tableOf
        | _ -> None

    let private attributes (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        let context = decision.Context
        let owner (address: Address) = PgKey.Name $"owner of {address}"
        let starts (word: string) (statement: string) = statement.StartsWith(word, StringComparison.Ordinal)

        // Who passed privileges on takes them back while the schema is still open to that role.
        let takenBack (schema: string) = PgKey.Name $"taken back in {schema}"

        let isTakenBack (sql: string list) =
            List.pairwise sql |> List.exists (fun (a, b) -> starts "SET ROLE " a && starts "REVOKE " b)

        // A sequence is put into a table's hands before the table passes into others.
        let owned =
            lazy
                ([ for object in context.To.Objects.Every do
                       match object.Facts with
                       | Facts.SequenceOwner column -> Address.tableOf column, object.Address
                       | _ -> () ]
                 |> List.groupBy fst
                 |> Map.ofList)

        let sequencesOf (table: Address) =
            owned.Value.TryFind table |> Option.defaultValue [] |> List.map (snd >> PgKey.Object)

        let remade = PgNode.remade decision

        let insideRemade =
            [ for address in remade do
                  for part in Words.parts context.To address do
                      part.Address ]
            |> Set.ofList

        // What is taken back of a table is taken back of its columns.
        let granted =
            [ for address in decision.Differences.Attributes do
                  for part in Words.parts context.To address do
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
                      { Creates =
                          [ owner address
                            if isTakenBack sql then
                                takenBack address.Schema ]
                        Destroys = []
                        // A new owner changes who has granted what.
                        Needs =
                          PgKey.Object address :: (governing context.To after |> Option.map owner |> Option.toList)
                          @ sequencesOf address
                          @ (if address.Kind = Kind.Schema && List.forall (starts "REVOKE ") sql then
                                 [ takenBack address.Name ]
                             else
                                 [])
                        Frees = [] }
                    Rank = 4 } ]

    /// All of them, in no order.
    let all (rules: Kind -> KindRules) (decision: Decision) : PgNode list =
        drops rules decision @ creates rules decision @ alters rules decision @ attributes rules decision
