using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;

namespace SchemaToolkit.Fluent;

/// <summary>What an action or a provider sees of one turn of a conversation.</summary>
public sealed class Turn
{
    private readonly Core.Agents.Context value;
    private readonly PluginSchema? schema;

    internal Turn(Core.Agents.Context value, PluginSchema? schema)
    {
        this.value = value;
        this.schema = schema;
        Message = AgentMessage.Of(value.Message);
        Database = new Database(() => value.Database);
    }

    /// <summary>The plugin's id.</summary>
    public string Plugin => value.Plugin;

    /// <summary>What was said, by whom.</summary>
    public AgentMessage Message { get; }

    /// <summary>In the plugin's namespace, for the message's agent, ended by <see cref="CancellationToken"/>.</summary>
    public Database Database { get; }

    /// <summary>The language model.</summary>
    public IChatClient Chat => value.Chat;

    /// <summary>The cache that providers share.</summary>
    public HybridCache Cache => value.Cache;

    /// <summary>The clock.</summary>
    public TimeProvider Time => value.Time;

    /// <summary>A logger named after the plugin's part.</summary>
    public ILogger Logger => value.Logger;

    /// <summary>Cancelled when the turn is, or when the time for this part is over.</summary>
    public CancellationToken CancellationToken => value.Cancellation;

    /// <summary>The repository over a table of the plugin.</summary>
    /// <exception cref="ArgumentException">The plugin has no table over the record, or more than one.</exception>
    public Repository<T> Repository<T>() where T : class => PluginTables.Repository<T>(schema, Plugin, Database);

    /// <summary>The rows of a view of the plugin.</summary>
    /// <exception cref="ArgumentException">The plugin has no view over the record, or more than one.</exception>
    public RowQuery<T> Query<T>() where T : class => PluginTables.Query<T>(schema, Plugin, Database);
}

/// <summary>What a plugin sees when it is initialised: its tables are migrated; no message yet, so no agent either.</summary>
public sealed class PluginStart
{
    private readonly Core.Agents.InitContext value;
    private readonly PluginSchema? schema;

    internal PluginStart(Core.Agents.Migrated migrated, Core.Agents.InitContext value, PluginSchema? schema)
    {
        this.value = value;
        this.schema = schema;
        Changes = [.. migrated.Changes];
        Database = new Database(() => value.Database);
    }

    /// <summary>The plugin's id.</summary>
    public string Plugin => value.Plugin;

    /// <summary>What this start changed in the database, one sentence a step; empty when nothing had to.</summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>In the plugin's namespace.</summary>
    public Database Database { get; }

    /// <summary>The language model.</summary>
    public IChatClient Chat => value.Chat;

    /// <summary>The cache that providers share.</summary>
    public HybridCache Cache => value.Cache;

    /// <summary>The clock.</summary>
    public TimeProvider Time => value.Time;

    /// <summary>A logger named after the plugin.</summary>
    public ILogger Logger => value.Logger;

    /// <summary>Cancelled when the start is.</summary>
    public CancellationToken CancellationToken => value.Cancellation;

    /// <inheritdoc cref="Turn.Repository{T}"/>
    public Repository<T> Repository<T>() where T : class => PluginTables.Repository<T>(schema, Plugin, Database);

    /// <inheritdoc cref="Turn.Query{T}"/>
    public RowQuery<T> Query<T>() where T : class => PluginTables.Query<T>(schema, Plugin, Database);
}

internal static class PluginTables
{
    public static Repository<T> Repository<T>(PluginSchema? schema, string plugin, Database database) where T : class =>
        database.Repository(Given(schema, plugin).Table<T>());

    public static RowQuery<T> Query<T>(PluginSchema? schema, string plugin, Database database) where T : class =>
        database.Query(Given(schema, plugin).View<T>());

    private static PluginSchema Given(PluginSchema? schema, string plugin) =>
        schema ?? throw new ArgumentException($"The plugin {plugin} declares no schema.");
}
