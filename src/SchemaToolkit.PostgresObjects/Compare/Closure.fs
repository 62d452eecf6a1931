namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic

/// What has to happen to each object, with everything that is dragged along.
type Decision =
    {
        Context: Context
        Differences: Differences
        /// What alterations make anew beside their own object.
        Remakes: Map<Address, Disturbance>
        /// Statements in place, for objects that stay.
        Altered: Map<Address, string list>
    }

/// From single changes to the whole set of objects that must go and come back.
[<RequireQualifiedAccess>]
module Closure =
    /// Who needs an object. Collected when first asked: nothing asks where nothing goes.
    let private dependants (database: PgDatabase) : Address -> Address seq =
        let users =
            lazy
                (let users = Dictionary<Address, List<Address>>()

                 for KeyValue(address, needs) in database.Needs.Unordered do
                     for needed in needs do
                         match users.TryGetValue needed with
                         | true, others -> others.Add address
                         | false, _ -> users[needed] <- List [ address ]

                 users)

        fun address ->
            match users.Value.TryGetValue address with
            | true, found -> found
            | false, _ -> Seq.empty

    /// Children that stay children: partitions, and tables that inherit on both sides.
    let private children (context: Context) (dropped: Set<Address>) : (Address * Address) list =
        [ for KeyValue(address, object) in context.From.Objects do
              match object.Facts with
              | Facts.Attachment(parent, bound) when bound <> "" && not (dropped.Contains address) ->
                  match context.To.Objects.TryFind address with
                  | Some { Facts = Facts.Attachment(after, _) } when after = parent -> parent, Option.get object.Parent
                  | Some _
                  | None -> ()
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
            dropped |> Set.filter (fun a -> a.Kind = Kind.Column && not (dropped.Contains(Address.tableOf a)))

        let isGiven (address: Address) =
            match context.From.Objects.TryFind address with
            | Some { Facts = Facts.Column facts } ->
                let gone () = Bonds.above context.From address |> List.filter dropped.Contains

                (facts.WithTable || not facts.IsLocal)
                && (facts.InheritCount = 1 || facts.InheritCount > 1 && gone().Length = facts.InheritCount)
            | Some _
            | None -> false

        // What becomes the child's own stays.
        let isKept (column: Address) (child: Address) =
            context.To.Objects.ContainsKey child && not (context.To.Objects.ContainsKey column)

        if columns.IsEmpty then
            Set.empty
        else
            [ for parent, child in children context dropped do
                  for column in columns do
                      if column.Schema = parent.Schema && column.Name = parent.Name then
                          column, Address.part Kind.Column child.Schema child.Name column.Part ]
            |> List.filter (fun (column, child) -> isGiven child && not (isKept column child))
            |> List.map snd
            |> Set.ofList

    /// An index that is attached to another cannot go alone: the other goes too.
    let private attachedTo (context: Context) (dropped: Set<Address>) =
        [ for address in dropped do
              match context.From.Objects.TryFind address with
              | Some { Facts = Facts.Attachment(_, ""); Parent = child } ->
                  let needs = Words.needs context.From address

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

    let private isNamedLike (a: Address) (b: Address) = a.Kind <> b.Kind && a.Schema = b.Schema && a.Name = b.Name

    /// A column, or a type that is made of types, is converted where it stands when it lets go of what goes, unless the type
    /// that it turns to has to wait for the name.
    let private letsGo (context: Context) (gone: Address) (user: PgObject) =
        let turns =
            match user.Facts, context.To.Objects.TryFind user.Address |> Option.map _.Facts with
            | Facts.Column a, Some(Facts.Column b) ->
                // A collation may be that of a domain, whose columns are converted with it.
                let lets = a.Type <> b.Type || a.Collation <> b.Collation || gone.Kind = Kind.Collation
                lets && user.Parent <> Some gone
            | Facts.Attribute a, Some(Facts.Attribute b) ->
                (a.Type <> b.Type || a.Collation <> b.Collation) && user.Parent <> Some gone
            | Facts.Domain a, Some(Facts.Domain b) -> a.BaseType <> b.BaseType || a.Collation <> b.Collation
            | Facts.Composite a, Some(Facts.Composite b) -> a <> b
            | _ -> false

        turns
        && (let needs = Words.needs context.To user.Address

            not (needs.Contains gone)
            && (context.Aside.Contains gone || not (Set.exists (isNamedLike gone) needs)))

    /// A base type that stays is read and written with other functions when one of its own goes.
    let private readsOtherwise (context: Context) (gone: Address) (user: PgObject) =
        let isOwn () = context.From.Objects.TryFind gone |> Option.exists (fun f -> f.Parent = Some user.Address)

        user.Address.Kind = Kind.BaseType
        && gone.Kind = Kind.Function
        && not (context.To.Objects.ContainsKey gone)
        && context.To.Objects.ContainsKey user.Address
        && isOwn ()

    /// Kinds whose statements in place replace all that they name.
    let private namesAnew (kind: Kind) =
        match kind with
        | Kind.Aggregate
        | Kind.Operator
        | Kind.OperatorFamily
        | Kind.TextSearchConfiguration
        | Kind.ForeignDataWrapper
        | Kind.Language
        | Kind.Transform -> true
        | _ -> false

    /// Another function of the name may differ in no more than the names of its arguments: it waits until the other is gone.
    let private isOfName (a: Address) (b: Address) = a.Schema = b.Schema && a.Name = b.Name

    /// What is changed where it stands no longer needs what goes.
    let private namesAnother (context: Context) (gone: Address) (user: PgObject) =
        namesAnew user.Address.Kind
        && (match context.To.Objects.TryFind user.Address with
            | Some after when after.Facts <> user.Facts ->
                let needs = Words.needs context.To user.Address
                not (needs.Contains gone || Set.exists (isOfName gone) needs)
            | Some _
            | None -> false)

    let rec private spread
        (context: Context)
        (users: Address -> Address seq)
        (dropped: Set<Address>)
        (frontier: Set<Address>)
        =
        let next =
            frontier
            |> Seq.collect (fun gone ->
                users gone
                |> Seq.choose context.From.Objects.TryFind
                |> Seq.filter (fun user ->
                    not (
                        letsGo context gone user || readsOtherwise context gone user || namesAnother context gone user
                    )))
            |> Seq.collect (fun user -> [ user.Address; goer context user ])
            |> Seq.filter (fun user -> not (dropped.Contains user))
            |> Set.ofSeq

        let all = Set.union dropped next
        let next = Set.unionMany [ next; inChildren context all; attachedTo context all ] - dropped

        if next.IsEmpty then
            dropped
        else
            spread context users (Set.union dropped next) next

    /// One pass of the kinds' own judgement, given what is known to go.
    let private judge (rules: Kind -> KindRules) (differences: Differences) (context: Context) =
        [ for before, after in differences.Changed do
              if not (context.Dropping.Contains before.Address) then
                  before.Address, (rules before.Address.Kind).Change context before after ]

    /// What goes and is wanted comes back.
    let private goingAnd (differences: Differences) (dropping: Set<Address>) (context: Context) =
        { context with
            Dropping = dropping
            Creating = dropping |> Set.filter context.To.Objects.ContainsKey |> Set.union differences.New }

    /// An index of a partitioned table that a new partition is to lack: attached while the index is there, it would get one.
    /// And an index of the partition that only looks like the one that is to be attached.
    let private lacked (context: Context) =
        [ for address in context.Creating do
              match context.To.Objects[address].Facts with
              | Facts.Attachment(parent, bound) when bound <> "" ->
                  for part in
                      Words.parts context.To parent
                      @ Words.parts context.To (Option.get context.To.Objects[address].Parent) do
                      match context.To.Precedes.TryFind part.Address, part.Facts with
                      | Some attachments, (Facts.Index _ | Facts.Constraint { Type = "p" | "u" }) when
                          attachments.Contains address && context.From.Objects.ContainsKey part.Address
                          ->
                          part.Address
                      | _ -> ()
              | _ -> () ]
        |> Set.ofList

    /// An operator that names another, which names none: made in this order, both, or the engine would name it there.
    let private oneSided (differences: Differences) (context: Context) =
        let touched =
            [ yield! context.Creating
              for before, _ in differences.Changed do
                  before.Address ]
            |> List.filter (fun address -> address.Kind = Kind.Operator)
            |> Set.ofList

        if touched.IsEmpty then
            Set.empty
        else
            [ for object in context.To.Objects.Every do
                  if object.Address.Kind = Kind.Operator then
                      for name in [ "commutator"; "negator" ] do
                          match Operators.partner name object |> Option.bind context.To.Objects.TryFind with
                          | Some other when
                              (Operators.partner name other).IsNone
                              && (touched.Contains object.Address || touched.Contains other.Address)
                              ->
                              object.Address
                              other.Address
                          | Some _
                          | None -> () ]
            |> List.filter context.From.Objects.ContainsKey
            |> Set.ofList

    /// Indexes that look alike on both sides, and sort by what was the default there and by a new default here.
    let private sortedOtherwise (context: Context) =
        let classes = context.Creating |> Set.filter (fun address -> address.Kind = Kind.OperatorClass)

        if classes.IsEmpty then
            Set.empty
        else
            [ for object in context.To.Objects.Every do
                  if
                      object.Address.Kind = Kind.Index
                      && context.From.Objects.ContainsKey object.Address
                      && not (Set.intersect classes (Words.needs context.To object.Address)).IsEmpty
                  then
                      object.Address ]
            |> Set.ofList

    let rec private settle rules (users: Address -> Address seq) (differences: Differences) (context: Context) =
        let judged = judge rules differences context

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
                      for user in users address do
                          match context.From.Objects.TryFind user with
                          | Some object when inTheWay object -> goer context object
                          | Some _
                          | None -> () ]
            |> Set.ofList

        let seeds =
            Set.unionMany
                [ context.Dropping
                  replaced
                  disturbing
                  lacked context
                  oneSided differences context
                  RowAliases.leftBehind context
                  sortedOtherwise context ]

        let dropping = spread context users seeds seeds

        if dropping = context.Dropping then
            { Context = context
              Differences = differences
              Remakes =
                judged
                |> List.choose (fun (address, change) ->
                    match change with
                    | Change.Disturb disturbance when not (disturbance.Remade.IsEmpty && disturbance.Converted.IsEmpty) ->
                        Some(address, disturbance)
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
                    // A column that changes with its parent's has no statement, but others wait for it.
                    | Change.Disturb disturbance when disturbance.Sql.IsEmpty && address.Kind <> Kind.Column -> None
                    | Change.Disturb disturbance -> Some(address, disturbance.Sql)
                    | Change.Same
                    | Change.Replace -> None)
                |> Map.ofList }
        else
            settle rules users differences (goingAnd differences dropping context)

    /// Nothing is lost when it is made anew rather than altered.
    let canBeAnew (address: Address) = namesAnew address.Kind && address.Kind <> Kind.Language

    /// What is `anew` is dropped and made again, though it could be altered: it would be in a circle.
    let decide (rules: Kind -> KindRules) (from: PgDatabase) (target: PgDatabase) (anew: Set<Address>) : Decision =
        let differences = Differences.between from target
        let from, aside = Namesakes.aside differences.Gone from target
        let differences = if aside.IsEmpty then differences else Differences.between from target
        let users = dependants from

        let context =
            { From = from
              To = target
              Creating = differences.New
              Dropping = Set.empty
              Apart = Set.empty
              Aside = aside }

        let gone = anew |> Set.filter from.Objects.ContainsKey |> Set.union differences.Gone
        let dropping = spread context users gone gone
        settle rules users differences (goingAnd differences dropping context)
