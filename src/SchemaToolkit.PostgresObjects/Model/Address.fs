namespace SchemaToolkit.PostgresObjects

open System

/// Every kind of object that a PostgreSQL database keeps and that has a life of its own.
[<RequireQualifiedAccess>]
type Kind =
    /// Of the whole server: only what a script needs and the server has not.
    | Role
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
    /// That a table inherits from another, or has its columns from a type.
    | Inheritance
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
    /// What was granted or revoked on a member of an extension.
    | MemberPrivileges
    | DefaultPrivileges

/// Which object: stable across databases, unlike an oid. Names are unquoted. Ordered by kind, schema, name, part and
/// arguments; written out because a large database compares addresses millions of times.
[<CustomEquality; CustomComparison>]
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

    member this.Equals(other: Address) =
        obj.ReferenceEquals(this, other)
        || this.Kind = other.Kind
           && String.Equals(this.Name, other.Name)
           && String.Equals(this.Part, other.Part)
           && String.Equals(this.Schema, other.Schema)
           && String.Equals(this.Arguments, other.Arguments)

    member this.CompareTo(other: Address) =
        let text (a: string) (b: string) = if obj.ReferenceEquals(a, b) then 0 else String.CompareOrdinal(a, b)

        match
            (if obj.ReferenceEquals(this.Kind, other.Kind) then
                 0
             else
                 compare this.Kind other.Kind)
        with
        | 0 ->
            match text this.Schema other.Schema with
            | 0 ->
                match text this.Name other.Name with
                | 0 ->
                    match text this.Part other.Part with
                    | 0 -> text this.Arguments other.Arguments
                    | order -> order
                | order -> order
            | order -> order
        | order -> order

    override this.Equals(other: obj | null) =
        match other with
        | :? Address as address -> this.Equals address
        | _ -> false

    override this.GetHashCode() = HashCode.Combine(this.Kind, this.Name, this.Part)

    interface IEquatable<Address> with
        member this.Equals other =
            match other with
            | null -> false
            | other -> this.Equals other

    interface IComparable<Address> with
        member this.CompareTo other =
            match other with
            | null -> 1
            | other -> this.CompareTo other

    interface IComparable with
        member this.CompareTo other =
            match other with
            | :? Address as address -> this.CompareTo address
            | null -> 1
            | _ -> invalidArg (nameof other) "An address is compared with an address."

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Address =
    let create kind schema name : Address = { Kind = kind; Schema = schema; Name = name; Part = ""; Arguments = "" }

    /// The table that a part of one belongs to.
    let tableOf (part: Address) : Address = { part with Kind = Kind.Table; Part = "" }

    let part kind schema name part : Address = { create kind schema name with Part = part }
    let signature kind schema name arguments : Address = { create kind schema name with Arguments = arguments }
