namespace SchemaToolkit

open System

/// The words for views. The query may name tables, columns and other objects through holes.
[<RequireQualifiedAccess>]
module View =
    let private view name query = SchemaObject.create (ObjectName.relative name) "" (ObjectBody.View(query, []))

    /// `View.define "grown_ups" $"SELECT {name} FROM {people} WHERE {age} >= 18"`.
    let define (name: string) (query: FormattableString) : SchemaObject = view name (Declared.sql query)

    /// With a query of its own for each engine.
    let definePer (name: string) (query: SqlText) : SchemaObject = view name query

    /// PostgreSQL's view options: `security_barrier`, `security_invoker`, `check_option`.
    let options (options: (string * string) list) (view: SchemaObject) : SchemaObject =
        match view.Body with
        | ObjectBody.View(query, _) -> { view with Body = ObjectBody.View(query, List.sort options) }
        | _ -> invalidArg "view" $"{view.Key} has no options; only views do."

    /// What `Query`, `Repository` and `Sql` read the view's rows from, with the columns named here: `Query.select (View.rows [ id; name ] adults)`.
    /// It is no table of a schema, and of a repository only the reading words make sense.
    let rows (columns: ColumnHandle list) (view: SchemaObject) : Table =
        { Table.define view.Key.Name.Name columns with Name = view.Key.Name }

/// The words for materialised views (PostgreSQL); they hold their query's rows as of when they were made or refreshed.
[<RequireQualifiedAccess>]
module MaterializedView =
    let define (name: string) (query: FormattableString) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.MaterializedView(Declared.sql query, []))

    /// As `define`, from a text made elsewhere: `SqlText.raw`.
    let definePer (name: string) (query: SqlText) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.MaterializedView(query, []))

    /// An index built with the words of `Index`; give it a name with `Index.named`.
    let index (index: IndexDef) (view: SchemaObject) : SchemaObject =
        match view.Body with
        | ObjectBody.MaterializedView(query, indexes) ->
            { view with Body = ObjectBody.MaterializedView(query, indexes @ [ index ]) }
        | _ -> invalidArg "view" $"{view.Key} is no materialised view."

/// The words for functions (PostgreSQL).
[<RequireQualifiedAccess>]
module Function =
    /// What follows the name: `Function.define "twice" $"(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * a'"`.
    let define (name: string) (definition: FormattableString) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.Function(Declared.sql definition))

    /// As `define`, from plain text without holes: braces stand for themselves.
    let raw (name: string) (definition: string) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.Function(SqlText.raw definition))

/// The words for procedures (PostgreSQL).
[<RequireQualifiedAccess>]
module Procedure =
    /// What follows the name, as for `Function.define`.
    let define (name: string) (definition: FormattableString) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.Procedure(Declared.sql definition))

    /// As `define`, from plain text without holes.
    let raw (name: string) (definition: string) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.Procedure(SqlText.raw definition))

/// The words for triggers. The two engines speak of them differently, so most have a text for each.
[<RequireQualifiedAccess>]
module Trigger =
    let private trigger name (table: ObjectName) definition =
        SchemaObject.create table name (ObjectBody.Trigger definition)

    /// What follows the name: `$"AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {touch}()"`.
    let define (name: string) (table: Table) (definition: FormattableString) : SchemaObject =
        trigger name table.Name (Declared.sql definition)

    /// With a text of its own for each engine: `Declared.per [ "sqlite", $"…"; "postgres", $"…" ]`.
    let definePer (name: string) (table: Table) (definition: SqlText) : SchemaObject =
        trigger name table.Name definition

    /// On a view: INSTEAD OF.
    let onView (name: string) (view: SchemaObject) (definition: SqlText) : SchemaObject =
        trigger name view.Key.Name definition

/// The words for exclusion constraints (PostgreSQL).
[<RequireQualifiedAccess>]
module Exclusion =
    /// `Exclusion.define "no_overlap" booking $"USING gist ({room} WITH =, {during} WITH &&)"`.
    let define (name: string) (table: Table) (definition: FormattableString) : SchemaObject =
        SchemaObject.create table.Name name (ObjectBody.Exclusion(Declared.sql definition))

    /// As `define`, from a text made elsewhere: `SqlText.raw`.
    let definePer (name: string) (table: Table) (definition: SqlText) : SchemaObject =
        SchemaObject.create table.Name name (ObjectBody.Exclusion definition)

/// The words for partitions of a table declared with `Table.partitionBy`.
[<RequireQualifiedAccess>]
module Partition =
    /// `Partition.define "events_2026" events $"FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"`.
    let define (name: string) (table: Table) (bound: FormattableString) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.Partition(table.Name, Declared.sql bound))

    /// As `define`, from a text made elsewhere: `SqlText.raw`.
    let definePer (name: string) (table: Table) (bound: SqlText) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.Partition(table.Name, bound))

/// The words for privileges (PostgreSQL). What others have granted is left alone.
[<RequireQualifiedAccess>]
module Grant =
    let private grant name role (privileges: string list) =
        let privileges = privileges |> List.map _.ToUpperInvariant() |> List.distinct |> List.sort
        SchemaObject.create name role (ObjectBody.Grant privileges)

    /// `Grant.onTable table "reader" [ "SELECT" ]`; the role `public` is everybody.
    let onTable (table: Table) (role: string) (privileges: string list) : SchemaObject =
        grant table.Name role privileges

    /// On a view, materialised view or sequence (its own words), or on a function or procedure (`EXECUTE`).
    let onObject (object: SchemaObject) (role: string) (privileges: string list) : SchemaObject =
        grant object.Key.Name role privileges

/// The words for extensions (PostgreSQL). They belong to the whole database: made where missing, never dropped.
[<RequireQualifiedAccess>]
module Extension =
    let define (name: string) : SchemaObject = SchemaObject.create (ObjectName.relative name) "" ObjectBody.Extension
