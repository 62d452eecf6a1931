namespace SchemaToolkit.Migrating

open System
open System.Data.Common
open System.Globalization
open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// One plugin, from its declaration to its ledger row, on a connection that holds the lock.
[<RequireQualifiedAccess>]
module internal PluginMigration =
    let namespaces (schema: Schema) =
        schema.Namespace
        :: [ for table in schema.Tables do
                 table.Name.Namespace
             for enum in schema.Enums do
                 enum.Name.Namespace ]
        |> List.distinct

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

    let private parse (entry: LedgerEntry) target =
        match Canonical.parse entry.Projected with
        | Ok schema -> entry, schema, RenditionJson.read entry.Renditions
        | Error errors ->
            stop (MigrationError.LedgerUnreadable(target, $"entry {entry.Id}: {String.Join(' ', errors)}"))

    /// What is on record, projected and live, read inside the transaction in progress.
    let know (driver: Driver) capabilities connection (declared: Schema) (history: LedgerEntry list) ct : Task<Known> =
        task {
            let! catalog = driver.ReadCatalog connection (namespaces declared) ct
            let newest = history |> List.filter _.Succeeded |> List.tryLast

            return
                { Declared = declared
                  Projected = driver.Project capabilities declared
                  Recorded = newest |> Option.map (fun entry -> parse entry driver.Target)
                  Catalog = catalog }
        }

    /// True when the declaration is one that this database has already left behind.
    let private isOlder (declared: Schema) (hash: string) (history: LedgerEntry list) =
        match history |> List.filter _.Succeeded |> List.rev with
        | [] -> false
        | newest :: earlier ->
            newest.DeclaredHash <> hash
            && match declared.Version, newest.Version with
               | Some mine, Some theirs when mine <> theirs -> mine < theirs
               | _ -> earlier |> List.exists (fun e -> e.DeclaredHash = hash)

    let private entry (options: MigrationOptions) (known: Known) (started: DateTimeOffset) : LedgerEntry =
        { Id = 0L
          Plugin = known.Declared.Plugin
          Namespace = known.Declared.Namespace
          Outcome = ""
          DeclaredHash = Canonical.hash known.Declared
          ProjectedHash = Canonical.hash known.Projected.Schema
          Version = known.Declared.Version
          Declared = Canonical.serialize known.Declared
          Projected = Canonical.serialize known.Projected.Schema
          Renditions = "[]"
          Capabilities = ""
          Steps = "[]"
          Statements = "[]"
          Hazards = "[]"
          Consent = "[]"
          Fingerprint = ""
          StartedAt = started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
          DurationMs = int64 (options.Time.GetUtcNow() - started).TotalMilliseconds
          Error = None
          ErrorCode = None
          ToolVersion = Ledger.toolVersion }

    let private withPlan (plan: Plan) (e: LedgerEntry) =
        let judged keep =
            plan.Findings
            |> List.filter (fun f -> keep f.Judgement)
            |> List.map Plan.describeFinding
            |> Ledger.texts

        { e with
            Capabilities = Ledger.capabilities plan.Engine
            Steps = plan.Steps |> List.map Describe.step |> Ledger.texts
            Statements = Plan.statements plan |> Ledger.texts
            Hazards = judged (fun j -> j <> Judgement.Informed)
            Consent = judged (fun j -> j = Judgement.Consented) }

    /// Plans, locks the tables that the hazards name, and asks their rows again: the verdict that counts.
    let private decide (driver: Driver) capabilities (options: MigrationOptions) connection known ct : Task<Prepared> =
        task {
            let once () =
                task {
                    match! Planner.plan driver capabilities options.Policy options.Adopt connection known ct with
                    | Ok prepared -> return prepared
                    | Error error -> return stop error
                }

            let! first = once ()
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
                | [] -> return first
                | locks ->
                    for statement in locks do
                        do! Ado.execute connection statement ct

                    let! again = once ()

                    if isBlocked again.Plan then
                        return stop (MigrationError.Blocked again.Plan)
                    else
                        return again
        }

    let private carryOut
        (driver: Driver)
        options
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
            let scope = namespaces known.Declared
            let! catalog = Runner.run driver connection current scope prepared options.Observe ct
            let ours = Texts.all prepared.Projected

            let renditions = Texts.renditions catalog.Schema |> Map.filter (fun slot _ -> ours.ContainsKey slot)

            let row =
                { (entry options known started |> withPlan plan) with
                    Outcome = (if plan.IsEmpty then "recorded" else "applied")
                    Renditions = RenditionJson.write renditions
                    Fingerprint = catalog.Fingerprint }

            do! Ledger.append driver.Dialect connection row ct
            do! current.Value.CommitAsync ct

            return
                if plan.IsEmpty then
                    MigrationOutcome.Recorded plan
                else
                    MigrationOutcome.Applied plan
        }

    let private recordFailure
        (driver: Driver)
        options
        connection
        (known: Known)
        (plan: Plan option)
        started
        (error: MigrationError)
        =
        task {
            try
                use! transaction = driver.Begin connection CancellationToken.None

                let failureCode =
                    match error with
                    | MigrationError.StatementFailed(_, _, failure) -> failure.Code
                    | other -> MigrationError.code other

                let row = entry options known started

                let row =
                    { (match plan with
                       | Some plan -> withPlan plan row
                       | None -> row) with
                        Outcome = "failed"
                        Error = Some(MigrationError.describe error)
                        ErrorCode = Some failureCode }

                do! Ledger.append driver.Dialect connection row CancellationToken.None
                do! transaction.CommitAsync CancellationToken.None
            with _ ->
                // The attempt failed anyhow; a ledger that cannot be written must not hide why.
                ()
        }

    let private checkOwner (driver: Driver) connection (declared: Schema) ct : Task =
        task {
            let! owners = Ledger.owners driver.Dialect connection ct

            for ns, owner in owners do
                if ns = declared.Namespace && owner <> declared.Plugin then
                    stop (MigrationError.NamespaceTaken(declared.Plugin, ns, owner))
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

    /// A transaction that is over already, or whose connection broke, has nothing left to roll back.
    let private rollBack (transaction: DbTransaction) : Task =
        task {
            try
                do! transaction.RollbackAsync CancellationToken.None
            with _ ->
                ()
        }

    let private older (known: Known) =
        match Compatibility.missing known.Projected.Schema known.Catalog.Schema with
        | [] ->
            MigrationOutcome.OlderProgram
                "this program is older than the database, which a newer version has migrated; nothing was changed, and everything it declares is there"
        | missing -> stop (MigrationError.OlderThanDatabase(known.Declared.Plugin, missing))

    /// Never raises for what can go wrong with a migration; the connection is left without a transaction.
    let run (driver: Driver) capabilities (options: MigrationOptions) connection (declared: Schema) ct =
        task {
            let started = options.Time.GetUtcNow()
            let hash = Canonical.hash declared
            let! transaction = driver.Begin connection ct
            let current = ref transaction
            let mutable known = None
            let mutable planned = None

            try
                // The first statement of the write transaction: somebody may have been here while we waited for it.
                let! history = Ledger.ofPlugin driver.Dialect connection declared.Plugin ct
                do! checkOwner driver connection declared ct
                let! facts = know driver capabilities connection declared history ct
                known <- Some facts

                if isOlder declared hash history then
                    let outcome = older facts
                    do! transaction.RollbackAsync ct
                    return outcome
                else
                    let! prepared = decide driver capabilities options connection facts ct
                    planned <- Some prepared.Plan

                    match facts.Recorded with
                    | Some(newest, _, _) when prepared.Plan.IsEmpty && newest.DeclaredHash = hash ->
                        do! Ledger.refresh driver.Dialect connection newest.Id facts.Catalog.Fingerprint ct
                        do! transaction.CommitAsync ct
                        return MigrationOutcome.UpToDate
                    | _ -> return! carryOut driver options connection current facts prepared started ct
            with error ->
                let problem =
                    match error with
                    | RunStopped problem -> Some problem
                    | other ->
                        driver.Dialect.Failure other
                        |> Option.map (fun failure ->
                            MigrationError.StatementFailed(
                                declared.Plugin,
                                "(reading the catalog or the ledger)",
                                failure
                            ))

                do! rollBack current.Value

                match problem with
                | None -> return raise error
                | Some problem ->
                    match known with
                    // An older program and a foreign namespace are not attempts: nothing of theirs is recorded.
                    | Some _ when not (isAttempt problem) -> ()
                    | Some facts -> do! recordFailure driver options connection facts planned started problem
                    | None -> ()

                    return MigrationOutcome.Failed problem
        }
