using System.Collections;
using System.Reflection;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Reads a lambda such as <c>x => x.UserId == id &amp;&amp; x.Day >= since</c> as a condition over columns.</summary>
internal sealed class PredicateReader(ParameterExpression record, Func<PropertyInfo, MappedColumn> columnOf)
{
    public static Predicate Read<T>(Expression<Func<T, bool>> lambda, Func<PropertyInfo, MappedColumn> columnOf) =>
        new PredicateReader(lambda.Parameters[0], columnOf).Read(lambda.Body);

    private Predicate Read(Expression expression) => expression switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => new Predicate.Both(Read(both.Left), Read(both.Right)),
        BinaryExpression { NodeType: ExpressionType.OrElse } either => new Predicate.Either(Read(either.Left), Read(either.Right)),
        UnaryExpression { NodeType: ExpressionType.Not } not => Read(not.Operand).Negate(),
        BinaryExpression binary when ComparisonOf(binary.NodeType) is { } comparison => ReadComparison(binary, comparison),
        MethodCallExpression { Object.Type: { } owner } call when owner == typeof(string) => ReadText(call),
        MethodCallExpression call => ReadContains(call),
        MemberExpression { Member.Name: "HasValue", Expression: { } owner } when Column(owner) is { } column => new Predicate.NotNull(column),
        _ when Column(expression) is { } flag => Compare(flag, Comparison.Equal, true),
        _ when !Mentions(expression) => new Predicate.Constant((bool)Evaluate(expression)!),
        _ => throw Unreadable(expression),
    };

    private Predicate ReadComparison(BinaryExpression binary, Comparison comparison)
    {
        if (Column(binary.Left) is { } left && !Mentions(binary.Right)) return Compare(left, comparison, Evaluate(binary.Right));
        if (Column(binary.Right) is { } right && !Mentions(binary.Left)) return Compare(right, Mirrored(comparison), Evaluate(binary.Left));
        throw Unreadable(binary);
    }

    private static Predicate Compare(MappedColumn column, Comparison comparison, object? value)
    {
        if (value is not null)
        {
            var compared = new Predicate.Compare(column, Comparison.Equal, ToColumn(column, value));
            return comparison is Comparison.NotEqual ? compared.Negate() : compared with { Comparison = comparison };
        }

        return comparison switch
        {
            Comparison.Equal => new Predicate.IsNull(column),
            Comparison.NotEqual => new Predicate.NotNull(column),
            // As in C#, nothing is less or greater than null.
            _ => new Predicate.Constant(false),
        };
    }

    private Predicate ReadText(MethodCallExpression call)
    {
        // An overload with a comparison or a culture would promise what SQL does not keep.
        if (Column(call.Object!) is not { } column || call.Arguments is not [var part] || part.Type != typeof(string)
            || Mentions(part) || Evaluate(part) is not string text) throw Unreadable(call);
        var literal = text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
        return call.Method.Name switch
        {
            nameof(string.StartsWith) => new Predicate.Like(column, literal + "%"),
            nameof(string.EndsWith) => new Predicate.Like(column, "%" + literal),
            nameof(string.Contains) => new Predicate.Like(column, "%" + literal + "%"),
            _ => throw Unreadable(call),
        };
    }

    // list.Contains(x.Id); since C# 14 an array's is the one of spans.
    private Predicate ReadContains(MethodCallExpression call)
    {
        if (call.Method.Name != "Contains") throw Unreadable(call);
        var (list, item) = call switch
        {
            { Object: { } owner, Arguments: [var only] } => (owner, only),
            { Object: null, Arguments: [var first, var second, ..] } => (first, second),
            _ => throw Unreadable(call),
        };
        if (list is MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var array] }) list = array;
        if (list.Type == typeof(string) || Mentions(list) || Column(item) is not { } column || Evaluate(list) is not IEnumerable values)
            throw Unreadable(call);

        var known = values.Cast<object?>().ToArray();
        var some = known.OfType<object>().Select(value => ToColumn(column, value)).ToArray();
        Predicate among = some.Length == 0 ? new Predicate.Constant(false) : new Predicate.In(column, some);
        return known.Length > some.Length ? new Predicate.Either(among, new Predicate.IsNull(column)) : among;
    }

    private static object ToColumn(MappedColumn column, object value)
    {
        // The compiler compares enums and small numbers as int.
        var type = Nullable.GetUnderlyingType(column.Property.PropertyType) ?? column.Property.PropertyType;
        if (type.IsEnum && value.GetType() != type) value = Enum.ToObject(type, value);
        else if (type.IsPrimitive && value.GetType() != type) value = Convert.ChangeType(value, type);
        return column.Conversion.ToColumn(value);
    }

    private MappedColumn? Column(Expression expression)
    {
        // .Value of an optional column is the column.
        if (expression is MemberExpression { Member.Name: "Value", Expression: { } owner }
            && Nullable.GetUnderlyingType(owner.Type) is not null)
        {
            expression = owner;
        }

        return MemberPath.PropertyOf(expression, record) is { } property ? columnOf(property) : null;
    }

    private bool Mentions(Expression expression) => ParameterSearch.Finds(expression, record);

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: ConstantExpression { Value: var owner } } => field.GetValue(owner),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile()(),
    };

    private static Comparison? ComparisonOf(ExpressionType type) => type switch
    {
        ExpressionType.Equal => Comparison.Equal,
        ExpressionType.NotEqual => Comparison.NotEqual,
        ExpressionType.LessThan => Comparison.Less,
        ExpressionType.LessThanOrEqual => Comparison.LessOrEqual,
        ExpressionType.GreaterThan => Comparison.Greater,
        ExpressionType.GreaterThanOrEqual => Comparison.GreaterOrEqual,
        _ => null,
    };

    private static Comparison Mirrored(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        Comparison.Equal or Comparison.NotEqual => comparison,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };

    private static ArgumentException Unreadable(Expression expression) =>
        new($"The condition '{expression}' cannot be said in SQL here. Compare a property with a value (==, !=, <, <=, >, >=), "
            + "use list.Contains(x.Property) or x.Text.StartsWith, EndsWith, Contains, join with && || !, or write the SQL with QueryAsync.");
}
