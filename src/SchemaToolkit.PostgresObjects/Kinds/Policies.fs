namespace SchemaToolkit.PostgresObjects

[<RequireQualifiedAccess>]
module Policies =
    let private designation (object: PgObject) =
        $"POLICY {Quote.name object.Address.Part} ON {Words.relation object.Address}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Policy facts -> facts
        | _ -> invalidOp $"{object.Address} is not a policy."

    let private roles (f: PolicyFacts) =
        f.Roles
        |> List.map (fun role -> if role = "" then "PUBLIC" else Quote.name role)
        |> String.concat ", "

    let private clauses (f: PolicyFacts) =
        [ match f.Using with
          | Some text -> $"USING ({text})"
          | None -> ()
          match f.WithCheck with
          | Some text -> $"WITH CHECK ({text})"
          | None -> () ]

    let private create (_: Context) (object: PgObject) =
        let f = facts object

        let command =
            match f.Command with
            | "r" -> "SELECT"
            | "a" -> "INSERT"
            | "w" -> "UPDATE"
            | "d" -> "DELETE"
            | _ -> "ALL"

        let kind = if f.Permissive then "PERMISSIVE" else "RESTRICTIVE"
        let rest = clauses f |> String.concat " "
        [ $"CREATE {designation object} AS {kind} FOR {command} TO {roles f} {rest}".TrimEnd() ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after
        let loses x y = Option.isSome x && Option.isNone y

        if
            a.Command <> b.Command
            || a.Permissive <> b.Permissive
            || loses a.Using b.Using
            || loses a.WithCheck b.WithCheck
        then
            Change.Replace
        else
            let rest = clauses b |> String.concat " "
            Change.Alter [ $"ALTER {designation after} TO {roles b} {rest}".TrimEnd() ]

    let rules: KindRules = { Blank.rules designation create with Change = change }
