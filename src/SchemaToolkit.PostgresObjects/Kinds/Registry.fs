namespace SchemaToolkit.PostgresObjects

/// The rules of every kind.
[<RequireQualifiedAccess>]
module Registry =
    /// Kinds that are read, compared and planned whole.
    let rules (kind: Kind) : KindRules =
        match kind with
        | Kind.Schema -> Schemas.rules
        | Kind.Extension -> Extensions.rules
        | Kind.Enum -> Enums.rules
        | Kind.Domain -> Domains.rules
        | Kind.DomainConstraint -> DomainConstraints.rules
        | Kind.Composite -> Composites.rules
        | Kind.Attribute -> Composites.attributeRules
        | Kind.Range -> Ranges.rules
        | Kind.Sequence -> Sequences.rules
        | Kind.SequenceOwner -> SequenceOwners.rules
        | Kind.Table
        | Kind.ForeignTable -> Tables.rules
        | Kind.Attachment -> Attachments.rules
        | Kind.Inheritance -> Inheritances.rules
        | Kind.Column -> Columns.rules
        | Kind.Default -> Defaults.rules
        | Kind.Constraint -> Constraints.rules
        | Kind.Index -> Indexes.rules
        | Kind.View
        | Kind.MaterializedView -> Views.rules
        | Kind.Rule -> RewriteRules.rules
        | Kind.Trigger -> Triggers.rules
        | Kind.Policy -> Policies.rules
        | Kind.Function
        | Kind.Procedure -> Routines.rules
        | Kind.Role
        | Kind.Language
        | Kind.BaseType
        | Kind.EventTrigger
        | Kind.Aggregate
        | Kind.Operator
        | Kind.OperatorClass
        | Kind.OperatorFamily
        | Kind.AccessMethod
        | Kind.Cast
        | Kind.Conversion
        | Kind.Collation
        | Kind.Statistics
        | Kind.TextSearchParser
        | Kind.TextSearchTemplate
        | Kind.TextSearchDictionary
        | Kind.TextSearchConfiguration
        | Kind.ForeignDataWrapper
        | Kind.Server
        | Kind.UserMapping
        | Kind.Publication
        | Kind.PublicationTable
        | Kind.PublicationSchema
        | Kind.Subscription
        | Kind.Transform -> Texts.rules kind
        | Kind.MemberPrivileges -> MemberPrivileges.rules
        | Kind.DefaultPrivileges -> DefaultPrivileges.rules
