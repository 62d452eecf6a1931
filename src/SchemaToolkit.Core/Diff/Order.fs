namespace SchemaToolkit.Diffing

open SchemaToolkit

/// One stable topological order. Edges come from what nodes create, destroy, need and free; ties are broken by kind of step
/// and then by its text, so that the order of declarations never matters.
[<RequireQualifiedAccess>]
module Order =
    let private objectRank (kind: ObjectKind) =
        match kind with
        | ObjectKind.Extension -> 10
        | ObjectKind.Domain
        | ObjectKind.Composite
        | ObjectKind.Range
        | ObjectKind.Sequence
        | ObjectKind.Function
        | ObjectKind.Procedure -> 12
        | ObjectKind.Partition -> 14
        | ObjectKind.Exclusion -> 17
        | ObjectKind.View
        | ObjectKind.MaterializedView -> 19
        | ObjectKind.Trigger -> 20
        | ObjectKind.Grant -> 21

    /// Reading order among steps that are free to run.
    let private rank (step: Step) =
        match step with
        | Step.RenameEnum _
        | Step.RenameTable _
        | Step.RenameColumn _ -> 0
        | Step.ChangeRowSecurity(_, _, RowSecurity.Disabled) -> 1
        | Step.DropObject _
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
        | Step.CreateObject object
        | Step.ReplaceObject(_, object) -> objectRank object.Kind
        | Step.CreateEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _ -> 11
        | Step.CreateTable _ -> 12
        | Step.AddColumn _ -> 13
        | Step.ChangeType _
        | Step.ChangeCollation _
        | Step.ChangeNullability _
        | Step.ChangeDefault _
        | Step.ChangeIdentity _
        | Step.ChangeWithoutRowId _ -> 14
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

    /// The steps in order, or the steps that need each other in a circle.
    let trySort (nodes: Node list) : Result<Node list, Node list> =
        nodes |> List.sortBy (fun n -> rank n.Step, tieBreak n.Step) |> Graph.sort edges

    /// As `trySort`. A circle is a bug in a planner, never repaired.
    let sort (nodes: Node list) : Node list =
        match trySort nodes with
        | Ok ordered -> ordered
        | Error circle ->
            let steps = circle |> List.map (fun n -> Describe.step n.Step) |> String.concat "; "
            failwith $"Steps need each other in a circle, which is a fault of the diff: {steps}"
