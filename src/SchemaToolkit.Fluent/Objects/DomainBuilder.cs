using System.Runtime.CompilerServices;

namespace SchemaToolkit.Fluent;

/// <summary>Says more about a domain: a type with conditions of its own (PostgreSQL).</summary>
/// <typeparam name="T">What its values are in .NET.</typeparam>
public sealed class DomainBuilder<T> : ObjectBuilder<DomainBuilder<T>>
{
    private readonly BaseType type;

    internal DomainBuilder(string name) : this(name, new BaseType())
    {
    }

    private DomainBuilder(string name, BaseType type) : base(name, _ => Core.Domain.define(name, type.Resolve())) => this.type = type;

    /// <summary>At most <paramref name="length"/> characters.</summary>
    public DomainBuilder<T> Varchar(int length) => OfType(Core.ColumnType.NewVarchar(length));

    /// <summary>An exact decimal: total digits, digits after the point.</summary>
    public DomainBuilder<T> Numeric(int precision, int scale) =>
        OfType(Core.ColumnType.NewNumeric(new Core.NumericPrecision(precision, scale).ToOption()));

    /// <summary>A condition on each value: <c>Check("sign", $"VALUE > 0")</c>. The constraint is called <c>domain_name_check</c>.</summary>
    public DomainBuilder<T> Check(string name, FormattableString sql)
    {
        var text = SqlHoles.Values(sql);
        Add((domain, tableOf) => Core.Domain.check(name, text(tableOf), domain));
        return this;
    }

    /// <summary>A condition on each value, with a name of its own for the constraint.</summary>
    public DomainBuilder<T> CheckNamed(string constraintName, FormattableString sql)
    {
        var text = SqlHoles.Values(sql);
        Add((domain, tableOf) => Core.Domain.checkNamed(constraintName, Core.Declared.sql(text(tableOf)), domain));
        return this;
    }

    /// <summary>NULL is no value of it.</summary>
    public DomainBuilder<T> Required() => Change(Core.Domain.notNull);

    /// <summary>A constant for columns of the type that have no default of their own.</summary>
    public DomainBuilder<T> DefaultsTo(T value) => DefaultsToSql(FormattableStringFactory.Create("{0}", value));

    /// <summary>An SQL expression as the default.</summary>
    public DomainBuilder<T> DefaultsToSql(FormattableString sql)
    {
        var text = SqlHoles.Values(sql);
        Add((domain, tableOf) => Core.Domain.defaultsTo(text(tableOf), domain));
        return this;
    }

    private DomainBuilder<T> OfType(Core.ColumnType given)
    {
        type.Given = given;
        return this;
    }

    /// <summary>May be said after the domain was begun; what is wrong with it is said when the schema is built.</summary>
    private sealed class BaseType
    {
        public Core.ColumnType? Given { get; set; }

        public Core.ColumnType Resolve()
        {
            var inferred = ScalarType.Of(typeof(T));
            return Given is null || Core.ColumnTypeModule.clrType(Given) == Core.ColumnTypeModule.clrType(inferred)
                ? Given ?? inferred
                : throw new ArgumentException($"{Core.ColumnTypeModule.describe(Given)} does not hold a {ColumnDraft.Describe(typeof(T))}.");
        }
    }
}

/// <summary>The type that a .NET type is on its own, without a record around it.</summary>
internal static class ScalarType
{
    public static Core.ColumnType Of(Type type) =>
        TypeInference.Infer(Nullable.GetUnderlyingType(type) ?? type)?.Type
        ?? throw new ArgumentException($"a {ColumnDraft.Describe(type)} has no type in the database.");
}
