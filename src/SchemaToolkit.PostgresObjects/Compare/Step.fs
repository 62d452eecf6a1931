namespace SchemaToolkit.PostgresObjects

/// One step of a plan between two databases, with the statements that carry it out.
[<RequireQualifiedAccess>]
type PgStep =
    | Drop of object: PgObject
    | Create of object: PgObject
    | Alter of before: PgObject * after: PgObject
    /// Owner, privileges, comment and security labels.
    | Attributes of before: PgObject option * after: PgObject
    /// The rows of a table that is dropped and made again are put aside, or brought back.
    | MoveRows of table: PgObject

type PgChange = { Step: PgStep; Sql: string list }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module PgStep =
    /// What it is about, as it is called afterwards.
    let address (step: PgStep) : Address =
        match step with
        | PgStep.Drop object
        | PgStep.Create object
        | PgStep.MoveRows object
        | PgStep.Alter(_, object)
        | PgStep.Attributes(_, object) -> object.Address
