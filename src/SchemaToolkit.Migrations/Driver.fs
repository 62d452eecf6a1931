namespace SchemaToolkit

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks

/// A place in a schema that holds SQL text. Engines rewrite such text, so source is compared with source and the catalog's
/// rendition with the catalog's rendition.
[<RequireQualifiedAccess>]
type TextSlot =
    | Default of table: ObjectName * column: string
    | Generated of table: ObjectName * column: string
    | Check of table: ObjectName * constraintName: string
    | IndexExpression of table: ObjectName * index: string * position: int
    | IndexPredicate of table: ObjectName * index: string
    | PolicyUsing of table: ObjectName * policy: string
    | PolicyWithCheck of table: ObjectName * policy: string
    | PartitionKey of table: ObjectName
    /// `place` is the text's name in the object (`SchemaObject.mapTexts`).
    | Object of key: ObjectKey * place: string

/// Something that hangs on a table without being part of its schema (a trigger, a view, somebody else's index), in the
/// engine's own text: a rebuild that replaces the table puts it back as it was.
type Attachment =
    {
        /// The table; a view stands for itself.
        Table: ObjectName
        /// `trigger`, `view` or `index`; `inline constraint` for one that stands in the table's own text, where only a rebuild
        /// reaches it.
        Kind: string
        /// The object's name as the engine has it, unquoted.
        Name: string
        Sql: string
    }

/// What a catalog holds in the namespaces asked for.
type Catalog =
    {
        /// Every object of the namespaces; texts are the catalog's renditions (`SqlText.raw`), defaults are
        /// `ColumnDefault.Expression`. Derived names, types and actions are exact.
        Schema: Schema
        /// Objects that are there but are not modelled, in words: reported, never touched.
        Unmodelled: string list
        /// What a rebuild of a table must put back; empty on engines that never replace a table.
        Attachments: Attachment list
        /// Changes whenever an object of the namespaces changes; cheap to ask for.
        Fingerprint: string
    }

/// What a connection sees at first sight: enough to tell that nothing is to be done.
type Glance =
    {
        Capabilities: Capabilities
        LedgerExists: bool
        /// Of each group of namespaces that was asked about, in order.
        Fingerprints: string list
    }

/// One engine, as the migrator needs it: pure functions from the engine's own room, and a few effects on a pinned connection.
type Driver =
    {
        Dialect: Dialect
        /// For people and for the in-process gate: host and database or the file, never a password.
        Target: string
        /// Opens one unpooled connection, ready to migrate (on SQLite with foreign keys off, so that rebuilds do not cascade).
        Connect: CancellationToken -> Task<DbConnection>
        /// Opens one unpooled connection that only reads and leaves nothing behind (on SQLite it makes no file).
        ConnectToRead: CancellationToken -> Task<DbConnection>
        /// Asks the server what it can do.
        Probe: DbConnection -> CancellationToken -> Task<Capabilities>
        /// Capabilities, ledger and fingerprints together, in one round trip where a server is asked.
        Glance: DbConnection -> string list list -> CancellationToken -> Task<Glance>
        /// Tries once to take the lock for the whole start; Error says who holds it, when known.
        /// Engines that serialise by their write transaction succeed at once.
        TryLock: DbConnection -> CancellationToken -> Task<Result<unit, string>>
        Unlock: DbConnection -> Task
        /// Begins the write transaction (`BEGIN IMMEDIATE` on SQLite); waits a few seconds for another writer, then
        /// fails as transient.
        Begin: DbConnection -> CancellationToken -> Task<DbTransaction>
        /// Begins a transaction that keeps nobody from writing.
        BeginRead: DbConnection -> CancellationToken -> Task<DbTransaction>
        /// Create the ledger where it is missing.
        LedgerStatements: string list
        /// Whether the ledger's tables exist, without raising an error inside a transaction.
        LedgerExists: DbConnection -> CancellationToken -> Task<bool>
        /// Reads the catalog of some namespaces in one snapshot.
        ReadCatalog: DbConnection -> string list -> CancellationToken -> Task<Catalog>
        /// The fingerprint alone.
        Fingerprint: DbConnection -> string list -> CancellationToken -> Task<string>
        /// The catalog's rendition of the declared texts of a projected schema, made by the engine itself and rolled back.
        /// Slots that could not be asked for are missing from the map.
        Canonicalise: DbConnection -> Schema -> CancellationToken -> Task<Map<TextSlot, string>>
        /// Verdicts and the schema as this engine keeps it; pure.
        Project: Capabilities -> Schema -> Projected
        /// Turns steps into segments; pure. The catalog is the live state before the steps (without objects: an empty
        /// schema), the schema is the one after them.
        Lower: Capabilities -> Catalog -> Schema -> Step list -> Segment list
        /// Hazards of this engine's locks and rewrites, beside those of Core; the catalog is the live state before the steps; pure.
        Assess: Capabilities -> Catalog -> Step list -> Hazard list
        /// SQL that returns one row: the count of rows concerned and up to five samples joined by `, ` (or NULL).
        RenderPrecheck: Precheck -> string
        /// Locks the tables against writers until the transaction ends; nothing where the write transaction does that already.
        LockTables: ObjectName list -> string list
        /// Queries that must return no row before a commit that they did not return before the plan (SQLite's
        /// `foreign_key_check`), with what a row means.
        CommitChecks: (string * string) list
    }
