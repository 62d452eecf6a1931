namespace SchemaToolkit

open System.Threading.Tasks

/// Many rows at once.
[<RequireQualifiedAccess>]
module internal Bulk =
    /// Streams rows in by the engine's fastest way, in a transaction: all or nothing.
    let insert (table: Table) (columns: ColumnDef list) (rows: seq<objnull array>) (db: Database) : Task<int64> =
        // Rows may be read only once, so the transaction is not run again.
        let once = { TransactionOptions.standard with Retry = RetryPolicy.never }

        Transaction.run once db (fun db ->
            Run.withConnection db $"bulk insert into {table.Name}" (fun connection ->
                let transaction = Unchecked.nonNull (Run.transaction db)
                let name = Run.place db table.Name
                db.Dialect.BulkInsert connection transaction name columns rows db.Cancellation))
