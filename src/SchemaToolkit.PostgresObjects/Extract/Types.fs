namespace SchemaToolkit.PostgresObjects

/// Schemas, extensions and types.
[<RequireQualifiedAccess>]
module internal TypeSources =
    let private schemaOf (address: Address) = Address.create Kind.Schema "" address.Schema

    let private schemas: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_namespace'::regclass::oid, n.oid, 0, '', n.nspname::text, '', '', {Piece.owner "n.nspowner"},
       {Piece.grants "n" "n.nspacl" "n.nspowner"}, obj_description(n.oid, 'pg_namespace'), {Piece.noAliases}
FROM pg_namespace n WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_namespace" "n.oid"}"""
          Read = fun _ _ -> { Kind = Kind.Schema; Parent = None; Facts = Facts.Schema; AlsoNeeds = [] } }

    let private extensions: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_extension'::regclass::oid, e.oid, 0, '', e.extname::text, '', '', {Piece.none}, {Piece.noGrants}, obj_description(e.oid, 'pg_extension'), {Piece.noAliases},
       n.nspname::text, e.extversion, e.extrelocatable,
       CASE WHEN EXISTS (SELECT 1 FROM pg_available_extensions() v WHERE v.name = e.extname) THEN (SELECT array_agg(u.target ORDER BY u.target) FROM pg_extension_update_paths(e.extname) u WHERE u.source = e.extversion AND u.path IS NOT NULL) END
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'"""
          Read =
            fun _ r ->
                { Kind = Kind.Extension
                  Parent = None
                  Facts =
                    Facts.Extension
                        { Schema = Cell.text r 0
                          Version = Cell.text r 1
                          Relocatable = Cell.bool r 2
                          Updates = Cell.texts r 3 }
                  AlsoNeeds =
                    (match Cell.text r 0 with
                     | "pg_catalog" -> []
                     | schema -> [ Address.create Kind.Schema "" schema ]) } }

    let private arrayAlias = $"""ARRAY[{Piece.alias "pg_type" "t.typarray"}]"""

    let private enums: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_type'::regclass::oid, t.oid, 0, n.nspname::text, t.typname::text, '', '', {Piece.owner "t.typowner"}, {Piece.grants "T" "t.typacl" "t.typowner"}, obj_description(t.oid, 'pg_type'), {arrayAlias},
       (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_type" "t.oid"}"""
          Read =
            fun address r ->
                { Kind = Kind.Enum
                  Parent = None
                  Facts = Facts.Enum { Values = Cell.texts r 0 }
                  AlsoNeeds = [ schemaOf address ] } }

    let private domains: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_type'::regclass::oid, t.oid, 0, n.nspname::text, t.typname::text, '', '', {Piece.owner "t.typowner"}, {Piece.grants "T" "t.typacl" "t.typowner"}, obj_description(t.oid, 'pg_type'), {arrayAlias},
       format_type(t.typbasetype, t.typtypmod), t.typnotnull, pg_get_expr(t.typdefaultbin, 0), {Piece.collation "t.typcollation" "b.typcollation"},
       (SELECT array_agg(quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_type" "t.oid"}"""
          Read =
            fun address r ->
                { Kind = Kind.Domain
                  Parent = None
                  Facts =
                    Facts.Domain
                        { BaseType = Cell.text r 0
                          NotNull = Cell.bool r 1
                          Default = Cell.optional r 2
                          Collation = Cell.optional r 3
                          Checks = Cell.texts r 4 |> List.map (fun text -> text.Replace(" NOT VALID", "")) |> List.sort }
                  AlsoNeeds = [ schemaOf address ] } }

    let private domainConstraints: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_constraint'::regclass::oid, k.oid, 0, n.nspname::text, t.typname::text, k.conname::text, '', {Piece.none}, {Piece.noGrants}, obj_description(k.oid, 'pg_constraint'), {Piece.noAliases},
       pg_get_constraintdef(k.oid), k.convalidated
FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE k.contype = 'c' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_type" "t.oid"}"""
          Read =
            fun address r ->
                let domain = Address.create Kind.Domain address.Schema address.Name

                { Kind = Kind.DomainConstraint
                  Parent = Some domain
                  Facts = Facts.DomainConstraint { Definition = Cell.text r 0; Validated = Cell.bool r 1 }
                  AlsoNeeds = [ domain ] } }

    let private composites: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_class'::regclass::oid, c.oid, 0, n.nspname::text, c.relname::text, '', '', {Piece.owner "t.typowner"}, {Piece.grants "T" "t.typacl" "t.typowner"}, obj_description(t.oid, 'pg_type'),
       ARRAY[{Piece.alias "pg_type" "t.oid"}, {Piece.alias "pg_type" "t.typarray"}],
       (SELECT array_agg(a.attname || E'\t' || format_type(a.atttypid, a.atttypmod) || E'\t' || coalesce({Piece.collation "a.attcollation" "ct.typcollation"}, '') ORDER BY a.attnum) FROM pg_attribute a JOIN pg_type ct ON ct.oid = a.atttypid WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
FROM pg_class c JOIN pg_type t ON t.oid = c.reltype JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'c' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_type" "t.oid"}"""
          Read =
            fun address r ->
                let attributes: CompositeAttribute list =
                    Cell.texts r 0
                    |> List.map (fun text ->
                        match text.Split '\t' with
                        | [| name; typeName; collation |] ->
                            { Name = name
                              Type = typeName
                              Collation = if collation = "" then None else Some collation }
                        | _ -> invalidOp "An attribute is printed as name, type and collation.")

                { Kind = Kind.Composite
                  Parent = None
                  Facts = Facts.Composite attributes
                  AlsoNeeds = [ schemaOf address ] } }

    let private attributes: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_class'::regclass::oid, c.oid, a.attnum::int, n.nspname::text, c.relname::text, a.attname::text, '', {Piece.none}, {Piece.noGrants}, col_description(c.oid, a.attnum), {Piece.noAliases},
       a.attnum::int, format_type(a.atttypid, a.atttypmod), {Piece.collation "a.attcollation" "t.typcollation"}
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_type" "c.reltype"}"""
          Read =
            fun address r ->
                let composite = Address.create Kind.Composite address.Schema address.Name

                { Kind = Kind.Attribute
                  Parent = Some composite
                  Facts =
                    Facts.Attribute { Position = Cell.int r 0; Type = Cell.text r 1; Collation = Cell.optional r 2 }
                  AlsoNeeds = [ composite ] } }

    let private ranges: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_type'::regclass::oid, t.oid, 0, n.nspname::text, t.typname::text, '', '', {Piece.owner "t.typowner"}, {Piece.grants "T" "t.typacl" "t.typowner"}, obj_description(t.oid, 'pg_type'),
       ARRAY[{Piece.alias "pg_type" "t.typarray"}, {Piece.alias "pg_type" "g.rngmultitypid"}, {Piece.alias "pg_type" "m.typarray"}],
       format_type(g.rngsubtype, NULL),
       CASE WHEN NOT oc.opcdefault THEN quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) END, {Piece.collation "g.rngcollation" "s.typcollation"},
       CASE WHEN g.rngcanonical <> 0 THEN g.rngcanonical::regproc::text END, CASE WHEN g.rngsubdiff <> 0 THEN g.rngsubdiff::regproc::text END,
       quote_ident(mn.nspname) || '.' || quote_ident(m.typname)
FROM pg_range g JOIN pg_type t ON t.oid = g.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type s ON s.oid = g.rngsubtype JOIN pg_type m ON m.oid = g.rngmultitypid JOIN pg_namespace mn ON mn.oid = m.typnamespace
JOIN pg_opclass oc ON oc.oid = g.rngsubopc JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_type" "t.oid"}"""
          Read =
            fun address r ->
                { Kind = Kind.Range
                  Parent = None
                  Facts =
                    Facts.Range
                        { Subtype = Cell.text r 0
                          OpClass = Cell.optional r 1
                          Collation = Cell.optional r 2
                          Canonical = Cell.optional r 3
                          SubtypeDiff = Cell.optional r 4
                          Multirange = Cell.text r 5 }
                  AlsoNeeds = [ schemaOf address ] } }

    let all =
        [ Asked.always schemas
          Asked.whenOwn "pg_extension" extensions
          Asked.whenTypes "e" enums
          Asked.whenTypes "d" domains
          Asked.whenTypes "d" domainConstraints
          Asked.whenRelations "'c'" composites
          Asked.whenRelations "'c'" attributes
          Asked.whenTypes "r" ranges ]
