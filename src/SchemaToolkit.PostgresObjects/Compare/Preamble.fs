namespace SchemaToolkit.PostgresObjects

/// What a session is set to before a plan runs there.
[<RequireQualifiedAccess>]
module Preamble =
    /// The engine runs functions for these when they are made, checked or converted.
    let private isComputed (kind: Kind) =
        match kind with
        | Kind.Index
        | Kind.Constraint
        | Kind.Default
        | Kind.DomainConstraint
        | Kind.Statistics
        | Kind.Table
        | Kind.View
        | Kind.MaterializedView -> true
        | _ -> false

    let private schemasOfRun (database: PgDatabase) =
        [ for KeyValue(address, needs) in database.Needs do
              if isComputed address.Kind then
                  for needed in needs do
                      if needed.Kind = Kind.Function then
                          needed.Schema ]

    /// The statements of a plan name everything in full, and function bodies may name what comes later. The bodies of functions
    /// that run meanwhile may count on a search path: theirs is where they stand, and `public`.
    let statements (from: PgDatabase) (target: PgDatabase) : string list =
        let path =
            match schemasOfRun from @ schemasOfRun target |> List.distinct |> List.sort with
            | [] -> "''"
            | schemas -> "public" :: List.except [ "public" ] schemas |> List.map Quote.name |> String.concat ", "

        [ "SET check_function_bodies = off"; $"SET search_path = {path}" ]
