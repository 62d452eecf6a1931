namespace SchemaToolkit

/// Agent-scoped tables: those with a uuid column `agent_id`.
[<RequireQualifiedAccess>]
module internal Scope =
    let columnName = "agent_id"

    let columnOf (table: Table) : ColumnHandle option =
        table.Columns
        |> List.tryFind (fun column -> column.Name = columnName && column.Type = ColumnType.Uuid)
        |> Option.map ColumnHandle

    /// The agent whose rows are meant; None where the table has no agents or every agent is meant.
    let private agentOf (db: Database) (table: Table) : (ColumnHandle * System.Guid) option =
        match columnOf table, db.Scope with
        | None, _
        | Some _, AgentScope.Everyone -> None
        | Some column, AgentScope.Agent id -> Some(column, id)
        | Some _, AgentScope.NotGiven ->
            DataError.agent
                (string table.Name)
                $"Table {table.Name} belongs to agents (it has {columnName}), and the database value names none."
                "Use Database.forAgent, or Database.forEveryAgent when every agent's rows are meant."
            |> DataError.raiseIt

    let condition (db: Database) (table: Table) : Where option =
        agentOf db table
        |> Option.map (fun (column, id) -> Where.eq (Column<System.Guid>(column.Definition)) id)

    /// Fills `agent_id`; a row that names another agent is refused, an empty id is filled.
    let fill (db: Database) (table: Table) (row: Assignment list) : Assignment list =
        match agentOf db table with
        | None -> row
        | Some(column, id) ->
            let others = row |> List.filter (fun assignment -> assignment.Column.Name <> columnName)
            let mine = { Column = column; Value = AssignedValue.Value(box id) }

            match row |> List.tryFind (fun assignment -> assignment.Column.Name = columnName) with
            | None -> mine :: others
            | Some { Value = AssignedValue.Value(:? System.Guid as given) } when given = id || given = System.Guid.Empty ->
                mine :: others
            | Some _ ->
                DataError.agent
                    (string table.Name)
                    $"A row for {table.Name} names another agent than the database value."
                    "Leave agent_id out, or use Database.forEveryAgent."
                |> DataError.raiseIt
