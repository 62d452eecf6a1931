namespace SchemaToolkit.Tests.PostgresObjects.Random

open System

/// A change to a model, told for the tally.
type Edit = { Tag: string; After: Model }

/// Random databases, and random edits of them.
[<RequireQualifiedAccess>]
module Generate =
    let private pick (random: Random) (items: 'T list) = items[random.Next items.Length]

    /// Only older items are referred to, so nothing refers to itself in a circle.
    let private candidates (kinds: ItemKind list) (model: Model) (item: Item) =
        [ for KeyValue(id, other) in model.Items do
              if id < item.Id && List.contains other.Kind kinds then
                  id ]

    let private columns (relation: string) (model: Model) (item: Item) =
        let source =
            if relation = "self" then
                Some item
            else
                Model.find (Item.get relation item) model

        source |> Option.map (Scope.columns model) |> Option.defaultValue [] |> List.map _.Id

    let private oneOf random (ids: int list) = if ids.IsEmpty then 0 else pick random ids

    /// A value for one choice. One that must be made is made whenever it can be.
    let private roll (random: Random) (model: Model) (item: Item) (choice: Choice) =
        match choice with
        | Choice.Upto top -> if random.Next 2 = 0 then 0 else 1 + random.Next top
        | Choice.Rarely top -> if random.Next 7 > 0 then 0 else 1 + random.Next top
        | Choice.Among count -> random.Next count
        | Choice.Reference kinds -> candidates kinds model item |> oneOf random
        | Choice.MaybeReference kinds -> if random.Next 4 > 0 then 0 else candidates kinds model item |> oneOf random
        | Choice.ColumnOf relation -> columns relation model item |> oneOf random
        | Choice.MaybeColumnOf relation -> if random.Next 3 > 0 then 0 else columns relation model item |> oneOf random
        | Choice.Fresh -> item.Id

    let private create (random: Random) (kind: ItemKind) (model: Model) : int * Model =
        let id, model = Model.fresh model

        let item =
            (RandomKinds.spec' kind).Choices
            |> List.fold
                (fun (item: Item) (name, choice) -> Item.set name (roll random model item choice) item)
                { Id = id; Kind = kind; Choices = Map.empty }

        id, Model.put item model

    let private simple = [ 0; 0; 0; 1; 1; 2; 3; 4; 5; 7; 9 ]

    /// A relation gets columns at once; the first ones are of common types, so that others can refer to them.
    let rec private add (random: Random) (kind: ItemKind) (model: Model) : Model =
        let id, model = create random kind model

        match kind with
        | ItemKind.Table
        | ItemKind.Partitioned
        | ItemKind.ForeignTable ->
            let filled =
                [ 1 .. 2 + random.Next 4 ]
                |> List.fold
                    (fun model i ->
                        let columnId, model = create random ItemKind.Column model
                        let column = model.Items[columnId] |> Item.set "table" id

                        let column =
                            if i = 1 then
                                { column with
                                    Choices =
                                        Map.ofList [ "table", id; "name", columnId; "auto", Item.get "auto" column ] }
                            elif random.Next 3 > 0 then
                                Item.set "type" (pick random simple) column
                            else
                                column

                        Model.put column model)
                    model

            if kind = ItemKind.Partitioned then
                let key = (Scope.columns filled filled.Items[id]) |> List.truncate 2 |> pick random
                let filled = Model.put (Item.set "key" key.Id filled.Items[id]) filled
                [ 1 .. 1 + random.Next 3 ] |> List.fold (fun m _ -> addPartition random id m) filled
            else
                filled
        | _ -> model

    and private addPartition random parent model =
        let id, model = create random ItemKind.Partition model
        let item = model.Items[id] |> Item.set "parent" parent
        let item = Item.set "slot" (roll random model item (Choice.Among 8)) item

        let item = Item.set "key" (roll random model item (Choice.ColumnOf "parent")) item

        Model.put item model

    let private weighted (random: Random) (kinds: ItemKind list) =
        let weights = kinds |> List.map (fun k -> (RandomKinds.spec' k).Weight)
        let mutable left = random.Next(List.sum weights)

        List.zip kinds weights
        |> List.pick (fun (kind, weight) ->
            left <- left - weight
            if left < 0 then Some kind else None)

    /// `size` counts the objects beyond a few that others lean on.
    let model (random: Random) (size: int) : Model =
        let maybe kind n model = if random.Next n = 0 then add random kind model else model

        let ground =
            Model.empty
            |> maybe ItemKind.Schema 2
            |> maybe ItemKind.Enum 2
            |> maybe ItemKind.Domain 3
            |> maybe ItemKind.Composite 4
            |> maybe ItemKind.Scalar 2
            |> maybe ItemKind.Sequence 4
            |> maybe ItemKind.TriggerFunction 3
            |> add random (weighted random [ ItemKind.Table; ItemKind.Partitioned ])
            |> maybe ItemKind.Primary 2

        // A few kinds at a time, so that they meet.
        let focus = [ for _ in 1..4 -> weighted random RandomKinds.all ]

        [ 1..size ]
        |> List.fold
            (fun model _ ->
                let kind = if random.Next 3 > 0 then pick random focus else weighted random RandomKinds.all
                add random kind model)
            ground

    let private kindName (kind: ItemKind) = string kind

    let private alter (random: Random) (model: Model) : Edit option =
        let kind =
            model.Items |> Map.toList |> List.map (fun (_, i) -> i.Kind) |> List.distinct |> weighted random

        let item = pick random (Model.ofKind kind model)
        let name, choice = pick random (RandomKinds.spec' kind).Choices

        let value =
            match choice with
            | Choice.Fresh -> model.Next
            | Choice.Rarely top when not (Item.has name item) -> 1 + random.Next top
            | Choice.MaybeReference kinds when not (Item.has name item) ->
                roll random model item (Choice.Reference kinds)
            | Choice.MaybeColumnOf relation when not (Item.has name item) ->
                roll random model item (Choice.ColumnOf relation)
            | other -> roll random model item other

        if value = Item.get name item then
            None
        else
            let changed = Model.put (Item.set name value item) model
            // A name of a new number must not be given again.
            Some
                { Tag = $"{kindName kind}.{name}"
                  After = { changed with Next = changed.Next + 1 } }

    let private swap (random: Random) (model: Model) : Edit option =
        let named =
            [ for KeyValue(_, item) in model.Items do
                  if item.Choices.ContainsKey "name" then
                      item ]

        if named.IsEmpty then
            None
        else
            let a = pick random named
            let b = named |> List.filter (fun other -> other.Kind = a.Kind) |> pick random

            if a.Id = b.Id then
                None
            else
                let swapped =
                    model
                    |> Model.put (Item.set "name" (Item.get "name" b) a)
                    |> Model.put (Item.set "name" (Item.get "name" a) b)

                Some { Tag = $"{kindName a.Kind} names swapped"; After = swapped }

    let rec edit (random: Random) (model: Model) : Edit =
        let found =
            match random.Next 20 with
            | 0 -> swap random model
            | 1
            | 2
            | 3 ->
                let kind = weighted random RandomKinds.all
                Some { Tag = $"{kindName kind} added"; After = add random kind model }
            | 4
            | 5
            | 6 when not model.Items.IsEmpty ->
                let item = model.Items |> Map.toList |> List.map snd |> pick random
                Some { Tag = $"{kindName item.Kind} removed"; After = Model.remove item.Id model }
            | _ -> if model.Items.IsEmpty then None else alter random model

        match found with
        | Some edit -> edit
        | None -> edit random model

    /// Before, after, and what was done between.
    let pair (random: Random) (size: int) (edits: int) : Model * Model * string list =
        let before = model random size

        let after, tags =
            [ 1..edits ]
            |> List.fold
                (fun (model, tags) _ ->
                    let edit = edit random model
                    edit.After, edit.Tag :: tags)
                (before, [])

        before, after, List.rev tags
