namespace SchemaToolkit.Migrating

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// Raised inside a run to leave it; turned into a result at once.
exception internal RunStopped of MigrationError

/// Carries out an approved plan, segment by segment, and verifies each before its commit. Decides nothing.
[<RequireQualifiedAccess>]
module internal Runner =
    /// `committed` segments are in the database already.
    let execute (driver: Driver) connection (plugin: string) observe committed (statement: string) ct : Task =
        task {
            observe (MigrationEvent.Running(plugin, statement))

            try
                do! Ado.execute connection statement ct
            with error ->
                match driver.Dialect.Failure error with
                | Some failure ->
                    raise (RunStopped(MigrationError.StatementFailed(plugin, statement, failure, committed)))
                | None -> raise error
        }

    let private violations (driver: Driver) connection ct =
        task {
            let found = ResizeArray<string>()

            for query, meaning in driver.CommitChecks do
                let! rows = Ado.rows driver.Dialect connection query [] ct

                for row in rows do
                    found.Add $"""{meaning}: {String.Join(" ", row)}"""

            return List.ofSeq found
        }

    /// The catalog must have the shape that the steps so far mean; texts are the engine's own business.
    let private verify (driver: Driver) connection (plugin: string) namespaces (expected: Schema) ct =
        task {
            let! catalog = driver.ReadCatalog connection namespaces ct
            let wanted = Texts.blank expected

            // An extension may come with a type that needs it, or by somebody else's hand.
            let isWanted (o: SchemaObject) = o.Kind <> ObjectKind.Extension || (Schema.tryObject o.Key expected).IsSome

            let blank = Texts.blank catalog.Schema
            let found = { blank with Objects = blank.Objects |> List.filter isWanted }

            if not (Compare.equivalent wanted found) then
                let differences = Diff.between found wanted |> List.map (fun s -> $"missing: {Describe.step s}")
                raise (RunStopped(MigrationError.VerificationFailed(plugin, differences)))

            return catalog
        }

    let private orStop (plugin: string) (result: Result<'a, string>) : 'a =
        match result with
        | Ok value -> value
        | Error message -> raise (RunStopped(MigrationError.VerificationFailed(plugin, [ message ])))

    /// Steps covered by the first segments, in the order of the plan.
    let private stepsOf (plan: Plan) (count: int) =
        if count = plan.Segments.Length then
            plan.Steps
        else
            let covered =
                plan.Segments
                |> List.truncate count
                |> List.collect _.Operations
                |> List.collect _.Covers
                |> Set.ofList

            plan.Steps |> List.filter covered.Contains

    /// Starts inside the open transaction and ends with one open, so that the ledger row commits with the last segment.
    /// `checkpoint` puts what the plugin has by then on record with every segment but the last. Returns the catalog as it
    /// is at the end.
    let run
        (driver: Driver)
        connection
        (current: DbTransaction ref)
        namespaces
        (prepared: Prepared)
        observe
        (checkpoint: Schema -> Catalog -> Task<unit>)
        ct
        : Task<Catalog> =
        task {
            let plan = prepared.Plan
            let plugin = plan.Plugin
            let segments = List.toArray plan.Segments

            let! before =
                if segments.Length = 0 then
                    Task.FromResult []
                else
                    violations driver connection ct

            let known = Set.ofList before
            let mutable catalog = None

            for i in 0 .. segments.Length - 1 do
                let segment = segments[i]
                let isLast = (i + 1 = segments.Length)

                if not segment.Transactional then
                    do! current.Value.CommitAsync ct

                for operation in segment.Operations do
                    for statement in operation.Statements do
                        do! execute driver connection plugin observe i statement ct

                if not segment.Transactional then
                    let! next = driver.Begin connection ct
                    current.Value <- next

                let! after = violations driver connection ct

                match after |> List.filter (fun v -> not (known.Contains v)) |> List.truncate 5 with
                | [] -> ()
                | broken -> raise (RunStopped(MigrationError.VerificationFailed(plugin, broken)))

                let steps = stepsOf plan (i + 1)
                let expected = Apply.all steps prepared.Before |> orStop plugin
                let! found = verify driver connection plugin namespaces expected ct
                catalog <- Some found

                if not isLast then
                    do! checkpoint (Apply.all steps prepared.Mine |> orStop plugin) found
                    do! current.Value.CommitAsync ct
                    let! next = driver.Begin connection ct
                    current.Value <- next

            match catalog with
            | Some found -> return found
            | None -> return! driver.ReadCatalog connection namespaces ct
        }
