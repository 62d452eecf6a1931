namespace SchemaToolkit.Benchmarks

open System
open System.Data
open System.Threading.Tasks
open BenchmarkDotNet.Attributes
open Microsoft.Data.Sqlite
open Npgsql
open NpgsqlTypes
open SchemaToolkit
open SchemaToolkit.Testing

/// The table that both ways read and write.
module Visits =
    let id = Column.bigint "id"
    let userId = Column.uuid "user_id"
    let page = Column.text "page"
    let seconds = Column.double "seconds" |> Column.optional
    let visitedAt = Column.timestamp "visited_at"

    let table = Table.define "visits" [ id; userId; page; seconds; visitedAt ] |> Table.primaryKey [ id ]

    type Record =
        { Id: int64
          UserId: Guid
          Page: string
          Seconds: float option
          VisitedAt: DateTimeOffset }

    let repository = Repository.define<Record> table

    let private start = DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)

    let record (i: int) : Record =
        { Id = int64 i
          UserId = Guid(i, 1s, 2s, 3uy, 4uy, 5uy, 6uy, 7uy, 8uy, 9uy, 10uy)
          Page = $"/page/{i % 100}"
          Seconds = if i % 3 = 0 then None else Some(float i / 7.0)
          VisitedAt = start.AddSeconds(float i) }

    let count = 10_000
    let records = Array.init count record

    let ddl (db: Database) =
        if db.Dialect.Engine = "sqlite" then
            "CREATE TABLE visits (id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, page TEXT NOT NULL, seconds REAL, visited_at TEXT NOT NULL) STRICT"
        else
            "CREATE TABLE visits (id bigint PRIMARY KEY, user_id uuid NOT NULL, page text NOT NULL, seconds double precision, visited_at timestamptz NOT NULL)"

/// The same work in plain ADO.NET, as one would write it by hand with care.
module Raw =
    let private read (reader: Common.DbDataReader) (userId: Guid) (at: DateTimeOffset) : Visits.Record =
        { Id = reader.GetInt64 0
          UserId = userId
          Page = reader.GetString 2
          Seconds = if reader.IsDBNull 3 then None else Some(reader.GetDouble 3)
          VisitedAt = at }

    let private text = "SELECT id, user_id, page, seconds, visited_at FROM visits WHERE id = "

    let findSqlite (connectionString: string) (id: int64) =
        task {
            use connection = new SqliteConnection(connectionString)
            do! connection.OpenAsync()
            use command = connection.CreateCommand()
            command.CommandText <- text + "@id"
            command.Parameters.AddWithValue("@id", id) |> ignore
            use! reader = command.ExecuteReaderAsync()
            let! _ = reader.ReadAsync()
            return read reader (reader.GetGuid 1) (reader.GetDateTimeOffset 4)
        }

    let findPostgres (source: NpgsqlDataSource) (id: int64) =
        task {
            use! connection = source.OpenConnectionAsync()
            use command = new NpgsqlCommand(text + "$1", connection)
            command.Parameters.Add(NpgsqlParameter<int64>(TypedValue = id)) |> ignore
            use! reader = command.ExecuteReaderAsync CommandBehavior.Default
            let! _ = reader.ReadAsync()
            return read reader (reader.GetGuid 1) (reader.GetFieldValue<DateTimeOffset> 4)
        }

    let insertSqlite (connectionString: string) =
        task {
            use connection = new SqliteConnection(connectionString)
            do! connection.OpenAsync()
            use transaction = connection.BeginTransaction()
            use command = connection.CreateCommand()
            command.CommandText <- "INSERT INTO visits VALUES (@a, @b, @c, @d, @e)"
            let add name = command.Parameters.Add(SqliteParameter(ParameterName = name))
            let a, b, c, d, e = add "@a", add "@b", add "@c", add "@d", add "@e"

            for record in Visits.records do
                a.Value <- record.Id
                b.Value <- record.UserId.ToString()
                c.Value <- record.Page

                d.Value <-
                    match record.Seconds with
                    | Some seconds -> box seconds
                    | None -> box DBNull.Value

                e.Value <- record.VisitedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'")
                command.ExecuteNonQuery() |> ignore

            transaction.Commit()
        }

    let insertPostgres (source: NpgsqlDataSource) =
        task {
            use! connection = source.OpenConnectionAsync()
            use! importer = connection.BeginBinaryImportAsync "COPY visits FROM STDIN (FORMAT BINARY)"

            for record in Visits.records do
                do! importer.StartRowAsync()
                do! importer.WriteAsync(record.Id, NpgsqlDbType.Bigint)
                do! importer.WriteAsync(record.UserId, NpgsqlDbType.Uuid)
                do! importer.WriteAsync(record.Page, NpgsqlDbType.Text)

                match record.Seconds with
                | Some seconds -> do! importer.WriteAsync(seconds, NpgsqlDbType.Double)
                | None -> do! importer.WriteNullAsync()

                do! importer.WriteAsync(record.VisitedAt, NpgsqlDbType.TimestampTz)

            let! _ = importer.CompleteAsync()
            return ()
        }

/// Repository beside raw ADO.NET, on SQLite and, where there is one, on PostgreSQL.
[<MemoryDiagnoser; MinIterationCount(5); MaxIterationCount(12)>]
type DataBenchmarks() =
    let mutable test = Unchecked.defaultof<TestDatabase>
    let mutable db = Unchecked.defaultof<Database>
    let mutable source: NpgsqlDataSource | null = null
    let mutable next = 0

    let run (work: Task<'T>) = work.GetAwaiter().GetResult()
    let execute (statement: string) = Sql.execute $"{Sql.raw statement}" |> Query.run db |> run |> ignore

    let nextId () =
        next <- (next + 7919) % Visits.count
        int64 next

    member val Engines = TestDatabase.engines () |> List.filter (fun engine -> engine <> Engine.PGlite) |> List.toArray

    [<ParamsSource("Engines")>]
    member val Engine = Engine.Sqlite with get, set

    [<GlobalSetup>]
    member this.Setup() =
        test <- run (TestDatabase.create this.Engine)

        if this.Engine = Engine.Sqlite then
            db <- SqliteDatabase.connect test.ConnectionString
        else
            db <- PostgresDatabase.connect test.ConnectionString
            source <- NpgsqlDataSource.Create test.ConnectionString

        execute (Visits.ddl db)
        Repository.insertBatch Visits.records Visits.repository db |> run |> ignore

    [<GlobalCleanup>]
    member _.Cleanup() =
        (Database.close db).GetAwaiter().GetResult()

        match source with
        | null -> ()
        | opened -> opened.Dispose()

        source <- null

        (test :> IAsyncDisposable).DisposeAsync().AsTask().GetAwaiter().GetResult()

    [<Benchmark>]
    member _.FindRaw() =
        match source with
        | null -> Raw.findSqlite test.ConnectionString (nextId ()) |> run
        | source -> Raw.findPostgres source (nextId ()) |> run

    [<Benchmark>]
    member _.FindRepository() = Repository.find (nextId ()) Visits.repository db |> run |> Option.get

    /// Ten thousand rows; emptying the table is part of both.
    [<Benchmark>]
    member _.InsertRaw() =
        execute "DELETE FROM visits"

        match source with
        | null -> Raw.insertSqlite test.ConnectionString |> run
        | source -> Raw.insertPostgres source |> run

    [<Benchmark>]
    member _.InsertRepository() =
        execute "DELETE FROM visits"
        Repository.insertBatch Visits.records Visits.repository db |> run
