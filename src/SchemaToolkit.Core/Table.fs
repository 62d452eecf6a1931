namespace SchemaToolkit

/// A constant, typed by how it is written rather than by its column.
[<RequireQualifiedAccess>]
type Literal =
    | Boolean of value: bool
    | Integer of value: int64
    /// real, double and numeric: invariant text that round-trips.
    | Number of digits: string
    /// text, uuid, json, enum; dates and times in ISO 8601.
    | Text of value: string
    /// bytea as lower-case hexadecimal digits.
    | Bytes of hex: string

[<RequireQualifiedAccess>]
type ColumnDefault =
    | Literal of value: Literal
    /// A random UUID (version 4), made by the engine.
    | NewUuid
    /// The time of the statement's transaction.
    | Now
    | Expression of sql: SqlText

[<RequireQualifiedAccess>]
type Identity =
    | Always
    | ByDefault

/// A column computed from others of its row.
type Generated = { Expression: SqlText; Stored: bool }

type ColumnDef =
    {
        Name: string
        Type: ColumnType
        Nullable: bool
        Default: ColumnDefault option
        Identity: Identity option
        Generated: Generated option
        Collation: string option
        Comment: string option
        /// Earlier names, newest first. A hint for the diff, not part of the schema's state.
        RenamedFrom: string list
    }

[<RequireQualifiedAccess>]
type Deferrability =
    | NotDeferrable
    | InitiallyImmediate
    | InitiallyDeferred

[<RequireQualifiedAccess>]
type ReferentialAction =
    | NoAction
    | Restrict
    | Cascade
    | SetNull
    | SetDefault

type PrimaryKey = { Name: string; Columns: string list }

type Unique =
    { Name: string
      Columns: string list
      NullsNotDistinct: bool
      Deferrability: Deferrability }

type ForeignKey =
    { Name: string
      Columns: string list
      Target: ObjectName
      TargetColumns: string list
      OnDelete: ReferentialAction
      OnUpdate: ReferentialAction
      Deferrability: Deferrability }

type Check =
    {
        Name: string
        Expression: SqlText
        /// Engines that the check is for; empty means every one.
        OnlyOn: string list
    }

[<RequireQualifiedAccess>]
type Constraint =
    | PrimaryKey of key: PrimaryKey
    | Unique of unique: Unique
    | ForeignKey of foreignKey: ForeignKey
    | Check of check: Check

    member this.Name =
        match this with
        | PrimaryKey key -> key.Name
        | Unique unique -> unique.Name
        | ForeignKey foreignKey -> foreignKey.Name
        | Check check -> check.Name

[<RequireQualifiedAccess>]
type IndexTarget =
    | Column of column: string
    | Expression of sql: SqlText

[<RequireQualifiedAccess>]
type NullsOrder =
    /// Last when ascending, first when descending, as PostgreSQL does.
    | Default
    | First
    | Last

type IndexPart =
    {
        Target: IndexTarget
        Descending: bool
        Nulls: NullsOrder
        /// Operator class, such as `jsonb_path_ops` or `vector_cosine_ops`.
        OpClass: string option
        Collation: string option
    }

type IndexDef =
    {
        Name: string
        /// Order carries meaning.
        Parts: IndexPart list
        Unique: bool
        /// Access method: `btree`, `hash`, `gin`, `gist`, `brin`, `spgist`, `hnsw`, `ivfflat`.
        Method: string
        Include: string list
        Where: SqlText option
        NullsNotDistinct: bool
        /// Storage parameters, such as `m` of hnsw, sorted by name.
        With: (string * string) list
        /// Engines that the index is for; empty means every one.
        OnlyOn: string list
    }

[<RequireQualifiedAccess>]
type PolicyCommand =
    | All
    | Select
    | Insert
    | Update
    | Delete

/// A row-level security policy (PostgreSQL manual, 5.9).
type Policy =
    {
        Name: string
        Command: PolicyCommand
        Permissive: bool
        /// Empty means PUBLIC.
        Roles: string list
        Using: SqlText option
        WithCheck: SqlText option
        OnlyOn: string list
    }

[<RequireQualifiedAccess>]
type RowSecurity =
    | Disabled
    | Enabled
    /// Also for the table's owner.
    | Forced

type Table =
    {
        Name: ObjectName
        Columns: ColumnDef list
        PrimaryKey: PrimaryKey option
        Uniques: Unique list
        ForeignKeys: ForeignKey list
        Checks: Check list
        Indexes: IndexDef list
        RowSecurity: RowSecurity
        Policies: Policy list
        /// What follows PARTITION BY, such as `RANGE (created_at)`; an engine without partitions keeps one table.
        PartitionBy: SqlText option
        /// SQLite: rows live in the primary key's tree. Other engines have no such choice.
        WithoutRowId: bool
        Comment: string option
        /// Other plugins may reference it.
        Shared: bool
        /// Earlier names, newest first. A hint for the diff, not part of the schema's state.
        RenamedFrom: string list
    }
