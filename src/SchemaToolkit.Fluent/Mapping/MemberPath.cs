using System.Reflection;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Reads properties out of lambdas such as <c>x => x.UserId</c> and <c>x => new { x.UserId, x.Day }</c>.</summary>
internal static class MemberPath
{
    /// <summary>The one property that the lambda names.</summary>
    public static PropertyInfo Single(LambdaExpression lambda) =>
        PropertyOf(lambda.Body, lambda.Parameters[0]) ?? throw NotAProperty(lambda);

    /// <summary>The properties that the lambda names, in the order written.</summary>
    public static IReadOnlyList<PropertyInfo> Many(LambdaExpression lambda) =>
        Unwrap(lambda.Body) is NewExpression anonymous
            ? [.. anonymous.Arguments.Select(each => PropertyOf(each, lambda.Parameters[0]) ?? throw NotAProperty(lambda))]
            : [Single(lambda)];

    /// <summary>The properties that the lambdas name, in the order written.</summary>
    public static IReadOnlyList<PropertyInfo> Many(IEnumerable<LambdaExpression> lambdas) => [.. lambdas.SelectMany(Many)];

    /// <summary>The property if the expression is the parameter's own one; else null.</summary>
    public static PropertyInfo? PropertyOf(Expression expression, ParameterExpression record) =>
        Unwrap(expression) is MemberExpression { Member: PropertyInfo property, Expression: { } owner }
        && Unwrap(owner) == record
            ? property
            : null;

    /// <summary>Whether the expression is the parameter itself.</summary>
    public static bool IsRecord(Expression expression, ParameterExpression record) => Unwrap(expression) == record;

    /// <summary>Without casts: a value type is boxed where the lambda returns object; an inherited property may come through one.</summary>
    public static Expression Unwrap(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert
            ? Unwrap(convert.Operand)
            : expression;

    private static ArgumentException NotAProperty(LambdaExpression lambda) =>
        new($"The lambda '{lambda}' is not a property of {lambda.Parameters[0].Type.Name}. "
            + "Name one property (x => x.UserId) or several (x => new { x.UserId, x.Day }).");
}
