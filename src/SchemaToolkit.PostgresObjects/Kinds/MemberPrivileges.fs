namespace SchemaToolkit.PostgresObjects

/// What was granted or revoked on members of extensions, beyond what the extension did itself.
[<RequireQualifiedAccess>]
module MemberPrivileges =
    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.MemberPrivileges(target, initial, granted) -> target, initial, granted
        | _ -> invalidOp $"{object.Address} does not hold privileges of a member of an extension."

    let private between (target: string) = Words.grants "" target

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
