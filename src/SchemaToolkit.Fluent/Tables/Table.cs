using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Tables declared as values of their own, to be used by more than one schema or named in references.</summary>
public static class Table
{
    /// <summary>Declares a table over a record.</summary>
    /// <typeparam name="T">A record, or a class with settable properties.</typeparam>
    /// <param name="name">The table's name, such as <c>user_preferences</c>.</param>
    /// <param name="describe">Says what the record does not.</param>
    /// <exception cref="SchemaDefinitionException">The record cannot be a table; every reason is given.</exception>
    public static Table<T> Define<T>(string name, Action<TableBuilder<T>>? describe = null) where T : class
    {
        var builder = new TableBuilder<T>(name);
        describe?.Invoke(builder);
        return builder.Build();
    }
}

/// <summary>A declared table whose rows are records: an immutable value.</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
public sealed class Table<T> : ITable where T : class
{
    private readonly IReadOnlyList<IForeignKeyDraft> foreignKeys;
    private readonly IReadOnlyList<Core.EnumType> enums;
    private readonly IReadOnlyList<Core.SchemaObject> objects;
    private readonly Core.Table definition;

    internal Table(
        Core.Table definition,
        RecordMap<T> map,
        IReadOnlyList<IForeignKeyDraft> foreignKeys,
        IReadOnlyList<Core.EnumType> enums,
        IReadOnlyList<Core.SchemaObject> objects)
    {
        this.definition = definition;
        this.foreignKeys = foreignKeys;
        this.enums = enums;
        this.objects = objects;
        Map = map;
    }

    /// <summary>The table's name, without its namespace.</summary>
    public string Name => definition.Name.Name;

    /// <summary>The namespace that the table lives in; empty until it belongs to a schema.</summary>
    public string Namespace => definition.Name.Namespace;

    /// <summary>The columns' names, in order.</summary>
    public IReadOnlyList<string> Columns => [.. Map.Columns.Select(each => each.Definition.Name)];

    /// <summary>A column's name, for the holes of free SQL: <c>db.QueryAsync&lt;T&gt;($"… WHERE {table.Column(x => x.UserId)} = {id}")</c>.</summary>
    public ColumnName Column(Expression<Func<T, object?>> property) => new(Map.Column(MemberPath.Single(property)).Handle);

    internal RecordMap<T> Map { get; }
    Core.Table ITable.Definition => definition;
    Type ITable.RecordType => typeof(T);
    IReadOnlyList<Core.EnumType> ITable.Enums => enums;
    IReadOnlyList<Core.SchemaObject> ITable.Objects => objects;
    internal Core.Table Definition => definition;

    string ITable.ColumnOf(PropertyInfo property) => Map.ColumnOf(property);

    Core.Table ITable.Resolve(Func<Type, ITable> tableOf) =>
        foreignKeys.Aggregate(definition, (table, key) => key.AddTo(table, tableOf));

    void ITable.Register(IServiceCollection services) =>
        services.AddSingleton(provider => provider.GetRequiredService<Database>().Repository(this));

    ITable ITable.PlacedAs(Core.Table placed) => new Table<T>(placed, Map, [], [], []);

    internal Table<T> With(IReadOnlyList<Core.SchemaObject> declared) => new(definition, Map, foreignKeys, enums, declared);

    /// <inheritdoc/>
    public override string ToString() => definition.Name.ToString();
}

/// <summary>A table whatever its record.</summary>
internal interface ITable
{
    Core.Table Definition { get; }
    Type RecordType { get; }
    IReadOnlyList<Core.EnumType> Enums { get; }

    /// <summary>Its triggers, partitions and the like.</summary>
    IReadOnlyList<Core.SchemaObject> Objects { get; }

    /// <summary>The name of the column that a property is.</summary>
    string ColumnOf(PropertyInfo property);

    /// <summary>The definition with its foreign keys.</summary>
    Core.Table Resolve(Func<Type, ITable> tableOf);

    /// <summary>Registers a repository over the table.</summary>
    void Register(IServiceCollection services);

    /// <summary>The same table as the schema placed it.</summary>
    ITable PlacedAs(Core.Table placed);
}
