namespace SchemaToolkit.PostgresObjects

/// Views, routines, triggers, rules, policies.
[<RequireQualifiedAccess>]
module internal CodeSources =
    let private schemaOf (address: Address) = Address.create Kind.Schema "" address.Schema

    let private extensions (names: string list) = names |> List.map (Address.create Kind.Extension "")

    let private relationKind (relkind: string) =
        match relkind with
        | "v" -> Kind.View
        | "m" -> Kind.MaterializedView
        | "f" -> Kind.ForeignTable
        | _ -> Kind.Table

    let private views: Source =
        { Sql =
            fun version ->
                let statistics =
                    if version >= 170000 then
                        "a.attstattarget IS NOT NULL"
                    else
                        "a.attstattarget >= 0"

                $"""
SELECT 'pg_class'::regclass::oid, c.oid, 0, n.nspname::text, c.relname::text, '', '', {Piece.owner "c.relowner"}, {Piece.grants "r" "c.relacl" "c.relowner"}, {Piece.none},
       ARRAY[{Piece.alias "pg_type" "c.reltype"}, (SELECT {Piece.alias "pg_rewrite" "w.oid"} FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.rulename = '_RETURN'), {Piece.alias "pg_type" "coalesce((SELECT t.typarray FROM pg_type t WHERE t.oid = c.reltype), 0)"}],
       c.relkind::text, rtrim(pg_get_viewdef(c.oid), ';'),
       (SELECT array_agg(o ORDER BY i) FROM (SELECT o, i FROM unnest(c.reloptions) WITH ORDINALITY u(o, i) WHERE o NOT LIKE 'check_option=%%' UNION ALL SELECT 'toast.' || o, 1000 + i FROM pg_class tc, unnest(tc.reloptions) WITH ORDINALITY u(o, i) WHERE tc.oid = c.reltoastrelid) q),
       (SELECT substr(o, 14) FROM unnest(c.reloptions) o WHERE o LIKE 'check_option=%%'),
       (SELECT array_agg(a.attname || E'\t' || format_type(a.atttypid, a.atttypmod) || coalesce(' ' || {Piece.collation "a.attcollation" "t.typcollation"}, '') ORDER BY a.attnum) FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
       (SELECT array_agg(x ORDER BY x) FROM (
          SELECT 'ALTER COLUMN ' || quote_ident(a.attname) || ' SET STATISTICS ' || a.attstattarget AS x FROM pg_attribute a WHERE a.attrelid = c.oid AND c.relkind = 'm' AND a.attnum > 0 AND {statistics}
          UNION ALL SELECT 'ALTER COLUMN ' || quote_ident(a.attname) || ' SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = c.oid AND c.relkind = 'm' AND a.attnum > 0 AND a.attstorage <> t.typstorage
          UNION ALL SELECT 'ALTER COLUMN ' || quote_ident(a.attname) || ' SET COMPRESSION ' || CASE a.attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END FROM pg_attribute a WHERE a.attrelid = c.oid AND c.relkind = 'm' AND a.attnum > 0 AND a.attcompression <> ''
          UNION ALL SELECT 'ALTER COLUMN ' || quote_ident(a.attname) || ' SET (' || o || ')' FROM pg_attribute a, unnest(a.attoptions) o WHERE a.attrelid = c.oid AND c.relkind = 'm' AND a.attnum > 0) q),
       c.relispopulated, am.amname::text, ts.spcname::text,
       (SELECT ic.relname::text FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisclustered),
       CASE WHEN c.relkind = 'm' THEN {Piece.dependsOn "pg_class" "c.oid"} END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am am ON am.oid = c.relam AND am.amname <> 'heap' LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let columns =
                    Cell.texts r 4
                    |> List.map (fun text ->
                        match text.Split('\t', 2) with
                        | [| name; rest |] -> name, rest
                        | _ -> text, "")

                { Kind = relationKind (Cell.text r 0)
                  Parent = None
                  Facts =
                    Facts.View
                        { Definition = Cell.text r 1
                          Options = Cell.texts r 2
                          CheckOption = Cell.optional r 3
                          Columns = columns
                          ColumnSettings = Cell.texts r 5
                          Populated = Cell.bool r 6
                          AccessMethod = Cell.optional r 7
                          Tablespace = Cell.optional r 8
                          ClusteredOn = Cell.optional r 9
                          DependsOnExtensions = Cell.texts r 10 }
                  AlsoNeeds = schemaOf address :: extensions (Cell.texts r 10) } }

    /// Comments and privileges of view columns are objects of their own, without a life of their own.
    let private viewColumns: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_class'::regclass::oid, c.oid, a.attnum::int, n.nspname::text, c.relname::text, a.attname::text, '', {Piece.none}, {Piece.columnGrants "a.attacl" "c.relowner"}, {Piece.none}, {Piece.noAliases},
       c.relkind::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let view = Address.create (relationKind (Cell.text r 0)) address.Schema address.Name

                { Kind = Kind.Column
                  Parent = Some view
                  Facts = Facts.ViewColumn
                  AlsoNeeds = [ view ] } }

    let private routines: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_proc'::regclass::oid, p.oid, 0, n.nspname::text, p.proname::text, '', pg_get_function_identity_arguments(p.oid), {Piece.owner "p.proowner"}, {Piece.grants "f" "p.proacl" "p.proowner"}, {Piece.none}, {Piece.noAliases},
       p.prokind::text, rtrim(pg_get_functiondef(p.oid), E'\n'),
       coalesce(pg_get_function_result(p.oid), '') || ' | ' || coalesce(array_to_string(p.proargnames, ','), '') || ' | ' || coalesce(array_to_string(p.proargmodes, ','), '') || ' | ' || p.pronargdefaults::text || ' | ' || p.prokind::text,
       {Piece.dependsOn "pg_proc" "p.oid"},
       {BaseTypeSources.ofFunction}
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE p.prokind IN ('f', 'p', 'w') AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_proc" "p.oid"}
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')"""
          Read =
            fun address r ->
                { Kind = (if Cell.text r 0 = "p" then Kind.Procedure else Kind.Function)
                  // A type and the functions that read and write it are made together, and go together.
                  Parent =
                    Cell.optional r 4
                    |> Option.map (fun text ->
                        match text.Split '\t' with
                        | [| schema; name |] -> Address.create Kind.BaseType schema name
                        | _ -> invalidOp "A type is printed as schema and name.")
                  Facts =
                    Facts.Routine
                        { Definition = Cell.text r 1
                          Signature = Cell.text r 2
                          DependsOnExtensions = Cell.texts r 3 }
                  AlsoNeeds = schemaOf address :: extensions (Cell.texts r 3) } }

    let private triggers: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_trigger'::regclass::oid, t.oid, 0, n.nspname::text, c.relname::text, t.tgname::text, '', {Piece.none}, {Piece.noGrants}, {Piece.none},
       CASE WHEN t.tgconstraint <> 0 THEN ARRAY[{Piece.alias "pg_constraint" "t.tgconstraint"}] END,
       c.relkind::text, CASE WHEN t.tgparentid = 0 THEN pg_get_triggerdef(t.oid) ELSE '' END, t.tgenabled::text, pt.tgenabled::text,
       (WITH RECURSIVE up AS (SELECT t.tgparentid AS oid UNION ALL SELECT x.tgparentid FROM pg_trigger x JOIN up ON x.oid = up.oid WHERE x.tgparentid <> 0) SELECT array_agg(un.nspname || E'\t' || uc.relname) FROM up JOIN pg_trigger u ON u.oid = up.oid JOIN pg_class uc ON uc.oid = u.tgrelid JOIN pg_namespace un ON un.oid = uc.relnamespace),
       {Piece.dependsOn "pg_trigger" "t.oid"}
