using Expecto.CSharp;
using Microsoft.FSharp.Core;

var smoke = Runner.TestCase("runs a test", () =>
{
    if (1 + 1 != 2) throw new InvalidOperationException("sum");
});

return Runner.RunTestsWithCLIArgs([], args, smoke);
