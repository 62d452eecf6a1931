namespace SchemaToolkit.Fluent;

/// <summary>Says more about a view.</summary>
public sealed class ViewBuilder : ObjectBuilder<ViewBuilder>, IViewBuilder
{
    private readonly SortedDictionary<string, string> options = new(StringComparer.Ordinal);
    private Lazy<IView>? rows;

    internal ViewBuilder(string name, Func<Func<Type, ITable>, Core.SqlText> query)
        : base(name, tableOf => Core.View.definePer(name, query(tableOf))) =>
        Change(view => Core.View.options(options.Select(each => Tuple.Create(each.Key, each.Value)).ToFSharpList(), view));

    IView? IViewBuilder.Rows => rows?.Value;

    /// <summary>PostgreSQL's view options: <c>security_barrier</c>, <c>security_invoker</c>, <c>check_option</c>.</summary>
    public ViewBuilder Option(string name, string value)
    {
        options[name] = value;
        return this;
    }

    /// <summary>Reads the rows as records: <c>toolkit.Query&lt;T&gt;()</c>. The view's columns are named like the properties in snake_case, unless said otherwise.</summary>
    /// <typeparam name="T">A record, or a class with settable properties.</typeparam>
    /// <param name="describe">Says what the record does not.</param>
    public ViewBuilder As<T>(Action<RecordBuilder<T>>? describe = null) where T : class
    {
        var record = new RecordBuilder<T>();
        describe?.Invoke(record);
        var view = new Lazy<IView>(() => ViewRows.Of(Name, record));
        rows = view;
        // What is wrong with the record is said with what is wrong with the rest.
        return Change(declared =>
        {
            _ = view.Value;
            return declared;
        });
    }
}

/// <summary>Says more about a materialised view (PostgreSQL): it holds its query's rows as of when it was made or refreshed.</summary>
public sealed class MaterializedViewBuilder : ObjectBuilder<MaterializedViewBuilder>, IViewBuilder
{
    private Lazy<IView>? rows;

    internal MaterializedViewBuilder(string name, DeclaredText query)
        : base(name, tableOf => Core.MaterializedView.define(name, query(tableOf)))
    {
    }

    IView? IViewBuilder.Rows => rows?.Value;

    /// <summary>As <see cref="ViewBuilder.As{T}"/>; the record's properties are what indexes name: <c>.As&lt;Total&gt;(v => v.Index(x => x.Day).Unique())</c>.</summary>
    /// <typeparam name="T">A record, or a class with settable properties.</typeparam>
    /// <param name="describe">Says what the record does not, and adds indexes.</param>
    public MaterializedViewBuilder As<T>(Action<MaterializedRecordBuilder<T>>? describe = null) where T : class
    {
        var record = new MaterializedRecordBuilder<T>();
        describe?.Invoke(record);
        var view = new Lazy<View<T>>(() => ViewRows.Of(Name, record));
        rows = new Lazy<IView>(() => view.Value);
        return Change(declared => record.Indexes.Aggregate(
            declared,
            (sofar, index) => Core.MaterializedView.index(index.Build(Name, view.Value.Map.ColumnOf), sofar)));
    }
}

/// <summary>A view of either kind.</summary>
internal interface IViewBuilder
{
    /// <summary>The rows as records, where the author gave one.</summary>
    IView? Rows { get; }
}

internal static class ViewRows
{
    public static View<T> Of<T>(string name, RecordBuilder<T> record) where T : class
    {
        var map = record.Build($"view {name} over {typeof(T).Name}");
        return new View<T>(
            Core.TableModule.define(name, map.Columns.Select(each => (Core.ColumnHandle?)each.Handle).ToFSharpList()), map);
    }
}
