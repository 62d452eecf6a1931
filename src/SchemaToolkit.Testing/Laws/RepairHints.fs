namespace SchemaToolkit.Testing

open SchemaToolkit

/// Leaves out rename hints that contradict each other: two objects that claim one former name, or hints in a circle.
[<RequireQualifiedAccess>]
module RepairHints =
    let private reaches (kept: Map<string, string list>) (goal: string) (start: string) =
        let rec walk seen name =
            name = goal
            || (not (Set.contains name seen)
                && kept |> Map.tryFind name |> Option.exists (List.exists (walk (Set.add name seen))))

        walk Set.empty start

    /// The hints that may stay, for siblings with their hints; earlier ones win.
    let private consistent (siblings: (string * string list) list) : Map<string, string list> =
        let keep (kept: Map<string, string list>, claimed: Set<string>) (name, old) =
            if claimed.Contains old || reaches kept name old then
                kept, claimed
            else
                let known = kept |> Map.tryFind name |> Option.defaultValue []
                kept.Add(name, known @ [ old ]), claimed.Add old

        let hints = siblings |> List.collect (fun (name, hints) -> hints |> List.map (fun old -> name, old))
        ((Map.empty, Set.empty), hints) ||> List.fold keep |> fst

    let private hintsOf (name: string) (kept: Map<string, string list>) =
        kept |> Map.tryFind name |> Option.defaultValue []

    let private columns (t: Table) : Table =
        let kept = t.Columns |> List.map (fun c -> c.Name, c.RenamedFrom) |> consistent

        { t with
            Columns = t.Columns |> List.map (fun c -> { c with RenamedFrom = hintsOf c.Name kept }) }

    let schema (value: Schema) : Schema =
        let tables = value.Tables |> List.map (fun t -> t.Name.Name, t.RenamedFrom) |> consistent
        let enums = value.Enums |> List.map (fun e -> e.Name.Name, e.RenamedFrom) |> consistent

        { value with
            Enums = value.Enums |> List.map (fun e -> { e with RenamedFrom = hintsOf e.Name.Name enums })
            Tables = value.Tables |> List.map (fun t -> columns { t with RenamedFrom = hintsOf t.Name.Name tables }) }
