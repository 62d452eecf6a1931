namespace SchemaToolkit.PostgresObjects

/// One privilege on an object.
type Grant =
    {
        /// Role name; empty for PUBLIC.
        Grantee: string
        /// `SELECT`, `EXECUTE` …
        Privilege: string
        Grantable: bool
        /// Empty where the owner granted it.
        Grantor: string
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module internal Grant =
    /// What columns have where nothing was granted: one value for all, which is equal to itself at a glance.
    let noneOnColumn: Grant list option = Some []

    /// As the queries print it: grantee, privilege, option and grantor, with tabs between.
    let parse (text: string) : Grant =
        match text.Split '\t' with
        | [| grantee; privilege; grantable; grantor |] ->
            { Grantee = grantee
              Privilege = privilege
              Grantable = (grantable = "true")
              Grantor = grantor }
        | _ -> invalidOp $"A privilege is printed as grantee, privilege, option and grantor, not '{text}'."

/// An object as the catalog holds it: an immutable value, compared by structure.
type PgObject =
    {
        Address: Address
        /// The object that this one is a part of: it is dropped with it (a column with its table, an index with its table).
        Parent: Address option
        Facts: Facts
        /// None where the kind has no owner of its own.
        Owner: string option
        /// None where the kind has no privileges. The effective set: a missing list in the catalog is replaced by the
        /// built-in default (`acldefault`). In the order in which they were granted, which a dump shows and nothing else.
        Grants: Grant list option
        Comment: string option
        /// Provider and label, sorted.
        SecurityLabels: (string * string) list
    }

/// A whole database, or the part of it that was asked for.
type PgDatabase =
    {
        /// As `server_version_num`, such as 150018.
        Version: int
        /// The role that reads, and that will own what it creates.
        User: string
        Objects: AddressMap<PgObject>
        /// What belongs to an object, in the order of addresses; of that, columns and constraints apart.
        PartsOf: AddressMap<PgObject list>
        ColumnsOf: AddressMap<PgObject list>
        ConstraintsOf: AddressMap<PgObject list>
        /// What each object needs in order to exist, from `pg_depend`, parents included. A member of an extension is not an
        /// object of its own: who needs it needs the extension.
        Needs: AddressMap<Set<Address>>
        /// What is to be there first when both are made, and to go last when both go, though the catalog knows of no dependency:
        /// a partition is attached when its own parts stand.
        Precedes: AddressMap<Set<Address>>
        /// Objects of kinds that are not modelled, in words: reported, never passed over in silence.
        Unmodelled: string list
    }
