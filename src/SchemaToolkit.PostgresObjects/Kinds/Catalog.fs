namespace SchemaToolkit.PostgresObjects

/// What no statement says.
[<RequireQualifiedAccess>]
module internal Catalog =
    /// Whether columns and checks are the table's own beside being inherited. Only a superuser may write the catalog: for
    /// others the difference, which shows in a dump and nowhere else, stays.
    let setLocal (table: Address) (isLocal: bool) (columns: string list) (checks: string list) : string list =
        let relation = Quote.text (Words.relation table) + "::pg_catalog.regclass"
        let names (list: string list) = list |> List.map Quote.text |> String.concat ", "
        let value = if isLocal then "true" else "false"

        let updates =
            [ if not columns.IsEmpty then
                  $"UPDATE pg_catalog.pg_attribute SET attislocal = {value} WHERE attrelid = {relation} AND attname IN ({names columns});"
              if not checks.IsEmpty then
                  $"UPDATE pg_catalog.pg_constraint SET conislocal = {value} WHERE conrelid = {relation} AND conname IN ({names checks});" ]
            |> String.concat " "

        if updates = "" then
            []
        else
            [ "DO " + Quote.text $"BEGIN {updates} EXCEPTION WHEN insufficient_privilege THEN NULL; END" ]
