namespace SchemaToolkit

open System
open System.Data.Common
open System.Text.RegularExpressions
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Bulk insert: binary COPY; on PGLite, whose server hangs on COPY FROM, statements with many rows each.
[<RequireQualifiedAccess>]
module PostgresCopy =
    let private quote (name: string) = "\"" + name.Replace("\"", "\"\"") + "\""

    /// `"namespace"."name"`.
    let tableName (name: ObjectName) =
        if name.Namespace = "" then
            invalidArg "name" $"The name '{name.Name}' has no namespace; fill it with ObjectName.placeIn first."

        $"{quote name.Namespace}.{quote name.Name}"

    /// Values travel as text that the server reads by where they stand; a binary COPY does not take it.
    let rec private isOwn (columnType: ColumnType) =
        match columnType with
        | ColumnType.Named _
        | ColumnType.Other _ -> true
        | ColumnType.Array element -> isOwn element
        | _ -> false

    let private columnNames (columns: ColumnDef array) =
        columns |> Array.map (fun column -> quote column.Name) |> String.concat ", "

    let private unfit (table: ObjectName) (index: int64) (error: ArgumentException) : exn =
        let object = string table

        DatabaseException(
            { DataError.value object $"The record with index {index} does not fit {object}: {error.Message}" with
                Record = Some index },
            error
        )

    let private refused (table: ObjectName) (index: int64 option) (error: exn) : exn =
        match PostgresFailure.explain error with
        | Some failure ->
            DatabaseException(DataError.refused $"bulk insert into {table}" { failure with Record = index }, error)
        | None -> error

    /// The server names the line, counted from one, in the error's context.
    let private lineOf (error: exn) =
        match error with
        | :? PostgresException as refused ->
            let hit = Regex.Match(string refused.Where, @"^COPY .+, line (\d+)", RegexOptions.Multiline)
            if hit.Success then Some(Int64.Parse hit.Groups[1].Value - 1L) else None
        | _ -> None

    let private fitted (table: ObjectName) (columns: ColumnDef array) (index: int64) (row: objnull array) =
        try
            columns
            |> Array.mapi (fun i column ->
                match row[i] with
                | null -> ValueNone
                | value -> ValueSome(PostgresCodec.copied column.Type (Fit.store column.Type value)))
        with :? ArgumentException as error ->
            raise (unfit table index error)

    let private copy
        (connection: NpgsqlConnection)
        table
        (columns: ColumnDef array)
        (rows: seq<objnull array>)
        cancellation
        =
        task {
            let sql = $"COPY {tableName table} ({columnNames columns}) FROM STDIN (FORMAT BINARY)"

            try
                use! importer = connection.BeginBinaryImportAsync(sql, cancellation)
                let mutable count = 0L

                for row in rows do
                    let values = fitted table columns count row
                    do! importer.StartRowAsync cancellation

                    for value in values do
                        match value with
                        | ValueNone -> do! importer.WriteNullAsync cancellation
                        | ValueSome(struct (value, dbType)) -> do! importer.WriteAsync(value, dbType, cancellation)

                    count <- count + 1L

                let! _ = importer.CompleteAsync cancellation
                return count
            with :? NpgsqlException as error ->
                return raise (refused table (lineOf error) error)
        }

    /// Rows in one statement: enough to be fast, few enough to be parsed in little memory.
    let private chunkRows = 500

    let private insert
        (connection: NpgsqlConnection)
        table
        (columns: ColumnDef array)
        first
        (rows: objnull array array)
        cancellation
        =
        task {
            use command = new NpgsqlCommand(Connection = connection)
            let width = columns.Length

            let parametersOf index (row: objnull array) =
                try
                    for i in 0 .. width - 1 do
                        command.Parameters.Add(PostgresCodec.parameter columns[i].Type row[i]) |> ignore
                with :? ArgumentException as error ->
                    raise (unfit table (first + int64 index) error)

            rows |> Array.iteri parametersOf

            let holes row =
                let inRow = [| for i in 1..width -> $"${row * width + i}" |]
                "(" + String.Join(", ", inRow) + ")"

            let values = String.Join(", ", Array.init rows.Length holes)

            // As COPY does: numbers that are given to an identity column are kept.
            let overriding =
                if columns |> Array.exists (fun column -> column.Identity = Some Identity.Always) then
                    "OVERRIDING SYSTEM VALUE "
                else
                    ""

            command.CommandText <- $"INSERT INTO {tableName table} ({columnNames columns}) {overriding}VALUES {values}"
            let! _ = command.ExecuteNonQueryAsync cancellation
            return ()
        }

    /// Runs refused rows again one by one, to say which of them it was.
    let private blame connection table columns first (rows: objnull array array) cancellation (cause: exn) =
        task {
            for i in 0 .. rows.Length - 1 do
                try
                    do! insert connection table columns (first + int64 i) [| rows[i] |] cancellation
                with :? PostgresException as error ->
                    raise (refused table (Some(first + int64 i)) error)

            return raise (refused table None cause)
        }

    let private insertChunks
        (connection: NpgsqlConnection)
        (transaction: DbTransaction)
        table
        (columns: ColumnDef array)
        (rows: seq<objnull array>)
        cancellation
        =
        task {
            let perChunk = max 1 (min chunkRows (65535 / max 1 columns.Length))
            let mutable count = 0L

            for chunk in Seq.chunkBySize perChunk rows do
                do! transaction.SaveAsync("st_chunk", cancellation)

                try
                    do! insert connection table columns count chunk cancellation
                with :? PostgresException as error ->
                    do! transaction.RollbackAsync("st_chunk", cancellation)
                    do! blame connection table columns count chunk cancellation error

                do! transaction.ReleaseAsync("st_chunk", cancellation)
                count <- count + int64 chunk.Length

            return count
        }

    /// In a binary COPY an array names the number of its element type, which only the server knows for an enum.
    let private holdsEnumArray (column: ColumnDef) =
        match column.Type with
        | ColumnType.Array(ColumnType.Enum _) -> true
        | _ -> false

    /// Inserts rows inside the transaction. `isPGlite` is asked once per database.
    let bulkInsert
        (isPGlite: DbConnection -> CancellationToken -> Task<bool>)
        (connection: DbConnection)
        (transaction: DbTransaction)
        (table: ObjectName)
        (columns: ColumnDef list)
        (rows: seq<objnull array>)
        (cancellation: CancellationToken)
        : Task<int64> =
        task {
            let columns = Array.ofList columns
            let! pglite = isPGlite connection cancellation
            let manyRows = pglite || columns |> Array.exists (fun c -> holdsEnumArray c || isOwn c.Type)

            match connection with
            | :? NpgsqlConnection as npgsql when manyRows ->
                return! insertChunks npgsql transaction table columns rows cancellation
            | :? NpgsqlConnection as npgsql -> return! copy npgsql table columns rows cancellation
            | other -> return invalidArg "connection" $"An Npgsql connection is needed, not {other.GetType().Name}."
        }
