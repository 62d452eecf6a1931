namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic
open Npgsql

/// From bare fields to objects: what is plain is put together here, what is not is asked for.
[<Sealed>]
type internal PlainObjects(rows: PlainRow.All, dependencies: List<Dependency>, comments: Dictionary<ObjectId, string>) =
    let extensionMembers = HashSet<uint32>()

    do
        for dependency in dependencies do
            let struct (catalog, oid, _) = dependency.User

            if dependency.Kind = 'e' && catalog = CatalogOid.pgClass then
                extensionMembers.Add oid |> ignore

    /// Also those of extensions, which foreign keys may refer to.
    let tables = Dictionary<uint32, TableBeingRead>()

    do
        for row in rows.Relations.Values do
            if row.Kind <> 'i' && row.Kind <> 'I' then
                let isOwn = rows.Own.Contains row.Namespace && not (extensionMembers.Contains row.Oid)
                tables[row.Oid] <- TableBeingRead(row, rows.Namespaces[row.Namespace], isOwn)

        for column in rows.Columns do
            match tables.TryGetValue column.Table with
            | true, table -> table.Columns[column.Number] <- column
            | false, _ -> ()

    let own oid =
        match tables.TryGetValue oid with
        | true, table when table.IsOwn -> ValueSome table
        | _ -> ValueNone

    let text = PlainText(rows, tables)

    let constraints =
        [ for row in rows.Constraints do
              match own row.Table with
              | ValueSome table -> struct (table, row, text.Constraint(table, row))
              | ValueNone -> () ]

    let indexes =
        let behindConstraints = HashSet<uint32>()

        for row in rows.Constraints do
            if row.Type = 'p' || row.Type = 'u' || row.Type = 'x' then
                behindConstraints.Add row.Index |> ignore

        [ for row in rows.Indexes.Values do
              if not (behindConstraints.Contains row.Oid) then
                  match own row.Table, rows.Relations.TryGetValue row.Oid with
                  | ValueSome table, (true, index) -> struct (table, row, index, text.Index(table, row, index))
                  | _ -> () ]

    /// By number and modifier.
    let types = Dictionary<struct (uint32 * int), PlainRow.WrittenType>()

    /// By number.
    let owners = Dictionary<uint32, PlainRow.Owner>()

    let found = PlainFound(rows, tables, types, owners, comments)

    let isPlainColumn (column: PlainRow.Column) =
        column.IsPlain
        && match own column.Table with
           | ValueSome _ -> true
           | ValueNone -> false

    /// On materialised views: their columns are not read here.
    let indexesElsewhere =
        [ for row in rows.Indexes.Values do
              if not (tables.ContainsKey row.Table) && rows.Relations.ContainsKey row.Oid then
                  row.Oid ]

    /// Queries for what is not plain, as far as there is any.
    member _.NotPlain: Source list =
        let ask (column: string) (oids: uint32 seq) (source: Source) =
            if Seq.isEmpty oids then [] else [ PlainSql.among column oids source ]

        [ yield!
              TableSources.tables
              |> ask
                  "c.oid"
                  [ for table in tables.Values do
                        if table.IsOwn && not table.Row.IsPlain then
                            table.Row.Oid ]
          yield!
              TableSources.notPlainColumns
              |> ask
                  "a.attrelid"
                  (Seq.distinct
                      [ for c in rows.Columns do
                            match own c.Table with
                            | ValueSome _ when not c.IsPlain -> c.Table
                            | _ -> () ])
          yield!
              KeySources.constraints
              |> ask
                  "k.oid"
                  [ for struct (_, row, definition) in constraints do
                        if definition.IsNone then
                            row.Oid ]
          yield!
              KeySources.indexes
              |> ask
                  "c.oid"
                  [ yield! indexesElsewhere
                    for struct (_, row, _, definition) in indexes do
                        if definition.IsNone then
                            row.Oid ] ]

    /// Lookups that `Found` needs, with what becomes of their rows.
    member _.Lookups: (string * (NpgsqlDataReader -> unit)) list =
        let pairs =
            [ for column in rows.Columns do
                  if isPlainColumn column then
                      struct (column.Type, column.Modifier) ]
            |> List.distinct

        let roles =
            [ for table in tables.Values do
                  if table.IsOwn && table.Row.IsPlain then
                      table.Row.Owner ]
            |> List.distinct

        let asked = Queue pairs

        [ if not pairs.IsEmpty then
              PlainSql.types pairs,
              (fun r ->
                  types[asked.Dequeue()] <-
                      { Written = r.GetString 0
                        OwnStorage = PlainRow.storage (r.GetFieldValue<char> 1) })
          if not roles.IsEmpty then
              PlainSql.owners roles,
              (fun r ->
                  let grants = r.GetFieldValue<string array> 2 |> List.ofArray |> List.map Grant.parse

                  owners[r.GetFieldValue<uint32> 0] <- { Role = Some(r.GetString 1); Grants = Some grants }) ]

    /// What is plain, once the lookups are answered.
    member _.Found: Found seq =
        seq {
            for table in tables.Values do
                if table.IsOwn && table.Row.IsPlain then
                    found.Table table

            for column in rows.Columns do
                if column.IsPlain then
                    match own column.Table with
                    | ValueSome table -> found.Column(table, column)
                    | ValueNone -> ()

            for row in rows.Defaults do
                match own row.Table with
                | ValueSome table -> found.Default(table, row)
                | ValueNone -> ()

            for struct (table, row, definition) in constraints do
                match definition with
                | Some definition -> found.Constraint(table, row, definition)
                | None -> ()

            for struct (table, row, index, definition) in indexes do
                match definition with
                | Some definition -> found.Index(table, row, index, definition)
                | None -> ()
        }
