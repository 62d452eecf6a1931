using System.Reflection;

namespace SchemaToolkit.Fluent;

/// <summary>The columns of a record in table order, and the way between a record and its row.</summary>
internal sealed class RecordMap<T>(RecordShape shape, IReadOnlyList<MappedColumn> columns)
{
    private readonly Func<object?[], T> make = shape.Maker<T>([.. columns.Select(each => each.Property)]);

    public IReadOnlyList<MappedColumn> Columns => columns;

    public MappedColumn Column(PropertyInfo property) =>
        columns.FirstOrDefault(each => each.Property.Name == property.Name)
        ?? throw new ArgumentException($"Property {property.Name} of {typeof(T).Name} is not a column: it is ignored or only computed.");

    /// <summary>The values as the columns' types keep them, in column order.</summary>
    public object?[] ToRow(T record)
    {
        var row = new object?[columns.Count];
        for (var i = 0; i < row.Length; i++)
            row[i] = columns[i].Property.GetValue(record) is { } value ? columns[i].Conversion.ToColumn(value) : null;
        return row;
    }

    /// <summary>The record that a row is. The array is overwritten.</summary>
    public T FromRow(object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is { } value)
                row[i] = columns[i].Conversion.FromColumn(value);
            else if (columns[i].Property.PropertyType is { IsValueType: true } type && Nullable.GetUnderlyingType(type) is null)
                throw new InvalidOperationException($"Column {columns[i].Definition.Name} holds NULL, but {typeof(T).Name}.{columns[i].Property.Name} cannot.");
        }

        return make(row);
    }
}
