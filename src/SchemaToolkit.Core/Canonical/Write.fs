namespace SchemaToolkit

/// The JSON of each value. A field that has its default is not written; order is given by `Normalise` and `JsonTree`.
module internal Write =
    let record (fields: (string * JsonTree) option list) = JsonTree.Object(List.choose id fields)
    let field key value = Some(key, value)
    let text key value = Some(key, JsonTree.Text value)
    let optional key (write: 'T -> JsonTree) (value: 'T option) = value |> Option.map (fun v -> key, write v)
    let flag key (value: bool) = if value then Some(key, JsonTree.Boolean true) else None

    let list key (write: 'T -> JsonTree) (items: 'T list) =
        if List.isEmpty items then
            None
        else
            Some(key, JsonTree.List(List.map write items))

    let texts key (items: string list) = list key JsonTree.Text items

    /// A word for every case but the default.
    let word key (value: string option) = optional key JsonTree.Text value

    let objectName (name: ObjectName) =
        record
            [ text "name" name.Name
              word "namespace" (if name.Namespace = "" then None else Some name.Namespace) ]

    let private fragments (items: SqlFragment list) =
        items
        |> List.map (function
            | SqlFragment.Text sql -> JsonTree.Text sql
            | SqlFragment.Column column -> record [ text "column" column ]
            | SqlFragment.Table table -> record [ field "table" (objectName table) ])
        |> JsonTree.List

    /// A list is portable text; an object holds a text for each engine.
    let sqlText (sql: SqlText) =
        match sql with
        | SqlText.Portable items -> fragments items
        | SqlText.PerEngine texts -> JsonTree.Object(texts |> List.map (fun (engine, items) -> engine, fragments items))

    let rec columnType (columnType': ColumnType) =
        let plain = JsonTree.Text
        let sized name (size: int) = record [ field name (JsonTree.Integer(int64 size)) ]

        match columnType' with
        | ColumnType.Uuid -> plain "uuid"
        | ColumnType.Text -> plain "text"
        | ColumnType.Varchar length -> sized "varchar" length
        | ColumnType.Char length -> sized "char" length
        | ColumnType.SmallInt -> plain "smallint"
        | ColumnType.Integer -> plain "integer"
        | ColumnType.BigInt -> plain "bigint"
        | ColumnType.Real -> plain "real"
        | ColumnType.Double -> plain "double"
        | ColumnType.Numeric None -> plain "numeric"
        | ColumnType.Numeric(Some p) ->
            let number (value: int) = JsonTree.Integer(int64 value)
            let size = record [ field "precision" (number p.Precision); field "scale" (number p.Scale) ]
            record [ field "numeric" size ]
        | ColumnType.Boolean -> plain "boolean"
        | ColumnType.Date -> plain "date"
        | ColumnType.Time -> plain "time"
        | ColumnType.LocalTimestamp -> plain "timestamp"
        | ColumnType.Timestamp -> plain "timestamptz"
        | ColumnType.Interval -> plain "interval"
        | ColumnType.Json -> plain "json"
        | ColumnType.Jsonb -> plain "jsonb"
        | ColumnType.Bytea -> plain "bytea"
        | ColumnType.Vector dimensions -> sized "vector" dimensions
        | ColumnType.Enum name -> record [ field "enum" (objectName name) ]
        | ColumnType.Domain(name, over) ->
            record [ field "domain" (record [ field "name" (objectName name); field "over" (columnType over) ]) ]
        | ColumnType.Named name -> record [ field "named" (objectName name) ]
        | ColumnType.Other sql -> record [ text "other" sql ]
        | ColumnType.Array element -> record [ field "array" (columnType element) ]

    let columnDefault (value: ColumnDefault) =
        match value with
        | ColumnDefault.Literal(Literal.Boolean v) -> record [ field "boolean" (JsonTree.Boolean v) ]
        | ColumnDefault.Literal(Literal.Integer v) -> record [ field "integer" (JsonTree.Integer v) ]
        | ColumnDefault.Literal(Literal.Number v) -> record [ text "number" v ]
        | ColumnDefault.Literal(Literal.Text v) -> record [ text "text" v ]
        | ColumnDefault.Literal(Literal.Bytes v) -> record [ text "bytes" v ]
        | ColumnDefault.NewUuid -> JsonTree.Text "newUuid"
        | ColumnDefault.Now -> JsonTree.Text "now"
        | ColumnDefault.Expression sql -> record [ field "expression" (sqlText sql) ]

    let private identity (value: Identity) =
        match value with
        | Identity.Always -> JsonTree.Text "always"
        | Identity.ByDefault -> JsonTree.Text "byDefault"

    let private generated (value: Generated) =
        record [ field "expression" (sqlText value.Expression); flag "virtual" (not value.Stored) ]

    let column (c: ColumnDef) =
        record
            [ text "name" c.Name
              field "type" (columnType c.Type)
              flag "nullable" c.Nullable
              optional "default" columnDefault c.Default
              optional "identity" identity c.Identity
              optional "generated" generated c.Generated
              word "collation" c.Collation
              word "comment" c.Comment ]

    let private deferrability (value: Deferrability) =
        match value with
        | Deferrability.NotDeferrable -> None
        | Deferrability.InitiallyImmediate -> Some "initiallyImmediate"
        | Deferrability.InitiallyDeferred -> Some "initiallyDeferred"

    let private action (value: ReferentialAction) =
        match value with
        | ReferentialAction.NoAction -> None
        | ReferentialAction.Restrict -> Some "restrict"
        | ReferentialAction.Cascade -> Some "cascade"
        | ReferentialAction.SetNull -> Some "setNull"
        | ReferentialAction.SetDefault -> Some "setDefault"

    let primaryKey (key: PrimaryKey) = record [ text "name" key.Name; texts "columns" key.Columns ]

    let unique (unique: Unique) =
        record
            [ text "name" unique.Name
              texts "columns" unique.Columns
              flag "nullsNotDistinct" unique.NullsNotDistinct
              word "deferrability" (deferrability unique.Deferrability) ]

    let foreignKey (fk: ForeignKey) =
        record
            [ text "name" fk.Name
              texts "columns" fk.Columns
              field "target" (objectName fk.Target)
              texts "targetColumns" fk.TargetColumns
              word "onDelete" (action fk.OnDelete)
              word "onUpdate" (action fk.OnUpdate)
              word "deferrability" (deferrability fk.Deferrability) ]

    let check (check: Check) =
        record
            [ text "name" check.Name
              field "expression" (sqlText check.Expression)
              texts "onlyOn" check.OnlyOn ]

    /// A constraint outside its table, under the name of its kind.
    let definition (definition: Constraint) =
        match definition with
        | Constraint.PrimaryKey key -> record [ field "primaryKey" (primaryKey key) ]
        | Constraint.Unique u -> record [ field "unique" (unique u) ]
        | Constraint.ForeignKey fk -> record [ field "foreignKey" (foreignKey fk) ]
        | Constraint.Check c -> record [ field "check" (check c) ]

    let private indexPart (part: IndexPart) =
        let nulls =
            match part.Nulls with
            | NullsOrder.Default -> None
            | NullsOrder.First -> Some "first"
            | NullsOrder.Last -> Some "last"

        record
            [ (match part.Target with
               | IndexTarget.Column column -> text "column" column
               | IndexTarget.Expression sql -> field "expression" (sqlText sql))
              flag "descending" part.Descending
              word "nulls" nulls
              word "opClass" part.OpClass
              word "collation" part.Collation ]

    let index (i: IndexDef) =
        let parameters =
            match i.With with
            | [] -> None
            | pairs -> field "with" (JsonTree.Object(pairs |> List.map (fun (key, value) -> key, JsonTree.Text value)))

        record
            [ text "name" i.Name
              list "parts" indexPart i.Parts
              flag "unique" i.Unique
              word "method" (if i.Method = "btree" then None else Some i.Method)
              texts "include" i.Include
              optional "where" sqlText i.Where
              flag "nullsNotDistinct" i.NullsNotDistinct
              parameters
              texts "onlyOn" i.OnlyOn ]

    let policy (p: Policy) =
        let command =
            match p.Command with
            | PolicyCommand.All -> None
            | PolicyCommand.Select -> Some "select"
            | PolicyCommand.Insert -> Some "insert"
            | PolicyCommand.Update -> Some "update"
            | PolicyCommand.Delete -> Some "delete"

        record
            [ text "name" p.Name
              word "command" command
              flag "restrictive" (not p.Permissive)
              texts "roles" p.Roles
              optional "using" sqlText p.Using
              optional "withCheck" sqlText p.WithCheck
              texts "onlyOn" p.OnlyOn ]

    let table (t: Table) =
        let rowSecurity =
            match t.RowSecurity with
            | RowSecurity.Disabled -> None
            | RowSecurity.Enabled -> Some "enabled"
            | RowSecurity.Forced -> Some "forced"

        record
            [ field "name" (objectName t.Name)
              list "columns" column t.Columns
              optional "primaryKey" primaryKey t.PrimaryKey
              list "uniques" unique t.Uniques
              list "foreignKeys" foreignKey t.ForeignKeys
              list "checks" check t.Checks
              list "indexes" index t.Indexes
              word "rowSecurity" rowSecurity
              list "policies" policy t.Policies
              optional "partitionBy" sqlText t.PartitionBy
              flag "withoutRowId" t.WithoutRowId
              word "comment" t.Comment
              flag "shared" t.Shared ]

    let enum (e: EnumType) = record [ field "name" (objectName e.Name); texts "values" e.Values ]
