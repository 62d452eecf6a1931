namespace SchemaToolkit.PostgresObjects

open System.Data
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Reads a whole database in one snapshot, with one query for each group of kinds and one for all dependencies.
[<RequireQualifiedAccess>]
module Snapshot =
    /// By number, with comments; of two with one address the last counts.
    let private objects (rows: CatalogRows) : AddressMap<PgObject> =
        let commented (one: Found) =
            match one.Object.Comment, rows.Comments.TryGetValue one.Id with
            | None, (true, comment) -> { one.Object with Comment = Some comment }
            | _ -> one.Object

        rows.Found
        |> Seq.map (if rows.Comments.Count = 0 then _.Object else commented)
        |> PgDatabase.objects

    let private assemble (rows: CatalogRows) : PgDatabase =
        let objects = objects rows

        PgDatabase.assemble
            { Version = rows.Version
              User = rows.User
              Objects = objects
              Needs = Needs.between rows objects.Numbering
              Unmodelled = List.ofSeq rows.Unmodelled }

    /// As `readIn`, and which transactions were seen (`Rows.moment`).
    let internal readMoment (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase * string option> =
        task {
            let about = connection.PostgreSqlVersion
            let! rows = Rows.read connection (about.Major * 10000 + about.Minor) ct
            return assemble rows, rows.Moment
        }

    /// As `read'`, in the transaction that the connection is in, whose settings it changes.
    let readIn (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            let! database, _ = readMoment connection ct
            return database
        }

    /// As `readIn`, with every text as the server prints it, which costs it much: `readIn` puts most of them together itself.
    /// What they read is equal.
    let readPrintedIn (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            let about = connection.PostgreSqlVersion
            let! rows = Rows.readPrinted connection (about.Major * 10000 + about.Minor) ct
            return assemble rows
        }

    /// Does beforehand what reading does when it happens for the first time in a program, without a connection.
    let prepare () : unit = Rows.prepare ()

    /// Needs only rights to read the catalog. The connection must not be in a transaction.
    let read' (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            use! transaction = connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct)
            let! database = readIn connection ct
            do! transaction.RollbackAsync ct
            return database
        }
