namespace SchemaToolkit.PostgresObjects

/// Members of extensions, and what every database is made with, whose privileges are no longer those that were given with
/// them (`pg_init_privs`).
[<RequireQualifiedAccess>]
module internal MemberSources =
    /// A catalog, or parts of one: how GRANT names a row of it, its owner, its privileges, the letter of `acldefault`.
    type private Holder =
        {
            Catalog: string
            /// Rows under the name `m`, with what is joined to them.
            From: string
            /// Its number, and the number of the column where it is one.
            Oid: string
            Column: string
            Target: string
            Owner: string
            Acl: string
            Letter: string
            /// Which of them the database was made with, as objects of `pg_catalog`; None where a dump says nothing of these.
            BuiltIn: string option
        }

    let private holder catalog target column letter : Holder =
        { Catalog = catalog
          From = $"{catalog} m"
          Oid = "m.oid"
          Column = "0"
          Target = target
          Owner = $"m.{column}owner"
          Acl = $"m.{column}acl"
          Letter = letter
          BuiltIn = None }

    let private inSchema (column: string) (holder: Holder) : Holder =
        { holder with
            From = $"{holder.From} JOIN pg_namespace mn ON mn.oid = m.{column}"
            BuiltIn = Some "mn.nspname = 'pg_catalog'" }

    let private relation =
        "CASE m.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || format('%I.%I', mn.nspname, m.relname)"

    let private relations =
        holder "pg_class" relation "rel" "CASE m.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\""
        |> inSchema "relnamespace"

    let private holders =
        [ holder
              "pg_proc"
              "CASE m.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || m.oid::regprocedure::text"
              "pro"
              "'f'"
          |> inSchema "pronamespace"
          relations
          { relations with
              From = $"{relations.From} JOIN pg_attribute ma ON ma.attrelid = m.oid"
              Column = "ma.attnum"
              Acl = "ma.attacl"
              Letter = "'c'" }
          holder "pg_type" "'TYPE ' || format('%I.%I', mn.nspname, m.typname)" "typ" "'T'"
          |> inSchema "typnamespace"
          holder "pg_language" "'LANGUAGE ' || quote_ident(m.lanname)" "lan" "'l'"
          { holder "pg_namespace" "'SCHEMA ' || quote_ident(m.nspname)" "nsp" "'n'" with
              BuiltIn = Some "m.nspname = 'pg_catalog'" }
          holder "pg_foreign_data_wrapper" "'FOREIGN DATA WRAPPER ' || quote_ident(m.fdwname)" "fdw" "'F'"
          holder "pg_foreign_server" "'FOREIGN SERVER ' || quote_ident(m.srvname)" "srv" "'S'" ]

    let private initial (holder: Holder) =
        $"LEFT JOIN pg_init_privs i ON i.classoid = '{holder.Catalog}'::regclass AND i.objoid = {holder.Oid} AND i.objsubid = {holder.Column}"

    let private privileges (holder: Holder) (extension: string) =
        let column = if holder.Column = "0" then "''" else "' (' || quote_ident(ma.attname) || ')'"

        $"SELECT {holder.Oid} AS oid, {column} AS part, {holder.Target} AS target, {extension} AS extension, coalesce(i.initprivs, acldefault({holder.Letter}, {holder.Owner})) AS initial, coalesce({holder.Acl}, acldefault({holder.Letter}, {holder.Owner})) AS granted"

    let private ofExtension = "d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'"

    let private members (holder: Holder) =
        $"""
{privileges holder "e.extname::text"}
FROM {holder.From} JOIN pg_depend d ON d.classid = '{holder.Catalog}'::regclass AND d.objid = {holder.Oid} AND {ofExtension} JOIN pg_extension e ON e.oid = d.refobjid
{initial holder}
WHERE {holder.Acl} IS NOT NULL"""

    /// Those that are made otherwise than with the database, the schemas' own lists apart, and members have been asked for.
    let private ofBuiltIn (holder: Holder) (condition: string) =
        $"FROM {holder.From} {initial holder} WHERE {condition} AND {holder.Oid} < {Asked.firstOwn} AND {holder.Acl} IS NOT NULL AND {holder.Acl} IS DISTINCT FROM i.initprivs AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{holder.Catalog}'::regclass AND d.objid = {holder.Oid} AND {ofExtension})"

    let private ofNone = "''"

    let private builtIns =
        [ for holder in holders do
              match holder.BuiltIn with
              | Some condition -> holder, ofBuiltIn holder condition
              | None -> () ]

    let private list (acl: string) =
        $"coalesce((SELECT array_agg(CASE WHEN g.grantee = 0 THEN '' ELSE pg_get_userbyid(g.grantee)::text END || E'\\t' || g.privilege_type || a.part || E'\\t' || g.is_grantable::text ORDER BY g.grantee, g.privilege_type) FROM aclexplode({acl}) g), '{{}}'::text[])"

    let private source (queries: string list) : Source =
        let all = String.concat "\nUNION ALL " queries

        { Sql =
            fun _ ->
                $"""
SELECT 'pg_init_privs'::regclass::oid, q.oid, 0, '', q.extension, q.target || q.part, '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       q.target, q.initial, q.granted
FROM (SELECT a.oid, a.extension, a.target, a.part, {list "a.initial"} AS initial, {list "a.granted"} AS granted FROM ({all}) a) q WHERE q.initial <> q.granted"""
          Read =
            fun address r ->
                let extension = Address.create Kind.Extension "" address.Name
                // plpgsql and what is no extension's come with every database and are no objects of their own.
                let isOwn = address.Name <> "plpgsql" && address.Name <> ""

                { Kind = Kind.MemberPrivileges
                  Parent = (if isOwn then Some extension else None)
                  Facts = Facts.MemberPrivileges(Cell.text r 0, Cell.texts r 1, Cell.texts r 2)
                  AlsoNeeds = (if isOwn then [ extension ] else []) } }

    /// What plpgsql, an extension of every database, has without further ado has no privileges but the built-in ones.
    let private someGranted =
        [ "pg_proc", "proacl"; "pg_language", "lanacl" ]
        |> List.map (fun (catalog, acl) ->
            $"EXISTS (SELECT FROM pg_depend d JOIN {catalog} m ON m.oid = d.objid WHERE d.classid = '{catalog}'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.refobjid < {Asked.firstOwn} AND d.deptype = 'e' AND m.{acl} IS NOT NULL)")

    let all =
        [ Asked.whenever
              (String.concat " OR " ($"EXISTS (SELECT FROM pg_extension WHERE oid >= {Asked.firstOwn})" :: someGranted))
              (source (List.map members holders))
          Asked.whenever
              (builtIns |> List.map (fun (_, rows) -> $"EXISTS (SELECT {rows})") |> String.concat " OR ")
              (source [ for holder, rows in builtIns -> privileges holder ofNone + " " + rows ]) ]
