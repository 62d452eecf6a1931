namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Conditions as the data layer has them.</summary>
internal static class WhereWriter
{
    public static Core.Where Where<T>(this RecordMap<T> map, Expression<Func<T, bool>>? condition) =>
        condition is null ? Core.WhereModule.always : Write(PredicateReader.Read(condition, map.Column));

    private static Core.Where Write(Predicate predicate) => predicate switch
    {
        Predicate.Compare(var column, var comparison, var value) => Compare(column.Handle, comparison, value),
        Predicate.IsNull(var column) => Core.WhereModule.isNull(column.Handle),
        Predicate.NotNull(var column) => Core.WhereModule.isNotNull(column.Handle),
        Predicate.In(var column, var values) => Core.WhereModule.isIn(column.Handle, values),
        Predicate.NotIn(var column, var values) => Core.WhereModule.not(Core.WhereModule.isIn(column.Handle, values)),
        Predicate.Like(var column, var pattern) => Core.WhereModule.like(column.Handle, pattern),
        Predicate.NotLike(var column, var pattern) => Core.WhereModule.not(Core.WhereModule.like(column.Handle, pattern)),
        Predicate.Both(var left, var right) => Core.WhereModule.all(new[] { Write(left), Write(right) }.ToFSharpList()),
        Predicate.Either(var left, var right) => Core.WhereModule.any(new[] { Write(left), Write(right) }.ToFSharpList()),
        Predicate.Constant(var value) => value ? Core.WhereModule.always : Core.WhereModule.never,
        _ => throw new InvalidOperationException($"{predicate.GetType().Name} is no condition."),
    };

    private static Core.Where Compare(Core.Column<object?> column, Comparison comparison, object value) => comparison switch
    {
        Comparison.Equal => Core.WhereModule.eq(column, value),
        Comparison.NotEqual => Core.WhereModule.ne(column, value),
        Comparison.Less => Core.WhereModule.lt(column, value),
        Comparison.LessOrEqual => Core.WhereModule.le(column, value),
        Comparison.Greater => Core.WhereModule.gt(column, value),
        Comparison.GreaterOrEqual => Core.WhereModule.ge(column, value),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };
}
