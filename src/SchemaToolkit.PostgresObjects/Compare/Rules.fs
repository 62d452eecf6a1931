namespace SchemaToolkit.PostgresObjects

/// What to do with an object that is on both sides.
[<RequireQualifiedAccess>]
type Change =
    | Same
    /// Statements that change it where it stands.
    | Alter of sql: string list
    /// As Alter, but whatever depends on the object (views, rules, policies, generated columns …) must go first and come
    /// back afterwards: a column that changes its type.
    | Disturb of sql: string list
    /// Dropped and made again, with all that depends on it.
    | Replace

/// Both sides, for planners that must look beyond their object.
type Context =
    {
        From: PgDatabase
        To: PgDatabase
        /// Objects of `To` that this plan creates (new or replaced).
        Creating: Set<Address>
        /// Objects of `From` that this plan drops (gone or replaced).
        Dropping: Set<Address>
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
