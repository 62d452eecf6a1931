namespace SchemaToolkit.Benchmarks

open BenchmarkDotNet.Attributes
open SchemaToolkit

/// Schemas of a size, with ten columns, a key, a unique, a check and an index for each table.
module Sized =
    let private id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let private texts = [ for i in 1..9 -> Column.text $"c{i}" :> ColumnHandle ]

    let private table (number: int) =
        Table.define $"t{number}" ((id :> ColumnHandle) :: texts)
        |> Table.primaryKey [ id ]
        |> Table.unique [ texts[0] ]
        |> Table.index [ texts[1]; texts[2] ]
        |> Table.check "filled" $"{texts[3]} <> ''"

    let schema (tables: int) = Schema.forPlugin "benchmark" [ for number in 1..tables -> table number ]

    /// The same schema, built anew, with one column more in its middle table.
    let changed (tables: int) =
        let added = Column.optional (Column.text "added")

        let change number (table: Table) =
            if number = tables / 2 then
                { table with Columns = table.Columns @ [ added.Definition ] }
            else
                table

        let whole = schema tables

        { whole with Tables = List.mapi change whole.Tables }

/// The pure diff, no database, beside EF Core's differ: one change among many tables. Both sides are values that have been
/// compared before, as a program has that plans, applies and verifies: the hashes of their tables are known.
[<MemoryDiagnoser>]
type DiffBenchmarks() =
    let mutable before = Sized.schema 1
    let mutable after = Sized.schema 1
    let mutable efBefore = EfModels.create false 1
    let mutable efAfter = EfModels.create false 1
    let differ = EfModels.differ ()

    [<Params(10, 100, 1000, 5000)>]
    member val Tables = 10 with get, set

    [<GlobalSetup>]
    member this.Setup() =
        before <- Sized.schema this.Tables
        after <- Sized.changed this.Tables
        efBefore <- EfModels.create false this.Tables
        efAfter <- EfModels.create true this.Tables

        // Each finds the one column, and only that.
        match Diff.between before after, List.ofSeq (differ.GetDifferences(efBefore, efAfter)) with
        | [ Step.AddColumn _ ], [ _ ] -> ()
        | steps, operations -> failwith $"One change was made; found were {steps} and {operations}."

    [<Benchmark(Baseline = true)>]
    member _.EntityFramework() = differ.GetDifferences(efBefore, efAfter)

    [<Benchmark>]
    member _.OneColumnAdded() = Diff.between before after

    [<Benchmark>]
    member _.Nothing() = Diff.between before before

    [<Benchmark>]
    member _.EveryTableLookedAt() = Diff.exhaustive before after

    [<Benchmark>]
    member _.Everything() = Diff.between (Schema.empty after.Plugin after.Namespace) after

/// As `DiffBenchmarks.OneColumnAdded`, with values that nobody has looked at: every table is hashed first.
[<MemoryDiagnoser>]
type FirstDiffBenchmarks() =
    let mutable before = Sized.schema 1
    let mutable after = Sized.schema 1

    [<Params(10, 100, 1000, 5000)>]
    member val Tables = 10 with get, set

    [<IterationSetup>]
    member this.Setup() =
        before <- Sized.schema this.Tables
        after <- Sized.changed this.Tables

    [<Benchmark>]
    member _.OneColumnAdded() = Diff.between before after
