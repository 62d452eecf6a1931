using System.Reflection;

namespace SchemaToolkit.Fluent;

/// <summary>Says more about a unique constraint.</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
public sealed class UniqueBuilder<T>
{
    private readonly IReadOnlyList<PropertyInfo> properties;
    private string? name;
    private bool nullsNotDistinct;
    private Core.Deferrability deferrability = Core.Deferrability.NotDeferrable;

    internal UniqueBuilder(IReadOnlyList<PropertyInfo> properties) => this.properties = properties;

    /// <summary>Gives the constraint a name other than <c>table_columns_key</c>.</summary>
    public UniqueBuilder<T> Named(string constraintName)
    {
        name = constraintName;
        return this;
    }

    /// <summary>Two NULLs count as equal (PostgreSQL 15).</summary>
    public UniqueBuilder<T> NullsNotDistinct()
    {
        nullsNotDistinct = true;
        return this;
    }

    /// <summary>Checked when the transaction commits.</summary>
    public UniqueBuilder<T> Deferred()
    {
        deferrability = Core.Deferrability.InitiallyDeferred;
        return this;
    }

    /// <summary>Checked after each statement, until a transaction says <c>SET CONSTRAINTS … DEFERRED</c>.</summary>
    public UniqueBuilder<T> Deferrable()
    {
        deferrability = Core.Deferrability.InitiallyImmediate;
        return this;
    }

    internal Core.Unique Build(string table, Func<PropertyInfo, string> columnOf)
    {
        var columns = properties.Select(columnOf).ToFSharpList();
        return new Core.Unique(name ?? Core.Identifier.derive(table, columns, "key"), columns, nullsNotDistinct, deferrability);
    }
}
