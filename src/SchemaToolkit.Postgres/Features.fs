namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Where an extension's types and operator classes live, since `search_path` names `pg_catalog` alone.
type internal Extensions = { VectorSchema: string; TrigramSchema: string }

/// The names of features in `Capabilities.Features`, and what they tell.
[<RequireQualifiedAccess>]
module internal Features =
    /// pgvector is installed, or can be.
    let vector = "vector"
    /// Generated columns that are computed on read (18).
    let virtualColumns = "virtual-columns"
    /// UNIQUE NULLS NOT DISTINCT (15).
    let nullsNotDistinct = "nulls-not-distinct"
    /// `pg_input_is_valid` (16).
    let inputIsValid = "input-is-valid"

    /// Says that an extension is installed elsewhere than in `public`, where plans put it. An extension that a plan itself
    /// installs must not change the capabilities: they are on record, and a change means looking at everything again.
    let installed (extension: string) (schema: string) = $"extension {extension} in {schema}"

    let has (feature: string) (capabilities: Capabilities) = capabilities.Features.Contains feature

    /// The schema of an extension that is not in `public`.
    let private schemaOf (extension: string) (capabilities: Capabilities) : string option =
        let prefix = installed extension ""

        capabilities.Features
        |> Seq.tryFind (fun feature -> feature.StartsWith(prefix, System.StringComparison.Ordinal))
        |> Option.map _.Substring(prefix.Length)

    let extensions (capabilities: Capabilities) : Extensions =
        { VectorSchema = schemaOf "vector" capabilities |> Option.defaultValue Namespace.host
          TrigramSchema = schemaOf "pg_trgm" capabilities |> Option.defaultValue Namespace.host }
