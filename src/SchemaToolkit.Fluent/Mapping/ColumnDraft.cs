using System.Reflection;
using System.Text.Json;

namespace SchemaToolkit.Fluent;

/// <summary>A column while its author is still talking about it.</summary>
internal sealed class ColumnDraft(RecordShape.Part part)
{
    public PropertyInfo Property => part.Property;
    public Type ValueType { get; } = System.Nullable.GetUnderlyingType(part.Property.PropertyType) ?? part.Property.PropertyType;
    public string Name { get; set; } = part.Attribute<ColumnAttribute>()?.Name ?? Core.Identifier.snakeCase(part.Property.Name);
    public bool Ignored { get; set; } = part.Attribute<IgnoredAttribute>() is not null;
    public Core.ColumnType? Type { get; set; }
    public Conversion? Conversion { get; set; }
    public bool? Nullable { get; set; }
    public object? DefaultValue { get; set; }
    public Core.ColumnDefault? Default { get; set; }
    public Core.Identity? Identity { get; set; }
    public Func<Func<PropertyInfo, string>, FormattableString>? Generated { get; set; }
    public bool GeneratedOnRead { get; set; }
    public string? Collation { get; set; }
    public string? Comment { get; set; }
    public List<string> RenamedFrom { get; } = [];
    public Core.EnumType? Enum { get; set; }
    public Core.ObjectName? Domain { get; set; }
    public bool Touched { get; set; }
    public bool Numbered { get; set; }

    /// <summary>The column, or nothing with the problems added.</summary>
    public MappedColumn? Finish(Func<PropertyInfo, string> columnOf, List<string> problems)
    {
        var nullable = IsNullable(problems);
        if (Resolve(problems) is not var (type, conversion)) return null;

        var definition = Drafts.Definition(
            Name,
            Domain is null ? type : Core.ColumnType.NewDomain(Domain, type),
            nullable,
            Default ?? LiteralDefault(type, conversion, problems),
            Identity,
            Generated is null ? null : new Core.Generated(Core.Declared.sql(Generated(columnOf)), !GeneratedOnRead),
            Collation,
            Comment,
            RenamedFrom);
        return new MappedColumn(Property, definition, conversion, Touched, Numbered);
    }

    private bool IsNullable(List<string> problems)
    {
        var told = Nullability.Of(Property, part.Parameter);
        if (Nullable == true && told == Nullness.Required && Property.PropertyType.IsValueType)
            problems.Add($"property {Property.Name} is .Optional() but {ValueType.Name} cannot hold null; make it {ValueType.Name}?.");

        if (Nullable is null && told == Nullness.Oblivious)
        {
            problems.Add($"property {Property.Name} was compiled without nullable annotations, so whether it may be NULL is unknown; "
                + "write #nullable enable in its file, or say .Optional() or .Required().");
        }

        return Nullable ?? told == Nullness.Optional;
    }

    private (Core.ColumnType, Conversion)? Resolve(List<string> problems)
    {
        var inferred = TypeInference.Infer(ValueType);
        if (Type is null && inferred is null)
        {
            problems.Add($"property {Property.Name} is a {Describe(ValueType)}, for which there is no column type; "
                + "keep it as JSON with .Json(), leave it out with .Ignore(), or take another type.");
            return null;
        }

        if (Type is null) return inferred;
        if (Conversion is not null) return (Type, Conversion);

        // Without a way of its own, the type said must hold what the property holds.
        if (inferred is { } known && Core.ColumnTypeModule.clrType(Type) == Core.ColumnTypeModule.clrType(known.Type))
            return (Type, known.Conversion);

        problems.Add($"property {Property.Name} is a {Describe(ValueType)}, but a column of type {Core.ColumnTypeModule.describe(Type)} "
            + $"holds a {Describe(Core.ColumnTypeModule.clrType(Type))}.");
        return null;
    }

    private Core.ColumnDefault? LiteralDefault(Core.ColumnType type, Conversion conversion, List<string> problems)
    {
        if (DefaultValue is null) return null;
        try
        {
            return Core.ColumnDefault.NewLiteral(Core.Default.literalOf(conversion.ToColumn(DefaultValue)));
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidCastException or JsonException)
        {
            problems.Add($"the default of property {Property.Name} is no {Core.ColumnTypeModule.describe(type)}: {refused.Message}");
            return null;
        }
    }

    public static string Describe(Type type) =>
        type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GenericTypeArguments.Select(Describe))}>"
            : type.Name;
}

/// <summary>A property that is a column.</summary>
/// <param name="Property">The property.</param>
/// <param name="Definition">The column.</param>
/// <param name="Conversion">From one's value to the other's.</param>
/// <param name="Touched">Repositories set it whenever they change a row.</param>
/// <param name="Numbered">Its default is a sequence's next number.</param>
internal sealed record MappedColumn(PropertyInfo Property, Core.ColumnDef Definition, Conversion Conversion, bool Touched, bool Numbered)
{
    /// <summary>The handle that the data layer's words take; its values are boxed.</summary>
    public Core.Column<object?> Handle { get; } = new(Definition);

    /// <summary>Nobody but the engine computes it.</summary>
    public bool IsComputed => Definition.Generated is not null || Definition.Identity is { Value.IsAlways: true };

    /// <summary>Whether an insert leaves the value to the engine: it is nothing, and the column has something to put there.</summary>
    public bool IsLeftToEngine(object? columnValue) => columnValue switch
    {
        null => !Definition.Nullable && (Definition.Default is not null || Definition.Identity is not null),
        Guid id => id == Guid.Empty && Definition.Default is { Value.IsNewUuid: true },
        DateTimeOffset instant => instant == default && Definition.Default is { Value.IsNow: true },
        DateTime local => local == default && Definition.Default is { Value.IsNow: true },
        short or int or long => (Numbered || Definition.Identity is not null) && Convert.ToInt64(columnValue) == 0,
        _ => false,
    };
}
