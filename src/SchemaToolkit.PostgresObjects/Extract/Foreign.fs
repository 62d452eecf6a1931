namespace SchemaToolkit.PostgresObjects

/// Foreign-data wrappers, servers, user mappings.
[<RequireQualifiedAccess>]
module internal ForeignSources =
    let private wrappers =
        TextSource.withFields Kind.ForeignDataWrapper false (fun _ ->
            $"""
SELECT 'pg_foreign_data_wrapper'::regclass::oid, w.oid, 0, '', w.fdwname::text, '', '', {Piece.owner "w.fdwowner"}, {Piece.grants "F" "w.fdwacl" "w.fdwowner"}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE FOREIGN DATA WRAPPER %%I', w.fdwname)], format('FOREIGN DATA WRAPPER %%I', w.fdwname),
       {TextSource.fields
            [ TextSource.field "HANDLER" "CASE WHEN w.fdwhandler <> 0 THEN w.fdwhandler::regproc::text END"
              TextSource.field "VALIDATOR" "CASE WHEN w.fdwvalidator <> 0 THEN w.fdwvalidator::regproc::text END" ]}
         || {TextSource.options "w.fdwoptions"}
FROM pg_foreign_data_wrapper w WHERE {Piece.notInExtension "pg_foreign_data_wrapper" "w.oid"}""")

    let private servers =
        TextSource.withFields Kind.Server false (fun _ ->
            $"""
SELECT 'pg_foreign_server'::regclass::oid, s.oid, 0, '', s.srvname::text, '', '', {Piece.owner "s.srvowner"}, {Piece.grants "S" "s.srvacl" "s.srvowner"}, {Piece.none}, {Piece.noAliases},
       ARRAY[format('CREATE SERVER %%I', s.srvname)], format('SERVER %%I', s.srvname),
       {TextSource.fields
            [ TextSource.field "TYPE" "quote_literal(s.srvtype)"
              TextSource.field "VERSION" "quote_literal(s.srvversion)"
              TextSource.field "fixed" "format('FOREIGN DATA WRAPPER %I', w.fdwname)" ]}
         || {TextSource.options "s.srvoptions"}
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE {Piece.notInExtension "pg_foreign_server" "s.oid"}""")

    let private mapping =
        "format('USER MAPPING FOR %s SERVER %I', CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(u.umuser)) END, s.srvname)"

    /// The view: the table itself may be read by superusers only.
    let private userMappings =
        TextSource.withFields Kind.UserMapping false (fun _ ->
            $"""
SELECT 'pg_user_mapping'::regclass::oid, u.umid, 0, '', s.srvname::text, CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(u.umuser)::text END, '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       ARRAY['CREATE ' || {mapping}], {mapping}, {TextSource.options "u.umoptions"}
FROM pg_user_mappings u JOIN pg_foreign_server s ON s.oid = u.srvid""")

    let all =
        [ Asked.whenAny "pg_foreign_data_wrapper" wrappers
          Asked.whenAny "pg_foreign_server" servers
          Asked.whenAny "pg_foreign_server" userMappings ]
