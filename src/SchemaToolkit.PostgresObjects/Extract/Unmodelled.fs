namespace SchemaToolkit.PostgresObjects

/// Objects of kinds that are not compared: found, so that they can be reported and are never passed over in silence.
[<RequireQualifiedAccess>]
module internal Unmodelled =
    /// Whether there may be any.
    let condition =
        $"EXISTS (SELECT FROM pg_type WHERE oid >= {Asked.firstOwn} AND typtype = 'b' AND typelem = 0) OR EXISTS (SELECT FROM pg_subscription) OR EXISTS (SELECT FROM pg_seclabel)"

    /// One column of text: what there is, in words.
    let sql =
        $"""
SELECT format('base type %%I.%%I', n.nspname, t.typname) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'b' AND t.typelem = 0 AND {Piece.ownSchema "n"} AND {Piece.notInExtension "pg_type" "t.oid"}
UNION ALL
SELECT format('subscription %%I', s.subname) FROM pg_subscription s JOIN pg_database b ON b.oid = s.subdbid WHERE b.datname = current_database()
UNION ALL
SELECT format('security label of %%s by %%I', pg_describe_object(l.classoid, l.objoid, l.objsubid), l.provider) FROM pg_seclabel l
ORDER BY 1"""
