namespace SchemaToolkit

open SchemaToolkit.Diffing

/// The steps that turn one schema into another: pure, and independent of the order of declarations.
[<RequireQualifiedAccess>]
module Diff =
    let private namespaces (schema: Schema) =
        [ for table in schema.Tables do
              table.Name.Namespace
          for enum in schema.Enums do
              enum.Name.Namespace
          for object in schema.Objects do
              if object.Kind <> ObjectKind.Extension then
                  object.Key.Name.Namespace ]
        |> List.filter (fun ns -> ns <> Namespace.host && ns <> "")
        |> Set.ofList

    let private namespaceNodes (left: Set<string>) (from: Schema) (target: Schema) : Node list =
        let before, after = Set.union left (namespaces from), Set.union left (namespaces target)

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

    /// `left` are namespaces that both sides have beside what is given.
    let private steps (left: Set<string>) (from: Schema) (target: Schema) : Step list =
        let renames, renamed = Renames.resolve from target
        let before, after = Compare.tidy renamed, Compare.tidy target

        // Objects keep their texts through renames, so equal ones may still mean something else now.
        if before = after && (renames.IsEmpty || before.Objects.IsEmpty) then
            renames
        else
            let impact = lazy (Impact.between (Renamed.ofSteps renames) before after)

            let nodes byWord =
                [ yield! namespaceNodes left before after
                  yield! Enums.nodes before after
                  yield! Tables.nodes impact before after
                  yield! Objects.nodes byWord impact before after ]

            // A word may be the name of something by chance: where such words close a circle, only holes count.
            let ordered =
                match Order.trySort (nodes true) with
                | Ok ordered -> ordered
                | Error _ -> Order.sort (nodes false)

            renames @ (ordered |> List.map _.Step)

    /// As `unfolded`, looking at every table, equal or not: what `unfolded` is measured against.
    let exhaustive (from: Schema) (target: Schema) : Step list = steps Set.empty from target

    /// As `between`, with every constraint of a new table as a step of its own.
    let unfolded (from: Schema) (target: Schema) : Step list =
        let reduced = Unchanged.without from target
        steps reduced.Namespaces reduced.From reduced.Target

    /// The steps from one schema to another, in an order that works. Rename hints are read from the second one.
    /// Empty when the two are equivalent (`Compare.equivalent`).
    let between (from: Schema) (target: Schema) : Step list = unfolded from target |> Fold.steps
