namespace SchemaToolkit.PostgresObjects

/// That a table is a partition of another, or an index of another's.
[<RequireQualifiedAccess>]
module Attachments =
    let private create (_: Context) (object: PgObject) =
        match object.Facts with
        | Facts.Attachment(parent, "") ->
            [ $"ALTER INDEX {Words.relation parent} ATTACH PARTITION {Words.relation object.Address}" ]
        | Facts.Attachment(parent, bound) ->
            [ $"ALTER TABLE ONLY {Words.relation parent} ATTACH PARTITION {Words.relation object.Address} {bound}" ]
        | _ -> []

    let private drop (_: Context) (object: PgObject) =
        match object.Facts with
        // An index is detached with its table, or goes with its parent.
        | Facts.Attachment(_, "") -> []
        | Facts.Attachment(parent, _) ->
            [ $"ALTER TABLE {Words.relation parent} DETACH PARTITION {Words.relation object.Address}" ]
        | _ -> []

    let rules: KindRules = { Blank.rules (fun object -> string object.Address) create with Drop = drop }
