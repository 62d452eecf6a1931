namespace SchemaToolkit.Fluent;

/// <summary>Says more about a provider.</summary>
public sealed class ProviderBuilder
{
    private Core.Agents.Provider provider;

    internal ProviderBuilder(Core.Agents.Provider provider) => this.provider = provider;

    /// <summary>Part of the context only when asked for by name.</summary>
    public ProviderBuilder OnRequest() => Change(Core.Agents.ProviderModule.onRequest(provider));

    /// <summary>Kept for a time, for one plugin, provider, agent, room and user; an action of the plugin ends it early.</summary>
    public ProviderBuilder CachedFor(TimeSpan time) => Change(Core.Agents.ProviderModule.cachedFor(time, provider));

    /// <summary>Not named to models: only the program asks for it.</summary>
    public ProviderBuilder Hidden() => Change(Core.Agents.ProviderModule.hidden(provider));

    /// <summary>How long it may take.</summary>
    public ProviderBuilder Timeout(TimeSpan limit) => Change(Core.Agents.ProviderModule.timeout(limit, provider));

    internal Core.Agents.Provider Build() => provider;

    private ProviderBuilder Change(Core.Agents.Provider changed)
    {
        provider = changed;
        return this;
    }
}
