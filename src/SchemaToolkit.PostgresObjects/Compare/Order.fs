namespace SchemaToolkit.PostgresObjects

/// Reading order among steps that are free to run.
[<RequireQualifiedAccess>]
module Order =
    let kind (kind: Kind) : int =
        match kind with
        | Kind.Role -> -1
        | Kind.Schema -> 0
        | Kind.Language -> 1
        | Kind.Extension -> 2
        | Kind.ForeignDataWrapper
        | Kind.Server
        | Kind.UserMapping -> 3
        | Kind.Collation -> 4
        | Kind.BaseType
        | Kind.Enum
        | Kind.Domain
        | Kind.DomainConstraint
        | Kind.Composite
        | Kind.Attribute
        | Kind.Range -> 5
        | Kind.Sequence -> 6
        | Kind.Table
        | Kind.ForeignTable -> 7
        | Kind.Column
        | Kind.Default -> 8
        | Kind.SequenceOwner -> 9
        | Kind.Attachment
        | Kind.Inheritance -> 10
        | Kind.Function
        | Kind.Procedure
        | Kind.Aggregate
        | Kind.Transform -> 11
        | Kind.Operator
        | Kind.OperatorFamily
        | Kind.OperatorClass
        | Kind.AccessMethod
        | Kind.Cast
        | Kind.Conversion -> 12
        | Kind.TextSearchParser
        | Kind.TextSearchTemplate
        | Kind.TextSearchDictionary
        | Kind.TextSearchConfiguration -> 13
        | Kind.Constraint -> 14
        | Kind.Index
        | Kind.Statistics -> 15
        | Kind.View
        | Kind.MaterializedView -> 16
        | Kind.Rule
        | Kind.Trigger
        | Kind.Policy -> 17
        | Kind.EventTrigger
        | Kind.Publication
        | Kind.PublicationTable
        | Kind.PublicationSchema
        | Kind.Subscription -> 18
        | Kind.MemberPrivileges
        | Kind.DefaultPrivileges -> 19
