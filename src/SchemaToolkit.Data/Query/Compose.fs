namespace SchemaToolkit

/// Statements as SQL.
[<RequireQualifiedAccess>]
module internal Compose =
    let private text (piece: string) = SqlBuild.raw piece
    let private commas (all: Sql list) = SqlBuild.join ", " all

    /// The name of the row that is there already, in an upsert.
    let private existing = "existing"

    let private outputOf (table: Table) (source: RowSource) : Sql =
        match source with
        | RowSource.Column column -> SqlBuild.output column.Definition.Type (SqlBuild.name column.Name)
        | RowSource.Expression expression -> SqlBuild.output expression.Type expression.Sql
        | RowSource.Named _
        | RowSource.At _ ->
            DataError.definition
                (string table.Name)
                $"A decoder for {table.Name} reads {source.Label} by name or place, which a query cannot select."
                "Use Row.column and Row.expression; Row.named, Row.at and Row.scalar belong to free SQL."
            |> DataError.raiseIt

    let private outputs (table: Table) (fields: RowSource list) : Sql =
        match fields with
        | [] -> text "1"
        | fields -> fields |> List.map (outputOf table) |> commas

    let private condition (scope: Where option) (where: Where option) : Sql =
        match Option.toList scope @ Option.toList where with
        | [] -> SqlBuild.empty
        | conditions -> SqlBuild.append (conditions |> List.map _.Sql |> SqlBuild.join " AND ") (text " WHERE ")

    let private orderOf (order: Order) : Sql =
        let direction = if order.Descending then " DESC" else ""

        let nulls =
            match order.MayBeNull, order.Descending with
            | false, _ -> ""
            | true, false -> " NULLS LAST"
            | true, true -> " NULLS FIRST"

        SqlBuild.append (text (direction + nulls)) (SqlBuild.comparable order.Type order.Sql)

    /// With an aggregate among the fields, whatever is not one is grouped by.
    let private groupBy (fields: RowSource list) (statement: Statement) : Sql =
        let aggregates =
            fields
            |> List.exists (function
                | RowSource.Expression expression -> expression.IsAggregate
                | RowSource.Column _
                | RowSource.Named _
                | RowSource.At _ -> false)

        let chosen =
            if not aggregates then
                []
            else
                fields
                |> List.choose (function
                    | RowSource.Column column ->
                        Some(SqlBuild.comparable column.Definition.Type (SqlBuild.name column.Name))
                    | RowSource.Expression expression when not expression.IsAggregate ->
                        Some(SqlBuild.comparable expression.Type expression.Sql)
                    | RowSource.Expression _
                    | RowSource.Named _
                    | RowSource.At _ -> None)

        let named =
            statement.GroupBy
            |> List.map (fun column -> SqlBuild.comparable column.Definition.Type (SqlBuild.name column.Name))

        match chosen @ named with
        | [] -> SqlBuild.empty
        | keys -> SqlBuild.append (commas keys) (text " GROUP BY ")

    let private paging (statement: Statement) =
        match statement.Limit, statement.Offset with
        | None, None -> ""
        | Some limit, None -> $" LIMIT {limit}"
        | Some limit, Some offset -> $" LIMIT {limit} OFFSET {offset}"
        // SQLite has no OFFSET without LIMIT.
        | None, Some offset -> $" LIMIT {System.Int64.MaxValue} OFFSET {offset}"

    let private select (db: Database) (scope: Where option) (fields: RowSource list) (statement: Statement) : Sql =
        let orderBy =
            match statement.OrderBy with
            | [] -> SqlBuild.empty
            | orders -> SqlBuild.append (orders |> List.map orderOf |> commas) (text " ORDER BY ")

        SqlBuild.join
            ""
            [ text "SELECT "
              outputs statement.Table fields
              text " FROM "
              Sql [ SqlPart.Table statement.Table.Name ]
              condition scope statement.Where
              groupBy fields statement
              orderBy
              text (paging statement)
              if statement.Lock then
                  text db.Dialect.LockRows ]

    /// `alias` names the table where its columns could be mistaken for the proposed ones.
    let private assigned (alias: string option) (assignment: Assignment) : Sql =
        let column = assignment.Column
        let definition = column.Definition

        match assignment.Value with
        | AssignedValue.Value value -> Sql [ SqlPart.Stored(definition, value) ]
        | AssignedValue.Expression sql -> sql
        | AssignedValue.Proposed -> Sql [ SqlPart.Qualified("excluded", column.Name) ]
        | AssignedValue.Added value ->
            let present =
                match alias with
                | Some alias -> SqlPart.Qualified(alias, column.Name)
                | None -> SqlPart.Name column.Name

            SqlBuild.call
                (SqlFunction.Add definition.Type)
                [ Sql [ present ]; Sql [ SqlPart.Compared(definition, value) ] ]

    let private setting (alias: string option) (assignments: Assignment list) : Sql =
        assignments
        |> List.map (fun assignment ->
            SqlBuild.join " = " [ SqlBuild.name assignment.Column.Name; assigned alias assignment ])
        |> commas

    let private names (columns: string list) = columns |> List.map SqlBuild.name |> commas

    let private onConflict (scope: Where option) (conflict: OnConflict) : Sql =
        let qualified (where: Where) =
            // Columns of the row that is there; the parts of a condition are flat enough to be rewritten.
            let rec rewrite (part: SqlPart) =
                match part with
                | SqlPart.Name name -> SqlPart.Qualified(existing, name)
                | SqlPart.Comparable(columnType, inner) -> SqlPart.Comparable(columnType, all inner)
                | SqlPart.Output(columnType, inner) -> SqlPart.Output(columnType, all inner)
                | SqlPart.Call(sqlFunction, arguments) -> SqlPart.Call(sqlFunction, List.map all arguments)
                | SqlPart.Text _
                | SqlPart.Qualified _
                | SqlPart.Table _
                | SqlPart.Value _
                | SqlPart.Stored _
                | SqlPart.Compared _ -> part

            and all (sql: Sql) = Sql(List.map rewrite sql.Parts)
            { where with Sql = all where.Sql }

        match conflict with
        | OnConflict.Fail -> SqlBuild.empty
        | OnConflict.DoNothing key -> SqlBuild.join "" [ text " ON CONFLICT ("; names key; text ") DO NOTHING" ]
        | OnConflict.Update(key, assignments, where) ->
            SqlBuild.join
                ""
                [ text " ON CONFLICT ("
                  names key
                  text ") DO UPDATE SET "
                  setting (Some existing) assignments
                  condition (Option.map qualified scope) (Option.map qualified where) ]

    let private insert (db: Database) (scope: Where option) (table: Table) (rows: Assignment list list) conflict : Sql =
        let rows = rows |> List.map (Scope.fill db table)
        let columns = rows.Head |> List.map _.Column.Name

        let valuesOf (row: Assignment list) =
            let byName = row |> List.map (fun assignment -> assignment.Column.Name, assignment) |> Map.ofList

            let values =
                columns
                |> List.map (fun name ->
                    match byName.TryFind name with
                    | Some assignment -> assigned None assignment
                    | None ->
                        DataError.definition
                            (string table.Name)
                            $"The rows of an insert into {table.Name} set different columns."
                            "Set the same columns in every row."
                        |> DataError.raiseIt)

            SqlBuild.join "" [ text "("; commas values; text ")" ]

        SqlBuild.join
            ""
            [ text "INSERT INTO "
              Sql [ SqlPart.Table table.Name ]
              text " AS "
              SqlBuild.name existing
              if columns.IsEmpty then
                  text " DEFAULT VALUES"
              else
                  text " ("
                  names columns
                  text ") VALUES "
                  rows |> List.map valuesOf |> commas
              onConflict scope conflict ]

    let private returning (table: Table) (fields: RowSource list option) : Sql =
        match fields with
        | None -> SqlBuild.empty
        | Some fields -> SqlBuild.append (outputs table fields) (text " RETURNING ")

    /// The statement for one database; fields are what is returned, None for nothing.
    let statement (db: Database) (fields: RowSource list option) (statement: Statement) : Sql =
        let table = statement.Table
        let scope = Scope.condition db table

        match statement.Verb with
        | Verb.Select -> select db scope (Option.defaultValue [] fields) statement
        | Verb.Insert(rows, conflict) -> SqlBuild.append (returning table fields) (insert db scope table rows conflict)
        | Verb.Update assignments ->
            SqlBuild.join
                ""
                [ text "UPDATE "
                  Sql [ SqlPart.Table table.Name ]
                  text " SET "
                  setting None assignments
                  condition scope statement.Where
                  returning table fields ]
        | Verb.Delete ->
            SqlBuild.join
                ""
                [ text "DELETE FROM "
                  Sql [ SqlPart.Table table.Name ]
                  condition scope statement.Where
                  returning table fields ]
