namespace SchemaToolkit.Migrating

open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// The ledger's own tables: made when they are missing, and looked at before they are trusted.
[<RequireQualifiedAccess>]
module internal LedgerHome =
    let private unreadable (driver: Driver) reason = Error(MigrationError.LedgerUnreadable(driver.Target, reason))

    let private foreign (driver: Driver) (failure: DatabaseFailure) =
        unreadable
            driver
            $"tables that are not the toolkit's have its names in 'migrations': {failure.Message} ({failure.Code})."

    /// Ours, and not too new to be written.
    let private inspect (driver: Driver) connection ct =
        task {
            match! Ledger.meta driver.Dialect connection ct with
            | Some(_, oldestReader) when oldestReader > Ledger.version ->
                return unreadable driver "a newer toolkit made it, and this one is too old to write to it."
            | Some _ -> return Ok()
            | None -> return unreadable driver "its table 'meta' is empty, so it does not say which version it has."
        }

    let private make (driver: Driver) options connection ct =
        task {
            match! Waiting.transaction driver options connection ct with
            | Error error -> return Error error
            | Ok transaction ->
                use transaction = transaction

                try
                    for statement in driver.LedgerStatements do
                        do! Ado.execute connection statement ct

                    match! inspect driver connection ct with
                    | Ok() ->
                        do! transaction.CommitAsync ct
                        return Ok()
                    | Error error ->
                        do! transaction.RollbackAsync CancellationToken.None
                        return Error error
                with error ->
                    match driver.Dialect.Failure error with
                    | Some failure ->
                        do! transaction.RollbackAsync CancellationToken.None

                        return
                            match failure.Kind with
                            | FailureKind.Forbidden -> Error(MigrationError.LedgerMissing(driver.Target, failure))
                            | _ -> foreign driver failure
                    | None -> return raise error
        }

    /// None: it is missing.
    let private look (driver: Driver) connection ct =
        task {
            let! transaction = driver.BeginRead connection ct
            use transaction = transaction
            let! exists = driver.LedgerExists connection ct

            if not exists then
                return None
            else
                try
                    let! found = inspect driver connection ct
                    return Some found
                with error ->
                    match driver.Dialect.Failure error with
                    | Some failure -> return Some(foreign driver failure)
                    | None -> return raise error
        }

    /// Makes the ledger where it is missing, in a transaction of its own.
    let ensure (driver: Driver) options connection ct : Task<Result<unit, MigrationError>> =
        task {
            match! look driver connection ct with
            | Some result -> return result
            | None -> return! make driver options connection ct
        }

    /// Newest entries by plugin; Error when the tables are not ours.
    let heads (driver: Driver) connection ct =
        task {
            try
                let! found = Ledger.heads driver.Dialect connection ct
                return Ok found
            with error ->
                match driver.Dialect.Failure error with
                | Some failure when failure.Kind = FailureKind.Unavailable -> return raise error
                | Some failure when failure.Kind = FailureKind.Forbidden ->
                    return unreadable driver $"{failure.Message} ({failure.Code}); the role needs SELECT on its tables."
                | Some failure -> return foreign driver failure
                | None -> return raise error
        }
