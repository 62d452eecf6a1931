namespace SchemaToolkit.PostgresObjects

open System
open System.Data
open System.Threading
open System.Threading.Tasks
open Npgsql

/// The catalog would not stand still.
[<Sealed>]
type CatalogMovedException(attempts: int, cause: exn | null) =
    inherit
        Exception(
            $"Somebody kept changing the database's objects while they were read ({attempts} attempts). Nothing was changed by this command; run it again when no migration is in progress.",
            cause
        )

/// Reading a database that others may be changing. `pg_get_viewdef` and its like look past the snapshot that the queries see,
/// so what was read counts only if nothing moved meanwhile.
[<RequireQualifiedAccess>]
module Steady =
    let private attempts = 6
    let private firstPause = TimeSpan.FromMilliseconds 100.0

    /// Tables of a session's own come and go all the time and are nobody's schema.
    let private ofRelations =
        [ "pg_attribute", "attrelid"
          "pg_attrdef", "adrelid"
          "pg_index", "indexrelid"
          "pg_trigger", "tgrelid"
          "pg_rewrite", "ev_class"
          "pg_policy", "polrelid"
          "pg_inherits", "inhrelid"
          "pg_constraint", "conrelid"
          "pg_sequence", "seqrelid"
          "pg_foreign_table", "ftrelid"
          "pg_partitioned_table", "partrelid" ]

    let private ofNamespaces = [ "pg_class", "relnamespace"; "pg_type", "typnamespace" ]

    let private whole =
        [ "pg_namespace"
          "pg_proc"
          "pg_aggregate"
          "pg_enum"
          "pg_range"
          "pg_operator"
          "pg_opclass"
          "pg_opfamily"
          "pg_cast"
          "pg_conversion"
          "pg_collation"
          "pg_extension"
          "pg_event_trigger"
          "pg_foreign_server"
          "pg_foreign_data_wrapper"
          "pg_publication"
          "pg_publication_rel"
          "pg_publication_namespace"
          "pg_language"
          "pg_transform"
          "pg_am"
          "pg_amop"
          "pg_amproc"
          "pg_statistic_ext"
          "pg_description"
          "pg_default_acl"
          "pg_ts_config"
          "pg_ts_dict" ]

    /// How many rows each catalog has, and which transactions wrote them.
    let private fingerprintSql =
        let one catalog condition = $"SELECT count(*) AS n, sum(t.xmin::text::bigint) AS x FROM {catalog} t{condition}"

        [ for catalog, column in ofRelations do
              one
                  catalog
                  $" WHERE t.{column} NOT IN (SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relpersistence = 't')"
          for catalog, column in ofNamespaces do
              one
                  catalog
                  $" WHERE t.{column} NOT IN (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname ~ '^pg_(toast_)?temp_')"
          for catalog in whole do
              one
                  catalog
                  (if catalog = "pg_namespace" then
                       " WHERE t.nspname !~ '^pg_(toast_)?temp_'"
                   else
                       "") ]
        |> List.mapi (fun i sql -> $"(SELECT n || ':' || coalesce(x, 0) FROM ({sql}) s{i})")
        |> String.concat ", "
        |> fun items -> $"SELECT concat_ws(' ', {items})"

    let private ask (connection: NpgsqlConnection) (sql: string) (ct: CancellationToken) : Task<string> =
        task {
            use command = new NpgsqlCommand(sql, connection)
            let! found = command.ExecuteScalarAsync ct
            return string found
        }

    let private fingerprint (connection: NpgsqlConnection) (ct: CancellationToken) : Task<string> =
        ask connection fingerprintSql ct

    /// What becomes of a text whose object went while it was asked for: NULL, or an error of the server's own.
    let private isMovement (error: exn) =
        match error with
        | :? InvalidCastException -> true
        | :? PostgresException as refused ->
            refused.SqlState = PostgresErrorCodes.InternalError
            || refused.SqlState.StartsWith("42", StringComparison.Ordinal)
        | _ -> false

    /// The driver gives a connection up when a row cannot be read.
    let private reopen (connection: NpgsqlConnection) (ct: CancellationToken) =
        task {
            if connection.State <> ConnectionState.Open then
                do! connection.CloseAsync()
                do! connection.OpenAsync ct
        }

    /// The fingerprint of the snapshot that is read, and what was read.
    let private once (connection: NpgsqlConnection) (ct: CancellationToken) =
        task {
            use! transaction = connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct)
            let! before = fingerprint connection ct

            try
                let! database = Snapshot.readIn connection ct
                do! transaction.RollbackAsync ct
                return before, Ok database
            with error when isMovement error ->
                return before, Error error
        }

    let rec private attempt (connection: NpgsqlConnection) (left: int) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            let! before, read = once connection ct
            do! reopen connection ct
            let! after = fingerprint connection ct

            match read with
            | Ok database when before = after -> return database
            | Error error when before = after ->
                // Nothing moved: the error is what it says.
                return raise error
            | Ok _ when left <= 1 -> return raise (CatalogMovedException(attempts, null))
            | Error error when left <= 1 -> return raise (CatalogMovedException(attempts, error))
            | Ok _
            | Error _ ->
                do! Task.Delay(firstPause * float (1 <<< (attempts - left)), ct)
                return! attempt connection (left - 1) ct
        }

    /// Where nobody wrote anything meanwhile, not even rows, nothing can have moved: no need to look at the catalogs themselves.
    let private undisturbed (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase option> =
        task {
            try
                use! transaction = connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct)
                let! database, before = Snapshot.readMoment connection ct
                do! transaction.RollbackAsync ct
                let! after = ask connection $"SELECT {Rows.moment}" ct
                return if before = Some after then Some database else None
            with error when isMovement error ->
                return None
        }

    /// As `Snapshot.read'`, again when the catalog moved, a few times.
    /// Raises `CatalogMovedException` when it never stands still.
    let read (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            match! undisturbed connection ct with
            | Some database -> return database
            | None ->
                do! reopen connection ct
                return! attempt connection attempts ct
        }
