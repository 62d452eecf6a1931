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

    let private between (object: PgObject) (before: string list) (after: string list) =
        let schema =
            if object.Address.Schema = "" then
                ""
            else
                $" IN SCHEMA {Quote.name object.Address.Schema}"

        let lead = $"ALTER DEFAULT PRIVILEGES FOR ROLE {Quote.name object.Address.Name}{schema} "
        Words.grants lead (words object.Address.Arguments) before after

    let rules: KindRules =
        { Blank.rules (fun object -> string object.Address) (fun _ object ->
              let builtIn, granted = lists object
              between object builtIn granted) with
            Drop =
                fun _ object ->
                    let builtIn, granted = lists object
                    between object granted builtIn
            Change = fun _ before after -> Words.orSame (between after (snd (lists before)) (snd (lists after))) }
