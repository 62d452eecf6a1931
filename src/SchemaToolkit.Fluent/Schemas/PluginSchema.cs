using Microsoft.Extensions.DependencyInjection;

namespace SchemaToolkit.Fluent;

/// <summary>What one plugin declares: an immutable value, equal to another when their contents are.</summary>
public sealed class PluginSchema : IEquatable<PluginSchema>
{
    private readonly IReadOnlyList<ITable> tables;
    private readonly IReadOnlyList<IView> views;

    internal PluginSchema(Core.Schema value, IReadOnlyList<ITable> tables, IReadOnlyList<IView> views)
    {
        Value = value;
        this.tables = tables;
        this.views = views;
    }

    /// <summary>The plugin's full name: the owner on record.</summary>
    public string Plugin => Value.Plugin;

    /// <summary>The namespace that its tables live in.</summary>
    public string Namespace => Value.Namespace;

    /// <summary>The tables' names with their namespace, in the order declared.</summary>
    public IReadOnlyList<string> Tables => [.. tables.Select(table => table.Definition.Name.ToString())];

    /// <summary>Views, functions, triggers and the like: what each is, and its name.</summary>
    public IReadOnlyList<string> Objects => [.. Value.Objects.Select(each => each.Key.ToString())];

    /// <summary>SHA-256 of <see cref="ToJson"/>, in lower-case hexadecimal digits: what the ledger knows the schema by.</summary>
    public string Hash => Core.Canonical.hash(Value);

    internal Core.Schema Value { get; }

    /// <summary>The schema as one line of canonical JSON, the same for equal schemas in any language.</summary>
    public string ToJson() => Core.Canonical.serialize(Value);

    /// <summary>The table over a record, as it lies in this schema.</summary>
    /// <exception cref="ArgumentException">No table of this schema holds the record, or more than one.</exception>
    public Table<T> Table<T>() where T : class => TryTable<T>() ?? throw new ArgumentException(
        $"The schema of {Plugin} has no table over {typeof(T).Name}; it has {string.Join(", ", Tables)}.");

    /// <summary>The view over a record, as it lies in this schema.</summary>
    /// <exception cref="ArgumentException">No view of this schema holds the record, or more than one.</exception>
    public View<T> View<T>() where T : class => TryView<T>() ?? throw new ArgumentException(
        $"The schema of {Plugin} has no view over {typeof(T).Name}; say .As<{typeof(T).Name}>() where the view is declared.");

    /// <inheritdoc/>
    public bool Equals(PluginSchema? other) => other is not null && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PluginSchema);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"schema of {Plugin} in {Namespace}: {string.Join(", ", Tables)}";

    /// <summary>A repository for each table and a query for each view over a record, for those who ask a container.</summary>
    internal void Register(IServiceCollection services)
    {
        foreach (var table in tables) table.Register(services);
        foreach (var view in views) view.Register(services);
    }

    internal View<T>? TryView<T>() where T : class
    {
        var found = views.OfType<View<T>>().ToArray();
        return found.Length <= 1
            ? found.FirstOrDefault()
            : throw new ArgumentException(
                $"The schema of {Plugin} has {found.Length} views over {typeof(T).Name}: {string.Join(", ", found.Select(each => each.ToString()))}. Map each to a record of its own.");
    }

    internal Table<T>? TryTable<T>() where T : class
    {
        var found = tables.OfType<Table<T>>().ToArray();
        return found.Length <= 1
            ? found.FirstOrDefault()
            : throw new ArgumentException(
                $"The schema of {Plugin} has {found.Length} tables over {typeof(T).Name}: {string.Join(", ", found.Select(each => each.ToString()))}. Give the table meant as a value.");
    }
}
