namespace SchemaToolkit.Migrating

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// What the migrator knows about one plugin before it plans.
type Known =
    {
        Declared: Schema
        Projected: Projected
        /// The newest entry that succeeded, with its projected schema and renditions; none on the first start.
        Recorded: (LedgerEntry * Schema * Map<TextSlot, string>) option
        /// The declaration that was reached last; empty on the first start.
        FromHash: string
        Catalog: Catalog
    }

/// A plan, with the states that the runner needs to carry it out and to verify it.
type Prepared =
    {
        Plan: Plan
        Projected: Schema
        /// The whole live schema after the steps, somebody else's parts included.
        Expected: Schema
        /// The whole live schema before them, with sources where they are known.
        Before: Schema
        /// What of it is the plugin's own.
        Mine: Schema
        /// What became the plugin's own by explicit wish.
        Adopted: ObjectName list
    }

[<RequireQualifiedAccess>]
module Planner =
    /// An engine without types of its own keeps no enum that no column has: what the last declaration had already was renamed then.
    let private withoutTaken (known: Known) (target: Schema) : Schema =
        match known.Recorded with
        | Some(entry, _, _) when target.Enums |> List.exists (fun e -> not e.RenamedFrom.IsEmpty) ->
            match Canonical.parse entry.Declared with
            | Error _ -> target
            | Ok last ->
                { target with
                    Enums =
                        [ for e in target.Enums ->
                              if (Schema.tryEnum e.Name last).IsSome then { e with RenamedFrom = [] } else e ] }
        | Some _
        | None -> target

    let private refused (projected: Projected) =
        projected.Verdicts
        |> List.filter (fun v ->
            match v.Verdict with
            | Verdict.Refused _ -> true
            | Verdict.Exact
            | Verdict.Emulated _
            | Verdict.Omitted _ -> false)

    /// Texts of the live schema as sources: those on record first; what is still unlike the declaration is asked of the engine.
    let private reconcile (driver: Driver) connection (known: Known) (target: Schema) ct =
        task {
            let live = known.Catalog.Schema

            let recorded =
                match known.Recorded with
                | Some(_, schema, renditions) -> Texts.reconcile (Texts.all schema) renditions live
                | None -> live

            let declared = Texts.all target
            let now = Texts.all recorded

            let differs =
                declared
                |> Map.exists (fun slot source ->
                    match now.TryFind slot with
                    | Some other -> other <> source
                    | None -> false)

            if differs then
                let! canonical = driver.Canonicalise connection target ct

                // Only slots whose live text equals the engine's own rendition of the declared one change hands.
                let renditions = Texts.renditions live

                let same = canonical |> Map.filter (fun slot text -> renditions.TryFind slot = Some text)

                return
                    recorded
                    |> Texts.map (fun slot source ->
                        match same.ContainsKey slot, declared.TryFind slot with
                        | true, Some original -> original
                        | _ -> source)
            else
                return recorded
        }

    let private measure (driver: Driver) connection (hazard: Hazard) ct : Task<Finding> =
        task {
            match hazard.Precheck with
            | None -> return { Hazard = hazard; Rows = None; Samples = [] }
            | Some precheck ->
                match! Ado.tryRows driver.Dialect connection (driver.RenderPrecheck precheck) ct with
                | Ok((row: objnull array) :: _) ->
                    let samples =
                        match row[1] with
                        | null -> []
                        | value -> [ string value ]

                    return { Hazard = hazard; Rows = Some(Convert.ToInt64 row[0]); Samples = samples }
                | Ok [] -> return { Hazard = hazard; Rows = Some 0L; Samples = [] }
                | Error failure ->
                    return
                        { Hazard = hazard
                          Rows = None
                          Samples = [ $"not measured: {failure.Message}" ] }
        }

    let private hash
        (fromHash: string)
        (toHash: string)
        (steps: Step list)
        (segments: Segment list)
        (hazards: Hazard list)
        =
        [ "plan 1"
          fromHash
          toHash
          for step in steps do
              Describe.step step
          for segment in segments do
              string segment.Transactional

              for operation in segment.Operations do
                  yield! operation.Statements
          for hazard in hazards do
              $"{hazard.Code} {hazard.Part}" ]
        |> String.concat "\n"
        |> Canonical.sha256

    /// Compares, derives, measures and judges. Changes nothing; prechecks run in savepoints of the transaction in progress.
    let plan
        (driver: Driver)
        (capabilities: Capabilities)
        (policy: MigrationPolicy)
        (adopt: ObjectName list)
        (connection: DbConnection)
        (known: Known)
        (ct: CancellationToken)
        : Task<Result<Prepared, MigrationError>> =
        task {
            match refused known.Projected with
            | _ :: _ as parts -> return Error(MigrationError.CannotProject(known.Declared.Plugin, parts))
            | [] ->
                let target = Diffing.Renames.hintedLike known.Declared known.Projected.Schema |> withoutTaken known

                let! whole = reconcile driver connection known target ct

                let recorded =
                    match known.Recorded with
                    | Some(_, schema, _) -> schema
                    | None -> Schema.empty known.Declared.Plugin known.Declared.Namespace

                let owned = Ownership.adopting adopt target whole recorded
                let mine = Ownership.ours owned whole |> Ownership.sharing target whole
                let derived = Diff.between mine target
                let steps = derived @ Ownership.puttingBack derived mine whole

                match Ownership.conflicts steps whole @ Ownership.resting steps mine whole, Apply.all steps whole with
                | (_ :: _ as parts), _ -> return Error(MigrationError.NotOurs(known.Declared.Plugin, parts))
                | [], Error message ->
                    return Error(MigrationError.VerificationFailed(known.Declared.Plugin, [ message ]))
                | [], Ok expected ->
                    let catalog = { known.Catalog with Schema = whole }
                    let segments = driver.Lower capabilities catalog expected steps
                    let hazards = Hazards.ofSteps mine steps @ driver.Assess capabilities catalog steps

                    let fromHash = known.FromHash
                    let toHash = Canonical.hash known.Declared
                    let findings = ResizeArray()

                    for hazard in hazards do
                        let! finding = measure driver connection hazard ct
                        findings.Add(MigrationPolicy.judge policy fromHash toHash finding)

                    return
                        Ok
                            { Plan =
                                { Plugin = known.Declared.Plugin
                                  Namespace = known.Declared.Namespace
                                  Engine = capabilities
                                  FromHash = fromHash
                                  ToHash = toHash
                                  Steps = steps
                                  Segments = segments
                                  Verdicts = known.Projected.Verdicts
                                  Findings = List.ofSeq findings
                                  Drift =
                                    [ if known.Recorded.IsSome then
                                          yield! Ownership.drift recorded (Ownership.ours recorded whole)
                                      yield! Ownership.strangers mine whole ]
                                  Unmodelled = known.Catalog.Unmodelled
                                  Hash = hash fromHash toHash steps segments hazards }
                              Projected = target
                              Expected = expected
                              Before = whole
                              Mine =
                                { mine with
                                    Plugin = known.Declared.Plugin
                                    Namespace = known.Declared.Namespace }
                              Adopted = Ownership.adopted recorded owned }
        }
