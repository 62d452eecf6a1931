namespace SchemaToolkit

open System
open System.Data.Common
open System.Threading.Tasks

/// A connection that goes back to its pool when it is disposed.
[<Sealed>]
type internal ConnectionLease(connection: DbConnection, pool: ConnectionPool) =
    member _.Connection = connection

    interface IAsyncDisposable with
        member _.DisposeAsync() = pool.Release connection

/// Connections of a database value, and the driver's exceptions as ours.
[<RequireQualifiedAccess>]
module internal Run =
    /// An exception of the driver, explained; ours and cancellations pass.
    let (|Refusal|_|) (dialect: Dialect) (error: exn) =
        match error with
        | :? DatabaseException -> None
        | other -> dialect.Failure other

    let refuse (where: string) (failure: DatabaseFailure) (error: exn) : 'T =
        raise (DatabaseException(DataError.refused where failure, error))

    /// The transaction in progress, which commands must name.
    let transaction (db: Database) : DbTransaction | null =
        match db.Source with
        | ConnectionSource.Pool _ -> null
        | ConnectionSource.Transaction session -> session.Transaction

    /// Lends a connection: the transaction's, or one from the pool that goes back afterwards.
    let withConnection (db: Database) (where: string) (body: DbConnection -> Task<'T>) : Task<'T> =
        task {
            try
                match db.Source with
                | ConnectionSource.Transaction session -> return! body session.Connection
                | ConnectionSource.Pool pool ->
                    let! connection = pool.Open db.Cancellation
                    use lease = new ConnectionLease(connection, pool)
                    return! body lease.Connection
            with Refusal db.Dialect failure as error ->
                return refuse where failure error
        }

    /// A command on a connection, inside the transaction in progress.
    let command (db: Database) (connection: DbConnection) (text: string) (parameters: DbParameter list) : DbCommand =
        let command = connection.CreateCommand()
        command.CommandText <- text
        command.Transaction <- transaction db

        for parameter in parameters do
            command.Parameters.Add parameter |> ignore

        command

    /// The table's name with the namespace that a relative one is found in.
    let place (db: Database) (name: ObjectName) = ObjectName.placeIn db.Namespace name
