namespace SchemaToolkit.Tests.PostgresObjects.Random

open System.Threading.Tasks

/// Makes a pair that fails smaller: fewer objects, fewer edits, plainer choices.
[<RequireQualifiedAccess>]
module Shrink =
    let private ids (a: Model) (b: Model) =
        [ for KeyValue(id, _) in a.Items do
              id
          for KeyValue(id, _) in b.Items do
              id ]
        |> List.distinct
        |> List.sortDescending

    let private without (group: int list) (model: Model) = group |> List.fold (fun m id -> Model.remove id m) model

    let private restored id (before: Model) (after: Model) =
        match before.Items.TryFind id with
        | Some item -> Model.put item after
        | None -> Model.remove id after

    let private zero id name (model: Model) =
        match model.Items.TryFind id with
        | Some item when Item.has name item -> Model.put (Item.set name 0 item) model
        | Some _
        | None -> model

    let private fewer (before: Model) (after: Model) =
        let all = ids before after

        [ for parts in [ 2; 4; 8 ] do
              if all.Length > parts then
                  for group in List.splitInto parts all do
                      fun (a, b) -> without group a, without group b
          for id in all do
              fun (a, b) -> without [ id ] a, without [ id ] b ]

    let private fewerEdits (before: Model) (after: Model) =
        [ for id in ids before after do
              fun (a, b) -> a, restored id a b ]

    let private plainer (before: Model) (after: Model) =
        [ for id in ids before after do
              let names =
                  [ for model in [ before; after ] do
                        match model.Items.TryFind id with
                        | Some item ->
                            for KeyValue(name, value) in item.Choices do
                                if value <> 0 && name <> "name" then
                                    name
                        | None -> () ]
                  |> List.distinct

              match before.Items.TryFind id, after.Items.TryFind id with
              | Some a, Some b ->
                  for name in names do
                      if Item.get name a <> Item.get name b then
                          fun (x, y) -> x, Model.put (Item.set name (Item.get name a) y.Items[id]) y
              | _ -> ()

              for name in names do
                  fun (a, b) -> zero id name a, zero id name b ]

    /// `fails` gives the pair as it was loaded, if it still goes wrong; it is asked at most so many times.
    let run (most: int) (fails: Model -> Model -> Task<Outcome option>) (found: Outcome) : Task<Outcome> =
        task {
            let mutable best = found
            let mutable tries = 0
            let mutable going = true

            while going do
                let start = best

                for pass in [ fewer; fewerEdits; fewer; plainer ] do
                    for change in pass best.Before best.After do
                        let before, after = change (best.Before, best.After)

                        if tries < most && (before.Items <> best.Before.Items || after.Items <> best.After.Items) then
                            tries <- tries + 1
                            let! outcome = fails before after
                            best <- outcome |> Option.defaultValue best

                going <- tries < most && not (obj.ReferenceEquals(start, best))

            return best
        }
