using System.Data.Common;
using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

/// <summary>A database to work with: an immutable value, cheap to change. Inside a transaction it is bound to it.</summary>
public sealed class Database : IAsyncDisposable, IDisposable
{
    internal Database(Core.Database value) => Value = value;

    /// <summary>The engine behind it. PGLite is PostgreSQL.</summary>
    public Engine Engine => Value.Dialect.Engine == Engine.Sqlite.Key ? Engine.Sqlite : Engine.Postgres;

    /// <summary>Host and database, or the file; never a password.</summary>
    public string Target => Value.Target;

    internal Core.Database Value { get; }

    /// <summary>Reads of agent-scoped tables see the rows of this agent alone; writes fill <c>agent_id</c> with it.</summary>
    public Database ForAgent(Guid agentId) => new(Core.DatabaseModule.forAgent(agentId, Value));

    /// <summary>Sees the rows of every agent; writes to agent-scoped tables name the agent themselves.</summary>
    public Database ForEveryAgent() => new(Core.DatabaseModule.forEveryAgent(Value));

    /// <summary>Records in and out of one table.</summary>
    public Repository<T> Repository<T>(Table<T> table) => new(this, table);

    /// <summary>Runs the body in a transaction and commits; any exception rolls back. Inside another transaction it is a savepoint.</summary>
    /// <param name="body">May be run several times (see <paramref name="options"/>), so it does nothing but database work.</param>
    /// <param name="options">Isolation and retries.</param>
    /// <param name="cancellationToken">Ends the transaction, which is rolled back.</param>
    /// <exception cref="DataAccessException">The engine refused a statement or the commit.</exception>
    public Task<TResult> TransactionAsync<TResult>(
        Func<Database, Task<TResult>> body, TransactionOptions? options = null, CancellationToken cancellationToken = default) =>
        Guarded.Run(() => Core.DatabaseModule.transactionWith(
            (options ?? new TransactionOptions()).ToCore(),
            FuncConvert.FromFunc<Core.Database, Task<TResult>>(inner => Guarded.Body(() => body(new Database(inner)))),
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

    /// <summary>Lends the raw connection, for Dapper and the like: the transaction's, or one from the pool.</summary>
    public Task<TResult> WithConnectionAsync<TResult>(
        Func<DbConnection, DbTransaction?, Task<TResult>> body, CancellationToken cancellationToken = default) =>
        Guarded.Run(() => Core.DatabaseModule.withConnection(
            FuncConvert.FromFunc<DbConnection, Task<TResult>>(connection =>
                Guarded.Body(() => body(connection, Core.DatabaseModule.currentTransaction(Value)?.Value))),
            With(cancellationToken)));

    /// <summary>Closes the connections of every value made from the same one; inside a transaction it does nothing.</summary>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)Value).DisposeAsync();

    // A container that is disposed synchronously refuses services that cannot be.
    void IDisposable.Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    internal Core.Database With(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? Core.DatabaseModule.withCancellation(cancellationToken, Value) : Value;
}
