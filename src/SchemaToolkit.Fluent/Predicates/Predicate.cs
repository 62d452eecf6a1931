namespace SchemaToolkit.Fluent;

/// <summary>A condition over one table's columns in negation normal form: no NOT, so SQL's NULL never turns the meaning around.</summary>
internal abstract record Predicate
{
    public sealed record Compare(MappedColumn Column, Comparison Comparison, object Value) : Predicate;

    public sealed record IsNull(MappedColumn Column) : Predicate;

    public sealed record NotNull(MappedColumn Column) : Predicate;

    public sealed record In(MappedColumn Column, IReadOnlyList<object> Values) : Predicate;

    public sealed record NotIn(MappedColumn Column, IReadOnlyList<object> Values) : Predicate;

    /// <summary>A text that matches a pattern, upper and lower case apart.</summary>
    public sealed record Like(MappedColumn Column, string Pattern) : Predicate;

    public sealed record NotLike(MappedColumn Column, string Pattern) : Predicate;

    public sealed record Both(Predicate Left, Predicate Right) : Predicate;

    public sealed record Either(Predicate Left, Predicate Right) : Predicate;

    /// <summary>True or false whatever the row.</summary>
    public sealed record Constant(bool Value) : Predicate;

    /// <summary>The opposite, by C#'s rules: what compares with null is false, so its opposite is true.</summary>
    public Predicate Negate() => this switch
    {
        Compare(var column, var comparison, var value) => OrNull(column, new Compare(column, Opposite(comparison), value)),
        IsNull(var column) => new NotNull(column),
        NotNull(var column) => new IsNull(column),
        In(var column, var values) => OrNull(column, new NotIn(column, values)),
        NotIn(var column, var values) => new In(column, values),
        Like(var column, var pattern) => OrNull(column, new NotLike(column, pattern)),
        NotLike(var column, var pattern) => new Like(column, pattern),
        Both(var left, var right) => new Either(left.Negate(), right.Negate()),
        Either(var left, var right) => new Both(left.Negate(), right.Negate()),
        Constant(var value) => new Constant(!value),
        _ => throw new InvalidOperationException($"{GetType().Name} has no opposite."),
    };

    private static Predicate OrNull(MappedColumn column, Predicate predicate) =>
        column.Definition.Nullable ? new Either(predicate, new IsNull(column)) : predicate;

    private static Comparison Opposite(Comparison comparison) => comparison switch
    {
        Comparison.Equal => Comparison.NotEqual,
        Comparison.NotEqual => Comparison.Equal,
        Comparison.Less => Comparison.GreaterOrEqual,
        Comparison.LessOrEqual => Comparison.Greater,
        Comparison.Greater => Comparison.LessOrEqual,
        Comparison.GreaterOrEqual => Comparison.Less,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };
}

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
