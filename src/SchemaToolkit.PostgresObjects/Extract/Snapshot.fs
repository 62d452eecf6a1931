namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic
open System.Data
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Reads a whole database in one snapshot, with one query for each group of kinds and one for all dependencies.
[<RequireQualifiedAccess>]
module Snapshot =
    /// Who needs whom, in addresses; members of an extension stand for the extension.
    let private edges (rows: CatalogRows) : (Address * Address) list =
        let byId = Dictionary<ObjectId, Address>()

        for one in rows.Found do
            for id in one.Ids do
                byId[id] <- one.Object.Address

        let whole (struct (catalog, oid, _): ObjectId) : ObjectId = struct (catalog, oid, 0)

        let lookup id =
            match byId.TryGetValue id with
            | true, address -> ValueSome address
            | false, _ ->
                match byId.TryGetValue(whole id) with
                | true, address -> ValueSome address
                | false, _ -> ValueNone

        for dependency in rows.Dependencies do
            if dependency.Kind = 'e' then
                match lookup dependency.Used with
                | ValueSome extension -> byId.TryAdd(whole dependency.User, extension) |> ignore
                | ValueNone -> ()

        [ for dependency in rows.Dependencies do
              if dependency.Kind <> 'e' then
                  match lookup dependency.User, lookup dependency.Used with
                  | ValueSome a, ValueSome b when a <> b ->
                      match a.Kind, b.Kind with
                      // Ownership of a sequence and being a partition are objects of their own.
                      | Kind.Sequence, Kind.Column
                      | Kind.Table, Kind.Table when dependency.Kind = 'a' -> ()
                      | _ -> a, b
                  | _ -> () ]

    let private commented (rows: CatalogRows) (one: Found) =
        match one.Object.Comment, rows.Comments.TryGetValue one.Ids.Head with
        | None, (true, comment) -> { one.Object with Comment = Some comment }
        | _ -> one.Object

    let private assemble (rows: CatalogRows) : PgDatabase =
        let objects = rows.Found |> Seq.map (fun one -> one.Object.Address, commented rows one) |> Map.ofSeq

        let pairs =
            [ yield! edges rows
              for one in rows.Found do
                  for needed in one.AlsoNeeds do
                      one.Object.Address, needed

                  match one.Object.Parent with
                  | Some parent -> one.Object.Address, parent
                  | None -> () ]

        // A composite type needs what its attributes need.
        let ofComposites =
            [ for user, used in pairs do
                  if user.Kind = Kind.Attribute then
                      { user with Kind = Kind.Composite; Part = "" }, used ]

        PgDatabase.assemble
            { Version = rows.Version
              User = rows.User
              Objects = objects
              Needs = PgDatabase.relate objects (Seq.append pairs ofComposites)
              Unmodelled = List.ofSeq rows.Unmodelled }

    /// As `read'`, in the transaction that the connection is in, whose settings it changes.
    let readIn (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            let about = connection.PostgreSqlVersion
            let! rows = Rows.read connection (about.Major * 10000 + about.Minor) ct
            return assemble rows
        }

    /// Needs only rights to read the catalog. The connection must not be in a transaction.
    let read' (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            use! transaction = connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct)
            let! database = readIn connection ct
            do! transaction.RollbackAsync ct
            return database
        }
