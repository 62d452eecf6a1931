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
        RepositoryWrite.insertMany records repository db

    /// Streams records in by the engine's fastest way (binary COPY on PostgreSQL): all or nothing, any number. Returns how
    /// many. The error names a bad record by its index, from zero.
    let insertBatch (records: 'R seq) (repository: Repository<'R>) (db: Database) : Task<int64> =
        RepositoryWrite.insertBatch records repository db

    // Upserts

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

        RepositoryWrite.upserting repository key values (fun _ -> RepositoryParts.proposals changed repository.Table) db

    /// As `upsertValues`, with changes of its own for the row that is there: `[ Assign.add T.count 1 ]`.
    let upsertWith
        (key: ColumnHandle list)
        (values: Assignment list)
        (changes: Assignment list)
        (repository: Repository<'R>)
        (db: Database)
        : Task<'R> =
        RepositoryWrite.upserting repository key values (fun _ -> changes) db

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
        RepositoryWrite.upserting repository key values (fun _ -> RepositoryParts.proposals changed repository.Table) db

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
        RepositoryPages.afterPlace condition size after repository db

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
        RepositoryPages.inOrder order size offset repository db

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
