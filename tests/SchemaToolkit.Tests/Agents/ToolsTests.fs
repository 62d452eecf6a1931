module SchemaToolkit.Tests.Agents.ToolsTests

open System
open System.Text.Json
open System.Threading
open System.Threading.Tasks
open Expecto
open Microsoft.Extensions.AI
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private note = extraction "note" { let! text = Field.text "text" in return text }

let private add =
    Action.extracting "ADD_NOTE" "Keeps a note" "Extract the note." note (fun text context ->
        task {
            do! Notes.add context.Message.User text context.Database
            return ActionResult.okWith "Noted." {| length = text.Length |}
        })

let private forget =
    Action.define "FORGET" "Deletes the notes" (fun _ -> Task.FromResult(ActionResult.ok "Forgotten."))
    |> Action.needsApproval

let private notes =
    Provider.define "NOTES" "The user's notes" (fun context ->
        task {
            let! texts = Notes.texts context.Message.User context.Database
            return ProviderResult.text (String.concat ", " texts)
        })

let private hidden = notes |> Provider.onRequest |> Provider.hidden

let private never =
    Action.define "NEVER" "" (fun _ -> Task.FromResult(ActionResult.ok ""))
    |> Action.whenText (fun _ -> false)

let private plugin =
    Plugin.define "notes"
    |> Plugin.schema (Notes.schema "notes")
    |> Plugin.action add
    |> Plugin.action forget
    |> Plugin.action never
    |> Plugin.provider (Provider.onRequest notes)
    |> Plugin.provider { hidden with Name = "HIDDEN" }

let private start database (chat: IChatClient) = Started.orFail database chat id [ plugin ]

let private message = Message.create (Conversation.fresh ()) "Keep this: buy milk"

/// What the tools answered in the model's last round.
let private told (chat: ScriptedChatClient) =
    [ for message in List.last chat.Asked do
          for content in message.Contents do
              match content with
              | :? FunctionResultContent as result -> string result.Result
              | _ -> () ]

[<Tests>]
let tests =
    testList
        "tools"
        [ OnEngines.only
              Engine.Sqlite
              "are the valid actions and the providers on request, with explicit schemas"
              (fun database ->
                  task {
                      let! runtime = start database (Scripted.always "")
                      let! tools = runtime |> Tools.forMessage message ignore CancellationToken.None
                      Expect.equal (tools |> List.map _.Name) [ "ADD_NOTE"; "FORGET"; "NOTES" ] "names"

                      Expect.equal
                          (JsonSerializer.Serialize tools[0].JsonSchema)
                          """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}"""
                          "schema"

                      Expect.isTrue (tools[1] :? ApprovalRequiredAIFunction) "approval"
                      Expect.equal (Runtime.offered runtime) [ "NOTES", "The user's notes" ] "offered"
                  })

          OnEngines.only Engine.Sqlite "the model calls an action, reads a provider and answers" (fun database ->
              task {
                  let chat =
                      Scripted.inTurn
                          [ Scripted.calls "ADD_NOTE" [ "text", box "buy milk"; "user_id", box (Guid.NewGuid()) ]
                            Scripted.calls "NOTES" []
                            Scripted.says "<think>done</think>I have noted it." ]

                  let! runtime = start database chat
                  let! result = runtime |> Runtime.handleWith TurnOptions.byModel message
                  Expect.equal result.Failure None "failure"
                  Expect.equal result.Reply (Some "I have noted it.") "reply"

                  Expect.equal
                      (result.Outcomes |> List.map (fun o -> o.Action, o.Result.Success))
                      [ "ADD_NOTE", true ]
                      "outcomes"

                  Expect.equal
                      (told chat)
                      [ """{"success":true,"text":"Noted.","data":{"length":8}}"""
                        """{"text":"buy milk","values":{}}""" ]
                      "told"
              })

          OnEngines.only Engine.Sqlite "wrong arguments and unknown tools are told to the model" (fun database ->
              task {
                  let chat =
                      Scripted.inTurn
                          [ Scripted.calls "ADD_NOTE" []; Scripted.calls "DROP_TABLES" []; Scripted.says "Sorry." ]

                  let! runtime = start database chat
                  let! result = runtime |> Runtime.handleWith TurnOptions.byModel message
                  Expect.equal result.Reply (Some "Sorry.") "reply"
                  Expect.stringContains (told chat |> List.item 0) "missing" "arguments"
                  Expect.stringContains (told chat |> List.item 1) "no tool called DROP_TABLES" "unknown"
              })

          OnEngines.only Engine.Sqlite "an action that needs approval runs only when a person agrees" (fun database ->
              task {
                  for agrees in [ false; true ] do
                      let chat = Scripted.inTurn [ Scripted.calls "FORGET" []; Scripted.says "Ok." ]
                      let! runtime = start database chat
                      let mutable asked = []

                      let approve (request: ApprovalRequest) =
                          asked <- request.Action :: asked
                          Task.FromResult agrees

                      let options = TurnOptions.byModel |> TurnOptions.approving approve
                      let! result = runtime |> Runtime.handleWith options message
                      Expect.equal asked [ "FORGET" ] "asked"
                      Expect.equal result.Outcomes.Length (if agrees then 1 else 0) "ran"
                      Expect.equal result.Refused (if agrees then [] else [ "FORGET" ]) "refused"
              })

          OnEngines.only
              Engine.Sqlite
              "a model that calls for ever is stopped, one that fails is reported"
              (fun database ->
                  task {
                      let! endless = start database (Scripted.inTurn [ Scripted.calls "NOTES" [] ])
                      let! result = endless |> Runtime.handleWith TurnOptions.byModel message
                      Expect.stringContains (Option.get result.Failure) "after 8 rounds" "endless"

                      let! broken = start database (new ScriptedChatClient(fun _ _ -> raise (Exception "no network")))
                      let! result = broken |> Runtime.handleWith TurnOptions.byModel message
                      Expect.stringContains (Option.get result.Failure) "no network" "broken"
                  })

          OnEngines.only
              Engine.Sqlite
              "a client that runs tools itself asks for approval in its own way"
              (fun database ->
                  task {
                      for agrees in [ false; true ] do
                          let request = ToolApprovalRequestContent("r1", FunctionCallContent("c1", "FORGET", dict []))

                          let chat =
                              Scripted.inTurn
                                  [ ChatMessage(ChatRole.Assistant, [| request :> AIContent |]); Scripted.says "Ok." ]

                          let! runtime = start database chat
                          let options = TurnOptions.byModel |> TurnOptions.approving (fun _ -> Task.FromResult agrees)
                          let! result = runtime |> Runtime.handleWith options message
                          Expect.equal result.Reply (Some "Ok.") "reply"

                          let answers =
                              [ for message in List.last chat.Asked do
                                    for content in message.Contents do
                                        match content with
                                        | :? ToolApprovalResponseContent as answer -> answer.RequestId, answer.Approved
                                        | _ -> () ]

                          Expect.equal answers [ "r1", agrees ] "answers"
                  }) ]
