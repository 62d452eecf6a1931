/// The plugin that the tests of turns and starts run: an action that extracts and keeps a note, a provider that knows them.
module SchemaToolkit.Tests.Agents.NotesPlugin

open System
open SchemaToolkit.Agents

let private note = extraction "note" { let! text = Field.text "text" in return text }

let add =
    Action.extracting "ADD_NOTE" "Keeps a note" "Extract the note." note (fun text context ->
        task {
            do! Notes.add context.Message.User text context.Database
            return ActionResult.okWith "Noted." text
        })
    |> Action.whenTextHas [ "note" ]

let notes =
    Provider.define "NOTES" "The user's notes" (fun context ->
        task {
            let! texts = Notes.texts context.Message.User context.Database
            return ProviderResult.create (String.concat "\n" texts) [ "count", string texts.Length ] texts
        })

let plugin =
    Plugin.define "notes"
    |> Plugin.schema (Notes.schema "notes")
    |> Plugin.action add
    |> Plugin.provider notes

let model = Scripted.always "<note><text>buy milk</text></note>"
