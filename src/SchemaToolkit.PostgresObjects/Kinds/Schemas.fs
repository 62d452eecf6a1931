namespace SchemaToolkit.PostgresObjects

/// Schemas. `public` is there from the beginning.
[<RequireQualifiedAccess>]
module Schemas =
    let private designation (object: PgObject) = $"SCHEMA {Quote.name object.Address.Name}"

    let rules: KindRules =
        { Blank.rules designation (fun _ object -> [ $"CREATE {designation object}" ]) with
            Change = fun _ _ _ -> Change.Same
            GrantTarget = designation >> Some }
