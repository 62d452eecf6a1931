namespace SchemaToolkit.Postgres

open System.Threading
open System.Threading.Tasks
open Npgsql

/// One advisory lock of the session for all migrations of a database.
[<RequireQualifiedAccess>]
module internal MigrationLock =
    /// "SchmTool" as a big-endian number. One constant, for ever.
    let key = 0x5363686D546F6F6CL

    let private holder =
        """
SELECT format('process %s (%s) has held the migration lock since %s', l.pid,
              coalesce(nullif(a.application_name, ''), 'no application name'),
              coalesce(to_char(coalesce(a.xact_start, a.query_start, a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), 'an unknown time'))
FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND l.classid::bigint = $1 AND l.objid::bigint = $2
LIMIT 1"""

    /// The two halves of the key, as pg_locks shows them.
    let private halves: obj list = [ key >>> 32 :> obj; (key &&& 0xFFFFFFFFL) :> obj ]

    let tryTake (connection: NpgsqlConnection) (ct: CancellationToken) : Task<Result<unit, string>> =
        task {
            let! taken = Session.scalar<bool> connection $"SELECT pg_try_advisory_lock({key})" [] ct

            if taken then
                return Ok()
            else
                let! found = Session.rows connection holder halves (Field.text 0) ct

                return
                    Error(
                        match found with
                        | text :: _ -> text
                        | [] -> "another process held the migration lock and let it go just now"
                    )
        }

    let release (connection: NpgsqlConnection) : Task =
        task {
            let! _ = Session.scalar<bool> connection $"SELECT pg_advisory_unlock({key})" [] CancellationToken.None
            return ()
        }
