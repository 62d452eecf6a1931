namespace SchemaToolkit.PostgresObjects

/// Operators, their classes and families, access methods, conversions, languages, transforms: kept as text.
[<RequireQualifiedAccess>]
module internal OperatorSources =
    let private side (column: string) = $"CASE WHEN {column} = 0 THEN 'NONE' ELSE format_type({column}, NULL) END"

    let private operatorName (oid: string) =
        $"""(SELECT format('OPERATOR(%%I.%%s)', xn.nspname, x.oprname) FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = {oid})"""

    /// Schema, name and operands, with tabs between them: an address.
    let private operatorAddress (oid: string) =
        $"""(SELECT concat_ws(E'\t', xn.nspname, x.oprname, {side "x.oprleft"} || ', ' || {side "x.oprright"}) FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = {oid})"""

    /// What an operator names before it is made is there as a shell, of which nobody else knows.
    let private shell (oid: string) =
        $"""(SELECT format('%%I.%%s (%%s, %%s)', xn.nspname, x.oprname, {side "x.oprleft"}, {side "x.oprright"}) FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = {oid} AND x.oprcode = 0)"""

    let private operators =
        TextSource.withFields Kind.Operator true (fun _ ->
            $"""
SELECT 'pg_operator'::regclass::oid, o.oid, 0, n.nspname::text, o.oprname::text, '', {side "o.oprleft"} || ', ' || {side "o.oprright"}, {Piece.owner "o.oprowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE OPERATOR %%I.%%s (FUNCTION = %%s', n.nspname, o.oprname, o.oprcode::regproc::text)
         || CASE WHEN o.oprleft <> 0 THEN ', LEFTARG = ' || format_type(o.oprleft, NULL) ELSE '' END
         || CASE WHEN o.oprright <> 0 THEN ', RIGHTARG = ' || format_type(o.oprright, NULL) ELSE '' END],
       format('OPERATOR %%I.%%s (%%s, %%s)', n.nspname, o.oprname, {side "o.oprleft"}, {side "o.oprright"}),
       {TextSource.fields
            [ TextSource.field "COMMUTATOR" (operatorName "o.oprcom")
              TextSource.field "NEGATOR" (operatorName "o.oprnegate")
              TextSource.field "commutator" (operatorAddress "o.oprcom")
              TextSource.field "negator" (operatorAddress "o.oprnegate")
              TextSource.field "shell commutator" (shell "o.oprcom")
              TextSource.field "shell negator" (shell "o.oprnegate")
              TextSource.fieldWhere "o.oprrest <> 0" "RESTRICT" "o.oprrest::regproc::text"
              TextSource.fieldWhere "o.oprjoin <> 0" "JOIN" "o.oprjoin::regproc::text"
              TextSource.fieldWhere "o.oprcanhash" "HASHES" "''"
              TextSource.fieldWhere "o.oprcanmerge" "MERGES" "''" ]}
FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE o.oprcode <> 0 AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_operator" "o.oid"}""")

    /// Whether a class brought a member with it: the others are loose in the family.
    let private ofSomeClass (catalog: string) (alias: string) =
        $"EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = '{catalog}'::regclass AND d.objid = {alias}.oid AND d.refclassid = 'pg_opclass'::regclass AND d.deptype = 'i')"

    /// A loose member, by what ALTER OPERATOR FAMILY … DROP calls it.
    let private operatorMember =
        "format(E'member OPERATOR %s (%s, %s)\tOPERATOR %s %s (%s, %s)%s', a.amopstrategy, format_type(a.amoplefttype, NULL), format_type(a.amoprighttype, NULL), a.amopstrategy, (SELECT format('%I.%s', xn.nspname, x.oprname) FROM pg_operator x JOIN pg_namespace xn ON xn.oid = x.oprnamespace WHERE x.oid = a.amopopr), format_type(a.amoplefttype, NULL), format_type(a.amoprighttype, NULL), coalesce(' FOR ORDER BY ' || (SELECT format('%I.%I', sn.nspname, sf.opfname) FROM pg_opfamily sf JOIN pg_namespace sn ON sn.oid = sf.opfnamespace WHERE sf.oid = a.amopsortfamily), ''))"

    let private functionMember =
        "format(E'member FUNCTION %s (%s, %s)\tFUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL), p.amprocnum, format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL), p.amproc::regprocedure::text)"

    let private families =
        TextSource.withFields Kind.OperatorFamily true (fun _ ->
            let loose =
                $"""SELECT a.oid, {operatorMember} AS member FROM pg_amop a WHERE a.amopfamily = f.oid AND NOT {ofSomeClass "pg_amop" "a"} UNION ALL SELECT p.oid, {functionMember} FROM pg_amproc p WHERE p.amprocfamily = f.oid AND NOT {ofSomeClass "pg_amproc" "p"}"""

            $"""
SELECT 'pg_opfamily'::regclass::oid, f.oid, 0, n.nspname::text, f.opfname::text, '', m.amname::text, {Piece.owner "f.opfowner"}, {Piece.noGrants}, {Piece.none},
       (SELECT array_agg(member) FROM (SELECT {Piece.alias "pg_amop" "a.oid"} AS member FROM pg_amop a WHERE a.amopfamily = f.oid AND NOT {ofSomeClass "pg_amop" "a"} UNION ALL SELECT {Piece.alias "pg_amproc" "p.oid"} FROM pg_amproc p WHERE p.amprocfamily = f.oid AND NOT {ofSomeClass "pg_amproc" "p"}) q),
       ARRAY[format('CREATE OPERATOR FAMILY %%I.%%I USING %%I', n.nspname, f.opfname, m.amname)],
       format('OPERATOR FAMILY %%I.%%I USING %%I', n.nspname, f.opfname, m.amname),
       (SELECT array_agg(q.member) || ('order' || E'\t' || string_agg(split_part(q.member, E'\t', 1), E'\n' ORDER BY q.oid)) FROM ({loose}) q HAVING count(*) > 0)
FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace JOIN pg_am m ON m.oid = f.opfmethod WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_opfamily" "f.oid"}""")

    /// Members that the class itself brought: the others are loose in the family.
    let private ofClass (catalog: string) (alias: string) =
        $"EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = '{catalog}'::regclass AND d.objid = {alias}.oid AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid AND d.deptype = 'i')"

    let private classes =
        TextSource.create Kind.OperatorClass true (fun _ ->
            $"""
SELECT 'pg_opclass'::regclass::oid, c.oid, 0, n.nspname::text, c.opcname::text, '', m.amname::text, {Piece.owner "c.opcowner"}, {Piece.noGrants}, {Piece.none},
       (SELECT array_agg(member) FROM (SELECT {Piece.alias "pg_amop" "a.oid"} AS member FROM pg_amop a WHERE {ofClass "pg_amop" "a"} UNION ALL SELECT {Piece.alias "pg_amproc" "p.oid"} FROM pg_amproc p WHERE {ofClass "pg_amproc" "p"}) q),
       ARRAY[format('CREATE OPERATOR CLASS %%I.%%I %%sFOR TYPE %%s USING %%I FAMILY %%I.%%I AS ', n.nspname, c.opcname, CASE WHEN c.opcdefault THEN 'DEFAULT ' ELSE '' END, format_type(c.opcintype, NULL), m.amname, fn.nspname, f.opfname)
         || concat_ws(', ', 'STORAGE ' || format_type(CASE WHEN c.opckeytype = 0 THEN c.opcintype ELSE c.opckeytype END, NULL),
           (SELECT string_agg(format('OPERATOR %%s %%s%%s', a.amopstrategy, a.amopopr::regoperator::text, coalesce(' FOR ORDER BY ' || (SELECT format('%%I.%%I', sn.nspname, sf.opfname) FROM pg_opfamily sf JOIN pg_namespace sn ON sn.oid = sf.opfnamespace WHERE sf.oid = a.amopsortfamily), '')), ', ' ORDER BY a.amopstrategy) FROM pg_amop a WHERE a.amopfamily = c.opcfamily AND {ofClass "pg_amop" "a"}),
           (SELECT string_agg(format('FUNCTION %%s (%%s, %%s) %%s', p.amprocnum, format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL), p.amproc::regprocedure::text), ', ' ORDER BY p.amprocnum) FROM pg_amproc p WHERE p.amprocfamily = c.opcfamily AND {ofClass "pg_amproc" "p"}))],
       format('OPERATOR CLASS %%I.%%I USING %%I', n.nspname, c.opcname, m.amname)
FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace JOIN pg_am m ON m.oid = c.opcmethod JOIN pg_opfamily f ON f.oid = c.opcfamily JOIN pg_namespace fn ON fn.oid = f.opfnamespace
WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_opclass" "c.oid"}""")

    let private conversions =
        TextSource.create Kind.Conversion true (fun _ ->
            $"""
SELECT 'pg_conversion'::regclass::oid, c.oid, 0, n.nspname::text, c.conname::text, '', '', {Piece.owner "c.conowner"}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE %%sCONVERSION %%I.%%I FOR %%L TO %%L FROM %%s', CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END, n.nspname, c.conname, pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc::regproc::text)],
       format('CONVERSION %%I.%%I', n.nspname, c.conname)
FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_conversion" "c.oid"}""")

    let private accessMethods =
        TextSource.create Kind.AccessMethod false (fun _ ->
            $"""
SELECT 'pg_am'::regclass::oid, a.oid, 0, '', a.amname::text, '', '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE ACCESS METHOD %%I TYPE %%s HANDLER %%s', a.amname, CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, a.amhandler::regproc::text)], format('ACCESS METHOD %%I', a.amname)
FROM pg_am a WHERE a.oid >= 16384 AND {Piece.notInExtension "pg_am" "a.oid"}""")

    let private languages =
        TextSource.create Kind.Language false (fun _ ->
            $"""
SELECT 'pg_language'::regclass::oid, l.oid, 0, '', l.lanname::text, '', '', {Piece.owner "l.lanowner"}, {Piece.grants "l" "l.lanacl" "l.lanowner"}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE %%sLANGUAGE %%I HANDLER %%s%%s%%s', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END, l.lanname, l.lanplcallfoid::regproc::text,
         CASE WHEN l.laninline <> 0 THEN ' INLINE ' || l.laninline::regproc::text ELSE '' END, CASE WHEN l.lanvalidator <> 0 THEN ' VALIDATOR ' || l.lanvalidator::regproc::text ELSE '' END)],
       format('LANGUAGE %%I', l.lanname)
FROM pg_language l WHERE l.lanispl AND {Piece.notInExtension "pg_language" "l.oid"}""")

    let private transforms =
        TextSource.create Kind.Transform false (fun _ ->
            $"""
SELECT 'pg_transform'::regclass::oid, t.oid, 0, '', format_type(t.trftype, NULL), '', l.lanname::text, {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE TRANSFORM FOR %%s LANGUAGE %%I (%%s)', format_type(t.trftype, NULL), l.lanname, concat_ws(', ', CASE WHEN t.trffromsql <> 0 THEN 'FROM SQL WITH FUNCTION ' || t.trffromsql::regprocedure::text END, CASE WHEN t.trftosql <> 0 THEN 'TO SQL WITH FUNCTION ' || t.trftosql::regprocedure::text END))],
       format('TRANSFORM FOR %%s LANGUAGE %%I', format_type(t.trftype, NULL), l.lanname)
FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang WHERE {Piece.notInExtension "pg_transform" "t.oid"}""")

    let all =
        [ Asked.whenOwn "pg_operator" operators
          Asked.whenOwn "pg_opfamily" families
          Asked.whenOwn "pg_opclass" classes
          Asked.whenOwn "pg_conversion" conversions
          Asked.whenOwn "pg_am" accessMethods
          // Of those that every database has one is a member of an extension.
          Asked.whenOwn "pg_language" languages
          Asked.whenAny "pg_transform" transforms ]
