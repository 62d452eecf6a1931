namespace SchemaToolkit.PostgresObjects

/// Members of extensions whose privileges are no longer those that the extension gave (`pg_init_privs`).
[<RequireQualifiedAccess>]
module internal MemberSources =
    /// Catalog, how GRANT names a row of it, its owner, its privileges, the letter of `acldefault`.
    let private members
        (catalog: string)
        (target: string)
        (owner: string)
        (acl: string)
        (letter: string)
        (joins: string)
        =
        $"""
SELECT '{catalog}'::regclass::oid AS catalog, m.oid, {target} AS target, e.extname::text AS extension,
       coalesce(i.initprivs, acldefault({letter}, {owner})) AS initial, coalesce({acl}, acldefault({letter}, {owner})) AS granted, {owner} AS owner
FROM {catalog} m {joins} JOIN pg_depend d ON d.classid = '{catalog}'::regclass AND d.objid = m.oid AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid
LEFT JOIN pg_init_privs i ON i.classoid = '{catalog}'::regclass AND i.objoid = m.oid AND i.objsubid = 0
WHERE {acl} IS NOT NULL"""

    let private list (acl: string) =
        $"coalesce((SELECT array_agg(CASE WHEN g.grantee = 0 THEN '' ELSE pg_get_userbyid(g.grantee)::text END || E'\t' || g.privilege_type || E'\t' || g.is_grantable::text ORDER BY g.grantee, g.privilege_type) FROM aclexplode({acl}) g), '{{}}'::text[])"

    let private all' =
        [ members
              "pg_proc"
              "CASE m.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || m.oid::regprocedure::text"
              "m.proowner"
              "m.proacl"
              "'f'"
              ""
          members
              "pg_class"
              "CASE m.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || format('%I.%I', mn.nspname, m.relname)"
              "m.relowner"
              "m.relacl"
              "CASE m.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\""
              "JOIN pg_namespace mn ON mn.oid = m.relnamespace"
          members
              "pg_type"
              "'TYPE ' || format('%I.%I', mn.nspname, m.typname)"
              "m.typowner"
              "m.typacl"
              "'T'"
              "JOIN pg_namespace mn ON mn.oid = m.typnamespace"
          members "pg_language" "'LANGUAGE ' || quote_ident(m.lanname)" "m.lanowner" "m.lanacl" "'l'" ""
          members "pg_namespace" "'SCHEMA ' || quote_ident(m.nspname)" "m.nspowner" "m.nspacl" "'n'" ""
          members
              "pg_foreign_data_wrapper"
              "'FOREIGN DATA WRAPPER ' || quote_ident(m.fdwname)"
              "m.fdwowner"
              "m.fdwacl"
              "'F'"
              ""
          members "pg_foreign_server" "'FOREIGN SERVER ' || quote_ident(m.srvname)" "m.srvowner" "m.srvacl" "'S'" "" ]
        |> String.concat "\nUNION ALL"

    let private privileges: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_init_privs'::regclass::oid, q.oid, 0, '', q.extension, q.target, '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       q.initial, q.granted
FROM (SELECT a.oid, a.extension, a.target, {list "a.initial"} AS initial, {list "a.granted"} AS granted FROM ({all'}) a) q WHERE q.initial <> q.granted"""
          Read =
            fun address r ->
                let extension = Address.create Kind.Extension "" address.Name

                { Kind = Kind.MemberPrivileges
                  // plpgsql comes with every database and is no object of its own.
                  Parent = (if address.Name = "plpgsql" then None else Some extension)
                  Facts = Facts.MemberPrivileges(address.Part, Cell.texts r 0, Cell.texts r 1)
                  AlsoNeeds = [ extension ] } }

    /// What plpgsql, an extension of every database, has without further ado has no privileges but the built-in ones.
    let private someGranted =
        [ "pg_proc", "proacl"; "pg_language", "lanacl" ]
        |> List.map (fun (catalog, acl) ->
            $"EXISTS (SELECT FROM pg_depend d JOIN {catalog} m ON m.oid = d.objid WHERE d.classid = '{catalog}'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.refobjid < {Asked.firstOwn} AND d.deptype = 'e' AND m.{acl} IS NOT NULL)")

    let all =
        [ Asked.whenever
              (String.concat " OR " ($"EXISTS (SELECT FROM pg_extension WHERE oid >= {Asked.firstOwn})" :: someGranted))
              privileges ]
