namespace SchemaToolkit.PostgresObjects

/// A change in place that others stand in the way of: they go first and come back afterwards.
type Disturbance =
    {
        Sql: string list
        /// When nothing uses any more what was put aside: those who turn to something else may have had to wait for it.
        Afterwards: string list
        /// Whose dependants are asked, and which of them stand in the way.
        InTheWay: (Address * (PgObject -> bool)) list
        /// Objects that have to go altogether, and come back.
        Replaces: Address list
        /// Objects that the statements make anew: owner, privileges and comments are given again.
        Remade: Set<Address>
        /// Columns that the statements convert.
        Converted: Set<Address>
    }

/// What to do with an object that is on both sides.
[<RequireQualifiedAccess>]
type Change =
    | Same
    /// Statements that change it where it stands.
    | Alter of sql: string list
    | Disturb of disturbance: Disturbance
    /// Dropped and made again, with all that depends on it.
    | Replace

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Change =
    let noDisturbance: Disturbance =
        { Sql = []
          Afterwards = []
          InTheWay = []
          Replaces = []
          Remade = Set.empty
          Converted = Set.empty }

    /// What stands in the way of a column that changes its type; indexes and plain constraints are rebuilt by the engine
    /// itself, which forgets the targets of statistics, also those of an index, and that partitions lack it.
    let standsOnColumn (object: PgObject) =
        match object.Address.Kind, object.Facts with
        | (Kind.View | Kind.MaterializedView | Kind.Rule | Kind.Policy | Kind.Trigger | Kind.Default | Kind.PublicationTable),
          _ -> true
        | (Kind.Function | Kind.Procedure), _ -> true
        | Kind.Constraint, Facts.Constraint c -> c.Type = "f"
        | Kind.Index, Facts.Index i -> not i.Statistics.IsEmpty || i.Partitioned && not i.Valid
        | Kind.Statistics, Facts.Text t -> t.Settings |> List.exists (fun (name, _) -> name = "SET STATISTICS")
        | _ -> false

    let isPrimaryKey (object: PgObject) =
        match object.Facts with
        | Facts.Constraint c -> c.Type = "p"
        | _ -> false

    let isForeignKey (object: PgObject) =
        match object.Facts with
        | Facts.Constraint c -> c.Type = "f"
        | _ -> false

/// Both sides, for planners that must look beyond their object.
type Context =
    {
        From: PgDatabase
        To: PgDatabase
        /// Objects of `To` that this plan creates (new or replaced).
        Creating: Set<Address>
        /// Objects of `From` that this plan drops (gone or replaced).
        Dropping: Set<Address>
        /// Parts that are not made with what they belong to, nor dropped with it: they would need each other in a circle.
        Apart: Set<Address>
        /// Types of `From` that give their names to types of another kind, and wait under other names until columns have turned
        /// from them.
        Aside: Set<Address>
    }

/// How one kind of object is planned and rendered. Statements carry no final semicolon.
type KindRules =
    {
        /// What COMMENT ON, ALTER … OWNER TO and SECURITY LABEL call it: `TABLE "s"."t"`.
        Designation: PgObject -> string
        Create: Context -> PgObject -> string list
        /// Empty where it goes with its parent or cannot be dropped.
        Drop: Context -> PgObject -> string list
        Change: Context -> PgObject -> PgObject -> Change
        /// Objects of `To` that the CREATE statement brings with it, so that they are not created again: the columns of a table.
        Absorbs: Context -> PgObject -> Address list
        /// Names that must be free before it is created and that it frees when dropped, beyond its address: tables, indexes,
        /// sequences, views and composite types share one space of names in a schema.
        Names: PgObject -> string list
        /// What GRANT calls it: `TABLE "s"."t"`, `FUNCTION …`; None where the kind has no privileges.
        GrantTarget: PgObject -> string option
    }
