namespace SchemaToolkit.Migrating

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// One plugin, from its declaration to its ledger row, on a connection that holds the lock.
[<RequireQualifiedAccess>]
module internal PluginMigration =
    /// Deadlocks with programs at work, serialisation failures: the same migration may succeed at once.
    let private attempts = 3

    /// Tables that the judged hazards ask about, under their names before the plan.
    let private questioned (plan: Plan) =
        plan.Findings
        |> List.choose _.Finding.Hazard.Precheck
        |> List.map (fun precheck ->
            match precheck with
            | Precheck.Rows table
            | Precheck.Values(table, _)
            | Precheck.Nulls(table, _)
            | Precheck.Duplicates(table, _, _, _)
            | Precheck.Orphans(table, _)
            | Precheck.Violations(table, _)
            | Precheck.LossyCasts(table, _, _, _)
            | Precheck.FailingCasts(table, _, _, _)
            | Precheck.EnumValues(table, _, _) -> table)
        |> List.distinct

    let private isBlocked (plan: Plan) = not (Plan.blocked plan).IsEmpty || not (Plan.refused plan).IsEmpty

    let private stop error = raise (RunStopped error)

    let private planOnce (driver: Driver) capabilities (options: MigrationOptions) connection known ct =
        task {
            match! Planner.plan driver capabilities options.Policy options.Adopt connection known ct with
            | Ok prepared -> return prepared
            | Error error -> return stop error
        }

    /// Plans, locks the tables that the hazards name, and looks again: the verdict that counts is taken under the locks.
    let private decide (driver: Driver) capabilities (options: MigrationOptions) connection (known: Known) reread ct =
        task {
            let! first = planOnce driver capabilities options connection known ct
            let plugin = first.Plan.Plugin

            match options.Approved.TryFind plugin with
            | Some approved when approved <> first.Plan.Hash ->
                stop (MigrationError.PlanChanged(plugin, approved, first.Plan.Hash))
            | Some _
            | None -> ()

            if isBlocked first.Plan then
                return stop (MigrationError.Blocked first.Plan)
            else
                match driver.LockTables(questioned first.Plan) with
                | [] -> return known, first
                | locks ->
                    for statement in locks do
                        do! Runner.execute driver connection plugin ignore 0 statement ct

                    let! now = reread ()
                    let! again = planOnce driver capabilities options connection now ct

                    if isBlocked again.Plan then
                        return stop (MigrationError.Blocked again.Plan)
                    elif again.Plan.Hash <> first.Plan.Hash then
                        return stop (MigrationError.PlanChanged(plugin, first.Plan.Hash, again.Plan.Hash))
                    else
                        return now, again
        }

    let private carryOut
        (driver: Driver)
        (options: MigrationOptions)
        connection
        (current: DbTransaction ref)
        (known: Known)
        (prepared: Prepared)
        started
        ct
        =
        task {
            let plan = prepared.Plan
            options.Observe(MigrationEvent.Planned plan)

            let checkpoint owned catalog =
                let row = LedgerRow.partial options known prepared started owned catalog
                Ledger.append driver.Dialect connection row ct

            let scope = Standing.namespaces known.Declared
            let! catalog = Runner.run driver connection current scope prepared options.Observe checkpoint ct
            let row = LedgerRow.succeeded options known prepared started catalog
            do! Ledger.append driver.Dialect connection row ct
            do! current.Value.CommitAsync ct

            return
                if plan.IsEmpty then
                    MigrationOutcome.Recorded plan
                else
                    MigrationOutcome.Applied plan
        }

    /// A role that may only read has nothing to remember, and needs nothing else here.
    let private refresh (driver: Driver) capabilities connection (entry: LedgerEntry) (catalog: Catalog) ct =
        task {
            let! _ =
                Ado.attempt driver.Dialect connection ct (fun () ->
                    Ledger.refresh
                        driver.Dialect
                        connection
                        entry.Id
                        (Ledger.capabilities capabilities)
                        catalog.Fingerprint
                        ct)

            return ()
        }

    let private isAttempt (error: MigrationError) =
        match error with
        | MigrationError.OlderThanDatabase _
        | MigrationError.NamespaceTaken _
        | MigrationError.PlanChanged _ -> false
        | MigrationError.InvalidSchema _
        | MigrationError.CannotProject _
        | MigrationError.NotOurs _
        | MigrationError.Blocked _
        | MigrationError.StatementFailed _
        | MigrationError.VerificationFailed _
        | MigrationError.LedgerMissing _
        | MigrationError.LedgerUnreadable _
        | MigrationError.LockTimeout _
        | MigrationError.Unreachable _
        | MigrationError.DependencyFailed _
        | MigrationError.CircularPlugins _ -> true

    let private record
        (driver: Driver)
        options
        connection
        (known: Known)
        planned
        started
        (error: MigrationError)
        : Task =
        task {
            try
                match! Waiting.transaction driver options connection CancellationToken.None with
                | Error _ -> ()
                | Ok transaction ->
                    use transaction = transaction
                    let row = LedgerRow.failed options known planned started error
                    do! Ledger.append driver.Dialect connection row CancellationToken.None
                    do! transaction.CommitAsync CancellationToken.None
            with _ ->
                // The attempt failed anyhow; a ledger that cannot be written must not hide why.
                ()
        }

    /// A transaction that is over already, or whose connection broke, has nothing left to roll back.
    let private rollBack (transaction: DbTransaction) : Task =
        task {
            try
                do! transaction.RollbackAsync CancellationToken.None
            with _ ->
                ()

            do! transaction.DisposeAsync()
        }

    let private explain (driver: Driver) (declared: Schema) (error: exn) =
        match error with
        | RunStopped problem -> Some problem
        | other ->
            driver.Dialect.Failure other
            |> Option.map (fun failure ->
                MigrationError.StatementFailed(declared.Plugin, "(reading the catalog or the ledger)", failure, 0))

    let private isTransient (error: MigrationError) =
        match error with
        | MigrationError.StatementFailed(_, _, failure, 0) -> failure.Transient
        | _ -> false

    /// Inside the transaction. Error leaves it open, for the caller to roll back.
    let private work
        (driver: Driver)
        capabilities
        (options: MigrationOptions)
        connection
        (current: DbTransaction ref)
        declared
        started
        seen
        ct
        =
        task {
            // The first statement of the write transaction: somebody may have been here while we waited for it.
            match! Standing.find driver capabilities connection declared ct with
            | None ->
                do! current.Value.RollbackAsync ct
                return MigrationOutcome.UpToDate
            | Some(Standing.Older(_, [])) ->
                do! current.Value.RollbackAsync ct
                return MigrationOutcome.OlderProgram Standing.olderReason
            | Some(Standing.Older(_, missing)) ->
                return stop (MigrationError.OlderThanDatabase(declared.Plugin, missing))
            | Some(Standing.Open facts) ->
                seen (Some facts, None)
                let reread () = Standing.know driver capabilities connection facts ct
                let! known, prepared = decide driver capabilities options connection facts reread ct
                seen (Some known, Some prepared.Plan)

                match known.Recorded with
                | Some(newest, _, _) when
                    prepared.Plan.IsEmpty
                    && prepared.Adopted.IsEmpty
                    && newest.Outcome <> "partial"
                    && newest.DeclaredHash = Canonical.hash declared
                    ->
                    do! refresh driver capabilities connection newest known.Catalog ct
                    do! current.Value.CommitAsync ct
                    return MigrationOutcome.UpToDate
                | _ -> return! carryOut driver options connection current known prepared started ct
        }

    let private once
        (driver: Driver)
        capabilities
        (options: MigrationOptions)
        connection
        (declared: Schema)
        started
        isLast
        ct
        =
        task {
            match! Waiting.transaction driver options connection ct with
            | Error error -> return MigrationOutcome.Failed error
            | Ok transaction ->
                let current = ref transaction
                let mutable facts = None, None
                let seen found = facts <- found

                try
                    let! outcome = work driver capabilities options connection current declared started seen ct
                    do! current.Value.DisposeAsync()
                    return outcome
                with error ->
                    do! rollBack current.Value

                    match explain driver declared error with
                    | None -> return raise error
                    | Some problem ->
                        match facts with
                        | Some known, planned when isAttempt problem && (isLast || not (isTransient problem)) ->
                            do! record driver options connection known planned started problem
                        | _ -> ()

                        return MigrationOutcome.Failed problem
        }

    /// Never raises for what can go wrong with a migration; the connection is left without a transaction.
    let run (driver: Driver) capabilities (options: MigrationOptions) connection (declared: Schema) ct =
        task {
            let started = options.Time.GetUtcNow()
            let mutable outcome = None

            for attempt in 1..attempts do
                match outcome with
                | Some(MigrationOutcome.Failed problem) when isTransient problem -> outcome <- None
                | _ -> ()

                if outcome.IsNone then
                    let! found = once driver capabilities options connection declared started (attempt = attempts) ct

                    outcome <- Some found

            return Option.get outcome
        }
