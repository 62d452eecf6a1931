using System.Reflection;
using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class SmokeTests
{
    [Tests]
    public static readonly Test Tests = Runner.TestList("the facade",
    [
        Runner.TestCase("loads", () => { Assembly.Load("SchemaToolkit.Fluent"); }),
    ]);
}
