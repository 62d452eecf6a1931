namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>How far apart two vectors are; smaller is nearer.</summary>
public enum VectorDistance
{
    /// <summary>Euclidean.</summary>
    L2,

    /// <summary>One minus the cosine of the angle: 0 is the same direction, 2 the opposite one.</summary>
    Cosine,

    /// <summary>The negative inner product.</summary>
    InnerProduct,
}

/// <summary>Rows of one table or view, chosen, ordered and limited: an immutable value; nothing is sent until it is read.</summary>
/// <typeparam name="T">The record that the table or view holds.</typeparam>
public sealed class RowQuery<T> where T : class
{
    private readonly Database database;
    private readonly RecordMap<T> map;
    private readonly Core.Statement statement;

    internal RowQuery(Database database, Core.Table source, RecordMap<T> map) : this(database, map, Core.QueryModule.select(source))
    {
    }

    private RowQuery(Database database, RecordMap<T> map, Core.Statement statement)
    {
        this.database = database;
        this.map = map;
        this.statement = statement;
    }

    /// <summary>Only these rows; several conditions must all hold.</summary>
    public RowQuery<T> Where(Expression<Func<T, bool>> condition) => With(Core.QueryModule.where(map.Where(condition), statement));

    /// <summary>Smallest first; NULL comes last, on every engine.</summary>
    public RowQuery<T> OrderBy(Expression<Func<T, object?>> property) =>
        With(Core.QueryModule.orderBy(MemberPath.Many(property).Select(each => Core.Order.asc(map.Column(each).Handle)).ToFSharpList(), statement));

    /// <summary>Largest first; NULL comes first, on every engine.</summary>
    public RowQuery<T> OrderByDescending(Expression<Func<T, object?>> property) =>
        With(Core.QueryModule.orderBy(MemberPath.Many(property).Select(each => Core.Order.desc(map.Column(each).Handle)).ToFSharpList(), statement));

    /// <summary>The nearest vector first. PostgreSQL takes the distance from pgvector and its indexes; SQLite computes it row by row.</summary>
    public RowQuery<T> OrderByDistance(
        Expression<Func<T, object?>> property, ReadOnlyMemory<float> to, VectorDistance distance = VectorDistance.Cosine)
    {
        var column = new Core.Column<float[]>(map.Column(MemberPath.Single(property)).Definition);
        var value = to.ToArray();
        var expression = distance switch
        {
            VectorDistance.L2 => Core.Vector.l2(column, value),
            VectorDistance.Cosine => Core.Vector.cosine(column, value),
            VectorDistance.InnerProduct => Core.Vector.innerProduct(column, value),
            _ => throw new ArgumentOutOfRangeException(nameof(distance), distance, null),
        };
        return With(Core.QueryModule.orderBy(new[] { Core.Order.asc(expression) }.ToFSharpList(), statement));
    }

    /// <summary>At most so many rows.</summary>
    public RowQuery<T> Take(int count) => With(Core.QueryModule.limit(count, statement));

    /// <summary>Leaves out the first rows.</summary>
    public RowQuery<T> Skip(long count) => With(Core.QueryModule.offset(count, statement));

    /// <summary>Holds the rows against other writers until the transaction ends. Order by the key, so that two transactions cannot deadlock.</summary>
    public RowQuery<T> ForUpdate() => With(Core.QueryModule.forUpdate(statement));

    /// <summary>Every row.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. await Run(Core.QueryModule.list(map.Row, statement), cancellationToken).ConfigureAwait(false)];

    /// <summary>The first row, or null.</summary>
    public async Task<T?> FirstOrDefaultAsync(CancellationToken cancellationToken = default) =>
        (await Take(1).ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>The only row; none or several are an error.</summary>
    public Task<T> SingleAsync(CancellationToken cancellationToken = default) =>
        Run(Core.QueryModule.one(map.Row, statement), cancellationToken);

    /// <summary>The only row, or null; several are an error.</summary>
    public async Task<T?> SingleOrDefaultAsync(CancellationToken cancellationToken = default) =>
        (await Run(Core.QueryModule.tryOne(map.Row, statement), cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>How many rows.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken = default) => Run(Core.QueryModule.count(statement), cancellationToken);

    /// <summary>Whether there is a row.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellationToken = default) => Run(Core.QueryModule.exists(statement), cancellationToken);

    private RowQuery<T> With(Core.Statement changed) => new(database, map, changed);

    private Task<TResult> Run<TResult>(Core.Query<TResult> query, CancellationToken cancellationToken) =>
        Guarded.Run(() => Core.QueryModule.run(database.With(cancellationToken), query));
}
