namespace SchemaToolkit

/// One typed change of a schema. Steps that alter carry what was before and what comes after, so that every step can be
/// applied, inverted and described. Names of tables and columns are those at the moment the step runs.
[<RequireQualifiedAccess>]
type Step =
    | CreateNamespace of name: string
    | DropNamespace of name: string
    | CreateEnum of enum: EnumType
    | DropEnum of enum: EnumType
    | RenameEnum of enum: ObjectName * newName: string
    /// Values were added, anywhere; those that were there keep their order.
    | AddEnumValues of before: EnumType * after: EnumType
    /// Values were removed or put into another order: the type is made anew and its columns converted.
    | ReplaceEnum of before: EnumType * after: EnumType
    | CreateTable of table: Table
    | DropTable of table: Table
    | RenameTable of table: ObjectName * newName: string
    | AddColumn of table: ObjectName * column: ColumnDef
    | DropColumn of table: ObjectName * column: ColumnDef
    | RenameColumn of table: ObjectName * column: string * newName: string
    | ChangeType of table: ObjectName * column: string * before: ColumnType * after: ColumnType
    | ChangeCollation of table: ObjectName * column: string * before: string option * after: string option
    /// True is nullable.
    | ChangeNullability of table: ObjectName * column: string * before: bool * after: bool
    | ChangeDefault of table: ObjectName * column: string * before: ColumnDefault option * after: ColumnDefault option
    | ChangeIdentity of table: ObjectName * column: string * before: Identity option * after: Identity option
    | AddConstraint of table: ObjectName * definition: Constraint
    | DropConstraint of table: ObjectName * definition: Constraint
    | RenameConstraint of table: ObjectName * definition: Constraint * newName: string
    | CreateIndex of table: ObjectName * index: IndexDef
    | DropIndex of table: ObjectName * index: IndexDef
    | RenameIndex of table: ObjectName * index: IndexDef * newName: string
    | ChangeRowSecurity of table: ObjectName * before: RowSecurity * after: RowSecurity
    | CreatePolicy of table: ObjectName * policy: Policy
    | DropPolicy of table: ObjectName * policy: Policy
    | ChangeWithoutRowId of table: ObjectName * before: bool * after: bool
    | CreateObject of object: SchemaObject
    | DropObject of object: SchemaObject
    /// Changed in place; what rests on the object stays.
    | ReplaceObject of before: SchemaObject * after: SchemaObject
    /// The comment of a table or of a column.
    | ChangeComment of part: PartId * before: string option * after: string option
