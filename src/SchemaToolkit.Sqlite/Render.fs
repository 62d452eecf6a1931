namespace SchemaToolkit

/// The DDL text of each part. What is written here is what `sqlite_schema` keeps, so it is also what the catalog reads back.
[<RequireQualifiedAccess>]
module SqliteRender =
    let private q = SqliteName.quote
    let private list (names: string list) = names |> List.map q |> String.concat ", "

    /// Marks a unique index as a constraint: `sqlite_schema` keeps comments that stand after the name.
    let constraintMark = "/* constraint */"

    /// Declared SQL for SQLite. Projection has refused what has none.
    let text (sql: SqlText) : string =
        match SqlText.forEngine "sqlite" sql with
        | Some fragments -> (SqlText.render q SqliteName.quoted fragments).Trim()
        | None -> invalidOp $"There is no SQLite text for: {SqlText.describe sql}. Project the schema first."

    /// In parentheses; a line comment at the end must not swallow the closing one.
    let private inParentheses (body: string) = if body.Contains "--" then $"({body}\n)" else $"({body})"

    /// A default as the catalog gives it back: a constant, or an expression without its parentheses.
    let defaultText (columnType: ColumnType) (value: ColumnDefault) : string =
        match value with
        | ColumnDefault.Literal literal -> SqliteLiteral.render columnType literal
        | ColumnDefault.NewUuid -> SqliteLiteral.newUuid
        | ColumnDefault.Now ->
            SqliteLiteral.now columnType
            |> Option.defaultWith (fun () ->
                invalidOp $"A column of type {ColumnType.describe columnType} cannot default to the current time.")
        | ColumnDefault.Expression sql -> text sql

    let private defaultClause columnType (value: ColumnDefault) =
        match value with
        | ColumnDefault.Literal _ -> "DEFAULT " + defaultText columnType value
        | ColumnDefault.NewUuid
        | ColumnDefault.Now
        | ColumnDefault.Expression _ -> "DEFAULT " + inParentheses (defaultText columnType value)

    let private enumValues (enums: EnumType list) (columnType: ColumnType) =
        ColumnType.enumName columnType
        |> Option.bind (fun name -> enums |> List.tryFind (fun e -> e.Name = name))
        |> Option.map _.Values
        |> Option.defaultValue []

    /// A column's definition. An identity column carries its primary key itself: AUTOINCREMENT is nowhere else allowed.
    let column (enums: EnumType list) (key: PrimaryKey option) (c: ColumnDef) : string =
        [ q c.Name
          SqliteStorage.storage c.Type

          match c.Generated with
          | Some generated ->
              "GENERATED ALWAYS AS " + inParentheses (text generated.Expression)
              if generated.Stored then "STORED" else "VIRTUAL"
          | None -> ()

          match c.Identity, key with
          | Some _, Some key -> $"CONSTRAINT {q key.Name} PRIMARY KEY AUTOINCREMENT"
          | Some _, None
          | None, _ -> ()

          if not c.Nullable then
              "NOT NULL"

          match c.Type, c.Collation with
          | ColumnType.Numeric _, _ -> $"COLLATE {q SqliteStorage.numericCollation}"
          | _, Some collation -> $"COLLATE {q collation}"
          | _, None -> ()

          match c.Default with
          | Some value -> defaultClause c.Type value
          | None -> ()

          match SqliteStorage.witness c.Type c.Identity (enumValues enums c.Type) (q c.Name) with
          | Some(name, check) -> $"CONSTRAINT {q name} CHECK ({check})"
          | None -> () ]
        |> String.concat " "

    let private action (kind: string) (value: ReferentialAction) =
        match value with
        | ReferentialAction.NoAction -> ""
        | ReferentialAction.Restrict -> $" ON {kind} RESTRICT"
        | ReferentialAction.Cascade -> $" ON {kind} CASCADE"
        | ReferentialAction.SetNull -> $" ON {kind} SET NULL"
        | ReferentialAction.SetDefault -> $" ON {kind} SET DEFAULT"

    let foreignKey (fk: ForeignKey) : string =
        let deferrability =
            match fk.Deferrability with
            | Deferrability.NotDeferrable -> ""
            | Deferrability.InitiallyImmediate -> " DEFERRABLE INITIALLY IMMEDIATE"
            | Deferrability.InitiallyDeferred -> " DEFERRABLE INITIALLY DEFERRED"

        $"CONSTRAINT {q fk.Name} FOREIGN KEY ({list fk.Columns}) "
        + $"REFERENCES {SqliteName.quoted fk.Target} ({list fk.TargetColumns})"
        + action "DELETE" fk.OnDelete
        + action "UPDATE" fk.OnUpdate
        + deferrability

    let check (c: Check) : string = $"CONSTRAINT {q c.Name} CHECK {inParentheses (text c.Expression)}"

    let private hasIdentity (table: Table) = table.Columns |> List.exists _.Identity.IsSome

    /// CREATE TABLE under a given name; foreign keys to itself go to its real one.
    let createTableAs (name: string) (enums: EnumType list) (table: Table) : string =
        let inColumn = if hasIdentity table then table.PrimaryKey else None

        let parts =
            [ yield! table.Columns |> List.map (column enums inColumn)

              match table.PrimaryKey with
              | Some key when inColumn.IsNone -> $"CONSTRAINT {q key.Name} PRIMARY KEY ({list key.Columns})"
              | Some _
              | None -> ()

              yield! table.Checks |> List.map check
              yield! table.ForeignKeys |> List.map foreignKey ]

        let body = String.concat ",\n  " parts
        let withoutRowId = if table.WithoutRowId then ", WITHOUT ROWID" else ""
        $"CREATE TABLE {q name} (\n  {body}\n) STRICT{withoutRowId}"

    let createTable (enums: EnumType list) (table: Table) : string =
        createTableAs (SqliteName.render table.Name) enums table

    /// The parts of a unique index in which NULLs are equal to each other.
    let private nullsEqual (c: string) = $"{q c} IS NULL, ifnull({q c}, '')"

    let unique (table: ObjectName) (u: Unique) : string =
        let parts = u.Columns |> List.map (if u.NullsNotDistinct then nullsEqual else q) |> String.concat ", "

        let name = SqliteName.quoted (SqliteName.beside table u.Name)
        $"CREATE UNIQUE INDEX {name} {constraintMark} ON {SqliteName.quoted table} ({parts})"

    let private indexPart (nullsNotDistinct: bool) (part: IndexPart) =
        let target =
            match part.Target with
            | IndexTarget.Column column when nullsNotDistinct -> nullsEqual column
            | IndexTarget.Column column -> q column
            | IndexTarget.Expression sql -> inParentheses (text sql)

        let collation =
            match part.Collation with
            | Some name -> $" COLLATE {q name}"
            | None -> ""

        target + collation + if part.Descending then " DESC" else ""

    let index (table: ObjectName) (i: IndexDef) : string =
        let unique = if i.Unique then "UNIQUE " else ""
        let parts = i.Parts |> List.map (indexPart i.NullsNotDistinct) |> String.concat ", "

        let where =
            match i.Where with
            | Some sql -> $" WHERE {text sql}"
            | None -> ""

        let name = SqliteName.quoted (SqliteName.beside table i.Name)
        $"CREATE {unique}INDEX {name} ON {SqliteName.quoted table} ({parts}){where}"

    let dropIndex (table: ObjectName) (name: string) = $"DROP INDEX {SqliteName.quoted (SqliteName.beside table name)}"

    /// The indexes of a table, those of its unique constraints first.
    let indexes (table: Table) : string list =
        [ yield! table.Uniques |> List.map (unique table.Name)
          yield! table.Indexes |> List.map (index table.Name) ]
