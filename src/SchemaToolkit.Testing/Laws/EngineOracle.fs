namespace SchemaToolkit.Testing

open System.Data.Common
open System.Threading
open System.Threading.Tasks
open FsCheck
open FsCheck.FSharp
open SchemaToolkit

/// One engine for the oracle: how to reach a new database, and how to look at it with other eyes than ours.
type OracleEngine =
    {
        /// Runs a body on a new, empty database.
        WithDatabase: (TestDatabase -> Task<Result<unit, string>>) -> Task<Result<unit, string>>
        Driver: string -> Driver
        Observe: TestDatabase -> Task<string list>
        /// A connection for rows: it knows every type, and lets rows in before the rows that they refer to.
        Connect: Driver -> TestDatabase -> Task<DbConnection>
    }

/// The law of laws, on real engines: a database that was migrated is like one that was made new, a second plan is empty, and
/// the rows that should be there are there unchanged.
[<RequireQualifiedAccess>]
module EngineOracle =
    let private ct = CancellationToken.None

    let private options () =
        { MigrationOptions.standard () with
            Policy = { Stage = Stage.Production; Consents = []; AllowDestructive = true } }

    let private migrate (what: string) (driver: Driver) (schema: Schema) : Task<Result<unit, string>> =
        task {
            match! Migrator.start driver (options ()) [ schema ] ct with
            | Ok _ -> return Ok()
            | Error failure -> return Error $"Migrating to {what} failed.\n{failure}"
        }

    let private secondPlan (what: string) (driver: Driver) (schema: Schema) : Task<Result<unit, string>> =
        task {
            match! Migrator.plan driver (options ()) schema ct with
            | Error error -> return Error $"A second plan of {what} failed.\n{MigrationError.describe error}"
            | Ok plan when plan.IsEmpty && plan.Drift.IsEmpty -> return Ok()
            | Ok plan -> return Error $"A second plan of {what} is not empty.\n{Plan.describe plan}"
        }

    let private insert (driver: Driver) (connection: DbConnection) (tables: SeededTable list) : Task =
        task {
            use! transaction = connection.BeginTransactionAsync ct

            for t in tables do
                if not t.Rows.IsEmpty && not t.Columns.IsEmpty then
                    let rows = t.Rows |> Seq.map Array.ofList
                    let! _ = driver.Dialect.BulkInsert connection transaction t.Table t.Columns rows ct
                    ()

            do! transaction.CommitAsync ct
        }

    let private shownRow (values: objnull list) = values |> List.map SeedValue.show |> String.concat " | "

    let private read (driver: Driver) (connection: DbConnection) (t: SeededTable) : Task<string list> =
        task {
            let dialect = driver.Dialect
            use command = connection.CreateCommand()

            let columns =
                t.Columns
                |> List.map (fun c -> dialect.Output c.Type (dialect.QuoteName c.Name))
                |> String.concat ", "

            command.CommandText <- $"SELECT {columns} FROM {dialect.TableName t.Table}"
            use! reader = command.ExecuteReaderAsync()
            let found = ResizeArray<string>()
            let! first = reader.ReadAsync()
            let mutable more = first

            while more do
                t.Columns |> List.mapi (fun i c -> dialect.Read c.Type reader i) |> shownRow |> found.Add
                let! next = reader.ReadAsync()
                more <- next

            return found |> Seq.sort |> List.ofSeq
        }

    let private rowsUnchanged (driver: Driver) (connect: unit -> Task<DbConnection>) (expected: SeededTable list) =
        task {
            use! connection = connect ()
            let problems = ResizeArray<string>()

            for t in expected do
                if not t.Columns.IsEmpty then
                    let! actual = read driver connection t
                    let wanted = t.Rows |> List.map shownRow |> List.sort

                    if actual <> wanted then
                        let columns = t.Columns |> List.map _.Name |> String.concat " | "
                        let lines rows = rows |> List.map (fun row -> $"    {row}") |> String.concat "\n"

                        problems.Add
                            $"Rows of {t.Table} ({columns}):\n  expected\n{lines wanted}\n  found\n{lines actual}"

            return if problems.Count = 0 then Ok() else Error(String.concat "\n" problems)
        }

    let rec private inOrder (checks: (unit -> Task<Result<unit, string>>) list) : Task<Result<unit, string>> =
        match checks with
        | [] -> Task.FromResult(Ok())
        | first :: rest ->
            task {
                match! first () with
                | Ok() -> return! inOrder rest
                | Error message -> return Error message
            }

    /// The rows that the oracle uses for a pair; the same for the same seed. Each pair draws its own: one seed for all of them
    /// would draw the same number of rows each time.
    let rows (seed: uint64) (before: Schema) (after: Schema) : SeededTable list =
        let own = System.Convert.ToUInt64((Canonical.hash after).Substring(0, 15), 16)
        Gen.sampleWithSeed (Rnd(seed + own)) 20 1 (SeedRows.generateFor before after) |> Array.head

    /// As `check`, declared as `spell` says it: rows and steps are those of the schemas as they are.
    let checkSpelled
        (spell: Schema -> Schema)
        (engine: OracleEngine)
        (seed: uint64)
        (before: Schema)
        (after: Schema)
        : Task<Result<unit, string>> =
        let tables = rows seed before after
        let steps = Diff.between before after
        let before, after = spell before, spell after

        engine.WithDatabase(fun migrated ->
            engine.WithDatabase(fun fresh ->
                task {
                    let driver = engine.Driver migrated.ConnectionString
                    let freshDriver = engine.Driver fresh.ConnectionString

                    let connect () = engine.Connect driver migrated

                    let seeded () =
                        task {
                            use! connection = connect ()
                            do! insert driver connection tables
                            return! rowsUnchanged driver connect tables
                        }

                    let catalogs () =
                        task {
                            let! expected = engine.Observe fresh
                            let! actual = engine.Observe migrated

                            return
                                match Observe.difference expected actual with
                                | "" -> Ok()
                                | text -> Error $"A migrated database is not like a new one.\n{text}"
                        }

                    let! result =
                        inOrder
                            [ fun () -> migrate "the first version" driver before
                              fun () -> secondPlan "the first version" driver before
                              seeded
                              fun () -> migrate "the second version" driver after
                              fun () -> secondPlan "the second version" driver after
                              fun () -> rowsUnchanged driver connect (Survivors.after steps tables)
                              fun () -> migrate "the second version, from nothing" freshDriver after
                              catalogs ]

                    return result |> Result.mapError (fun message -> $"{message}\nSteps:\n{ShowCode.steps steps}")
                }))

    /// Migrates one database from the first schema, with rows, to the second, another straight to the second, and compares.
    let check (engine: OracleEngine) (seed: uint64) (before: Schema) (after: Schema) : Task<Result<unit, string>> =
        checkSpelled id engine seed before after
