namespace SchemaToolkit

open System
open System.Globalization

/// Declared SQL text from interpolated strings.
[<RequireQualifiedAccess>]
module Declared =
    let private hole (argument: objnull) : SqlFragment =
        match argument with
        | :? ColumnHandle as column -> SqlFragment.Column column.Name
        | :? Table as table -> SqlFragment.Table table.Name
        | :? SchemaObject as object -> SqlFragment.Table object.Key.Name
        | :? string as text -> SqlFragment.Text("'" + text.Replace("'", "''") + "'")
        | :? bool as value -> SqlFragment.Text(if value then "true" else "false")
        | :? IFormattable as value -> SqlFragment.Text(value.ToString(null, CultureInfo.InvariantCulture))
        | null -> SqlFragment.Text "NULL"
        | other ->
            invalidArg
                "text"
                $"A hole of declared SQL takes a column, a table, an object or a constant, not {other.GetType().Name}."

    /// SQL whose holes are columns, tables, objects or constants: `Declared.sql $"{amount} >= 0"`.
    let sql (text: FormattableString) : SqlText = SqlText.Portable(SqlText.fragmentsOf hole text)

    /// One text for each engine, as pairs of engine name (`sqlite`, `postgres`) and SQL.
    let per (texts: (string * FormattableString) list) : SqlText =
        SqlText.PerEngine(texts |> List.map (fun (engine, text) -> engine, SqlText.fragmentsOf hole text))

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module IndexPart =
    let private on target =
        { Target = target
          Descending = false
          Nulls = NullsOrder.Default
          OpClass = None
          Collation = None }

    let column (column: ColumnHandle) = on (IndexTarget.Column column.Name)

    let expression (text: FormattableString) = on (IndexTarget.Expression(Declared.sql text))

    /// As `expression`, from a text made elsewhere: `SqlText.raw`, `Declared.per`.
    let expressionPer (text: SqlText) = on (IndexTarget.Expression text)

    let descending (part: IndexPart) = { part with Descending = true }
    let nullsFirst (part: IndexPart) = { part with Nulls = NullsOrder.First }
    let nullsLast (part: IndexPart) = { part with Nulls = NullsOrder.Last }

    /// Operator class, such as `text_pattern_ops`.
    let opClass (name: string) (part: IndexPart) = { part with OpClass = Some name }

    let collate (name: string) (part: IndexPart) = { part with Collation = Some name }

/// The words for indexes. Without a name, `Table.index` derives one.
[<RequireQualifiedAccess>]
module Index =
    let by (parts: IndexPart list) : IndexDef =
        { Name = ""
          Parts = parts
          Unique = false
          Method = "btree"
          Include = []
          Where = None
          NullsNotDistinct = false
          With = []
          OnlyOn = [] }

    let on (columns: ColumnHandle list) = by (List.map IndexPart.column columns)
    let named (name: string) (index: IndexDef) = { index with Name = name }
    let unique (index: IndexDef) = { index with Unique = true }

    /// Access method: `gin`, `gist`, `brin`, `hash`, `hnsw` …
    let using (accessMethod: string) (index: IndexDef) = { index with Method = accessMethod }

    /// Columns carried in the index but not searched by (PostgreSQL's INCLUDE).
    let including (columns: ColumnHandle list) (index: IndexDef) = { index with Include = columns |> List.map _.Name }

    /// Only the rows for which the text holds.
    let where (text: FormattableString) (index: IndexDef) = { index with Where = Some(Declared.sql text) }

    /// As `where`, from a text made elsewhere: `SqlText.raw`, `Declared.per`.
    let wherePer (text: SqlText) (index: IndexDef) = { index with Where = Some text }

    let nullsNotDistinct (index: IndexDef) = { index with NullsNotDistinct = true }

    /// The same operator class for every part.
    let opClass (name: string) (index: IndexDef) =
        { index with Parts = index.Parts |> List.map (IndexPart.opClass name) }

    /// A storage parameter, such as `m` of hnsw.
    let parameter (name: string) (value: string) (index: IndexDef) =
        { index with With = List.sort ((name, value) :: index.With) }

    /// Declares the index for one engine; elsewhere it is left out without a warning.
    let onlyOn (engine: string) (index: IndexDef) = { index with OnlyOn = List.sort (engine :: index.OnlyOn) }
