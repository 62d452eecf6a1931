namespace SchemaToolkit.PostgresObjects

/// What a session is set to before a plan runs there.
[<RequireQualifiedAccess>]
module Preamble =
    /// Function bodies may name what comes later, and every name is qualified; steps that run functions set their search path.
    let statements = [ "SET check_function_bodies = off"; "SET search_path = ''" ]
