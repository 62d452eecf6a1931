namespace SchemaToolkit.Postgres

open SchemaToolkit

/// What a change of type costs while the table is locked against everybody.
[<RequireQualifiedAccess>]
type internal TypeCost =
    | Nothing
    /// The rows stay; indexes on the column are built anew.
    | RebuildsIndexes
    /// Every row is written again and every index built anew.
    | RewritesTable

/// Measured on PostgreSQL 15 and 18 by comparing file nodes before and after; the tests measure again.
[<RequireQualifiedAccess>]
module internal Rewrites =
    let ofType (before: ColumnType) (after: ColumnType) : TypeCost =
        match before, after with
        | a, b when a = b -> TypeCost.Nothing
        | ColumnType.Varchar a, ColumnType.Varchar b when b >= a -> TypeCost.Nothing
        | ColumnType.Varchar _, ColumnType.Text -> TypeCost.Nothing
        | ColumnType.Numeric(Some _), ColumnType.Numeric None -> TypeCost.Nothing
        | ColumnType.Numeric(Some a), ColumnType.Numeric(Some b) when b.Scale = a.Scale && b.Precision >= a.Precision ->
            TypeCost.Nothing
        // Only because migrating sessions run in UTC; in any other zone the values move.
        | ColumnType.LocalTimestamp, ColumnType.Timestamp
        | ColumnType.Timestamp, ColumnType.LocalTimestamp -> TypeCost.RebuildsIndexes
        | _ -> TypeCost.RewritesTable

    /// True where adding the column writes every row: its value differs from row to row.
    let ofNewColumn (column: ColumnDef) : bool =
        let stored = column.Generated |> Option.exists _.Stored

        let perRow =
            match column.Default with
            | Some ColumnDefault.NewUuid
            | Some(ColumnDefault.Expression _) -> true
            | Some(ColumnDefault.Literal _)
            | Some ColumnDefault.Now
            | None -> false

        stored || perRow || column.Identity.IsSome
