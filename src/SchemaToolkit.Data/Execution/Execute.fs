namespace SchemaToolkit

open System
open System.Collections.Generic
open System.Data
open System.Data.Common
open System.Threading.Tasks

/// Runs rendered statements.
[<RequireQualifiedAccess>]
module internal Execute =
    let private ordinalByName (reader: DbDataReader) (source: RowSource) : int =
        match source with
        | RowSource.At(ordinal, _) when ordinal < reader.FieldCount -> ordinal
        | _ ->
            let names = [ for i in 0 .. reader.FieldCount - 1 -> reader.GetName i ]

            match names |> List.tryFindIndex (fun name -> name = source.Label) with
            | Some ordinal -> ordinal
            | None ->
                let found = String.Join(", ", names)

                DataError.decode
                    source.Label
                    $"The result has no column {source.Label}; it has: {found}."
                    "Select the column, or give the expression that name with AS."
                |> DataError.raiseIt

    /// Fields stand in the select list in the decoder's order.
    let private ordinalByPlace (fields: RowSource list) : RowSource -> int =
        let places = Dictionary<RowSource, int>(HashIdentity.Reference)
        fields |> List.iteri (fun i source -> places[source] <- i)
        fun source -> places[source]

    /// Reads up to `limit` rows. With a table the fields are found by place, else by name.
    let rows (db: Database) (sql: Sql) (table: Table option) (row: Row<'T>) (limit: int) : Task<List<'T>> =
        task {
            let rendered = Render.sql db sql

            return!
                Run.withConnection db rendered.Text (fun connection ->
                    task {
                        use command = Run.command db connection rendered.Text rendered.Parameters
                        use! reader = command.ExecuteReaderAsync(CommandBehavior.Default, db.Cancellation)

                        let read =
                            row.Compile
                                { Dialect = db.Dialect
                                  Table =
                                    (match table with
                                     | Some table -> string table.Name
                                     | None -> "")
                                  Ordinal = if table.IsSome then ordinalByPlace row.Fields else ordinalByName reader }

                        let found = List<'T>()
                        let mutable more = found.Count < limit

                        while more do
                            let! next = reader.ReadAsync db.Cancellation

                            if next then
                                found.Add(read reader)

                            more <- next && found.Count < limit

                        return found
                    })
        }

    /// Runs a statement; the number of rows affected.
    let affected (db: Database) (sql: Sql) : Task<int64> =
        task {
            let rendered = Render.sql db sql

            return!
                Run.withConnection db rendered.Text (fun connection ->
                    task {
                        use command = Run.command db connection rendered.Text rendered.Parameters
                        let! count = command.ExecuteNonQueryAsync db.Cancellation
                        return int64 count
                    })
        }
