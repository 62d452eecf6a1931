namespace SchemaToolkit.Testing

open SchemaToolkit

/// What generated schemas may hold.
type Profile =
    {
        Vectors: bool
        Policies: bool
        /// gin, hash, brin, hnsw beside btree; INCLUDE, operator classes, storage parameters.
        AccessMethods: bool
        NullsNotDistinct: bool
        /// Of text columns.
        Collations: string list
        /// Indexes with collations of their own.
        IndexCollations: bool
        VirtualColumns: bool
        DeferrableUniques: bool
        /// Identity on any integer column, not only on a primary key of its own.
        FreeIdentity: bool
        /// Arrays of enums.
        EnumArrays: bool
        /// Type changes between any two types, not only those that keep every value.
        AnyTypeChange: bool
        /// Views and triggers.
        Objects: bool
        /// Tables that SQLite keeps by their key.
        WithoutRowId: bool
    }

[<RequireQualifiedAccess>]
module Profile =
    /// The whole model: for laws about values.
    let everything: Profile =
        { Vectors = true
          Policies = true
          AccessMethods = true
          NullsNotDistinct = true
          Collations = [ "C"; "POSIX" ]
          IndexCollations = true
          VirtualColumns = true
          DeferrableUniques = true
          FreeIdentity = true
          EnumArrays = true
          AnyTypeChange = true
          Objects = true
          WithoutRowId = true }

    /// What SQLite and PostgreSQL 15 can both keep: for laws on engines.
    let portable: Profile =
        { Vectors = false
          Policies = false
          AccessMethods = false
          NullsNotDistinct = false
          Collations = []
          IndexCollations = false
          VirtualColumns = false
          DeferrableUniques = false
          FreeIdentity = false
          EnumArrays = false
          AnyTypeChange = false
          Objects = true
          WithoutRowId = true }

    /// What SQLite keeps beyond that, and never refuses.
    let sqlite: Profile =
        { portable with
            Collations = [ "NOCASE"; "RTRIM"; "BINARY"; "C" ]
            IndexCollations = true
            VirtualColumns = true }

    /// What PostgreSQL 15 can keep without extensions: for laws on that engine.
    let postgres: Profile =
        { everything with
            Vectors = false
            VirtualColumns = false
            IndexCollations = false
            AnyTypeChange = false
            WithoutRowId = false }

    /// Few names, so that collisions, renames and names that come back happen often.
    let tableNames = [ "alpha"; "beta"; "gamma"; "delta"; "order"; "Mixed Case"; "epsilon"; "zeta" ]

    let columnNames = [ "id"; "a"; "b"; "c"; "d"; "group"; "Full Name"; "e"; "f"; "g"; "h" ]
    let enumNames = [ "mood"; "status"; "colour" ]
    let enumValues = [ "low"; "mid"; "high"; "it's"; "top" ]
    let viewNames = [ "seen"; "sums"; "All Of It" ]
    let triggerNames = [ "on_change"; "on_gone"; "Fire" ]
    let ns = "plugin_generated"

/// Questions about types that generators, repair and seeded rows share.
[<RequireQualifiedAccess>]
module TypeTraits =
    let isWhole (t: ColumnType) = List.contains t [ ColumnType.SmallInt; ColumnType.Integer; ColumnType.BigInt ]
    let isFloat (t: ColumnType) = t = ColumnType.Real || t = ColumnType.Double

    /// text or varchar; not char, whose blanks engines treat in their own ways.
    let isText (t: ColumnType) =
        match t with
        | ColumnType.Text
        | ColumnType.Varchar _ -> true
        | _ -> false

    let isJson (t: ColumnType) = t = ColumnType.Json || t = ColumnType.Jsonb

    /// May be part of a key or a btree index: PostgreSQL's json has no equality, a vector no order.
    let rec isKeyable (t: ColumnType) =
        match t with
        | ColumnType.Json
        | ColumnType.Vector _ -> false
        | ColumnType.Array element -> isKeyable element
        | _ -> true

    /// Type changes by which every value survives and that PostgreSQL makes without USING.
    let widenings (t: ColumnType) : ColumnType list =
        match t with
        | ColumnType.SmallInt -> [ ColumnType.Integer; ColumnType.BigInt; ColumnType.Numeric None ]
        | ColumnType.Integer -> [ ColumnType.BigInt; ColumnType.Numeric None; ColumnType.Text ]
        | ColumnType.BigInt -> [ ColumnType.Numeric None; ColumnType.Text ]
        | ColumnType.Real -> [ ColumnType.Double ]
        | ColumnType.Varchar n -> [ ColumnType.Varchar(n + 10); ColumnType.Text ]
        | ColumnType.Numeric(Some p) ->
            [ ColumnType.Numeric(Some { p with Precision = p.Precision + 4 }); ColumnType.Numeric None ]
        | ColumnType.Uuid -> [ ColumnType.Text ]
        | ColumnType.Date -> [ ColumnType.LocalTimestamp ]
        | _ -> []

    /// Whether one or more of `widenings` lead from one type to the other.
    let rec isWidening (before: ColumnType) (after: ColumnType) : bool =
        match before, after with
        | ColumnType.Varchar a, ColumnType.Varchar b -> a <= b
        | ColumnType.Varchar _, _ -> after = ColumnType.Text
        | ColumnType.Numeric(Some a), ColumnType.Numeric(Some b) -> a.Scale = b.Scale && a.Precision <= b.Precision
        | ColumnType.Numeric(Some _), _ -> after = ColumnType.Numeric None
        | _ -> widenings before |> List.exists (fun next -> next = after || isWidening next after)
