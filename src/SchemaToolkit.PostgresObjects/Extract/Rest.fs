namespace SchemaToolkit.PostgresObjects

/// Statistics, event triggers, aggregates, collations, casts, foreign servers, publications, default privileges.
[<RequireQualifiedAccess>]
module internal RestSources =
    let private schemaOf (address: Address) = Address.create Kind.Schema "" address.Schema
    let private text = TextSource.create

    let private statistics =
        text Kind.Statistics true [] (fun version ->
            let target =
                if version >= 170000 then
                    "s.stxstattarget IS NOT NULL"
                else
                    "s.stxstattarget >= 0"

            $"""
SELECT 'pg_statistic_ext'::regclass::oid, s.oid, 0, n.nspname::text, s.stxname::text, '', '', {Piece.owner "s.stxowner"}, {Piece.noGrants}, obj_description(s.oid, 'pg_statistic_ext'), {Piece.noAliases},
       ARRAY[format('CREATE STATISTICS %%I.%%I%%s ON %%s FROM %%I.%%I', n.nspname, s.stxname,
         CASE WHEN s.stxkind @> ARRAY['d', 'f', 'm']::"char"[] OR s.stxkind = ARRAY['e']::"char"[] THEN '' ELSE ' (' || concat_ws(', ', CASE WHEN 'd' = ANY (s.stxkind) THEN 'ndistinct' END, CASE WHEN 'f' = ANY (s.stxkind) THEN 'dependencies' END, CASE WHEN 'm' = ANY (s.stxkind) THEN 'mcv' END) || ')' END,
         array_to_string((SELECT array_agg(quote_ident(a.attname) ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys::int2[])) || pg_get_statisticsobjdef_expressions(s.oid), ', '), tn.nspname, t.relname)] || CASE WHEN {target} THEN ARRAY[format('ALTER STATISTICS %%I.%%I SET STATISTICS %%s', n.nspname, s.stxname, s.stxstattarget)] ELSE ARRAY[]::text[] END,
       format('STATISTICS %%I.%%I', n.nspname, s.stxname)
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace JOIN pg_class t ON t.oid = s.stxrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace WHERE {Piece.ownSchema "n"}""")

    let private eventTriggers =
        text Kind.EventTrigger false [] (fun _ ->
            $"""
SELECT 'pg_event_trigger'::regclass::oid, e.oid, 0, '', e.evtname::text, '', '', {Piece.owner "e.evtowner"}, {Piece.noGrants}, obj_description(e.oid, 'pg_event_trigger'), {Piece.noAliases},
       ARRAY[format('CREATE EVENT TRIGGER %%I ON %%s%%s EXECUTE FUNCTION %%I.%%I()', e.evtname, e.evtevent,
               CASE WHEN e.evttags IS NULL THEN '' ELSE ' WHEN TAG IN (' || (SELECT string_agg(quote_literal(t), ', ' ORDER BY o) FROM unnest(e.evttags) WITH ORDINALITY u(t, o)) || ')' END, fn.nspname, f.proname)]
         || CASE e.evtenabled WHEN 'D' THEN ARRAY[format('ALTER EVENT TRIGGER %%I DISABLE', e.evtname)] WHEN 'R' THEN ARRAY[format('ALTER EVENT TRIGGER %%I ENABLE REPLICA', e.evtname)] WHEN 'A' THEN ARRAY[format('ALTER EVENT TRIGGER %%I ENABLE ALWAYS', e.evtname)] ELSE ARRAY[]::text[] END,
       format('EVENT TRIGGER %%I', e.evtname)
FROM pg_event_trigger e JOIN pg_proc f ON f.oid = e.evtfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE {Piece.notInExtension "pg_event_trigger" "e.oid"}""")

    let private aggregates =
        text Kind.Aggregate true [] (fun _ ->
            $"""
SELECT 'pg_proc'::regclass::oid, p.oid, 0, n.nspname::text, p.proname::text, '', pg_get_function_identity_arguments(p.oid), {Piece.owner "p.proowner"}, {Piece.grants "f" "p.proacl" "p.proowner"}, obj_description(p.oid, 'pg_proc'), {Piece.noAliases},
       ARRAY[format('CREATE AGGREGATE %%I.%%I(%%s) (SFUNC = %%s, STYPE = %%s%%s)', n.nspname, p.proname, coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*'), a.aggtransfn::regproc::text, format_type(a.aggtranstype, NULL),
         CASE WHEN a.aggtransspace > 0 THEN format(', SSPACE = %%s', a.aggtransspace) ELSE '' END
         || CASE WHEN a.aggfinalfn::oid <> 0 THEN format(', FINALFUNC = %%s', a.aggfinalfn::regproc::text) ELSE '' END
         || CASE WHEN a.aggfinalextra THEN ', FINALFUNC_EXTRA' ELSE '' END
         || CASE WHEN a.aggfinalmodify <> CASE WHEN a.aggkind = 'n' THEN 'r' ELSE 'w' END THEN format(', FINALFUNC_MODIFY = %%s', CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END) ELSE '' END
         || CASE WHEN a.aggcombinefn::oid <> 0 THEN format(', COMBINEFUNC = %%s', a.aggcombinefn::regproc::text) ELSE '' END
         || CASE WHEN a.aggserialfn::oid <> 0 THEN format(', SERIALFUNC = %%s', a.aggserialfn::regproc::text) ELSE '' END
         || CASE WHEN a.aggdeserialfn::oid <> 0 THEN format(', DESERIALFUNC = %%s', a.aggdeserialfn::regproc::text) ELSE '' END
         || CASE WHEN a.agginitval IS NOT NULL THEN format(', INITCOND = %%L', a.agginitval) ELSE '' END
         || CASE WHEN a.aggmtransfn::oid <> 0 THEN format(', MSFUNC = %%s, MINVFUNC = %%s, MSTYPE = %%s', a.aggmtransfn::regproc::text, a.aggminvtransfn::regproc::text, format_type(a.aggmtranstype, NULL)) ELSE '' END
         || CASE WHEN a.aggmtransspace > 0 THEN format(', MSSPACE = %%s', a.aggmtransspace) ELSE '' END
         || CASE WHEN a.aggmfinalfn::oid <> 0 THEN format(', MFINALFUNC = %%s', a.aggmfinalfn::regproc::text) ELSE '' END
         || CASE WHEN a.aggmfinalextra THEN ', MFINALFUNC_EXTRA' ELSE '' END
         || CASE WHEN a.aggminitval IS NOT NULL THEN format(', MINITCOND = %%L', a.aggminitval) ELSE '' END
         || CASE WHEN a.aggsortop <> 0 THEN format(', SORTOP = OPERATOR(%%I.%%s)', (SELECT sn.nspname FROM pg_operator o JOIN pg_namespace sn ON sn.oid = o.oprnamespace WHERE o.oid = a.aggsortop), (SELECT o.oprname FROM pg_operator o WHERE o.oid = a.aggsortop)) ELSE '' END
         || CASE WHEN a.aggkind = 'h' THEN ', HYPOTHETICAL' ELSE '' END
         || CASE p.proparallel WHEN 's' THEN ', PARALLEL = safe' WHEN 'r' THEN ', PARALLEL = restricted' ELSE '' END)],
       format('AGGREGATE %%I.%%I(%%s)', n.nspname, p.proname, coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*'))
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_proc" "p.oid"}""")

    let private collations =
        text Kind.Collation true [] (fun version ->
            let locale =
                if version >= 170000 then "c.colllocale"
                elif version >= 150000 then "c.colliculocale"
                else "c.collcollate"

            let rules =
                if version >= 160000 then
                    "CASE WHEN c.collicurules IS NOT NULL THEN format(', RULES = %%L', c.collicurules) ELSE '' END"
                else
                    "''"

            $"""
SELECT 'pg_collation'::regclass::oid, c.oid, 0, n.nspname::text, c.collname::text, '', '', {Piece.owner "c.collowner"}, {Piece.noGrants}, obj_description(c.oid, 'pg_collation'), {Piece.noAliases},
       ARRAY[format('CREATE COLLATION %%I.%%I (PROVIDER = %%s%%s, %%s%%s)', n.nspname, c.collname, CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
         CASE WHEN c.collisdeterministic THEN '' ELSE ', DETERMINISTIC = false' END,
         CASE WHEN c.collprovider = 'c' THEN CASE WHEN c.collcollate = c.collctype THEN format('LOCALE = %%L', c.collcollate) ELSE format('LC_COLLATE = %%L, LC_CTYPE = %%L', c.collcollate, c.collctype) END ELSE format('LOCALE = %%L', {locale}) END, {rules})],
       format('COLLATION %%I.%%I', n.nspname, c.collname)
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_collation" "c.oid"}""")

    let private casts =
        text Kind.Cast false [] (fun _ ->
            $"""
SELECT 'pg_cast'::regclass::oid, c.oid, 0, '', format_type(c.castsource, NULL), '', format_type(c.casttarget, NULL), {Piece.none}, {Piece.noGrants}, obj_description(c.oid, 'pg_cast'), {Piece.noAliases},
       ARRAY[format('CREATE CAST (%%s AS %%s) %%s%%s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
         CASE c.castmethod WHEN 'i' THEN 'WITH INOUT' WHEN 'b' THEN 'WITHOUT FUNCTION' ELSE 'WITH FUNCTION ' || c.castfunc::regprocedure::text END, CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END)],
       format('CAST (%%s AS %%s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL))
FROM pg_cast c WHERE c.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'i') AND {Piece.notInExtension "pg_cast" "c.oid"}""")

    let private wrappers =
        text Kind.ForeignDataWrapper false [] (fun _ ->
            $"""
SELECT 'pg_foreign_data_wrapper'::regclass::oid, w.oid, 0, '', w.fdwname::text, '', '', {Piece.owner "w.fdwowner"}, {Piece.grants "F" "w.fdwacl" "w.fdwowner"}, obj_description(w.oid, 'pg_foreign_data_wrapper'), {Piece.noAliases},
       ARRAY[format('CREATE FOREIGN DATA WRAPPER %%I%%s%%s%%s', w.fdwname, CASE WHEN w.fdwhandler <> 0 THEN ' HANDLER ' || w.fdwhandler::regproc::text ELSE '' END, CASE WHEN w.fdwvalidator <> 0 THEN ' VALIDATOR ' || w.fdwvalidator::regproc::text ELSE '' END,
         coalesce(' OPTIONS (' || (SELECT string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name) FROM pg_options_to_table(w.fdwoptions) o) || ')', ''))],
       format('FOREIGN DATA WRAPPER %%I', w.fdwname)
FROM pg_foreign_data_wrapper w WHERE {Piece.notInExtension "pg_foreign_data_wrapper" "w.oid"}""")

    let private servers =
        text Kind.Server false [] (fun _ ->
            $"""
SELECT 'pg_foreign_server'::regclass::oid, s.oid, 0, '', s.srvname::text, '', '', {Piece.owner "s.srvowner"}, {Piece.grants "S" "s.srvacl" "s.srvowner"}, obj_description(s.oid, 'pg_foreign_server'), {Piece.noAliases},
       ARRAY[format('CREATE SERVER %%I%%s%%s FOREIGN DATA WRAPPER %%I%%s', s.srvname, coalesce(' TYPE ' || quote_literal(s.srvtype), ''), coalesce(' VERSION ' || quote_literal(s.srvversion), ''), w.fdwname,
         coalesce(' OPTIONS (' || (SELECT string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name) FROM pg_options_to_table(s.srvoptions) o) || ')', ''))],
       format('SERVER %%I', s.srvname)
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE {Piece.notInExtension "pg_foreign_server" "s.oid"}""")

    /// The view: the table itself may be read by superusers only.
    let private userMappings =
        text Kind.UserMapping false [] (fun _ ->
            $"""
SELECT 'pg_user_mapping'::regclass::oid, u.umid, 0, '', s.srvname::text, CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(u.umuser)::text END, '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE USER MAPPING FOR %%s SERVER %%I%%s', CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(u.umuser)) END, s.srvname,
         coalesce(' OPTIONS (' || (SELECT string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', ' ORDER BY o.option_name) FROM pg_options_to_table(u.umoptions) o) || ')', ''))],
       format('USER MAPPING FOR %%s SERVER %%I', CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(u.umuser)) END, s.srvname)
FROM pg_user_mappings u JOIN pg_foreign_server s ON s.oid = u.srvid""")

    let private publications =
        text Kind.Publication false [] (fun version ->
            let rowFilter, columns, schemas =
                if version >= 150000 then
                    "CASE WHEN r.prqual IS NOT NULL THEN ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')' ELSE '' END",
                    "coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')",
                    "(SELECT string_agg('TABLES IN SCHEMA ' || quote_ident(pn.nspname), ', ' ORDER BY pn.nspname) FROM pg_publication_namespace x JOIN pg_namespace pn ON pn.oid = x.pnnspid WHERE x.pnpubid = p.oid)"
                else
                    "''", "''", "NULL"

            $"""
SELECT 'pg_publication'::regclass::oid, p.oid, 0, '', p.pubname::text, '', '', {Piece.owner "p.pubowner"}, {Piece.noGrants}, obj_description(p.oid, 'pg_publication'),
       (SELECT array_agg({Piece.alias "pg_publication_rel" "r.oid"}) FROM pg_publication_rel r WHERE r.prpubid = p.oid),
       ARRAY[format('CREATE PUBLICATION %%I%%s WITH (publish = %%L, publish_via_partition_root = %%s)', p.pubname,
         CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE coalesce(' FOR ' || nullif(concat_ws(', ',
           (SELECT string_agg('TABLE ONLY ' || quote_ident(tn.nspname) || '.' || quote_ident(t.relname) || {columns} || {rowFilter}, ', ' ORDER BY tn.nspname, t.relname) FROM pg_publication_rel r JOIN pg_class t ON t.oid = r.prrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace WHERE r.prpubid = p.oid), {schemas}), ''), '') END,
         concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END), p.pubviaroot::text)],
       format('PUBLICATION %%I', p.pubname)
FROM pg_publication p""")

    let private defaultPrivileges: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_default_acl'::regclass::oid, d.oid, 0, coalesce(n.nspname::text, ''), pg_get_userbyid(d.defaclrole)::text, '', d.defaclobjtype::text, {Piece.none},
       {Piece.columnGrants "d.defaclacl" "d.defaclrole"}, {Piece.none}, {Piece.noAliases},
       (SELECT array_agg(CASE WHEN g.grantee = 0 THEN '' ELSE pg_get_userbyid(g.grantee)::text END || E'\t' || g.privilege_type || E'\t' || g.is_grantable::text) FROM aclexplode(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END::"char", d.defaclrole)) g),
       (SELECT array_agg(CASE WHEN g.grantee = 0 THEN '' ELSE pg_get_userbyid(g.grantee)::text END || E'\t' || g.privilege_type || E'\t' || g.is_grantable::text) FROM aclexplode(d.defaclacl) g)
FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace"""
          Read =
            fun address r ->
                { Kind = Kind.DefaultPrivileges
                  Parent = None
                  Facts = Facts.DefaultPrivileges((if address.Schema = "" then Cell.texts r 0 else []), Cell.texts r 1)
                  AlsoNeeds = if address.Schema = "" then [] else [ schemaOf address ] } }

    let all =
        [ Asked.whenAny "pg_statistic_ext" statistics
          Asked.whenAny "pg_event_trigger" eventTriggers
          Asked.whenOwn "pg_proc" aggregates
          Asked.whenOwn "pg_collation" collations
          Asked.whenOwn "pg_cast" casts
          Asked.whenAny "pg_foreign_data_wrapper" wrappers
          Asked.whenAny "pg_foreign_server" servers
          Asked.whenAny "pg_foreign_server" userMappings
          Asked.whenAny "pg_publication" publications
          Asked.whenAny "pg_default_acl" defaultPrivileges ]
