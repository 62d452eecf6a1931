namespace SchemaToolkit.PostgresObjects

open System.Data.Common

/// What a query knows of one object beyond the columns that every query has.
type Body =
    {
        Kind: Kind
        Parent: Address option
        Facts: Facts
        /// What it needs beyond `pg_depend`.
        AlsoNeeds: Address list
    }

/// One set-based query for one or a few kinds of object. Its columns: `classid, objid, objsubid, schema, name, part,
/// arguments, owner, grants, comment, aliases`, then its own from `Cell.own` on. Comments are read together, by the first three:
/// a query gives one only where it is kept under another id. The search path is empty while it runs, so
/// that every name that PostgreSQL prints is qualified.
type Source =
    {
        /// The server's version number decides which catalog columns there are.
        Sql: int -> string
        Read: Address -> DbDataReader -> Body
    }

/// A query, and whether the database has anything for it: most databases lack most kinds, and a query that finds nothing costs
/// the server its planning.
type internal Asked =
    {
        Source: Source
        /// A condition in SQL; None where there is always something.
        If: string option
    }

[<RequireQualifiedAccess>]
module internal Asked =
    /// Below this number are the objects that every database is made with.
    let firstOwn = 16384

    let always (source: Source) : Asked = { Source = source; If = None }
    let whenever (condition: string) (source: Source) : Asked = { Source = source; If = Some condition }

    /// Where a catalog has rows.
    let whenAny (catalog: string) = whenever $"EXISTS (SELECT FROM {catalog})"

    /// Where a catalog has rows that the database was not made with.
    let whenOwn (catalog: string) = whenever $"EXISTS (SELECT FROM {catalog} WHERE oid >= {firstOwn})"

    /// Where there are relations of some kinds, such as `'v', 'm'`.
    let whenRelations (kinds: string) =
        whenever $"EXISTS (SELECT FROM pg_class WHERE oid >= {firstOwn} AND relkind IN ({kinds}))"

    /// Where there are types of a kind.
    let whenTypes (kind: string) =
        whenever $"EXISTS (SELECT FROM pg_type WHERE oid >= {firstOwn} AND typtype = '{kind}')"

/// Cells of a query's own columns, counted from zero.
[<RequireQualifiedAccess>]
module Cell =
    /// Where a query's own columns begin.
    let own = 11

    let text (reader: DbDataReader) i = reader.GetString(own + i)

    let optional (reader: DbDataReader) i = if reader.IsDBNull(own + i) then None else Some(reader.GetString(own + i))

    let int (reader: DbDataReader) i = reader.GetInt32(own + i)

    let optionalInt (reader: DbDataReader) i = if reader.IsDBNull(own + i) then None else Some(reader.GetInt32(own + i))

    let long (reader: DbDataReader) i = reader.GetInt64(own + i)
    let bool (reader: DbDataReader) i = reader.GetBoolean(own + i)

    let texts (reader: DbDataReader) i : string list =
        if reader.IsDBNull(own + i) then
            []
        else
            reader.GetFieldValue<string array>(own + i) |> List.ofArray

/// Pieces of SQL that the queries share.
[<RequireQualifiedAccess>]
module Piece =
    /// Schemas whose objects are somebody's own.
    let ownSchema (alias: string) =
        $"{alias}.nspname NOT IN ('pg_catalog', 'information_schema') AND {alias}.nspname !~ '^pg_(toast|temp)'"

    let notInExtension (catalog: string) (oid: string) =
        // By what the extensions hold, which is one short list, not by what each object depends on.
        $"{oid} NOT IN (SELECT x.objid FROM pg_depend x WHERE x.refclassid = 'pg_extension'::regclass AND x.deptype = 'e' AND x.classid = '{catalog}'::regclass)"

    /// Extensions that an object goes with (`DEPENDS ON EXTENSION`).
    let dependsOn (catalog: string) (oid: string) =
        $"(SELECT array_agg(xe.extname::text ORDER BY xe.extname) FROM pg_depend xd JOIN pg_extension xe ON xe.oid = xd.refobjid AND xd.refclassid = 'pg_extension'::regclass WHERE xd.classid = '{catalog}'::regclass AND xd.objid = {oid} AND xd.deptype = 'x')"

    let owner (column: string) = $"pg_get_userbyid({column})::text"

    /// Each grant as `grantee TAB privilege TAB t|f TAB grantor`; no grantor where it is the owner.
    let private exploded (acl: string) (owner: string) =
        $"(SELECT array_agg(CASE WHEN g.grantee = 0 THEN '' ELSE pg_get_userbyid(g.grantee)::text END || E'\\t' || g.privilege_type || E'\\t' || g.is_grantable::text || E'\\t' || CASE WHEN g.grantor = {owner} THEN '' ELSE pg_get_userbyid(g.grantor)::text END) FROM aclexplode({acl}) g)"

    /// The effective privileges; `objectType` is a letter of `acldefault`.
    let grants (objectType: string) (acl: string) (owner: string) =
        let effective = $"coalesce({acl}, acldefault('{objectType}', {owner}))"
        $"coalesce({exploded effective owner}, '{{}}'::text[])"

    /// Privileges of a column: there are no built-in ones.
    let columnGrants (acl: string) (owner: string) =
        $"CASE WHEN {acl} IS NULL THEN '{{}}'::text[] ELSE coalesce({exploded acl owner}, '{{}}'::text[]) END"

    let none = "NULL::text"
    let noGrants = "NULL::text[]"
    let noAliases = "NULL::text[]"

    /// Another `(classid, objid)` that stands for the object.
    let alias (catalog: string) (oid: string) = $"'{catalog}'::regclass::oid::text || ':' || {oid}::text"

    /// In the order of the catalog, which is that of their setting.
    let options (column: string) = column

    /// Options of foreign objects are printed by name.
    let sortedOptions (column: string) =
        $"CASE WHEN {column} IS NOT NULL THEN (SELECT array_agg(o ORDER BY o) FROM unnest({column}) o) END"

    /// A collation that is not the type's own, qualified.
    let collation (collation: string) (typeCollation: string) =
        $"CASE WHEN {collation} <> 0 AND {collation} <> {typeCollation} THEN (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = {collation}) END"
