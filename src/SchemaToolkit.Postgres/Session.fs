namespace SchemaToolkit.Postgres

open System
open System.Data
open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Small words over one Npgsql connection. A connection runs one command at a time; nothing here opens or closes it.
[<RequireQualifiedAccess>]
module internal Session =
    let npgsql (connection: DbConnection) : NpgsqlConnection =
        match connection with
        | :? NpgsqlConnection as npgsql -> npgsql
        | other ->
            invalidArg
                (nameof connection)
                $"The PostgreSQL driver needs its own connection, not a {other.GetType().Name}."

    let private command (connection: NpgsqlConnection) (sql: string) (parameters: obj list) =
        let command = new NpgsqlCommand(sql, connection)

        for value in parameters do
            command.Parameters.Add(NpgsqlParameter(Value = value)) |> ignore

        command

    /// Runs statements without parameters; several may stand in one text, separated by `;`.
    let execute (connection: NpgsqlConnection) (sql: string) (ct: CancellationToken) : Task<unit> =
        task {
            use command = command connection sql []
            let! _ = command.ExecuteNonQueryAsync ct
            return ()
        }

    /// Everything that changes how the server writes an expression or reads a constant, for one transaction: a role's or a
    /// shared session's own settings must not make equal texts look different.
    let settings =
        [ "search_path TO pg_catalog"
          "TimeZone TO 'UTC'"
          "DateStyle TO 'ISO, YMD'"
          "IntervalStyle TO 'postgres'"
          "extra_float_digits TO 1"
          "bytea_output TO 'hex'"
          "quote_all_identifiers TO off"
          "standard_conforming_strings TO on" ]
        |> List.map (fun setting -> $"SET LOCAL {setting}")
        |> String.concat "; "

    /// All rows of a query; parameters are `$1`, `$2` …
    let rows
        (connection: NpgsqlConnection)
        (sql: string)
        (parameters: obj list)
        (read: NpgsqlDataReader -> 'a)
        (ct: CancellationToken)
        : Task<'a list> =
        task {
            use command = command connection sql parameters
            use! reader = command.ExecuteReaderAsync(CommandBehavior.Default, ct)
            let found = ResizeArray<'a>()
            let mutable more = true

            while more do
                let! next = reader.ReadAsync ct

                if next then found.Add(read reader) else more <- false

            return List.ofSeq found
        }

    /// The first column of the only row.
    let scalar<'a> (connection: NpgsqlConnection) (sql: string) (parameters: obj list) (ct: CancellationToken) =
        task {
            let! found = rows connection sql parameters (fun reader -> reader.GetFieldValue<'a> 0) ct
            return List.head found
        }

    /// A transaction of our own, or None when the connection is in one already.
    let tryBegin (connection: NpgsqlConnection) (level: IsolationLevel) (ct: CancellationToken) =
        task {
            try
                let! transaction = connection.BeginTransactionAsync(level, ct)
                return Some transaction
            with :? InvalidOperationException when connection.State = ConnectionState.Open ->
                return None
        }

    /// Runs work under a savepoint inside a transaction and takes everything back. None: the server refused something.
    let trying (connection: NpgsqlConnection) (name: string) (ct: CancellationToken) (work: unit -> Task<'a>) =
        task {
            do! execute connection $"SAVEPOINT {name}" ct

            try
                let! result = work ()
                do! execute connection $"RELEASE SAVEPOINT {name}" ct
                return Some result
            with :? PostgresException ->
                do! execute connection $"ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}" ct
                return None
        }

/// Reads fields that may be NULL.
[<RequireQualifiedAccess>]
module internal Field =
    let text (i: int) (reader: NpgsqlDataReader) = reader.GetString i
    let flag (i: int) (reader: NpgsqlDataReader) = reader.GetBoolean i
    let oid (i: int) (reader: NpgsqlDataReader) = reader.GetInt64 i
    let number (i: int) (reader: NpgsqlDataReader) = reader.GetInt32 i

    let optional (i: int) (reader: NpgsqlDataReader) = if reader.IsDBNull i then None else Some(reader.GetString i)

    let texts (i: int) (reader: NpgsqlDataReader) : string list =
        if reader.IsDBNull i then
            []
        else
            reader.GetFieldValue<string[]> i |> List.ofArray
