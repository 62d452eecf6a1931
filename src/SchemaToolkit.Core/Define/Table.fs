namespace SchemaToolkit

open System

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module ForeignKey =
    let onDelete (action: ReferentialAction) (foreignKey: ForeignKey) = { foreignKey with OnDelete = action }
    let onUpdate (action: ReferentialAction) (foreignKey: ForeignKey) = { foreignKey with OnUpdate = action }
    let named (name: string) (foreignKey: ForeignKey) : ForeignKey = { foreignKey with Name = name }

    let deferrable (deferrability: Deferrability) (foreignKey: ForeignKey) =
        { foreignKey with Deferrability = deferrability }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Policy =
    let create (name: string) (command: PolicyCommand) : Policy =
        { Name = name
          Command = command
          Permissive = true
          Roles = []
          Using = None
          WithCheck = None
          OnlyOn = [] }

    let using (text: SqlText) (policy: Policy) = { policy with Using = Some text }
    let withCheck (text: SqlText) (policy: Policy) = { policy with WithCheck = Some text }
    let restrictive (policy: Policy) = { policy with Permissive = false }
    let forRoles (roles: string list) (policy: Policy) = { policy with Roles = List.sort roles }

    /// Declares the policy for one engine; elsewhere it is left out without a warning.
    let onlyOn (engine: string) (policy: Policy) : Policy = { policy with OnlyOn = List.sort (engine :: policy.OnlyOn) }

/// The words for enums.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module EnumType =
    /// Values in sort order.
    let define (name: string) (values: string list) : EnumType =
        { Name = ObjectName.relative name; Values = values; RenamedFrom = [] }

    let renamedFrom (oldName: string) (enum: EnumType) : EnumType =
        { enum with RenamedFrom = oldName :: enum.RenamedFrom }

