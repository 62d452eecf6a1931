namespace SchemaToolkit.PostgresObjects

/// The catalog keeps privileges in the order in which their holders first got any, and a dump shows it.
[<RequireQualifiedAccess>]
module internal GrantOrder =
    let isSame (a: Grant) (b: Grant) = a.Grantee = b.Grantee && a.Privilege = b.Privilege && a.Grantor = b.Grantor

    /// Who, and from whom.
    let private holders (grants: Grant list) = grants |> List.map (fun g -> g.Grantee, g.Grantor) |> List.distinct

    let private privileges (grants: Grant list) (grantee, grantor) =
        grants
        |> List.filter (fun g -> g.Grantee = grantee && g.Grantor = grantor)
        |> List.map (fun g -> g.Privilege, g.Grantable)
        |> Set.ofList

    /// What an owner and everybody have by themselves is in no dump.
    let private isBuiltIn version kind (owner: string option) (wanted: Grant list) holder =
        let forOwner, forAll = Privilege.builtIn version kind
        let has list = privileges wanted holder = (list |> List.map (fun p -> p, false) |> Set.ofList)
        Some(fst holder) = owner && has forOwner || fst holder = "" && not forAll.IsEmpty && has forAll

    /// As much of the wanted order as is there already. Nobody stays whose privileges come from one who does not.
    let rec private inPlace (kept: (string * string) list) wanted (there: (string * string) list) =
        match wanted with
        | (_, grantor) as next :: later when grantor = "" || kept |> List.exists (fun (holder, _) -> holder = grantor) ->
            match there |> List.skipWhile ((<>) next) with
            | _ :: rest -> inPlace (next :: kept) later rest
            | [] -> kept
        | _ -> kept

    /// Those who have to lose their privileges and get them again, so that they stand where they are wanted: each with who
    /// granted them, empty for the owner.
    let moved
        (version: int)
        (kind: Kind)
        (owner: string option)
        (present: Grant list)
        (wanted: Grant list)
        : Set<string * string> =
        if present = wanted then
            Set.empty
        else
            let shown = holders wanted |> List.filter (isBuiltIn version kind owner wanted >> not)
            let stays = present |> List.filter (fun g -> wanted |> List.exists (isSame g)) |> holders
            let there = stays |> List.filter (fun holder -> List.contains holder shown)
            Set.ofList there - Set.ofList (inPlace [] shown there)

    let private isSource (of': Grant) (grant: Grant) =
        grant.Grantable && grant.Grantee = of'.Grantor && grant.Privilege = of'.Privilege

    /// Privileges to take back, those first that others have passed on and that depend on the rest.
    let fromTheEnd (present: Grant list) (lost: Grant list) : Grant list =
        let rec hands (seen: Set<string>) (grant: Grant) =
            if grant.Grantor = "" then
                0
            elif seen.Contains grant.Grantor then
                present.Length
            else
                match present |> List.filter (isSource grant) with
                | [] -> 0
                | sources -> 1 + (sources |> List.map (hands (seen.Add grant.Grantor)) |> List.min)

        lost |> List.sortByDescending (hands Set.empty)

    /// Privileges to give, in their order, but nobody passes on what he has not got yet.
    let rec inTurn (had: Grant list) (wanted: Grant list) : Grant list =
        let isReady (grant: Grant) = grant.Grantor = "" || had |> List.exists (isSource grant)

        match List.tryFind isReady wanted with
        | Some grant -> grant :: inTurn (grant :: had) (List.except [ grant ] wanted)
        | None -> wanted
