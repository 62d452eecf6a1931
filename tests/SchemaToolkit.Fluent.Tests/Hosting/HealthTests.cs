using System.Data.Common;
using System.Runtime.CompilerServices;
using Expecto;
using Expecto.CSharp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SchemaToolkit.Fluent.Tests;

public static class HealthTests
{
    private static IHost Build(string database, PluginSchema schema, HealthStatus? failure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Environment.EnvironmentName = Environments.Production;
        builder.Services.AddSchemaToolkit(o => o.Database(database).Plugin(schema).Announce(_ => { }));
        builder.Services.AddHealthChecks().AddSchemaToolkit(failureStatus: failure);
        return builder.Build();
    }

    private static async Task<HealthReportEntry> Ask(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["schematoolkit"];

    /// <summary>Nobody gets in, and whoever is in is put out.</summary>
    private static async Task Shut(string database, bool shut)
    {
        var address = new DbConnectionStringBuilder { ConnectionString = database };
        var name = (string)address["Database"];
        address["Database"] = "postgres";
        await using var admin = await Toolkit.StartAsync(o => o.Database(address.ConnectionString).Announce(_ => { }));
        await admin.Database.ExecuteAsync(
            FormattableStringFactory.Create($"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS {(shut ? "false" : "true")}"));
        await admin.Database.QueryAsync<bool>($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {name}");
    }

    [Tests]
    public static readonly Test Tests = Runner.TestList("the health of a host",
    [
        OnEngines.Each("is good once every plugin is migrated and the database answers", async database =>
        {
            using var host = Build(database.ConnectionString, Preferences.Tables);
            var before = await Ask(host);
            Check.Equal(HealthStatus.Unhealthy, before.Status, "before the start");
            Check.Contains("not running", before.Description!);

            await host.StartAsync();
            var after = await Ask(host);
            Check.Equal(HealthStatus.Healthy, after.Status, after.Description!);
            Check.Contains("answers; 1 plugin migrated", after.Description!);
            Check.Equal("Applied", after.Data[Preferences.Id], "what the start did");
            await host.StopAsync();
        }),

        OnEngines.Sqlite("is bad, as the host wishes it, when the start failed, and says why", async database =>
        {
            await (await Toolkit.StartAsync(o => o.Database(database.ConnectionString)
                .Plugin(Schema.For(Preferences.Id, s => s.Table<Owner>("owners"))).Announce(_ => { }))).DisposeAsync();
            using var host = Build(database.ConnectionString, Preferences.Tables, HealthStatus.Degraded);
            await Check.ThrowsAsync<MigrationException>(() => host.StartAsync());
            var entry = await Ask(host);
            Check.Equal(HealthStatus.Degraded, entry.Status, entry.Description!);
            Check.Contains("owners", entry.Description!);
            Check.True(entry.Exception is MigrationException, "with its exception");
        }),

        OnEngines.Sqlite("is so-so when the database is newer than the program", async database =>
        {
            static PluginSchema Version(int number) => Schema.For(Preferences.Id, s => s.Table<Owner>("owners").Version(number));
            await (await Toolkit.StartAsync(o => o.Database(database.ConnectionString).Plugin(Version(1)).Announce(_ => { }))).DisposeAsync();
            await (await Toolkit.StartAsync(o => o.Database(database.ConnectionString).Plugin(Version(2)).Announce(_ => { }))).DisposeAsync();
            using var host = Build(database.ConnectionString, Version(1));
            await host.StartAsync();
            var entry = await Ask(host);
            Check.Equal(HealthStatus.Degraded, entry.Status, entry.Description!);
            Check.Contains("newer than this program", entry.Description!);
            await host.StopAsync();
        }),

        OnEngines.Postgres("is bad while the database lets nobody in, and good again afterwards", async database =>
        {
            using var host = Build(database.ConnectionString, Preferences.Tables);
            await host.StartAsync();
            await Shut(database.ConnectionString, true);
            try
            {
                var entry = await Ask(host);
                Check.Equal(HealthStatus.Unhealthy, entry.Status, entry.Description!);
                Check.Contains("does not answer", entry.Description!);
            }
            finally
            {
                await Shut(database.ConnectionString, false);
            }

            await Ask(host);
            Check.Equal(HealthStatus.Healthy, (await Ask(host)).Status, "opened again");
            await host.StopAsync();
        }),
    ]);
}
