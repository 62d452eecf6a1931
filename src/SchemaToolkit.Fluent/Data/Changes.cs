namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>What an update sets.</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
public sealed class Changes<T> where T : class
{
    private readonly RecordMap<T> map;
    private readonly List<Core.Assignment> assignments = [];

    internal Changes(RecordMap<T> map) => this.map = map;

    internal IReadOnlyList<Core.Assignment> Assignments => assignments;

    /// <summary>Sets a column.</summary>
    public Changes<T> Set<TValue>(Expression<Func<T, TValue>> property, TValue value)
    {
        var column = map.Column(MemberPath.Single(property));
        assignments.Add(Core.Assign.value(column.Handle, RecordMap<T>.ToColumn(column, value)));
        return this;
    }

    /// <summary>Adds to the present value, in the database: exact for decimals on every engine.</summary>
    public Changes<T> Add<TValue>(Expression<Func<T, TValue>> property, TValue value) where TValue : struct
    {
        var column = map.Column(MemberPath.Single(property));
        assignments.Add(Core.Assign.add(column.Handle, RecordMap<T>.ToColumn(column, value)));
        return this;
    }
}
