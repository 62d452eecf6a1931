namespace SchemaToolkit

/// What an engine can do: its name (`sqlite`, `postgres`), flavour and version, and named features
/// (`vector`, `schemas`, `alter-not-null` …). Part of the ledger row; an engine upgrade projects anew.
type Capabilities =
    {
        Engine: string
        /// As the engine reports it, such as `3.53.3` or `15.18`.
        Version: string
        /// `PGLite` where PostgreSQL runs embedded in one session; else the engine's usual name.
        Flavour: string
        Features: Set<string>
    }

[<RequireQualifiedAccess>]
type Verdict =
    | Exact
    | Emulated of how: string
    | Omitted of why: string
    | Refused of why: string

/// How one engine keeps one part.
type PartVerdict = { Part: PartId; Verdict: Verdict }

/// A schema as one engine can keep it, with a verdict for every declared part.
type Projected = { Schema: Schema; Verdicts: PartVerdict list }

/// How a dialect carries out some steps: statements that run one after another.
type Operation = { Statements: string list; Covers: Step list }

/// Operations that belong together: one transaction, or one statement that must stand alone.
type Segment = { Transactional: bool; Operations: Operation list }

/// A difference between the recorded and the live state that nobody declared.
type Drift = { Part: PartId; Message: string }
