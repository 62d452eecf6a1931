/// The laws of the diff on near pairs, alone: exits 1 at the first law that breaks, naming it.
module SchemaToolkit.Mutants.Program

open SchemaToolkit.Testing

let private firstBroken count =
    let ofPairs =
        Laws.ofPairs
        |> Seq.tryPick (fun (name, law) ->
            Falsify.searchWithin 0 count (Falsify.seed ()) (Arbitrary.nearPair Profile.everything) (fun pair ->
                law pair.Before pair.After)
            |> Option.map (fun broken -> name, broken.Held))

    match ofPairs with
    | Some broken -> Some broken
    | None ->
        Laws.ofSchemas
        |> Seq.tryPick (fun (name, law) ->
            Falsify.searchWithin 0 count (Falsify.seed ()) (Arbitrary.schema Profile.everything) law
            |> Option.map (fun broken -> name, broken.Held))

[<EntryPoint>]
let main args =
    match firstBroken (int args[0]) with
    | Some(name, held) ->
        printfn $"{name}, after {held} cases"
        1
    | None ->
        printfn "every law holds"
        0
