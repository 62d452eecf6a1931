namespace SchemaToolkit.PostgresObjects

/// Tables, columns, constraints and indexes as bare fields of the catalog. Most of them are plain: what PostgreSQL would print of
/// them follows from these fields, and printing thousands of them is what costs a server most. The last field of each row
/// says whether it is; what is not is asked for by itself. The type `"char"` is cast: a connection that has loaded no types
/// does not know it.
[<RequireQualifiedAccess>]
module internal PlainSql =
    let private firstOwn = Asked.firstOwn

    let namespaces = $"""SELECT n.oid, n.nspname, {Piece.ownSchema "n"} FROM pg_namespace n"""

    /// Words that are quoted as names.
    let keywords = "SELECT string_agg(word, ' ') FROM pg_get_keywords() WHERE catcode <> 'U'"

    /// The number of the access method `btree`.
    let btree = 403u

    let defaultClasses = $"SELECT opcintype, oid FROM pg_opclass WHERE opcdefault AND opcmethod = {btree}"

    /// Of the server's own, those that conditions are made of.
    let operators =
        "SELECT oid, oprname, oprleft, oprright FROM pg_operator WHERE oprnamespace = 11 AND oid < 10000 AND oprkind = 'b' AND oprname IN ('=', '<>', '<', '>', '<=', '>=', '~~', '!~~', '~', '!~', '+', '-', '*', '/', '%')"

    let private plainTable =
        [ "c.relkind = 'r'"
          "c.relacl IS NULL"
          // The access method `heap`.
          "c.relam = 2"
          "c.reltablespace = 0"
          "c.reloptions IS NULL"
          "c.reloftype = 0"
          "NOT c.relrowsecurity"
          "NOT c.relforcerowsecurity"
          "c.relreplident = 'd'"
          "(c.relispartition OR c.oid NOT IN (SELECT h.inhrelid FROM pg_inherits h))"
          "c.reltoastrelid NOT IN (SELECT tc.oid FROM pg_class tc WHERE tc.relkind = 't' AND tc.reloptions IS NOT NULL)" ]
        |> String.concat " AND "

    let private plainRelationOfIndex =
        "c.relkind = 'i' AND c.reloptions IS NULL AND c.reltablespace = 0 AND NOT c.relispartition"

    let relations =
        $"""
SELECT c.oid, c.relname, c.relnamespace, c.relkind::text, c.relpersistence::text, c.relowner, c.reltype, coalesce(t.typarray, 0), c.relam, c.relispartition, c.reloftype <> 0,
       CASE WHEN c.relkind IN ('i', 'I') THEN {plainRelationOfIndex} ELSE {plainTable} END
FROM pg_class c LEFT JOIN pg_type t ON t.oid = c.reltype
WHERE c.oid >= {firstOwn} AND c.relkind IN ('r', 'p', 'f', 'i', 'I') AND c.relpersistence <> 't' AND c.relnamespace <> 'pg_toast'::regnamespace"""

    let plainColumn (version: int) =
        [ "a.attidentity = ''"
          "a.attgenerated = ''"
          "a.attacl IS NULL"
          "a.attcompression = ''"
          "a.attoptions IS NULL"
          "a.attfdwoptions IS NULL"
          "a.attislocal"
          "a.attinhcount = 0"
          if version >= 170000 then "a.attstattarget IS NULL" else "a.attstattarget = -1"
          // None, or the default one where it is the type's own.
          "(a.attcollation = 0 OR a.attcollation = 100 AND a.atttypid NOT IN (SELECT t.oid FROM pg_type t WHERE t.typcollation NOT IN (0, 100)))"
          // NOT NULL with a name of its own, or more than that.
          if version >= 180000 then
              "(a.attrelid, a.attnum) NOT IN (SELECT nn.conrelid, nn.conkey[1] FROM pg_constraint nn JOIN pg_class nc ON nc.oid = nn.conrelid JOIN pg_attribute na ON na.attrelid = nn.conrelid AND na.attnum = nn.conkey[1] WHERE nn.contype = 'n' AND (nn.conname::text <> left(nc.relname::text || '_' || na.attname::text || '_not_null', 63) OR nn.connoinherit OR NOT nn.convalidated))" ]
        |> String.concat " AND "

    let columns (version: int) =
        $"""
SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation, a.attnotnull, a.attstorage::text, {plainColumn version}
FROM pg_attribute a WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid IN (SELECT c.oid FROM pg_class c WHERE c.oid >= {firstOwn} AND c.relkind IN ('r', 'p', 'f'))"""

    /// A default names no columns: printed without its table the server need not look the table up. The expression of a
    /// generated column stands with the column.
    let defaults =
        """
SELECT d.oid, d.adrelid, d.adnum, CASE WHEN (d.adrelid, d.adnum) NOT IN (SELECT a.attrelid, a.attnum FROM pg_attribute a WHERE a.attgenerated <> '') THEN pg_get_expr(d.adbin, 0) END
FROM pg_attrdef d"""

    let private plainConstraint (version: int) =
        [ "NOT k.condeferrable"
          "k.convalidated"
          // Neither a parent's nor that of a partitioned table.
          "k.coninhcount = 0"
          "k.confdelsetcols IS NULL"
          "k.contype <> 'x'"
          "NOT (k.connoinherit AND k.contype = 'c')"
          if version >= 180000 then
              "k.conenforced"
              "NOT k.conperiod" ]
        |> String.concat " AND "

    let constraints (version: int) =
        $"""
SELECT k.oid, k.conname, k.conrelid, k.contype::text, k.conindid, k.confrelid, k.confupdtype::text, k.confdeltype::text, k.confmatchtype::text, k.conkey::text, k.confkey::text,
       CASE WHEN k.contype = 'c' THEN k.conbin::text ELSE '' END, {plainConstraint version}
FROM pg_constraint k WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conrelid >= {firstOwn}"""

    let private plainIndex =
        "i.indexrelid NOT IN (SELECT x.objid FROM pg_depend x WHERE x.deptype = 'x') AND i.indexprs IS NULL AND i.indisvalid AND NOT i.indisclustered AND NOT i.indisreplident AND NOT i.indisexclusion AND NOT i.indnullsnotdistinct AND i.indnatts = i.indnkeyatts"

    let indexes =
        $"""
SELECT i.indexrelid, i.indrelid, i.indisunique, i.indkey::text, i.indclass::text, i.indcollation::text, i.indoption::text,
       CASE WHEN i.indexprs IS NULL THEN i.indpred::text END, {plainIndex}
FROM pg_index i WHERE i.indexrelid IN (SELECT c.oid FROM pg_class c WHERE c.oid >= {firstOwn} AND c.relkind IN ('i', 'I') AND c.relnamespace <> 'pg_toast'::regnamespace)"""

    /// What `types` is asked for, and in this order: how a type is written, its own storage.
    let types (pairs: (struct (uint32 * int)) seq) =
        let list (items: string seq) = String.concat "," items
        let oids = pairs |> Seq.map (fun (struct (oid, _)) -> string oid) |> list
        let modifiers = pairs |> Seq.map (fun (struct (_, modifier)) -> string modifier) |> list

        $"SELECT format_type(u.oid, u.modifier), t.typstorage::text FROM unnest('{{{oids}}}'::oid[], '{{{modifiers}}}'::int[]) WITH ORDINALITY u(oid, modifier, position) JOIN pg_type t ON t.oid = u.oid ORDER BY u.position"

    /// Owners of tables by name, with the privileges on a table to which nothing was granted.
    let owners (oids: uint32 seq) =
        let list = oids |> Seq.map string |> String.concat ","
        let grants = Piece.grants "r" "NULL::aclitem[]" "u.oid"
        let name = Piece.owner "u.oid"
        $"SELECT u.oid, {name}, {grants} FROM unnest('{{{list}}}'::oid[]) u(oid)"

    /// Of a query that ends with its conditions: only some objects.
    let among (column: string) (oids: uint32 seq) (source: Source) : Source =
        let list = oids |> Seq.map string |> String.concat ","

        { source with
            Sql = fun version -> $"{source.Sql version} AND {column} = ANY ('{{{list}}}'::oid[])" }
