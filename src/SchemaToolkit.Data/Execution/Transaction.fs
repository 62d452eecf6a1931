namespace SchemaToolkit

open System
open System.Threading.Tasks

/// How often and after which pauses a transaction is run again that the engine could not serialise, that lost a deadlock,
/// or that met a busy database. Pauses double and are jittered: each is a random part of its bound.
type RetryPolicy =
    {
        /// Runs in all, the first included.
        Attempts: int
        FirstPause: TimeSpan
        LongestPause: TimeSpan
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module RetryPolicy =
    /// Eight runs; pauses of at most 20 ms, 40 ms … 1 s.
    let standard =
        { Attempts = 8
          FirstPause = TimeSpan.FromMilliseconds 20.0
          LongestPause = TimeSpan.FromSeconds 1.0 }

    let never = { standard with Attempts = 1 }

    /// The bound of the pause after the given run, counted from one.
    let bound (policy: RetryPolicy) (run: int) =
        let doubled = policy.FirstPause.TotalMilliseconds * Math.Pow(2.0, float (run - 1))
        TimeSpan.FromMilliseconds(min doubled policy.LongestPause.TotalMilliseconds)

    let internal pause (policy: RetryPolicy) (run: int) =
        let limit = bound policy run
        // Never less than a quarter: two that collide at once must not meet again at once.
        limit * (0.25 + 0.75 * Random.Shared.NextDouble())

/// How a transaction is run.
type TransactionOptions =
    {
        /// An engine that knows only stronger isolation gives that: SQLite is always serialisable.
        Isolation: Data.IsolationLevel
        Retry: RetryPolicy
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module TransactionOptions =
    /// Read committed, as PostgreSQL's own default, with the standard retries.
    let standard = { Isolation = Data.IsolationLevel.ReadCommitted; Retry = RetryPolicy.standard }

    let serializable = { standard with Isolation = Data.IsolationLevel.Serializable }
    let repeatableRead = { standard with Isolation = Data.IsolationLevel.RepeatableRead }
    let retry (policy: RetryPolicy) (options: TransactionOptions) = { options with Retry = policy }

/// Transactions and savepoints over a database value.
[<RequireQualifiedAccess>]
module internal Transaction =
    /// Rolls back; a connection that is gone has rolled back already, and the first error is the one to tell.
    let private undo (rollback: unit -> Task) =
        task {
            try
                do! rollback ()
            with _ ->
                ()
        }

    let private savepoint (db: Database) (session: TransactionSession) (body: Database -> Task<'T>) =
        task {
            session.Savepoints <- session.Savepoints + 1
            let name = $"st_{session.Savepoints}"
            let transaction = session.Transaction
            do! transaction.SaveAsync(name, db.Cancellation)

            try
                let! result = body db
                do! transaction.ReleaseAsync(name, db.Cancellation)
                return result
            with error ->
                do! undo (fun () -> transaction.RollbackAsync name)
                return raise (Rethrown.keep error)
        }

    let private once (options: TransactionOptions) (db: Database) (body: Database -> Task<'T>) =
        Run.withConnection db "transaction" (fun connection ->
            task {
                let! transaction = db.Dialect.Begin connection options.Isolation db.Cancellation
                use transaction = transaction
                let session = TransactionSession(connection, transaction)

                try
                    let! result = body { db with Source = ConnectionSource.Transaction session }
                    // A commit that is cut off may or may not have happened, so the token ends here.
                    db.Cancellation.ThrowIfCancellationRequested()
                    do! transaction.CommitAsync()
                    return result
                with error ->
                    do! undo (fun () -> transaction.RollbackAsync())
                    return raise (Rethrown.keep error)
            })

    let private again (error: exn) =
        match error with
        | :? DatabaseException as data -> data.IsTransient
        | _ -> false

    /// A transaction from the pool, run again as the policy says; inside another one a savepoint, run once.
    let run (options: TransactionOptions) (db: Database) (body: Database -> Task<'T>) : Task<'T> =
        match db.Source with
        | ConnectionSource.Transaction session -> savepoint db session body
        | ConnectionSource.Pool _ ->
            task {
                let mutable result = None
                let mutable attempt = 1

                while result.IsNone do
                    try
                        let! value = once options db body
                        result <- Some value
                    with error when again error && attempt < options.Retry.Attempts ->
                        do! Task.Delay(RetryPolicy.pause options.Retry attempt, db.Time, db.Cancellation)
                        attempt <- attempt + 1

                return result.Value
            }
