using System.Reflection;
using System.Runtime.CompilerServices;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Declared SQL whose records' tables are looked up when the whole schema is known.</summary>
internal delegate FormattableString DeclaredText(Func<Type, ITable> tableOf);

/// <summary>Reads declared SQL such as <c>x => $"{x.Amount} >= 0"</c>: properties become column names, anything else a constant.</summary>
internal static class SqlHoles
{
    /// <summary>A text over the columns of one record.</summary>
    public static FormattableString Read(LambdaExpression lambda, Func<PropertyInfo, string> columnOf) => Read(
        lambda,
        (property, _) => columnOf(property),
        record => throw new ArgumentException($"The hole '{record.Name}' in '{lambda}' is a whole row; name one of its properties."));

    /// <summary>A text over whole tables: the parameters themselves become the names of the tables that hold the records.</summary>
    public static DeclaredText Tables(LambdaExpression lambda) => tableOf => Read(
        lambda,
        (property, record) => tableOf(record.Type).ColumnOf(property),
        record => tableOf(record.Type).Definition);

    /// <summary>A text whose holes hold tables, columns, objects and constants.</summary>
    public static DeclaredText Values(FormattableString text) =>
        _ => FormattableStringFactory.Create(text.Format, [.. text.GetArguments().Select(Value)]);

    /// <summary>What the words of F# take in a hole.</summary>
    public static object? Value(object? value) => value switch
    {
        ITable table => table.Definition,
        IView view => view.Definition,
        ColumnName column => column.Handle,
        ObjectBuilder declared => declared.Reference,
        Enum member => Conversion.Enum(member.GetType()).ToColumn(member),
        _ => value,
    };

    private static FormattableString Read(
        LambdaExpression lambda, Func<PropertyInfo, ParameterExpression, string> columnOf, Func<ParameterExpression, Core.Table> tableOf)
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

        object? Hole(Expression hole)
        {
            foreach (var record in lambda.Parameters)
            {
                if (MemberPath.IsRecord(hole, record)) return tableOf(record);
                if (MemberPath.PropertyOf(hole, record) is { } property)
                    return new Core.ColumnHandle(Drafts.Definition(columnOf(property, record), Core.ColumnType.Text));
                if (ParameterSearch.Finds(hole, record))
                    throw new ArgumentException($"The hole '{MemberPath.Unwrap(hole)}' is more than a property of {record.Type.Name}; write the rest as SQL text.");
            }

            return Value(Expression.Lambda<Func<object?>>(Expression.Convert(hole, typeof(object))).Compile()());
        }

        return FormattableStringFactory.Create(format, [.. holes.Expressions.Select(Hole)]);
    }
}
