namespace SchemaToolkit.Postgres

/// The ledger's own tables. They change by add-only steps; the first program that finds them missing makes them.
[<RequireQualifiedAccess>]
module internal LedgerTables =
    let statements =
        [ "CREATE SCHEMA IF NOT EXISTS migrations"
          "CREATE TABLE IF NOT EXISTS migrations.meta (ledger_version integer NOT NULL, min_reader integer NOT NULL)"
          "CREATE TABLE IF NOT EXISTS migrations.entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plugin text NOT NULL,
    namespace text NOT NULL,
    outcome text NOT NULL,
    declared_hash text NOT NULL,
    projected_hash text NOT NULL,
    schema_version integer,
    declared text NOT NULL,
    projected text NOT NULL,
    renditions text NOT NULL,
    capabilities text NOT NULL,
    steps text NOT NULL,
    statements text NOT NULL,
    hazards text NOT NULL,
    consent text NOT NULL,
    fingerprint text NOT NULL,
    started_at text NOT NULL,
    duration_ms bigint NOT NULL,
    error text,
    error_code text,
    tool_version text NOT NULL
)"
          "INSERT INTO migrations.meta SELECT 1, 1 WHERE NOT EXISTS (SELECT FROM migrations.meta)" ]

    /// Both tables; a half-made ledger counts as missing.
    let exists =
        "SELECT to_regclass('migrations.meta') IS NOT NULL AND to_regclass('migrations.entry') IS NOT NULL"
