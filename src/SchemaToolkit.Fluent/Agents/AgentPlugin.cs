namespace SchemaToolkit.Fluent;

/// <summary>Tables, and what an agent can do and know with them: an immutable value.</summary>
public sealed class AgentPlugin
{
    internal AgentPlugin(Core.Agents.Plugin value, PluginSchema? schema)
    {
        Value = value;
        Schema = schema;
    }

    /// <summary>The full name, such as <c>@org/plugin-preferences</c>.</summary>
    public string Id => Value.Id;

    /// <summary>The tables it owns; null when it has none.</summary>
    public PluginSchema? Schema { get; }

    internal Core.Agents.Plugin Value { get; }

    /// <summary>Declares a plugin.</summary>
    /// <param name="id">The full name, such as <c>@org/plugin-preferences</c>.</param>
    /// <param name="describe">Adds its tables, actions and providers.</param>
    public static AgentPlugin Define(string id, Action<PluginBuilder> describe)
    {
        var builder = new PluginBuilder(id);
        describe(builder);
        return builder.Build();
    }

    /// <summary>A plugin that brings tables and nothing else.</summary>
    public static implicit operator AgentPlugin(PluginSchema schema) => FromSchema(schema);

    /// <summary>A plugin that brings tables and nothing else.</summary>
    public static AgentPlugin FromSchema(PluginSchema schema) => Define(schema.Plugin, plugin => plugin.Schema(schema));

    /// <inheritdoc/>
    public override string ToString() => Id;
}