FROM pg_trigger t LEFT JOIN pg_trigger pt ON pt.oid = t.tgparentid JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE (NOT t.tgisinternal AND t.tgparentid = 0 OR t.tgparentid <> 0 AND pt.tgenabled <> t.tgenabled AND NOT pt.tgisinternal) AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"} AND {Piece.notInExtension "pg_trigger" "t.oid"}"""
          Read =
            fun address r ->
                let table = Address.create (relationKind (Cell.text r 0)) address.Schema address.Name

                { Kind = Kind.Trigger
                  Parent = Some table
                  Facts =
                    Facts.Trigger
                        { Definition = Cell.text r 1
                          Enabled = Cell.text r 2
                          Inherited = Cell.optional r 3
                          DependsOnExtensions = Cell.texts r 5 }
                  AlsoNeeds =
                    [ table
                      yield! extensions (Cell.texts r 5)
                      for above in Cell.texts r 4 do
                          match above.Split '\t' with
                          | [| schema; name |] -> Address.part Kind.Trigger schema name address.Part
                          | _ -> invalidOp "A table is printed as schema and name."

                      if (Cell.optional r 3).IsSome then
                          Address.create Kind.Attachment address.Schema address.Name ] } }

    let private rules: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_rewrite'::regclass::oid, w.oid, 0, n.nspname::text, c.relname::text, w.rulename::text, '', {Piece.none}, {Piece.noGrants}, obj_description(w.oid, 'pg_rewrite'), {Piece.noAliases},
       c.relkind::text, rtrim(pg_get_ruledef(w.oid), ';'), w.ev_enabled::text
FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE w.rulename <> '_RETURN' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let table = Address.create (relationKind (Cell.text r 0)) address.Schema address.Name

                { Kind = Kind.Rule
                  Parent = Some table
                  Facts = Facts.Rule { Definition = Cell.text r 1; Enabled = Cell.text r 2 }
                  AlsoNeeds = [ table ] } }

    let private policies: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_policy'::regclass::oid, p.oid, 0, n.nspname::text, c.relname::text, p.polname::text, '', {Piece.none}, {Piece.noGrants}, obj_description(p.oid, 'pg_policy'), {Piece.noAliases},
       p.polcmd::text, p.polpermissive, (SELECT array_agg(CASE WHEN o = 0 THEN '' ELSE pg_get_userbyid(o)::text END ORDER BY 1) FROM unnest(p.polroles) o),
       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let table = Address.create Kind.Table address.Schema address.Name

                { Kind = Kind.Policy
                  Parent = Some table
                  Facts =
                    Facts.Policy
                        { Command = Cell.text r 0
                          Permissive = Cell.bool r 1
                          Roles = Cell.texts r 2
                          Using = Cell.optional r 3
                          WithCheck = Cell.optional r 4 }
                  AlsoNeeds = [ table ] } }

    let all =
        [ Asked.whenRelations "'v', 'm'" views
          Asked.whenRelations "'v', 'm'" viewColumns
          Asked.whenOwn "pg_proc" routines
          Asked.whenever "EXISTS (SELECT FROM pg_trigger WHERE NOT tgisinternal OR tgparentid <> 0)" triggers
          Asked.whenever
              $"EXISTS (SELECT FROM pg_rewrite WHERE oid >= {Asked.firstOwn} AND rulename <> '_RETURN')"
              rules
          Asked.whenAny "pg_policy" policies ]
