namespace SchemaToolkit.Postgres

/// The catalog's questions about objects that are no tables, as in `CatalogQueries`. Texts are cut after the object's name.
[<RequireQualifiedAccess>]
module internal ObjectQueries =
    let private notOfExtension (catalog: string) (oid: string) =
        $"NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{catalog}'::regclass AND e.objid = {oid} AND e.deptype = 'e')"

    let private comment (catalog: string) (oid: string) = $"obj_description({oid}, '{catalog}')"

    let views =
        $"""
SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, pg_get_viewdef(c.oid), c.reloptions::text[],
       {comment "pg_class" "c.oid"}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1) AND c.relkind IN ('v', 'm') AND {notOfExtension "pg_class" "c.oid"}
ORDER BY n.nspname, c.relname"""

    /// Without routines that share their name: the toolkit knows a routine by its name alone.
    let routines =
        $"""
SELECT n.nspname::text, f.proname::text, f.prokind::text,
       NULL, {comment "pg_proc" "f.oid"}, quote_ident(n.nspname) || '.' || quote_ident(f.proname), pg_get_functiondef(f.oid)
FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
WHERE n.nspname = ANY ($1) AND f.prokind IN ('f', 'p') AND {notOfExtension "pg_proc" "f.oid"}
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'i')
  AND NOT EXISTS (SELECT FROM pg_proc g WHERE g.pronamespace = f.pronamespace AND g.proname = f.proname AND g.oid <> f.oid)
ORDER BY 1, 2"""

    let triggers =
        $"""
SELECT n.nspname::text, c.relname::text, g.tgname::text, pg_get_triggerdef(g.oid), g.tgenabled::text, g.tgconstraint <> 0,
       {comment "pg_trigger" "g.oid"}, quote_ident(g.tgname)
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1) AND NOT g.tgisinternal AND g.tgparentid = 0 AND {notOfExtension "pg_class" "c.oid"}
ORDER BY 1, 2, 3"""

    /// Not those of identity columns, which are the column's.
    let sequences =
        $"""
SELECT n.nspname::text, c.relname::text, t.typname::text, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
       o.nspname::text, o.relname::text, o.attname::text, {comment "pg_class" "c.oid"}, c.relpersistence::text
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_sequence s ON s.seqrelid = c.oid
JOIN pg_type t ON t.oid = s.seqtypid
LEFT JOIN LATERAL (
    SELECT tn.nspname, tc.relname, a.attname
    FROM pg_depend d
    JOIN pg_class tc ON tc.oid = d.refobjid
    JOIN pg_namespace tn ON tn.oid = tc.relnamespace
    JOIN pg_attribute a ON a.attrelid = tc.oid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a' AND d.refobjsubid > 0) o ON true
WHERE n.nspname = ANY ($1) AND c.relkind = 'S' AND {notOfExtension "pg_class" "c.oid"}
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')
ORDER BY 1, 2"""

    /// What `CatalogRows` needs to tell a column type, from the type `t` and the modifier given.
    let private typeFields (modifier: string) (dimensions: string) =
        $"""t.typname::text, tn.nspname::text, t.typtype::text, e.typname::text, en.nspname::text, e.typtype::text,
       {modifier}, {dimensions}, format_type(t.oid, {modifier}),
       EXISTS (SELECT FROM pg_extension x WHERE x.extname = 'vector' AND x.extnamespace = coalesce(e.typnamespace, t.typnamespace))"""

    let private typeJoins =
        """JOIN pg_namespace tn ON tn.oid = t.typnamespace
LEFT JOIN pg_type e ON e.typarray = t.oid
LEFT JOIN pg_namespace en ON en.oid = e.typnamespace"""

    let domains =
        $"""
SELECT {typeFields "d.typtypmod" "d.typndims::int"},
       n.nspname::text, d.typname::text, d.typnotnull, pg_get_expr(d.typdefaultbin, 0), d.typdefaultbin IS NOT NULL,
       {comment "pg_type" "d.oid"},
       ARRAY(SELECT k.conname::text FROM pg_constraint k WHERE k.contypid = d.oid AND k.contype = 'c' ORDER BY k.conname),
       ARRAY(SELECT coalesce(pg_get_expr(k.conbin, 0), '') FROM pg_constraint k WHERE k.contypid = d.oid AND k.contype = 'c' ORDER BY k.conname)
FROM pg_type d JOIN pg_namespace n ON n.oid = d.typnamespace
JOIN pg_type t ON t.oid = d.typbasetype
{typeJoins}
WHERE n.nspname = ANY ($1) AND d.typtype = 'd' AND {notOfExtension "pg_type" "d.oid"}
ORDER BY n.nspname, d.typname"""

    /// One row for each attribute; a type without any has one row without attribute.
    let composites =
        $"""
SELECT {typeFields "a.atttypmod" "a.attndims::int"},
       n.nspname::text, c.relname::text, a.attname::text, obj_description(y.oid, 'pg_type')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type y ON y.typrelid = c.oid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
{typeJoins}
WHERE n.nspname = ANY ($1) AND c.relkind = 'c' AND {notOfExtension "pg_class" "c.oid"}
ORDER BY n.nspname, c.relname, a.attnum"""

    let ranges =
        $"""
SELECT {typeFields "-1" "0"}, n.nspname::text, y.typname::text, {comment "pg_type" "y.oid"},
       r.rngcanonical <> 0 OR r.rngsubdiff <> 0 OR NOT o.opcdefault
FROM pg_range r
JOIN pg_type y ON y.oid = r.rngtypid
JOIN pg_namespace n ON n.oid = y.typnamespace
JOIN pg_opclass o ON o.oid = r.rngsubopc
JOIN pg_type t ON t.oid = r.rngsubtype
{typeJoins}
WHERE n.nspname = ANY ($1) AND {notOfExtension "pg_type" "y.oid"}
ORDER BY n.nspname, y.typname"""

    /// Of tables that are no partitions themselves.
    let partitions =
        $"""
SELECT n.nspname::text, c.relname::text, pn.nspname::text, p.relname::text, pg_get_expr(c.relpartbound, c.oid), {comment "pg_class" "c.oid"}
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_inherits i ON i.inhrelid = c.oid
JOIN pg_class p ON p.oid = i.inhparent
JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE n.nspname = ANY ($1) AND c.relkind = 'r' AND c.relispartition AND NOT p.relispartition
ORDER BY 1, 2"""

    let exclusions =
        """
SELECT n.nspname::text, c.relname::text, k.conname::text, substr(pg_get_constraintdef(k.oid), 9), obj_description(k.oid, 'pg_constraint')
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1) AND k.contype = 'x' AND k.conparentid = 0
ORDER BY 1, 2, 3"""

    /// What others than the owner may do. That everybody may use functions and types is built in, and left out.
    let grants =
        $"""
WITH holders AS (
    SELECT n.nspname, c.relname AS name, c.relacl AS acl, c.relowner AS owner, false AS open
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND {notOfExtension "pg_class" "c.oid"}
    UNION ALL
    SELECT n.nspname, f.proname, f.proacl, f.proowner, true
    FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
    WHERE n.nspname = ANY ($1) AND f.prokind IN ('f', 'p') AND {notOfExtension "pg_proc" "f.oid"}
      AND NOT EXISTS (SELECT FROM pg_proc g WHERE g.pronamespace = f.pronamespace AND g.proname = f.proname AND g.oid <> f.oid)
    UNION ALL
    SELECT n.nspname, t.typname, t.typacl, t.typowner, true
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = ANY ($1) AND (t.typtype IN ('d', 'r') OR t.typtype = 'c' AND EXISTS (
        SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c')))
SELECT h.nspname::text, h.name::text, coalesce(r.rolname::text, 'public'), array_agg(DISTINCT x.privilege_type::text),
       bool_or(x.is_grantable)
FROM holders h
CROSS JOIN LATERAL aclexplode(h.acl) x
LEFT JOIN pg_roles r ON r.oid = x.grantee
WHERE x.grantee <> h.owner AND NOT (h.open AND x.grantee = 0)
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3"""

    let extensions = "SELECT extname::text FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1"
