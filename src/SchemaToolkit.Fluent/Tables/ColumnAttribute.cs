namespace SchemaToolkit.Fluent;

/// <summary>Pins the name that a property has as a column, or an enum's member as a stored value.</summary>
/// <param name="name">The name in the database.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class ColumnAttribute(string name) : Attribute
{
    /// <summary>The name in the database.</summary>
    public string Name { get; } = name;
}

/// <summary>Says that a property is not a column.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IgnoredAttribute : Attribute;
