namespace SchemaToolkit

open System
open System.Collections.Concurrent
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

    /// Every declared hash, capability and fingerprint as it was: nothing to do, nothing to lock. SELECT only.
    let private isCurrent (driver: Driver) (glance: Glance) connection (schemas: Schema list) ct =
        task {
            if schemas.IsEmpty then
                return Ok true
            elif not glance.LedgerExists then
                return Ok false
            else
                match! LedgerHome.heads driver connection ct with
                | Error error -> return Error error
                | Ok heads ->
                    let current (schema: Schema, fingerprint) =
                        match heads.TryFind schema.Plugin with
                        | Some mark -> Standing.isCurrent glance.Capabilities (Canonical.hash schema) fingerprint mark
                        | None -> false

                    return Ok(List.zip schemas glance.Fingerprints |> List.forall current)
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
            match! Waiting.lock driver options connection ct with
            | Error error -> return failAll driver schemas error
            | Ok() ->
                try
                    match! LedgerHome.ensure driver options connection ct with
                    | Error error -> return failAll driver schemas error
                    | Ok() -> return! migrateAll driver capabilities options connection ordered ct
                finally
                    // Nothing can be awaited here; the session's end would free the lock as well.
                    try
                        (driver.Unlock connection).GetAwaiter().GetResult()
                    with _ ->
                        ()
        }

    let private unsupported (error: exn) : DatabaseFailure =
        { Kind = FailureKind.Other
          Code = "unsupported"
          Message = error.Message
          Object = None
          Record = None }

    let private unreachable (driver: Driver) (error: exn) =
        match error with
        | :? NotSupportedException -> Some(MigrationError.Unreachable(driver.Target, unsupported error))
        | _ ->
            driver.Dialect.Failure error
            |> Option.map (fun failed -> MigrationError.Unreachable(driver.Target, failed))

    let private connected (driver: Driver) (schemas: Schema list) (body: DbConnection -> Task<_>) ct =
        task {
            try
                use! connection = driver.Connect ct
                return! body connection
            with error ->
                match unreachable driver error with
                | Some problem -> return failAll driver schemas problem
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

    let private firstSight (driver: Driver) (ordered: Schema list) ct connection =
        task {
            let! transaction = driver.BeginRead connection ct
            use transaction = transaction
            let! glance = driver.Glance connection (ordered |> List.map Standing.namespaces) ct
            let! current = isCurrent driver glance connection ordered ct
            return glance.Capabilities, current
        }

    let private startOn (driver: Driver) options (schemas: Schema list) (ordered: Schema list) ct connection =
        task {
            match! firstSight driver ordered ct connection with
            | _, Error error -> return failAll driver schemas error
            | _, Ok true -> return upToDate driver ordered
            | capabilities, Ok false -> return! underLock driver capabilities options connection schemas ordered ct
        }

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
                    let! entered = gate.WaitAsync(options.LockTimeout, ct)

                    if not entered then
                        let holder = "Another start of this process holds it."
                        return failAll driver schemas (MigrationError.LockTimeout(driver.Target, holder))
                    else
                        try
                            return! connected driver schemas (startOn driver options schemas ordered ct) ct
                        finally
                            gate.Release() |> ignore
        }

    /// The plan of a program that is older than the database: it would do nothing.
    let private nothing (known: Known) capabilities : Plan =
        { Plugin = known.Declared.Plugin
          Namespace = known.Declared.Namespace
          Engine = capabilities
          FromHash = known.FromHash
          ToHash = Canonical.hash known.Declared
          Steps = []
          Segments = []
          Verdicts = known.Projected.Verdicts
          Findings = []
          Drift =
            [ { Part = PartId.Namespace known.Declared.Namespace
                Message = Standing.olderReason } ]
          Unmodelled = known.Catalog.Unmodelled
          Hash = "" }

    let private planOn (driver: Driver) options (declared: Schema) ct (connection: DbConnection) =
        task {
            let! transaction = driver.BeginRead connection ct
            use transaction = transaction
            let! capabilities = driver.Probe connection ct
            let! exists = driver.LedgerExists connection ct

            let! standing =
                if exists then
                    Standing.closely driver capabilities connection declared ct
                else
                    Standing.withoutLedger driver capabilities connection declared ct

            let! result =
                match standing with
                | Standing.Older(known, []) -> Task.FromResult(Ok(nothing known capabilities))
                | Standing.Older(_, missing) ->
                    Task.FromResult(Error(MigrationError.OlderThanDatabase(declared.Plugin, missing)))
                | Standing.Open known ->
                    task {
                        let! prepared =
                            Planner.plan driver capabilities options.Policy options.Adopt connection known ct

                        return Result.map _.Plan prepared
                    }

            return result
        }

    /// Without a lock, somebody may change the catalog while it is read; then it is read again.
    let private readings = 5

    let private isPassing (driver: Driver) (error: exn) =
        match driver.Dialect.Failure error with
        // What `pg_get_*` functions say of an object that has just gone.
        | Some failure -> failure.Transient || failure.Code = "XX000"
        | None -> false

    /// None: to be tried again.
    let private planOnce (driver: Driver) options (declared: Schema) isLast ct =
        task {
            try
                use! connection = driver.ConnectToRead ct
                let! result = planOn driver options declared ct connection
                return Some result
            with
            | RunStopped problem -> return Some(Error problem)
            | error when not isLast && isPassing driver error -> return None
            | error ->
                match unreachable driver error with
                | Some problem -> return Some(Error problem)
                | None -> return raise error
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
                let mutable result = None

                for attempt in 1..readings do
                    if result.IsNone then
                        let! found = planOnce driver options declared (attempt = readings) ct
                        result <- found

                return Option.get result
        }

    /// The history, oldest first; empty when there is no ledger.
    let history (driver: Driver) (ct: CancellationToken) : Task<LedgerEntry list> =
        task {
            use! connection = driver.ConnectToRead ct
            let! transaction = driver.BeginRead connection ct
            use transaction = transaction
            let! exists = driver.LedgerExists connection ct

            if exists then return! Ledger.read driver.Dialect connection ct else return []
        }
