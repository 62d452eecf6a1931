namespace SchemaToolkit.PostgresObjects

/// Rules that do as little as possible: what a kind does not say otherwise.
[<RequireQualifiedAccess>]
module Blank =
    let rules (designation: PgObject -> string) (create: Context -> PgObject -> string list) : KindRules =
        { Designation = designation
          Create = create
          Drop = fun _ object -> [ $"DROP {designation object}" ]
          Change = fun _ _ _ -> Change.Replace
          Absorbs = fun _ _ -> []
          Names = fun _ -> []
          GrantTarget = fun _ -> None }

    /// The name that tables, indexes, sequences, views and composite types of a schema share.
    let relation (object: PgObject) = [ $"relation {object.Address.Schema} {object.Address.Name}" ]
