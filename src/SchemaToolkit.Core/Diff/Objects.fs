namespace SchemaToolkit.Diffing

open SchemaToolkit

/// Views, functions, triggers and the like.
[<RequireQualifiedAccess>]
module Objects =
    let private made (object: SchemaObject) =
        Key.Part(PartId.Object object.Key) :: (ObjectUses.relations object |> List.map Key.Relation)

    let private add byWord (target: Schema) (object: SchemaObject) : Node =
        { Step = Step.CreateObject object
          Creates = made object
          Destroys = []
          Needs = ObjectUses.keys byWord target object
          Frees = [] }

    let private drop byWord (from: Schema) (object: SchemaObject) : Node =
        { Step = Step.DropObject object
          Creates = []
          Destroys = made object
          Needs = []
          Frees = ObjectUses.keys byWord from object }

    let private change byWord (from: Schema) (target: Schema) (before: SchemaObject) (after: SchemaObject) : Node =
        { Step = Step.ReplaceObject(before, after)
          // What uses the object goes on using it: only names that it gives up are destroyed.
          Creates = made after
          Destroys = List.except (made after) (made before)
          Needs = ObjectUses.keys byWord target after
          Frees = ObjectUses.keys byWord from before }

    let private bare (object: SchemaObject) =
        match object.Body with
        | ObjectBody.Sequence options -> { object with Body = ObjectBody.Sequence { options with OwnedBy = None } }
        | _ -> object

    let private ownerKeys (object: SchemaObject) =
        match object.Body with
        | ObjectBody.Sequence { OwnedBy = Some(table, column) } -> [ Key.Part(PartId.Column(table, column)) ]
        | _ -> []

    /// A column takes the sequence it owns with it: what stays is let go before, and taken again after.
    let private letGo (object: SchemaObject) : Node list =
        match ownerKeys object with
        | [] -> []
        | owner ->
            [ { Step = Step.ReplaceObject(object, bare object)
                Creates = []
                Destroys = []
                Needs = []
                Frees = Key.Part(PartId.Object object.Key) :: owner } ]

    let private take (object: SchemaObject) : Node list =
        match ownerKeys object with
        | [] -> []
        | owner ->
            [ { Step = Step.ReplaceObject(bare object, object)
                Creates = []
                Destroys = []
                Needs = Key.Part(PartId.Object object.Key) :: owner
                Frees = [] } ]

    let private adding byWord target object = add byWord target (bare object) :: take object
    let private dropping byWord from object = letGo object @ [ drop byWord from (bare object) ]

    let private losesOwner (impact: Impact) (target: Schema) (object: SchemaObject) =
        match object.Body with
        | ObjectBody.Sequence { OwnedBy = Some(table, column) } ->
            impact.Replaced.Contains(table, column)
            || (Schema.tryTable table target |> Option.bind (Table.tryColumn column)).IsNone
        | _ -> false

    let private changing byWord (impact: Impact) from target (before: SchemaObject) (after: SchemaObject) =
        if ownerKeys before <> ownerKeys after || losesOwner impact target before then
            [ yield! letGo before
              if bare before <> bare after then
                  change byWord from target (bare before) (bare after)
              yield! take after ]
        elif before <> after then
            [ change byWord from target before after ]
        else
            []

    /// `byWord`: whether a word of a text that is the name of something counts as using it.
    let nodes (byWord: bool) (impact: Lazy<Impact>) (from: Schema) (target: Schema) : Node list =
        [ for before in from.Objects do
              match Schema.tryObject before.Key target with
              | None -> yield! dropping byWord from before
              | Some after when impact.Value.LostObjects.Contains before.Key ->
                  yield! dropping byWord from before
                  yield! adding byWord target after
              | Some after -> yield! changing byWord impact.Value from target before after
          for after in target.Objects do
              if (Schema.tryObject after.Key from).IsNone then
                  yield! adding byWord target after ]
