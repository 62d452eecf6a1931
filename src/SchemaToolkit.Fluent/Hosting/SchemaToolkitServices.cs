using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SchemaToolkit.Fluent;

/// <summary>The toolkit in a .NET host.</summary>
public static class SchemaToolkitServices
{
    /// <summary>Resolves, migrates and initialises the plugins before any other hosted service starts, and fails the host's start when that fails.
    /// Registers <see cref="Toolkit"/>, <see cref="Database"/> and a <see cref="Repository{T}"/> for each table, a <see cref="RowQuery{T}"/> for each view over a record; they can be injected anywhere, and used from the start of the first hosted service on.
    /// The host's logging, environment, <c>IChatClient</c>, <c>HybridCache</c> and <c>TimeProvider</c> are used where the options give none.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says which database and which plugins.</param>
    public static IServiceCollection AddSchemaToolkit(this IServiceCollection services, Action<ToolkitOptions> configure)
    {
        var options = ToolkitOptions.From(configure);
        services.TryAddSingleton<StartedToolkit>();
        services.AddSingleton<IHostedService>(provider => new ToolkitStarter(
            options, provider, provider.GetRequiredService<StartedToolkit>(), provider.GetRequiredService<ILogger<Toolkit>>()));
        services.AddSingleton(provider => provider.GetRequiredService<StartedToolkit>().Value);
        services.AddSingleton(provider => new Database(() => provider.GetRequiredService<StartedToolkit>().Value.Database.Value));
        foreach (var schema in options.Schemas) schema.Register(services);
        return services;
    }

    internal static void FillFrom(this ToolkitOptions options, IServiceProvider provider, ILogger logger)
    {
        if (options.GivenChat is null && provider.GetService<IChatClient>() is { } chat) options.Chat(chat);
        if (options.GivenCache is null && provider.GetService<HybridCache>() is { } cache) options.Cache(cache);
        if (options.GivenTime is null && provider.GetService<TimeProvider>() is { } time) options.Time(time);
        if (options.GivenLoggers is null && provider.GetService<ILoggerFactory>() is { } loggers) options.Loggers(loggers);
        if (options.GivenAnnounce is null) options.Announce(line => logger.LogWarning("{Announcement}", line));
        if (options.GivenStage is null && provider.GetService<IHostEnvironment>() is { } environment)
            options.Stage(environment.IsDevelopment() ? Stage.Development : Stage.Production);
    }
}
