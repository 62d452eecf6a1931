namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Names and texts as PostgreSQL reads them; every name is quoted, always.
[<RequireQualifiedAccess>]
module internal Quote =
    let name (name: string) = "\"" + name.Replace("\"", "\"\"") + "\""

    /// A table, enum or index with its namespace.
    let object (name': ObjectName) =
        if name'.Namespace = "" then
            invalidArg
                (nameof name')
                $"The name '{name'.Name}' has no namespace; fill it with ObjectName.placeIn first."
        else
            $"{name name'.Namespace}.{name name'.Name}"

    /// A string constant. A backslash needs the E form to mean itself whatever `standard_conforming_strings` says.
    let text (value: string) =
        let doubled = value.Replace("'", "''")

        if value.Contains '\\' then
            "E'" + doubled.Replace("\\", "\\\\") + "'"
        else
            "'" + doubled + "'"

    let names (columns: string list) = columns |> List.map name |> String.concat ", "
