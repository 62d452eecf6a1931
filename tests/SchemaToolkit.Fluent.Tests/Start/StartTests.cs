using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class StartTests
{
    public sealed record First(int Id, string Name, string? Extra);

    public sealed record Second(int Id, string Name);

    private static PluginSchema Version<T>(int version) where T : class =>
        Schema.For("@test/plugin-versions", s => s.Table<T>("things").Version(version));

    private static Task<Toolkit> Start(Testing.TestDatabase database, PluginSchema schema, Action<ToolkitOptions>? more = null) =>
        Toolkit.StartAsync(o =>
        {
            o.Database(database.ConnectionString).Plugin(schema).Stage(Stage.Production).Announce(_ => { });
            more?.Invoke(o);
        });

    [Tests]
    public static readonly Test Tests = Runner.TestList("a start from C#",
    [
        OnEngines.Each("migrates once, tells what it did, and keeps a ledger", async database =>
        {
            await using (var first = await Start(database, Preferences.Tables))
            {
                Check.Equal(MigrationState.Applied, first.Report.Outcomes.Single().State, "first start");
                Check.Contains("user_preferences", string.Join("\n", first.Report.Outcomes.Single().Changes));
            }

            await using var second = await Start(database, Preferences.Tables);
            Check.Equal(MigrationState.UpToDate, second.Report.Outcomes.Single().State, "second start");
            var plan = await Toolkit.PlanAsync(Preferences.Tables, o => o.Database(database.ConnectionString));
            Check.True(plan.IsEmpty, plan.ToString());
            var entry = (await Toolkit.HistoryAsync(o => o.Database(database.ConnectionString))).Single();
            Check.Equal((Preferences.Id, "applied", Preferences.Tables.Hash), (entry.Plugin, entry.Outcome, entry.DeclaredHash), "ledger");
        }),

        OnEngines.Each("is blocked by what loses data, and let through by the consent that its error names", async database =>
        {
            await (await Start(database, Version<First>(1))).DisposeAsync();
            var blocked = await Check.ThrowsAsync<MigrationException>(() => Start(database, Version<Second>(2)));
            Check.Equal("blocked", blocked.Report.Outcomes.Single().ErrorCode, blocked.Message);
            Check.Contains("extra", blocked.Message);
            Check.Contains("The database is unchanged", blocked.Message);
            var consent = blocked.ConsentsNeeded.Single();
            await using var through = await Start(database, Version<Second>(2), o => o.Consenting(consent));
            Check.Equal(MigrationState.Applied, through.Report.Outcomes.Single().State, "with consent");
        }),

        Runner.TestCase("without a database in production is one clear error", async () =>
        {
            var refused = await Check.ThrowsAsync<DatabaseAddressException>(() =>
                Toolkit.StartAsync(o => o.Database("user=me password=secret").Plugin(Preferences.Tables)));
            Check.Contains("does not say which engine", refused.Message);
            Check.True(!refused.Message.Contains("secret"), "no password");
        }),

        Runner.TestCase("of an unreachable server is one clear error", async () =>
        {
            var refused = await Check.ThrowsAsync<MigrationException>(() => Toolkit.StartAsync(o =>
                o.Database("Host=127.0.0.1;Port=1;Database=none;Username=me;Password=secret").Plugin(Preferences.Tables)));
            Check.Equal("unreachable", refused.Report.Outcomes.Single().ErrorCode, refused.Message);
            Check.True(!refused.Message.Contains("secret"), "no password");
        }),

        OnEngines.Sqlite("of plugins that cannot run together touches no database", async database =>
        {
            var refused = await Check.ThrowsAsync<PluginStartException>(() => Start(database, Preferences.Tables,
                o => o.Plugin(AgentPlugin.Define("@test/plugin-other", p => p.DependsOn("@test/plugin-missing")))));
            Check.Equal(StartPhase.Resolve, refused.Phase, refused.Message);
            Check.Contains("@test/plugin-missing", refused.Message);
            Check.Equal(0, (await Toolkit.HistoryAsync(o => o.Database(database.ConnectionString))).Count, "ledger");
        }),
    ]);
}
