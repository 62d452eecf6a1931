namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic

/// Objects put together from bare fields of the catalog.
[<Sealed>]
type internal PlainFound
    (
        rows: PlainRow.All,
        tables: Dictionary<uint32, TableBeingRead>,
        types: Dictionary<struct (uint32 * int), PlainRow.WrittenType>,
        owners: Dictionary<uint32, PlainRow.Owner>,
        comments: Dictionary<ObjectId, string>
    ) =
    let object address parent facts : PgObject =
        { Address = address
          Parent = parent
          Facts = facts
          Owner = None
          Grants = None
          Comment = None
          SecurityLabels = [] }

    /// Columns that are alike in everything but their names share what is known of them.
    let columnFacts = Dictionary<struct (int * uint32 * int * bool * char * bool), Facts>()

    let factsOf (table: TableBeingRead) (row: PlainRow.Column) =
        let withTable = table.Row.IsPartition || table.Row.IsTyped
        let key = struct (row.Number, row.Type, row.Modifier, row.NotNull, row.Storage, withTable)

        match columnFacts.TryGetValue key with
        | true, facts -> facts
        | false, _ ->
            let type' = types[struct (row.Type, row.Modifier)]
            let own = PlainRow.storage row.Storage

            let facts =
                Facts.Column
                    { Position = row.Number
                      Type = type'.Written
                      Collation = None
                      NotNull = row.NotNull
                      NotNullConstraint = None
                      Identity = None
                      Generated = None
                      Storage = (if own = type'.OwnStorage then None else Some own)
                      TypeStorage = type'.OwnStorage
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

    member _.Table(table: TableBeingRead) : Found =
        let row = table.Row
        let owner = owners[row.Owner]

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
                Owner = owner.Role
                Grants = owner.Grants }
          Id = struct (CatalogOid.pgClass, row.Oid, 0)
          Aliases = [ struct (CatalogOid.pgType, row.RowType, 0); struct (CatalogOid.pgType, row.ArrayType, 0) ]
          AlsoNeeds = [ Address.create Kind.Schema "" table.Schema ] }

    member _.Column(table: TableBeingRead, row: PlainRow.Column) : Found =
        { Object =
            { object (partOf Kind.Column table row.Name) table.Parent (factsOf table row) with
                Grants = Grant.noneOnColumn }
          Id = struct (CatalogOid.pgClass, row.Table, row.Number)
          Aliases = []
          AlsoNeeds = [] }

    member _.Default(table: TableBeingRead, row: PlainRow.Default) : Found =
        let name = table.Columns[row.Number].Name

        { Object =
            object
                (partOf Kind.Default table name)
                (Some(partOf Kind.Column table name))
                (factsOfDefault row.Expression)
          Id = struct (CatalogOid.pgAttrdef, row.Oid, 0)
          Aliases = []
          AlsoNeeds = [] }

    member _.Constraint(table: TableBeingRead, row: PlainRow.Constraint, definition: string) : Found =
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

    member _.Index(table: TableBeingRead, row: PlainRow.Index, index: PlainRow.Relation, definition: string) : Found =
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
