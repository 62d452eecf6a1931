namespace SchemaToolkit.Fluent;

/// <summary>A view, function, trigger and the like while it is declared. In the hole of a later SQL text it is its quoted name.</summary>
public abstract class ObjectBuilder
{
    private readonly Func<Func<Type, ITable>, Core.SchemaObject> define;
    private readonly List<Func<Core.SchemaObject, Func<Type, ITable>, Core.SchemaObject>> changes = [];

    private protected ObjectBuilder(string name, Func<Func<Type, ITable>, Core.SchemaObject> define)
    {
        Name = name;
        this.define = define;
    }

    /// <summary>The name, without its namespace.</summary>
    public string Name { get; }

    /// <summary>What stands in holes and behind privileges, where nothing but the name is looked at.</summary>
    internal Core.SchemaObject Reference => Core.Extension.define(Name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <exception cref="ArgumentException">A text or a type cannot be what the object needs.</exception>
    internal Core.SchemaObject Build(Func<Type, ITable> tableOf) =>
        changes.Aggregate(define(tableOf), (sofar, change) => change(sofar, tableOf));

    private protected void Add(Func<Core.SchemaObject, Func<Type, ITable>, Core.SchemaObject> change) => changes.Add(change);
}

/// <summary>What can be said of an object of any kind.</summary>
/// <typeparam name="TSelf">The kind's own builder.</typeparam>
public abstract class ObjectBuilder<TSelf> : ObjectBuilder where TSelf : ObjectBuilder<TSelf>
{
    private protected ObjectBuilder(string name, Func<Func<Type, ITable>, Core.SchemaObject> define) : base(name, define)
    {
    }

    /// <summary>A comment kept in the database, where the engine keeps one.</summary>
    public TSelf Comment(string text) => Change(declared => Core.SchemaObjectModule.comment(text, declared));

    /// <summary>Declares the object for one engine; elsewhere it is left out without a warning.</summary>
    public TSelf OnlyOn(Engine engine) => Change(declared => Core.SchemaObjectModule.onlyOn(engine.Key, declared));

    private protected TSelf Change(Func<Core.SchemaObject, Core.SchemaObject> change)
    {
        Add((declared, _) => change(declared));
        return (TSelf)this;
    }
}

/// <summary>An object that its SQL text says all about: a function, procedure, trigger, exclusion constraint, partition; or a privilege,
/// an extension, a type.</summary>
public sealed class PlainObjectBuilder : ObjectBuilder<PlainObjectBuilder>
{
    internal PlainObjectBuilder(string name, Func<Func<Type, ITable>, Core.SchemaObject> define) : base(name, define)
    {
    }
}

/// <summary>SQL of its own for each engine.</summary>
internal static class PerEngine
{
    public static Func<Func<Type, ITable>, Core.SqlText> Text(DeclaredText sqlite, DeclaredText postgres) => tableOf => Core.Declared.per(
        new[]
        {
            Tuple.Create(Engine.Postgres.Key, postgres(tableOf)),
            Tuple.Create(Engine.Sqlite.Key, sqlite(tableOf)),
        }.ToFSharpList());
}
