namespace SchemaToolkit.Agents

open System
open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// Why a part of a plugin gave no answer.
[<RequireQualifiedAccess>]
type PartFailure =
    | TimedOut of limit: TimeSpan
    | Raised of error: exn

    override this.ToString() =
        match this with
        | TimedOut limit ->
            $"It did not end within {limit.TotalSeconds} s and was told to stop; what it had not committed by then is rolled back."
        | Raised(:? DatabaseException as error) -> error.Message
        | Raised error -> $"{error.GetType().Name}: {error.Message}"

/// Runs a plugin's code so that one that throws or hangs does not take the turn with it.
[<RequireQualifiedAccess>]
module internal Guard =
    /// Only the caller's own cancellation leaves as an exception.
    let run
        (time: TimeProvider)
        (limit: TimeSpan)
        (cancellation: CancellationToken)
        (work: CancellationToken -> Task<'T>)
        : Task<Result<'T, PartFailure>> =
        task {
            cancellation.ThrowIfCancellationRequested()
            use timer = new CancellationTokenSource(limit, time)
            use linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token)
            let token = linked.Token

            try
                // On the pool, so that code that blocks can be left behind as well.
                let! value = Task.Run<'T>((fun () -> work token), token).WaitAsync(token)
                return Ok value
            with error ->
                cancellation.ThrowIfCancellationRequested()

                match error with
                | :? OperationCanceledException when timer.IsCancellationRequested ->
                    return Error(PartFailure.TimedOut limit)
                | _ -> return Error(PartFailure.Raised error)
        }
