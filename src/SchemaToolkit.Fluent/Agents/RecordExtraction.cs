using System.ComponentModel;
using System.Reflection;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using static Microsoft.FSharp.Core.FuncConvert;

namespace SchemaToolkit.Fluent;

/// <summary>Reads a record out of a model's answer: an element for each property, named in snake_case.</summary>
internal static class RecordExtraction
{
    public static Core.Agents.Extraction<T> Of<T>() =>
        Core.Agents.Extraction.define(Core.Identifier.snakeCase(typeof(T).Name), Fields<T>());

    private static Core.Agents.Field<T> Fields<T>()
    {
        var shape = RecordShape.Of(typeof(T));
        var make = shape.Maker<T>([.. shape.Parts.Select(part => part.Property)]);
        var none = Core.Agents.Field.constant(FSharpList<object?>.Empty);
        // Joined from the last to the first, so that each stands before those already joined.
        var all = shape.Parts.Reverse().Aggregate(none, (rest, part) => Core.Agents.Field.map(
            FromFunc<Tuple<object?, FSharpList<object?>>, FSharpList<object?>>(pair => FSharpList<object?>.Cons(pair.Item1, pair.Item2)),
            Core.Agents.Field.zip(FieldOf(part), rest)));
        return Core.Agents.Field.map(FromFunc<FSharpList<object?>, T>(values => make([.. values])), all);
    }

    private static Core.Agents.Field<object?> FieldOf(RecordShape.Part part)
    {
        var name = part.Attribute<ColumnAttribute>()?.Name ?? Core.Identifier.snakeCase(part.Property.Name);
        var type = Nullable.GetUnderlyingType(part.Property.PropertyType) ?? part.Property.PropertyType;
        if (ScalarOf(type) is { } scalar) return Needed(part, Core.Agents.Field.value(name, Hinted(part, scalar)));
        if (ListOf(type) is { } list)
        {
            var item = name.EndsWith('s') ? name[..^1] : $"{name}_item";
            return Core.Agents.Field.map(
                FromFunc<FSharpList<object?>, object?>(found => list.Build([.. found])),
                Core.Agents.Field.list(name, item, Hinted(part, list.Scalar)));
        }

        var group = (Core.Agents.Field<object?>)typeof(RecordExtraction)
            .GetMethod(nameof(Group), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [name])!;
        return Needed(part, group);
    }

    private static Core.Agents.Field<object?> Group<T>(string name) =>
        Core.Agents.Field.group(name, Core.Agents.Field.map(FromFunc<T, object?>(value => value), Fields<T>()));

    private static Core.Agents.Field<object?> Needed(RecordShape.Part part, Core.Agents.Field<object?> field)
    {
        if (part.Parameter is { HasDefaultValue: true } parameter)
        {
            var missing = parameter.DefaultValue;
            return Core.Agents.Field.map(
                FromFunc<FSharpOption<object?>?, object?>(found => found is null ? missing : found.Value), Core.Agents.Field.optional(field)!);
        }

        return Nullability.Of(part.Property, part.Parameter) is Nullness.Required
            ? field
            : Core.Agents.Field.map(FromFunc<FSharpOption<object?>?, object?>(found => found?.Value), Core.Agents.Field.optional(field)!);
    }

    private static Core.Agents.Scalar<object?> Hinted(RecordShape.Part part, Core.Agents.Scalar<object?> scalar) =>
        part.Attribute<DescriptionAttribute>() is { Description: var hint } ? Core.Agents.Scalar.hint(hint, scalar) : scalar;

    private static Core.Agents.Scalar<object?>? ScalarOf(Type type)
    {
        static Core.Agents.Scalar<object?> Boxed<T>(Core.Agents.Scalar<T> scalar) =>
            Core.Agents.Scalar.map(FromFunc<T, object?>(value => value), scalar);

        return type switch
        {
            _ when type == typeof(string) => Boxed(Core.Agents.Scalar.text),
            _ when type == typeof(bool) => Boxed(Core.Agents.Scalar.@bool),
            _ when type == typeof(int) => Boxed(Core.Agents.Scalar.@int),
            _ when type == typeof(long) => Boxed(Core.Agents.Scalar.int64),
            _ when type == typeof(decimal) => Boxed(Core.Agents.Scalar.@decimal),
            _ when type == typeof(double) => Boxed(Core.Agents.Scalar.@float),
            _ when type == typeof(Guid) => Boxed(Core.Agents.Scalar.guid),
            _ when type == typeof(DateOnly) => Boxed(Core.Agents.Scalar.date),
            _ when type == typeof(DateTimeOffset) => Boxed(Core.Agents.Scalar.timestamp),
            { IsEnum: true } => Boxed(Core.Agents.Scalar.oneOfValues(
                Conversion.EnumNames(type).Select(each => Tuple.Create(each.Name, each.Value)).ToFSharpList())),
            _ => null,
        };
    }

    private static (Core.Agents.Scalar<object?> Scalar, Func<object?[], object> Build)? ListOf(Type type)
    {
        var element = type.IsArray ? type.GetElementType() : type is { IsGenericType: true, GenericTypeArguments: [var only] } ? only : null;
        if (element is null || ScalarOf(element) is not { } scalar
            || Conversion.List(type, element, element, Conversion.None) is not { } conversion) return null;
        return (scalar, found =>
        {
            var array = Array.CreateInstance(element, found.Length);
            Array.Copy(found, array, found.Length);
            return conversion.FromColumn(array);
        }
        );
    }
}
