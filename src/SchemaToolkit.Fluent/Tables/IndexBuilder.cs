using System.Reflection;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Says more about an index. <c>Descending</c>, <c>NullsFirst</c>, <c>OpClass</c> and <c>Collate</c> speak of the part named last.</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
public sealed class IndexBuilder<T>
{
    private readonly List<Func<Func<PropertyInfo, string>, Core.IndexPart>> parts = [];
    private readonly List<Func<Func<PropertyInfo, string>, Core.IndexDef, Core.IndexDef>> changes = [];

    internal IndexBuilder()
    {
    }

    /// <summary>Gives the index a name other than <c>table_columns_idx</c>.</summary>
    public IndexBuilder<T> Named(string name) => Change(index => Core.Index.named(name, index));

    /// <summary>A further column.</summary>
    public IndexBuilder<T> ThenBy(Expression<Func<T, object?>> property) => On(MemberPath.Many(property));

    /// <summary>A further part that is an SQL expression.</summary>
    public IndexBuilder<T> ThenBy(Expression<Func<T, FormattableString>> sql) => On(sql);

    /// <summary>A further column, in falling order.</summary>
    public IndexBuilder<T> ThenByDescending(Expression<Func<T, object?>> property) => ThenBy(property).Descending();

    /// <summary>The part named last, in falling order.</summary>
    public IndexBuilder<T> Descending() => ChangeLast(Core.IndexPartModule.descending);

    /// <summary>NULLs before everything else.</summary>
    public IndexBuilder<T> NullsFirst() => ChangeLast(Core.IndexPartModule.nullsFirst);

    /// <summary>NULLs after everything else.</summary>
    public IndexBuilder<T> NullsLast() => ChangeLast(Core.IndexPartModule.nullsLast);

    /// <summary>The part's operator class, such as <c>vector_cosine_ops</c>.</summary>
    public IndexBuilder<T> OpClass(string name) => ChangeLast(part => Core.IndexPartModule.opClass(name, part));

    /// <summary>The part's collation.</summary>
    public IndexBuilder<T> Collate(string name) => ChangeLast(part => Core.IndexPartModule.collate(name, part));

    /// <summary>No two rows may agree in these parts.</summary>
    public IndexBuilder<T> Unique() => Change(Core.Index.unique);

    /// <summary>The access method: <c>gin</c>, <c>gist</c>, <c>brin</c>, <c>hash</c>, <c>hnsw</c>, <c>ivfflat</c>.</summary>
    public IndexBuilder<T> Using(string method) => Change(index => Core.Index.@using(method, index));

    /// <summary>Columns that the index carries but is not searched by.</summary>
    public IndexBuilder<T> Including(params Expression<Func<T, object?>>[] properties)
    {
        var included = MemberPath.Many(properties);
        changes.Add((columnOf, index) => Core.Index.including(included.Select(each => Handle(columnOf(each))).ToFSharpList(), index));
        return this;
    }

    /// <summary>Only the rows for which the text holds: <c>x => $"{x.DeletedAt} IS NULL"</c>.</summary>
    public IndexBuilder<T> Where(Expression<Func<T, FormattableString>> sql)
    {
        changes.Add((columnOf, index) => Core.Index.where(SqlHoles.Read(sql, columnOf), index));
        return this;
    }

    /// <summary>Two NULLs count as equal (PostgreSQL 15).</summary>
    public IndexBuilder<T> NullsNotDistinct() => Change(Core.Index.nullsNotDistinct);

    /// <summary>A storage parameter, such as <c>m</c> of hnsw.</summary>
    public IndexBuilder<T> Parameter(string name, string value) => Change(index => Core.Index.parameter(name, value, index));

    /// <summary>Declares the index for one engine; elsewhere it is left out without a warning.</summary>
    public IndexBuilder<T> OnlyOn(Engine engine) => Change(index => Core.Index.onlyOn(engine.Key, index));

    internal IndexBuilder<T> On(IEnumerable<PropertyInfo> properties)
    {
        parts.AddRange(properties.Select(property =>
            (Func<Func<PropertyInfo, string>, Core.IndexPart>)(columnOf => Core.IndexPartModule.column(Handle(columnOf(property))))));
        return this;
    }

    internal IndexBuilder<T> On(Expression<Func<T, FormattableString>> sql)
    {
        parts.Add(columnOf => Core.IndexPartModule.expression(SqlHoles.Read(sql, columnOf)));
        return this;
    }

    internal Core.IndexDef Build(string table, Func<PropertyInfo, string> columnOf)
    {
        var index = changes.Aggregate(
            Core.Index.by(parts.Select(part => part(columnOf)).ToFSharpList()),
            (sofar, change) => change(columnOf, sofar));

        // The rule for a missing name belongs to Core, which applies it when an index joins a table.
        var bare = Core.TableModule.define(table, Array.Empty<Core.ColumnHandle?>().ToFSharpList());
        return Core.TableModule.indexWith(index, bare).Indexes.Head;
    }

    private static Core.ColumnHandle? Handle(string column) => new(Drafts.Definition(column, Core.ColumnType.Text));

    private IndexBuilder<T> Change(Func<Core.IndexDef, Core.IndexDef> change)
    {
        changes.Add((_, index) => change(index));
        return this;
    }

    private IndexBuilder<T> ChangeLast(Func<Core.IndexPart, Core.IndexPart> change)
    {
        if (parts.Count == 0) throw new InvalidOperationException("The index has no part yet.");
        var last = parts[^1];
        parts[^1] = columnOf => change(last(columnOf));
        return this;
    }
}
