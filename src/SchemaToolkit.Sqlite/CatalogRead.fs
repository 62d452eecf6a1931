namespace SchemaToolkit

/// What one table's text says, beside what the model cannot hold.
type internal TableReading =
    {
        Table: Table
        Enums: EnumType list
        Notes: string list
        /// Constraints that only the table's own text has, by the names that they have here.
        Inline: string list
    }

/// From the rows of `sqlite_schema` to a schema: pure.
[<RequireQualifiedAccess>]
module internal CatalogRead =
    let private column (table: ObjectName) (keyColumns: string list) (c: ColumnText) =
        let witness =
            c.Checks
            |> List.tryPick (fun (name, _, literals) ->
                name
                |> Option.bind SqliteStorage.ofWitness
                |> Option.map (fun (columnType, identity) -> columnType, identity, literals))

        let notes = ResizeArray<string>()

        let columnType, identity, literals =
            match witness with
            | Some found -> found
            | None ->
                let found =
                    match SqliteStorage.ofStorage c.Type with
                    | Some found -> found
                    | None ->
                        notes.Add $"column {table}.{c.Name} is declared '{c.Type}', which is none of our types"
                        ColumnType.Text

                let autoincrement =
                    match c.PrimaryKey with
                    | Some(_, true) -> Some Identity.ByDefault
                    | Some(_, false)
                    | None -> None

                found, autoincrement, []

        let enum =
            ColumnType.enumName columnType
            |> Option.map (fun name ->
                { Name = name
                  Values = SqliteStorage.enumValues columnType literals
                  RenamedFrom = [] })

        let collation =
            match columnType with
            | ColumnType.Numeric _ -> None
            | _ -> c.Collation

        let definition =
            { Name = c.Name
              Type = columnType
              Nullable = not c.NotNull && not (List.contains c.Name keyColumns)
              Default = c.Default |> Option.map (SqlText.raw >> ColumnDefault.Expression)
              Identity = identity
              Generated =
                c.Generated |> Option.map (fun (text, stored) -> { Expression = SqlText.raw text; Stored = stored })
              Collation = collation
              Comment = None
              RenamedFrom = [] }

        definition, enum, List.ofSeq notes

    /// The kind of an attachment that is no object of its own but a constraint in its table's text.
    let inlined = "inline constraint"

    /// Checks of a column that are no witness.
    let private columnChecks (c: ColumnText) =
        c.Checks
        |> List.filter (fun (name, _, _) -> (name |> Option.bind SqliteStorage.ofWitness).IsNone)
        |> List.map (fun (name, text, _) -> name, text)

    let private named (table: ObjectName) (columns: string list) suffix (name: string) =
        if name = "" then Identifier.derive table.Name columns suffix else name

    let table (row: SchemaRow) (text: TableText) : TableReading =
        let name = SqliteName.parse row.Name

        let key =
            match text.PrimaryKey with
            | Some key -> Some { key with Name = named name [] "pkey" key.Name }
            | None ->
                text.Columns
                |> List.tryPick (fun c ->
                    c.PrimaryKey
                    |> Option.map (fun (constraintName, _) ->
                        { Name = named name [] "pkey" (Option.defaultValue "" constraintName)
                          Columns = [ c.Name ] }))

        let keyColumns = key |> Option.map _.Columns |> Option.defaultValue []
        let columns = text.Columns |> List.map (column name keyColumns)

        let inlineUniques =
            [ for c in text.Columns do
                  match c.Unique with
                  | Some constraintName -> Option.defaultValue "" constraintName, [ c.Name ]
                  | None -> ()
              yield! text.Uniques ]

        let checks =
            [ yield! text.Columns |> List.collect columnChecks; yield! text.Checks ]
            |> List.mapi (fun i (given, sql) ->
                given,
                ({ Name = named name [ string (i + 1) ] "check" (Option.defaultValue "" given)
                   Expression = SqlText.raw sql
                   OnlyOn = [] }
                : Check))

        let foreignKeys =
            [ yield! text.Columns |> List.choose _.References; yield! text.ForeignKeys ]
            |> List.map (fun fk -> fk.Name, { fk with Name = named name fk.Columns "fkey" fk.Name })

        let uniques =
            inlineUniques
            |> List.map (fun (given, columns) ->
                { Name = named name columns "key" given
                  Columns = columns
                  NullsNotDistinct = false
                  Deferrability = Deferrability.NotDeferrable })

        { Table =
            { Name = name
              Columns = columns |> List.map (fun (definition, _, _) -> definition)
              PrimaryKey = key
              Uniques = uniques
              ForeignKeys = List.map snd foreignKeys
              Checks = List.map snd checks
              Indexes = []
              RowSecurity = RowSecurity.Disabled
              Policies = []
              PartitionBy = None
              WithoutRowId = text.WithoutRowid
              Comment = None
              Shared = false
              RenamedFrom = [] }
          Enums = columns |> List.choose (fun (_, enum, _) -> enum)
          Inline =
            [ for unique in uniques do
                  unique.Name
              for given, key in foreignKeys do
                  if given = "" then
                      key.Name
              for given, check in checks do
                  if given.IsNone then
                      check.Name ]
          Notes =
            [ if not text.Strict then
                  $"table {name} is not STRICT: its types are read as they are declared"
              if not inlineUniques.IsEmpty then
                  $"table {name} has a UNIQUE in its own text, which only a rebuild can drop"
              for _, _, notes in columns do
                  yield! notes ] }

    /// Adds an index to its table, as an index or as the unique constraint that it stands for.
    let private withIndex (table: Table) (index: IndexDef, isConstraint: bool) =
        let columns =
            index.Parts
            |> List.choose (fun part ->
                match part.Target with
                | IndexTarget.Column column -> Some column
                | IndexTarget.Expression _ -> None)

        if isConstraint then
            { table with
                Uniques =
                    table.Uniques
                    @ [ { Name = index.Name
                          Columns = columns
                          NullsNotDistinct = index.NullsNotDistinct
                          Deferrability = Deferrability.NotDeferrable } ] }
        else
            { table with Indexes = table.Indexes @ [ index ] }

    /// One enum for each name; columns that disagree are noted.
    let private mergeEnums (enums: EnumType list) =
        let groups = enums |> List.groupBy _.Name |> List.sortBy fst

        let notes =
            [ for name, found in groups do
                  if (found |> List.map _.Values |> List.distinct).Length > 1 then
                      $"columns disagree about the values of enum {name}" ]

        groups |> List.map (fun (_, found) -> List.head found), notes

    /// The schema of some namespaces, what is not modelled, and what a rebuild must put back. A plan touches nothing
    /// that stands in the second list only.
    let schema (namespaces: string list) (rows: SchemaRow list) : Schema * string list * Attachment list =
        let wanted (name: string) = List.contains (SqliteName.parse name).Namespace namespaces
        let all = rows |> List.filter (fun r -> r.Kind = "table" && wanted r.Name)
        let virtuals = all |> List.map (fun r -> r.Name, r.Sql) |> VirtualTables.find

        let notOurs = virtuals |> List.collect (fun (name, _, shadows) -> name :: shadows) |> Set.ofList

        let tables = all |> List.filter (fun r -> not (notOurs.Contains r.Name))

        let readings, unreadable =
            tables
            |> List.map (fun r -> r, TableText.tryParse r.Sql)
            |> List.partition (fun (_, text) -> text.IsSome)

        let readings = readings |> List.choose (fun (r, text) -> text |> Option.map (fun t -> r, table r t))

        let indexes = rows |> List.filter (fun r -> r.Kind = "index")
        let besideTable (r: SchemaRow) = (SqliteName.parse r.Name).Namespace = (SqliteName.parse r.Table).Namespace

        let modelled, foreign =
            indexes
            |> List.filter (fun r -> wanted r.Table && not (notOurs.Contains r.Table))
            |> List.map (fun r -> r, (if besideTable r then IndexText.tryParse r.Sql else None))
            |> List.partition (fun (_, parsed) -> parsed.IsSome)

        let tables =
            readings
            |> List.map (fun (row, reading) ->
                (reading.Table, modelled)
                ||> List.fold (fun table (r, parsed) ->
                    match parsed with
                    | Some found when r.Table = row.Name -> withIndex table found
                    | Some _
                    | None -> table))

        let enums, enumNotes = readings |> List.collect (fun (_, reading) -> reading.Enums) |> mergeEnums
        let triggers = rows |> List.filter (fun r -> r.Kind = "trigger" && wanted r.Table)
        let views = rows |> List.filter (fun r -> r.Kind = "view")

        let objects, objectNotes =
            CatalogObjects.read tables (views |> List.filter (fun r -> wanted r.Name)) triggers

        let notes =
            [ for r, _ in unreadable do
                  $"table {SqliteName.parse r.Name} is written in a way that is not understood"
              for name, moduleName, shadows in virtuals do
                  let own =
                      match shadows with
                      | [] -> ""
                      | names ->
                          $""", with its tables {names |> List.map (SqliteName.parse >> string) |> String.concat ", "}"""

                  $"virtual table {SqliteName.parse name} of {moduleName}{own}"
              for _, reading in readings do
                  yield! reading.Notes
              for r, _ in foreign do
                  $"index {r.Name} of table {SqliteName.parse r.Table} has a name outside the table's namespace"
              yield! objectNotes
              yield! enumNotes ]

        let attach kind (r: SchemaRow) : Attachment =
            { Table = SqliteName.parse r.Table; Kind = kind; Name = r.Name; Sql = r.Sql }

        let ns = List.tryHead namespaces |> Option.defaultValue Namespace.host

        { Schema.empty "" ns with Enums = enums; Tables = tables; Objects = objects },
        notes,
        [ yield! triggers |> List.map (attach "trigger")
          yield! foreign |> List.map (fst >> attach "index")
          yield! views |> List.map (attach "view")
          for row, reading in readings do
              for name in reading.Inline do
                  { attach inlined row with Name = name } ]
