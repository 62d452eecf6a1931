using System.Text.Json;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Says more about one column than its property does.</summary>
/// <typeparam name="TRecord">The record that the table holds.</typeparam>
/// <typeparam name="TValue">The property's type.</typeparam>
public sealed class ColumnBuilder<TRecord, TValue>
{
    internal ColumnBuilder(ColumnDraft draft) => Draft = draft;

    internal ColumnDraft Draft { get; }

    /// <summary>Gives the column a name other than the property's in snake_case.</summary>
    public ColumnBuilder<TRecord, TValue> Named(string name) => Change(draft => draft.Name = name);

    /// <summary>Says that the column had another name; the newest former name is given last.</summary>
    public ColumnBuilder<TRecord, TValue> RenamedFrom(string oldName) => Change(draft => draft.RenamedFrom.Insert(0, oldName));

    /// <summary>Leaves the property out of the table.</summary>
    public void Ignore() => Draft.Ignored = true;

    /// <summary>Lets the column be NULL, whatever the compiler was told.</summary>
    public ColumnBuilder<TRecord, TValue> Optional() => Change(draft => draft.Nullable = true);

    /// <summary>Makes the column NOT NULL, whatever the compiler was told.</summary>
    public ColumnBuilder<TRecord, TValue> Required() => Change(draft => draft.Nullable = false);

    /// <summary>At most <paramref name="length"/> characters.</summary>
    public ColumnBuilder<TRecord, TValue> Varchar(int length) => OfType(Core.ColumnType.NewVarchar(length));

    /// <summary>Exactly <paramref name="length"/> characters, blank-padded.</summary>
    public ColumnBuilder<TRecord, TValue> Char(int length) => OfType(Core.ColumnType.NewChar(length));

    /// <summary>An exact decimal: total digits, digits after the point.</summary>
    public ColumnBuilder<TRecord, TValue> Numeric(int precision, int scale) =>
        OfType(Core.ColumnType.NewNumeric(new Core.NumericPrecision(precision, scale).ToOption()));

    /// <summary>pgvector's <c>vector(dimensions)</c>, single precision; for <c>float[]</c> and <c>ReadOnlyMemory&lt;float&gt;</c>.</summary>
    public ColumnBuilder<TRecord, TValue> Vector(int dimensions) =>
        Draft.ValueType == typeof(float[]) || Draft.ValueType == typeof(ReadOnlyMemory<float>)
            ? OfType(Core.ColumnType.NewVector(dimensions), Conversion.Vector(Draft.ValueType))
            : OfType(Core.ColumnType.NewVector(dimensions));

    /// <summary>Keeps any type as <c>jsonb</c> through System.Text.Json, names in camelCase and enums by name in snake_case unless told otherwise.</summary>
    public ColumnBuilder<TRecord, TValue> Json(JsonSerializerOptions? options = null) =>
        OfType(Core.ColumnType.Jsonb, Conversion.Json(Draft.ValueType, options ?? Conversion.JsonOptions));

    /// <summary>As <see cref="Json"/>, in PostgreSQL's <c>json</c>: the text as it was written.</summary>
    public ColumnBuilder<TRecord, TValue> JsonText(JsonSerializerOptions? options = null) =>
        OfType(Core.ColumnType.Json, Conversion.Json(Draft.ValueType, options ?? Conversion.JsonOptions));

    /// <summary>Puts the column into a domain of the schema, over the type that it has otherwise (PostgreSQL).</summary>
    /// <param name="name">The domain's name, as given to <c>s.Domain&lt;T&gt;(name)</c>.</param>
    public ColumnBuilder<TRecord, TValue> InDomain(string name) =>
        Change(draft => draft.Domain = Core.ObjectNameModule.relative(name));

    /// <summary>A composite or range type of the schema (PostgreSQL); for <c>string</c> properties, which hold its text form.</summary>
    /// <param name="name">The type's name.</param>
    public ColumnBuilder<TRecord, TValue> OwnType(string name) =>
        OfType(Core.ColumnType.NewNamed(Core.ObjectNameModule.relative(name)));

    /// <summary>Any other type of PostgreSQL, as <c>format_type</c> prints it, such as <c>inet</c>; for <c>string</c> properties, which hold its text form.</summary>
    /// <param name="sql">The type.</param>
    public ColumnBuilder<TRecord, TValue> OtherType(string sql) => OfType(Core.ColumnType.NewOther(sql));

