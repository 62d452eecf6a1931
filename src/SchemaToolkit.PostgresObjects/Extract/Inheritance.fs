namespace SchemaToolkit.PostgresObjects

/// What binds a table to where its columns come from: a parent, or a type. Partitions have attachments instead.
[<RequireQualifiedAccess>]
module internal InheritanceSources =
    let private tableKind (relkind: string) = if relkind = "f" then Kind.ForeignTable else Kind.Table

    let private parents: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_inherits'::regclass::oid, c.oid, i.inhseqno::int, n.nspname::text, c.relname::text, pn.nspname::text || '.' || p.relname::text, '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       c.relkind::text, pn.nspname::text, p.relname::text, p.relkind::text,
       (SELECT array_agg(an.nspname || E'\t' || a.relname || E'\t' || a.relkind::text ORDER BY x.inhseqno) FROM pg_inherits x JOIN pg_class a ON a.oid = x.inhparent JOIN pg_namespace an ON an.oid = a.relnamespace WHERE x.inhrelid = c.oid)
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE NOT c.relispartition AND c.relkind IN ('r', 'f') AND c.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let child = Address.create (tableKind (Cell.text r 0)) address.Schema address.Name
                let parent = Address.create (tableKind (Cell.text r 3)) (Cell.text r 1) (Cell.text r 2)

                let all =
                    Cell.texts r 4
                    |> List.map (fun text ->
                        match text.Split '\t' with
                        | [| schema; name; kind |] -> Address.create (tableKind kind) schema name
                        | _ -> invalidOp "A parent table is printed as schema, name and kind.")

                { Kind = Kind.Inheritance
                  Parent = Some child
                  Facts = Facts.Inheritance(parent, all)
                  AlsoNeeds = [ child; parent ] } }

    let private types: Source =
        { Sql =
            fun _ ->
                $"""
SELECT 'pg_inherits'::regclass::oid, c.oid, -1, n.nspname::text, c.relname::text, '', '', {Piece.none}, {Piece.noGrants}, {Piece.none}, {Piece.noAliases},
       tn.nspname::text, t.typname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = c.reloftype JOIN pg_namespace tn ON tn.oid = t.typnamespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_class" "c.oid"}"""
          Read =
            fun address r ->
                let child = Address.create Kind.Table address.Schema address.Name
                let composite = Address.create Kind.Composite (Cell.text r 0) (Cell.text r 1)

                { Kind = Kind.Inheritance
                  Parent = Some child
                  Facts = Facts.Inheritance(composite, [ composite ])
                  AlsoNeeds = [ child; composite ] } }

    let all =
        [ Asked.whenAny "pg_inherits" parents
          Asked.whenever $"EXISTS (SELECT FROM pg_class WHERE oid >= {Asked.firstOwn} AND reloftype <> 0)" types ]
