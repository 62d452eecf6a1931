using System.Reflection;
using System.Runtime.CompilerServices;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Describes a table over a record. Every property is a column unless ignored; what is said here adds to what the record says.</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
public sealed partial class TableBuilder<T> where T : class
{
    private readonly string name;
    private readonly RecordShape shape = RecordShape.Of(typeof(T));
    private readonly List<ColumnDraft> drafts;
    private readonly List<string> renamedFrom = [];
    private readonly List<UniqueBuilder<T>> uniques = [];
    private readonly List<IndexBuilder<T>> indexes = [];
    private readonly List<IForeignKeyDraft> foreignKeys = [];
    private readonly List<Func<Core.Check>> checks = [];
    private readonly List<PolicyBuilder<T>> policies = [];
    private Core.RowSecurity rowSecurity = Core.RowSecurity.Disabled;
    private IReadOnlyList<PropertyInfo> primaryKey = [];
    private string? primaryKeyName;
    private string? comment;
    private bool shared;

    internal TableBuilder(string name)
    {
        this.name = name;
        drafts = [.. shape.Parts.Select(part => new ColumnDraft(part))];
    }

    /// <summary>A property as a column, to say more about it.</summary>
    /// <exception cref="ArgumentException">The lambda is not one property of the record.</exception>
    public ColumnBuilder<T, TValue> Column<TValue>(Expression<Func<T, TValue>> property)
    {
        var draft = DraftOf(MemberPath.Single(property));
        draft.Ignored = false;
        return new ColumnBuilder<T, TValue>(draft);
    }

    /// <summary>Leaves a property out of the table.</summary>
    public TableBuilder<T> Ignore<TValue>(Expression<Func<T, TValue>> property)
    {
        DraftOf(MemberPath.Single(property)).Ignored = true;
        return this;
    }

    /// <summary>The primary key, in the order written: <c>x => x.Id</c>, or several.</summary>
    public TableBuilder<T> PrimaryKey(params Expression<Func<T, object?>>[] properties)
    {
        primaryKey = MemberPath.Many(properties);
        return this;
    }

    /// <summary>The primary key under a name of its own, as tables have that were not made by the toolkit.</summary>
    public TableBuilder<T> PrimaryKeyNamed(string constraintName, params Expression<Func<T, object?>>[] properties)
    {
        primaryKeyName = constraintName;
        return PrimaryKey(properties);
    }

    /// <summary>No two rows may agree in these columns.</summary>
    public UniqueBuilder<T> Unique(params Expression<Func<T, object?>>[] properties) =>
        Added(uniques, new UniqueBuilder<T>(MemberPath.Many(properties)));

    /// <summary>An index on these columns, in order.</summary>
    public IndexBuilder<T> Index(params Expression<Func<T, object?>>[] properties) =>
        Added(indexes, new IndexBuilder<T>().On(MemberPath.Many(properties)));

    /// <summary>An index whose first part is an SQL expression: <c>x => $"lower({x.Name})"</c>.</summary>
    public IndexBuilder<T> Index(Expression<Func<T, FormattableString>> sql) => Added(indexes, new IndexBuilder<T>().On(sql));

    /// <summary>A check over the row: <c>t.Check("positive", x => $"{x.Amount} > 0")</c>. The constraint is called <c>table_name_check</c>.</summary>
    public TableBuilder<T> Check(string name, Expression<Func<T, FormattableString>> sql)
    {
        checks.Add(() => NewCheck(name, Core.Declared.sql(SqlHoles.Read(sql, ColumnName))));
        return this;
    }

    /// <summary>A check under a name of its own, as tables have that were not made by the toolkit.</summary>
    public TableBuilder<T> CheckNamed(string constraintName, Expression<Func<T, FormattableString>> sql)
    {
        checks.Add(() => new(constraintName, Core.Declared.sql(SqlHoles.Read(sql, ColumnName)), Array.Empty<string>().ToFSharpList()));
        return this;
    }

    /// <summary>A check with its own text for each engine.</summary>
    public TableBuilder<T> Check(
        string name, Expression<Func<T, FormattableString>> sqlite, Expression<Func<T, FormattableString>> postgres)
    {
        checks.Add(() => NewCheck(name, Core.Declared.per(
            new[]
            {
                Tuple.Create("postgres", SqlHoles.Read(postgres, ColumnName)),
                Tuple.Create("sqlite", SqlHoles.Read(sqlite, ColumnName)),
            }.ToFSharpList())));
        return this;
    }

    /// <summary>A foreign key to the table over another record of the same schema, column by column.</summary>
    public ForeignKeyBuilder References<TOther>(
        Expression<Func<T, object?>> properties, Expression<Func<TOther, object?>> target) where TOther : class =>
        AddForeignKey(properties, target, null);

