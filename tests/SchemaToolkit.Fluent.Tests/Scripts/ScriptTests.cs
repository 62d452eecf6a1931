using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class ScriptTests
{
    private const string EndsWith = "// Ends with: ";
    private const string WithoutVectors = "// Without pgvector: ";

    // They build the same projects, so they cannot be built side by side.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    // Compiling takes longer than all else; the first run of a script shows that it compiles.
    private static readonly HashSet<string> Compiled = [];

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    private static string Folder() => Path.Combine(Root(), "scripts");

    // As this program was built, so that there is nothing left to build.
    private static string Configuration =>
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}") ? "Release" : "Debug";

    private static async Task<(int Code, string Output, string Errors)> Run(string script, string folder, params string[] arguments)
    {
        string[] compile = Compiled.Add(script) ? [] : ["--no-build"];
        var info = new ProcessStartInfo("dotnet", ["run", .. compile, "-c", Configuration, script, "--", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Neither the caller's database nor a build server that outlives the test.
        foreach (var (name, value) in new[]
        {
            ("SCHEMATOOLKIT_DATABASE", ""), ("POSTGRES_URL", ""), ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"),
            ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        }) info.Environment[name] = value;

        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string? Stated(string key, string script) =>
        File.ReadLines(script).SingleOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..];

    private static async Task<bool> HasVectors(string database)
    {
        await using var toolkit = await Toolkit.StartAsync(o => o.Database(database).Announce(_ => { }));
        return await toolkit.Database.QuerySingleAsync<long>($"SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'") > 0;
    }

    [Tests]
    public static readonly Test Tests = Runner.TestList("a C# script",
        [.. Directory.GetFiles(Folder(), "*.cs").Order().Select(script => Runner.TestCase(
            $"{Path.GetFileName(script)} ends as its header says, twice", () => InFolder(async folder =>
            {
                var ends = Stated(EndsWith, script);
                foreach (var run in (string[])["first", "second"])
                {
                    var (code, output, errors) = await Run(script, folder);
                    Check.Equal(0, code, $"{run} run:\n{output}\n{errors}");
                    Check.Equal(ends, output.TrimEnd().Split('\n')[^1].TrimEnd(), $"{run} run:\n{output}");
                }
            })))]);

    [Tests]
    public static readonly Test OnPostgres = Runner.TestList("a C# script on PostgreSQL",
        [.. Directory.GetFiles(Folder(), "*.cs").Order().Select(script => OnEngines.Postgres(
            Path.GetFileName(script), database => InFolder(async folder =>
            {
                var ends = Stated(WithoutVectors, script) is { } skipped && !await HasVectors(database.ConnectionString)
                    ? skipped
                    : Stated(EndsWith, script);
                var (code, output, errors) = await Run(script, folder, "--database", database.ConnectionString);
                Check.Equal(0, code, $"{output}\n{errors}");
                Check.Equal(ends, output.TrimEnd().Split('\n')[^1].TrimEnd(), output);
            })))]);

    [Tests]
    public static readonly Test Readme = Runner.TestCase("the README's C# tour runs and prints what it says", () => InFolder(async folder =>
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "README.md"));
        var blocks = Regex.Match(readme, "(?ms)^```csharp\n(.*?)^```$.*?^```text\n(.*?)^```$");
        var tour = Path.Combine(folder, "tour.cs");
        await File.WriteAllTextAsync(tour, blocks.Groups[1].Value.Replace("#:project src/", $"#:project {Root()}/src/", StringComparison.Ordinal));
        var (code, output, errors) = await Run(tour, folder);
        Check.Equal(0, code, $"{output}\n{errors}");
        Check.Equal(blocks.Groups[2].Value.Trim(), output.Trim(), "the README says otherwise");
    }));

    [Tests]
    public static readonly Test ObjectsPage = Runner.TestCase("the C# of the page about declared objects prints what its F# does", () => InFolder(async folder =>
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "declared-objects.md"));
        string[] Blocks(string language) =>
            [.. Regex.Matches(page, $"(?ms)^```{language}\n(.*?)^```$").Select(hit => hit.Groups[1].Value)];
        var blocks = Blocks("csharp");
        var program = Path.Combine(folder, "page.cs");
        await File.WriteAllTextAsync(program,
            $$"""
            #:project {{Root()}}/src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
            #:property PublishAot=false
            using SchemaToolkit.Fluent;
            var schema = Schema.For("@acme/plugin-hotel", s =>
            {
            {{string.Join("\n", blocks.Skip(1))}}
            });
            foreach (var declared in schema.Objects.Order(StringComparer.Ordinal)) Console.WriteLine(declared);
            Console.WriteLine($"schema {schema.Hash}");
            {{blocks[0]}}
            """);
        var (code, output, errors) = await Run(program, folder);
        Check.Equal(0, code, $"{output}\n{errors}");
        Check.Equal(Blocks("text").Single().Trim(), output.Trim(), "the page says otherwise");
    }));

    private static async Task InFolder(Func<string, Task> body)
    {
        var folder = Directory.CreateTempSubdirectory("schematoolkit-script");
        await OneAtATime.WaitAsync();
        try
        {
            await body(folder.FullName);
        }
        finally
        {
            OneAtATime.Release();
            folder.Delete(recursive: true);
        }
    }
}
