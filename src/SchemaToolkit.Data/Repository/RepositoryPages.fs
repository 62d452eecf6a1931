namespace SchemaToolkit

open System.Threading.Tasks

/// Pages of rows.
[<RequireQualifiedAccess>]
module internal RepositoryPages =
    let private row (repository: Repository<'R>) = repository.Codec.Decoder

    /// Rows in the order of the primary key, after a place.
    let afterPlace
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

    /// Rows in an order of the caller's own; the primary key decides between equals.
    let inOrder
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
