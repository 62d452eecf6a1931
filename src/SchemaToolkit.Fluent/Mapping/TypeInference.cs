using System.Text.Json;
using System.Text.Json.Nodes;

namespace SchemaToolkit.Fluent;

/// <summary>The inverse of <c>ColumnType.clrType</c>: which column a .NET type asks for when the author says nothing else.</summary>
internal static class TypeInference
{
    private static readonly Dictionary<Type, Core.ColumnType> Exact = new()
    {
        [typeof(Guid)] = Core.ColumnType.Uuid,
        [typeof(string)] = Core.ColumnType.Text,
        [typeof(short)] = Core.ColumnType.SmallInt,
        [typeof(int)] = Core.ColumnType.Integer,
        [typeof(long)] = Core.ColumnType.BigInt,
        [typeof(float)] = Core.ColumnType.Real,
        [typeof(double)] = Core.ColumnType.Double,
        [typeof(decimal)] = Core.ColumnType.NewNumeric(null),
        [typeof(bool)] = Core.ColumnType.Boolean,
        [typeof(DateOnly)] = Core.ColumnType.Date,
        [typeof(TimeOnly)] = Core.ColumnType.Time,
        [typeof(DateTime)] = Core.ColumnType.LocalTimestamp,
        [typeof(DateTimeOffset)] = Core.ColumnType.Timestamp,
        [typeof(TimeSpan)] = Core.ColumnType.Interval,
        [typeof(byte[])] = Core.ColumnType.Bytea,
    };

    // Each fits the next larger signed type whole; ulong fits none.
    private static readonly Dictionary<Type, Core.ColumnType> Wider = new()
    {
        [typeof(byte)] = Core.ColumnType.SmallInt,
        [typeof(sbyte)] = Core.ColumnType.SmallInt,
        [typeof(ushort)] = Core.ColumnType.Integer,
        [typeof(uint)] = Core.ColumnType.BigInt,
    };

    /// <summary>The column's type and the way there; null when nothing can be inferred. A <c>Nullable</c> is unwrapped by the caller.</summary>
    public static (Core.ColumnType Type, Conversion Conversion)? Infer(Type type)
    {
        if (Exact.TryGetValue(type, out var exact)) return (exact, Conversion.None);
        if (Wider.TryGetValue(type, out var wider))
            return (wider, Conversion.Number(type, Core.ColumnTypeModule.clrType(wider)));
        if (type.IsEnum) return (Core.ColumnType.Text, Conversion.Enum(type));
        if (type == typeof(JsonElement) || type == typeof(JsonDocument) || typeof(JsonNode).IsAssignableFrom(type))
            return (Core.ColumnType.Jsonb, Conversion.Json(type, Conversion.JsonOptions));

        return InferList(type);
    }

    private static (Core.ColumnType, Conversion)? InferList(Type type)
    {
        var element = type.IsArray && type.GetArrayRank() == 1
            ? type.GetElementType()
            : type is { IsGenericType: true, GenericTypeArguments: [var only] } ? only : null;

        // An array of arrays has no fixed shape in .NET, and bytes in a list are a bytea.
        if (element is null || Nullable.GetUnderlyingType(element) is not null || element.IsArray || element == typeof(byte)) return null;
        if (Infer(element) is not { } inner || inner.Type.IsArray) return null;

        var column = Core.ColumnType.NewArray(inner.Type);
        var columnElement = Core.ColumnTypeModule.clrType(inner.Type);
        if (type.IsArray && element == columnElement) return (column, Conversion.None);
        return Conversion.List(type, element, columnElement, inner.Conversion) is { } list ? (column, list) : null;
    }
}
