namespace SchemaToolkit

open System
open System.Data
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Microsoft.Data.Sqlite

/// SQLite for the migrator.
[<RequireQualifiedAccess>]
module SqliteDriver =
    let private connect (connectionString: string) (cancellation: CancellationToken) : Task<DbConnection> =
        task {
            let! connection = SqliteConnections.openUnpooled false connectionString cancellation
            SqliteCast.register connection
            return connection :> DbConnection
        }

    /// Where there is no file yet there is nothing to read, and none is made: an empty database stands in for it.
    let private connectToRead (connectionString: string) (cancellation: CancellationToken) : Task<DbConnection> =
        task {
            let! connection = SqliteConnections.openToRead connectionString cancellation
            SqliteCast.register connection
            return connection :> DbConnection
        }

    let private sqlite (connection: DbConnection) : SqliteConnection =
        match connection with
        | :? SqliteConnection as found -> found
        | other -> invalidArg "connection" $"A SQLite connection was expected, not {other.GetType().Name}."

    let private execute (connection: DbConnection) (sql: string) (cancellation: CancellationToken) : Task =
        task {
            use command = connection.CreateCommand()
            command.CommandText <- sql
            let! _ = command.ExecuteNonQueryAsync cancellation
            return ()
        }

    let private scalar (connection: DbConnection) (sql: string) (cancellation: CancellationToken) : Task<int64> =
        task {
            use command = connection.CreateCommand()
            command.CommandText <- sql
            let! found = command.ExecuteScalarAsync cancellation
            return Convert.ToInt64 found
        }

    /// BEGIN IMMEDIATE: the write transaction is the lock. Foreign keys must be off by now, since within a transaction
    /// the pragma does nothing and a rebuild would delete the children. How long a start waits altogether is the
    /// migrator's affair; one attempt is as patient as any statement.
    let private beginImmediate (connection: DbConnection) (cancellation: CancellationToken) : Task<DbTransaction> =
        task {
            do! execute connection "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = OFF" cancellation
            return (sqlite connection).BeginTransaction(IsolationLevel.Serializable, deferred = false) :> DbTransaction
        }

    let private beginDeferred (connection: DbConnection) (_: CancellationToken) : Task<DbTransaction> =
        task {
            return (sqlite connection).BeginTransaction(IsolationLevel.Serializable, deferred = true) :> DbTransaction
        }

    let private ledger =
        [ "CREATE TABLE IF NOT EXISTS migrations__meta (\n"
          + "  ledger_version INTEGER NOT NULL,\n  min_reader INTEGER NOT NULL\n) STRICT"
          "CREATE TABLE IF NOT EXISTS migrations__entry (\n"
          + "  id INTEGER PRIMARY KEY AUTOINCREMENT,\n  plugin TEXT NOT NULL,\n  namespace TEXT NOT NULL,\n"
          + "  outcome TEXT NOT NULL,\n  declared_hash TEXT NOT NULL,\n  projected_hash TEXT NOT NULL,\n"
          + "  schema_version INTEGER,\n  declared TEXT NOT NULL,\n  projected TEXT NOT NULL,\n"
          + "  renditions TEXT NOT NULL,\n  capabilities TEXT NOT NULL,\n  steps TEXT NOT NULL,\n"
          + "  statements TEXT NOT NULL,\n  hazards TEXT NOT NULL,\n  consent TEXT NOT NULL,\n"
          + "  fingerprint TEXT NOT NULL,\n  started_at TEXT NOT NULL,\n  duration_ms INTEGER NOT NULL,\n"
          + "  error TEXT,\n  error_code TEXT,\n  tool_version TEXT NOT NULL\n) STRICT"
          "INSERT INTO migrations__meta (ledger_version, min_reader) "
          + "SELECT 1, 1 WHERE NOT EXISTS (SELECT 1 FROM migrations__meta)" ]

    let private ledgerExists (connection: DbConnection) (cancellation: CancellationToken) : Task<bool> =
        task {
            let! found =
                scalar
                    connection
                    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('migrations__meta', 'migrations__entry')"
                    cancellation

            return found = 2L
        }

    let private glance (connection: DbConnection) (groups: string list list) (cancellation: CancellationToken) =
        task {
            let! capabilities = SqliteProbe.probe connection cancellation
            let! exists = ledgerExists connection cancellation
            let fingerprints = ResizeArray<string>()

            for namespaces in groups do
                let! found = SqliteCatalog.fingerprint connection namespaces cancellation
                fingerprints.Add found

            return
                { Capabilities = capabilities
                  LedgerExists = exists
                  Fingerprints = List.ofSeq fingerprints }
        }

    /// A driver for the file that a connection string or a path names.
    let create (connectionString: string) : Driver =
        { Dialect = SqliteDialect.instance
          Target = SqliteConnections.target connectionString
          Connect = connect connectionString
          ConnectToRead = connectToRead connectionString
          Probe = SqliteProbe.probe
          Glance = glance
          TryLock = fun _ _ -> Task.FromResult(Ok())
          Unlock = fun _ -> Task.CompletedTask
          Begin = beginImmediate
          BeginRead = beginDeferred
          LedgerStatements = ledger
          LedgerExists = ledgerExists
          ReadCatalog = SqliteCatalog.read
          Fingerprint = SqliteCatalog.fingerprint
          Canonicalise = fun _ schema _ -> Task.FromResult(SqliteCatalog.renditions schema)
          Project = SqliteProject.project
          Lower = SqliteLower.lower
          Assess = SqliteAssess.ofSteps
          RenderPrecheck = SqlitePrechecks.render
          LockTables = fun _ -> []
          CommitChecks =
            [ "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check",
              "a row (table, rowid) refers to a row of the parent that is not there" ] }
