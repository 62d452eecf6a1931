using Expecto;
using Expecto.CSharp;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SchemaToolkit.Fluent.Tests;

public static class HostingTests
{
    private static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        return builder;
    }

    private sealed class Counted
    {
        public long Rows { get; set; } = -1;
    }

    /// <summary>A service of the application: the tables are there when it starts.</summary>
    private sealed class Counting(Repository<Preference> preferences, Counted counted) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) =>
            counted.Rows = await preferences.CountAsync(cancellationToken: cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [Tests]
    public static readonly Test Tests = Runner.TestList("a .NET host",
    [
        OnEngines.Each("migrates before its other services start, and gives them repositories", async database =>
        {
            var builder = Builder();
            // Before the toolkit, so that only the phases can make it right.
            builder.Services.AddSingleton<Counted>();
            builder.Services.AddHostedService<Counting>();
            builder.Services.AddSchemaToolkit(o => o.Database(database.ConnectionString).Plugin(Preferences.Plugin));
            builder.Services.AddSingleton<IChatClient>(_ => ChatClients.RuleBased());
            using var host = builder.Build();
            await host.StartAsync();
            Check.Equal(0L, host.Services.GetRequiredService<Counted>().Rows, "counted while the host started");

            var toolkit = host.Services.GetRequiredService<Toolkit>();
            var turn = await toolkit.HandleAsync(AgentMessage.Create(Conversation.Fresh(), "I prefer dark theme"));
            Check.True(turn.Outcomes.Single().Result.Success, $"the host's model is used: {turn.Outcomes.Single().Result.Error}");
            await using var scope = host.Services.CreateAsyncScope();
            Check.Equal(1L, await scope.ServiceProvider.GetRequiredService<Repository<Preference>>().CountAsync(), "in a scope");
            await scope.DisposeAsync();
            Check.Equal(1L, await host.Services.GetRequiredService<Database>().QuerySingleAsync<long>(
                $"SELECT count(*) FROM {Preferences.Tables.Table<Preference>()}"), "after the scope");
            await host.StopAsync();
        }),

        OnEngines.Sqlite("does not start when the migration fails, and says why", async database =>
        {
            await (await Toolkit.StartAsync(o => o.Database(database.ConnectionString)
                .Plugin(Schema.For(Preferences.Id, s => s.Table<Owner>("owners"))).Announce(_ => { }))).DisposeAsync();
            var builder = Builder();
            builder.Environment.EnvironmentName = Environments.Production;
            builder.Services.AddSchemaToolkit(o => o.Database(database.ConnectionString).Plugin(Preferences.Plugin));
            using var host = builder.Build();
            var refused = await Check.ThrowsAsync<MigrationException>(() => host.StartAsync());
            Check.Contains("owners", refused.Message);
            Check.True(refused.ConsentsNeeded.Count > 0, refused.Message);
        }),

        OnEngines.Sqlite("goes on in development, where it warns", async database =>
        {
            await (await Toolkit.StartAsync(o => o.Database(database.ConnectionString)
                .Plugin(Schema.For(Preferences.Id, s => s.Table<Owner>("owners"))).Announce(_ => { }))).DisposeAsync();
            var builder = Builder();
            builder.Environment.EnvironmentName = Environments.Development;
            List<string> warnings = [];
            builder.Services.AddSchemaToolkit(o => o.Database(database.ConnectionString).Plugin(Preferences.Plugin).Announce(warnings.Add));
            using var host = builder.Build();
            await host.StartAsync();
            Check.Contains("owners", string.Join("\n", warnings));
            await host.StopAsync();
        }),

        OnEngines.Sqlite("makes plugins from its services", async database =>
        {
            var builder = Builder();
            builder.Services.AddSingleton("a service");
            string? seen = null;
            builder.Services.AddSchemaToolkit(o => o.Database(database.ConnectionString).Plugin(services =>
                AgentPlugin.Define("@test/plugin-services", p => p.Init(_ =>
                {
                    seen = services.GetRequiredService<string>();
                    return Task.CompletedTask;
                }))));
            using var host = builder.Build();
            Check.Contains("has not started", Check.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<Toolkit>()).Message);
            await host.StartAsync();
            Check.Equal("a service", seen, "seen at init");
            await host.StopAsync();
        }),
    ]);
}
