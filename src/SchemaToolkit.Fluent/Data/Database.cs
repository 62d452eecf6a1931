using System.Data.Common;
using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

/// <summary>A database to work with: an immutable value, cheap to change. Inside a transaction it is bound to it.</summary>
public sealed class Database : IAsyncDisposable, IDisposable
{
    // A host hands the database out before it has started; what fails then is not kept.
    private readonly Lazy<Core.Database> source;
    private readonly bool owned;

    internal Database(Core.Database value) : this(() => value, true)
    {
    }

    /// <summary>A database that is known when it is first used, and that somebody else closes.</summary>
    internal Database(Func<Core.Database> source) : this(source, false)
    {
    }

    private Database(Func<Core.Database> source, bool owned)
    {
        this.source = new Lazy<Core.Database>(source, LazyThreadSafetyMode.PublicationOnly);
        this.owned = owned;
    }

    /// <summary>The engine behind it. PGLite is PostgreSQL.</summary>
    public Engine Engine => Value.Dialect.Engine == Engine.Sqlite.Key ? Engine.Sqlite : Engine.Postgres;

    /// <summary>Host and database, or the file; never a password.</summary>
    public string Target => Value.Target;

    internal Core.Database Value => source.Value;

    /// <summary>Reads of agent-scoped tables see the rows of this agent alone; writes fill <c>agent_id</c> with it.</summary>
    public Database ForAgent(Guid agentId) => new(() => Core.DatabaseModule.forAgent(agentId, Value));

    /// <summary>Sees the rows of every agent; writes to agent-scoped tables name the agent themselves.</summary>
    public Database ForEveryAgent() => new(() => Core.DatabaseModule.forEveryAgent(Value));

    /// <summary>Records in and out of one table.</summary>
    public Repository<T> Repository<T>(Table<T> table) where T : class => new(this, table);

    /// <summary>Rows of a view, chosen, ordered and limited step by step.</summary>
    public RowQuery<T> Query<T>(View<T> view) where T : class => new(this, view.Definition, view.Map);

    /// <summary>Runs the body in a transaction and commits; any exception rolls back. Inside another transaction it is a savepoint.</summary>
    /// <param name="body">May be run several times (see <paramref name="options"/>), so it does nothing but database work.</param>
    /// <param name="options">Isolation and retries.</param>
    /// <param name="cancellationToken">Ends the transaction, which is rolled back.</param>
    /// <exception cref="DataAccessException">The engine refused a statement or the commit.</exception>
    public Task<TResult> TransactionAsync<TResult>(
        Func<Database, Task<TResult>> body, TransactionOptions? options = null, CancellationToken cancellationToken = default) =>
        Guarded.Run(() => Core.DatabaseModule.transactionWith(
            (options ?? new TransactionOptions()).ToCore(),
            FuncConvert.FromFunc<Core.Database, Task<TResult>>(inner => Guarded.Body(() => body(new Database(() => inner)))),
            With(cancellationToken)));

    /// <inheritdoc cref="TransactionAsync{TResult}"/>
    public Task TransactionAsync(
        Func<Database, Task> body, TransactionOptions? options = null, CancellationToken cancellationToken = default) =>
        TransactionAsync<object?>(
            async database =>
            {
                await body(database).ConfigureAwait(false);
                return null;
            },
            options,
            cancellationToken);

    /// <summary>Runs SQL: <c>db.QueryAsync&lt;Total&gt;($"SELECT name, sum(amount) AS total FROM {table} WHERE {table.Column(x => x.UserId)} = {id} GROUP BY name")</c>.</summary>
    /// <typeparam name="T">A number, text and the like, read from the first column; or a record, read from the columns named like its properties in snake_case.</typeparam>
    /// <param name="sql">Holes take tables, views, columns (quoted names), lists (several parameters in parentheses) and values (one parameter each).</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <exception cref="DataAccessException">The engine refused it, or a row cannot be read as <typeparamref name="T"/>.</exception>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(FormattableString sql, CancellationToken cancellationToken = default) =>
        [.. await Run(Core.SqlModule.query(FreeSql.Text(sql), FreeSql.Row<T>()), cancellationToken).ConfigureAwait(false)];

    /// <summary>As <see cref="QueryAsync{T}(FormattableString, CancellationToken)"/>, with rows read as the table's records.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(Table<T> table, FormattableString sql, CancellationToken cancellationToken = default)
        where T : class =>
        [.. await Run(Core.SqlModule.query(FreeSql.Text(sql), table.Map.Row), cancellationToken).ConfigureAwait(false)];

    /// <summary>The one row of a query; none or several are an error.</summary>
    public Task<T> QuerySingleAsync<T>(FormattableString sql, CancellationToken cancellationToken = default) =>
        Run(Core.SqlModule.queryOne(FreeSql.Text(sql), FreeSql.Row<T>()), cancellationToken);

    /// <summary>Runs a statement that returns no rows; the number affected.</summary>
    public Task<long> ExecuteAsync(FormattableString sql, CancellationToken cancellationToken = default) =>
        Run(Core.SqlModule.execute(FreeSql.Text(sql)), cancellationToken);

    /// <summary>Lends the raw connection, for Dapper and the like: the transaction's, or one from the pool.</summary>
    public Task<TResult> WithConnectionAsync<TResult>(
        Func<DbConnection, DbTransaction?, Task<TResult>> body, CancellationToken cancellationToken = default) =>
        Guarded.Run(() => Core.DatabaseModule.withConnection(
            FuncConvert.FromFunc<DbConnection, Task<TResult>>(connection =>
                Guarded.Body(() => body(connection, Core.DatabaseModule.currentTransaction(Value)?.Value))),
            With(cancellationToken)));

    /// <summary>Closes the connections of every value made from the same one; what was lent (a host's, a transaction's, an agent's view) is left open.</summary>
    public ValueTask DisposeAsync() => owned ? ((IAsyncDisposable)Value).DisposeAsync() : ValueTask.CompletedTask;

    // A container that is disposed synchronously refuses services that cannot be.
    void IDisposable.Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override string ToString() => source.IsValueCreated ? Value.ToString() : "a database that is not in use yet";

    private Task<TResult> Run<TResult>(Core.Query<TResult> query, CancellationToken cancellationToken) =>
        Guarded.Run(() => Core.QueryModule.run(With(cancellationToken), query));

    internal Core.Database With(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? Core.DatabaseModule.withCancellation(cancellationToken, Value) : Value;
}
