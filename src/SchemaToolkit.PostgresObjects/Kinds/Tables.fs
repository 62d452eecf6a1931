namespace SchemaToolkit.PostgresObjects

/// Tables, partitioned tables, partitions, typed and foreign tables.
[<RequireQualifiedAccess>]
module Tables =
    let private word (object: PgObject) = if object.Address.Kind = Kind.ForeignTable then "FOREIGN TABLE" else "TABLE"

    let private designation (object: PgObject) = $"{word object} {Words.relation object.Address}"

    let private columns (database: PgDatabase) (table: Address) =
        database.ColumnsOf.TryFind table
        |> Option.defaultValue []
        |> List.sortBy (fun c -> (Facts.column c).Position)

    let private partitionChecks (database: PgDatabase) (table: Address) =
        database.ConstraintsOf.TryFind table
        |> Option.defaultValue []
        |> List.filter (fun c ->
            let facts = Facts.constraint' c
            facts.Type = "c" && facts.OfPartition && not facts.IsLocal)

    /// Columns that the statement spells out: the others come with a parent or with the table's type.
    let private spelled (facts: TableFacts) (all: PgObject list) =
        all
        |> List.filter (fun c ->
            let column = Facts.column c
            facts.OfType.IsNone && (column.IsLocal || column.WithTable))

    let private create (context: Context) (object: PgObject) =
        let facts = Facts.table object
        let all = columns context.To object.Address

        // CREATE TABLE takes NOT VALID and forgets it.
        let valid, unchecked =
            partitionChecks context.To object.Address
            |> List.partition (fun c -> (Facts.constraint' c).Validated)

        let constraintClause (check: PgObject) =
            $"CONSTRAINT {Quote.name check.Address.Part} {(Facts.constraint' check).Definition}"

        let clauses =
            [ yield! spelled facts all |> List.map (ColumnText.definition context)
              for check in valid do
                  constraintClause check ]

        let list = String.concat ",\n    " clauses
        let unlogged = if facts.Persistence = Persistence.Unlogged then "UNLOGGED " else ""
        let foreignWord = if facts.Foreign.IsSome then "FOREIGN " else ""

        let body =
            match facts.OfType with
            | Some typeName -> $" OF {typeName}"
            | None when clauses.IsEmpty -> " (\n)"
            | None -> $" (\n    {list}\n)"

        let tail =
            [ if not facts.Inherits.IsEmpty then
                  let parents = facts.Inherits |> List.map Words.relation |> String.concat ", "
                  $"INHERITS ({parents})"
              match facts.PartitionKey with
              | Some key -> $"PARTITION BY {key}"
              | None -> ()
              match facts.AccessMethod with
              | Some name -> $"USING {Quote.name name}"
              | None -> ()
              if not facts.Options.IsEmpty then
                  $"WITH ({Words.options facts.Options})"
              match facts.Tablespace with
              | Some name -> $"TABLESPACE {Quote.name name}"
              | None -> ()
              match facts.Foreign with
              | Some(server, options) ->
                  $"SERVER {Quote.name server}" :: ForeignOptions.create (ForeignOptions.ofCatalog options)
                  |> String.concat " "
              | None -> () ]
            |> List.map (fun word -> "\n" + word)
            |> String.concat ""

        let table = Words.relation object.Address

        [ $"CREATE {unlogged}{foreignWord}TABLE {table}{body}{tail}"
          for check in unchecked do
              $"ALTER {word object} {table} ADD {constraintClause check}"
          for column in all do
              yield! ColumnText.settings object.Address column

              if not facts.Inherits.IsEmpty then
                  yield! ColumnText.resets context.To object.Address column
          // Columns that come from elsewhere may still differ from where they come from.
          for column in List.except (spelled facts all) all do
              yield! ColumnText.overrides context.To object.Address column
          if facts.RowSecurity then
              $"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
          if facts.ForceRowSecurity then
              $"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
          match facts.ReplicaIdentity with
          | "f" -> $"ALTER TABLE ONLY {table} REPLICA IDENTITY FULL"
          | "n" -> $"ALTER TABLE ONLY {table} REPLICA IDENTITY NOTHING"
          | _ -> () ]

    let private absorbs (context: Context) (object: PgObject) =
        [ for column in columns context.To object.Address do
              column.Address
              yield! Words.identitySequence column
              let expression = { column.Address with Kind = Kind.Default }

              if not (context.Apart.Contains expression) then
                  expression
          match Facts.table object with
          | { OfType = Some _ } -> Address.part Kind.Inheritance object.Address.Schema object.Address.Name ""
          | facts -> yield! facts.Inherits |> List.map (Bonds.inheritance object.Address)
          for check in partitionChecks context.To object.Address do
              check.Address ]

    /// Sequences of its columns pass over with a table: those that are not wanted so pass back.
    let private sequencesBack (context: Context) (table: Address) (persistence: Persistence) =
        [ for object in context.To.Objects.Every do
              match object.Facts with
              | Facts.SequenceOwner column when Address.tableOf column = table ->
                  match context.To.Objects.TryFind { object.Address with Kind = Kind.Sequence } with
                  | Some({ Facts = Facts.Sequence facts } as sequence) when
                      facts.Unlogged <> (persistence = Persistence.Unlogged)
                      ->
                      let mode = if facts.Unlogged then "UNLOGGED" else "LOGGED"
                      $"ALTER SEQUENCE {Words.relation sequence.Address} SET {mode}"
                  | Some _
                  | None -> ()
              | _ -> () ]

    let private changeFacts (context: Context) (object: PgObject) (a: TableFacts) (b: TableFacts) =
        let table = Words.relation object.Address
        let alter = $"ALTER {word object} {table}"

        let options = Words.changeOptions alter a.Options b.Options
        // A table that is used as a catalog is never rewritten.
        let early, late =
            if List.contains "user_catalog_table=true" a.Options then
                options, []
            else
                [], options

        [ yield! early
          if a.Persistence <> b.Persistence then
              let mode = if b.Persistence = Persistence.Unlogged then "UNLOGGED" else "LOGGED"
              $"{alter} SET {mode}"
              yield! sequencesBack context object.Address b.Persistence
          if a.AccessMethod <> b.AccessMethod then
              let name = b.AccessMethod |> Option.defaultValue "heap"
              $"{alter} SET ACCESS METHOD {Quote.name name}"
          if a.Tablespace <> b.Tablespace then
              let name = b.Tablespace |> Option.defaultValue "pg_default"
              $"{alter} SET TABLESPACE {Quote.name name}"
          yield! late
          if a.RowSecurity <> b.RowSecurity then
              let verb = if b.RowSecurity then "ENABLE" else "DISABLE"
              $"{alter} {verb} ROW LEVEL SECURITY"
          if a.ForceRowSecurity <> b.ForceRowSecurity then
              let verb = if b.ForceRowSecurity then "FORCE" else "NO FORCE"
              $"{alter} {verb} ROW LEVEL SECURITY"
          if a.ReplicaIdentity <> b.ReplicaIdentity then
              match b.ReplicaIdentity with
              | "f" -> $"ALTER TABLE ONLY {table} REPLICA IDENTITY FULL"
              | "n" -> $"ALTER TABLE ONLY {table} REPLICA IDENTITY NOTHING"
              | "d" -> $"ALTER TABLE ONLY {table} REPLICA IDENTITY DEFAULT"
              | _ -> ()
          match a.Foreign, b.Foreign with
          | Some(_, before), Some(_, after) -> yield! ForeignOptions.alter alter before after
          | _ -> () ]

    /// Whether the columns that stay, and the new ones behind them, stand in the order of the type.
    let private keepsOrder (context: Context) (table: PgObject) =
        let names database = columns database table.Address |> List.map _.Address.Part
        let before, after = names context.From, names context.To
        let kept = before |> List.filter (fun name -> List.contains name after)
        kept @ List.except kept after = after

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        let a, b = Facts.table before, Facts.table after

        let mustBeMade = b.OfType.IsSome && a.OfType <> b.OfType && not (keepsOrder context after)

        if
            mustBeMade
            || a.PartitionKey <> b.PartitionKey
            || Option.map fst a.Foreign <> Option.map fst b.Foreign
        then
            Change.Replace
        else
            let sql = changeFacts context after a b

            if a.Persistence <> b.Persistence then
                // A logged table never references an unlogged one, not even between two statements.
                Change.Disturb
                    { Change.noDisturbance with
                        Sql = sql
                        InTheWay = [ after.Address, Change.isForeignKey ] }
            else
                Words.orSame sql

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change
            Absorbs = absorbs
            Names = Blank.relation
            GrantTarget = fun object -> Some $"TABLE {Words.relation object.Address}" }
