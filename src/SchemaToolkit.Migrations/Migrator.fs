namespace SchemaToolkit

open System
open System.Collections.Concurrent
open System.Data
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open SchemaToolkit.Migrating

/// Brings a database to what the plugins declare: one lock for the whole start, one transaction and one ledger row for
/// each plugin, in the order of their references.
[<RequireQualifiedAccess>]
module Migrator =
    /// Starts of one process on one database wait for each other here; the engine's lock is for other processes.
    let private gates = ConcurrentDictionary<string, SemaphoreSlim>()

    let private namespaceOf (schemas: Schema list) = schemas |> List.map (fun s -> s.Namespace, s.Plugin) |> Map.ofList

    /// The plugins whose tables this one references.
    let private references (owners: Map<string, string>) (schema: Schema) =
        [ for table in schema.Tables do
              for key in table.ForeignKeys do
                  match owners.TryFind key.Target.Namespace with
                  | Some plugin when plugin <> schema.Plugin -> plugin
                  | Some _
                  | None -> () ]
        |> List.distinct

    let rec private order owners (placed: Schema list) (waiting: Schema list) : Result<Schema list, string list> =
        if waiting.IsEmpty then
            Ok placed
        else
            let done' = placed |> List.map _.Plugin |> Set.ofList

            match waiting |> List.tryFind (references owners >> List.forall done'.Contains) with
            | Some next -> order owners (placed @ [ next ]) (waiting |> List.filter (fun s -> s.Plugin <> next.Plugin))
            | None -> Error(waiting |> List.map _.Plugin)

    let private report (driver: Driver) outcomes : MigrationReport = { Target = driver.Target; Outcomes = outcomes }

    /// The same error for every plugin: none was tried.
    let private failAll (driver: Driver) (schemas: Schema list) error : Result<MigrationReport, MigrationFailure> =
        let outcome (s: Schema) : PluginOutcome =
            { Plugin = s.Plugin
              Namespace = s.Namespace
              Outcome = MigrationOutcome.Failed error }

        Error { Report = report driver (List.map outcome schemas) }

    let private failure (driver: Driver) (error: exn) = driver.Dialect.Failure error

    /// Every declared hash, capability and fingerprint as it was: nothing to do, nothing to lock. SELECT only.
    let private isCurrent (driver: Driver) capabilities connection (schemas: Schema list) ct =
        task {
            let! exists = driver.LedgerExists connection ct

            if not exists then
                return false
            else
                let! heads = Ledger.heads driver.Dialect connection ct
                let mutable current = true

                for schema in schemas do
                    match heads.TryFind schema.Plugin with
                    | Some(_, hash, features, fingerprint) when
                        current && hash = Canonical.hash schema && features = Ledger.capabilities capabilities
                        ->
                        let! now = driver.Fingerprint connection (PluginMigration.namespaces schema) ct
                        current <- (now = fingerprint)
                    | Some _
                    | None -> current <- false

                return current
        }

    let private createLedger (driver: Driver) connection ct =
        task {
            let! exists = driver.LedgerExists connection ct

            if not exists then
                let! transaction = driver.Begin connection ct

                try
                    for statement in driver.LedgerStatements do
                        do! Ado.execute connection statement ct

                    do! transaction.CommitAsync ct
                    return Ok()
                with error ->
                    match failure driver error with
                    | Some failed ->
                        do! transaction.RollbackAsync CancellationToken.None
                        return Error(MigrationError.LedgerMissing(driver.Target, failed))
                    | None -> return raise error
            else
                try
                    match! Ledger.meta driver.Dialect connection ct with
                    | Some(_, oldestReader) when oldestReader > Ledger.version ->
                        return
                            Error(
                                MigrationError.LedgerUnreadable(
                                    driver.Target,
                                    "a newer toolkit made it, and this one is too old to write to it."
                                )
                            )
                    | Some _
                    | None -> return Ok()
                with error ->
                    match failure driver error with
                    | Some failed ->
                        return
                            Error(MigrationError.LedgerUnreadable(driver.Target, $"{failed.Message} ({failed.Code})."))
                    | None -> return raise error
        }

    /// Polls: a session that blocks on the lock could deadlock with CREATE INDEX CONCURRENTLY.
    let private lock (driver: Driver) (options: MigrationOptions) connection ct =
        task {
            let started = options.Time.GetTimestamp()
            let mutable result = None

            while result.IsNone do
                match! driver.TryLock connection ct with
                | Ok() -> result <- Some(Ok())
                | Error holder when options.Time.GetElapsedTime started > options.LockTimeout ->
                    result <- Some(Error(MigrationError.LockTimeout(driver.Target, holder)))
                | Error holder ->
                    options.Observe(MigrationEvent.Waiting holder)

                    do!
                        Task.Delay(
                            TimeSpan.FromMilliseconds(50.0 + 100.0 * Random.Shared.NextDouble()),
                            options.Time,
                            ct
                        )

            return Option.get result
        }

    let private migrateAll
        (driver: Driver)
        capabilities
        (options: MigrationOptions)
        connection
        (ordered: Schema list)
        ct
        =
        task {
            let owners = namespaceOf ordered
            let outcomes = ResizeArray<PluginOutcome>()

            let failed plugin =
                outcomes
                |> Seq.exists (fun o ->
                    o.Plugin = plugin
                    && match o.Outcome with
                       | MigrationOutcome.Failed _ -> true
                       | MigrationOutcome.UpToDate
                       | MigrationOutcome.Applied _
                       | MigrationOutcome.Recorded _
                       | MigrationOutcome.OlderProgram _ -> false)

            for schema in ordered do
                let! outcome =
                    match references owners schema |> List.tryFind failed with
                    | Some dependency ->
                        Task.FromResult(
                            MigrationOutcome.Failed(MigrationError.DependencyFailed(schema.Plugin, dependency))
                        )
                    | None -> PluginMigration.run driver capabilities options connection schema ct

                let entry: PluginOutcome = { Plugin = schema.Plugin; Namespace = schema.Namespace; Outcome = outcome }

                options.Observe(MigrationEvent.Finished entry)
                outcomes.Add entry

            let found = report driver (List.ofSeq outcomes)
            return if found.Errors.IsEmpty then Ok found else Error { Report = found }
        }

    let private underLock (driver: Driver) capabilities options connection schemas ordered ct =
        task {
            match! lock driver options connection ct with
            | Error error -> return failAll driver schemas error
            | Ok() ->
                try
                    match! createLedger driver connection ct with
                    | Error error -> return failAll driver schemas error
                    | Ok() -> return! migrateAll driver capabilities options connection ordered ct
                finally
                    // Nothing can be awaited here; the session's end would free the lock as well.
                    try
                        (driver.Unlock connection).GetAwaiter().GetResult()
                    with _ ->
                        ()
        }

    let private connected (driver: Driver) (schemas: Schema list) (body: DbConnection -> Capabilities -> Task<_>) ct =
        task {
            try
                use! connection = driver.Connect ct
                let! capabilities = driver.Probe connection ct
                return! body connection capabilities
            with error ->
                match failure driver error with
                | Some failed -> return failAll driver schemas (MigrationError.Unreachable(driver.Target, failed))
                | None -> return raise error
        }

    let private upToDate (driver: Driver) (schemas: Schema list) =
        schemas
        |> List.map (fun s ->
            { Plugin = s.Plugin
              Namespace = s.Namespace
              Outcome = MigrationOutcome.UpToDate }
            : PluginOutcome)
        |> report driver
        |> Ok

    /// Migrates every plugin. Ok when each one is as declared (or newer and compatible); Error lists every outcome: those
    /// that succeeded stay, those that failed left nothing but a ledger row.
    let start (driver: Driver) (options: MigrationOptions) (schemas: Schema list) (ct: CancellationToken) =
        task {
            match Validate.together schemas with
            | Error errors -> return failAll driver schemas (MigrationError.InvalidSchema errors)
            | Ok valid ->
                match order (namespaceOf valid) [] valid with
                | Error circle -> return failAll driver schemas (MigrationError.CircularPlugins circle)
                | Ok ordered ->
                    let gate = gates.GetOrAdd(driver.Target, fun _ -> new SemaphoreSlim(1, 1))
                    do! gate.WaitAsync ct

                    try
                        return!
                            connected
                                driver
                                schemas
                                (fun connection capabilities ->
                                    task {
                                        let! current = isCurrent driver capabilities connection ordered ct

                                        if current then
                                            return upToDate driver ordered
                                        else
                                            return! underLock driver capabilities options connection schemas ordered ct
                                    })
                                ct
                    finally
                        gate.Release() |> ignore
        }

    /// The plan for one plugin as things are now. Takes no lock and leaves nothing behind.
    let plan
        (driver: Driver)
        (options: MigrationOptions)
        (schema: Schema)
        (ct: CancellationToken)
        : Task<Result<Plan, MigrationError>> =
        task {
            match Validate.schema schema with
            | Error errors -> return Error(MigrationError.InvalidSchema errors)
            | Ok declared ->
                try
                    use! connection = driver.Connect ct
                    let! capabilities = driver.Probe connection ct
                    let! exists = driver.LedgerExists connection ct

                    let! history =
                        if exists then
                            Ledger.ofPlugin driver.Dialect connection declared.Plugin ct
                        else
                            Task.FromResult []

                    // The weakest level: SQLite would take its write lock for any other.
                    use! transaction = connection.BeginTransactionAsync(IsolationLevel.ReadUncommitted, ct)
                    let! known = PluginMigration.know driver capabilities connection declared history ct

                    let! prepared = Planner.plan driver capabilities options.Policy options.Adopt connection known ct

                    do! transaction.RollbackAsync ct
                    return Result.map _.Plan prepared
                with error ->
                    match failure driver error, error with
                    | Some failed, _ -> return Error(MigrationError.Unreachable(driver.Target, failed))
                    | None, RunStopped problem -> return Error problem
                    | None, _ -> return raise error
        }

    /// The history, oldest first; empty when there is no ledger.
    let history (driver: Driver) (ct: CancellationToken) : Task<LedgerEntry list> =
        task {
            use! connection = driver.Connect ct
            let! exists = driver.LedgerExists connection ct

            if exists then return! Ledger.read driver.Dialect connection ct else return []
        }
