namespace SchemaToolkit.Postgres

open System
open System.Data
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit

/// Reads the catalog of some namespaces: a handful of queries in one snapshot, whatever the number of tables.
[<RequireQualifiedAccess>]
module internal CatalogReader =
    /// How often a catalog that moves under the reader is read again.
    let private attempts = 20

    let private pause = TimeSpan.FromMilliseconds 20.0

    let fingerprint (connection: NpgsqlConnection) (namespaces: string list) (ct: CancellationToken) =
        Session.scalar<string> connection CatalogQueries.fingerprint [ Array.ofList namespaces ] ct

    let private parts (found: Found<'T> list) : Map<int64, 'T list> =
        found
        |> List.choose (function
            | Found.Part(table, part) -> Some(table, part)
            | Found.Remark _ -> None)
        |> List.groupBy fst
        |> List.map (fun (table, items) -> table, List.map snd items)
        |> Map.ofList

    let private remarks (found: Found<'T> list) =
        found
        |> List.choose (function
            | Found.Remark text -> Some text
            | Found.Part _ -> None)

    let private assembleIndexes (nameOf: int64 -> string) (rows: IndexRow list) : Found<IndexDef> list =
        [ for _, group in rows |> List.groupBy (fun row -> row.Table, row.Index.Name) do
              let head = List.head group

              if head.Valid then
                  Found.Part(
                      head.Table,
                      { head.Index with
                          Parts =
                              group
                              |> List.choose (fun row ->
                                  match row.Part with
                                  | Choice1Of2 part -> Some part
                                  | Choice2Of2 _ -> None)
                          Include =
                              group
                              |> List.choose (fun row ->
                                  match row.Part with
                                  | Choice1Of2 _ -> None
                                  | Choice2Of2 column -> Some column) }
                  )
              else
                  Found.Remark $"index {head.Index.Name} of {nameOf head.Table} is invalid: its build did not finish" ]

    let private withConstraint (table: Table) (definition: Constraint) : Table =
        match definition with
        | Constraint.PrimaryKey key -> { table with PrimaryKey = Some key }
        | Constraint.Unique unique -> { table with Uniques = table.Uniques @ [ unique ] }
        | Constraint.ForeignKey key -> { table with ForeignKeys = table.ForeignKeys @ [ key ] }
        | Constraint.Check check -> { table with Checks = table.Checks @ [ check ] }

    /// Views, functions, triggers and the like, and remarks about them.
    let private objects (connection: NpgsqlConnection) namespaces (indexesOf: Map<int64, IndexDef list>) ct =
        task {
            let ask sql read = Session.rows connection sql [ Array.ofList namespaces ] read ct
            let indexes oid = indexesOf.TryFind oid |> Option.defaultValue []
            let! extensions = Session.rows connection ObjectQueries.extensions [] ObjectRows.extension ct
            let! views = ask ObjectQueries.views (ObjectRows.view indexes)
            let! routines = ask ObjectQueries.routines ObjectRows.routine
            let! triggers = ask ObjectQueries.triggers ObjectRows.trigger
            let! sequences = ask ObjectQueries.sequences ObjectRows.sequence
            let! domains = ask ObjectQueries.domains ObjectRows.domain
            let! attributes = ask ObjectQueries.composites ObjectRows.attribute
            let! ranges = ask ObjectQueries.ranges ObjectRows.range
            let! partitions = ask ObjectQueries.partitions ObjectRows.partition
            let! exclusions = ask ObjectQueries.exclusions ObjectRows.exclusion
            let! grants = ask ObjectQueries.grants ObjectRows.grant
            let typed = domains @ ObjectRows.composites attributes @ ranges
            let noted = triggers @ sequences @ grants

            return
                [ yield! extensions
                  yield! views
                  yield! routines
                  yield! partitions
                  yield! exclusions
                  yield! typed |> List.choose Result.toOption
                  yield! List.map fst noted ],
                [ yield!
                      typed
                      |> List.choose (function
                          | Error text -> Some text
                          | Ok _ -> None)
                  yield! List.collect snd noted ]
        }

    /// Inside a snapshot.
    let private readAll
        (connection: NpgsqlConnection)
        (namespaces: string list)
        (ct: CancellationToken)
        : Task<Catalog> =
        task {
            let ask sql read = Session.rows connection sql [ Array.ofList namespaces ] read ct
            let! tables = ask CatalogQueries.tables CatalogRows.table
            let names = tables |> List.map (fun (oid, t, _) -> oid, string t.Name) |> Map.ofList
            let nameOf oid = names |> Map.tryFind oid |> Option.defaultValue (string oid)
            let! columns = ask CatalogQueries.columns (CatalogRows.column nameOf)
            let! constraints = ask CatalogQueries.constraints (CatalogRows.constraintOf nameOf)
            let! indexRows = ask CatalogQueries.indexes CatalogRows.index
            let! policies = ask CatalogQueries.policies CatalogRows.policy
            let! enums = ask CatalogQueries.enums CatalogRows.enum
            let! others = ask CatalogQueries.unmodelled (Field.text 0)
            let indexes = assembleIndexes nameOf indexRows
            let! objects, notes = objects connection namespaces (parts indexes) ct
            let! fingerprint = fingerprint connection namespaces ct
            let constraints = List.concat constraints
            let columnsOf, constraintsOf, indexesOf = parts columns, parts constraints, parts indexes
            let policiesOf = policies |> List.map Found.Part |> parts
            let find oid (map: Map<int64, 'T list>) = map.TryFind oid |> Option.defaultValue []

            let assemble (oid, table: Table, _) =
                let bare =
                    { table with
                        Columns = find oid columnsOf
                        Indexes = find oid indexesOf
                        Policies = find oid policiesOf }

                (bare, find oid constraintsOf) ||> List.fold withConstraint

            return
                { Schema =
                    { Schema.empty "" (List.tryHead namespaces |> Option.defaultValue "") with
                        Enums = enums
                        Tables = List.map assemble tables
                        Objects = objects }
                  Unmodelled =
                    [ yield! tables |> List.collect (fun (_, _, notes) -> notes)
                      yield! remarks columns
                      yield! remarks constraints
                      yield! remarks indexes
                      yield! notes
                      yield! others ]
                  Attachments = []
                  Fingerprint = fingerprint }
        }

    /// One snapshot; Error when the catalog moved meanwhile. `pg_get_*` functions look past a snapshot: what they describe may
    /// have gone, which they answer with NULL or with an internal error.
    let private once (connection: NpgsqlConnection) (own: NpgsqlTransaction) namespaces (ct: CancellationToken) =
        task {
            use transaction = own

            try
                do! Session.execute connection $"SET TRANSACTION READ ONLY; {Session.settings}" ct
                let! catalog = readAll connection namespaces ct
                do! transaction.CommitAsync ct
                let! now = fingerprint connection namespaces ct
                return if now = catalog.Fingerprint then Ok catalog else Error(Choice1Of2 catalog)
            with
            | CatalogMoved name -> return Error(Choice2Of2(CatalogMoved name))
            | :? PostgresException as error when error.SqlState = PostgresErrorCodes.InternalError ->
                return Error(Choice2Of2 error)
        }

    let rec private stable connection namespaces left ct : Task<Catalog> =
        task {
            let! own = Session.tryBegin connection IsolationLevel.RepeatableRead ct

            match own with
            | None ->
                // Inside a migration's transaction: nobody else changes these tables now.
                do! Session.execute connection Session.settings ct
                return! readAll connection namespaces ct
            | Some transaction ->
                match! once connection transaction namespaces ct with
                | Ok catalog -> return catalog
                // It never stands still: the snapshot is consistent, its texts are all there.
                | Error(Choice1Of2 catalog) when left <= 1 -> return catalog
                | Error(Choice2Of2 error) when left <= 1 -> return raise error
                | Error _ ->
                    do! Task.Delay(pause, ct)
                    return! stable connection namespaces (left - 1) ct
        }

    let read (connection: NpgsqlConnection) (namespaces: string list) (ct: CancellationToken) : Task<Catalog> =
        stable connection namespaces attempts ct
