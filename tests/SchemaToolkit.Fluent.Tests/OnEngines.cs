using Expecto;
using Expecto.CSharp;
using SchemaToolkit.Testing;
using TestEngine = SchemaToolkit.Testing.Engine;

namespace SchemaToolkit.Fluent.Tests;

/// <summary>Tests on real engines. One that is missing here is skipped with its reason, never passed.</summary>
internal static class OnEngines
{
    /// <summary>The same test on every engine, each with an empty database; named after them.</summary>
    public static Test Each(string name, Func<TestDatabase, Task> body) =>
        Runner.TestList(name, [.. EngineModule.all.Select(engine => Only(engine, EngineModule.name(engine), body))]);

    /// <summary>A test with an empty SQLite file.</summary>
    public static Test Sqlite(string name, Func<TestDatabase, Task> body) => Only(TestEngine.Sqlite, name, body);

    /// <summary>A test with an empty PostgreSQL database.</summary>
    public static Test Postgres(string name, Func<TestDatabase, Task> body) => Only(TestEngine.Postgres, name, body);

    private static Test Only(TestEngine engine, string name, Func<TestDatabase, Task> body) => Runner.TestCase(name, async () =>
    {
        var found = TestDatabaseModule.available().Single(each => each.Item1.Equals(engine)).Item2;
        if (found is Availability.Missing { reason: var reason }) throw new IgnoreException(reason);
        await using var database = await TestDatabaseModule.create(engine);
        await body(database);
    });
}
