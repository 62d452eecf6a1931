using System.Reflection;
using System.Text.Json;
using static Microsoft.FSharp.Core.FuncConvert;

namespace SchemaToolkit.Fluent;

/// <summary>The columns of a record in table order, and the way between a record and its row.</summary>
internal sealed class RecordMap<T>
{
    private readonly string name = typeof(T).Name;
    private readonly Func<object?[], T> make;
    private readonly Func<T, object?[]> take;

    public RecordMap(RecordShape shape, IReadOnlyList<MappedColumn> columns)
    {
        Columns = columns;
        PropertyInfo[] properties = [.. columns.Select(each => each.Property)];
        make = shape.Maker<T>(properties);
        take = shape.Taker<T>(properties);
        Row = Core.RowModule.map(
            FromFunc<object?[], T>(FromRow),
            Core.RowModule.values(columns.Select(each => Tuple.Create(Core.RowSource.NewColumn(each.Handle), each.Definition.Nullable)).ToFSharpList()));
    }

    public IReadOnlyList<MappedColumn> Columns { get; }

    /// <summary>Reads the table's rows as records.</summary>
    public Core.Row<T> Row { get; }

    public MappedColumn Column(PropertyInfo property) =>
        Columns.FirstOrDefault(each => each.Property.Name == property.Name)
        ?? throw new ArgumentException($"Property {property.Name} of {name} is not a column: it is ignored or only computed.");

    public string ColumnOf(PropertyInfo property) => Column(property).Definition.Name;

    /// <summary>The values as the columns' types keep them, in column order.</summary>
    /// <exception cref="Core.DatabaseException">A value does not fit its column.</exception>
    public object?[] ToRow(T record)
    {
        var row = take(record);
        for (var i = 0; i < row.Length; i++) row[i] = ToColumn(Columns[i], row[i]);
        return row;
    }

    /// <summary>The record that a row is. The array is overwritten.</summary>
    /// <exception cref="Core.DatabaseException">A value cannot be what its property holds.</exception>
    public T FromRow(object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = FromColumn(Columns[i], row[i]);
        return make(row);
    }

    public static object? ToColumn(MappedColumn column, object? value)
    {
        if (value is null) return null;
        try
        {
            return column.Conversion.ToColumn(value);
        }
        catch (Exception error) when (error is ArgumentException or JsonException or NotSupportedException or OverflowException)
        {
            throw new Core.DatabaseException(
                Core.DataErrorModule.value(
                    column.Definition.Name,
                    $"The value of {typeof(T).Name}.{column.Property.Name} cannot become the column's {Core.ColumnTypeModule.describe(column.Definition.Type)}: {error.Message}"),
                error);
        }
    }

    private static object? FromColumn(MappedColumn column, object? value)
    {
        try
        {
            return value is not null
                ? column.Conversion.FromColumn(value)
                : column.Property.PropertyType.IsValueType && Nullable.GetUnderlyingType(column.Property.PropertyType) is null
                    ? throw new InvalidOperationException("it is NULL, which the property cannot be.")
                    : null;
        }
        catch (Exception error) when (error is InvalidOperationException or JsonException or NotSupportedException or OverflowException)
        {
            throw new Core.DatabaseException(
                Core.DataErrorModule.decode(
                    column.Definition.Name,
                    $"Column {column.Definition.Name} cannot be read as {typeof(T).Name}.{column.Property.Name}: {error.Message}",
                    "Change the property's type to what the rows hold, or correct the rows."),
                error);
        }
    }
}
