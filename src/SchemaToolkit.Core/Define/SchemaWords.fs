namespace SchemaToolkit

/// The words for whole schemas, and small questions about them.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Schema =
    /// Rewrites every name of a table, enum or reference.
    let mapNames (f: ObjectName -> ObjectName) (schema: Schema) : Schema =
        let text = SqlText.mapTables f

        let defaults (value: ColumnDefault) =
            match value with
            | ColumnDefault.Expression sql -> ColumnDefault.Expression(text sql)
            | ColumnDefault.Literal _
            | ColumnDefault.NewUuid
            | ColumnDefault.Now -> value

        let column (c: ColumnDef) =
            { c with
                Type = ColumnType.mapEnum f c.Type
                Default = Option.map defaults c.Default
                Generated = c.Generated |> Option.map (fun g -> { g with Expression = text g.Expression }) }

        let indexPart (part: IndexPart) =
            match part.Target with
            | IndexTarget.Column _ -> part
            | IndexTarget.Expression sql -> { part with Target = IndexTarget.Expression(text sql) }

        let table (t: Table) =
            { t with
                Name = f t.Name
                Columns = List.map column t.Columns
                ForeignKeys = t.ForeignKeys |> List.map (fun fk -> { fk with Target = f fk.Target })
                Checks = t.Checks |> List.map (fun c -> { c with Expression = text c.Expression })
                Indexes =
                    t.Indexes
                    |> List.map (fun i ->
                        { i with Parts = List.map indexPart i.Parts; Where = Option.map text i.Where })
                Policies =
                    t.Policies
                    |> List.map (fun p ->
                        { p with
                            Using = Option.map text p.Using
                            WithCheck = Option.map text p.WithCheck })
                PartitionBy = Option.map text t.PartitionBy }

        { schema with
            Enums = schema.Enums |> List.map (fun e -> { e with Name = f e.Name })
            Tables = List.map table schema.Tables
            Objects = schema.Objects |> List.map (SchemaObject.mapNames f) }

    /// A schema without objects.
    let empty (plugin: string) (ns: string) : Schema =
        { Plugin = plugin
          Namespace = ns
          Version = None
          Enums = []
          Tables = []
          Objects = [] }

    /// The tables of a plugin, in the given namespace.
    let inNamespace (ns: string) (plugin: string) (tables: Table list) : Schema =
        { empty plugin ns with Tables = tables } |> mapNames (ObjectName.placeIn ns)

    /// The tables of a plugin, in the namespace derived from its name (`@org/plugin-foo` → `plugin_foo`).
    let forPlugin (plugin: string) (tables: Table list) : Schema = inNamespace (Namespace.derive plugin) plugin tables

    /// The host's own tables, in `public`.
    let forHost (tables: Table list) : Schema = inNamespace Namespace.host Namespace.host tables

    let withEnums (enums: EnumType list) (schema: Schema) : Schema =
        { schema with Enums = schema.Enums @ enums } |> mapNames (ObjectName.placeIn schema.Namespace)

    /// Views, functions, triggers and the like.
    let withObjects (objects: SchemaObject list) (schema: Schema) : Schema =
        { schema with Objects = schema.Objects @ objects } |> mapNames (ObjectName.placeIn schema.Namespace)

    /// An explicit version number; a program with a smaller one is older than the database.
    let version (number: int) (schema: Schema) : Schema = { schema with Version = Some number }

    let tryTable (name: ObjectName) (schema: Schema) = schema.Tables |> List.tryFind (fun table -> table.Name = name)

    let tryEnum (name: ObjectName) (schema: Schema) = schema.Enums |> List.tryFind (fun enum -> enum.Name = name)

    let tryObject (key: ObjectKey) (schema: Schema) = schema.Objects |> List.tryFind (fun object -> object.Key = key)
