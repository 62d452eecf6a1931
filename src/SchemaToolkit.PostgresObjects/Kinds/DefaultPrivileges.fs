namespace SchemaToolkit.PostgresObjects

/// Privileges that new objects of a role get.
[<RequireQualifiedAccess>]
module DefaultPrivileges =
    let private lists (object: PgObject) =
        match object.Facts with
        | Facts.DefaultPrivileges(builtIn, granted) -> builtIn, granted
        | _ -> invalidOp $"{object.Address} does not hold default privileges."

    let private words (letter: string) =
        match letter with
        | "r" -> "TABLES"
        | "S" -> "SEQUENCES"
        | "f" -> "FUNCTIONS"
        | "T" -> "TYPES"
        | "n" -> "SCHEMAS"
        | _ -> "LARGE OBJECTS"

    let private statement (object: PgObject) (verb: string) (preposition: string) (grant: string) =
        let schema =
            if object.Address.Schema = "" then
                ""
            else
                $" IN SCHEMA {Quote.name object.Address.Schema}"

        match grant.Split '\t' with
        | [| grantee; privilege; grantable |] ->
            let role = if grantee = "" then "PUBLIC" else Quote.name grantee
            let option = if grantable = "true" && verb = "GRANT" then " WITH GRANT OPTION" else ""

            $"ALTER DEFAULT PRIVILEGES FOR ROLE {Quote.name object.Address.Name}{schema} {verb} {privilege} ON {words object.Address.Arguments} {preposition} {role}{option}"
        | _ -> invalidOp $"A privilege is printed as grantee, privilege and option, not '{grant}'."

    let private between (object: PgObject) (before: string list) (after: string list) =
        [ for grant in List.except after before do
              statement object "REVOKE" "FROM" grant
          for grant in List.except before after do
              statement object "GRANT" "TO" grant ]

    let rules: KindRules =
        { Blank.rules (fun object -> string object.Address) (fun _ object ->
              let builtIn, granted = lists object
              between object builtIn granted) with
            Drop =
                fun _ object ->
                    let builtIn, granted = lists object
                    between object granted builtIn
            Change = fun _ before after -> Words.orSame (between after (snd (lists before)) (snd (lists after))) }
