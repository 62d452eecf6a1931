namespace SchemaToolkit.Migrating

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// Waiting for other programs, within the limit that the options set.
[<RequireQualifiedAccess>]
module internal Waiting =
    let private pause (options: MigrationOptions) (ct: CancellationToken) =
        Task.Delay(TimeSpan.FromMilliseconds(50.0 + 100.0 * Random.Shared.NextDouble()), options.Time, ct)

    /// Tries until it succeeds or the limit is reached. Error says who is in the way.
    let until (driver: Driver) (options: MigrationOptions) ct (attempt: unit -> Task<Result<'a, string>>) =
        task {
            let started = options.Time.GetTimestamp()
            let mutable result = None

            while result.IsNone do
                match! attempt () with
                | Ok value -> result <- Some(Ok value)
                | Error holder when options.Time.GetElapsedTime started >= options.LockTimeout ->
                    result <- Some(Error(MigrationError.LockTimeout(driver.Target, holder)))
                | Error holder ->
                    options.Observe(MigrationEvent.Waiting holder)
                    do! pause options ct

            return Option.get result
        }

    /// The lock of the whole start. Polls: a session that blocks on it could deadlock with CREATE INDEX CONCURRENTLY.
    let lock (driver: Driver) options connection ct = until driver options ct (fun () -> driver.TryLock connection ct)

    /// The write transaction; where it is the lock, another program may be in it.
    let transaction
        (driver: Driver)
        options
        (connection: DbConnection)
        ct
        : Task<Result<DbTransaction, MigrationError>> =
        until driver options ct (fun () ->
            task {
                try
                    let! transaction = driver.Begin connection ct
                    return Ok transaction
                with error ->
                    match driver.Dialect.Failure error with
                    | Some failure when failure.Transient ->
                        return Error $"Another program is writing to it: {failure.Message} ({failure.Code})."
                    | Some _
                    | None -> return raise error
            })
