namespace SchemaToolkit

open System
open System.Collections.Generic
open System.Data.Common
open System.Text

/// A statement in an engine's own words, ready to be sent.
[<NoEquality; NoComparison>]
type internal Rendered = { Text: string; Parameters: DbParameter list }

/// SQL values as one engine writes them.
[<RequireQualifiedAccess>]
module internal Render =
    let private unfit (column: string) (error: ArgumentException) : exn =
        DatabaseException(DataError.value column $"The value for column {column} does not fit: {error.Message}", error)

    /// A hole for a parameter. Engines with named placeholders take the name from the hole.
    let private hole (dialect: Dialect) (parameters: List<DbParameter>) (parameter: DbParameter) =
        parameters.Add parameter
        let placeholder = dialect.Placeholder parameters.Count

        if placeholder.StartsWith '@' then
            parameter.ParameterName <- placeholder

        placeholder

    let private make (name: string) (parameter: unit -> DbParameter) =
        try
            parameter ()
        with :? ArgumentException as error ->
            raise (unfit name error)

    let rec private write (db: Database) (text: StringBuilder) (parameters: List<DbParameter>) (part: SqlPart) =
        let dialect = db.Dialect

        match part with
        | SqlPart.Text piece -> text.Append piece |> ignore
        | SqlPart.Name name -> text.Append(dialect.QuoteName name) |> ignore
        | SqlPart.Qualified(alias, name) ->
            text.Append(dialect.QuoteName alias).Append('.').Append(dialect.QuoteName name) |> ignore
        | SqlPart.Table table -> text.Append(dialect.TableName(Run.place db table)) |> ignore
        | SqlPart.Value value ->
            let parameter = make "of the statement" (fun () -> dialect.FreeParameter value)
            text.Append(hole dialect parameters parameter) |> ignore
        | SqlPart.Stored(column, value) ->
            let parameter = make column.Name (fun () -> dialect.Parameter column.Type value)
            text.Append(dialect.Cast column.Type (hole dialect parameters parameter)) |> ignore
        | SqlPart.Compared(column, value) ->
            let parameter = make column.Name (fun () -> dialect.Operand column.Type value)
            text.Append(dialect.Cast column.Type (hole dialect parameters parameter)) |> ignore
        | SqlPart.Call(sqlFunction, arguments) ->
            let written = arguments |> List.map (inside db parameters)
            text.Append(dialect.Call sqlFunction written) |> ignore
        | SqlPart.Comparable(columnType, expression) ->
            text.Append(dialect.Comparable columnType (inside db parameters expression)) |> ignore
        | SqlPart.Output(columnType, expression) ->
            text.Append(dialect.Output columnType (inside db parameters expression)) |> ignore

    and private inside db parameters (sql: Sql) =
        match sql.Parts with
        | [ SqlPart.Name name ] -> db.Dialect.QuoteName name
        | parts ->
            let text = StringBuilder()
            parts |> List.iter (write db text parameters)
            string text

    let sql (db: Database) (sql: Sql) : Rendered =
        let text = StringBuilder 256
        let parameters = List<DbParameter>()
        sql.Parts |> List.iter (write db text parameters)

        if parameters.Count > db.Dialect.MaxParameters then
            DataError.definition
                ""
                $"The statement has {parameters.Count} parameters; {db.Dialect.Engine} takes {db.Dialect.MaxParameters}."
                "Use Repository.insertBatch for many rows, or run the statement in parts."
            |> DataError.raiseIt

        { Text = string text; Parameters = List.ofSeq parameters }
