namespace SchemaToolkit.PostgresObjects

/// Storage parameters and options, `name=value` as the catalog keeps them, sorted.
type Options = string list

type SequenceFacts =
    { Type: string
      Start: int64
      Increment: int64
      Minimum: int64
      Maximum: int64
      Cache: int64
      Cycle: bool
      Unlogged: bool }

type EnumFacts = { Values: string list }

type DomainFacts =
    {
        BaseType: string
        NotNull: bool
        Default: string option
        Collation: string option
        /// Its constraints, each with its name, as the catalog prints them, sorted.
        Checks: string list
    }

/// Of a domain: a check (PostgreSQL 18: also NOT NULL).
type DomainConstraintFacts = { Definition: string; Validated: bool }

/// As the composite type lists it.
type CompositeAttribute = { Name: string; Type: string; Collation: string option }

type AttributeFacts = { Position: int; Type: string; Collation: string option }

type RangeFacts =
    { Subtype: string
      OpClass: string option
      Collation: string option
      Canonical: string option
      SubtypeDiff: string option
      Multirange: string }

[<RequireQualifiedAccess>]
type Persistence =
    | Permanent
    | Unlogged

type TableFacts =
    {
        Persistence: Persistence
        AccessMethod: string option
        Tablespace: string option
        Options: Options
        /// `CREATE TABLE … OF type`, rendered.
        OfType: string option
        /// Parents in order; empty for a partition.
        Inherits: Address list
        /// `RANGE (a)` …
        PartitionKey: string option
        RowSecurity: bool
        ForceRowSecurity: bool
        /// `d`, `n`, `f`; `i` where an index of the table says that it is the one.
        ReplicaIdentity: string
        /// Foreign tables: server and options.
        Foreign: (string * Options) option
    }

type IdentityFacts = { Always: bool; Sequence: SequenceFacts; SequenceName: string }

type ColumnFacts =
    {
        Position: int
        /// As `format_type` prints it with an empty search path.
        Type: string
        Collation: string option
        NotNull: bool
        /// PostgreSQL 18: name, NO INHERIT, validated; None where the name is derived.
        NotNullConstraint: (string * bool * bool) option
        Identity: IdentityFacts option
        /// `s` stored or `v` virtual, and the expression; what it needs is known by the column's Default object.
        Generated: (string * string) option
        /// None where it is the type's own.
        Storage: string option
        /// The type's own storage.
        TypeStorage: string
        Compression: string option
        Statistics: int option
        Options: Options
        ForeignOptions: Options
        /// Declared here, not only inherited.
        IsLocal: bool
        InheritCount: int
        /// In a partition or a typed table, whose columns come from elsewhere.
        WithTable: bool
    }

/// The default of a column, or the expression of a generated one.
type DefaultFacts = { Expression: string; Generated: bool }

type ConstraintFacts =
    {
        /// `p`, `u`, `f`, `c`, `x`, `t` (pg_constraint.contype).
        Type: string
        /// As `pg_get_constraintdef` prints it.
        Definition: string
        Validated: bool
        Enforced: bool
        NoInherit: bool
        IsLocal: bool
        InheritCount: int
        /// For keys and exclusions: storage parameters and tablespace of its index.
        IndexOptions: Options
        Tablespace: string option
        /// Belongs to a constraint of the partitioned parent.
        Attached: bool
        IndexComment: string option
        /// On a partition: an inherited check is there before the partition is attached.
        OfPartition: bool
        /// The index behind it, when its name differs from the constraint's.
        IndexName: string option
        /// CLUSTER last used the index behind it.
        Clustered: bool
        ReplicaIdentity: bool
        /// For foreign keys: the referenced table.
        References: Address option
    }

