using Microsoft.Extensions.DependencyInjection;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>A declared view whose rows are read as records: an immutable value.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class View<T> : IView where T : class
{
    private readonly Core.Table definition;

    internal View(Core.Table definition, RecordMap<T> map)
    {
        this.definition = definition;
        Map = map;
    }

    /// <summary>The view's name, without its namespace.</summary>
    public string Name => definition.Name.Name;

    /// <summary>The namespace that the view lives in.</summary>
    public string Namespace => definition.Name.Namespace;

    /// <summary>The names of the columns that are read, in order.</summary>
    public IReadOnlyList<string> Columns => [.. Map.Columns.Select(each => each.Definition.Name)];

    /// <summary>A column's name, for the holes of free SQL.</summary>
    public ColumnName Column(Expression<Func<T, object?>> property) => new(Map.Column(MemberPath.Single(property)).Handle);

    internal RecordMap<T> Map { get; }
    internal Core.Table Definition => definition;
    Core.Table IView.Definition => definition;

    void IView.Register(IServiceCollection services) =>
        services.AddSingleton(provider => provider.GetRequiredService<Database>().Query(this));

    IView IView.PlacedIn(string schemaNamespace) => new View<T>(
        Core.SchemaModule.inNamespace(schemaNamespace, schemaNamespace, new[] { definition }.ToFSharpList()).Tables.Head, Map);

    /// <inheritdoc/>
    public override string ToString() => definition.Name.ToString();
}

/// <summary>A view whatever its record.</summary>
internal interface IView
{
    /// <summary>What the data layer reads from: a table in all but its rows.</summary>
    Core.Table Definition { get; }

    /// <summary>Registers a query over the view.</summary>
    void Register(IServiceCollection services);

    /// <summary>The same view in a namespace.</summary>
    IView PlacedIn(string schemaNamespace);
}
