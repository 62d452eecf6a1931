namespace SchemaToolkit

/// A table whose rows are records: an immutable value without a connection. Everything that runs takes the `Database` last.
[<NoEquality; NoComparison>]
type Repository<'R> =
    internal
        {
            Table: Table
            Codec: RowCodec<'R>
            /// Columns that an insert leaves to the database.
            Filled: string list
            /// Set to the time whenever a row is changed.
            Touched: ColumnHandle list
        }

    override this.ToString() = $"repository of {this.Table.Name}"

/// Rows of a page, and where the next one begins.
type Page<'R> =
    {
        Items: 'R list
        /// Give it to `Repository.page` for the rows after these; None on the last page.
        Next: string option
    }

/// What the words of `Repository` are made of.
[<RequireQualifiedAccess>]
module internal RepositoryParts =
    let refuse (table: Table) what wayOut : 'T =
        DataError.raiseIt (DataError.definition (string table.Name) what wayOut)

    let columnNamed (table: Table) (name: string) : ColumnDef =
        table.Columns |> List.find (fun column -> column.Name = name)

    let assign (definition: ColumnDef) (value: objnull) : Assignment =
        { Column = ColumnHandle definition; Value = AssignedValue.Value value }

    /// The values of a record that may be written.
    let private written (repository: Repository<'R>) (keep: ColumnDef -> bool) (record: 'R) : Assignment list =
        let values = repository.Codec.Encode record

        repository.Codec.Columns
        |> List.indexed
        |> List.filter (fun (_, column) -> keep column)
        |> List.map (fun (i, column) -> assign column values[i])

    /// A column that an insert of a record sets.
    let inserts (repository: Repository<'R>) (column: ColumnDef) =
        column.Generated.IsNone
        && column.Identity <> Some Identity.Always
        && not (List.contains column.Name repository.Filled)

    let insertRow (repository: Repository<'R>) (record: 'R) = written repository (inserts repository) record

    let primaryKey (table: Table) : string list =
        match table.PrimaryKey with
        | Some key -> key.Columns
        | None ->
            refuse table $"Table {table.Name} has no primary key." "Declare one with Table.primaryKey, or use Query."

    /// A column that an update of a record sets: not its key, nor what the database filled when it was inserted.
    let updates (repository: Repository<'R>) (key: string list) (column: ColumnDef) =
        inserts repository column
        && not (List.contains column.Name key)
        && not (List.contains column.Name (primaryKey repository.Table))
        && not (repository.Touched |> List.exists (fun touched -> touched.Name = column.Name))

    let updateRow (repository: Repository<'R>) (record: 'R) =
        written repository (updates repository (primaryKey repository.Table)) record

    /// The present time for each touched column.
    let touch (repository: Repository<'R>) (db: Database) : Assignment list =
        let now = db.Time.GetUtcNow()

        repository.Touched
        |> List.map (fun column ->
            let value: obj =
                match column.Definition.Type with
                | ColumnType.LocalTimestamp ->
                    System.DateTime.SpecifyKind(now.UtcDateTime, System.DateTimeKind.Unspecified)
                | _ -> now.ToUniversalTime()

            { Column = column; Value = AssignedValue.Value value })

    /// Changes with the touched columns added, where the caller does not set them.
    let touched (repository: Repository<'R>) (db: Database) (changes: Assignment list) : Assignment list =
        let set = changes |> List.map _.Column.Name

        changes
        @ (touch repository db |> List.filter (fun touch -> not (List.contains touch.Column.Name set)))

    /// `column = value` for a key whose value came as an object or, with several columns, as a tuple or array.
    let keyIs (table: Table) (columns: string list) (key: objnull) : Where =
        let equal (name: string) (value: objnull) : Where =
            let definition = columnNamed table name

            match Optional.unwrap value with
            | null -> refuse table $"The key of {table.Name} is given as null." "Give a value."
            | value ->
                let expected = ColumnType.clrType definition.Type

                if value.GetType() <> expected then
                    refuse
                        table
                        $"The key {name} of {table.Name} is {expected.Name}, not {value.GetType().Name}."
                        "Give a value of that type; several key columns take a tuple."

                Where.eq (Column<obj> definition) value

        match columns, key with
        | [ name ], value -> equal name value
        | names, (:? System.Runtime.CompilerServices.ITuple as tuple) when tuple.Length = names.Length ->
            names |> List.mapi (fun i name -> equal name tuple[i]) |> Where.all
        | names, (:? (objnull array) as values) when values.Length = names.Length ->
            names |> List.mapi (fun i name -> equal name values[i]) |> Where.all
        | names, _ ->
            let all = String.concat ", " names
            refuse table $"The key of {table.Name} is ({all})." "Give a tuple with a value for each column."

    /// `column = value` for the key of a record.
    let keyOf (repository: Repository<'R>) (record: 'R) : Where =
        let table = repository.Table
        let values = repository.Codec.Encode record
        let columns = repository.Codec.Columns |> List.map _.Name

        primaryKey table
        |> List.map (fun name ->
            match List.tryFindIndex ((=) name) columns with
            | Some i -> keyIs table [ name ] values[i]
            | None ->
                refuse
                    table
                    $"The record for {table.Name} has no field for its key column {name}."
                    "Add the field, or use Repository.updateWhere.")
        |> Where.all

    /// The upsert's changes: what the insert proposed, or what the caller set.
    let proposals (names: string list) (table: Table) : Assignment list =
        names |> List.map (fun name -> Assign.proposed (ColumnHandle(columnNamed table name)))
