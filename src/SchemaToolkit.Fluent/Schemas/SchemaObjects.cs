namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <content>Views, functions, sequences and the like. Names of tables, columns and objects in SQL texts go through holes: a record itself is the
/// table that holds it, its property a column, and a builder the object it declares.</content>
public sealed partial class SchemaBuilder
{
    private readonly List<ObjectBuilder> objects = [];

    /// <summary>A view: <c>s.View("adults", $"SELECT {people.Column(x => x.Id)} FROM {people}")</c>.</summary>
    public ViewBuilder View(string name, FormattableString query) => View(name, SqlHoles.Values(query));

    /// <summary>A view over the table that holds a record: <c>s.View("adults", (Person p) => $"SELECT {p.Id}, {p.Name} FROM {p} WHERE {p.Age} >= 18")</c>.</summary>
    public ViewBuilder View<T>(string name, Expression<Func<T, FormattableString>> query) where T : class => View(name, SqlHoles.Tables(query));

    /// <summary>A view over two tables; where both have a column of one name, say whose: <c>{p}.{p.Id}</c>.</summary>
    public ViewBuilder View<T1, T2>(string name, Expression<Func<T1, T2, FormattableString>> query) where T1 : class where T2 : class =>
        View(name, SqlHoles.Tables(query));

    /// <summary>A view over three tables.</summary>
    public ViewBuilder View<T1, T2, T3>(string name, Expression<Func<T1, T2, T3, FormattableString>> query)
        where T1 : class where T2 : class where T3 : class => View(name, SqlHoles.Tables(query));

    /// <summary>A view with a query of its own for each engine.</summary>
    public ViewBuilder View(string name, FormattableString sqlite, FormattableString postgres) =>
        Declared(new ViewBuilder(name, PerEngine.Text(SqlHoles.Values(sqlite), SqlHoles.Values(postgres))));

    /// <summary>A view over the table that holds a record, with a query of its own for each engine.</summary>
    public ViewBuilder View<T>(string name, Expression<Func<T, FormattableString>> sqlite, Expression<Func<T, FormattableString>> postgres)
        where T : class => Declared(new ViewBuilder(name, PerEngine.Text(SqlHoles.Tables(sqlite), SqlHoles.Tables(postgres))));

    /// <summary>A materialised view (PostgreSQL).</summary>
    public MaterializedViewBuilder MaterializedView(string name, FormattableString query) =>
        Declared(new MaterializedViewBuilder(name, SqlHoles.Values(query)));

    /// <summary>A materialised view over the table that holds a record.</summary>
    public MaterializedViewBuilder MaterializedView<T>(string name, Expression<Func<T, FormattableString>> query) where T : class =>
        Declared(new MaterializedViewBuilder(name, SqlHoles.Tables(query)));

    /// <summary>A materialised view over two tables.</summary>
    public MaterializedViewBuilder MaterializedView<T1, T2>(string name, Expression<Func<T1, T2, FormattableString>> query)
        where T1 : class where T2 : class => Declared(new MaterializedViewBuilder(name, SqlHoles.Tables(query)));

    /// <summary>A function (PostgreSQL), what follows its name: <c>s.Function("twice", $"(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * a'")</c>.</summary>
    public PlainObjectBuilder Function(string name, FormattableString definition) =>
        Routine(name, SqlHoles.Values(definition), Core.Function.define);

    /// <summary>A function that names the table that holds a record.</summary>
    public PlainObjectBuilder Function<T>(string name, Expression<Func<T, FormattableString>> definition) where T : class =>
        Routine(name, SqlHoles.Tables(definition), Core.Function.define);

    /// <summary>A function that names two tables.</summary>
    public PlainObjectBuilder Function<T1, T2>(string name, Expression<Func<T1, T2, FormattableString>> definition)
        where T1 : class where T2 : class => Routine(name, SqlHoles.Tables(definition), Core.Function.define);

    /// <summary>A procedure (PostgreSQL), what follows its name.</summary>
    public PlainObjectBuilder Procedure(string name, FormattableString definition) =>
        Routine(name, SqlHoles.Values(definition), Core.Procedure.define);