/// The words for tables. Names of constraints and indexes are derived here, once, and are explicit in the value.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Table =
    let private names (columns: ColumnHandle list) = columns |> List.map _.Name

    let define (name: string) (columns: ColumnHandle list) : Table =
        { Name = ObjectName.relative name
          Columns = columns |> List.map _.Definition
          PrimaryKey = None
          Uniques = []
          ForeignKeys = []
          Checks = []
          Indexes = []
          RowSecurity = RowSecurity.Disabled
          Policies = []
          PartitionBy = None
          WithoutRowId = false
          Comment = None
          Shared = false
          RenamedFrom = [] }

    let primaryKey (columns: ColumnHandle list) (table: Table) =
        { table with
            PrimaryKey = Some { Name = Identifier.derive table.Name.Name [] "pkey"; Columns = names columns } }

    /// With a name of its own, as tables have that were not made by the toolkit.
    let primaryKeyNamed (name: string) (columns: ColumnHandle list) (table: Table) =
        { table with PrimaryKey = Some { Name = name; Columns = names columns } }

    let private addUnique name columns table =
        { table with
            Uniques =
                table.Uniques
                @ [ { Name = name
                      Columns = names columns
                      NullsNotDistinct = false
                      Deferrability = Deferrability.NotDeferrable } ] }

    let unique (columns: ColumnHandle list) (table: Table) =
        addUnique (Identifier.derive table.Name.Name (names columns) "key") columns table

    let uniqueNamed (name: string) (columns: ColumnHandle list) (table: Table) = addUnique name columns table

    /// As `uniqueNamed`, with what else there is to say: `fun unique -> { unique with NullsNotDistinct = true }`.
    let uniqueWith (configure: Unique -> Unique) (name: string) (columns: ColumnHandle list) (table: Table) =
        let added = addUnique name columns table

        { added with
            Uniques = table.Uniques @ (List.skip table.Uniques.Length added.Uniques |> List.map configure) }

    let private addForeignKey configure target (pairs: (ColumnHandle * string) list) (table: Table) =
        let columns = pairs |> List.map (fun (column, _) -> column.Name)

        let foreignKey: ForeignKey =
            { Name = Identifier.derive table.Name.Name columns "fkey"
              Columns = columns
              Target = target
              TargetColumns = List.map snd pairs
              OnDelete = ReferentialAction.NoAction
              OnUpdate = ReferentialAction.NoAction
              Deferrability = Deferrability.NotDeferrable }

        { table with ForeignKeys = table.ForeignKeys @ [ configure foreignKey ] }

    let private byName (pairs: (ColumnHandle * ColumnHandle) list) =
        pairs |> List.map (fun (column, target) -> column, target.Name)

    /// A foreign key to another table, with its columns in pairs: `Table.references Users.table [ userId, Users.id ]`.
    let references (target: Table) (pairs: (ColumnHandle * ColumnHandle) list) (table: Table) =
        addForeignKey id target.Name (byName pairs) table

    /// As `references`, with the actions set by a pipeline: `(ForeignKey.onDelete ReferentialAction.Cascade)`.
    let referencesWith
        (configure: ForeignKey -> ForeignKey)
        (target: Table)
        (pairs: (ColumnHandle * ColumnHandle) list)
        (table: Table)
        =
        addForeignKey configure target.Name (byName pairs) table

    /// A foreign key into another plugin's shared table, by names alone.
    let referencesNamed (plugin: string, targetTable: string) (pairs: (ColumnHandle * string) list) (table: Table) =
        addForeignKey id (ObjectName.create (Namespace.derive plugin) targetTable) pairs table

    /// A foreign key by names alone: to a table that comes later, or that is nobody's plugin.
    let referencesNames
        (configure: ForeignKey -> ForeignKey)
        (target: ObjectName)
        (pairs: (ColumnHandle * string) list)
        (table: Table)
        =
        addForeignKey configure target pairs table

    let private addCheck name text onlyOn (table: Table) =
        { table with
            Checks = table.Checks @ [ { Name = name; Expression = text; OnlyOn = onlyOn } ] }

    /// A check whose text names columns through holes: `Table.check "positive" $"{amount} > 0"`.
    /// The constraint is called `table_name_check`.
    let check (name: string) (text: FormattableString) (table: Table) =
        addCheck (Identifier.derive table.Name.Name [ name ] "check") (Declared.sql text) [] table

    /// A check with its own text for each engine.
    let checkPer (name: string) (text: SqlText) (table: Table) =
        addCheck (Identifier.derive table.Name.Name [ name ] "check") text [] table

    /// A check with a name of its own, as tables have that were not made by the toolkit.
    let checkNamed (name: string) (text: SqlText) (table: Table) = addCheck name text [] table

    let private partName (part: IndexPart) =
        match part.Target with
        | IndexTarget.Column column -> column
        | IndexTarget.Expression _ -> "expr"

    /// Adds an index built with the words of `Index`.
    let indexWith (index: IndexDef) (table: Table) =
        let named =
            if index.Name <> "" then
                index
            else
                { index with
                    Name = Identifier.derive table.Name.Name (List.map partName index.Parts) "idx" }

        { table with Indexes = table.Indexes @ [ named ] }

    /// A plain index on columns, in order.
    let index (columns: ColumnHandle list) (table: Table) = indexWith (Index.on columns) table

    let rowSecurity (mode: RowSecurity) (table: Table) = { table with RowSecurity = mode }

    let policy (policy: Policy) (table: Table) = { table with Policies = table.Policies @ [ policy ] }

    /// What follows PARTITION BY: `Table.partitionBy $"RANGE ({createdAt})"`. Partitions are objects of their own.
    let partitionBy (key: FormattableString) (table: Table) = { table with PartitionBy = Some(Declared.sql key) }

    /// As `partitionBy`, from a text made elsewhere: `SqlText.raw`.
    let partitionByPer (key: SqlText) (table: Table) = { table with PartitionBy = Some key }

    /// SQLite keeps the rows in the primary key's tree (SQLite manual, WITHOUT ROWID); other engines take no notice.
    let withoutRowId (table: Table) = { table with WithoutRowId = true }

    let comment (text: string) (table: Table) = { table with Comment = Some text }

    /// Lets other plugins reference the table.
    let shared (table: Table) = { table with Shared = true }

    /// Says that the table had another name; the newest former name is given last.
    let renamedFrom (oldName: string) (table: Table) = { table with RenamedFrom = oldName :: table.RenamedFrom }

    /// Puts the table into a namespace of its own choosing; otherwise `Schema.forPlugin` places it.
    let inNamespace (ns: string) (table: Table) = { table with Name = ObjectName.create ns table.Name.Name }

    let tryColumn (name: string) (table: Table) = table.Columns |> List.tryFind (fun column -> column.Name = name)

    /// Every constraint: primary key, uniques, checks, foreign keys.
    let constraints (table: Table) =
        [ yield! table.PrimaryKey |> Option.map Constraint.PrimaryKey |> Option.toList
          yield! table.Uniques |> List.map Constraint.Unique
          yield! table.Checks |> List.map Constraint.Check
          yield! table.ForeignKeys |> List.map Constraint.ForeignKey ]
