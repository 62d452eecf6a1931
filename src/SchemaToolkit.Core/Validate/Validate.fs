namespace SchemaToolkit

open SchemaToolkit.Validating

/// Whether a declared schema can be used on any engine at all. Every error is reported at once, and nothing is changed.
/// What one engine cannot do is said later, by its projection.
[<RequireQualifiedAccess>]
module Validate =
    let private errors (schema: Schema) : SchemaError list =
        [ yield! Names.schema schema
          match schema.Version with
          | Some version when version < 1 ->
              Fault.whole "invalid-version" $"The version {version} is less than 1." "Count versions from 1."
          | Some _
          | None -> ()
          yield! Columns.schema schema
          yield! Keys.schema schema
          yield! Indexes.schema schema
          yield! Hints.schema schema
          yield! Objects.schema schema ]
        |> List.map (fun error -> { error with Plugin = schema.Plugin })

    let private orErrors value errors = if List.isEmpty errors then Ok value else Error errors

    /// One schema by itself; references into other namespaces are left to `together`.
    let schema (schema: Schema) : Result<Schema, SchemaError list> = errors schema |> orErrors schema

    /// Several schemas of one database: each by itself, and what they say about each other.
    let together (schemas: Schema list) : Result<Schema list, SchemaError list> =
        List.collect errors schemas @ Plugins.together schemas |> orErrors schemas

    /// The ids of the given plugins whose tables a schema refers to, which must be there first.
    let dependencies (schemas: Schema list) (schema: Schema) : string list = Plugins.dependencies schemas schema