    /// <summary>A procedure that names the table that holds a record.</summary>
    public PlainObjectBuilder Procedure<T>(string name, Expression<Func<T, FormattableString>> definition) where T : class =>
        Routine(name, SqlHoles.Tables(definition), Core.Procedure.define);

    /// <summary>A trigger on a view, in the words of one engine: <c>s.Trigger("adults_insert", adults, $"INSTEAD OF INSERT ON {adults} …")</c>. Those of tables
    /// are declared with the table.</summary>
    public PlainObjectBuilder Trigger(string name, ViewBuilder view, FormattableString definition)
    {
        var text = SqlHoles.Values(definition);
        return Declared(new PlainObjectBuilder(
            name, tableOf => Core.Trigger.onView(name, view.Reference, Core.Declared.sql(text(tableOf)))));
    }

    /// <summary>A trigger on a view with a text of its own for each engine.</summary>
    public PlainObjectBuilder Trigger(string name, ViewBuilder view, FormattableString sqlite, FormattableString postgres)
    {
        var text = PerEngine.Text(SqlHoles.Values(sqlite), SqlHoles.Values(postgres));
        return Declared(new PlainObjectBuilder(name, tableOf => Core.Trigger.onView(name, view.Reference, text(tableOf))));
    }

    /// <summary>A sequence (PostgreSQL), for <c>DefaultsToNext</c>. Most columns want <c>Identity()</c> instead.</summary>
    public SequenceBuilder Sequence(string name) => Declared(new SequenceBuilder(name));

    /// <summary>A domain (PostgreSQL): a type with conditions of its own.</summary>
    /// <typeparam name="T">What its values are in .NET.</typeparam>
    public DomainBuilder<T> Domain<T>(string name) => Declared(new DomainBuilder<T>(name));

    /// <summary>A composite type (PostgreSQL) with the record's properties as its attributes.</summary>
    public PlainObjectBuilder Composite<T>(string name, Action<RecordBuilder<T>>? describe = null) where T : class
    {
        var record = new RecordBuilder<T>();
        describe?.Invoke(record);
        return Declared(new PlainObjectBuilder(name, _ => Core.Composite.define(
            name,
            record.Build($"composite type {name} over {typeof(T).Name}").Columns
                .Select(each => Tuple.Create(each.Definition.Name, each.Definition.Type)).ToFSharpList())));
    }

    /// <summary>A range type (PostgreSQL).</summary>
    /// <typeparam name="T">What its bounds are in .NET.</typeparam>
    public PlainObjectBuilder RangeType<T>(string name) =>
        Declared(new PlainObjectBuilder(name, _ => Core.RangeType.define(name, ScalarType.Of(typeof(T)))));

    /// <summary>An extension (PostgreSQL). It belongs to the whole database: made where missing, never dropped.</summary>
    public PlainObjectBuilder Extension(string name) => Declared(new PlainObjectBuilder(name, _ => Core.Extension.define(name)));

    /// <summary>What a role may do with a view, sequence, type, function or procedure (PostgreSQL); those on tables are declared with the table.</summary>
    public PlainObjectBuilder Grant(ObjectBuilder on, string role, params IEnumerable<Privilege> privileges)
    {
        var names = privileges.Names;
        return Declared(new PlainObjectBuilder(role, _ => Core.Grant.onObject(on.Reference, role, names)));
    }

    private ViewBuilder View(string name, DeclaredText query) =>
        Declared(new ViewBuilder(name, tableOf => Core.Declared.sql(query(tableOf))));

    private PlainObjectBuilder Routine(string name, DeclaredText definition, Func<string, FormattableString, Core.SchemaObject> define) =>
        Declared(new PlainObjectBuilder(name, tableOf => define(name, definition(tableOf))));

    private TBuilder Declared<TBuilder>(TBuilder declared) where TBuilder : ObjectBuilder
    {
        objects.Add(declared);
        return declared;
    }
}
