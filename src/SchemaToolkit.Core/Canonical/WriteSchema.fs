namespace SchemaToolkit

/// The JSON of objects and of whole schemas.
[<RequireQualifiedAccess>]
module internal WriteSchema =
    open Write

    let kinds =
        [ "extension", ObjectKind.Extension
          "domain", ObjectKind.Domain
          "composite", ObjectKind.Composite
          "range", ObjectKind.Range
          "sequence", ObjectKind.Sequence
          "function", ObjectKind.Function
          "procedure", ObjectKind.Procedure
          "partition", ObjectKind.Partition
          "exclusion", ObjectKind.Exclusion
          "view", ObjectKind.View
          "materializedView", ObjectKind.MaterializedView
          "trigger", ObjectKind.Trigger
          "grant", ObjectKind.Grant ]

    let private number key (value: int64) = field key (JsonTree.Integer value)

    let private sequence (o: SequenceOptions) =
        let owner (table: ObjectName, column: string) =
            record [ field "table" (objectName table); text "column" column ]

        [ field "type" (columnType o.Type)
          number "start" o.Start
          number "increment" o.Increment
          number "minimum" o.Minimum
          number "maximum" o.Maximum
          number "cache" o.Cache
          flag "cycle" o.Cycle
          optional "ownedBy" owner o.OwnedBy ]

    let private domainCheck (c: DomainCheck) = record [ text "name" c.Name; field "expression" (sqlText c.Expression) ]

    let private attribute (a: CompositeAttribute) = record [ text "name" a.Name; field "type" (columnType a.Type) ]

    let private body (value: ObjectBody) =
        match value with
        | ObjectBody.Extension -> []
        | ObjectBody.Domain(baseType, notNull, value, checks) ->
            [ field "type" (columnType baseType)
              flag "notNull" notNull
              optional "default" sqlText value
              list "checks" domainCheck checks ]
        | ObjectBody.Composite attributes -> [ list "attributes" attribute attributes ]
        | ObjectBody.Range subtype -> [ field "type" (columnType subtype) ]
        | ObjectBody.Sequence options -> sequence options
        | ObjectBody.Function definition
        | ObjectBody.Procedure definition
        | ObjectBody.Exclusion definition
        | ObjectBody.Trigger definition -> [ field "definition" (sqlText definition) ]
        | ObjectBody.Partition(table, bound) -> [ field "of" (objectName table); field "bound" (sqlText bound) ]
        | ObjectBody.View(query, []) -> [ field "query" (sqlText query) ]
        | ObjectBody.View(query, options) ->
            [ field "query" (sqlText query)
              field "with" (JsonTree.Object(options |> List.map (fun (key, value) -> key, JsonTree.Text value))) ]
        | ObjectBody.MaterializedView(query, indexes) -> [ field "query" (sqlText query); list "indexes" index indexes ]
        | ObjectBody.Grant privileges -> [ texts "privileges" privileges ]

    let object (o: SchemaObject) =
        let kind, _ = kinds |> List.find (fun (_, kind) -> kind = o.Kind)

        record
            [ text "kind" kind
              field "name" (objectName o.Key.Name)
              word "part" (if o.Key.Part = "" then None else Some o.Key.Part)
              yield! body o.Body
              word "comment" o.Comment
              texts "onlyOn" o.OnlyOn ]

    let schema (format: int) (s: Schema) =
        record
            [ field "format" (JsonTree.Integer(int64 format))
              text "plugin" s.Plugin
              text "namespace" s.Namespace
              optional "version" (fun (v: int) -> JsonTree.Integer(int64 v)) s.Version
              list "enums" enum s.Enums
              list "tables" table s.Tables
              list "objects" object s.Objects ]
