namespace SchemaToolkit.PostgresObjects

/// What has to happen to each object, with everything that is dragged along.
type Decision =
    {
        Context: Context
        /// What alterations make anew beside their own object.
        Remakes: Map<Address, Disturbance>
        /// Statements in place, for objects that stay.
        Altered: Map<Address, string list>
    }

/// From single changes to the whole set of objects that must go and come back.
[<RequireQualifiedAccess>]
module Closure =
    /// Who needs an object.
    let dependants (database: PgDatabase) : Map<Address, Set<Address>> =
        [ for KeyValue(address, needs) in database.Needs do
              for needed in needs do
                  needed, address ]
        |> List.groupBy fst
        |> List.map (fun (needed, pairs) -> needed, pairs |> List.map snd |> Set.ofList)
        |> Map.ofList

    /// Children that stay children: partitions, and tables that inherit on both sides.
    let private children (context: Context) (dropped: Set<Address>) : (Address * Address) list =
        [ for KeyValue(address, object) in context.From.Objects do
              match object.Facts with
              | Facts.Attachment(parent, bound) when bound <> "" && not (dropped.Contains address) ->
                  parent, Option.get object.Parent
              | Facts.Table facts when not facts.Inherits.IsEmpty ->
                  match context.To.Objects.TryFind address with
                  | Some { Facts = Facts.Table after } ->
                      for parent in facts.Inherits do
                          if List.contains parent after.Inherits then
                              parent, address
                  | Some _
                  | None -> ()
              | _ -> () ]

    /// The columns that children have of a column: they go and come back with it.
    let private inChildren (context: Context) (dropped: Set<Address>) =
        let columns =
            dropped
            |> Set.filter (fun a ->
                a.Kind = Kind.Column && not (dropped.Contains { a with Kind = Kind.Table; Part = "" }))

        let isGiven (address: Address) =
            match context.From.Objects.TryFind address with
            | Some { Facts = Facts.Column facts } -> facts.InheritCount = 1 && (facts.WithTable || not facts.IsLocal)
            | Some _
            | None -> false

        if columns.IsEmpty then
            Set.empty
        else
            [ for parent, child in children context dropped do
                  for column in columns do
                      if column.Schema = parent.Schema && column.Name = parent.Name then
                          Address.part Kind.Column child.Schema child.Name column.Part ]
            |> List.filter isGiven
            |> Set.ofList

    /// An index that is attached to another cannot go alone: the other goes too.
    let private attachedTo (context: Context) (dropped: Set<Address>) =
        [ for address in dropped do
              match context.From.Objects.TryFind address with
              | Some { Facts = Facts.Attachment(_, ""); Parent = child } ->
                  let needs = context.From.Needs.TryFind address |> Option.defaultValue Set.empty

                  if not (needs |> Set.exists (fun n -> n.Kind = Kind.Attachment && dropped.Contains n)) then
                      yield! needs |> Set.filter (fun n -> n.Kind <> Kind.Attachment && Some n <> child)
              | Some _
              | None -> () ]
        |> Set.ofList

    /// The expression of a column that is and stays generated goes with the column.
    let private goer (context: Context) (object: PgObject) =
        match object.Facts, object.Parent with
        | Facts.Default { Generated = true }, Some column ->
            match context.To.Objects.TryFind column with
            | Some { Facts = Facts.Column { Generated = None } } -> object.Address
            | Some _
            | None -> column
        | _ -> object.Address

    let rec private spread
        (context: Context)
        (users: Map<Address, Set<Address>>)
        (dropped: Set<Address>)
        (frontier: Set<Address>)
        =
        let next =
            frontier
            |> Seq.collect (fun address -> users.TryFind address |> Option.defaultValue Set.empty)
            |> Seq.choose context.From.Objects.TryFind
            |> Seq.collect (fun user -> [ user.Address; goer context user ])
            |> Seq.filter (fun user -> not (dropped.Contains user))
            |> Set.ofSeq

        let all = Set.union dropped next
        let next = Set.unionMany [ next; inChildren context all; attachedTo context all ] - dropped

        if next.IsEmpty then
            dropped
        else
            spread context users (Set.union dropped next) next

    let private keys (objects: Map<Address, PgObject>) = objects |> Map.keys |> Set.ofSeq

    /// One pass of the kinds' own judgement, given what is known to go.
    let private judge (rules: Kind -> KindRules) (context: Context) =
        [ for KeyValue(address, before) in context.From.Objects do
              match context.To.Objects.TryFind address with
              | Some after when not (context.Dropping.Contains address) && before.Facts <> after.Facts ->
                  address, (rules address.Kind).Change context before after
              | Some _
              | None -> () ]

    let rec private settle rules (users: Map<Address, Set<Address>>) (context: Context) =
        let judged = judge rules context

        let replaced =
            judged
            |> List.filter (fun (_, change) ->
                match change with
                | Change.Replace -> true
                | Change.Same
                | Change.Alter _
                | Change.Disturb _ -> false)
            |> List.map fst
            |> Set.ofList

        let disturbances =
            judged
            |> List.choose (fun (_, change) ->
                match change with
                | Change.Disturb disturbance -> Some disturbance
                | Change.Same
                | Change.Alter _
                | Change.Replace -> None)

        let disturbing =
            [ for disturbance in disturbances do
                  yield! disturbance.Replaces

                  for address, inTheWay in disturbance.InTheWay do
                      for user in users.TryFind address |> Option.defaultValue Set.empty do
                          match context.From.Objects.TryFind user with
                          | Some object when inTheWay object -> goer context object
                          | Some _
                          | None -> () ]
            |> Set.ofList

        let seeds = Set.unionMany [ context.Dropping; replaced; disturbing ]
        let dropping = spread context users seeds seeds

        if dropping = context.Dropping then
            { Context = context
              Remakes =
                judged
                |> List.choose (fun (address, change) ->
                    match change with
                    | Change.Disturb disturbance when not disturbance.Remade.IsEmpty -> Some(address, disturbance)
                    | Change.Disturb _
                    | Change.Same
                    | Change.Alter _
                    | Change.Replace -> None)
                |> Map.ofList
              Altered =
                judged
                |> List.choose (fun (address, change) ->
                    match change with
                    | Change.Alter sql -> Some(address, sql)
                    | Change.Disturb disturbance when disturbance.Sql.IsEmpty -> None
                    | Change.Disturb disturbance -> Some(address, disturbance.Sql)
                    | Change.Same
                    | Change.Replace -> None)
                |> Map.ofList }
        else
            let after = keys context.To.Objects
            let created = after - keys context.From.Objects

            settle
                rules
                users
                { context with
                    Dropping = dropping
                    Creating = Set.union created (Set.intersect dropping after) }

    let decide (rules: Kind -> KindRules) (from: PgDatabase) (target: PgDatabase) : Decision =
        let before, after = keys from.Objects, keys target.Objects
        let users = dependants from

        let context = { From = from; To = target; Creating = after - before; Dropping = Set.empty }

        let dropping = spread context users (before - after) (before - after)

        settle
            rules
            users
            { context with
                Creating = Set.union context.Creating (Set.intersect dropping after)
                Dropping = dropping }
