namespace SchemaToolkit

open System
open System.Data.Common
open System.Threading
open System.Threading.Tasks

/// Which rows of agent-scoped tables (those with a uuid column `agent_id`) are seen.
[<RequireQualifiedAccess>]
type AgentScope =
    /// Nobody said: using an agent-scoped table is an error.
    | NotGiven
    /// The rows of one agent: reads filter by it, writes fill it.
    | Agent of id: Guid
    /// The rows of every agent, by explicit wish; writes name the agent themselves.
    | Everyone

/// A transaction in progress. It runs one statement at a time.
[<Sealed; AllowNullLiteral>]
type TransactionSession(connection: DbConnection, transaction: DbTransaction) =
    member _.Connection = connection
    member _.Transaction = transaction
    /// The number of savepoints made so far; each gets a name of its own.
    member val Savepoints = 0 with get, set

/// Connections that are opened, and given back, by the engine's room.
[<NoEquality; NoComparison>]
type ConnectionPool =
    {
        Open: CancellationToken -> Task<DbConnection>
        /// Takes a connection back; it is never used again by the one who gives it.
        Release: DbConnection -> ValueTask
        /// Forgets what was learned about the server's types, after a migration has made new ones.
        Refresh: CancellationToken -> Task
        Close: unit -> ValueTask
    }

[<RequireQualifiedAccess; NoEquality; NoComparison>]
type ConnectionSource =
    | Pool of pool: ConnectionPool
    | Transaction of session: TransactionSession

/// A database to work with: an immutable value, cheap to change. It holds where connections come from (or the transaction
/// in progress), the namespace in which relative table names are found, and the agent whose rows are seen.
[<NoEquality; NoComparison>]
type Database =
    {
        Dialect: Dialect
        Source: ConnectionSource
        /// Where tables without a namespace of their own are; `public` unless changed by `Database.inNamespace`.
        Namespace: string
        Scope: AgentScope
        Time: TimeProvider
        /// For people: host and database, or the file; never a password.
        Target: string
        /// Ends every statement that is run through this value.
        Cancellation: CancellationToken
    }

    /// The agent whose rows are seen, when there is one.
    member this.AgentId =
        match this.Scope with
        | AgentScope.Agent id -> Some id
        | AgentScope.NotGiven
        | AgentScope.Everyone -> None

    override this.ToString() = $"{this.Dialect.Engine}: {this.Target}"

    interface IAsyncDisposable with
        /// Closes the connections of every value made from the same `connect`; inside a transaction it does nothing.
        member this.DisposeAsync() =
            match this.Source with
            | ConnectionSource.Pool pool -> pool.Close()
            | ConnectionSource.Transaction _ -> ValueTask.CompletedTask

    /// For `use` in scripts: the FSharp.Core of `dotnet fsi` knows no other.
    interface IDisposable with
        member this.Dispose() = (this :> IAsyncDisposable).DisposeAsync().AsTask().GetAwaiter().GetResult()