    /// <summary>Keeps a C# enum as a type of its own in the database, made with the table; without it an enum is text.</summary>
    /// <param name="name">The type's name; the C# name in snake_case when not given.</param>
    /// <exception cref="ArgumentException">The property is no enum.</exception>
    public ColumnBuilder<TRecord, TValue> AsEnum(string? name = null)
    {
        if (!Draft.ValueType.IsEnum)
            throw new ArgumentException($"Property {Draft.Property.Name} is a {Draft.ValueType.Name}, not an enum.");

        var type = Core.EnumTypeModule.define(
            name ?? Core.Identifier.snakeCase(Draft.ValueType.Name),
            Conversion.EnumNames(Draft.ValueType).Select(each => each.Name).ToFSharpList());
        Draft.Enum = type;
        return OfType(Core.ColumnType.NewEnum(type.Name), Conversion.Enum(Draft.ValueType));
    }

    /// <summary>A constant that the engine fills in where an insert gives no value.</summary>
    public ColumnBuilder<TRecord, TValue> DefaultsTo(TValue value) => Change(draft => draft.DefaultValue = value);

    /// <summary>An SQL expression as the default, one text for every engine.</summary>
    public ColumnBuilder<TRecord, TValue> DefaultsToSql(string sql) =>
        Default(Core.ColumnDefault.NewExpression(Core.SqlTextModule.raw(sql)));

    /// <summary>A JSON column's default: <c>{}</c>.</summary>
    public ColumnBuilder<TRecord, TValue> DefaultsToEmptyObject() => Default(Core.ColumnDefault.NewLiteral(Core.Literal.NewText("{}")));

    /// <summary>A JSON column's default: <c>[]</c>.</summary>
    public ColumnBuilder<TRecord, TValue> DefaultsToEmptyArray() => Default(Core.ColumnDefault.NewLiteral(Core.Literal.NewText("[]")));

    /// <summary>The engine numbers the rows; a value given is used instead.</summary>
    public ColumnBuilder<TRecord, TValue> Identity() => Change(draft => draft.Identity = Core.Identity.ByDefault);

    /// <summary>The engine numbers the rows, and refuses values given.</summary>
    public ColumnBuilder<TRecord, TValue> IdentityAlways() => Change(draft => draft.Identity = Core.Identity.Always);

    /// <summary>Computed from other columns on write, and stored: <c>x => $"{x.First} || {x.Last}"</c>.</summary>
    public ColumnBuilder<TRecord, TValue> GeneratedAs(Expression<Func<TRecord, FormattableString>> sql) =>
        Change(draft => draft.Generated = columnOf => SqlHoles.Read(sql, columnOf));

    /// <summary>Computed from other columns on read (SQLite, PostgreSQL 18).</summary>
    public ColumnBuilder<TRecord, TValue> VirtualAs(Expression<Func<TRecord, FormattableString>> sql) =>
        GeneratedAs(sql).Change(draft => draft.GeneratedOnRead = true);

    /// <summary>The column's collation.</summary>
    public ColumnBuilder<TRecord, TValue> Collate(string collation) => Change(draft => draft.Collation = collation);

    /// <summary>A comment kept in the database.</summary>
    public ColumnBuilder<TRecord, TValue> Comment(string text) => Change(draft => draft.Comment = text);

    internal ColumnBuilder<TRecord, TValue> Touch() => Change(draft => draft.Touched = true);

    internal ColumnBuilder<TRecord, TValue> Next(SequenceBuilder sequence) =>
        Default(Core.Default.next<TValue>(sequence.Reference).Definition).Change(draft => draft.Numbered = true);

    internal ColumnBuilder<TRecord, TValue> Default(Core.ColumnDefault value) => Change(draft => draft.Default = value);

    private ColumnBuilder<TRecord, TValue> OfType(Core.ColumnType type, Conversion? conversion = null) =>
        Change(draft => (draft.Type, draft.Conversion) = (type, conversion));

    private ColumnBuilder<TRecord, TValue> Change(Action<ColumnDraft> change)
    {
        change(Draft);
        return this;
    }
}
