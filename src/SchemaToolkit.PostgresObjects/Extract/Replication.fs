namespace SchemaToolkit.PostgresObjects

/// Publications, what they publish, and subscriptions.
[<RequireQualifiedAccess>]
module internal ReplicationSources =
    let private publications =
        TextSource.withFields Kind.Publication false (fun version ->
            let generated =
                if version >= 180000 then
                    [ TextSource.field
                          "publish_generated_columns"
                          "CASE p.pubgencols WHEN 's' THEN 'stored' ELSE 'none' END" ]
                else
                    []

            $"""
SELECT 'pg_publication'::regclass::oid, p.oid, 0, '', p.pubname::text, '', '', {Piece.owner "p.pubowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE PUBLICATION %%I', p.pubname)], format('PUBLICATION %%I', p.pubname),
       {TextSource.fields
            [ TextSource.field "fixed" "CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END"
              TextSource.field
                  "publish"
                  "quote_literal(concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END))"
              TextSource.field "publish_via_partition_root" "p.pubviaroot::text"
              yield! generated ]}
FROM pg_publication p WHERE {Piece.notInExtension "pg_publication" "p.oid"}""")

    let private publication (address: Address) = Address.create Kind.Publication "" address.Part

    let private tables =
        TextSource.part Kind.PublicationTable publication (fun version ->
            let columns, rowFilter =
                if version >= 150000 then
                    "coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')",
                    "CASE WHEN r.prqual IS NOT NULL THEN ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')' ELSE '' END"
                else
                    "''", "''"

            $"""
SELECT 'pg_publication_rel'::regclass::oid, r.oid, 0, n.nspname::text, t.relname::text, p.pubname::text, '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('ALTER PUBLICATION %%I ADD TABLE ONLY %%I.%%I', p.pubname, n.nspname, t.relname) || {columns} || {rowFilter}],
       format('ALTER PUBLICATION %%I DROP TABLE ONLY %%I.%%I', p.pubname, n.nspname, t.relname)
FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid JOIN pg_class t ON t.oid = r.prrelid JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE {Piece.notInExtension "pg_publication" "p.oid"}""")

    let private schemas =
        TextSource.part Kind.PublicationSchema publication (fun _ ->
            $"""
SELECT 'pg_publication_namespace'::regclass::oid, r.oid, 0, '', n.nspname::text, p.pubname::text, '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('ALTER PUBLICATION %%I ADD TABLES IN SCHEMA %%I', p.pubname, n.nspname)],
       format('ALTER PUBLICATION %%I DROP TABLES IN SCHEMA %%I', p.pubname, n.nspname)
FROM pg_publication_namespace r JOIN pg_publication p ON p.oid = r.pnpubid JOIN pg_namespace n ON n.oid = r.pnnspid
WHERE {Piece.notInExtension "pg_publication" "p.oid"}""")

    /// Who may read the connection string of a subscription: a superuser.
    let mayConnect = "has_column_privilege('pg_subscription', 'subconninfo', 'SELECT')"

    /// The column may not even be named by those who may not read it, so it is asked for in a query of its own.
    let private connection =
        """(SELECT quote_literal(convert_from(decode(substring(query_to_xml(format('SELECT encode(convert_to(subconninfo, ''UTF8''), ''hex'') AS c FROM pg_catalog.pg_subscription WHERE oid = %s', s.oid), false, true, '')::text FROM '<c>([0-9a-f]*)</c>'), 'hex'), 'UTF8')))"""

    let private on (column: string) = $"CASE WHEN s.{column} THEN 'true' ELSE 'false' END"

    /// Options by name, with the first version that has each.
    let private options =
        [ 150000, "binary", on "subbinary"
          150000, "disable_on_error", on "subdisableonerr"
          150000, "synchronous_commit", "quote_literal(s.subsynccommit)"
          160000, "password_required", on "subpasswordrequired"
          160000, "run_as_owner", on "subrunasowner"
          160000, "origin", "quote_literal(s.suborigin)" ]

    let private subscriptions =
        TextSource.withFields Kind.Subscription false (fun version ->
            let streaming =
                if version >= 160000 then
                    "CASE s.substream WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel' ELSE 'off' END"
                else
                    "CASE WHEN s.substream THEN 'on' ELSE 'off' END"

            // What no ALTER changes without a word to the publisher.
            let fixed' =
                [ "CASE WHEN s.subtwophasestate <> 'd' THEN ', two_phase = true' END"
                  if version >= 170000 then
                      "CASE WHEN s.subfailover THEN ', failover = true' END" ]
                |> List.map (fun item -> $"coalesce({item}, '')")
                |> String.concat " || "

            $"""
SELECT 'pg_subscription'::regclass::oid, s.oid, 0, '', s.subname::text, '', '', {Piece.owner "s.subowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE SUBSCRIPTION %%I', s.subname)], format('SUBSCRIPTION %%I', s.subname),
       {TextSource.fields
            [ TextSource.field "fixed" fixed'
              TextSource.field "CONNECTION" connection
              TextSource.field
                  "PUBLICATION"
                  "(SELECT string_agg(quote_ident(u.p), ', ' ORDER BY u.o) FROM unnest(s.subpublications) WITH ORDINALITY u(p, o))"
              TextSource.field "enabled" (on "subenabled")
              TextSource.field "option slot_name" "coalesce(quote_literal(s.subslotname), 'NONE')"
              TextSource.field "option streaming" streaming
              for since, name, value in options do
                  if version >= since then
                      TextSource.field $"option {name}" value ]}
FROM pg_subscription s JOIN pg_database b ON b.oid = s.subdbid WHERE b.datname = current_database() AND {mayConnect}""")

    let all =
        [ Asked.whenAny "pg_publication" publications
          Asked.whenAny "pg_publication_rel" tables
          Asked.whenAny "pg_publication_namespace" schemas
          Asked.whenever "EXISTS (SELECT oid FROM pg_subscription)" subscriptions ]
