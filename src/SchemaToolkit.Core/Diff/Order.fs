namespace SchemaToolkit.Diffing

open SchemaToolkit

/// One stable topological order. Edges come from what nodes create, destroy, need and free; ties are broken by kind of step
/// and then by its text, so that the order of declarations never matters.
[<RequireQualifiedAccess>]
module Order =
    /// Reading order among steps that are free to run.
    let private rank (step: Step) =
        match step with
        | Step.RenameEnum _
        | Step.RenameTable _
        | Step.RenameColumn _ -> 0
        | Step.ChangeRowSecurity(_, _, RowSecurity.Disabled) -> 1
        | Step.DropPolicy _ -> 2
        | Step.DropIndex _ -> 3
        | Step.DropConstraint _ -> 4
        | Step.DropColumn _ -> 5
        | Step.DropTable _ -> 6
        | Step.DropEnum _ -> 7
        | Step.DropNamespace _ -> 8
        | Step.RenameConstraint _
        | Step.RenameIndex _ -> 9
        | Step.CreateNamespace _ -> 10
        | Step.CreateEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _ -> 11
        | Step.CreateTable _ -> 12
        | Step.AddColumn _ -> 13
        | Step.ChangeType _
        | Step.ChangeCollation _
        | Step.ChangeNullability _
        | Step.ChangeDefault _
        | Step.ChangeIdentity _ -> 14
        | Step.AddConstraint(_, Constraint.PrimaryKey _) -> 15
        | Step.AddConstraint(_, Constraint.Unique _)
        | Step.AddConstraint(_, Constraint.Check _) -> 16
        | Step.CreateIndex _ -> 17
        | Step.AddConstraint(_, Constraint.ForeignKey _) -> 18
        | Step.CreatePolicy _ -> 19
        | Step.ChangeRowSecurity _ -> 20
        | Step.ChangeComment _ -> 21

    /// Columns are added in the order of their declaration: the sort is stable.
    let private tieBreak (step: Step) =
        match step with
        | Step.AddColumn(table, _) -> string table
        | _ -> Describe.step step

    let private edges (node: Node) : Edges<Key> =
        { Creates = node.Creates
          Destroys = node.Destroys
          Needs = node.Needs
          Frees = node.Frees }

    /// The steps in order. A circle is a bug in a planner, never repaired.
    let sort (nodes: Node list) : Node list =
        match nodes |> List.sortBy (fun n -> rank n.Step, tieBreak n.Step) |> Graph.sort edges with
        | Ok ordered -> ordered
        | Error circle ->
            let steps = circle |> List.map (fun n -> Describe.step n.Step) |> String.concat "; "
            failwith $"Steps need each other in a circle, which is a fault of the diff: {steps}"
