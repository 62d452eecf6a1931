using System.Reflection;

namespace SchemaToolkit.Fluent;

internal enum Nullness
{
    Required,
    Optional,

    /// <summary>Compiled without nullable annotations: nobody said.</summary>
    Oblivious,
}

/// <summary>Whether the compiler was told that a property may be null.</summary>
internal static class Nullability
{
    public static Nullness Of(PropertyInfo property, ParameterInfo? parameter)
    {
        if (property.PropertyType.IsValueType)
            return Nullable.GetUnderlyingType(property.PropertyType) is null ? Nullness.Required : Nullness.Optional;

        // The context caches, but is not safe to share between threads.
        var context = new NullabilityInfoContext();
        var found = parameter is null ? context.Create(property).ReadState : context.Create(parameter).ReadState;
        return found switch
        {
            NullabilityState.NotNull => Nullness.Required,
            NullabilityState.Nullable => Nullness.Optional,
            _ => Nullness.Oblivious,
        };
    }
}
