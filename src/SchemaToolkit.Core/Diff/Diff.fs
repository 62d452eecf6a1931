namespace SchemaToolkit

open SchemaToolkit.Diffing

/// The steps that turn one schema into another: pure, and independent of the order of declarations.
[<RequireQualifiedAccess>]
module Diff =
    let private namespaces (schema: Schema) =
        [ for table in schema.Tables do
              table.Name.Namespace
          for enum in schema.Enums do
              enum.Name.Namespace ]
        |> List.filter (fun ns -> ns <> Namespace.host && ns <> "")
        |> Set.ofList

    let private namespaceNodes (from: Schema) (target: Schema) : Node list =
        let before, after = namespaces from, namespaces target

        [ for ns in after - before do
              { Step = Step.CreateNamespace ns
                Creates = [ Key.Part(PartId.Namespace ns) ]
                Destroys = []
                Needs = []
                Frees = [] }
          for ns in before - after do
              { Step = Step.DropNamespace ns
                Creates = []
                Destroys = [ Key.Part(PartId.Namespace ns) ]
                Needs = []
                Frees = [] } ]

    /// As `between`, with every constraint of a new table as a step of its own.
    let unfolded (from: Schema) (target: Schema) : Step list =
        let renames, renamed = Renames.resolve from target
        let before, after = Compare.tidy renamed, Compare.tidy target

        if before = after then
            renames
        else
            let nodes = namespaceNodes before after @ Enums.nodes before after @ Tables.nodes before after

            renames @ (Order.sort nodes |> List.map _.Step)

    /// The steps from one schema to another, in an order that works. Rename hints are read from the second one.
    /// Empty when the two are equivalent (`Compare.equivalent`).
    let between (from: Schema) (target: Schema) : Step list = unfolded from target |> Fold.steps
