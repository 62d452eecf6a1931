namespace SchemaToolkit.PostgresObjects

/// Parts that are made and dropped by themselves, so that what needs them in a circle can be put in order.
[<RequireQualifiedAccess>]
module internal Severing =
    /// A part of a table, a view, a column, or a part of such a part.
    let rec private isWithin (database: PgDatabase) (whole: Address) (object: PgObject) =
        match object.Parent with
        | Some parent -> parent = whole || database.Objects.TryFind parent |> Option.exists (isWithin database whole)
        | None -> false

    /// What can stand apart from a table, view or column that is in a circle: a check that calls a function of the table's own rows,
    /// a policy of each of two tables that asks the other.
    let severable (decision: Decision) (circle: PgNode list) : Set<Address> =
        let context = decision.Context

        let rec owner (database: PgDatabase) (object: PgObject) =
            match object.Parent with
            | Some parent ->
                match database.Objects.TryFind parent with
                | Some parent -> owner database parent
                | None -> parent
            | None -> object.Address

        let of' (database: PgDatabase) (moving: Set<Address>) (isSevered: PgObject -> bool) (whole: Address) =
            [ for address in moving do
                  match database.Objects.TryFind address with
                  | Some part when isWithin database whole part && isSevered part ->
                      let table = owner database part

                      let leavesTable (used: Address) =
                          moving.Contains used
                          && match database.Objects.TryFind used with
                             | Some used -> owner database used <> table
                             | None -> false

                      if Set.exists leavesTable (Words.needs database address) then
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
              | PgStep.Attributes _
              | PgStep.MoveRows _ -> () ]
        |> Set.ofList
