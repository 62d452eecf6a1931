namespace SchemaToolkit.PostgresObjects

/// Text search parsers, templates, dictionaries and configurations: kept as text.
[<RequireQualifiedAccess>]
module internal TextSearchSources =
    let private parsers =
        TextSource.create Kind.TextSearchParser true (fun _ ->
            $"""
SELECT 'pg_ts_parser'::regclass::oid, p.oid, 0, n.nspname::text, p.prsname::text, '', '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE TEXT SEARCH PARSER %%I.%%I (START = %%s, GETTOKEN = %%s, END = %%s, LEXTYPES = %%s%%s)', n.nspname, p.prsname, p.prsstart::regproc::text, p.prstoken::regproc::text, p.prsend::regproc::text, p.prslextype::regproc::text,
         CASE WHEN p.prsheadline <> 0 THEN ', HEADLINE = ' || p.prsheadline::regproc::text ELSE '' END)],
       format('TEXT SEARCH PARSER %%I.%%I', n.nspname, p.prsname)
FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = p.prsnamespace WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_ts_parser" "p.oid"}""")

    let private templates =
        TextSource.create Kind.TextSearchTemplate true (fun _ ->
            $"""
SELECT 'pg_ts_template'::regclass::oid, t.oid, 0, n.nspname::text, t.tmplname::text, '', '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE TEXT SEARCH TEMPLATE %%I.%%I (%%sLEXIZE = %%s)', n.nspname, t.tmplname, CASE WHEN t.tmplinit <> 0 THEN 'INIT = ' || t.tmplinit::regproc::text || ', ' ELSE '' END, t.tmpllexize::regproc::text)],
       format('TEXT SEARCH TEMPLATE %%I.%%I', n.nspname, t.tmplname)
FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_ts_template" "t.oid"}""")

    let private dictionaries =
        TextSource.withFields Kind.TextSearchDictionary true (fun _ ->
            $"""
SELECT 'pg_ts_dict'::regclass::oid, d.oid, 0, n.nspname::text, d.dictname::text, '', '', {Piece.owner "d.dictowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE TEXT SEARCH DICTIONARY %%I.%%I (TEMPLATE = %%I.%%I%%s)', n.nspname, d.dictname, tn.nspname, t.tmplname, coalesce(', ' || d.dictinitoption, ''))],
       format('TEXT SEARCH DICTIONARY %%I.%%I', n.nspname, d.dictname),
       {TextSource.fields
            [ TextSource.field "fixed" "format('%I.%I', tn.nspname, t.tmplname)"
              TextSource.field "options" "d.dictinitoption" ]}
FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace JOIN pg_ts_template t ON t.oid = d.dicttemplate JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_ts_dict" "d.oid"}""")

    let private configurations =
        TextSource.withFields Kind.TextSearchConfiguration true (fun _ ->
            $"""
SELECT 'pg_ts_config'::regclass::oid, c.oid, 0, n.nspname::text, c.cfgname::text, '', '', {Piece.owner "c.cfgowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE TEXT SEARCH CONFIGURATION %%I.%%I (PARSER = %%I.%%I)', n.nspname, c.cfgname, pn.nspname, p.prsname)],
       format('TEXT SEARCH CONFIGURATION %%I.%%I', n.nspname, c.cfgname),
       {TextSource.fields [ TextSource.field "fixed" "format('%I.%I', pn.nspname, p.prsname)" ]} || coalesce(
         (SELECT array_agg(format(E'mapping %%I\t%%s', m.alias, m.dictionaries) ORDER BY m.tokid) FROM (
            SELECT k.tokid, k.alias, string_agg(format('%%I.%%I', dn.nspname, d.dictname), ', ' ORDER BY m.mapseqno) AS dictionaries
            FROM pg_ts_config_map m JOIN pg_ts_dict d ON d.oid = m.mapdict JOIN pg_namespace dn ON dn.oid = d.dictnamespace JOIN ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype
            WHERE m.mapcfg = c.oid GROUP BY k.tokid, k.alias) m), ARRAY[]::text[])
FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace JOIN pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_namespace pn ON pn.oid = p.prsnamespace
WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_ts_config" "c.oid"}""")

    let all =
        [ Asked.whenOwn "pg_ts_parser" parsers
          Asked.whenOwn "pg_ts_template" templates
          Asked.whenOwn "pg_ts_dict" dictionaries
          Asked.whenOwn "pg_ts_config" configurations ]
