namespace SchemaToolkit.PostgresObjects

/// Objects of kinds that are not compared: found, so that they can be reported and are never passed over in silence.
[<RequireQualifiedAccess>]
module internal Unmodelled =
    /// Whether there may be any.
    let condition =
        $"EXISTS (SELECT oid FROM pg_subscription) AND NOT {ReplicationSources.mayConnect} OR EXISTS (SELECT FROM pg_seclabel)"

    /// One column of text: what there is, in words.
    let sql =
        $"""
SELECT format('subscription %%I, whose connection only a superuser may read', s.subname) FROM pg_subscription s JOIN pg_database b ON b.oid = s.subdbid WHERE b.datname = current_database() AND NOT {ReplicationSources.mayConnect}
UNION ALL
SELECT format('security label of %%s by %%I', pg_describe_object(l.classoid, l.objoid, l.objsubid), l.provider) FROM pg_seclabel l
ORDER BY 1"""
