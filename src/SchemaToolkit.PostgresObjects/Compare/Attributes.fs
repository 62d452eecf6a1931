namespace SchemaToolkit.PostgresObjects

/// Owner, privileges, comment and labels: the same statements for every kind.
[<RequireQualifiedAccess>]
module Attributes =
    let private owner (context: Context) (rules: KindRules) (before: PgObject option) (after: PgObject) =
        let current =
            match before with
            | Some b -> b.Owner
            | None -> after.Owner |> Option.map (fun _ -> context.To.User)

        // A sequence that a column owns has the owner of the table.
        let follows =
            after.Facts.IsIdentitySequence
            || after.Address.Kind = Kind.Sequence
               && context.To.Objects.ContainsKey { after.Address with Kind = Kind.SequenceOwner }

        match after.Owner with
        | Some _ when follows -> []
        | Some role when Some role <> current -> [ $"ALTER {rules.Designation after} OWNER TO {Quote.name role}" ]
        | Some _
        | None -> []

    let private grantee (grant: Grant) = if grant.Grantee = "" then "PUBLIC" else Quote.name grant.Grantee

    /// Of a column: the table's.
    let private ownerOf (database: PgDatabase) (object: PgObject) =
        match object.Owner, object.Parent with
        | Some owner, _ -> Some owner
        | None, Some parent -> database.Objects.TryFind parent |> Option.bind _.Owner
        | None, None -> None

    /// A new owner takes the old one's place, as grantee and as grantor; privileges that meet are merged.
    let private handedOver (context: Context) (before: PgObject) (after: PgObject) (grants: Grant list) =
        match ownerOf context.From before, ownerOf context.To after with
        | Some old, Some owner when old <> owner ->
            grants
            |> List.map (fun g ->
                { g with
                    Grantee = (if g.Grantee = old then owner else g.Grantee)
                    Grantor = (if g.Grantor = owner then "" else g.Grantor) })
            |> List.groupBy (fun g -> { g with Grantable = false })
            |> List.map (fun (g, same) -> { g with Grantable = same |> List.exists _.Grantable })
        | _ -> grants

    /// The privileges there are when ours are given: those before, or those of a new object.
    let private present (context: Context) (before: PgObject option) (after: PgObject) =
        match before with
        | Some({ Grants = Some grants } as before) -> handedOver context before after grants
        | Some _
        | None -> DefaultGrants.ofNew context after

    /// What is taken back, some of it only to be given again.
    let private revoked (context: Context) (after: PgObject) (present: Grant list) (wanted: Grant list) =
        let moved =
            GrantOrder.moved context.To.Version after.Address.Kind (ownerOf context.To after) present wanted

        present |> List.filter (fun g -> moved.Contains(g.Grantee, g.Grantor)), List.except wanted present

    /// What is taken back of a table is taken back of its columns as well.
    let private afterTable (context: Context) (after: PgObject) (grants: Grant list) =
        let table = after.Parent |> Option.filter (fun _ -> after.Address.Kind = Kind.Column)

        match table |> Option.bind context.To.Objects.TryFind with
        | Some({ Grants = Some wanted } as table) ->
            let before =
                if context.Creating.Contains table.Address then
                    None
                else
                    context.From.Objects.TryFind table.Address

            let moved, revoked = revoked context table (present context before table) wanted
            let isMoved grant = moved |> List.exists (GrantOrder.isSame grant)

            [ for grant in grants do
                  match revoked |> List.tryFind (GrantOrder.isSame grant) with
                  | _ when isMoved grant -> ()
                  | None -> grant
                  | Some taken when wanted |> List.exists (GrantOrder.isSame taken) ->
                      { grant with Grantable = grant.Grantable && not taken.Grantable }
                  | Some _ -> () ]
        | Some _
        | None -> grants

    let private grants (context: Context) (rules: KindRules) (before: PgObject option) (after: PgObject) =
        match rules.GrantTarget after, after.Grants with
        | Some target, Some wanted ->
            let present = present context before after |> afterTable context after
            let moved, revoked = revoked context after present wanted
            let staying = List.except moved present

            // Privileges that somebody else passed on are theirs to take back.
            let asGrantor (grant: Grant) (statement: string) =
                if grant.Grantor = "" then
                    [ statement ]
                else
                    [ $"SET ROLE {Quote.name grant.Grantor}"; statement; "RESET ROLE" ]

            [ for grant in List.distinct (moved @ revoked) |> GrantOrder.fromTheEnd present do
                  // A grant that only loses its option keeps the privilege.
                  let kept = not (List.contains grant moved) && wanted |> List.exists (GrantOrder.isSame grant)

                  let option = if kept then "GRANT OPTION FOR " else ""

                  if not kept || grant.Grantable then
                      yield!
                          asGrantor
                              grant
                              $"REVOKE {option}{Privilege.text after grant} ON {target} FROM {grantee grant}"
              for grant in List.except staying wanted |> GrantOrder.inTurn staying do
                  let had = staying |> List.exists (fun g -> g.Grantable && GrantOrder.isSame g grant)

                  if not had then
                      let option = if grant.Grantable then " WITH GRANT OPTION" else ""

                      yield!
                          asGrantor grant $"GRANT {Privilege.text after grant} ON {target} TO {grantee grant}{option}" ]
        | _ -> []

    let private comment (rules: KindRules) (before: PgObject option) (after: PgObject) =
        let current = before |> Option.bind _.Comment

        if current = after.Comment then
            []
        else
            let text =
                match after.Comment with
                | Some text -> Quote.text text
                | None -> "NULL"

            [ $"COMMENT ON {rules.Designation after} IS {text}" ]

    let private labels (rules: KindRules) (before: PgObject option) (after: PgObject) =
        let present =
            match before with
            | Some b -> b.SecurityLabels
            | None -> []

        [ for provider, label in List.except present after.SecurityLabels do
              $"SECURITY LABEL FOR {Quote.name provider} ON {rules.Designation after} IS {Quote.text label}"
          for provider, _ in present do
              if not (after.SecurityLabels |> List.exists (fun (p, _) -> p = provider)) then
                  $"SECURITY LABEL FOR {Quote.name provider} ON {rules.Designation after} IS NULL" ]

    /// None before: the object has just been made, by the role that runs the plan.
    let statements (context: Context) (rules: KindRules) (before: PgObject option) (after: PgObject) : string list =
        owner context rules before after
        @ grants context rules before after
        @ comment rules before after
        @ labels rules before after
