namespace SchemaToolkit.Testing

open System

/// A database engine that tests can run on.
[<RequireQualifiedAccess>]
type Engine =
    | Sqlite
    | Postgres
    | PGlite

/// Whether an engine can be used on this machine.
[<RequireQualifiedAccess>]
type Availability =
    /// It can be started; the text names product, version and where it comes from.
    | Available of version: string
    /// It cannot; the text says why and what would help.
    | Missing of reason: string

[<RequireQualifiedAccess>]
module Engine =

    /// Every engine, the best for tests first: the real server, then the embedded ones.
    let all = [ Engine.Postgres; Engine.PGlite; Engine.Sqlite ]

    /// The product's name as people write it.
    let name engine =
        match engine with
        | Engine.Sqlite -> "SQLite"
        | Engine.Postgres -> "PostgreSQL"
        | Engine.PGlite -> "PGLite"

    /// Reads a name in any case: sqlite, postgres, postgresql, pglite.
    let tryParse (text: string) =
        match text.Trim().ToLowerInvariant() with
        | "sqlite" -> Some Engine.Sqlite
        | "postgres"
        | "postgresql" -> Some Engine.Postgres
        | "pglite" -> Some Engine.PGlite
        | _ -> None

/// Raised when a test asks for an engine that is not there or did not start.
type EngineUnavailableException(engine: Engine, reason: string, cause: exn | null) =
    inherit Exception($"{Engine.name engine} is not available: {reason}", cause)

    /// The engine that was asked for.
    member _.Engine = engine
    /// Why it is not there, and what would help.
    member _.Reason = reason

[<RequireQualifiedAccess>]
module internal Unavailable =

    let because engine reason = EngineUnavailableException(engine, reason, null)

    let after engine reason (cause: exn) = EngineUnavailableException(engine, reason, cause)
