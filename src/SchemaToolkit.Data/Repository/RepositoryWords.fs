namespace SchemaToolkit

open System.Threading.Tasks

/// The words for repositories. Tables with a uuid column `agent_id` are scoped by `Database.forAgent`: reads filter by it,
/// writes fill it.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Repository =
    let private row (repository: Repository<'R>) = repository.Codec.Decoder

    let private checkShape (repository: Repository<'R>) =
        let exempt = Scope.columnOf repository.Table |> Option.map _.Name |> Option.toList

        repository.Codec.Columns
        |> List.filter (RepositoryParts.inserts repository)
        |> List.map _.Name
        |> Check.insertable repository.Table exempt

        repository

    /// A repository with a codec of the caller's own.
    let ofCodec (table: Table) (codec: RowCodec<'R>) : Repository<'R> =
        Check.columns table (codec.Columns |> List.map ColumnHandle)

        checkShape { Table = table; Codec = codec; Filled = []; Touched = [] }

    /// A repository of records whose fields are named like the columns (`UserId` is `user_id`); every mismatch is told at once.
    let define<'R> (table: Table) : Repository<'R> = ofCodec table (RowCodec.record<'R> table)

    /// Inserts of records leave these columns to the database's defaults, whatever the record holds; the record that is
    /// returned has their values. Updates and upserts of records leave them as they are.
    let databaseFills (columns: ColumnHandle list) (repository: Repository<'R>) : Repository<'R> =
        Check.columns repository.Table columns
        checkShape { repository with Filled = repository.Filled @ (columns |> List.map _.Name) }

    /// Sets the column to the present time (`Database.withTime`) whenever a row is updated or upserted onto.
    let touch (column: ColumnHandle) (repository: Repository<'R>) : Repository<'R> =
        Check.column repository.Table column

        match column.Definition.Type with
        | ColumnType.Timestamp
        | ColumnType.LocalTimestamp -> { repository with Touched = column :: repository.Touched }
        | other ->
            RepositoryParts.refuse
                repository.Table
                $"Column {column.Name} is {ColumnType.describe other}; it cannot hold the time of a change."
                "Touch a timestamp."

    // Inserts

    /// Inserts a row from values; columns that are left out get their defaults. Returns the row as it is stored.
    let insertValues (values: Assignment list) (repository: Repository<'R>) (db: Database) : Task<'R> =
        Query.insert repository.Table values |> Query.one (row repository) |> Query.run db

    /// Inserts a record and returns it as it is stored.
    let insert (record: 'R) (repository: Repository<'R>) (db: Database) : Task<'R> =
        insertValues (RepositoryParts.insertRow repository record) repository db

    /// Inserts records and returns them as they are stored, in statements as large as the engine takes: all or nothing.
    let insertMany (records: 'R seq) (repository: Repository<'R>) (db: Database) : Task<'R list> =
        let rows = records |> Seq.map (RepositoryParts.insertRow repository) |> List.ofSeq
        let width = rows |> List.tryHead |> Option.map List.length |> Option.defaultValue 1
        let perStatement = max 1 (min 1000 (db.Dialect.MaxParameters / max 1 width))

        Transaction.run TransactionOptions.standard db (fun db ->
            task {
                let stored = ResizeArray<'R>()

                for chunk in List.chunkBySize perStatement rows do
                    let! found = Query.insertMany repository.Table chunk |> Query.list (row repository) |> Query.run db

                    stored.AddRange found

                return List.ofSeq stored
            })

    /// Streams records in by the engine's fastest way (binary COPY on PostgreSQL): all or nothing, any number. Returns how
    /// many. The error names a bad record by its index, from zero.
    let insertBatch (records: 'R seq) (repository: Repository<'R>) (db: Database) : Task<int64> =
        let table = repository.Table
        let scope = Scope.columnOf table

        let indexed =
            repository.Codec.Columns
            |> List.indexed
            |> List.filter (fun (_, column) -> RepositoryParts.inserts repository column)

        let columns = indexed |> List.map snd
        let places = indexed |> List.map fst |> Array.ofList

        let pick (record: 'R) : objnull array =
            let values = repository.Codec.Encode record
            places |> Array.map (fun i -> values[i])

        match scope with
        | None -> Bulk.insert table columns (Seq.map pick records) db
        | Some _ ->
            // The scope is applied row by row, so that a record of another agent is refused.
            let fill (record: 'R) =
                Scope.fill db table (List.map2 RepositoryParts.assign columns (List.ofArray (pick record)))

            let agent = RepositoryParts.columnNamed table Scope.columnName
            let others = columns |> List.filter (fun column -> column.Name <> agent.Name)
            let named = Scope.fill db table [] |> List.isEmpty |> not
            let all = if named then agent :: others else columns

            let values (record: 'R) : objnull array =
                let filled = fill record

                all
                |> List.map (fun column ->
                    match filled |> List.tryFind (fun assignment -> assignment.Column.Name = column.Name) with
                    | Some { Value = AssignedValue.Value value } -> value
                    | _ -> null)
                |> Array.ofList

            Bulk.insert table all (Seq.map values records) db

    // Upserts

    let private upserting
        (repository: Repository<'R>)
        key
        values
        (changes: Database -> Assignment list)
        (db: Database)
        =
        let changes = RepositoryParts.touched repository db (changes db)

        let statement =
            Query.insert repository.Table values
            |> (if changes.IsEmpty then
                    // Nothing to change, but the row is to be returned: set the key to itself.
                    Query.onConflictUpdate key (key |> List.map Assign.proposed)
                else
                    Query.onConflictUpdate key changes)

        task {
            let! found = statement |> Query.tryOne (row repository) |> Query.run db

            match found with
            | Some stored -> return stored
            | None ->
                return
                    DataError.agent
                        (string repository.Table.Name)
                        $"The row of {repository.Table.Name} with this key belongs to another agent."
                        "Make agent_id part of the key, or use Database.forEveryAgent."
                    |> DataError.raiseIt
        }

    /// Inserts a row from values, or sets the same values on the row that has this key already. One statement, so that
    /// parallel calls make one row. The key is a declared unique or primary key.
    let upsertValues
        (key: ColumnHandle list)
        (values: Assignment list)
        (repository: Repository<'R>)
        (db: Database)
        : Task<'R> =
        let keyNames = key |> List.map _.Name

        let changed =
            values
            |> List.map _.Column.Name
            |> List.filter (fun name -> not (List.contains name keyNames) && name <> Scope.columnName)

        upserting repository key values (fun _ -> RepositoryParts.proposals changed repository.Table) db

    /// As `upsertValues`, with changes of its own for the row that is there: `[ Assign.add T.count 1 ]`.
    let upsertWith
        (key: ColumnHandle list)
        (values: Assignment list)
        (changes: Assignment list)
        (repository: Repository<'R>)
        (db: Database)
        : Task<'R> =
        upserting repository key values (fun _ -> changes) db

    /// Inserts a record, or sets its values on the row that has this key already; the primary key and the columns that the
    /// database fills stay as they are. Returns the row as it is stored.
    let upsert (key: ColumnHandle list) (record: 'R) (repository: Repository<'R>) (db: Database) : Task<'R> =
        let keyNames = key |> List.map _.Name

        let changed =
            repository.Codec.Columns
            |> List.filter (RepositoryParts.updates repository keyNames)
            |> List.map _.Name
            |> List.filter (fun name -> name <> Scope.columnName)

        let values = RepositoryParts.insertRow repository record
        upserting repository key values (fun _ -> RepositoryParts.proposals changed repository.Table) db

    // Reads

    /// The row with this primary key; several key columns take a tuple.
    let find (key: 'K) (repository: Repository<'R>) (db: Database) : Task<'R option> =
        let condition =
            RepositoryParts.keyIs repository.Table (RepositoryParts.primaryKey repository.Table) (box key)

        Query.select repository.Table
        |> Query.where condition
        |> Query.tryOne (row repository)
        |> Query.run db

    /// The row with this value in a unique column.
    let findBy (column: Column<'T>) (value: 'T) (repository: Repository<'R>) (db: Database) : Task<'R option> =
        Check.key repository.Table [ column.Name ]

        Query.select repository.Table
        |> Query.where (Where.eq column value)
        |> Query.tryOne (row repository)
        |> Query.run db

    /// The rows that the condition leaves, in the order of the primary key where there is one.
    let findWhere (condition: Where) (repository: Repository<'R>) (db: Database) : Task<'R list> =
        let order =
            match repository.Table.PrimaryKey with
            | None -> []
            | Some key ->
                key.Columns
                |> List.map (fun name -> Order.asc (ColumnHandle(RepositoryParts.columnNamed repository.Table name)))

        Query.select repository.Table
        |> Query.where condition
        |> Query.orderBy order
        |> Query.list (row repository)
        |> Query.run db

    let list (repository: Repository<'R>) (db: Database) : Task<'R list> = findWhere Where.always repository db

    let countWhere (condition: Where) (repository: Repository<'R>) (db: Database) : Task<int64> =
        Query.select repository.Table |> Query.where condition |> Query.count |> Query.run db

    let count (repository: Repository<'R>) (db: Database) : Task<int64> = countWhere Where.always repository db

    let exists (condition: Where) (repository: Repository<'R>) (db: Database) : Task<bool> =
        Query.select repository.Table |> Query.where condition |> Query.exists |> Query.run db

    /// Rows in the order of the primary key, after a place; stable while rows come and go. `after` is the last page's `Next`.
    let pageWhere
        (condition: Where)
        (size: int)
        (after: string option)
        (repository: Repository<'R>)
        (db: Database)
        : Task<Page<'R>> =
        let table = repository.Table

        if size < 1 then
            RepositoryParts.refuse table $"A page of {size} rows is no page." "Give one or more."

        let key = RepositoryParts.primaryKey table |> List.map (RepositoryParts.columnNamed table)
        let codecColumns = repository.Codec.Columns |> List.map _.Name

        let keyOf (record: 'R) =
            let values = repository.Codec.Encode record

            key
            |> List.map (fun column ->
                match codecColumns |> List.tryFindIndex ((=) column.Name) with
                | Some i -> Unchecked.nonNull values[i]
                | None ->
                    RepositoryParts.refuse
                        table
                        $"The record for {table.Name} has no field for its key column {column.Name}, so pages cannot go on."
                        "Add the field, or use Repository.pageBy.")

        let place =
            match after with
            | None -> Where.always
            | Some text -> Cursor.after key (Cursor.read table key text)

        task {
            let! found =
                Query.select table
                |> Query.where condition
                |> Query.where place
                |> Query.orderBy (key |> List.map (ColumnHandle >> Order.asc))
                |> Query.limit (size + 1)
                |> Query.list (row repository)
                |> Query.run db

            let items = List.truncate size found
            let more = found.Length > size

            return
                { Items = items
                  Next = if more then Some(Cursor.write (keyOf (List.last items))) else None }
        }

    /// `pageWhere` over every row.
    let page (size: int) (after: string option) (repository: Repository<'R>) (db: Database) : Task<Page<'R>> =
        pageWhere Where.always size after repository db

    /// Rows in an order of the caller's own, leaving out the first `offset`; the primary key decides between equals.
    let pageBy
        (order: Order list)
        (size: int)
        (offset: int64)
        (repository: Repository<'R>)
        (db: Database)
        : Task<'R list> =
        let table = repository.Table

        let decisive =
            RepositoryParts.primaryKey table
            |> List.map (fun name -> Order.asc (ColumnHandle(RepositoryParts.columnNamed table name)))

        Query.select table
        |> Query.orderBy (order @ decisive)
        |> Query.limit size
        |> Query.offset offset
        |> Query.list (row repository)
        |> Query.run db

    // Changes

    /// Sets the values of a record on the row with its primary key, and returns the row as it is stored; None when there is
    /// no such row. Columns that the database fills stay as they are.
    let update (record: 'R) (repository: Repository<'R>) (db: Database) : Task<'R option> =
        let scope = Scope.columnOf repository.Table |> Option.map _.Name

        let changes =
            RepositoryParts.updateRow repository record
            |> List.filter (fun assignment -> Some assignment.Column.Name <> scope)
            |> RepositoryParts.touched repository db

        Query.update repository.Table changes
        |> Query.where (RepositoryParts.keyOf repository record)
        |> Query.tryOne (row repository)
        |> Query.run db

    /// Changes the rows that the condition leaves; returns how many.
    let updateWhere
        (changes: Assignment list)
        (condition: Where)
        (repository: Repository<'R>)
        (db: Database)
        : Task<int64> =
        Query.update repository.Table (RepositoryParts.touched repository db changes)
        |> Query.where condition
        |> Query.execute
        |> Query.run db

    /// Deletes the row with this primary key; false when there is none.
    let delete (key: 'K) (repository: Repository<'R>) (db: Database) : Task<bool> =
        let condition =
            RepositoryParts.keyIs repository.Table (RepositoryParts.primaryKey repository.Table) (box key)

        task {
            let! count = Query.delete repository.Table |> Query.where condition |> Query.execute |> Query.run db
            return count > 0L
        }

    /// Deletes the rows that the condition leaves; returns how many.
    let deleteWhere (condition: Where) (repository: Repository<'R>) (db: Database) : Task<int64> =
        Query.delete repository.Table |> Query.where condition |> Query.execute |> Query.run db
