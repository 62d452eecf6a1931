namespace SchemaToolkit.PostgresObjects

/// What has to happen to each object, with everything that is dragged along.
type Decision =
    {
        Context: Context
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

    /// Kinds that stand in the way of a column that changes its type; indexes and plain constraints are rebuilt by the
    /// engine itself.
    let private disturbed (object: PgObject) =
        match object.Address.Kind, object.Facts with
        | (Kind.View | Kind.MaterializedView | Kind.Rule | Kind.Policy | Kind.Trigger | Kind.Default | Kind.PublicationTable), _ -> true
        | (Kind.Function | Kind.Procedure), _ -> true
        | Kind.Constraint, Facts.Constraint c -> c.Type = "f"
        | _ -> false

    let rec private spread (from: PgDatabase) (users: Map<Address, Set<Address>>) (dropped: Set<Address>) (frontier: Set<Address>) =
        let next =
            frontier
            |> Seq.collect (fun address -> users.TryFind address |> Option.defaultValue Set.empty)
            |> Seq.filter (fun user -> not (dropped.Contains user) && from.Objects.ContainsKey user)
            |> Set.ofSeq

        if next.IsEmpty then
            dropped
        else
            spread from users (Set.union dropped next) next

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

        let disturbing =
            judged
            |> List.filter (fun (_, change) ->
                match change with
                | Change.Disturb _ -> true
                | Change.Same
                | Change.Alter _
                | Change.Replace -> false)
            |> List.collect (fun (address, _) -> users.TryFind address |> Option.defaultValue Set.empty |> Set.toList)
            |> List.filter (fun user ->
                match context.From.Objects.TryFind user with
                | Some object -> disturbed object
                | None -> false)
            |> Set.ofList

        let seeds = Set.unionMany [ context.Dropping; replaced; disturbing ]
        let dropping = spread context.From users seeds seeds

        if dropping = context.Dropping then
            { Context = context
              Altered =
                judged
                |> List.choose (fun (address, change) ->
                    match change with
                    | Change.Alter sql
                    | Change.Disturb sql -> Some(address, sql)
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
        let gone = before - after
        let dropping = spread from users gone gone

        settle
            rules
            users
            { From = from
              To = target
              Creating = Set.union (after - before) (Set.intersect dropping after)
              Dropping = dropping }
