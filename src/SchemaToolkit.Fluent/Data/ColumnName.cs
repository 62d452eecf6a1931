namespace SchemaToolkit.Fluent;

/// <summary>A column's name, quoted where it stands in a hole of free SQL.</summary>
public sealed class ColumnName
{
    internal ColumnName(Core.ColumnHandle handle) => Handle = handle;

    /// <summary>The name, unquoted.</summary>
    public string Name => Handle.Name;

    internal Core.ColumnHandle Handle { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
