namespace SchemaToolkit.Cli

open System
open System.Text.Json.Nodes
open SchemaToolkit

/// One step in words, with its statements.
type SqliteChange = { Action: string; Sql: string list }

/// The difference between two SQLite databases: Core's steps in the driver's statements; views and triggers, which SQLite keeps
/// as they were written, as texts.
[<RequireQualifiedAccess>]
module SqliteDiff =
    let private key (attachment: Attachment) = attachment.Kind, attachment.Name
    let private isText (attachment: Attachment) = attachment.Kind = "view" || attachment.Kind = "trigger"

    /// Those of the first that the second has not, or has with another text; a trigger goes and comes with its view.
    let private lacking (mine: Attachment list) (others: Attachment list) =
        let lacks =
            mine
            |> List.filter (fun a -> isText a && not (others |> List.exists (fun o -> key o = key a && o.Sql = a.Sql)))

        let views = lacks |> List.filter (fun a -> a.Kind = "view") |> List.map _.Table |> Set.ofList

        mine |> List.filter (fun a -> List.contains a lacks || a.Kind = "trigger" && views.Contains a.Table)

    let private drop (attachment: Attachment) =
        { Action = $"drop {attachment.Kind} {attachment.Name}"
          Sql = [ $"DROP {attachment.Kind.ToUpperInvariant()} IF EXISTS {SqliteName.quote attachment.Name}" ] }

    let private create (attachment: Attachment) =
        { Action = $"create {attachment.Kind} {attachment.Name}"
          Sql = [ attachment.Sql ] }

    /// Explaining only proves something to a program that runs it.
    let private isProof (statement: string) = statement.StartsWith("EXPLAIN ", StringComparison.Ordinal)

    /// Both catalogs are read back from SQLite, so equal texts are equal.
    let between (before: SqliteState) (after: SqliteState) : SqliteChange list =
        let asOne (schema: Schema) = { schema with Plugin = Namespace.host; Namespace = Namespace.host }

        let steps = Diff.between (asOne before.Catalog.Schema) (asOne after.Catalog.Schema)
        let gone = lacking before.Catalog.Attachments after.Catalog.Attachments
        let made = lacking after.Catalog.Attachments before.Catalog.Attachments

        let live =
            { before.Catalog with
                Attachments = before.Catalog.Attachments |> List.filter (fun a -> not (List.contains a gone)) }

        let operations =
            SqliteLower.lower before.Capabilities live after.Catalog.Schema steps |> List.collect _.Operations

        let ofKind kind = List.filter (fun (a: Attachment) -> a.Kind = kind)

        [ yield! ofKind "trigger" gone @ ofKind "view" gone |> List.map drop
          for operation in operations do
              { Action = operation.Covers |> List.map Describe.step |> String.concat "; "
                Sql = operation.Statements |> List.filter (isProof >> not) }
          yield! ofKind "view" made @ ofKind "trigger" made |> List.map create ]

    /// Runnable by `sqlite3 -bail FILE`; nothing when there is nothing to do. Foreign keys are off meanwhile: a table that is made
    /// anew would take the rows that reference it along.
    let sql (changes: SqliteChange list) : string =
        match changes |> List.collect _.Sql with
        | [] -> ""
        | statements ->
            [ "PRAGMA foreign_keys = OFF;"
              "BEGIN IMMEDIATE;"
              for statement in statements do
                  statement + ";"
              "COMMIT;"
              "PRAGMA foreign_keys = ON;"
              "PRAGMA foreign_key_check;" ]
            |> String.concat "\n"

    let text (changes: SqliteChange list) : string = changes |> List.map _.Action |> String.concat "\n"

    /// What the schema cannot hold, in words; views and triggers are compared here.
    let notes (before: SqliteState) (after: SqliteState) : string list =
        let isCompared (state: SqliteState) (line: string) =
            state.Catalog.Attachments
            |> List.exists (fun a ->
                isText a
                && (line = $"view {a.Table}" || line.StartsWith($"trigger {a.Name} on ", StringComparison.Ordinal)))

        [ for state in [ before; after ] do
              yield! state.Catalog.Unmodelled |> List.filter (isCompared state >> not) ]
        |> List.distinct

    let json (notes: string list) (changes: SqliteChange list) : string =
        let steps =
            [ for change in changes do
                  let step = JsonObject()
                  step["action"] <- JsonValue.Create change.Action
                  step["sql"] <- Output.texts change.Sql
                  step ]

        Output.document steps notes
