namespace SchemaToolkit

open System
open System.Threading.Tasks

/// Writes of more than one row, and upserts.
[<RequireQualifiedAccess>]
module internal RepositoryWrite =
    let private row (repository: Repository<'R>) = repository.Codec.Decoder

    let insertMany (records: 'R seq) (repository: Repository<'R>) (db: Database) : Task<'R list> =
        let rows = records |> Seq.map (RepositoryParts.insertRow repository) |> List.ofSeq
        // One more for the agent, which may be filled in.
        let width = 1 + (rows |> List.tryHead |> Option.map List.length |> Option.defaultValue 0)
        let perStatement = max 1 (min 1000 (db.Dialect.MaxParameters / width))

        Transaction.run TransactionOptions.standard db (fun db ->
            task {
                let stored = ResizeArray<'R>()

                for chunk in List.chunkBySize perStatement rows do
                    let! found = Query.insertMany repository.Table chunk |> Query.list (row repository) |> Query.run db
                    stored.AddRange found

                return List.ofSeq stored
            })

    let insertBatch (records: 'R seq) (repository: Repository<'R>) (db: Database) : Task<int64> =
        let table = repository.Table
        let written = repository.Codec.Columns |> List.filter (RepositoryParts.inserts repository)

        match Scope.columnOf table with
        | None ->
            let places =
                repository.Codec.Columns
                |> List.indexed
                |> List.filter (fun (_, column) -> RepositoryParts.inserts repository column)
                |> List.map fst
                |> Array.ofList

            let pick (record: 'R) : objnull array =
                let values = repository.Codec.Encode record
                places |> Array.map (fun i -> values[i])

            Bulk.insert table written (Seq.map pick records) db
        | Some _ ->
            // The scope is applied row by row, so that a record of another agent is refused; an empty row shows the columns.
            let blank (column: ColumnDef) =
                RepositoryParts.assign column (if column.Name = Scope.columnName then box Guid.Empty else null)

            let columns =
                written
                |> List.map blank
                |> Scope.fill db table
                |> List.map (fun assignment -> assignment.Column.Definition)

            let values (record: 'R) : objnull array =
                [| for assignment in Scope.fill db table (RepositoryParts.insertRow repository record) do
                       match assignment.Value with
                       | AssignedValue.Value value -> value
                       | AssignedValue.Expression _
                       | AssignedValue.Added _
                       | AssignedValue.Proposed -> null |]

            Bulk.insert table columns (Seq.map values records) db

    let upserting (repository: Repository<'R>) key values (changes: Database -> Assignment list) (db: Database) =
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
