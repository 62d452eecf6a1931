namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Whether an expression speaks of a lambda's parameter.</summary>
internal sealed class ParameterSearch : ExpressionVisitor
{
    private readonly ParameterExpression parameter;
    private bool found;

    private ParameterSearch(ParameterExpression parameter) => this.parameter = parameter;

    public static bool Finds(Expression expression, ParameterExpression parameter)
    {
        var search = new ParameterSearch(parameter);
        search.Visit(expression);
        return search.found;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        found |= node == parameter;
        return node;
    }
}
