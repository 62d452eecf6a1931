namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Says more about a record that a view's rows, or a composite type's values, are read as. Every property is one unless ignored.</summary>
/// <typeparam name="T">A record, or a class with settable properties.</typeparam>
public class RecordBuilder<T> where T : class
{
    private readonly RecordShape shape = RecordShape.Of(typeof(T));
    private readonly List<ColumnDraft> drafts;

    internal RecordBuilder() => drafts = [.. shape.Parts.Select(part => new ColumnDraft(part))];

    /// <summary>A property, to say more about it: its name, its type.</summary>
    /// <exception cref="ArgumentException">The lambda is not one property of the record.</exception>
    public ColumnBuilder<T, TValue> Column<TValue>(Expression<Func<T, TValue>> property) => new(DraftOf(property));

    /// <summary>Leaves a property out.</summary>
    public RecordBuilder<T> Ignore<TValue>(Expression<Func<T, TValue>> property)
    {
        DraftOf(property).Ignored = true;
        return this;
    }

    /// <exception cref="SchemaDefinitionException">A property can be no column; every reason is given.</exception>
    internal RecordMap<T> Build(string where)
    {
        List<string> problems = [];
        var columns = drafts.Where(each => !each.Ignored)
            .Select(each => each.Finish(property => property.Name, problems)).OfType<MappedColumn>().ToArray();
        return problems.Count == 0 ? new RecordMap<T>(shape, columns) : throw new SchemaDefinitionException(where, problems);
    }

    private ColumnDraft DraftOf(LambdaExpression property)
    {
        var named = MemberPath.Single(property);
        return drafts.Find(each => each.Property.Name == named.Name)
            ?? throw new ArgumentException(
                $"Property {named.Name} of {typeof(T).Name} cannot be read: it has no setter and no constructor parameter to read it back into.");
    }
}

/// <summary>Says more about the record that a materialised view's rows are read as, and gives the view indexes.</summary>
/// <typeparam name="T">A record, or a class with settable properties.</typeparam>
public sealed class MaterializedRecordBuilder<T> : RecordBuilder<T> where T : class
{
    internal MaterializedRecordBuilder()
    {
    }

    internal List<IndexBuilder<T>> Indexes { get; } = [];

    /// <summary>An index on these columns, in order.</summary>
    public IndexBuilder<T> Index(params Expression<Func<T, object?>>[] properties) => Added(new IndexBuilder<T>().On(MemberPath.Many(properties)));

    /// <summary>An index whose first part is an SQL expression: <c>x => $"lower({x.Name})"</c>.</summary>
    public IndexBuilder<T> Index(Expression<Func<T, FormattableString>> sql) => Added(new IndexBuilder<T>().On(sql));

    private IndexBuilder<T> Added(IndexBuilder<T> index)
    {
        Indexes.Add(index);
        return index;
    }
}
