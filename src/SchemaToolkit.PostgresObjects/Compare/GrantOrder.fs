namespace SchemaToolkit.PostgresObjects

/// The catalog keeps privileges in the order in which their holders first got any, and a dump shows it.
[<RequireQualifiedAccess>]
module internal GrantOrder =
    let isSame (a: Grant) (b: Grant) = a.Grantee = b.Grantee && a.Privilege = b.Privilege && a.Grantor = b.Grantor

    let private holders (grants: Grant list) = grants |> List.map _.Grantee |> List.distinct

    let private privileges (grants: Grant list) holder =
        grants
        |> List.filter (fun g -> g.Grantee = holder)
        |> List.map (fun g -> g.Privilege, g.Grantable)
        |> Set.ofList

    /// What an owner and everybody have by themselves is in no dump.
    let private isBuiltIn version kind (owner: string option) (wanted: Grant list) holder =
        let forOwner, forAll = Privilege.builtIn version kind
        let has list = privileges wanted holder = (list |> List.map (fun p -> p, false) |> Set.ofList)
        Some holder = owner && has forOwner || holder = "" && not forAll.IsEmpty && has forAll

    /// Those who have to lose their privileges and get them again, so that they stand where they are wanted.
    let moved
        (version: int)
        (kind: Kind)
        (owner: string option)
        (present: Grant list)
        (wanted: Grant list)
        : Set<string> =
        if present = wanted || present @ wanted |> List.exists (fun g -> g.Grantor <> "") then
            Set.empty
        else
            let shown = holders wanted |> List.filter (isBuiltIn version kind owner wanted >> not)
            let stays = present |> List.filter (fun g -> wanted |> List.exists (isSame g)) |> holders
            let there = stays |> List.filter (fun holder -> List.contains holder shown)
            Set.ofList (Words.moved there shown)
