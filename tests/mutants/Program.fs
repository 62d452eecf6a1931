/// The laws of the diff on near pairs, alone: exits 1 at the first law that breaks, naming it.
module SchemaToolkit.Mutants.Program

open SchemaToolkit.Testing

/// Every law on one pair, so that each pair is made once. The message is the name of the law that broke.
let private everyLaw (pair: NearPair) =
    let before, after = pair.Before, pair.After

    let broken name law =
        try
            law () |> Result.mapError (fun _ -> name)
        with _ ->
            Error name

    [ for name, law in Laws.ofPairs do
          name, (fun () -> law before after)
      for name, law in Laws.ofSchemas do
          name, (fun () -> law after) ]
    |> List.fold (fun state (name, law) -> state |> Result.bind (fun () -> broken name law)) (Ok())

let private firstBroken count =
    Falsify.searchWithin 0 count (Falsify.seed ()) (Arbitrary.nearPair Profile.everything) everyLaw
    |> Option.map (fun broken -> broken.Message, broken.Held)

[<EntryPoint>]
let main args =
    match firstBroken (int args[0]) with
    | Some(name, held) ->
        printfn $"{name}, after {held} cases"
        1
    | None ->
        printfn "every law holds"
        0
