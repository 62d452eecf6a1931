namespace SchemaToolkit.Fluent;

/// <summary>Declares schemas.</summary>
public static class Schema
{
    /// <summary>A plugin's tables, in the namespace derived from its name (<c>@org/plugin-foo</c> becomes <c>plugin_foo</c>).</summary>
    /// <param name="plugin">The plugin's full name: the owner on record.</param>
    /// <param name="describe">Adds the tables.</param>
    /// <exception cref="SchemaDefinitionException">It cannot be a schema; every reason is given.</exception>
    public static PluginSchema For(string plugin, Action<SchemaBuilder> describe) =>
        Build(plugin, Core.Namespace.derive(plugin), describe);

    /// <summary>A plugin's tables, in a namespace of its choosing.</summary>
    /// <param name="plugin">The plugin's full name: the owner on record.</param>
    /// <param name="schemaNamespace">The namespace; PostgreSQL calls it schema.</param>
    /// <param name="describe">Adds the tables.</param>
    /// <exception cref="SchemaDefinitionException">It cannot be a schema; every reason is given.</exception>
    public static PluginSchema InNamespace(string plugin, string schemaNamespace, Action<SchemaBuilder> describe) =>
        Build(plugin, schemaNamespace, describe);

    /// <summary>The host's own tables, in <c>public</c>.</summary>
    /// <param name="describe">Adds the tables.</param>
    /// <exception cref="SchemaDefinitionException">It cannot be a schema; every reason is given.</exception>
    public static PluginSchema ForHost(Action<SchemaBuilder> describe) => Build(Core.Namespace.host, Core.Namespace.host, describe);

    private static PluginSchema Build(string plugin, string schemaNamespace, Action<SchemaBuilder> describe)
    {
        var builder = new SchemaBuilder(plugin, schemaNamespace);
        describe(builder);
        return builder.Build();
    }
}
