// Runs every [Tests] member of this program. The closing line is what build.fsx and CI read.
using Expecto.CSharp;
using Microsoft.FSharp.Core;
using SchemaToolkit.Testing;
using static Expecto.Impl;
using static Expecto.Tests;

TestRunSummary? summary = null;

void Keep(TestRunSummary found) => summary = found;

var keep = SummaryHandler.NewSummaryHandler(FuncConvert.FromAction<TestRunSummary>(Keep));

CLIArguments[] options =
[
    CLIArguments.No_Spinner,
    CLIArguments.NewColours(0),
    CLIArguments.Parallel,
    CLIArguments.NewParallel_Workers(2),
    CLIArguments.NewAppend_Summary_Handler(keep),
];

var code = Runner.RunTestsInAssemblyWithCLIArgs(options, args);

// Only listed, or the arguments were wrong.
if (summary is null) return code;

var passed = summary.passed.Length;
var failed = summary.failed.Length + summary.errored.Length;

var missing = EnginesUsed.missing();

// Straight to the stream: Expecto's own writer would add colour codes.
using var output = new StreamWriter(Console.OpenStandardOutput());
// Ends the line on which Expecto left its last colour code.
output.WriteLine();
if (passed + failed == 0)
    output.WriteLine("No test ran: nothing was selected, which is not the same as nothing failed.");
foreach (var engine in missing)
    output.WriteLine($"SCHEMATOOLKIT_TESTS_REQUIRE names {EngineModule.name(engine)}, which no test used.");
output.WriteLine(EnginesUsed.summary());
output.WriteLine($"{passed} passed, {failed} failed, {summary.ignored.Length} skipped");

return code == 0 && (passed + failed == 0 || missing.Length > 0) ? 1 : code;
