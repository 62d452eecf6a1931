using System.Runtime.CompilerServices;
using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class TwinTests
{
    // Written and checked by the F# tests, whose EverySchema declares the same in F#.
    private static string Golden(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "SchemaToolkit.Tests", "Golden", name));

    [Tests]
    public static readonly Test Tests = Runner.TestList("a schema declared in C#",
    [
        Runner.TestCase("has the canonical JSON of its F# twin", () =>
            Check.Sequence(
                Golden("canonical-schema.golden.json").Split("\",\""), TwinSchema.Value.ToJson().Split("\",\""), "JSON")),

        Runner.TestCase("has the hash of its F# twin", () =>
            Check.Equal(Golden("canonical-hash.golden.txt").Trim(), TwinSchema.Value.Hash, "hash")),

        Runner.TestCase("has the canonical JSON of its F# twin with an object of every kind", () => Check.Sequence(
            Golden("canonical-objects.golden.json").Split("\",\""), TwinObjects.Value.ToJson().Split("\",\""), "JSON")),

        Runner.TestCase("is equal to another with the same contents", () =>
        {
            static PluginSchema Declare() => Schema.For("@org/plugin-a", s => s.Table<Owner>("owners"));
            Check.Equal(Declare(), Declare(), "schemas");
            Check.Equal(Declare().Hash, Declare().Hash, "hashes");
        }),
    ]);
}
