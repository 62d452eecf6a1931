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

    /// By number and modifier: how it is written, and its own storage.
    let types = Dictionary<struct (uint32 * int), struct (string * string)>()

    /// By number: the name, and what the owner has where nothing was granted.
    let owners = Dictionary<uint32, struct (string option * Grant list option)>()

    let isPlainColumn (column: PlainRow.Column) =
        column.IsPlain
        && match own column.Table with
           | ValueSome _ -> true
           | ValueNone -> false

    let object address parent facts : PgObject =
        { Address = address
          Parent = parent
          Facts = facts
          Owner = None
          Grants = None
          Comment = None
          SecurityLabels = [] }

    let storage = [ 'p'; 'e'; 'm'; 'x' ] |> List.map (fun letter -> letter, string letter) |> dict

    let foundTable (table: TableBeingRead) : Found =
        let row = table.Row
        let struct (owner, grants) = owners[row.Owner]

        let facts: TableFacts =
            { Persistence = (if row.Unlogged then Persistence.Unlogged else Persistence.Permanent)
              AccessMethod = None
              Tablespace = None
              Options = []
              OfType = None
              Inherits = []
              PartitionKey = None
              RowSecurity = false
              ForceRowSecurity = false
              ReplicaIdentity = "d"
              Foreign = None }

        { Object =
            { object table.Address None (Facts.Table facts) with
                Owner = owner
                Grants = grants }
          Id = struct (CatalogOid.pgClass, row.Oid, 0)
          Aliases = [ struct (CatalogOid.pgType, row.RowType, 0); struct (CatalogOid.pgType, row.ArrayType, 0) ]
          AlsoNeeds = [ Address.create Kind.Schema "" table.Schema ] }

    /// Columns that are alike in everything but their names share what is known of them.
    let columnFacts = Dictionary<struct (int * uint32 * int * bool * char * bool), Facts>()

    let factsOf (table: TableBeingRead) (row: PlainRow.Column) =
        let withTable = table.Row.IsPartition || table.Row.IsTyped
        let key = struct (row.Number, row.Type, row.Modifier, row.NotNull, row.Storage, withTable)

        match columnFacts.TryGetValue key with
        | true, facts -> facts
        | false, _ ->
            let struct (written, typeStorage) = types[struct (row.Type, row.Modifier)]
            let own = storage[row.Storage]

            let facts =
                Facts.Column
                    { Position = row.Number
                      Type = written
                      Collation = None
                      NotNull = row.NotNull
                      NotNullConstraint = None
                      Identity = None
                      Generated = None
                      Storage = (if own = typeStorage then None else Some own)
                      TypeStorage = typeStorage
                      Compression = None
                      Statistics = None
                      Options = []
                      ForeignOptions = []
                      IsLocal = true
                      InheritCount = 0
                      WithTable = withTable }

            columnFacts[key] <- facts
            facts

    let partOf (kind: Kind) (table: TableBeingRead) (name: string) : Address =
        { Kind = kind
          Schema = table.Schema
          Name = table.Row.Name
          Part = name
          Arguments = "" }

    let foundColumn (table: TableBeingRead) (row: PlainRow.Column) : Found =
        { Object =
            { object (partOf Kind.Column table row.Name) table.Parent (factsOf table row) with
                Grants = Grant.noneOnColumn }
          Id = struct (CatalogOid.pgClass, row.Table, row.Number)
          Aliases = []
          AlsoNeeds = [] }

    let defaultFacts = Dictionary<string, Facts>()

    let factsOfDefault (expression: string option) =
        match expression with
        | None -> Facts.Default { Expression = ""; Generated = true }
        | Some text ->
            match defaultFacts.TryGetValue text with
            | true, facts -> facts
            | false, _ ->
                let facts = Facts.Default { Expression = text; Generated = false }
                defaultFacts[text] <- facts
                facts

    let foundDefault (table: TableBeingRead) (row: PlainRow.Default) : Found =
        let name = table.Columns[row.Number].Name

        { Object =
            object
                (partOf Kind.Default table name)
                (Some(partOf Kind.Column table name))
                (factsOfDefault row.Expression)
          Id = struct (CatalogOid.pgAttrdef, row.Oid, 0)
          Aliases = []
          AlsoNeeds = [] }

    let foundConstraint (table: TableBeingRead) (row: PlainRow.Constraint) (definition: string) : Found =
        let isKey = row.Type = 'p' || row.Type = 'u'

        let references =
            match tables.TryGetValue row.Referenced with
            | true, referenced when row.Type = 'f' ->
                Some(Address.create Kind.Table referenced.Schema referenced.Row.Name)
            | _ -> None

        let indexName =
            match rows.Relations.TryGetValue row.Index with
            | true, index when isKey && index.Name <> row.Name -> Some index.Name
            | _ -> None

        let indexComment =
            match comments.TryGetValue(struct (CatalogOid.pgClass, row.Index, 0)) with
            | true, comment when isKey -> Some comment
            | _ -> None

        let facts: ConstraintFacts =
            { Type = string row.Type
              Definition = definition
              Validated = true
              Enforced = true
              NoInherit = false
              IsLocal = true
              InheritCount = 0
              IndexOptions = []
              Tablespace = None
              Attached = false
              IndexComment = indexComment
              OfPartition = table.Row.IsPartition
              IndexName = indexName
              Clustered = false
              ReplicaIdentity = false
              References = references }

        { Object = object (partOf Kind.Constraint table row.Name) table.Parent (Facts.Constraint facts)
          Id = struct (CatalogOid.pgConstraint, row.Oid, 0)
          Aliases = if isKey then [ struct (CatalogOid.pgClass, row.Index, 0) ] else []
          AlsoNeeds = Option.toList references }

    let foundIndex
        (table: TableBeingRead)
        (row: PlainRow.Index)
        (index: PlainRow.Relation)
        (definition: string)
        : Found =
        let facts: IndexFacts =
            { Definition = definition
              Unique = row.Unique
              Valid = true
              Tablespace = None
              Statistics = []
              Clustered = false
              ReplicaIdentity = false
              Partitioned = false
              Attached = false
              DependsOnExtensions = [] }

        { Object = object (Address.create Kind.Index table.Schema index.Name) table.Parent (Facts.Index facts)
          Id = struct (CatalogOid.pgClass, row.Oid, 0)
          Aliases = []
          AlsoNeeds = [] }

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
              (fun r -> types[asked.Dequeue()] <- struct (r.GetString 0, storage[r.GetFieldValue<char> 1]))
          if not roles.IsEmpty then
              PlainSql.owners roles,
              (fun r ->
                  let grants = r.GetFieldValue<string array> 2 |> List.ofArray |> List.map Grant.parse
                  owners[r.GetFieldValue<uint32> 0] <- struct (Some(r.GetString 1), Some grants)) ]

    /// What is plain, once the lookups are answered.
    member _.Found: Found seq =
        seq {
            for table in tables.Values do
                if table.IsOwn && table.Row.IsPlain then
                    foundTable table

            for column in rows.Columns do
                if column.IsPlain then
                    match own column.Table with
                    | ValueSome table -> foundColumn table column
                    | ValueNone -> ()

            for row in rows.Defaults do
                match own row.Table with
                | ValueSome table -> foundDefault table row
                | ValueNone -> ()

            for struct (table, row, definition) in constraints do
                match definition with
                | Some definition -> foundConstraint table row definition
                | None -> ()

            for struct (table, row, index, definition) in indexes do
                match definition with
                | Some definition -> foundIndex table row index definition
                | None -> ()
        }
