namespace SchemaToolkit

/// When two schemas count as the same.
[<RequireQualifiedAccess>]
module Compare =
    /// The same schema without what a database does not hold (hints, version, owner, sharing), without the orders that
    /// mean nothing, and with one way of saying each thing: a schema read back from the ledger compares equal to its
    /// declaration. Columns keep their places.
    let tidy (schema: Schema) : Schema =
        let canonical = Canonical.normalise schema

        { canonical with
            Plugin = ""
            Namespace = ""
            Version = None
            Tables = canonical.Tables |> List.map (fun t -> { t with Shared = false }) }

    /// As `tidy`, with columns by name: no engine puts a column in the middle of a table.
    let normalise (schema: Schema) : Schema =
        let tidied = tidy schema

        { tidied with
            Tables = tidied.Tables |> List.map (fun t -> { t with Columns = List.sortBy _.Name t.Columns }) }

    let equivalent (a: Schema) (b: Schema) = normalise a = normalise b
