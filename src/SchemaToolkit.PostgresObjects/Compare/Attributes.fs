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

    let private grants (context: Context) (rules: KindRules) (before: PgObject option) (after: PgObject) =
        match rules.GrantTarget after, after.Grants with
        | Some target, Some wanted ->
            let present =
                match before with
                | Some { Grants = Some grants } -> grants
                | Some _
                | None -> DefaultGrants.ofNew context after

            // Privileges that somebody else passed on are theirs to take back, before they lose the right to.
            let asGrantor (grant: Grant) (statement: string) =
                if grant.Grantor = "" then
                    [ statement ]
                else
                    [ $"SET ROLE {Quote.name grant.Grantor}"; statement; "RESET ROLE" ]

            [ for grant in List.except wanted present |> List.sortBy (fun g -> g.Grantor = "") do
                  // A grant that only loses its option keeps the privilege.
                  let kept =
                      wanted
                      |> List.exists (fun g ->
                          g.Grantee = grant.Grantee && g.Privilege = grant.Privilege && g.Grantor = grant.Grantor)

                  let option = if kept then "GRANT OPTION FOR " else ""

                  if not kept || grant.Grantable then
                      yield!
                          asGrantor
                              grant
                              $"REVOKE {option}{Privilege.text after grant} ON {target} FROM {grantee grant}"
              for grant in List.except present wanted |> List.sortBy _.Grantor do
                  let had =
                      present
                      |> List.exists (fun g ->
                          g.Grantee = grant.Grantee
                          && g.Privilege = grant.Privilege
                          && g.Grantable
                          && g.Grantor = grant.Grantor)

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
