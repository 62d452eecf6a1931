namespace SchemaToolkit.PostgresObjects

/// Every kind of object that a PostgreSQL database keeps and that has a life of its own.
[<RequireQualifiedAccess>]
type Kind =
    | Schema
    | Extension
    | Language
    | Enum
    | Domain
    | DomainConstraint
    | Composite
    /// An attribute of a composite type.
    | Attribute
    | Range
    | BaseType
    | Sequence
    /// That a column owns a sequence.
    | SequenceOwner
    /// Also a partitioned table, a partition, a typed table.
    | Table
    | ForeignTable
    /// That a table is a partition of another.
    | Attachment
    | Column
    /// The default or generation expression of a column.
    | Default
    | Constraint
    | Index
    | View
    | MaterializedView
    | Rule
    | Trigger
    | EventTrigger
    | Policy
    | Function
    | Procedure
    | Aggregate
    | Operator
    | OperatorClass
    | OperatorFamily
    | AccessMethod
    | Cast
    | Conversion
    | Collation
    | Statistics
    | TextSearchParser
    | TextSearchTemplate
    | TextSearchDictionary
    | TextSearchConfiguration
    | ForeignDataWrapper
    | Server
    | UserMapping
    | Publication
    | PublicationTable
    | PublicationSchema
    | Subscription
    | Transform
    | DefaultPrivileges

/// Which object: stable across databases, unlike an oid. Names are unquoted.
type Address =
    {
        Kind: Kind
        /// Empty for objects outside schemas.
        Schema: string
        /// The object, or the table, view, domain or type that a part belongs to.
        Name: string
        /// Column, attribute, constraint, trigger, rule or policy of the object named; empty otherwise.
        Part: string
        /// Identity arguments of a function, procedure, aggregate or operator as PostgreSQL prints them, access method of an
        /// operator class or family, the two types of a cast; empty otherwise.
        Arguments: string
    }

    /// For people and for ordering.
    override this.ToString() =
        let name = if this.Schema = "" then this.Name else $"{this.Schema}.{this.Name}"
        let part = if this.Part = "" then "" else $".{this.Part}"
        let arguments = if this.Arguments = "" then "" else $"({this.Arguments})"
        $"{this.Kind} {name}{part}{arguments}"

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Address =
    let create kind schema name : Address = { Kind = kind; Schema = schema; Name = name; Part = ""; Arguments = "" }

    let part kind schema name part : Address = { create kind schema name with Part = part }
    let signature kind schema name arguments : Address = { create kind schema name with Arguments = arguments }
