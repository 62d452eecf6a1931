using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;

namespace SchemaToolkit.Fluent;

/// <summary>What to start, and how.</summary>
public sealed class ToolkitOptions
{
    private readonly List<Func<IServiceProvider?, AgentPlugin>> plugins = [];
    private readonly List<PluginSchema> schemas = [];
    private readonly List<Consent> consents = [];
    private readonly List<(string Namespace, string Name)> adopted = [];
    private string app = Assembly.GetEntryAssembly()?.GetName().Name ?? "app";
    private string? database;
    private TimeSpan? lockTimeout;

    internal ToolkitOptions()
    {
    }

    internal Stage? GivenStage { get; private set; }
    internal IChatClient? GivenChat { get; private set; }
    internal HybridCache? GivenCache { get; private set; }
    internal TimeProvider? GivenTime { get; private set; }
    internal ILoggerFactory? GivenLoggers { get; private set; }
    internal Action<string>? GivenAnnounce { get; private set; }

    /// <summary>The schemas known without starting anything; a host registers their repositories.</summary>
    internal IReadOnlyList<PluginSchema> Schemas => schemas;

    /// <summary>Names the embedded database, <c>./.data/APP.db</c>; the program's own name unless given.</summary>
    public ToolkitOptions App(string name) => Change(() => app = name);

    /// <summary>A connection string, a URL or a path ending in <c>.db</c>; without it <c>SCHEMATOOLKIT_DATABASE</c>, then <c>POSTGRES_URL</c>, else the embedded database.</summary>
    public ToolkitOptions Database(string text) => Change(() => database = text);

    /// <summary>Reads <c>--database TEXT</c> from a program's arguments, when it is there.</summary>
    public ToolkitOptions Arguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i + 1 < arguments.Count; i++)
            if (arguments[i] == "--database") Database(arguments[i + 1]);
        return this;
    }

    /// <summary>A plugin to migrate and run; a schema alone is one.</summary>
    public ToolkitOptions Plugin(AgentPlugin plugin)
    {
        if (plugin.Schema is { } schema) schemas.Add(schema);
        plugins.Add(_ => plugin);
        return this;
    }

    /// <summary>A plugin made from the host's services, once, when it starts. Its repositories come from <see cref="Toolkit.Repository{T}()"/>.</summary>
    public ToolkitOptions Plugin(Func<IServiceProvider, AgentPlugin> create) => Change(() => plugins.Add(services =>
        create(services ?? throw new InvalidOperationException("A plugin made from services needs a host; use AddSchemaToolkit."))));

    /// <summary>Without it, <c>DOTNET_ENVIRONMENT</c> or <c>ASPNETCORE_ENVIRONMENT</c> decides, and in a host its environment; unset means production.</summary>
    public ToolkitOptions Stage(Stage stage) => Change(() => GivenStage = stage);

    /// <summary>Leave to do these dangerous things, and no others.</summary>
    public ToolkitOptions Consenting(params IEnumerable<Consent> given) => Change(() => consents.AddRange(given));

    /// <summary>A table that is there already becomes the plugin's own, by explicit wish.</summary>
    public ToolkitOptions Adopting(string schemaNamespace, string table) => Change(() => adopted.Add((schemaNamespace, table)));

    /// <summary>How long to wait for the migration lock; a minute unless given.</summary>
    public ToolkitOptions LockTimeout(TimeSpan limit) => Change(() => lockTimeout = limit);

    /// <summary>The language model for actions that extract or choose.</summary>
    public ToolkitOptions Chat(IChatClient client) => Change(() => GivenChat = client);

    /// <summary>The cache that providers share; one in memory unless given.</summary>
    public ToolkitOptions Cache(HybridCache cache) => Change(() => GivenCache = cache);

    /// <summary>The clock.</summary>
    public ToolkitOptions Time(TimeProvider time) => Change(() => GivenTime = time);

    /// <summary>Where to log.</summary>
    public ToolkitOptions Loggers(ILoggerFactory loggers) => Change(() => GivenLoggers = loggers);

    /// <summary>Told what a person should know: which database was chosen, what waits, what is lost. Standard error unless changed; in a host, its log.</summary>
    public ToolkitOptions Announce(Action<string> announce) => Change(() => GivenAnnounce = announce);

    internal static ToolkitOptions From(Action<ToolkitOptions> configure)
    {
        var options = new ToolkitOptions();
        configure(options);
        return options;
    }

    internal IReadOnlyList<AgentPlugin> Plugins(IServiceProvider? services) => [.. plugins.Select(create => create(services))];

    private ToolkitOptions Change(Action change)
    {
        change();
        return this;
    }

    internal (string App, string? Database, IReadOnlyList<Consent> Consents, IReadOnlyList<(string Namespace, string Name)> Adopted, TimeSpan? LockTimeout) Given =>
        (app, database, consents, adopted, lockTimeout);
}