type IndexFacts =
    {
        /// As `pg_get_indexdef` prints it.
        Definition: string
        Unique: bool
        Valid: bool
        Tablespace: string option
        /// Column statistics targets by position.
        Statistics: (int * int) list
        Clustered: bool
        ReplicaIdentity: bool
        /// On a partitioned table.
        Partitioned: bool
        /// Belongs to an index of the partitioned parent.
        Attached: bool
        /// Extensions that it goes with (`DEPENDS ON EXTENSION`).
        DependsOnExtensions: string list
    }

type ViewFacts =
    {
        /// As `pg_get_viewdef` prints it, without its final semicolon.
        Definition: string
        /// Without the check option.
        Options: Options
        /// `local` or `cascaded`.
        CheckOption: string option
        /// Name and type of each column, in order.
        Columns: (string * string) list
        /// Of a materialised view's columns, as the end of an ALTER statement: statistics targets, storage …
        ColumnSettings: string list
        /// Materialised views only.
        Populated: bool
        AccessMethod: string option
        Tablespace: string option
        ClusteredOn: string option
        /// Extensions that a materialised view goes with (`DEPENDS ON EXTENSION`).
        DependsOnExtensions: string list
    }

type RoutineFacts =
    {
        /// As `pg_get_functiondef` prints it: CREATE OR REPLACE …
        Definition: string
        /// Result type, argument names and modes, number of defaults: when these change, OR REPLACE is refused.
        Signature: string
        /// Extensions that it goes with (`DEPENDS ON EXTENSION`).
        DependsOnExtensions: string list
    }

/// For kinds whose whole state is one statement or a few: what the catalog prints, compared as text.
type TextFacts =
    {
        /// Runnable, without its final semicolon.
        Create: string list
        /// Fields that a planner may change in place, by name, sorted.
        Settings: (string * string) list
    }

type TriggerFacts =
    {
        /// As `pg_get_triggerdef` prints it; empty for what a partition has of its parent and only enables differently.
        Definition: string
        /// `O`, `D`, `R`, `A` (pg_trigger.tgenabled).
        Enabled: string
        /// The parent's state, in a partition.
        Inherited: string option
        /// Extensions that it goes with (`DEPENDS ON EXTENSION`).
        DependsOnExtensions: string list
    }

type RuleFacts = { Definition: string; Enabled: string }

type PolicyFacts =
    { Command: string
      Permissive: bool
      Roles: string list
      Using: string option
      WithCheck: string option }

type ExtensionFacts =
    {
        Schema: string
        Version: string
        Relocatable: bool
        /// Versions that its scripts can update it to.
        Updates: string list
    }

[<RequireQualifiedAccess>]
type Facts =
    | Schema
    | Extension of ExtensionFacts
    | Sequence of SequenceFacts
    /// The sequence of an identity column, for its comment and privileges.
    | IdentitySequence
    /// The owning column.
    | SequenceOwner of Address
    /// A parent, and all parents in order; the type of a typed table.
    | Inheritance of parent: Address * parents: Address list
    /// The partitioned table and the bound (`FOR VALUES …` or `DEFAULT`).
    | Attachment of parent: Address * bound: string
    | Enum of EnumFacts
    | Domain of DomainFacts
    | DomainConstraint of DomainConstraintFacts
    | Composite of CompositeAttribute list
    | Attribute of AttributeFacts
    | Range of RangeFacts
    | Table of TableFacts
    | Column of ColumnFacts
    /// A column of a view, for its comment and privileges.
    | ViewColumn
    | Default of DefaultFacts
    | Constraint of ConstraintFacts
    | Index of IndexFacts
    | View of ViewFacts
    | Routine of RoutineFacts
    | Trigger of TriggerFacts
    | Rule of RuleFacts
    | Policy of PolicyFacts
    /// The built-in privileges (none within a schema) and what stands in their place, each as grantee, privilege and option.
    | DefaultPrivileges of builtIn: string list * granted: string list
    /// The same for a member of an extension, named as GRANT names it, with the privileges that the extension gave.
    | MemberPrivileges of target: string * initial: string list * granted: string list
    /// Every other kind.
    | Text of TextFacts
