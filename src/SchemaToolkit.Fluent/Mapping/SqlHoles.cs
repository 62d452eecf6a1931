using System.Reflection;
using System.Runtime.CompilerServices;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Reads declared SQL such as <c>x => $"{x.Amount} >= 0"</c>: properties become column names, anything else a constant.</summary>
internal static class SqlHoles
{
    public static FormattableString Read(LambdaExpression lambda, Func<PropertyInfo, string> columnOf)
    {
        if (lambda.Body is not MethodCallExpression
            {
                Method: { Name: nameof(FormattableStringFactory.Create) } method,
                Arguments: [ConstantExpression { Value: string format }, NewArrayExpression holes],
            }
            || method.DeclaringType != typeof(FormattableStringFactory))
        {
            throw new ArgumentException(
                $"The lambda '{lambda}' is not an interpolated string. Write the SQL as x => $\"{{x.Amount}} >= 0\".");
        }

        var record = lambda.Parameters[0];
        return FormattableStringFactory.Create(format, [.. holes.Expressions.Select(hole => Value(hole, record, columnOf))]);
    }

    private static object? Value(Expression hole, ParameterExpression record, Func<PropertyInfo, string> columnOf)
    {
        if (MemberPath.PropertyOf(hole, record) is { } property)
            return new Core.ColumnHandle(Drafts.Definition(columnOf(property), Core.ColumnType.Text));

        if (ParameterSearch.Finds(hole, record))
            throw new ArgumentException($"The hole '{hole}' is more than a property of {record.Type.Name}; write the rest as SQL text.");

        var value = Expression.Lambda<Func<object?>>(Expression.Convert(hole, typeof(object))).Compile()();
        return value is ITable table ? table.Definition : value;
    }
}
