namespace SchemaToolkit.Cli

open System.Text.Encodings.Web
open System.Text.Json
open System.Text.Json.Nodes
open SchemaToolkit.PostgresObjects

/// How a list of changes is printed.
[<RequireQualifiedAccess>]
module Output =
    /// Runnable by `psql -v ON_ERROR_STOP=1`, with hazards as comments; nothing when there is nothing to do.
    let judged (changes: (PgChange * Told list) list) : string =
        if changes.IsEmpty then
            ""
        else
            [ for statement in Preamble.statements do
                  statement + ";"
              for change, hazards in changes do
                  for hazard in hazards do
                      "-- " + Told.line hazard

                  for statement in change.Sql do
                      statement + ";" ]
            |> String.concat "\n"

    let sql (changes: PgChange list) : string = judged [ for change in changes -> change, [] ]

    let texts (items: string list) =
        let array = JsonArray()

        for item in items do
            array.Add(JsonValue.Create item)

        array

    let private describe (change: PgChange) =
        match change.Step with
        | PgStep.Drop object -> "drop", object.Address
        | PgStep.Create object -> "create", object.Address
        | PgStep.Alter(_, after) -> "alter", after.Address
        | PgStep.Attributes(_, after) -> "attributes", after.Address
        | PgStep.MoveRows table -> "move rows", table.Address

    let text (changes: (PgChange * Told list) list) : string =
        [ for change, hazards in changes do
              let verb, address = describe change
              $"{verb} {address}"

              for hazard in hazards do
                  "  ! " + Told.line hazard ]
        |> String.concat "\n"

    /// Steps with their statements, what could go wrong with them, and what was not compared.
    let document (steps: JsonObject list) (hazards: Told list) (unmodelled: string list) : string =
        let document = JsonObject()

        let array (items: JsonObject list) =
            let array = JsonArray()

            for item in items do
                array.Add item

            array

        document["changes"] <- array steps
        document["hazards"] <- array (List.map Told.json hazards)
        document["notCompared"] <- texts unmodelled

        document.ToJsonString(
            JsonSerializerOptions(WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
        )

    let json (unmodelled: string list) (changes: (PgChange * Told list) list) : string =
        let steps =
            [ for change, _ in changes do
                  let verb, address = describe change
                  let step = JsonObject()
                  step["action"] <- JsonValue.Create verb
                  step["kind"] <- JsonValue.Create(string address.Kind)
                  step["object"] <- JsonValue.Create(string address)
                  step["sql"] <- texts change.Sql
                  step ]

        document steps (List.collect snd changes) unmodelled
