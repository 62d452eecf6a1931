using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SchemaToolkit.Fluent;

/// <summary>How a property's value becomes the column's (<c>ColumnType.clrType</c>) and back. Neither side is ever null.</summary>
internal sealed record Conversion(Func<object, object> ToColumn, Func<object, object> FromColumn)
{
    public static readonly Conversion None = new(value => value, value => value);

    /// <summary>Names in camelCase, enums by name in snake_case.</summary>
    public static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>A smaller or unsigned number in the next larger signed type.</summary>
    public static Conversion Number(Type property, Type column) => new(
        value => Convert.ChangeType(value, column),
        value => Convert.ChangeType(value, property));

    public static Conversion Json(Type property, JsonSerializerOptions options) =>
        property == typeof(JsonElement)
            ? None
            : new(
                value => JsonSerializer.SerializeToElement(value, property, options),
                value => ((JsonElement)value).Deserialize(property, options)
                    ?? throw new InvalidOperationException($"The JSON value null is no {property.Name}."));

    public static Conversion Vector(Type property) =>
        property == typeof(ReadOnlyMemory<float>)
            ? new(value => ((ReadOnlyMemory<float>)value).ToArray(), value => new ReadOnlyMemory<float>((float[])value))
            : None;

    /// <summary>An enum's members by their stored names: snake_case, or what <see cref="ColumnAttribute"/> says.</summary>
    public static Conversion Enum(Type property)
    {
        var stored = EnumNames(property);
        var byValue = new Dictionary<object, string>();
        foreach (var (value, name) in stored) byValue.TryAdd(value, name);
        var byName = stored.ToDictionary(each => each.Name, each => each.Value);
        return new(
            value => byValue.TryGetValue(value, out var name)
                ? name
                : throw new ArgumentException($"{property.Name} has no member of value {value:D}."),
            value => byName.TryGetValue((string)value, out var member)
                ? member
                : throw new InvalidOperationException($"'{value}' is no member of {property.Name}; it has {string.Join(", ", byName.Keys)}."));
    }

    public static IReadOnlyList<(object Value, string Name)> EnumNames(Type type) =>
    [
        .. from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
           let pinned = field.GetCustomAttribute<ColumnAttribute>()?.Name
           select (field.GetValue(null)!, pinned ?? Core.Identifier.snakeCase(field.Name)),
    ];

    /// <summary>A list type over the column's array, element by element; null when the type is no list of ours.</summary>
    public static Conversion? List(Type property, Type element, Type columnElement, Conversion elements)
    {
        var build = Builder(property, element);
        return build is null
            ? null
            : new(
                value =>
                {
                    var source = ((System.Collections.IEnumerable)value).Cast<object>().Select(elements.ToColumn).ToArray();
                    var target = Array.CreateInstance(columnElement, source.Length);
                    Array.Copy(source, target, source.Length);
                    return target;
                },
                value =>
                {
                    var source = (Array)value;
                    var target = Array.CreateInstance(element, source.Length);
                    for (var i = 0; i < source.Length; i++) target.SetValue(elements.FromColumn(source.GetValue(i)!), i);
                    return build(target);
                });
    }

    private static Func<Array, object>? Builder(Type property, Type element)
    {
        if (property.IsAssignableFrom(element.MakeArrayType())) return array => array;
        if (property == typeof(List<>).MakeGenericType(element))
            return array => Activator.CreateInstance(property, array)!;
        if (property != typeof(ImmutableArray<>).MakeGenericType(element)) return null;
        var create = typeof(Conversion).GetMethod(nameof(ToImmutable), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(element).CreateDelegate<Func<Array, object>>();
        return create;
    }

    private static object ToImmutable<T>(Array array) => ImmutableArray.Create((T[])array);
}
