namespace SchemaToolkit.PostgresObjects

/// What was granted or revoked on members of extensions, beyond what the extension did itself.
[<RequireQualifiedAccess>]
module MemberPrivileges =
    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.MemberPrivileges(target, initial, granted) -> target, initial, granted
        | _ -> invalidOp $"{object.Address} does not hold privileges of a member of an extension."

    let private statement (target: string) (verb: string) (preposition: string) (grant: string) =
        match grant.Split '\t' with
        | [| grantee; privilege; grantable |] ->
            let role = if grantee = "" then "PUBLIC" else Quote.name grantee
            let option = if grantable = "true" && verb = "GRANT" then " WITH GRANT OPTION" else ""
            $"{verb} {privilege} ON {target} {preposition} {role}{option}"
        | _ -> invalidOp $"A privilege is printed as grantee, privilege and option, not '{grant}'."

    let private between (target: string) (before: string list) (after: string list) =
        [ for grant in List.except after before do
              statement target "REVOKE" "FROM" grant
          for grant in List.except before after do
              statement target "GRANT" "TO" grant ]

    let rules: KindRules =
        { Blank.rules (fun object -> string object.Address) (fun _ object ->
              let target, initial, granted = facts object
              between target initial granted) with
            Drop =
                fun context object ->
                    let target, initial, granted = facts object
                    let extension = object.Parent

                    // With the extension it goes by itself.
                    if extension |> Option.exists context.Dropping.Contains then
                        []
                    else
                        between target granted initial
            Change =
                fun _ before after ->
                    let _, _, had = facts before
                    let target, _, wanted = facts after
                    Words.orSame (between target had wanted) }
