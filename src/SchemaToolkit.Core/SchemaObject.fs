namespace SchemaToolkit

/// What an object is that is neither a table nor an enum.
[<RequireQualifiedAccess>]
type ObjectKind =
    | Extension
    | Domain
    | Composite
    | Range
    | Sequence
    | Function
    | Procedure
    | Partition
    | Exclusion
    | View
    | MaterializedView
    | Trigger
    | Grant

/// Which object: names that stay the same whatever the object is made of.
type ObjectKey =
    {
        Kind: ObjectKind
        /// The object; for triggers and exclusions their table, for privileges what they are on.
        Name: ObjectName
        /// Name of the trigger or exclusion, or the role that has the privileges; empty otherwise.
        Part: string
    }

    override this.ToString() =
        let of' what = $"{what} {this.Part} of {this.Name}"

        match this.Kind with
        | ObjectKind.Extension -> $"extension {this.Name}"
        | ObjectKind.Domain -> $"domain {this.Name}"
        | ObjectKind.Composite -> $"composite type {this.Name}"
        | ObjectKind.Range -> $"range type {this.Name}"
        | ObjectKind.Sequence -> $"sequence {this.Name}"
        | ObjectKind.Function -> $"function {this.Name}"
        | ObjectKind.Procedure -> $"procedure {this.Name}"
        | ObjectKind.Partition -> $"partition {this.Name}"
        | ObjectKind.Exclusion -> of' "exclusion constraint"
        | ObjectKind.View -> $"view {this.Name}"
        | ObjectKind.MaterializedView -> $"materialised view {this.Name}"
        | ObjectKind.Trigger -> of' "trigger"
        | ObjectKind.Grant -> $"privileges of {this.Part} on {this.Name}"

/// A sequence's numbers (PostgreSQL manual, CREATE SEQUENCE).
type SequenceOptions =
    {
        /// `SmallInt`, `Integer` or `BigInt`.
        Type: ColumnType
        Start: int64
        Increment: int64
        Minimum: int64
        Maximum: int64
        Cache: int64
        Cycle: bool
        /// Goes with this column of this table.
        OwnedBy: (ObjectName * string) option
    }

type DomainCheck = { Name: string; Expression: SqlText }

type CompositeAttribute = { Name: string; Type: ColumnType }

/// What an object is made of. Where it is SQL by nature, the text begins after the object's name in its CREATE statement.
[<RequireQualifiedAccess>]
type ObjectBody =
    /// Whatever version the server offers.
    | Extension
    | Domain of baseType: ColumnType * notNull: bool * defaultValue: SqlText option * checks: DomainCheck list
    | Composite of attributes: CompositeAttribute list
    | Range of subtype: ColumnType
    | Sequence of options: SequenceOptions
    /// `(a integer) RETURNS integer LANGUAGE sql AS $$ … $$`.
    | Function of definition: SqlText
    | Procedure of definition: SqlText
    /// `FOR VALUES FROM (…) TO (…)` or `DEFAULT`.
    | Partition of table: ObjectName * bound: SqlText
    /// `USING gist (room WITH =, during WITH &&)`.
    | Exclusion of definition: SqlText
    /// The query; options such as `security_barrier`, sorted by name.
    | View of query: SqlText * options: (string * string) list
    | MaterializedView of query: SqlText * indexes: IndexDef list
    /// `AFTER INSERT ON … FOR EACH ROW EXECUTE FUNCTION …()`.
    | Trigger of definition: SqlText
    /// Upper-case, sorted.
    | Grant of privileges: string list

/// A view, function, trigger … : an immutable value, compared by structure.
type SchemaObject =
    {
        /// The object; for triggers and exclusions their table, for privileges what they are on.
        Name: ObjectName
        /// Name of the trigger or exclusion, or the role that has the privileges; empty otherwise.
        Part: string
        Body: ObjectBody
        Comment: string option
        /// Engines that the object is for; empty means every one.
        OnlyOn: string list
    }

    member this.Kind: ObjectKind =
        match this.Body with
        | ObjectBody.Extension -> ObjectKind.Extension
        | ObjectBody.Domain _ -> ObjectKind.Domain
        | ObjectBody.Composite _ -> ObjectKind.Composite
        | ObjectBody.Range _ -> ObjectKind.Range
        | ObjectBody.Sequence _ -> ObjectKind.Sequence
        | ObjectBody.Function _ -> ObjectKind.Function
        | ObjectBody.Procedure _ -> ObjectKind.Procedure
        | ObjectBody.Partition _ -> ObjectKind.Partition
        | ObjectBody.Exclusion _ -> ObjectKind.Exclusion
        | ObjectBody.View _ -> ObjectKind.View
        | ObjectBody.MaterializedView _ -> ObjectKind.MaterializedView
        | ObjectBody.Trigger _ -> ObjectKind.Trigger
        | ObjectBody.Grant _ -> ObjectKind.Grant

    member this.Key: ObjectKey = { Kind = this.Kind; Name = this.Name; Part = this.Part }
