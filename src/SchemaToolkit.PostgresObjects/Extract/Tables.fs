namespace SchemaToolkit.PostgresObjects

/// Tables, columns, defaults, partitions.
[<RequireQualifiedAccess>]
module internal TableSources =
    let private tableKind (relkind: string) = if relkind = "f" then Kind.ForeignTable else Kind.Table

    let tables: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_class'::regclass::oid, c.oid, 0, n.nspname::text, c.relname::text, '', '', {Piece.owner "c.relowner"},
       {Piece.grants "r" "c.relacl" "c.relowner"}, {Piece.none},
       ARRAY[{Piece.alias "pg_type" "c.reltype"}, {Piece.alias "pg_type" "coalesce((SELECT t.typarray FROM pg_type t WHERE t.oid = c.reltype), 0)"}],
       c.relkind::text, c.relpersistence::text, am.amname::text, ts.spcname::text, c.reloptions || (SELECT array_agg('toast.' || o ORDER BY i) FROM pg_class tc, unnest(tc.reloptions) WITH ORDINALITY u(o, i) WHERE tc.oid = c.reltoastrelid),
       CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END,
       (SELECT array_agg(pn.nspname || E'\t' || p.relname || E'\t' || p.relkind::text ORDER BY i.inhseqno) FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid AND NOT c.relispartition),
       CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
       c.relrowsecurity, c.relforcerowsecurity,
       CASE WHEN c.relkind = 'f' THEN 'd' ELSE c.relreplident::text END,
       (SELECT s.srvname::text FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid),
       (SELECT {Piece.sortedOptions "f.ftoptions"} FROM pg_foreign_table f WHERE f.ftrelid = c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam AND am.amname <> 'heap'
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let parents =
                    Cell.texts r 6
                    |> List.map (fun text ->
                        match text.Split '\t' with
                        | [| schema; name; kind |] -> Address.create (tableKind kind) schema name
                        | _ -> invalidOp "A parent table is printed as schema, name and kind.")

                { Kind = tableKind (Cell.text r 0)
                  Parent = None
                  Facts =
                    Facts.Table
                        { Persistence = (if Cell.text r 1 = "u" then Persistence.Unlogged else Persistence.Permanent)
                          AccessMethod = Cell.optional r 2
                          Tablespace = Cell.optional r 3
                          Options = Cell.texts r 4
                          OfType = Cell.optional r 5
                          Inherits = parents
                          PartitionKey = Cell.optional r 7
                          RowSecurity = Cell.bool r 8
                          ForceRowSecurity = Cell.bool r 9
                          ReplicaIdentity = Cell.text r 10
                          Foreign = Cell.optional r 11 |> Option.map (fun server -> server, Cell.texts r 12) }
                  AlsoNeeds = [ Address.create Kind.Schema "" address.Schema ] } }

    /// Every column, with all that it may have.
    let columns: Source =
        { Sql =
            fun version ->
                let statistics =
                    if version >= 170000 then
                        "a.attstattarget::int"
                    else
                        "nullif(a.attstattarget, -1)"
                // From 18 on NOT NULL is a constraint with a name; the derived name is not worth saying.
                let notNull =
                    if version >= 180000 then
                        "(SELECT ARRAY[nn.conname::text, nn.connoinherit::text, nn.convalidated::text] FROM pg_constraint nn WHERE nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum] AND (nn.conname::text <> left(c.relname::text || '_' || a.attname::text || '_not_null', 63) OR nn.connoinherit OR NOT nn.convalidated))"
                    else
                        "NULL::text[]"

                $"""
SELECT 'pg_class'::regclass::oid, a.attrelid, a.attnum::int, n.nspname::text, c.relname::text, a.attname::text, '', {Piece.none},
       {Piece.columnGrants "a.attacl" "c.relowner"}, {Piece.none}, {Piece.noAliases},
       c.relkind::text, a.attnum::int, format_type(a.atttypid, a.atttypmod), {Piece.collation "a.attcollation" "t.typcollation"},
       a.attnotnull, {notNull}, a.attidentity::text, a.attgenerated::text,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END, nullif(a.attcompression::text, ''), {statistics},
       {Piece.options "a.attoptions"}, {Piece.sortedOptions "a.attfdwoptions"}, a.attislocal, a.attinhcount::int, c.relispartition OR c.reloftype <> 0,
       s.name, s.seqtypid::regtype::text, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, false,
       CASE WHEN a.attgenerated <> '' THEN pg_get_expr(ad.adbin, ad.adrelid) END, t.typstorage::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
LEFT JOIN (SELECT d.refobjid, d.refobjsubid, sn.nspname || E'\t' || sc.relname AS name, q.* FROM pg_sequence q JOIN pg_class sc ON sc.oid = q.seqrelid JOIN pg_namespace sn ON sn.oid = sc.relnamespace
  JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = q.seqrelid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i') s ON s.refobjid = a.attrelid AND s.refobjsubid = a.attnum AND a.attidentity <> ''
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let table = Address.create (tableKind (Cell.text r 0)) address.Schema address.Name

                let sequence () : SequenceFacts =
                    { Type = Cell.text r 17
                      Start = Cell.long r 18
                      Increment = Cell.long r 19
                      Minimum = Cell.long r 20
                      Maximum = Cell.long r 21
                      Cache = Cell.long r 22
                      Cycle = Cell.bool r 23
                      Unlogged = Cell.bool r 24 }

                { Kind = Kind.Column
                  Parent = Some table
                  Facts =
                    Facts.Column
                        { Position = Cell.int r 1
                          Type = Cell.text r 2
                          Collation = Cell.optional r 3
                          NotNull = Cell.bool r 4
                          NotNullConstraint =
                            match Cell.texts r 5 with
                            | [ name; noInherit; validated ] -> Some((name, (noInherit = "true"), (validated = "true")))
                            | _ -> None
                          Identity =
                            match Cell.text r 6, Cell.optional r 16 with
                            | "", _
                            | _, None -> None
                            | kind, Some name ->
                                Some { Always = (kind = "a"); SequenceName = name; Sequence = sequence () }
                          Generated =
                            (match Cell.text r 7 with
                             | "" -> None
                             | kind -> Some(kind, Cell.optional r 25 |> Option.defaultValue ""))
                          Storage = Cell.optional r 8
                          TypeStorage = Cell.text r 26
                          Compression = Cell.optional r 9
                          Statistics = Cell.optionalInt r 10
                          Options = Cell.texts r 11
                          ForeignOptions = Cell.texts r 12
                          IsLocal = Cell.bool r 13
                          InheritCount = Cell.int r 14
                          WithTable = Cell.bool r 15 }
                  AlsoNeeds = [ table ] } }

    /// Those of which not all is in their plain fields.
    let notPlainColumns: Source =
        { columns with
            Sql = fun version -> $"{columns.Sql version} AND NOT ({PlainSql.plainColumn version})" }

    let private defaultsOf (kinds: string) : Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_attrdef'::regclass::oid, d.oid, 0, n.nspname::text, c.relname::text, a.attname::text, '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) ELSE '' END, a.attgenerated <> ''
FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE c.relkind IN ({kinds}) AND c.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let column = Address.part Kind.Column address.Schema address.Name address.Part

                { Kind = Kind.Default
                  Parent = Some column
                  Facts = Facts.Default { Expression = Cell.text r 0; Generated = Cell.bool r 1 }
                  AlsoNeeds = [ column ] } }

    let defaults = defaultsOf "'r', 'p', 'f'"

    let private attachments: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_inherits'::regclass::oid, c.oid, 0, n.nspname::text, c.relname::text, '', '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       pn.nspname::text, p.relname::text, pg_get_expr(c.relpartbound, c.oid), c.relkind::text,
       (SELECT x.conname::text FROM pg_constraint x WHERE x.conindid = c.oid AND x.contype IN ('p', 'u', 'x') LIMIT 1),
       (SELECT x.conname::text FROM pg_constraint x WHERE x.conindid = p.oid AND x.contype IN ('p', 'u', 'x') LIMIT 1),
       (SELECT ct.relname::text FROM pg_index i JOIN pg_class ct ON ct.oid = i.indrelid WHERE i.indexrelid = c.oid),
       (SELECT pt.relname::text FROM pg_index i JOIN pg_class pt ON pt.oid = i.indrelid WHERE i.indexrelid = p.oid)
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relispartition AND {Piece.ownSchema "n"}"""
          Read =
            fun address r ->
                let parentSchema = Cell.text r 0

                if List.contains (Cell.text r 3) [ "i"; "I" ] then
                    // An index, or the constraint that it stands behind.
                    let side schema (name: string) (behind: string option) (table: string option) =
                        match behind, table with
                        | Some name, Some table -> Address.part Kind.Constraint schema table name
                        | _ -> Address.create Kind.Index schema name

                    let child = side address.Schema address.Name (Cell.optional r 4) (Cell.optional r 6)
                    let parent = side parentSchema (Cell.text r 1) (Cell.optional r 5) (Cell.optional r 7)

                    { Kind = Kind.Attachment
                      Parent = Some child
                      Facts = Facts.Attachment(Address.create Kind.Index parentSchema (Cell.text r 1), "")
                      // Its table is a partition before it can be one of an index.
                      AlsoNeeds =
                        [ child
                          parent
                          match Cell.optional r 6 with
                          | Some table -> Address.create Kind.Attachment address.Schema table
                          | None -> () ] }
                else
                    let child = Address.create (tableKind (Cell.text r 3)) address.Schema address.Name
                    let parent = Address.create Kind.Table parentSchema (Cell.text r 1)

                    { Kind = Kind.Attachment
                      Parent = Some child
                      Facts = Facts.Attachment(parent, Cell.optional r 2 |> Option.defaultValue "")
                      AlsoNeeds = [ child; parent ] } }

    let all =
        [ Asked.whenAny "pg_inherits" attachments
          Asked.whenever
              "EXISTS (SELECT FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid WHERE c.relkind = 'v')"
              (defaultsOf "'v'") ]
