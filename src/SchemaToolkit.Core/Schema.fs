namespace SchemaToolkit

type EnumType =
    {
        Name: ObjectName
        /// In sort order.
        Values: string list
        RenamedFrom: string list
    }

/// What one plugin declares, or what a catalog holds for it: an immutable value, compared by structure.
type Schema =
    {
        /// The plugin's full declared name: the owner on record.
        Plugin: string
        Namespace: string
        /// An explicit order between versions, where the author gives one.
        Version: int option
        Enums: EnumType list
        Tables: Table list
        /// Views, functions, triggers and whatever else is no table.
        Objects: SchemaObject list
    }

/// A part of a schema: the unit of diff, drift, verdict and hazard. Names are the current ones.
[<RequireQualifiedAccess>]
type PartId =
    | Namespace of name: string
    | Enum of enum: ObjectName
    | Table of table: ObjectName
    | Column of table: ObjectName * column: string
    | PrimaryKey of table: ObjectName * constraintName: string
    | Unique of table: ObjectName * constraintName: string
    | ForeignKey of table: ObjectName * constraintName: string
    | Check of table: ObjectName * constraintName: string
    | Index of table: ObjectName * index: string
    | RowSecurity of table: ObjectName
    | Policy of table: ObjectName * policy: string
    | Object of key: ObjectKey

    override this.ToString() =
        match this with
        | Namespace name -> $"namespace {name}"
        | Enum enum -> $"enum {enum}"
        | Table table -> $"table {table}"
        | Column(table, column) -> $"column {table}.{column}"
        | PrimaryKey(table, name) -> $"primary key {name} of {table}"
        | Unique(table, name) -> $"unique constraint {name} of {table}"
        | ForeignKey(table, name) -> $"foreign key {name} of {table}"
        | Check(table, name) -> $"check {name} of {table}"
        | Index(table, name) -> $"index {name} of {table}"
        | RowSecurity table -> $"row security of {table}"
        | Policy(table, name) -> $"policy {name} of {table}"
        | Object key -> string key
