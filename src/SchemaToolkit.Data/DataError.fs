namespace SchemaToolkit

open System

/// What went wrong with data, by what a program can do about it.
[<RequireQualifiedAccess>]
type DataErrorKind =
    /// The engine refused the statement.
    | Refused of failure: FailureKind
    /// A value does not fit its column; found before anything was sent.
    | Value
    /// A row could not be read as what the program expects.
    | Decode
    /// A query or repository that does not fit its table.
    | Definition
    /// No row, or another number of rows than expected.
    | RowCount
    /// An agent-scoped table without an agent, or with another one.
    | Agent

/// One error of the data layer: what happened, where, what the database is like now, and the way out.
/// It never holds a password or the value of a parameter.
type DataError =
    {
        Kind: DataErrorKind
        /// SQLSTATE on PostgreSQL, the extended result code on SQLite; a word of our own where no engine was asked.
        Code: string
        /// The table, column or constraint concerned; empty when unknown.
        Object: string
        What: string
        /// The statement without its values, or the function.
        Where: string
        State: string
        WayOut: string
        /// In a bulk insert, the record concerned, counted from zero.
        Record: int64 option
    }

    override this.ToString() =
        [ this.What
          if this.Where <> "" then
              $"Where: {this.Where}"
          this.State
          this.WayOut ]
        |> List.filter (fun line -> line <> "")
        |> String.concat "\n"

/// Raised by everything in the data layer; `Database.tryRun` returns it as a result instead.
[<Sealed>]
type DatabaseException(error: DataError, cause: exn | null) =
    inherit Exception(string error, cause)
    member _.Error = error

    /// The same transaction may succeed when tried again.
    member _.IsTransient =
        match error.Kind with
        | DataErrorKind.Refused FailureKind.Transient -> true
        | DataErrorKind.Refused _
        | DataErrorKind.Value
        | DataErrorKind.Decode
        | DataErrorKind.Definition
        | DataErrorKind.RowCount
        | DataErrorKind.Agent -> false

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module DataError =
    let private unchanged = "Nothing was sent to the database."

    let private make kind code object what where state wayOut =
        { Kind = kind
          Code = code
          Object = object
          What = what
          Where = where
          State = state
          WayOut = wayOut
          Record = None }

    /// A value that does not fit its column.
    let value (object: string) (what: string) =
        make DataErrorKind.Value "value" object what "" unchanged "Give a value that the column's type holds."

    /// A query, codec or repository that does not fit its table.
    let definition (object: string) (what: string) (wayOut: string) =
        make DataErrorKind.Definition "definition" object what "" unchanged wayOut

    /// A row that cannot be read as expected.
    let decode (object: string) (what: string) (wayOut: string) =
        make DataErrorKind.Decode "decode" object what "" "Reading changed nothing." wayOut

    /// Another number of rows than expected.
    let rowCount (object: string) (what: string) (where: string) (state: string) (wayOut: string) =
        make DataErrorKind.RowCount "row-count" object what where state wayOut

    /// An agent-scoped table used without its agent.
    let agent (object: string) (what: string) (wayOut: string) =
        make DataErrorKind.Agent "agent" object what "" unchanged wayOut

    let private wayOutOf (kind: FailureKind) =
        match kind with
        | FailureKind.Duplicate -> "Use another key, or an upsert on that key."
        | FailureKind.ForeignKey -> "Insert the row that is referred to first, or delete those that refer to it."
        | FailureKind.NotNull -> "Give the column a value or a default."
        | FailureKind.Check -> "Give values that the constraint allows."
        | FailureKind.Value -> "Give a value that the column's type holds."
        | FailureKind.Transient -> "Run the transaction again; Database.transaction does so within its retry policy."
        | FailureKind.Unavailable -> "Check that the server is running and can be reached, then try again."
        | FailureKind.Forbidden -> "Grant the right to the role, or use a database that may be written."
        | FailureKind.Missing -> "Check that the migrations have run and the namespace is the right one."
        | FailureKind.Other -> ""

    /// The engine's refusal.
    let refused (where: string) (failure: DatabaseFailure) =
        let record =
            match failure.Record with
            | Some index -> $" The record with index {index} is at fault."
            | None -> ""

        { make
              (DataErrorKind.Refused failure.Kind)
              failure.Code
              (Option.defaultValue "" failure.Object)
              $"The database refused the statement ({failure.Code}): {failure.Message.TrimEnd('.')}.{record}"
              where
              "The statement changed nothing; a transaction around it is rolled back unless it goes on by itself."
              (wayOutOf failure.Kind) with
            Record = failure.Record }

    let raiseIt (error: DataError) : 'T = raise (DatabaseException(error, null))
