namespace SchemaToolkit.Tests.PostgresObjects.Random

/// What there is to choose for each kind, and how it is drawn.
type Spec =
    {
        Choices: (string * Choice) list
        Draw: Model -> Item -> Drawn option
        /// How often it is taken, beside the others.
        Weight: int
    }

[<RequireQualifiedAccess>]
module RandomKinds =
    let all =
        [ ItemKind.Schema
          ItemKind.Collation
          ItemKind.Enum
          ItemKind.Domain
          ItemKind.Composite
          ItemKind.RangeType
          ItemKind.Sequence
          ItemKind.Scalar
          ItemKind.Table
          ItemKind.Partitioned
          ItemKind.Partition
          ItemKind.Child
          ItemKind.Typed
          ItemKind.ForeignTable
          ItemKind.Column
          ItemKind.Override
          ItemKind.Primary
          ItemKind.Unique
          ItemKind.Foreign
          ItemKind.Check
          ItemKind.Exclusion
          ItemKind.Index
          ItemKind.View
          ItemKind.MatView
          ItemKind.Rows
          ItemKind.Procedure
          ItemKind.Aggregate
          ItemKind.Operator
          ItemKind.Cast
          ItemKind.TriggerFunction
          ItemKind.Trigger
          ItemKind.Rule
          ItemKind.Policy
          ItemKind.Statistics
          ItemKind.Publication
          ItemKind.TextSearch
          ItemKind.DefaultPrivileges
          ItemKind.EventTrigger
          ItemKind.BaseType
          ItemKind.Server
          ItemKind.Subscription
          ItemKind.Language
          ItemKind.Conversion
          ItemKind.OperatorFamily ]

    let private schema = "schema", Choice.MaybeReference [ ItemKind.Schema ]
    let private name = "name", Choice.Fresh
    let private fn = "fn", Choice.MaybeReference [ ItemKind.Scalar ]
    let private collation = "collation", Choice.MaybeReference [ ItemKind.Collation ]
    let private upto name top = name, Choice.Upto top
    let private rarely name top = name, Choice.Rarely top
    let private among name count = name, Choice.Among count
    let private refers name kinds = name, Choice.Reference kinds
    let private mayRefer name kinds = name, Choice.MaybeReference kinds
    let private columnOf name relation = name, Choice.ColumnOf relation
    let private maybeColumnOf name relation = name, Choice.MaybeColumnOf relation
    let private common = [ rarely "comment" 3; rarely "owner" 2; rarely "grant" 6 ]

    let private typed =
        [ among "type" Ty.builtIn.Length
          mayRefer
              "typeref"
              [ ItemKind.Enum; ItemKind.Domain; ItemKind.Composite; ItemKind.RangeType; ItemKind.BaseType ]
          rarely "array" 1 ]

    let private spec weight draw choices = { Choices = choices @ common; Draw = draw; Weight = weight }

    let private tableLike =
        [ name; schema; rarely "fillfactor" 3; rarely "unlogged" 1; rarely "rls" 3; rarely "replica" 2 ]

    let private sequence = [ rarely "increment" 3; rarely "start" 3; rarely "cache" 2; rarely "cycle" 1 ]

    let private routine =
        [ rarely "strict" 1; rarely "security" 1; rarely "parallel" 1; rarely "cost" 2; rarely "setting" 3 ]

    let private key =
        [ name
          refers "table" Model.tables
          columnOf "c1" "table"
          maybeColumnOf "c2" "table"
          rarely "deferrable" 2 ]

    let private view =
        [ name
          schema
          refers "from" (Model.relations @ [ ItemKind.Rows ])
          upto "columns" 3
          rarely "compute" 3
          maybeColumnOf "where" "from"
          upto "predicate" 5
          fn
          mayRefer "join" Model.relations
          rarely "form" 6
          rarely "columncomment" 2 ]

    let spec' kind =
        match kind with
        | ItemKind.Schema -> spec 3 TypeKinds.schema [ name ]
        | ItemKind.Collation -> spec 1 TypeKinds.collation [ name; schema; upto "how" 2 ]
        | ItemKind.Enum -> spec 5 TypeKinds.enum [ name; schema; among "values" 8 ]
        | ItemKind.Domain ->
            spec
                5
                TypeKinds.domain
                ([ name; schema; collation; rarely "collate" 2; upto "default" 3; rarely "notnull" 1; fn ]
                 @ typed
                 @ [ upto "check1" 5; rarely "named1" 1; rarely "check2" 5; rarely "named2" 1 ])
        | ItemKind.Composite ->
            spec
                4
                TypeKinds.composite
                [ name
                  schema
                  upto "a1" 20
                  upto "a2" 20
                  upto "a3" 20
                  rarely "a4" 20
                  mayRefer "typeref" [ ItemKind.Enum; ItemKind.Domain ]
                  rarely "collate" 2
                  rarely "attributecomment" 2 ]
        | ItemKind.RangeType -> spec 2 TypeKinds.range [ name; schema; upto "subtype" 4; rarely "multirange" 1 ]
        | ItemKind.Sequence ->
            spec
                4
                TypeKinds.sequence
                ([ name; schema; rarely "kind" 2; rarely "unlogged" 1; mayRefer "ownedby" [ ItemKind.Column ] ]
                 @ sequence)
        | ItemKind.Scalar ->
            spec
                5
                RoutineKinds.scalar
                ([ name
                   schema
                   upto "argument" 2
                   upto "body" 3
                   rarely "result" 2
                   rarely "more" 4
                   among "language" 4 ]
                 @ routine)
        | ItemKind.Table -> spec 6 TableKinds.table tableLike
        | ItemKind.Partitioned ->
            spec
                5
                TableKinds.table
                (tableLike @ [ among "strategy" 3; columnOf "key" "self"; rarely "keyform" 1; rarely "plain" 1 ])
        | ItemKind.Partition ->
            spec
                6
                TableKinds.partition
                (tableLike
                 @ [ refers "parent" [ ItemKind.Partitioned; ItemKind.Partition ]
                     among "slot" 8
                     rarely "detached" 2
                     rarely "sub" 1
                     among "strategy" 3
                     columnOf "key" "self" ])
        | ItemKind.Child ->
            spec
                4
                TableKinds.child
                (tableLike
                 @ [ refers "parent" [ ItemKind.Table; ItemKind.Child ]
                     mayRefer "second" [ ItemKind.Table ]
                     rarely "loose" 2 ])
        | ItemKind.Typed -> spec 2 TableKinds.typed (tableLike @ [ refers "composite" [ ItemKind.Composite ] ])
        | ItemKind.ForeignTable -> spec 2 TableKinds.foreign [ name; schema; rarely "options" 2; rarely "server" 1 ]
        | ItemKind.Column ->
            spec
                14
                ColumnKind.column
                ([ name
                   refers "table" [ ItemKind.Table; ItemKind.Partitioned; ItemKind.Child; ItemKind.ForeignTable ] ]
                 @ typed
                 @ [ rarely "notnull" 1
                     rarely "default" 5
                     mayRefer "sequence" [ ItemKind.Sequence ]
                     fn
                     rarely "auto" 3
                     maybeColumnOf "generated" "table"
                     upto "predicate" 3
                     rarely "collate" 2
                     collation
                     rarely "compression" 1
                     rarely "storage" 3
                     rarely "statistics" 3
                     rarely "options" 2 ]
                 @ sequence)
        | ItemKind.Override ->
            spec
                3
                ColumnKind.override'
                [ refers "table" [ ItemKind.Partition; ItemKind.Child; ItemKind.Typed ]
                  columnOf "column" "table"
                  upto "default" 4
                  rarely "notnull" 1
                  rarely "statistics" 2
                  rarely "options" 2
                  rarely "storage" 1 ]
        | ItemKind.Primary ->
            spec
                5
                KeyKinds.primary
                (key
                 @ [ maybeColumnOf "include" "table"; rarely "fillfactor" 3; rarely "mark" 2; rarely "indexcomment" 2 ])
        | ItemKind.Unique ->
            spec
                5
                KeyKinds.unique'
                (key
                 @ [ maybeColumnOf "include" "table"
                     rarely "fillfactor" 3
                     rarely "nulls" 1
                     rarely "mark" 2
                     rarely "indexcomment" 2 ])
        | ItemKind.Foreign ->
            spec
                6
                KeyKinds.foreign
                (key
                 @ [ refers "key" [ ItemKind.Primary; ItemKind.Unique ]
                     upto "update" 4
                     upto "delete" 5
                     rarely "match" 1
                     rarely "invalid" 1 ])
        | ItemKind.Check ->
            spec 5 KeyKinds.check (key @ [ upto "predicate" 7; fn; rarely "noinherit" 1; rarely "invalid" 1 ])
        | ItemKind.Exclusion -> spec 2 KeyKinds.exclusion (key @ [ upto "predicate" 3; fn; rarely "where" 1 ])
        | ItemKind.Index ->
            spec
                8
                KeyKinds.index
                [ name
                  refers "table" (ItemKind.MatView :: Model.tables)
                  columnOf "c1" "table"
                  maybeColumnOf "c2" "table"
                  upto "method" 4
                  rarely "order" 3
                  rarely "opclass" 2
                  rarely "unique" 1
                  rarely "expression" 1
                  upto "predicate" 3
                  fn
                  maybeColumnOf "include" "table"
                  maybeColumnOf "where" "table"
                  rarely "fillfactor" 3
                  rarely "nulls" 1
                  rarely "statistics" 2
                  rarely "mark" 2 ]
        | ItemKind.View ->
            spec 8 ViewKinds.view (view @ [ upto "options" 3; rarely "checkoption" 2; rarely "columndefault" 3 ])
        | ItemKind.MatView -> spec 4 ViewKinds.materialized (view @ [ rarely "fillfactor" 3; rarely "nodata" 1 ])
        | ItemKind.Rows ->
            spec
                4
                RoutineKinds.rows
                ([ name
                   schema
                   refers "from" Model.relations
                   upto "result" 1
                   among "language" 3
                   rarely "rows" 2 ]
                 @ routine)
        | ItemKind.Procedure ->
            spec
                2
                RoutineKinds.procedure
                ([ name
                   schema
                   upto "more" 3
                   upto "body" 2
                   mayRefer "into" [ ItemKind.Table ]
                   among "language" 2 ]
                 @ typed)
        | ItemKind.Aggregate -> spec 1 RoutineKinds.aggregate [ name; schema; upto "how" 4 ]
        | ItemKind.Operator -> spec 1 RoutineKinds.operator [ schema; refers "fn" [ ItemKind.Scalar ]; upto "sign" 2 ]
        | ItemKind.Cast ->
            spec
                1
                RoutineKinds.cast
                [ refers "typeref" [ ItemKind.Enum; ItemKind.Composite ]; upto "target" 2; upto "how" 1 ]
        | ItemKind.TriggerFunction ->
            spec 3 RoutineKinds.triggerFunction ([ name; schema; upto "body" 3; rarely "null" 1 ] @ routine)
        | ItemKind.Trigger ->
            spec
                5
                BehaviourKinds.trigger
                [ name
                  refers "table" (ItemKind.View :: Model.tables)
                  refers "function" [ ItemKind.TriggerFunction ]
                  maybeColumnOf "column" "table"
                  among "events" 5
                  upto "after" 1
                  rarely "statement" 1
                  rarely "constraint" 3
                  rarely "transition" 1
                  upto "when" 1
                  rarely "arguments" 2
                  rarely "enabled" 3 ]
        | ItemKind.Rule ->
            spec
                2
                ViewKinds.rule
                [ name
                  refers "table" [ ItemKind.Table; ItemKind.View ]
                  columnOf "c1" "table"
                  among "event" 3
                  rarely "also" 1
                  rarely "when" 1
                  upto "action" 2
                  mayRefer "into" [ ItemKind.Table ]
                  rarely "enabled" 3 ]
        | ItemKind.Policy ->
            spec
                4
                BehaviourKinds.policy
                [ name
                  refers "table" Model.tables
                  columnOf "c1" "table"
                  upto "predicate" 5
                  fn
                  mayRefer "other" [ ItemKind.Table ]
                  among "command" 5
                  rarely "restrictive" 1
                  upto "roles" 2
                  upto "check" 1 ]
        | ItemKind.Statistics ->
            spec
                2
                BehaviourKinds.statistics
                [ name
                  schema
                  refers "table" (ItemKind.MatView :: Model.tables)
                  columnOf "c1" "table"
                  columnOf "c2" "table"
                  upto "kinds" 3
                  rarely "expression" 1
                  upto "predicate" 2
                  fn
                  rarely "target" 3 ]
        | ItemKind.Publication ->
            spec
                2
                BehaviourKinds.publication
                [ name
                  schema
                  upto "what" 3
                  refers "table" [ ItemKind.Table; ItemKind.Partitioned; ItemKind.Child ]
                  maybeColumnOf "c1" "table"
                  rarely "list" 1
                  rarely "where" 2
                  rarely "options" 2 ]
        | ItemKind.TextSearch ->
            spec 1 BehaviourKinds.textSearch [ name; schema; upto "accept" 1; upto "words" 1; upto "numbers" 1 ]
        | ItemKind.DefaultPrivileges -> spec 1 BehaviourKinds.defaultPrivileges [ schema; upto "role" 1; upto "what" 5 ]
        | ItemKind.EventTrigger ->
            spec 1 BehaviourKinds.eventTrigger [ name; upto "event" 2; rarely "tags" 1; rarely "enabled" 3 ]
        | ItemKind.BaseType ->
            spec
                2
                ExoticKinds.baseType
                [ name
                  schema
                  upto "like" 2
                  rarely "send" 1
                  rarely "default" 3
                  rarely "category" 2
                  rarely "delimiter" 1
                  rarely "storage" 1
                  rarely "said" 2
                  rarely "shared" 1 ]
        | ItemKind.Server ->
            spec
                2
                ExoticKinds.server
                [ name
                  rarely "wrapper" 3
                  rarely "type" 1
                  rarely "version" 2
                  upto "options" 3
                  upto "mapping" 1
                  upto "user" 3 ]
        | ItemKind.Subscription ->
            spec
                1
                ExoticKinds.subscription
                [ name
                  upto "slot" 3
                  rarely "binary" 1
                  rarely "streaming" 1
                  rarely "phases" 1
                  rarely "commit" 1
                  upto "place" 2
                  upto "what" 2 ]
        | ItemKind.Language ->
            spec
                1
                ExoticKinds.language
                [ name; upto "trusted" 1; rarely "inline" 1; rarely "validator" 1; upto "used" 1 ]
        | ItemKind.Conversion -> spec 1 ExoticKinds.conversion [ name; schema; rarely "default" 1 ]
        | ItemKind.OperatorFamily ->
            spec 1 ExoticKinds.family [ name; schema; upto "wide" 1; upto "narrow" 1; upto "class" 1 ]
