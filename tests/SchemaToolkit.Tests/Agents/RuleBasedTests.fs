module SchemaToolkit.Tests.Agents.RuleBasedTests

open System.Collections.Generic
open Expecto
open Microsoft.Extensions.AI
open SchemaToolkit.Agents

let private preferences =
    extraction "preferences" {
        let! theme = Field.optional (Field.oneOf "theme" [ "light"; "dark"; "auto" ])
        and! language = Field.optional (Field.text "language")
        and! notifications = Field.optional (Field.bool "notifications")
        return theme, language, notifications
    }

let private client: IChatClient = new RuleBasedChatClient()

let private asked (text: string) =
    [ ChatMessage(ChatRole.System, Extraction.instructions "Extract the user's preferences." preferences)
      ChatMessage(ChatRole.User, text) ]

let private answers text expected =
    testCaseTask text
    <| fun () ->
        task {
            let! response = client.GetResponseAsync(asked text)
            Expect.equal (Extraction.read preferences response.Text) (Ok expected) "XML"
            let options = ChatOptions()
            options.ResponseFormat <- ChatResponseFormat.ForJsonSchema(Extraction.jsonSchema preferences)
            let! response = client.GetResponseAsync(asked text, options)
            Expect.equal (Extraction.readJson preferences response.Text) (Ok expected) "JSON"
        }

[<Tests>]
let tests =
    testList
        "the rule-based chat client"
        [ answers "I prefer dark theme and Spanish language" (Some "dark", Some "es", None)
          answers "Light mode, please, and turn off notifications" (Some "light", None, Some false)
          answers "Ich mag DEUTSCH and like notifications" (None, Some "de", Some true)
          answers "The darkness is English-looking" (None, Some "en", None)
          answers "Nothing of interest" (None, None, None)

          testCaseTask "says what it is, in its metadata and when it is asked for anything else"
          <| fun () ->
              task {
                  let metadata = client.GetService<ChatClientMetadata>()
                  Expect.equal (metadata |> Option.ofObj |> Option.map _.ProviderName) (Some "rule-based") "metadata"
                  let! response = client.GetResponseAsync([ ChatMessage(ChatRole.User, "What is love?") ])
                  Expect.stringContains response.Text "not a language model" "text"
              }

          testCaseTask "streams the same answer in several updates"
          <| fun () ->
              task {
                  let messages = asked "I prefer dark theme and Spanish language"
                  let! whole = client.GetResponseAsync messages
                  let updates = List<ChatResponseUpdate>()
                  let stream = client.GetStreamingResponseAsync(messages).GetAsyncEnumerator()
                  let mutable go = true

                  while go do
                      let! more = stream.MoveNextAsync()
                      go <- more

                      if more then
                          updates.Add stream.Current

                  Expect.isGreaterThan updates.Count 1 "updates"
                  Expect.equal (updates.ToChatResponse().Text) whole.Text "text"
              } ]
