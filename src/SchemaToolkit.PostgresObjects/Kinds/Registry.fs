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
        | Kind.BaseType -> BaseTypes.rules
        | Kind.Collation -> Collations.rules
        | Kind.Aggregate -> Aggregates.rules
        | Kind.Statistics -> StatisticsObjects.rules
        | Kind.EventTrigger -> EventTriggers.rules
        | Kind.Operator -> Operators.rules
        | Kind.OperatorFamily -> OperatorFamilies.rules
        | Kind.TextSearchDictionary -> Dictionaries.rules
        | Kind.TextSearchConfiguration -> Configurations.rules
        | Kind.ForeignDataWrapper -> Foreign.wrappers
        | Kind.Server -> Foreign.servers
        | Kind.UserMapping -> Foreign.mappings
        | Kind.Publication -> Publications.rules
        | Kind.PublicationTable
        | Kind.PublicationSchema -> Publications.members
        | Kind.Subscription -> Subscriptions.rules
        | Kind.Role
        | Kind.Language
        | Kind.OperatorClass
        | Kind.AccessMethod
        | Kind.Cast
        | Kind.Conversion
        | Kind.TextSearchParser
        | Kind.TextSearchTemplate
        | Kind.Transform -> Texts.rules kind
        | Kind.MemberPrivileges -> MemberPrivileges.rules
        | Kind.DefaultPrivileges -> DefaultPrivileges.rules
