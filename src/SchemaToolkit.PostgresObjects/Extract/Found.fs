namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic

/// How the catalog knows an object: `classid, objid, objsubid`.
type internal ObjectId = (struct (uint32 * uint32 * int))

/// Numbers of catalogs, which never change.
[<RequireQualifiedAccess>]
module internal CatalogOid =
    let pgType = 1247u
    let pgClass = 1259u
    let pgAttrdef = 2604u
    let pgConstraint = 2606u

/// One object as a query found it.
type internal Found =
    {
        Object: PgObject
        Id: ObjectId
        /// Others that stand for it.
        Aliases: ObjectId list
        AlsoNeeds: Address list
    }

/// That one object needs another.
[<Struct>]
type internal Dependency =
    {
        User: ObjectId
        Used: ObjectId
        /// `pg_depend.deptype`.
        Kind: char
    }

/// What the catalog holds, before it is put together.
type internal CatalogRows =
    {
        Version: int
        User: string
        /// Which transactions it sees; None where that does not tell.
        Moment: string option
        Found: List<Found>
        Dependencies: List<Dependency>
        Comments: Dictionary<ObjectId, string>
        Unmodelled: List<string>
    }
