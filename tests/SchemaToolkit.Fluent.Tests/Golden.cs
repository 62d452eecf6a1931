using System.Runtime.CompilerServices;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Expecto;

namespace SchemaToolkit.Fluent.Tests;

/// <summary>Golden files: text that must not change unless somebody says so.</summary>
internal static class Golden
{
    private const string Variable = "SCHEMATOOLKIT_ACCEPT_GOLDEN";

    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(ProjectFolder(caller), "Golden", name);
        var wayOut = $"If the change is meant, run the tests once with {Variable}=1 and commit the file.";
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        if (!File.Exists(file)) throw new AssertException($"There is no golden file Golden/{name}. {wayOut}");
        var expected = File.ReadAllText(file);
        if (expected != actual)
            throw new AssertException($"Golden/{name} differs (- file, + now):\n{Difference(expected, actual)}\n{wayOut}");
    }

    private static string ProjectFolder(string caller)
    {
        var folder = Path.GetDirectoryName(caller)!;
        while (!File.Exists(Path.Combine(folder, "SchemaToolkit.Fluent.Tests.csproj"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static string Difference(string expected, string actual) => string.Join("\n",
        from line in InlineDiffBuilder.Diff(expected, actual, ignoreWhiteSpace: false).Lines
        where line.Type is not ChangeType.Unchanged
        select $"{(line.Type is ChangeType.Inserted ? "+" : "-")} {line.Text}");
}
