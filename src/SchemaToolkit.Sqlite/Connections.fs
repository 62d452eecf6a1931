namespace SchemaToolkit

open System
open System.Collections.Concurrent
open System.Data
open System.Data.Common
open System.IO
open System.Threading
open System.Threading.Tasks
open Microsoft.Data.Sqlite

/// Opens SQLite files ready for work. Connections are pooled here and not by the driver, which would register the
/// functions anew at every opening.
[<RequireQualifiedAccess>]
module SqliteConnections =
    /// How long a statement waits for another writer, in seconds, where the connection string says nothing.
    let defaultTimeout = 5

    let private idleLimit = 16

    let private refuse message : 'T = raise (ArgumentException message)

    /// Reads a connection string or a bare path of a file.
    let parse (connectionString: string) : SqliteConnectionStringBuilder =
        let given =
            if connectionString.Contains '=' then
                SqliteConnectionStringBuilder connectionString
            else
                SqliteConnectionStringBuilder(DataSource = connectionString)

        if given.DataSource = "" then
            refuse "The connection string names no file; write `Data Source=app.db`."

        if given.DataSource = ":memory:" then
            refuse
                "`:memory:` is another, empty database for every connection. Use a file, or a named one: `Data Source=name;Mode=Memory;Cache=Shared`."

        if not (given.ContainsKey "Default Timeout") || given.DefaultTimeout = 30 then
            given.DefaultTimeout <- defaultTimeout

        given.Pooling <- false
        given

    /// The file, or the name of the database in memory.
    let target (connectionString: string) =
        let given = parse connectionString

        if given.Mode = SqliteOpenMode.Memory then
            given.DataSource
        else
            Path.GetFullPath given.DataSource

    let private execute (connection: SqliteConnection) (sql: string) =
        use command = connection.CreateCommand()
        command.CommandText <- sql
        command.ExecuteNonQuery() |> ignore

    /// Functions, foreign keys as asked, patience, and the write-ahead log for files.
    let prepare (foreignKeys: bool) (given: SqliteConnectionStringBuilder) (connection: SqliteConnection) =
        SqliteFunctions.register connection
        let keys = if foreignKeys then "ON" else "OFF"
        execute connection $"PRAGMA foreign_keys = {keys}; PRAGMA busy_timeout = {given.DefaultTimeout * 1000}"

        if given.Mode <> SqliteOpenMode.ReadOnly && given.Mode <> SqliteOpenMode.Memory then
            // With the log, NORMAL loses no consistency, only (on power failure) the last commits.
            try
                execute connection "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"
            with :? SqliteException as error when error.SqliteErrorCode = SQLitePCL.raw.SQLITE_READONLY ->
                // A file that may only be read is read as it is.
                ()

    /// Opens one connection outside every pool; migrations ask for it without foreign keys, so that rebuilds do not cascade.
    let openUnpooled (foreignKeys: bool) (connectionString: string) (cancellation: CancellationToken) =
        task {
            let given = parse connectionString
            let connection = new SqliteConnection(given.ConnectionString)

            try
                do! connection.OpenAsync cancellation
                prepare foreignKeys given connection
                return connection
            with error ->
                connection.Dispose()
                return raise error
        }

    /// Opens one connection for reading that changes nothing on disk: no file is made, and its journal stays as it is. A
    /// file that is not there reads as an empty database.
    let openToRead (connectionString: string) (cancellation: CancellationToken) =
        task {
            let given = parse connectionString

            if given.Mode <> SqliteOpenMode.Memory && not (File.Exists given.DataSource) then
                given.DataSource <- ":memory:"
            elif given.Mode = SqliteOpenMode.ReadWriteCreate then
                given.Mode <- SqliteOpenMode.ReadWrite

            let connection = new SqliteConnection(given.ConnectionString)

            try
                do! connection.OpenAsync cancellation
                SqliteFunctions.register connection
                execute connection $"PRAGMA busy_timeout = {given.DefaultTimeout * 1000}"
                return connection
            with error ->
                connection.Dispose()
                return raise error
        }

    /// True when no transaction was left open.
    let private isClean (connection: SqliteConnection) =
        connection.State = ConnectionState.Open
        && SQLitePCL.raw.sqlite3_get_autocommit connection.Handle <> 0

    /// A pool over one file or one named database in memory.
    let pool (connectionString: string) : ConnectionPool =
        let given = parse connectionString
        let idle = ConcurrentBag<SqliteConnection>()
        let closed = new CancellationTokenSource()

        // A database in memory lives as long as a connection to it.
        let keeper =
            lazy
                (let connection = new SqliteConnection(given.ConnectionString)
                 connection.Open()
                 connection)

        let openOne (cancellation: CancellationToken) : Task<DbConnection> =
            task {
                if closed.IsCancellationRequested then
                    raise (ObjectDisposedException "Database")

                match idle.TryTake() with
                | true, connection -> return connection :> DbConnection
                | _ ->
                    if given.Mode = SqliteOpenMode.Memory then
                        keeper.Force() |> ignore

                    let! connection = openUnpooled true given.ConnectionString cancellation
                    return connection :> DbConnection
            }

        let release (connection: DbConnection) =
            match connection with
            | :? SqliteConnection as sqlite when
                idle.Count < idleLimit && isClean sqlite && not closed.IsCancellationRequested
                ->
                idle.Add sqlite
                ValueTask.CompletedTask
            | other -> other.DisposeAsync()

        let close () =
            closed.Cancel()

            for connection in idle do
                connection.Dispose()

            if keeper.IsValueCreated then
                keeper.Value.Dispose()

            ValueTask.CompletedTask

        { Open = openOne
          Release = release
          Refresh = fun _ -> Task.CompletedTask
          Close = close }
