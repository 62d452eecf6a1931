namespace SchemaToolkit

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks

/// The words for databases. Everything that runs takes the `Database` last.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Database =
    /// A database over a pool of connections; engines offer `connect`.
    let create (dialect: Dialect) (pool: ConnectionPool) (target: string) : Database =
        { Dialect = dialect
          Source = ConnectionSource.Pool pool
          Namespace = Namespace.host
          Scope = AgentScope.NotGiven
          Time = TimeProvider.System
          Target = target
          Cancellation = CancellationToken.None }

    /// Tables without a namespace of their own are found in this one, such as a plugin's.
    let inNamespace (ns: string) (db: Database) : Database = { db with Namespace = ns }

    /// Reads of agent-scoped tables see the rows of this agent alone; writes fill `agent_id` with it.
    let forAgent (agentId: Guid) (db: Database) : Database = { db with Scope = AgentScope.Agent agentId }

    /// Sees the rows of every agent; writes to agent-scoped tables name the agent themselves.
    let forEveryAgent (db: Database) : Database = { db with Scope = AgentScope.Everyone }

    let withTime (time: TimeProvider) (db: Database) : Database = { db with Time = time }

    /// The token ends every statement that is run through the value.
    let withCancellation (cancellation: CancellationToken) (db: Database) : Database =
        { db with Cancellation = cancellation }

    /// Lends the raw connection, for Dapper and the like: the transaction's, or one from the pool.
    let withConnection (body: DbConnection -> Task<'T>) (db: Database) : Task<'T> =
        Run.withConnection db "the raw connection" body

    /// The transaction in progress, when the value is bound to one.
    let currentTransaction (db: Database) : DbTransaction option = Option.ofObj (Run.transaction db)

    /// Forgets what was learned about the server's types; call it after a migration has made new ones.
    let refresh (db: Database) : Task =
        match db.Source with
        | ConnectionSource.Pool pool -> pool.Refresh db.Cancellation
        | ConnectionSource.Transaction _ -> Task.CompletedTask

    /// Runs the body in a transaction and commits; any error rolls back. The body may run several times (see
    /// `RetryPolicy`), so it does nothing but database work. Inside another transaction it is a savepoint.
    let transactionWith (options: TransactionOptions) (body: Database -> Task<'T>) (db: Database) : Task<'T> =
        Transaction.run options db body

    /// `transactionWith` read committed and the standard retries.
    let transaction (body: Database -> Task<'T>) (db: Database) : Task<'T> =
        transactionWith TransactionOptions.standard body db

    /// Runs the body; an error of the data layer becomes a result.
    let tryRun (body: Database -> Task<'T>) (db: Database) : Task<Result<'T, DataError>> =
        task {
            try
                let! value = body db
                return Ok value
            with :? DatabaseException as error ->
                return Error error.Error
        }

    /// Runs a query: `db |> Database.run query`.
    let run (query: Query<'T>) (db: Database) : Task<'T> = Query.run db query

    /// Streams rows into columns of a table by the engine's fastest way, in a transaction: all or nothing. Values are those
    /// of `ColumnType.clrType`, or null. Returns how many; the error names a bad row by its index, from zero.
    let bulkInsert (table: Table) (columns: ColumnHandle list) (rows: seq<objnull array>) (db: Database) : Task<int64> =
        Check.columns table columns
        Bulk.insert table (columns |> List.map _.Definition) rows db

    /// Closes the connections of every value made from the same `connect`.
    let close (db: Database) : Task = (db :> IAsyncDisposable).DisposeAsync().AsTask()
