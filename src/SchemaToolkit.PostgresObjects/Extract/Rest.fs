namespace SchemaToolkit.PostgresObjects

/// Statistics, event triggers, aggregates, collations, casts, default privileges.
[<RequireQualifiedAccess>]
module internal RestSources =
    let private schemaOf (address: Address) = Address.create Kind.Schema "" address.Schema

    let private statistics =
        TextSource.withFields Kind.Statistics true (fun version ->
            let target =
                if version >= 170000 then
                    "s.stxstattarget IS NOT NULL"
                else
                    "s.stxstattarget >= 0"

            $"""
SELECT 'pg_statistic_ext'::regclass::oid, s.oid, 0, n.nspname::text, s.stxname::text, '', '', {Piece.owner "s.stxowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE STATISTICS %%I.%%I%%s ON %%s FROM %%I.%%I', n.nspname, s.stxname,
         CASE WHEN s.stxkind @> ARRAY['d', 'f', 'm']::"char"[] OR s.stxkind = ARRAY['e']::"char"[] THEN '' ELSE ' (' || concat_ws(', ', CASE WHEN 'd' = ANY (s.stxkind) THEN 'ndistinct' END, CASE WHEN 'f' = ANY (s.stxkind) THEN 'dependencies' END, CASE WHEN 'm' = ANY (s.stxkind) THEN 'mcv' END) || ')' END,
         array_to_string((SELECT array_agg(quote_ident(a.attname) ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys::int2[])) || pg_get_statisticsobjdef_expressions(s.oid), ', '), tn.nspname, t.relname)],
       format('STATISTICS %%I.%%I', n.nspname, s.stxname),
       {TextSource.fields [ TextSource.fieldWhere target "SET STATISTICS" "s.stxstattarget" ]}
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace JOIN pg_class t ON t.oid = s.stxrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace WHERE {Piece.ownSchema "n"}""")

    let private eventTriggers =
        TextSource.withFields Kind.EventTrigger false (fun _ ->
            $"""
SELECT 'pg_event_trigger'::regclass::oid, e.oid, 0, '', e.evtname::text, '', '', {Piece.owner "e.evtowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE EVENT TRIGGER %%I ON %%s%%s EXECUTE FUNCTION %%I.%%I()', e.evtname, e.evtevent,
               CASE WHEN e.evttags IS NULL THEN '' ELSE ' WHEN TAG IN (' || (SELECT string_agg(quote_literal(t), ', ' ORDER BY o) FROM unnest(e.evttags) WITH ORDINALITY u(t, o)) || ')' END, fn.nspname, f.proname)],
       format('EVENT TRIGGER %%I', e.evtname), {TextSource.fields [ TextSource.field "enabled" "e.evtenabled::text" ]}
FROM pg_event_trigger e JOIN pg_proc f ON f.oid = e.evtfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE {Piece.notInExtension "pg_event_trigger" "e.oid"}""")

    let private aggregates =
        TextSource.withFields Kind.Aggregate true (fun _ ->
            $"""
SELECT 'pg_proc'::regclass::oid, p.oid, 0, n.nspname::text, p.proname::text, '', pg_get_function_identity_arguments(p.oid), {Piece.owner "p.proowner"}, {Piece.grants "f" "p.proacl" "p.proowner"}, {Piece.none}, {Piece.noAliases},
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
       format('AGGREGATE %%I.%%I(%%s)', n.nspname, p.proname, coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*')),
       {TextSource.fields
            [ TextSource.field "fixed" "concat_ws(' ', a.aggkind, a.aggnumdirectargs, pg_get_function_result(p.oid))"
              TextSource.field
                  "grant"
                  "format('FUNCTION %I.%I(%s)', n.nspname, p.proname, (SELECT string_agg(CASE WHEN p.provariadic <> 0 AND u.o = p.pronargs THEN 'VARIADIC ' ELSE '' END || format_type(u.t, NULL), ', ' ORDER BY u.o) FROM unnest(p.proargtypes) WITH ORDINALITY u(t, o)))" ]}
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_proc" "p.oid"}""")

    let private collations =
        TextSource.create Kind.Collation true (fun version ->
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
SELECT 'pg_collation'::regclass::oid, c.oid, 0, n.nspname::text, c.collname::text, '', '', {Piece.owner "c.collowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE COLLATION %%I.%%I (PROVIDER = %%s%%s, %%s%%s)', n.nspname, c.collname, CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
         CASE WHEN c.collisdeterministic THEN '' ELSE ', DETERMINISTIC = false' END,
         CASE WHEN c.collprovider = 'c' THEN CASE WHEN c.collcollate = c.collctype THEN format('LOCALE = %%L', c.collcollate) ELSE format('LC_COLLATE = %%L, LC_CTYPE = %%L', c.collcollate, c.collctype) END ELSE format('LOCALE = %%L', {locale}) END, {rules})],
       format('COLLATION %%I.%%I', n.nspname, c.collname)
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_collation" "c.oid"}""")

    let private casts =
        TextSource.create Kind.Cast false (fun _ ->
            $"""
SELECT 'pg_cast'::regclass::oid, c.oid, 0, '', format_type(c.castsource, NULL), '', format_type(c.casttarget, NULL), {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE CAST (%%s AS %%s) %%s%%s', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
         CASE c.castmethod WHEN 'i' THEN 'WITH INOUT' WHEN 'b' THEN 'WITHOUT FUNCTION' ELSE 'WITH FUNCTION ' || c.castfunc::regprocedure::text END, CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END)],
       format('CAST (%%s AS %%s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL))
FROM pg_cast c WHERE c.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'i') AND {Piece.notInExtension "pg_cast" "c.oid"}""")

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
          Asked.whenAny "pg_default_acl" defaultPrivileges ]
