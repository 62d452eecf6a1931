using System.Runtime.CompilerServices;
using Microsoft.FSharp.Collections;
using static Microsoft.FSharp.Core.FuncConvert;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Records in and out of one table. Tables with a uuid column <c>agent_id</c> are scoped by <see cref="Database.ForAgent"/>:
/// reads filter by it, writes fill it. Inserts leave to the engine what it can fill and the record does not say: an empty uuid, a default
/// time, a zero identity. What is returned is the row as it is stored.</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
public sealed class Repository<T> where T : class
{
    private readonly Database database;
    private readonly Lazy<Core.Repository<T>> lazy;
    private readonly RowWriter<T> writer;

    internal Repository(Database database, Table<T> table)
    {
        this.database = database;
        Table = table;
        writer = new RowWriter<T>(table);
        // Known when it is first used, as the database is.
        lazy = new Lazy<Core.Repository<T>>(() => writer.Repository(database.Value), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The table.</summary>
    public Table<T> Table { get; }

    private RecordMap<T> Map => Table.Map;
    private Core.Repository<T> Inner => lazy.Value;

    /// <summary>The same repository over another database, such as a transaction in progress.</summary>
    public Repository<T> In(Database other) => new(other, Table);

    /// <summary>Rows chosen, ordered and limited step by step.</summary>
    public RowQuery<T> Query() => new(database, Table.Definition, Map);

    /// <summary>Inserts a record.</summary>
    /// <exception cref="DataAccessException">The engine refused it, or a value does not fit.</exception>
    public Task<T> InsertAsync(T record, CancellationToken cancellationToken = default) => Run(
        db => Core.RepositoryModule.insertValues(writer.Values(record).ToFSharpList(), Inner, db), cancellationToken);

    /// <summary>Inserts records in as few statements as the engine takes: all or nothing. They come back in the order given.</summary>
    public Task<IReadOnlyList<T>> InsertManyAsync(IEnumerable<T> records, CancellationToken cancellationToken = default) => Run(
        db => writer.InsertMany([.. records], db), cancellationToken);

    /// <summary>Streams records in by the engine's fastest way (binary COPY on PostgreSQL): all or nothing, any number. Returns how many.</summary>
    /// <exception cref="DataAccessException">One of them is at fault: <see cref="DataAccessException.Record"/> says which.</exception>
    public Task<long> InsertBatchAsync(IEnumerable<T> records, CancellationToken cancellationToken = default) => Run(
        db => Core.RepositoryModule.insertBatch(records, Inner, db), cancellationToken);

    /// <summary>Inserts a record, or sets its values on the row that has this key already; the primary key stays as it is. One statement, so parallel calls make one row.</summary>
    /// <param name="record">The record.</param>
    /// <param name="key">A declared unique or primary key: <c>x => x.UserId</c>, or several.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public Task<T> UpsertAsync(T record, Expression<Func<T, object?>> key, CancellationToken cancellationToken = default)
    {
        var columns = MemberPath.Many(key).Select(Map.Column).ToArray();
        return Run(
            db =>
            {
                var values = writer.Values(record);
                var kept = columns.Select(each => each.Definition.Name).Concat(writer.KeyNames).Append(RowWriter<T>.Agent).ToHashSet();
                var changes = values.Where(each => !kept.Contains(each.Column!.Name)).Select(each => Core.Assign.proposed(each.Column));
                return Upsert(columns, values, changes, db);
            },
            cancellationToken);
    }

    /// <summary>Inserts a record, or makes these changes on the row that has this key already: <c>UpsertAsync(visit, x => x.Name, c => c.Add(x => x.Visits, 1))</c>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="key">A declared unique or primary key: <c>x => x.UserId</c>, or several.</param>
    /// <param name="change">What is changed on the row that is there.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public Task<T> UpsertAsync(
        T record, Expression<Func<T, object?>> key, Action<Changes<T>> change, CancellationToken cancellationToken = default)
    {
        var columns = MemberPath.Many(key).Select(Map.Column).ToArray();
        return Run(
            db =>
            {
                var changes = new Changes<T>(Map);
                change(changes);
                return Upsert(columns, writer.Values(record), changes.Assignments, db);
            },
            cancellationToken);
    }

    /// <summary>The row with this primary key, or null.</summary>
    /// <param name="key">The value; for several key columns a tuple.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<T?> FindAsync(object key, CancellationToken cancellationToken = default) =>
        (await Run(db => Core.RepositoryModule.find(writer.Key(key), Inner, db), cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>The one row that the condition leaves, or null; several are an error.</summary>
    public Task<T?> FindAsync(Expression<Func<T, bool>> condition, CancellationToken cancellationToken = default) =>
        Query().Where(condition).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The rows that the condition leaves, in the order of the primary key; all without one.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(Expression<Func<T, bool>>? condition = null, CancellationToken cancellationToken = default) =>
        [.. await Run(db => Core.RepositoryModule.findWhere(Map.Where(condition), Inner, db), cancellationToken).ConfigureAwait(false)];

    /// <summary>The rows that the condition leaves, page by page in the order of the primary key, so that any number can be read.</summary>
    public async IAsyncEnumerable<T> StreamAsync(
        Expression<Func<T, bool>>? condition = null, int pageSize = 1000, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? after = null;
        do
        {
            var page = await PageAsync(pageSize, after, condition, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items) yield return item;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Rows in the order of the primary key, after a place; stable while rows come and go.</summary>
    /// <param name="size">At most so many.</param>
    /// <param name="after">The last page's <c>Next</c>; null for the first page.</param>
    /// <param name="condition">Which rows; all without one.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<Page<T>> PageAsync(
        int size, string? after = null, Expression<Func<T, bool>>? condition = null, CancellationToken cancellationToken = default)
    {
        var page = await Run(
            db => Core.RepositoryModule.pageWhere(Map.Where(condition), size, after.ToOption(), Inner, db), cancellationToken).ConfigureAwait(false);
        return new Page<T>([.. page.Items], page.Next?.Value);
    }

    /// <summary>How many rows the condition leaves; all without one.</summary>
    public Task<long> CountAsync(Expression<Func<T, bool>>? condition = null, CancellationToken cancellationToken = default) =>
        Run(db => Core.RepositoryModule.countWhere(Map.Where(condition), Inner, db), cancellationToken);

    /// <summary>Whether the condition leaves a row.</summary>
    public Task<bool> AnyAsync(Expression<Func<T, bool>>? condition = null, CancellationToken cancellationToken = default) =>
        Run(db => Core.RepositoryModule.exists(Map.Where(condition), Inner, db), cancellationToken);

    /// <summary>Sets the values of a record on the row with its primary key; null when there is no such row.</summary>
    public async Task<T?> UpdateAsync(T record, CancellationToken cancellationToken = default) =>
        (await Run(db => Core.RepositoryModule.update(record, Inner, db), cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>Changes the rows that the condition leaves: <c>UpdateAsync(x => x.Id == id, c => c.Add(x => x.Points, 5))</c>. Returns how many.</summary>
    public Task<long> UpdateAsync(Expression<Func<T, bool>> condition, Action<Changes<T>> change, CancellationToken cancellationToken = default) => Run(
        db =>
        {
            var changes = new Changes<T>(Map);
            change(changes);
            return Core.RepositoryModule.updateWhere(changes.Assignments.ToFSharpList(), Map.Where(condition), Inner, db);
        },
        cancellationToken);

    /// <summary>Deletes the row with this primary key; false when there is none.</summary>
    /// <param name="key">The value; for several key columns a tuple.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public Task<bool> DeleteAsync(object key, CancellationToken cancellationToken = default) =>
        Run(db => Core.RepositoryModule.delete(writer.Key(key), Inner, db), cancellationToken);

    /// <summary>Deletes the rows that the condition leaves; returns how many.</summary>
    public Task<long> DeleteAsync(Expression<Func<T, bool>> condition, CancellationToken cancellationToken = default) =>
        Run(db => Core.RepositoryModule.deleteWhere(Map.Where(condition), Inner, db), cancellationToken);

    private Task<T> Upsert(
        IEnumerable<MappedColumn> key, IEnumerable<Core.Assignment> values, IEnumerable<Core.Assignment> changes, Core.Database db) =>
        Core.RepositoryModule.upsertWith(
            key.Select(each => (Core.ColumnHandle?)each.Handle).ToFSharpList(), values.ToFSharpList(), changes.ToFSharpList(), Inner, db);

    private Task<TResult> Run<TResult>(Func<Core.Database, Task<TResult>> body, CancellationToken cancellationToken) =>
        Guarded.Run(() => body(database.With(cancellationToken)));
}
