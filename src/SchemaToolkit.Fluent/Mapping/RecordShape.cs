using System.Reflection;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>How a record is taken apart and put together: its constructor, and the properties that can be columns.</summary>
internal sealed class RecordShape
{
    private readonly Type type;
    private readonly ConstructorInfo constructor;

    private RecordShape(Type type, ConstructorInfo constructor, IReadOnlyList<Part> parts)
    {
        this.type = type;
        this.constructor = constructor;
        Parts = parts;
    }

    /// <summary>A property with the constructor's parameter of the same name, if there is one.</summary>
    public sealed record Part(PropertyInfo Property, ParameterInfo? Parameter)
    {
        public T? Attribute<T>() where T : Attribute =>
            Property.GetCustomAttribute<T>() ?? Parameter?.GetCustomAttribute<T>();
    }

    /// <summary>In the order written: those of the constructor first. A property that is only computed is none of them.</summary>
    public IReadOnlyList<Part> Parts { get; }

    public static RecordShape Of(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(each => each.GetMethod is { IsPublic: true } && each.GetIndexParameters().Length == 0)
            .ToArray();

        PropertyInfo? PropertyFor(ParameterInfo parameter) => Array.Find(properties, each =>
            string.Equals(each.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && each.PropertyType == parameter.ParameterType);

        var constructor = type.GetConstructors()
            .Where(each => each.GetParameters().All(parameter => PropertyFor(parameter) is not null))
            .MaxBy(each => each.GetParameters().Length)
            ?? throw new SchemaDefinitionException(type.Name,
                ["it has no public constructor whose every parameter is a property of the same name and type; a record has one by itself."]);

        var byConstructor = constructor.GetParameters().Select(each => new Part(PropertyFor(each)!, each)).ToArray();
        var rest = properties
            .Where(each => each.SetMethod is { IsPublic: true } && !byConstructor.Any(part => part.Property == each))
            .Select(each => new Part(each, null));
        return new RecordShape(type, constructor, [.. byConstructor, .. rest]);
    }

    /// <summary>Takes the values of the given properties, in their order.</summary>
    public Func<T, object?[]> Taker<T>(IReadOnlyList<PropertyInfo> properties)
    {
        var record = Expression.Parameter(typeof(T), "record");
        var values = properties.Select(property => Expression.Convert(Expression.Property(record, property), typeof(object)));
        return Expression.Lambda<Func<T, object?[]>>(
            Expression.NewArrayInit(typeof(object), values), $"Take{type.Name}", [record]).Compile();
    }

    /// <summary>Makes a record from the values of the given properties, in their order; others keep their defaults.</summary>
    public Func<object?[], T> Maker<T>(IReadOnlyList<PropertyInfo> properties)
    {
        var values = Expression.Parameter(typeof(object?[]), "values");

        Expression Value(int index) =>
            Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(index)), properties[index].PropertyType);

        int IndexOf(PropertyInfo property)
        {
            for (var i = 0; i < properties.Count; i++)
                if (properties[i] == property) return i;
            return -1;
        }

        var arguments = Parts.Where(part => part.Parameter is not null).Select(part =>
            IndexOf(part.Property) is >= 0 and var index
                ? Value(index)
                : part.Parameter!.HasDefaultValue
                    ? Expression.Constant(part.Parameter.DefaultValue, part.Parameter.ParameterType)
                    : (Expression)Expression.Default(part.Parameter.ParameterType));

        var bindings = Parts
            .Where(part => part.Parameter is null && IndexOf(part.Property) >= 0)
            .Select(part => Expression.Bind(part.Property, Value(IndexOf(part.Property))));

        Expression made = Expression.MemberInit(Expression.New(constructor, arguments), bindings);
        return Expression.Lambda<Func<object?[], T>>(made, $"Make{type.Name}", [values]).Compile();
    }
}
