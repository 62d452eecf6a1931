namespace SchemaToolkit.Cli

open System.Text.Encodings.Web
open System.Text.Json
open System.Text.Json.Nodes
open SchemaToolkit.PostgresObjects

/// How a list of changes is printed.
[<RequireQualifiedAccess>]
module Output =
    /// Runnable by `psql -v ON_ERROR_STOP=1`; nothing when there is nothing to do.
    let sql (changes: PgChange list) : string =
        if changes.IsEmpty then
            ""
        else
            Preamble.statements @ (changes |> List.collect _.Sql)
            |> List.map (fun statement -> statement + ";")
            |> String.concat "\n"

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

    let text (changes: PgChange list) : string =
        changes
        |> List.map (fun change ->
            let verb, address = describe change
            $"{verb} {address}")
        |> String.concat "\n"

    /// Steps with their statements, and what was not compared.
    let document (steps: JsonObject list) (unmodelled: string list) : string =
        let document = JsonObject()
        let changes = JsonArray()

        for step in steps do
            changes.Add step

        document["changes"] <- changes
        document["notCompared"] <- texts unmodelled

        document.ToJsonString(
            JsonSerializerOptions(WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
        )

    let json (unmodelled: string list) (changes: PgChange list) : string =
        let steps =
            [ for change in changes do
                  let verb, address = describe change
                  let step = JsonObject()
                  step["action"] <- JsonValue.Create verb
                  step["kind"] <- JsonValue.Create(string address.Kind)
                  step["object"] <- JsonValue.Create(string address)
                  step["sql"] <- texts change.Sql
                  step ]

        document steps unmodelled
