namespace SchemaToolkit

open System
open System.Threading.Tasks

/// A statement with all it needs: SQL, parameters and how the result is read. The type says how many rows there are:
/// `'T` one, `'T option` at most one, `'T list` many, `int64` the number affected, `unit` exactly the number expected.
[<NoEquality; NoComparison>]
type Query<'Result> =
    internal
        { Sql: Database -> Sql
          Execute: Database -> Task<'Result> }

    /// The SQL that the engine of this database gets, without the values.
    member this.Text(db: Database) : string = (Render.sql db (this.Sql db)).Text

/// How a result is read, whether it comes from a statement or from free SQL.
[<RequireQualifiedAccess>]
module internal Cardinality =
    let private wrongCount (db: Database) (sql: Sql) (what: string) (state: string) : 'T =
        DataError.rowCount "" what (Render.sql db sql).Text state "Check the condition, or read the result another way."
        |> DataError.raiseIt

    let private untouched =
        "What the statement did stays done unless a transaction around it is rolled back."

    let many (table: Table option) (row: Row<'T>) (sql: Database -> Sql) : Query<'T list> =
        { Sql = sql
          Execute =
            fun db ->
                task {
                    let! found = Execute.rows db (sql db) table row Int32.MaxValue
                    return List.ofSeq found
                } }

    let optional (table: Table option) (row: Row<'T>) (sql: Database -> Sql) : Query<'T option> =
        { Sql = sql
          Execute =
            fun db ->
                task {
                    let text = sql db
                    let! found = Execute.rows db text table row 2

                    return
                        match found.Count with
                        | 0 -> None
                        | 1 -> Some found[0]
                        | _ -> wrongCount db text "At most one row was expected; there are several." untouched
                } }

    let single (table: Table option) (row: Row<'T>) (sql: Database -> Sql) : Query<'T> =
        { Sql = sql
          Execute =
            fun db ->
                task {
                    let text = sql db
                    let! found = Execute.rows db text table row 2

                    return
                        match found.Count with
                        | 1 -> found[0]
                        | 0 -> wrongCount db text "One row was expected; there is none." untouched
                        | _ -> wrongCount db text "One row was expected; there are several." untouched
                } }

    let affected (sql: Database -> Sql) : Query<int64> = { Sql = sql; Execute = fun db -> Execute.affected db (sql db) }

    let exactly (expected: int64) (sql: Database -> Sql) : Query<unit> =
        { Sql = sql
          Execute =
            fun db ->
                task {
                    let text = sql db
                    let! count = Execute.affected db text

                    if count <> expected then
                        wrongCount db text $"{expected} rows were to be changed; {count} were." untouched
                } }
