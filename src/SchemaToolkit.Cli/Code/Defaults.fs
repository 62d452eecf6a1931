namespace SchemaToolkit.Cli

open System.Text.RegularExpressions
open System.Threading
open System.Threading.Tasks
open System.Data.Common
open SchemaToolkit
open SchemaToolkit.Migrating

/// A catalog keeps every default as a text; a person would have written `Default.now` or a constant.
[<RequireQualifiedAccess>]
module Defaults =
    let private unquoted (text: string) =
        // As both engines print them: quotes doubled, PostgreSQL with the type behind.
        let hit = Regex.Match(text, @"\A\(?'((?:[^']|'')*)'(?:::[^()]+)?\)?\z")
        if hit.Success then Some(hit.Groups[1].Value.Replace("''", "'")) else None

    let private whole (text: string) =
        match System.Int64.TryParse(text.Trim('(', ')')) with
        | true, number -> Some number
        | false, _ -> None

    let private literal (columnType: ColumnType) (text: string) : ColumnDefault option =
        let made = Option.map ColumnDefault.Literal

        match columnType with
        | ColumnType.Boolean ->
            match text.Trim('(', ')').ToLowerInvariant() with
            | "true"
            | "1" -> made (Some(Literal.Boolean true))
            | "false"
            | "0" -> made (Some(Literal.Boolean false))
            | _ -> None
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt -> whole text |> Option.map Literal.Integer |> made
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Enum _
        | ColumnType.Json
        | ColumnType.Jsonb -> unquoted text |> Option.map Literal.Text |> made
        | _ -> None

    /// What the author may have meant.
    let private guess (column: ColumnDef) : ColumnDefault option =
        match column.Default with
        | Some(ColumnDefault.Expression sql) ->
            let text = SqlText.describe sql

            match column.Type with
            | ColumnType.Uuid -> Some ColumnDefault.NewUuid
            | ColumnType.Timestamp
            | ColumnType.LocalTimestamp when text.Contains "now" -> Some ColumnDefault.Now
            | other -> literal other text
        | Some(ColumnDefault.Literal _)
        | Some ColumnDefault.NewUuid
        | Some ColumnDefault.Now
        | None -> None

    let private mapColumns (f: Table -> ColumnDef -> ColumnDef) (schema: Schema) : Schema =
        { schema with
            Tables = schema.Tables |> List.map (fun t -> { t with Columns = List.map (f t) t.Columns }) }

    /// Guesses that the engine itself renders as what is there; the others stay texts.
    let recognise (driver: Driver) (connection: DbConnection) (live: Schema) (ct: CancellationToken) : Task<Schema> =
        task {
            let guessed =
                live
                |> mapColumns (fun _ column -> { column with Default = guess column |> Option.orElse column.Default })

            let! transaction = driver.BeginRead connection ct
            use transaction = transaction
            let! canonical = driver.Canonicalise connection guessed ct
            do! transaction.RollbackAsync ct
            let there = Texts.renditions live

            return
                live
                |> mapColumns (fun table column ->
                    let slot = TextSlot.Default(table.Name, column.Name)

                    match guess column, canonical.TryFind slot, there.TryFind slot with
                    | Some value, Some rendered, Some text when rendered = text -> { column with Default = Some value }
                    | _ -> column)
        }
