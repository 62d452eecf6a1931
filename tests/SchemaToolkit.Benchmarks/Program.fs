module SchemaToolkit.Benchmarks.Program

open System.Reflection
open BenchmarkDotNet.Running

[<EntryPoint>]
let main args =
    let summaries = BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run args

    if Seq.exists (fun (s: BenchmarkDotNet.Reports.Summary) -> s.HasCriticalValidationErrors) summaries then
        1
    else
        0
