namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <content>What belongs to a table and is an object of its own.</content>
public sealed partial class TableBuilder<T>
{
    private readonly List<ObjectBuilder> objects = [];
    private Expression<Func<T, FormattableString>>? partitionBy;
    private bool withoutRowId;

    /// <summary>A trigger, in the words of one engine: what follows its name in CREATE TRIGGER. The record itself is the table:
    /// <c>t.Trigger("touch", x => $"BEFORE UPDATE ON {x} FOR EACH ROW EXECUTE FUNCTION {touch}()").OnlyOn(Engine.Postgres)</c>.</summary>
    public PlainObjectBuilder Trigger(string name, Expression<Func<T, FormattableString>> sql) =>
        Declared(name, SqlHoles.Tables(sql), (table, text) => Core.Trigger.define(name, table, text));

    /// <summary>A trigger with a text of its own for each engine.</summary>
    public PlainObjectBuilder Trigger(
        string name, Expression<Func<T, FormattableString>> sqlite, Expression<Func<T, FormattableString>> postgres)
    {
        var text = PerEngine.Text(SqlHoles.Tables(sqlite), SqlHoles.Tables(postgres));
        return Added(new PlainObjectBuilder(
            name, tableOf => Core.Trigger.definePer(name, tableOf(typeof(T)).Definition, text(tableOf))));
    }

    /// <summary>No two rows may agree as the operators say (PostgreSQL): <c>t.Exclusion("no_overlap", x => $"USING gist ({x.Room} WITH =, {x.During} WITH &amp;&amp;)")</c>.</summary>
    public PlainObjectBuilder Exclusion(string name, Expression<Func<T, FormattableString>> sql) =>
        Declared(name, SqlHoles.Tables(sql), (table, text) => Core.Exclusion.define(name, table, text));

    /// <summary>Keeps the rows in partitions (PostgreSQL), what follows PARTITION BY: <c>x => $"RANGE ({x.At})"</c>.</summary>
    public TableBuilder<T> PartitionBy(Expression<Func<T, FormattableString>> key)
    {
        partitionBy = key;
        return this;
    }

    /// <summary>A partition: <c>t.Partition("events_2026", $"FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")</c>, or <c>$"DEFAULT"</c>.</summary>
    public PlainObjectBuilder Partition(string name, FormattableString bound) =>
        Declared(name, SqlHoles.Values(bound), (table, text) => Core.Partition.define(name, table, text));

    /// <summary>What a role may do with the table (PostgreSQL); the role <c>public</c> is everybody.</summary>
    public TableBuilder<T> Grant(string role, params IEnumerable<Privilege> privileges)
    {
        var names = privileges.Names;
        Added(new PlainObjectBuilder(role, tableOf => Core.Grant.onTable(tableOf(typeof(T)).Definition, role, names)));
        return this;
    }

    /// <summary>SQLite keeps the rows in the primary key's tree (SQLite manual, WITHOUT ROWID); PostgreSQL takes no notice.</summary>
    public TableBuilder<T> WithoutRowId()
    {
        withoutRowId = true;
        return this;
    }

    private PlainObjectBuilder Declared(string objectName, DeclaredText text, Func<Core.Table, FormattableString, Core.SchemaObject> define) =>
        Added(new PlainObjectBuilder(objectName, tableOf => define(tableOf(typeof(T)).Definition, text(tableOf))));

    private PlainObjectBuilder Added(PlainObjectBuilder declared)
    {
        objects.Add(declared);
        return declared;
    }
}