    /// <summary>A foreign key to a table given as a value, which may be another plugin's shared one.</summary>
    public ForeignKeyBuilder References<TOther>(
        Table<TOther> table, Expression<Func<T, object?>> properties, Expression<Func<TOther, object?>> target) where TOther : class =>
        AddForeignKey(properties, target, table);

    /// <summary>Turns row-level security on, so that policies hold.</summary>
    /// <param name="forced">Also for the table's owner.</param>
    public TableBuilder<T> RowSecurity(bool forced = false)
    {
        rowSecurity = forced ? Core.RowSecurity.Forced : Core.RowSecurity.Enabled;
        return this;
    }

    /// <summary>A row-level security policy.</summary>
    public PolicyBuilder<T> Policy(string name, PolicyCommand command = PolicyCommand.All) =>
        Added(policies, new PolicyBuilder<T>(name, command));

    /// <summary>Says that the table had another name; the newest former name is given last.</summary>
    public TableBuilder<T> RenamedFrom(string oldName)
    {
        renamedFrom.Insert(0, oldName);
        return this;
    }

    /// <summary>A comment kept in the database.</summary>
    public TableBuilder<T> Comment(string text)
    {
        comment = text;
        return this;
    }

    /// <summary>Lets other plugins reference the table.</summary>
    public TableBuilder<T> Shared()
    {
        shared = true;
        return this;
    }

    internal Table<T> Build()
    {
        List<string> problems = [];
        var columns = drafts.Where(each => !each.Ignored).Select(each => each.Finish(ColumnName, problems)).OfType<MappedColumn>().ToArray();
        var built = Attempt(problems, () => Drafts.Table(
            name,
            columns,
            primaryKey.Count == 0 ? null : new Core.PrimaryKey(primaryKeyName ?? Core.Identifier.derive(name, Array.Empty<string>().ToFSharpList(), "pkey"), Names(primaryKey).ToFSharpList()),
            uniques.Select(each => each.Build(name, ColumnName)),
            checks.Select(each => each()),
            indexes.Select(each => each.Build(name, ColumnName)),
            rowSecurity,
            policies.Select(each => each.Build(ColumnName)),
            partitionBy is null ? null : Core.Declared.sql(SqlHoles.Read(partitionBy, ColumnName)),
            withoutRowId,
            comment,
            shared,
            renamedFrom));

        if (problems.Count == 0)
        {
            var table = new Table<T>(
                built!,
                new RecordMap<T>(shape, columns),
                [.. foreignKeys],
                [.. drafts.Where(each => !each.Ignored).Select(each => each.Enum).OfType<Core.EnumType>()],
                []);
            if (Attempt(problems, () => objects.ConvertAll(each => each.Build(_ => table))) is { } declared) return table.With(declared);
        }

        throw new SchemaDefinitionException($"table {name} over {typeof(T).Name}", problems);
    }

    private static TPart Added<TPart>(List<TPart> parts, TPart part)
    {
        parts.Add(part);
        return part;
    }

    private static TResult? Attempt<TResult>(List<string> problems, Func<TResult> build) where TResult : class
    {
        try
        {
            return build();
        }
        catch (ArgumentException refused)
        {
            problems.Add(refused.Message);
            return null;
        }
    }

    private ForeignKeyBuilder AddForeignKey<TOther>(LambdaExpression properties, Expression<Func<TOther, object?>> target, Table<TOther>? table)
        where TOther : class
    {
        var builder = new ForeignKeyBuilder();
        foreignKeys.Add(new ForeignKeyDraft<TOther>(builder, [.. MemberPath.Many(properties)], [.. MemberPath.Many(target)], table, ColumnName));
        return builder;
    }

    private Core.Check NewCheck(string checkName, Core.SqlText sql) =>
        new(Core.Identifier.derive(name, new[] { checkName }.ToFSharpList(), "check"), sql, Array.Empty<string>().ToFSharpList());

    private IEnumerable<string> Names(IEnumerable<PropertyInfo> properties) => properties.Select(ColumnName);

    private string ColumnName(PropertyInfo property)
    {
        var draft = DraftOf(property);
        return draft.Ignored
            ? throw new ArgumentException($"property {property.Name} is ignored, but a key, index or SQL text names it.")
            : draft.Name;
    }

    private ColumnDraft DraftOf(PropertyInfo property) =>
        drafts.Find(each => each.Property.Name == property.Name)
        ?? throw new ArgumentException(
            $"Property {property.Name} of {typeof(T).Name} cannot be a column: it has no setter and no constructor parameter to read it back into.");
}
