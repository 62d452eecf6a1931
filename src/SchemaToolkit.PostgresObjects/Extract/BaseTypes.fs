namespace SchemaToolkit.PostgresObjects

/// Base types, and the shells of types that are only announced.
[<RequireQualifiedAccess>]
module internal BaseTypeSources =
    let private routine (column: string) = $"CASE WHEN t.{column}::oid <> 0 THEN t.{column}::regproc::text END"

    /// What ALTER TYPE … SET can change; the names are those of CREATE TYPE.
    let private changeable =
        [ "RECEIVE", "typreceive"
          "SEND", "typsend"
          "TYPMOD_IN", "typmodin"
          "TYPMOD_OUT", "typmodout"
          "ANALYZE", "typanalyze"
          "SUBSCRIPT", "typsubscript" ]

    let private storage =
        "CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END"

    /// What only CREATE TYPE can say, in its words.
    let private fixed' =
        [ "'INPUT = ' || t.typinput::regproc::text"
          "'OUTPUT = ' || t.typoutput::regproc::text"
          "'INTERNALLENGTH = ' || CASE WHEN t.typlen < 0 THEN 'variable' ELSE t.typlen::text END"
          "CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END"
          "'ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'd' THEN 'double' ELSE 'int4' END"
          "CASE WHEN t.typcategory <> 'U' THEN 'CATEGORY = ' || quote_literal(t.typcategory::text) END"
          "CASE WHEN t.typispreferred THEN 'PREFERRED = true' END"
          "'DEFAULT = ' || quote_literal(t.typdefault)"
          "CASE WHEN t.typelem <> 0 THEN 'ELEMENT = ' || format_type(t.typelem, NULL) END"
          "CASE WHEN t.typdelim <> ',' THEN 'DELIMITER = ' || quote_literal(t.typdelim::text) END"
          "CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END" ]
        |> String.concat ", "

    let private whole =
        [ for name, column in changeable do
              $"'{name} = ' || {routine column}"
          $"'STORAGE = ' || {storage}" ]
        |> String.concat ", "

    let private types =
        TextSource.withFields Kind.BaseType true (fun _ ->
            $"""
SELECT 'pg_type'::regclass::oid, t.oid, 0, n.nspname::text, t.typname::text, '', '', {Piece.owner "t.typowner"}, {Piece.grants "T" "t.typacl" "t.typowner"}, {Piece.none},
       CASE WHEN t.typarray <> 0 THEN ARRAY[{Piece.alias "pg_type" "t.typarray"}] END,
       ARRAY[format('CREATE TYPE %%I.%%I', n.nspname, t.typname)] || CASE WHEN t.typisdefined THEN ARRAY[format('CREATE TYPE %%I.%%I (%%s)', n.nspname, t.typname, concat_ws(', ', {fixed'}, {whole}))] ELSE ARRAY[]::text[] END,
       format('TYPE %%I.%%I', n.nspname, t.typname),
       CASE WHEN t.typisdefined THEN {TextSource.fields
                                          [ TextSource.field "fixed" $"concat_ws(', ', {fixed'})"
                                            for name, column in changeable do
                                                TextSource.field name (routine column)
                                            TextSource.field "STORAGE" storage ]} END
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE (t.typtype = 'b' AND NOT (t.typelem <> 0 AND t.typsubscript = 'array_subscript_handler'::regproc) OR t.typtype = 'p' AND NOT t.typisdefined) AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_type" "t.oid"}""")

    let all =
        [ Asked.whenever
              $"EXISTS (SELECT FROM pg_type t WHERE t.oid >= {Asked.firstOwn} AND (t.typtype = 'b' AND t.typsubscript <> 'array_subscript_handler'::regproc OR NOT t.typisdefined))"
              types ]

    /// Schema and name, with a tab between them, of the type that a function (`p`, its language `l`) reads or writes, where each
    /// is made of the other: SQL. Only what is compiled into the server can take or give such a value.
    let ofFunction =
        """CASE WHEN l.lanname IN ('internal', 'c') THEN (SELECT tn.nspname || E'\t' || t.typname FROM pg_type t JOIN pg_namespace tn ON tn.oid = t.typnamespace
         WHERE t.oid = ANY (p.proargtypes::oid[] || p.prorettype) AND t.typtype = 'b' AND t.oid >= 16384
           AND p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze, t.typsubscript) LIMIT 1) END"""
