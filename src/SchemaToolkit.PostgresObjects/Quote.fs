namespace SchemaToolkit.PostgresObjects

/// Names and texts as PostgreSQL reads them; every name is quoted, always.
[<RequireQualifiedAccess>]
module Quote =
    let name (name: string) = "\"" + name.Replace("\"", "\"\"") + "\""

    /// A name in a schema; without one where the schema is empty.
    let qualified (schema: string) (object: string) =
        if schema = "" then name object else $"{name schema}.{name object}"

    let names (items: string list) = items |> List.map name |> String.concat ", "

    /// A string constant. A backslash needs the E form to mean itself whatever `standard_conforming_strings` says.
    let text (value: string) =
        let doubled = value.Replace("'", "''")

        if value.Contains '\\' then
            "E'" + doubled.Replace("\\", "\\\\") + "'"
        else
            "'" + doubled + "'"
