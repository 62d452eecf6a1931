namespace SchemaToolkit.PostgresObjects

/// Functions whose parsed bodies lead back to themselves: one of a circle stands for a while with a body that uses nothing.
[<RequireQualifiedAccess>]
module internal Stubs =
    let private isRoutine (address: Address) = address.Kind = Kind.Function || address.Kind = Kind.Procedure

    let private stub (database: PgDatabase) (address: Address) =
        if isRoutine address then
            database.Objects.TryFind address |> Option.bind Routines.stub
        else
            None

    /// One function of a circle that can stand so, and does not yet.
    let possible (context: Context) (circle: PgNode list) : Set<Address> =
        [ for node in circle do
              match node.Change.Step with
              | PgStep.Drop object when (stub context.From object.Address).IsSome -> object.Address
              | PgStep.Create object
              | PgStep.Alter(_, object) when (stub context.To object.Address).IsSome -> object.Address
              | PgStep.Drop _
              | PgStep.Create _
              | PgStep.Alter _
              | PgStep.Attributes _
              | PgStep.MoveRows _ -> () ]
        |> List.filter (context.Apart.Contains >> not)
        |> List.sort
        |> List.truncate 1
        |> Set.ofList

    let private stood (address: Address) = PgKey.Name $"stub of {address}"

    /// What only a body uses: the text that stands for it does not name it.
    let private isOfBody (stub: string) (key: PgKey) =
        match key with
        | PgKey.Object address ->
            (isRoutine address || address.Kind = Kind.View || address.Kind = Kind.Column)
            && not (stub.Contains(address.Name, System.StringComparison.Ordinal))
        | PgKey.Name _ -> false

    /// Bodies and views are not computed when they are made: a stub is enough for them.
    let private standing (context: Context) (node: PgNode) =
        let stand key =
            match key with
            | PgKey.Object address when context.Apart.Contains address && (stub context.To address).IsSome ->
                stood address
            | PgKey.Object _
            | PgKey.Name _ -> key

        { node with Edges.Needs = List.map stand node.Edges.Needs }

    /// A function that stands apart is made with a stub, and whole afterwards; before it goes it uses nothing.
    let split (context: Context) (node: PgNode) : PgNode list =
        let apart (database: PgDatabase) (object: PgObject) =
            if context.Apart.Contains object.Address then
                stub database object.Address
            else
                None

        match node.Change.Step with
        | PgStep.Create object when isRoutine object.Address || object.Address.Kind = Kind.View ->
            match apart context.To object with
            | Some text ->
                let first =
                    { node with
                        Change.Sql = [ text ]
                        Edges.Creates = stood object.Address :: node.Edges.Creates
                        Edges.Needs = node.Edges.Needs |> List.filter (isOfBody text >> not) }

                let whole = standing context node
                [ first; { whole with Edges.Needs = stood object.Address :: whole.Edges.Needs } ]
            | None -> [ standing context node ]
        | PgStep.Alter(_, object) when isRoutine object.Address || object.Address.Kind = Kind.View ->
            [ standing context node ]
        | PgStep.Drop object ->
            match apart context.From object with
            | Some text ->
                let first =
                    { node with
                        Change.Sql = [ text ]
                        Edges.Destroys = []
                        Edges.Frees = PgKey.Object object.Address :: node.Edges.Frees }

                [ first
                  { node with
                      Edges.Frees = node.Edges.Frees |> List.filter (isOfBody text >> not) } ]
            | None -> [ node ]
        | PgStep.Create _
        | PgStep.Alter _
        | PgStep.Attributes _
        | PgStep.MoveRows _ -> [ node ]
