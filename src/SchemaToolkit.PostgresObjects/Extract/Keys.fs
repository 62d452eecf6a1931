namespace SchemaToolkit.PostgresObjects

/// Constraints, indexes and sequences.
[<RequireQualifiedAccess>]
module internal KeySources =
    let private tableKind (relkind: string) = if relkind = "f" then Kind.ForeignTable else Kind.Table

    let constraints: Source =
        { Sql =
            fun version ->
                let enforced = if version >= 180000 then "k.conenforced" else "true"
                // What a foreign key has beside it for each partition of the table that it references is the engine's.
                $"""
SELECT 'pg_constraint'::regclass::oid, k.oid, 0, n.nspname::text, c.relname::text, k.conname::text, '', {Piece.none}, {Piece.noGrants}, {Piece.none},
       CASE WHEN k.conindid <> 0 AND k.contype IN ('p', 'u', 'x') THEN ARRAY[{Piece.alias "pg_class" "k.conindid"}] END,
       k.contype::text, pg_get_constraintdef(k.oid), k.convalidated, {enforced}, k.connoinherit AND k.contype = 'c', k.conislocal, k.coninhcount::int,
       {Piece.options "ic.reloptions"}, ts.spcname::text,
       CASE WHEN ic.relname IS DISTINCT FROM k.conname AND k.contype IN ('p', 'u', 'x') THEN ic.relname::text END,
       CASE WHEN k.contype = 'f' THEN fn.nspname || E'\t' || fc.relname END, c.relkind::text, k.conparentid <> 0, c.relispartition,
       coalesce(ix.indisclustered, false), coalesce(ix.indisreplident, false), icd.description
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class ic ON ic.oid = k.conindid AND k.contype IN ('p', 'u', 'x') LEFT JOIN pg_index ix ON ix.indexrelid = ic.oid LEFT JOIN pg_tablespace ts ON ts.oid = ic.reltablespace
LEFT JOIN pg_description icd ON icd.objoid = ic.oid AND icd.classoid = 'pg_class'::regclass AND icd.objsubid = 0
LEFT JOIN pg_class fc ON fc.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}
  AND NOT (k.contype = 'f' AND k.conparentid <> 0 AND EXISTS (SELECT 1 FROM pg_constraint kp WHERE kp.oid = k.conparentid AND kp.conrelid = k.conrelid))"""
          Read =
            fun address r ->
                let table = Address.create (tableKind (Cell.text r 11)) address.Schema address.Name

                let references =
                    Cell.optional r 10
                    |> Option.map (fun text ->
                        match text.Split '\t' with
                        | [| schema; name |] -> Address.create Kind.Table schema name
                        | _ -> invalidOp "A referenced table is printed as schema and name.")

                { Kind = Kind.Constraint
                  Parent = Some table
                  Facts =
                    Facts.Constraint
                        { Type = Cell.text r 0
                          Definition = Cell.text r 1
                          Validated = Cell.bool r 2
                          Enforced = Cell.bool r 3
                          NoInherit = Cell.bool r 4
                          IsLocal = Cell.bool r 5
                          InheritCount = Cell.int r 6
                          IndexOptions = Cell.texts r 7
                          Tablespace = Cell.optional r 8
                          IndexName = Cell.optional r 9
                          References = references
                          Attached = Cell.bool r 12
                          IndexComment = Cell.optional r 16
                          OfPartition = Cell.bool r 13
                          Clustered = Cell.bool r 14
                          ReplicaIdentity = Cell.bool r 15 }
                  AlsoNeeds = table :: Option.toList references } }

    let indexes: Source =
        { Sql =
            fun version ->
                let statistics =
                    if version >= 170000 then
                        "a.attstattarget IS NOT NULL"
                    else
                        "a.attstattarget >= 0"

                $"""
SELECT 'pg_class'::regclass::oid, c.oid, 0, n.nspname::text, c.relname::text, '', '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       pg_get_indexdef(c.oid), i.indisunique, i.indisvalid, ts.spcname::text,
       (SELECT array_agg(a.attnum::text || ':' || a.attstattarget::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND {statistics}),
       c.relkind = 'I', tn.nspname::text, t.relname::text, t.relkind::text, c.relispartition, i.indisclustered, i.indisreplident,
       {Piece.dependsOn "pg_class" "c.oid"}
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
WHERE t.relkind IN ('r', 'p', 'm') AND t.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "t.oid"}
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))"""
          Read =
            fun _ r ->
                let kind = if Cell.text r 8 = "m" then Kind.MaterializedView else Kind.Table
                let table = Address.create kind (Cell.text r 6) (Cell.text r 7)

                let statistics =
                    Cell.texts r 4
                    |> List.map (fun text ->
                        match text.Split ':' with
                        | [| position; target |] -> int position, int target
                        | _ -> invalidOp "A statistics target is printed as position and number.")

                { Kind = Kind.Index
                  Parent = Some table
                  Facts =
                    Facts.Index
                        { Definition = Cell.text r 0
                          Unique = Cell.bool r 1
                          Valid = Cell.bool r 2
                          Tablespace = Cell.optional r 3
                          Statistics = statistics
                          Partitioned = Cell.bool r 5
                          Attached = Cell.bool r 9
                          Clustered = Cell.bool r 10
                          ReplicaIdentity = Cell.bool r 11
                          DependsOnExtensions = Cell.texts r 12 }
                  AlsoNeeds = table :: (Cell.texts r 12 |> List.map (Address.create Kind.Extension "")) } }

    let private sequenceRows =
        $"""FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')"""

    let private sequences: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_class'::regclass::oid, c.oid, 0, n.nspname::text, c.relname::text, '', '', {Piece.owner "c.relowner"}, {Piece.grants "s" "c.relacl" "c.relowner"}, {Piece.none}, {Piece.noAliases},
       s.seqtypid::regtype::text, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, c.relpersistence = 'u'
{sequenceRows}"""
          Read =
            fun address r ->
                { Kind = Kind.Sequence
                  Parent = None
                  Facts =
                    Facts.Sequence
                        { Type = Cell.text r 0
                          Start = Cell.long r 1
                          Increment = Cell.long r 2
                          Minimum = Cell.long r 3
                          Maximum = Cell.long r 4
                          Cache = Cell.long r 5
                          Cycle = Cell.bool r 6
                          Unlogged = Cell.bool r 7 }
                  AlsoNeeds = [ Address.create Kind.Schema "" address.Schema ] } }

    let private identitySequences: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_class'::regclass::oid, c.oid, 0, n.nspname::text, c.relname::text, '', '', {Piece.owner "c.relowner"}, {Piece.grants "s" "c.relacl" "c.relowner"}, {Piece.none}, {Piece.noAliases},
       tn.nspname::text, t.relname::text, a.attname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i' AND d.refobjsubid > 0
JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
WHERE c.relkind = 'S' AND t.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "t.oid"}"""
          Read =
            fun _ r ->
                let column = Address.part Kind.Column (Cell.text r 0) (Cell.text r 1) (Cell.text r 2)

                { Kind = Kind.Sequence
                  Parent = Some column
                  Facts = Facts.IdentitySequence
                  AlsoNeeds = [ column ] } }

    let private owners: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_sequence'::regclass::oid, c.oid, 0, n.nspname::text, c.relname::text, '', '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       tn.nspname::text, t.relname::text, a.attname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a' AND d.refobjsubid > 0
JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
WHERE c.relkind = 'S' AND {Piece.ownSchema "n"}"""
          Read =
            fun address r ->
                let column = Address.part Kind.Column (Cell.text r 0) (Cell.text r 1) (Cell.text r 2)
                let sequence = Address.create Kind.Sequence address.Schema address.Name

                { Kind = Kind.SequenceOwner
                  Parent = Some sequence
                  Facts = Facts.SequenceOwner column
                  AlsoNeeds = [ sequence; column ] } }

    let all =
        [ Asked.whenRelations "'S'" sequences
          Asked.whenRelations "'S'" identitySequences
          Asked.whenRelations "'S'" owners ]
