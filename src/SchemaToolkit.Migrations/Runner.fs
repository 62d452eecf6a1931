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
    let private execute (driver: Driver) connection (plugin: string) observe (statement: string) ct : Task =
        task {
            observe (MigrationEvent.Running(plugin, statement))

            try
                do! Ado.execute connection statement ct
            with error ->
                match driver.Dialect.Failure error with
                | Some failure -> raise (RunStopped(MigrationError.StatementFailed(plugin, statement, failure)))
                | None -> raise error
        }

    let private commitChecks (driver: Driver) connection (plugin: string) ct : Task =
        task {
            for query, meaning in driver.CommitChecks do
                match! Ado.rows driver.Dialect connection query [] ct with
                | [] -> ()
                | rows ->
                    let found =
                        rows |> List.truncate 5 |> List.map (fun row -> $"""{meaning}: {String.Join(" ", row)}""")

                    raise (RunStopped(MigrationError.VerificationFailed(plugin, found)))
        }

    /// The catalog must have the shape that the steps so far mean; texts are the engine's own business.
    let private verify (driver: Driver) connection (plugin: string) namespaces (expected: Schema) ct =
        task {
            let! catalog = driver.ReadCatalog connection namespaces ct
            let wanted, found = Texts.blank expected, Texts.blank catalog.Schema

            if not (Compare.equivalent wanted found) then
                let differences = Diff.between found wanted |> List.map (fun s -> $"missing: {Describe.step s}")
                raise (RunStopped(MigrationError.VerificationFailed(plugin, differences)))

            return catalog
        }

    /// Steps covered by the segments up to and including this one, in the order of the plan.
    let private expectedAfter (prepared: Prepared) (count: int) =
        let covered =
            prepared.Plan.Segments
            |> List.truncate count
            |> List.collect _.Operations
            |> List.collect _.Covers
            |> Set.ofList

        if count = prepared.Plan.Segments.Length then
            Ok prepared.Expected
        else
            Apply.all (prepared.Plan.Steps |> List.filter covered.Contains) prepared.Before

    /// Starts inside the open transaction and ends with one open, so that the ledger row commits with the last segment.
    /// Returns the catalog as it is then.
    let run
        (driver: Driver)
        connection
        (current: DbTransaction ref)
        namespaces
        (prepared: Prepared)
        observe
        ct
        : Task<Catalog> =
        task {
            let plugin = prepared.Plan.Plugin
            let segments = List.toArray prepared.Plan.Segments
            let mutable catalog = None

            for i in 0 .. segments.Length - 1 do
                let segment = segments[i]
                let statements = segment.Operations |> List.collect _.Statements

                if not segment.Transactional then
                    do! current.Value.CommitAsync ct

                for statement in statements do
                    do! execute driver connection plugin observe statement ct

                if not segment.Transactional then
                    let! next = driver.Begin connection ct
                    current.Value <- next

                do! commitChecks driver connection plugin ct

                match expectedAfter prepared (i + 1) with
                | Ok expected ->
                    let! found = verify driver connection plugin namespaces expected ct
                    catalog <- Some found
                | Error message -> raise (RunStopped(MigrationError.VerificationFailed(plugin, [ message ])))

                if i + 1 < segments.Length && segment.Transactional then
                    do! current.Value.CommitAsync ct
                    let! next = driver.Begin connection ct
                    current.Value <- next

            match catalog with
            | Some found -> return found
            | None -> return! driver.ReadCatalog connection namespaces ct
        }
