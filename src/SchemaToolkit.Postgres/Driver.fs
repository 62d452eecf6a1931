namespace SchemaToolkit

open System.Data
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit.Postgres

/// PostgreSQL 15 and newer, and PGLite, for the migrator.
[<RequireQualifiedAccess>]
module PostgresDriver =
    /// What the last connection found out about the server; rendering of prechecks needs it.
    type private Known = { mutable PGLite: bool; mutable CanAsk: bool; mutable Extensions: Extensions }

    let private applicationName = "SchemaToolkit"

    let private learn (known: Known) (capabilities: Capabilities) =
        known.PGLite <- (capabilities.Flavour = "PGLite")
        known.CanAsk <- Features.has Features.inputIsValid capabilities
        known.Extensions <- Features.extensions capabilities

    /// Unpooled: the lock and the settings belong to the session and must end with it.
    let private unpooled (connectionString: string) =
        let builder = PostgresConnections.parse connectionString
        builder.Pooling <- false
        builder.ApplicationName <- applicationName
        builder.ConnectionString

    /// Nothing is set on the session: PGLite's connections share one, and every transaction sets what it needs.
    let private connect (connectionString: string) (ct: CancellationToken) : Task<DbConnection> =
        task {
            let connection = new NpgsqlConnection(unpooled connectionString)

            try
                do! connection.OpenAsync ct
                return connection :> DbConnection
            with error ->
                do! connection.DisposeAsync()
                return raise error
        }

    let private beginTransaction (connection: DbConnection) (ct: CancellationToken) : Task<DbTransaction> =
        task {
            let npgsql = Session.npgsql connection
            let! transaction = npgsql.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct)
            // UTC, so that a change between timestamp and timestamptz means the same on every machine.
            do! Session.execute npgsql Session.settings ct
            return transaction :> DbTransaction
        }

    /// One snapshot. PGLite mixes the messages of its connections with each other outside transactions, so even a question
    /// is asked inside one; BEGIN travels with the first question.
    let private beginRead (connection: DbConnection) (ct: CancellationToken) : Task<DbTransaction> =
        task {
            let! transaction = (Session.npgsql connection).BeginTransactionAsync(IsolationLevel.RepeatableRead, ct)
            return transaction :> DbTransaction
        }

    let private lockTables (tables: ObjectName list) =
        match tables |> List.distinct |> List.sort with
        | [] -> []
        | sorted ->
            let names = sorted |> List.map Quote.object |> String.concat ", "
            [ $"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE" ]

    /// A driver for the server behind a connection string. The server's flavour and version are asked for, never guessed
    /// from the string.
    let create (connectionString: string) : Driver =
        let known =
            { PGLite = false
              CanAsk = false
              Extensions = { VectorSchema = Namespace.host; TrigramSchema = Namespace.host } }

        { Dialect = PostgresDialect.forServer ()
          Target = PostgresConnections.target connectionString
          Connect = connect connectionString
          ConnectToRead = connect connectionString
          Probe =
            fun connection ct ->
                task {
                    let! capabilities = Probe.capabilities (Session.npgsql connection) ct
                    learn known capabilities
                    return capabilities
                }
          Glance =
            fun connection groups ct ->
                task {
                    let! glance = Probe.glance (Session.npgsql connection) groups ct
                    learn known glance.Capabilities
                    return glance
                }
          TryLock =
            fun connection ct ->
                if known.PGLite then
                    Task.FromResult(Ok())
                else
                    MigrationLock.tryTake (Session.npgsql connection) ct
          Unlock =
            fun connection ->
                if known.PGLite then
                    Task.CompletedTask
                else
                    MigrationLock.release (Session.npgsql connection)
          Begin = beginTransaction
          BeginRead = beginRead
          LedgerStatements = LedgerTables.statements
          LedgerExists = fun connection ct -> Session.scalar<bool> (Session.npgsql connection) LedgerTables.exists [] ct
          ReadCatalog = fun connection namespaces ct -> CatalogReader.read (Session.npgsql connection) namespaces ct
          Fingerprint =
            fun connection namespaces ct -> CatalogReader.fingerprint (Session.npgsql connection) namespaces ct
          Canonicalise =
            fun connection schema ct -> Canonicalise.texts (Session.npgsql connection) known.Extensions schema ct
          Project = Project.schema
          Lower = fun capabilities catalog target steps -> Lower.steps capabilities catalog.Schema target steps
          Assess = fun capabilities catalog steps -> Assess.steps capabilities catalog.Schema steps
          RenderPrecheck = fun precheck -> Prechecks.render known.CanAsk known.Extensions precheck
          LockTables = lockTables
          CommitChecks = [] }
