namespace SchemaToolkit

/// The way back from `WriteSchema`.
[<RequireQualifiedAccess>]
module internal ReadSchema =
    open Read

    let private all = Decode.all
    let private texts = Decode.list Decode.text

    let private owner: Decoder<ObjectName * string> =
        Decode.object (fun fields ->
            all {
                let! table = fields.Required "table" objectName
                and! column = fields.Required "column" Decode.text
                return table, column
            })

    let private sequence (fields: Fields) =
        all {
            let! kind = fields.Required "type" columnType
            and! start = fields.Required "start" Decode.int64
            and! increment = fields.Required "increment" Decode.int64
            and! minimum = fields.Required "minimum" Decode.int64
            and! maximum = fields.Required "maximum" Decode.int64
            and! cache = fields.Required "cache" Decode.int64
            and! cycle = fields.OrDefault "cycle" false Decode.boolean
            and! owner = fields.Optional "ownedBy" owner

            return
                ObjectBody.Sequence
                    { Type = kind
                      Start = start
                      Increment = increment
                      Minimum = minimum
                      Maximum = maximum
                      Cache = cache
                      Cycle = cycle
                      OwnedBy = owner }
        }

    let private domainCheck: Decoder<DomainCheck> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! expression = fields.Required "expression" sqlText
                return ({ Name = name; Expression = expression }: DomainCheck)
            })

    let private attribute: Decoder<CompositeAttribute> =
        Decode.object (fun fields ->
            all {
                let! name = fields.Required "name" Decode.text
                and! kind = fields.Required "type" columnType
                return ({ Name = name; Type = kind }: CompositeAttribute)
            })

    let private definition (case: SqlText -> ObjectBody) (fields: Fields) =
        fields.Required "definition" sqlText |> Result.map case

    let private body (kind: ObjectKind) (fields: Fields) : Result<ObjectBody, string list> =
        match kind with
        | ObjectKind.Extension -> Ok ObjectBody.Extension
        | ObjectKind.Domain ->
            all {
                let! baseType = fields.Required "type" columnType
                and! notNull = fields.OrDefault "notNull" false Decode.boolean
                and! value = fields.Optional "default" sqlText
                and! checks = fields.OrDefault "checks" [] (Decode.list domainCheck)
                return ObjectBody.Domain(baseType, notNull, value, checks)
            }
        | ObjectKind.Composite ->
            fields.OrDefault "attributes" [] (Decode.list attribute) |> Result.map ObjectBody.Composite
        | ObjectKind.Range -> fields.Required "type" columnType |> Result.map ObjectBody.Range
        | ObjectKind.Sequence -> sequence fields
        | ObjectKind.Function -> definition ObjectBody.Function fields
        | ObjectKind.Procedure -> definition ObjectBody.Procedure fields
        | ObjectKind.Exclusion -> definition ObjectBody.Exclusion fields
        | ObjectKind.Trigger -> definition ObjectBody.Trigger fields
        | ObjectKind.Partition ->
            all {
                let! table = fields.Required "of" objectName
                and! bound = fields.Required "bound" sqlText
                return ObjectBody.Partition(table, bound)
            }
        | ObjectKind.View ->
            all {
                let! query = fields.Required "query" sqlText
                and! options = fields.OrDefault "with" [] (Decode.pairs Decode.text)
                return ObjectBody.View(query, options)
            }
        | ObjectKind.MaterializedView ->
            all {
                let! query = fields.Required "query" sqlText
                and! indexes = fields.OrDefault "indexes" [] (Decode.list index)
                return ObjectBody.MaterializedView(query, indexes)
            }
        | ObjectKind.Grant -> fields.OrDefault "privileges" [] texts |> Result.map ObjectBody.Grant

    let object: Decoder<SchemaObject> =
        Decode.object (fun fields ->
            match fields.Required "kind" (Decode.word WriteSchema.kinds) with
            | Error errors -> Error errors
            | Ok kind ->
                all {
                    let! name = fields.Required "name" objectName
                    and! part = fields.OrDefault "part" "" Decode.text
                    and! body = body kind fields
                    and! comment = fields.Optional "comment" Decode.text
                    and! onlyOn = fields.OrDefault "onlyOn" [] texts

                    return { Name = name; Part = part; Body = body; Comment = comment; OnlyOn = onlyOn }
                })

    let schema: Decoder<Schema> =
        Decode.object (fun fields ->
            all {
                let! _ = fields.Required "format" Decode.int
                and! plugin = fields.Required "plugin" Decode.text
                and! ns = fields.Required "namespace" Decode.text
                and! version = fields.Optional "version" Decode.int
                and! enums = fields.OrDefault "enums" [] (Decode.list enum)
                and! tables = fields.OrDefault "tables" [] (Decode.list table)
                and! objects = fields.OrDefault "objects" [] (Decode.list object)

                return
                    { Plugin = plugin
                      Namespace = ns
                      Version = version
                      Enums = enums
                      Tables = tables
                      Objects = objects }
            })
