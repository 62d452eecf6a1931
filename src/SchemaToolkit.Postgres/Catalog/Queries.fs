namespace SchemaToolkit.Postgres

/// The catalog's questions: each asks for all tables of the namespaces (`$1`, a text array) at once.
/// oids are cast to bigint, `name` and `"char"` to text, so that the driver needs no special types.
[<RequireQualifiedAccess>]
module internal CatalogQueries =
    /// What an extension brought belongs to the extension.
    let private notOfExtension (catalog: string) (oid: string) =
        $"NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{catalog}'::regclass AND e.objid = {oid} AND e.deptype = 'e')"

    /// Tables, partitioned ones too; partitions are objects of their own.
    let private isTable =
        "c.relkind IN ('r', 'p') AND NOT c.relispartition AND " + notOfExtension "pg_class" "c.oid"

    let tables =
        $"""
SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relrowsecurity, c.relforcerowsecurity, d.description,
       c.relpersistence::text,
       c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid OR i.inhparent = c.oid),
       CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END, c.relkind = 'p'
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE n.nspname = ANY ($1) AND {isTable}
ORDER BY n.nspname, c.relname"""

    let columns =
        $"""
SELECT c.oid::bigint, a.attname::text, t.typname::text, tn.nspname::text, t.typtype::text,
       e.typname::text, en.nspname::text, e.typtype::text, a.atttypmod, a.attndims::int,
       a.attnotnull, a.attidentity::text, a.attgenerated::text, pg_get_expr(f.adbin, f.adrelid), f.oid IS NOT NULL,
       CASE WHEN a.attcollation <> t.typcollation THEN l.collname::text END, d.description,
       format_type(a.atttypid, a.atttypmod),
       EXISTS (SELECT FROM pg_extension x WHERE x.extname = 'vector' AND x.extnamespace = coalesce(e.typnamespace, t.typnamespace)),
       b.typname::text, bn.nspname::text, b.typtype::text, be.typname::text, ben.nspname::text, be.typtype::text,
       coalesce(e.typtypmod, t.typtypmod), coalesce(e.typndims, t.typndims)::int,
       format_type(b.oid, coalesce(e.typtypmod, t.typtypmod))
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_namespace tn ON tn.oid = t.typnamespace
LEFT JOIN pg_type e ON e.typarray = t.oid
LEFT JOIN pg_namespace en ON en.oid = e.typnamespace
LEFT JOIN pg_type b ON b.oid = coalesce(e.typbasetype, t.typbasetype)
LEFT JOIN pg_namespace bn ON bn.oid = b.typnamespace
LEFT JOIN pg_type be ON be.typarray = b.oid
LEFT JOIN pg_namespace ben ON ben.oid = be.typnamespace
LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
LEFT JOIN pg_collation l ON l.oid = a.attcollation
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = a.attnum
WHERE n.nspname = ANY ($1) AND {isTable} AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.oid, a.attnum"""

    /// The names behind an array of column numbers, in its order.
    let private names (relation: string) (numbers: string) =
        $"(SELECT array_agg(y.attname::text ORDER BY o.ord) FROM unnest({numbers}) WITH ORDINALITY o(num, ord) "
        + $"JOIN pg_attribute y ON y.attrelid = {relation} AND y.attnum = o.num)"

    let constraints =
        $"""
SELECT c.oid::bigint, k.conname::text, k.contype::text, {names "k.conrelid" "k.conkey"},
       fn.nspname::text, fc.relname::text, {names "k.confrelid" "k.confkey"},
       k.confdeltype::text, k.confupdtype::text, k.confmatchtype::text, k.condeferrable, k.condeferred, k.convalidated,
       k.connoinherit, coalesce(cardinality(k.confdelsetcols), 0) > 0, pg_get_expr(k.conbin, k.conrelid),
       coalesce(i.indnullsnotdistinct, false), coalesce(i.indnatts > i.indnkeyatts, false)
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class fc ON fc.oid = k.confrelid
LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
WHERE n.nspname = ANY ($1) AND {isTable} AND k.contype IN ('p', 'u', 'f', 'c') AND k.conparentid = 0
ORDER BY c.oid, k.conname"""

    /// One row for each column of each index that backs no constraint.
    let indexes =
        $"""
SELECT c.oid::bigint, ic.relname::text, m.amname::text, i.indisunique, i.indnullsnotdistinct, i.indisvalid,
       pg_get_expr(i.indpred, i.indrelid), i.indpred IS NOT NULL, ic.reloptions::text[],
       p.pos <= i.indnkeyatts, a.attname::text,
       CASE WHEN i.indkey[p.pos - 1] = 0 THEN pg_get_indexdef(i.indexrelid, p.pos, false) END,
       CASE WHEN p.pos <= i.indnkeyatts THEN i.indoption[p.pos - 1]::int ELSE 0 END,
       CASE WHEN o.opcdefault AND (a.atttypid IS NULL OR o.opcintype = a.atttypid OR NOT EXISTS (
                SELECT FROM pg_opclass d WHERE d.opcmethod = o.opcmethod AND d.opcdefault AND d.opcintype = a.atttypid))
            THEN NULL ELSE o.opcname::text END,
       CASE WHEN l.oid IS NULL THEN NULL
            WHEN a.attnum IS NOT NULL AND a.attcollation = l.oid THEN NULL
            WHEN a.attnum IS NULL AND (l.collname = 'default'
                 OR EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attnum > 0 AND x.attcollation = l.oid)) THEN NULL
            ELSE l.collname::text END
FROM pg_index i
JOIN pg_class ic ON ic.oid = i.indexrelid
JOIN pg_am m ON m.oid = ic.relam
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL generate_series(1, i.indnatts::int) p(pos)
LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.pos - 1] AND a.attnum <> 0
LEFT JOIN pg_opclass o ON p.pos <= i.indnkeyatts AND o.oid = i.indclass[p.pos - 1]
LEFT JOIN pg_collation l ON p.pos <= i.indnkeyatts AND l.oid = i.indcollation[p.pos - 1]
WHERE n.nspname = ANY ($1) AND ({isTable} OR c.relkind = 'm')
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY c.oid, ic.relname, p.pos"""

    let policies =
        $"""
SELECT c.oid::bigint, p.polname::text, p.polcmd::text, p.polpermissive,
       (SELECT array_agg(r.rolname::text ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles)),
       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
       p.polqual IS NOT NULL, p.polwithcheck IS NOT NULL
FROM pg_policy p
JOIN pg_class c ON c.oid = p.polrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1) AND {isTable}
ORDER BY c.oid, p.polname"""

    let enums =
        $"""
SELECT n.nspname::text, t.typname::text,
       (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname = ANY ($1) AND t.typtype = 'e' AND {notOfExtension "pg_type" "t.oid"}
ORDER BY n.nspname, t.typname"""

    /// Everything else that has a name in the namespaces, in words.
    let unmodelled =
        $"""
SELECT CASE c.relkind WHEN 'f' THEN 'foreign table ' WHEN 'p' THEN 'partitioned partition ' ELSE 'partition of a partition ' END
       || n.nspname || '.' || c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1) AND {notOfExtension "pg_class" "c.oid"}
  AND (c.relkind = 'f' OR c.relkind = 'p' AND c.relispartition
       OR c.relkind = 'r' AND c.relispartition AND EXISTS (
            SELECT FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent WHERE i.inhrelid = c.oid AND p.relispartition))
UNION ALL
SELECT CASE WHEN f.prokind IN ('a', 'w') THEN 'aggregate or window function ' ELSE 'overloaded function ' END
       || n.nspname || '.' || f.proname || '(' || pg_get_function_identity_arguments(f.oid) || ')'
FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
WHERE n.nspname = ANY ($1) AND {notOfExtension "pg_proc" "f.oid"}
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'i')
  AND (f.prokind IN ('a', 'w')
       OR EXISTS (SELECT FROM pg_proc g WHERE g.pronamespace = f.pronamespace AND g.proname = f.proname AND g.oid <> f.oid))
UNION ALL
SELECT 'type ' || n.nspname || '.' || t.typname
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname = ANY ($1) AND t.typtype = 'b' AND t.typelem = 0 AND {notOfExtension "pg_type" "t.oid"}
UNION ALL
SELECT 'rule ' || r.rulename || ' on ' || n.nspname || '.' || c.relname
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1) AND r.rulename <> '_RETURN'
UNION ALL
SELECT 'statistics ' || n.nspname || '.' || s.stxname
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE n.nspname = ANY ($1)
ORDER BY 1"""

    /// Moves with every change of a modelled object: rows carry the transaction that wrote them.
    let fingerprintOf (namespaces: string) =
        $"""
WITH n AS (SELECT oid, xmin FROM pg_namespace WHERE nspname = ANY ({namespaces})),
     c AS (SELECT oid, xmin FROM pg_class WHERE relnamespace IN (SELECT oid FROM n)),
     t AS (SELECT oid, xmin FROM pg_type WHERE typnamespace IN (SELECT oid FROM n) AND typtype IN ('e', 'd', 'r')),
     f AS (SELECT oid, xmin FROM pg_proc WHERE pronamespace IN (SELECT oid FROM n)),
     parts AS (
       SELECT 1 AS kind, count(*) AS items, sum(oid::bigint) AS ids, sum(xmin::text::bigint) AS writers FROM n
       UNION ALL SELECT 2, count(*), sum(oid::bigint), sum(xmin::text::bigint) FROM c
       UNION ALL SELECT 3, count(*), sum(oid::bigint), sum(xmin::text::bigint) FROM t
       UNION ALL SELECT 4, count(*), sum(a.attnum), sum(a.xmin::text::bigint) FROM pg_attribute a JOIN c ON c.oid = a.attrelid
       UNION ALL SELECT 5, count(*), sum(k.oid::bigint), sum(k.xmin::text::bigint) FROM pg_constraint k JOIN c ON c.oid = k.conrelid
       UNION ALL SELECT 6, count(*), sum(i.indexrelid::bigint), sum(i.xmin::text::bigint) FROM pg_index i JOIN c ON c.oid = i.indrelid
       UNION ALL SELECT 7, count(*), sum(e.oid::bigint), sum(e.xmin::text::bigint) FROM pg_enum e JOIN t ON t.oid = e.enumtypid
       UNION ALL SELECT 8, count(*), sum(p.oid::bigint), sum(p.xmin::text::bigint) FROM pg_policy p JOIN c ON c.oid = p.polrelid
       UNION ALL SELECT 9, count(*), sum(f.oid::bigint), sum(f.xmin::text::bigint) FROM pg_attrdef f JOIN c ON c.oid = f.adrelid
       UNION ALL SELECT 10, count(*), sum(d.objsubid), sum(d.xmin::text::bigint) FROM pg_description d
                 JOIN c ON c.oid = d.objoid WHERE d.classoid = 'pg_class'::regclass
       UNION ALL SELECT 11, count(*), sum(oid::bigint), sum(xmin::text::bigint) FROM f
       UNION ALL SELECT 12, count(*), sum(g.oid::bigint), sum(g.xmin::text::bigint) FROM pg_trigger g JOIN c ON c.oid = g.tgrelid
       UNION ALL SELECT 13, count(*), sum(w.oid::bigint), sum(w.xmin::text::bigint) FROM pg_rewrite w JOIN c ON c.oid = w.ev_class
       UNION ALL SELECT 14, count(*), sum(s.seqrelid::bigint), sum(s.xmin::text::bigint) FROM pg_sequence s JOIN c ON c.oid = s.seqrelid
       UNION ALL SELECT 15, count(*), sum(k.oid::bigint), sum(k.xmin::text::bigint) FROM pg_constraint k JOIN t ON t.oid = k.contypid
       UNION ALL SELECT 16, count(*), sum(x.oid::bigint), sum(x.xmin::text::bigint) FROM pg_extension x
       UNION ALL SELECT 17, count(*), sum(d.objoid::bigint), sum(d.xmin::text::bigint) FROM pg_description d
                 JOIN f ON f.oid = d.objoid WHERE d.classoid = 'pg_proc'::regclass)
SELECT md5(string_agg(kind || ':' || items || ':' || coalesce(ids, 0) || ':' || coalesce(writers, 0), ' ' ORDER BY kind)) FROM parts"""

    let fingerprint = fingerprintOf "$1"
