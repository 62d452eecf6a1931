/// Runs the benchmarks that the arguments select, as BenchmarkDotNet's switcher reads them; `catalog [tables …]` measures the
/// whole of reading and diffing databases against `pg_dump`.
module SchemaToolkit.Benchmarks.Program

open System.Reflection
open BenchmarkDotNet.Reports
open BenchmarkDotNet.Running

[<EntryPoint>]
let main args =
    match List.ofArray args with
    | "catalog" :: sizes -> CatalogSpeed.main sizes
    | _ ->
        let summaries = BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run args |> List.ofSeq

        let failed (summary: Summary) =
            summary.HasCriticalValidationErrors
            || summary.Reports |> Seq.exists (fun report -> not report.Success)

        if List.exists failed summaries then 1 else 0
