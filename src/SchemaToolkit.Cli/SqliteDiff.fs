namespace SchemaToolkit.Cli

open System
open System.Text.Json.Nodes
open SchemaToolkit

/// One step in words, with its statements.
type SqliteChange = { Action: string; Sql: string list }

/// The difference between two SQLite databases: Core's steps in the driver's statements.
[<RequireQualifiedAccess>]
module SqliteDiff =
    /// Explaining only proves something to a program that runs it.
    let private isProof (statement: string) = statement.StartsWith("EXPLAIN ", StringComparison.Ordinal)

    let private asOne (schema: Schema) = { schema with Plugin = Namespace.host; Namespace = Namespace.host }

    /// The changes, and what could go wrong with them. Both catalogs are read back from SQLite, so equal texts are equal.
    let between (before: SqliteState) (after: SqliteState) : SqliteChange list * Told list =
        let live = before.Catalog
        let mine = asOne live.Schema
        let steps = Diff.between mine (asOne after.Catalog.Schema)

        let changes =
            SqliteLower.lower before.Capabilities live after.Catalog.Schema steps
            |> List.collect _.Operations
            |> List.map (fun operation ->
                { Action = operation.Covers |> List.map Describe.step |> String.concat "; "
                  Sql = operation.Statements |> List.filter (isProof >> not) })

        let hazards = Hazards.ofSteps mine steps @ SqliteAssess.ofSteps before.Capabilities live steps
        changes, List.map Told.ofSteps hazards

    /// Runnable by `sqlite3 -bail FILE`; nothing when there is nothing to do. Foreign keys are off meanwhile: a table that is made
    /// anew would take the rows that reference it along.
    let sql (hazards: Told list) (changes: SqliteChange list) : string =
        match changes |> List.collect _.Sql with
        | [] -> ""
        | statements ->
            [ for hazard in hazards do
                  "-- " + Told.line hazard
              "PRAGMA foreign_keys = OFF;"
              "BEGIN IMMEDIATE;"
              for statement in statements do
                  statement + ";"
              "COMMIT;"
              "PRAGMA foreign_keys = ON;"
              "PRAGMA foreign_key_check;" ]
            |> String.concat "\n"

    let text (hazards: Told list) (changes: SqliteChange list) : string =
        [ for change in changes do
              change.Action
          for hazard in hazards do
              "  ! " + Told.line hazard ]
        |> String.concat "\n"

    /// What the schemas cannot hold, in words.
    let notes (before: SqliteState) (after: SqliteState) : string list =
        List.distinct (before.Catalog.Unmodelled @ after.Catalog.Unmodelled)

    /// The statements lean on functions that the toolkit's connections have and the sqlite3 shell has not.
    let needsToolkit (changes: SqliteChange list) : bool =
        changes
        |> List.exists (fun change -> change.Sql |> List.exists _.Contains("schema_cast(", StringComparison.Ordinal))

    let json (notes: string list) (hazards: Told list) (changes: SqliteChange list) : string =
        let steps =
            [ for change in changes do
                  let step = JsonObject()
                  step["action"] <- JsonValue.Create change.Action
                  step["sql"] <- Output.texts change.Sql
                  step ]

        Output.document steps hazards notes
