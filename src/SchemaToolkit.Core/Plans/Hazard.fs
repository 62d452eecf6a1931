namespace SchemaToolkit

[<RequireQualifiedAccess>]
type HazardKind =
    /// Something that may hold data goes away; needs consent even when it is empty.
    | DropsObject
    /// Values of rows that are there would be cut, rounded or made different.
    | LosesData
    /// What looks like a drop and an add may be a rename; somebody must say which.
    | Ambiguous
    /// The engine would refuse because of rows that are there.
    | MayFailOnRows
    /// What stored rows may hold changes: their type, or whether NULL is allowed.
    | ChangesContract
    | BlocksReads
    | BlocksWrites
    | RewritesTable
    | NotTransactional
    | BreaksOldCode
    | Irreversible

/// A question to the rows before a step runs; a dialect renders it to SQL that returns a count and samples.
/// Names are those before the plan.
[<RequireQualifiedAccess>]
type Precheck =
    /// How many rows the table has.
    | Rows of table: ObjectName
    /// Rows with a value (not NULL) in the column.
    | Values of table: ObjectName * column: string
    | Nulls of table: ObjectName * column: string
    /// Groups of rows that are equal in the columns; with `nullsEqual`, NULLs count as equal. `where` limits the rows.
    | Duplicates of table: ObjectName * columns: string list * nullsEqual: bool * where: SqlText option
    /// Rows whose reference finds no target.
    | Orphans of table: ObjectName * foreignKey: ForeignKey
    /// Rows for which the check is false.
    | Violations of table: ObjectName * check: Check
    /// Rows whose value would be changed (rounded, cut, made different) by the conversion.
    | LossyCasts of table: ObjectName * column: string * before: ColumnType * after: ColumnType
    /// Rows whose value cannot be converted at all.
    | FailingCasts of table: ObjectName * column: string * before: ColumnType * after: ColumnType
    /// Rows that hold one of the enum's values that go away.
    | EnumValues of table: ObjectName * column: string * removed: string list

/// What could go wrong with a step.
type Hazard =
    {
        /// Stable: `drop-table`, `drop-column`, `set-not-null` …
        Code: string
        Kind: HazardKind
        Part: PartId
        /// One sentence.
        Message: string
        /// The rows to count; the hazard is gone when there are none. None: it holds whatever the rows are.
        Precheck: Precheck option
        /// The way out.
        Advice: string
    }

/// A hazard with the rows it concerns.
type Finding =
    {
        Hazard: Hazard
        /// Rows concerned; None where the hazard has no precheck or it could not be run.
        Rows: int64 option
        /// A few of the values concerned.
        Samples: string list
    }
