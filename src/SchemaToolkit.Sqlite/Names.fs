namespace SchemaToolkit

open System

/// SQLite has no schemas: a file is one name space for tables, indexes, triggers and views. Every object is called
/// `<namespace>__<name>`; those of `public` have no prefix.
[<RequireQualifiedAccess>]
module SqliteName =
    /// Between namespace and name; no declared name may hold it.
    let separator = "__"

    /// The bare name in the file, unquoted. The namespace must be filled.
    let render (name: ObjectName) =
        if name.Namespace = "" then
            invalidArg "name" $"The name '{name.Name}' has no namespace; fill it with ObjectName.placeIn first."
        elif name.Namespace = Namespace.host then
            name.Name
        else
            name.Namespace + separator + name.Name

    /// The inverse of `render`, for any name found in a file.
    let parse (name: string) : ObjectName =
        match name.IndexOf(separator, StringComparison.Ordinal) with
        | at when at > 0 && at + separator.Length < name.Length ->
            ObjectName.create (name.Substring(0, at)) (name.Substring(at + separator.Length))
        | _ -> ObjectName.create Namespace.host name

    /// `"name"`, with quotes inside doubled.
    let quote (name: string) = "\"" + name.Replace("\"", "\"\"") + "\""

    /// Rendered and quoted.
    let quoted (name: ObjectName) = quote (render name)

    /// An index, constraint or trigger of a table lives in the table's namespace.
    let beside (table: ObjectName) (name: string) = ObjectName.create table.Namespace name
