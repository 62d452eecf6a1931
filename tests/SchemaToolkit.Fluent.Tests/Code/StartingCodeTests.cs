using System.Runtime.CompilerServices;
using Expecto;
using Expecto.CSharp;
using Npgsql;

namespace SchemaToolkit.Fluent.Tests;

/// <summary>The code beside this file was printed by <c>dotnet schema inspect --output csharp</c>; that it is what is printed, the
/// tests of the command check.</summary>
public static class StartingCodeTests
{
    private static string Sql([CallerFilePath] string caller = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "SchemaToolkit.Tests", "Cli", "every-object.sql"));

    [Tests]
    public static readonly Test Tests = Runner.TestList("starting code in C#",
    [
        OnEngines.Postgres("compiles, and its plan against the database that it was printed from is empty", async database =>
        {
            await using (var connection = new NpgsqlConnection(database.ConnectionString))
            {
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(Sql(), connection);
                await command.ExecuteNonQueryAsync();
            }

            string[] names = ["a", "b", "customers", "events", "fleeting", "orders", "mood", "events_2026", "v", "touch", "twice", "numbers", "positive", "short_name", "pair", "Odd pair", "own", "small", "orders_serial_no_seq"];
            var plan = await Toolkit.PlanAsync(ShopSchema.Declared, o =>
            {
                o.Database(database.ConnectionString);
                foreach (var name in names) o.Adopting("plugin_shop", name);
            });
            Check.Equal("", string.Join("\n", plan.Steps), "nothing to do");
        }),
    ]);
}
