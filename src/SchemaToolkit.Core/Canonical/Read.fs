namespace SchemaToolkit

open System.Text.Json

/// The way back from `Write`, field by field.
module internal Read =
    let private all = Decode.all
    let private texts = Decode.list Decode.text

    let objectName: Decoder<ObjectName> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! ns = fields.OrDefault "namespace" "" Decode.text
                return ObjectName.create ns name
            })

    let private fragment: Decoder<SqlFragment> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.String -> Decode.map SqlFragment.Text Decode.text path element
            | _ ->
                Decode.oneOf
                    [ "column", Decode.map SqlFragment.Column Decode.text
                      "table", Decode.map SqlFragment.Table objectName ]
                    path
                    element

    let sqlText: Decoder<SqlText> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.Array -> Decode.map SqlText.Portable (Decode.list fragment) path element
            | JsonValueKind.Object -> Decode.map SqlText.PerEngine (Decode.pairs (Decode.list fragment)) path element
            | _ -> Decode.wrong path "a list of SQL fragments, or one for each engine" element

    let private plainTypes =
        [ "uuid", ColumnType.Uuid
          "text", ColumnType.Text
          "smallint", ColumnType.SmallInt
          "integer", ColumnType.Integer
          "bigint", ColumnType.BigInt
          "real", ColumnType.Real
          "double", ColumnType.Double
          "numeric", ColumnType.Numeric None
          "boolean", ColumnType.Boolean
          "date", ColumnType.Date
          "time", ColumnType.Time
          "timestamp", ColumnType.LocalTimestamp
          "timestamptz", ColumnType.Timestamp
          "interval", ColumnType.Interval
          "json", ColumnType.Json
          "jsonb", ColumnType.Jsonb
          "bytea", ColumnType.Bytea ]

    let private precision: Decoder<NumericPrecision> =
        Decode.object (fun fields ->
            all {
                let! precision = fields.Required "precision" Decode.int
                and! scale = fields.Required "scale" Decode.int
                return { Precision = precision; Scale = scale }
            })

    let rec columnType: Decoder<ColumnType> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.String -> Decode.word plainTypes path element
            | _ ->
                Decode.oneOf
                    [ "varchar", Decode.map ColumnType.Varchar Decode.int
                      "char", Decode.map ColumnType.Char Decode.int
                      "numeric", Decode.map (Some >> ColumnType.Numeric) precision
                      "vector", Decode.map ColumnType.Vector Decode.int
                      "enum", Decode.map ColumnType.Enum objectName
                      "domain", domain
                      "named", Decode.map ColumnType.Named objectName
                      "other", Decode.map ColumnType.Other Decode.text
                      "array", Decode.map ColumnType.Array columnType ]
                    path
                    element

    and private domain: Decoder<ColumnType> =
        fun path element ->
            Decode.object
                (fun fields ->
                    all {
                        let! name = fields.Required "name" objectName
                        and! over = fields.Required "over" columnType
                        return ColumnType.Domain(name, over)
                    })
                path
                element

    let columnDefault: Decoder<ColumnDefault> =
        let literal case decode = Decode.map (case >> ColumnDefault.Literal) decode

        fun path element ->
            match element.ValueKind with
            | JsonValueKind.String ->
                Decode.word [ "newUuid", ColumnDefault.NewUuid; "now", ColumnDefault.Now ] path element
            | _ ->
                Decode.oneOf
                    [ "boolean", literal Literal.Boolean Decode.boolean
                      "integer", literal Literal.Integer Decode.int64
                      "number", literal Literal.Number Decode.text
                      "text", literal Literal.Text Decode.text
                      "bytes", literal Literal.Bytes Decode.text
                      "expression", Decode.map ColumnDefault.Expression sqlText ]
                    path
                    element

    let private identity = Decode.word [ "always", Identity.Always; "byDefault", Identity.ByDefault ]

    let private generated: Decoder<Generated> =
        Decode.object (fun fields ->
            all {
                let! expression = fields.Required "expression" sqlText
                and! isVirtual = fields.OrDefault "virtual" false Decode.boolean
                return { Expression = expression; Stored = not isVirtual }
            })

    let column: Decoder<ColumnDef> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! kind = fields.Required "type" columnType
                and! nullable = fields.OrDefault "nullable" false Decode.boolean
                and! value = fields.Optional "default" columnDefault
                and! identity = fields.Optional "identity" identity
                and! generated = fields.Optional "generated" generated
                and! collation = fields.Optional "collation" Decode.text
                and! comment = fields.Optional "comment" Decode.text

                return
                    { Name = name
                      Type = kind
                      Nullable = nullable
                      Default = value
                      Identity = identity
                      Generated = generated
                      Collation = collation
                      Comment = comment
                      RenamedFrom = [] }
            })

    let private deferrability =
        Decode.word
            [ "notDeferrable", Deferrability.NotDeferrable
              "initiallyImmediate", Deferrability.InitiallyImmediate
              "initiallyDeferred", Deferrability.InitiallyDeferred ]

    let private action =
        Decode.word
            [ "noAction", ReferentialAction.NoAction
              "restrict", ReferentialAction.Restrict
              "cascade", ReferentialAction.Cascade
              "setNull", ReferentialAction.SetNull
              "setDefault", ReferentialAction.SetDefault ]

    let private primaryKey: Decoder<PrimaryKey> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! columns = fields.OrDefault "columns" [] texts
                return { Name = name; Columns = columns }
            })

    let private unique: Decoder<Unique> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! columns = fields.OrDefault "columns" [] texts
                and! nullsNotDistinct = fields.OrDefault "nullsNotDistinct" false Decode.boolean
                and! deferrability = fields.OrDefault "deferrability" Deferrability.NotDeferrable deferrability

                return
                    { Name = name
                      Columns = columns
                      NullsNotDistinct = nullsNotDistinct
                      Deferrability = deferrability }
            })

    let private foreignKey: Decoder<ForeignKey> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! columns = fields.OrDefault "columns" [] texts
                and! target = fields.Required "target" objectName
                and! targetColumns = fields.OrDefault "targetColumns" [] texts
                and! onDelete = fields.OrDefault "onDelete" ReferentialAction.NoAction action
                and! onUpdate = fields.OrDefault "onUpdate" ReferentialAction.NoAction action
                and! deferrability = fields.OrDefault "deferrability" Deferrability.NotDeferrable deferrability

                return
                    { Name = name
                      Columns = columns
                      Target = target
                      TargetColumns = targetColumns
                      OnDelete = onDelete
                      OnUpdate = onUpdate
                      Deferrability = deferrability }
            })

    let private check: Decoder<Check> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! expression = fields.Required "expression" sqlText
                and! onlyOn = fields.OrDefault "onlyOn" [] texts
                return { Name = name; Expression = expression; OnlyOn = onlyOn }
            })

    let private indexPart: Decoder<IndexPart> =
        Decode.object (fun fields ->
            let target =
                match fields.Optional "column" Decode.text, fields.Optional "expression" sqlText with
                | Ok(Some column), Ok None -> Ok(IndexTarget.Column column)
                | Ok None, Ok(Some sql) -> Ok(IndexTarget.Expression sql)
                | Ok _, Ok _ -> Error [ $"{fields.Path} should have exactly one of the keys: column, expression." ]
                | Error first, Error second -> Error(first @ second)
                | Error errors, Ok _
                | Ok _, Error errors -> Error errors

            let nulls =
                Decode.word [ "default", NullsOrder.Default; "first", NullsOrder.First; "last", NullsOrder.Last ]

            all {
                let! target = target
                and! descending = fields.OrDefault "descending" false Decode.boolean
                and! nulls = fields.OrDefault "nulls" NullsOrder.Default nulls
                and! opClass = fields.Optional "opClass" Decode.text
                and! collation = fields.Optional "collation" Decode.text

                return
                    { Target = target
                      Descending = descending
                      Nulls = nulls
                      OpClass = opClass
                      Collation = collation }
            })

    let index: Decoder<IndexDef> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! parts = fields.OrDefault "parts" [] (Decode.list indexPart)
                and! isUnique = fields.OrDefault "unique" false Decode.boolean
                and! accessMethod = fields.OrDefault "method" "btree" Decode.text
                and! includes = fields.OrDefault "include" [] texts
                and! where = fields.Optional "where" sqlText
                and! nullsNotDistinct = fields.OrDefault "nullsNotDistinct" false Decode.boolean
                and! parameters = fields.OrDefault "with" [] (Decode.pairs Decode.text)
                and! onlyOn = fields.OrDefault "onlyOn" [] texts

                return
                    { Name = name
                      Parts = parts
                      Unique = isUnique
                      Method = accessMethod
                      Include = includes
                      Where = where
                      NullsNotDistinct = nullsNotDistinct
                      With = parameters
                      OnlyOn = onlyOn }
            })

    let private policy: Decoder<Policy> =
        let command =
            Decode.word
                [ "all", PolicyCommand.All
                  "select", PolicyCommand.Select
                  "insert", PolicyCommand.Insert
                  "update", PolicyCommand.Update
                  "delete", PolicyCommand.Delete ]

        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! command = fields.OrDefault "command" PolicyCommand.All command
                and! restrictive = fields.OrDefault "restrictive" false Decode.boolean
                and! roles = fields.OrDefault "roles" [] texts
                and! using = fields.Optional "using" sqlText
                and! withCheck = fields.Optional "withCheck" sqlText
                and! onlyOn = fields.OrDefault "onlyOn" [] texts

                return
                    { Name = name
                      Command = command
                      Permissive = not restrictive
                      Roles = roles
                      Using = using
                      WithCheck = withCheck
                      OnlyOn = onlyOn }
            })

    let table: Decoder<Table> =
        let rowSecurity =
            Decode.word
                [ "disabled", RowSecurity.Disabled; "enabled", RowSecurity.Enabled; "forced", RowSecurity.Forced ]

        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" objectName
                and! columns = fields.OrDefault "columns" [] (Decode.list column)
                and! primaryKey = fields.Optional "primaryKey" primaryKey
                and! uniques = fields.OrDefault "uniques" [] (Decode.list unique)
                and! foreignKeys = fields.OrDefault "foreignKeys" [] (Decode.list foreignKey)
                and! checks = fields.OrDefault "checks" [] (Decode.list check)
                and! indexes = fields.OrDefault "indexes" [] (Decode.list index)
                and! rowSecurity = fields.OrDefault "rowSecurity" RowSecurity.Disabled rowSecurity
                and! policies = fields.OrDefault "policies" [] (Decode.list policy)
                and! partitionBy = fields.Optional "partitionBy" sqlText
                and! withoutRowId = fields.OrDefault "withoutRowId" false Decode.boolean
                and! comment = fields.Optional "comment" Decode.text
                and! shared = fields.OrDefault "shared" false Decode.boolean

                return
                    { Name = name
                      Columns = columns
                      PrimaryKey = primaryKey
                      Uniques = uniques
                      ForeignKeys = foreignKeys
                      Checks = checks
                      Indexes = indexes
                      RowSecurity = rowSecurity
                      Policies = policies
                      PartitionBy = partitionBy
                      WithoutRowId = withoutRowId
                      Comment = comment
                      Shared = shared
                      RenamedFrom = [] }
            })

    let enum: Decoder<EnumType> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" objectName
                and! values = fields.OrDefault "values" [] texts
                return { Name = name; Values = values; RenamedFrom = [] }
            })
