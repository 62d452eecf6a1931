/// GUIDE rows about agents: G11, G19, G21, G22, G26, G29.
module SchemaToolkit.Tests.Guide.AgentRows

open System
open System.Threading
open System.Threading.Tasks
open Expecto
open Microsoft.Extensions.Logging
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Agents
open SchemaToolkit.Tests.Data

let private wishes =
    extraction "preferences" {
        let! theme = Field.oneOf "theme" [ "light"; "dark"; "auto" ] |> Field.optional
        and! language = Field.text "language" |> Field.optional
        return SchemaToolkit.Json.ofPairs [ "theme", theme; "language", language ]
    }

let private store =
    Action.extracting
        "STORE_USER_PREFERENCES"
        "Stores preferences"
        "Extract the preferences."
        wishes
        (fun wish context ->
            task {
                let! stored = context.Database |> Preferences.save context.Message.User wish
                return ActionResult.okWith "Your preferences have been saved successfully." stored
            })
    |> Action.whenTextHas [ "prefer"; "like" ]

let private know =
    Provider.define "USER_PREFERENCES" "What the user prefers" (fun context ->
        task {
            match!
                context.Database |> Repository.findBy Preferences.userId context.Message.User Preferences.repository
            with
            | None -> return ProviderResult.empty
            | Some found ->
                let values = SchemaToolkit.Json.pairs found.Preferences
                let lines = [ for name, value in values -> $"- {name}: {value}" ]
                return ProviderResult.create (String.concat "\n" ("# User Preferences" :: lines)) values found
        })

let private plugin = Plugin.define "@guide/plugin-preferences" |> Plugin.tables [ Preferences.table ]

let private say (text: string) conversation (host: AgentHost) =
    host.Runtime |> Runtime.handle (Message.create conversation text)

let private compose conversation (host: AgentHost) =
    host.Runtime |> Runtime.compose (Message.create conversation "hello")

[<Tests>]
let actions =
    testList
        "guide"
        [ OnEngines.each "G19 action: validate, extract with the model as XML, store, answer" (fun test ->
              task {
                  use! host =
                      Front.host
                          test
                          (new RuleBasedChatClient())
                          [ plugin |> Plugin.action store |> Plugin.provider know ]

                  let ada = Conversation.fresh ()

                  let! other = host |> say "What time is it?" ada
                  Expect.isEmpty other.Outcomes "not for this message"

                  let! turn = host |> say "I prefer dark theme and Spanish language" ada
                  let result = turn.Outcomes |> List.exactlyOne |> _.Result
                  Expect.isTrue result.Success "stored"
                  Expect.equal result.Text "Your preferences have been saved successfully." "answered"

                  let! known = host |> compose ada
                  Expect.equal known.Text "# User Preferences\n- theme: dark\n- language: es" "told to the agent"
                  let! stranger = host |> compose (Conversation.fresh ())
                  Expect.equal stranger.Text "" "another user has none"

                  // What the model says is data: who asked comes from the conversation.
                  let liar =
                      Scripted.always $"<preferences><userId>{ada.User}</userId><theme>light</theme></preferences>"

                  use! lied = Front.host test liar [ plugin |> Plugin.action store |> Plugin.provider know ]
                  let! _ = lied |> say "I like light" (Conversation.fresh ())
                  let! still = host |> compose ada
                  Expect.stringContains still.Text "dark" "nobody writes for another"

                  let mumbling = Scripted.always "I could not say."
                  use! mumbled = Front.host test mumbling [ plugin |> Plugin.action store ]
                  let! failed = mumbled |> say "I like it" ada
                  Expect.isFalse (List.exactlyOne failed.Outcomes).Result.Success "an answer that cannot be read"
                  let! count = host.Database |> Repository.count Preferences.repository
                  Expect.equal count 2L "stores nothing"
              })

          OnEngines.each "G26 one failing action or provider does not lose the turn" (fun test ->
              task {
                  let table = plugin.Schema.Value.Tables.Head

                  let breaking =
                      Action.define "BREAK" "Refused by the database" (fun context ->
                          task {
                              let! _ =
                                  context.Database
                                  |> Database.run (Sql.queryOne $"SELECT no_such FROM {table}" Row.scalar<int>)

                              return ActionResult.ok "never"
                          })

                  let throwing =
                      Provider.define "THROW" "Throws" (fun _ -> task { return failwith "no provider today" })

                  let whole =
                      plugin
                      |> Plugin.action breaking
                      |> Plugin.action store
                      |> Plugin.provider throwing
                      |> Plugin.provider know

                  use! host = Front.host test (new RuleBasedChatClient()) [ whole ]
                  let ada = Conversation.fresh ()
                  let! turn = host |> say "I prefer dark theme" ada

                  Expect.equal
                      (turn.Outcomes |> List.map (fun o -> o.Action, o.Result.Success))
                      [ "BREAK", false; "STORE_USER_PREFERENCES", true ]
                      "outcomes"

                  let error = turn.Outcomes.Head.Result.Error |> Option.defaultValue ""
                  Expect.stringContains error "no_such" "says what"

                  let! known = host |> compose ada
                  Expect.stringContains known.Text "dark" "the other provider is kept"
                  Expect.equal (known.Failures |> List.map _.Provider) [ "THROW" ] "the failure is told"

                  let! typed =
                      host.Database
                      |> Database.inNamespace "plugin_preferences"
                      |> Database.tryRun (
                          Repository.insert
                              ({ Id = Guid.Empty
                                 UserId = ada.User
                                 Preferences = SchemaToolkit.Json.parse "{}"
                                 CreatedAt = DateTimeOffset.UnixEpoch
                                 UpdatedAt = DateTimeOffset.UnixEpoch }
                              : Preferences.Record)
                              Preferences.repository
                      )

                  match typed with
                  | Error { Kind = DataErrorKind.Refused FailureKind.Duplicate } -> ()
                  | other -> failtest $"a duplicate was expected: {other}"
              }) ]

[<Tests>]
let providers =
    testList
        "guide"
        [ OnEngines.each "G21 provider: inclusion and freshness are two settings" (fun test ->
              task {
                  let counting name =
                      let count = ref 0

                      count,
                      Provider.define name "Counts" (fun _ ->
                          task {
                              let number = Interlocked.Increment(&count.contents)
                              return ProviderResult.create $"{name} {number}" [ "number", string number ] number
                          })

                  let hour = TimeSpan.FromHours 1.0
                  let _, always = counting "ALWAYS"
                  let _, asked = counting "ASKED"
                  let _, kept = counting "KEPT"
                  let _, askedKept = counting "ASKED_KEPT"

                  let whole =
                      [ always
                        asked |> Provider.onRequest
                        kept |> Provider.cachedFor hour
                        askedKept |> Provider.onRequest |> Provider.cachedFor hour ]
                      |> List.fold (fun plugin provider -> Plugin.provider provider plugin) plugin

                  use! host = Front.host test (new RuleBasedChatClient()) [ whole ]
                  let ada = Conversation.fresh ()
                  let message = Message.create ada "hello"
                  let request = TurnOptions.standard |> TurnOptions.requesting [ "ASKED"; "ASKED_KEPT" ]

                  let! first = host.Runtime |> Runtime.compose message
                  Expect.equal first.Text "ALWAYS 1\n\nKEPT 1" "only what is always included"
                  let! second = host.Runtime |> Runtime.composeWith request message
                  Expect.equal second.Text "ALWAYS 2\n\nASKED 1\n\nKEPT 1\n\nASKED_KEPT 1" "asked for by name"
                  let! third = host.Runtime |> Runtime.composeWith request message
                  Expect.equal third.Text "ALWAYS 3\n\nASKED 2\n\nKEPT 1\n\nASKED_KEPT 1" "fresh or kept"
                  Expect.equal third.Values["ASKED.number"] "2" "values"
                  Expect.equal (third.Parts |> List.map _.Result.Data) [ box 3; box 2; box 1; box 1 ] "data"
              })

          OnEngines.each "G22 cached provider: two users of a room share nothing; twenty callers, one load" (fun test ->
              task {
                  let loads = ref 0

                  let cached =
                      Provider.define "PREFERENCES" "Slow" (fun context ->
                          task {
                              Interlocked.Increment(&loads.contents) |> ignore
                              do! Task.Delay(100, context.Cancellation)
                              return! know.Get context
                          })
                      |> Provider.cachedFor (TimeSpan.FromMinutes 1.0)

                  use! host =
                      Front.host
                          test
                          (new RuleBasedChatClient())
                          [ plugin |> Plugin.action store |> Plugin.provider cached ]

                  let ada = Conversation.fresh ()
                  let ben = { ada with User = Guid.NewGuid() }
                  let! _ = host |> say "I prefer dark theme" ada
                  let! _ = host |> say "I prefer light theme" ben

                  let! crowd = Front.atOnce 20 (fun _ -> host |> compose ada)
                  Expect.equal loads.Value 1 "one load for twenty"
                  Expect.all crowd (fun known -> known.Text.Contains "dark") "all have it"

                  let! bens = host |> compose ben
                  Expect.stringContains bens.Text "light" "the other user of the room"
                  Expect.equal loads.Value 2 "a load of his own"

                  let! _ = host |> say "I prefer auto theme" ada
                  let! changed = host |> compose ada
                  Expect.stringContains changed.Text "auto" "an action ends what was kept"
              })

          OnEngines.each "G11 verbose in development, quiet in production" (fun test ->
              task {
                  for verbosity, level in [ Verbosity.Verbose, LogLevel.Information; Verbosity.Quiet, LogLevel.Debug ] do
                      let log = new LogBook()

                      let services database =
                          Services.create database (new RuleBasedChatClient())
                          |> Services.withLoggers log
                          |> Services.withVerbosity verbosity

                      match!
                          AgentHost.tryStart
                              (Front.options test)
                              services
                              [ plugin |> Plugin.action store ]
                              CancellationToken.None
                      with
                      | Error error -> failtest (string error)
                      | Ok host ->
                          use host = host
                          let! _ = host |> say "I prefer dark theme" (Conversation.fresh ())
                          Expect.isNonEmpty log.Entries "it says something"
                          Expect.all log.Entries (fun (given, _) -> given = level) "levels"
              }) ]

/// Answers as models give them.
let private answers =
    [ "plain", "<preferences><theme>dark</theme><language>es</language></preferences>"
      "reasoning first",
      "<think>maybe <theme>light</theme>?</think>\n<preferences><theme>dark</theme><language>es</language></preferences>"
      "in a fence",
      "Sure!\n```xml\n<preferences>\n <theme> Dark </theme>\n <language>es</language>\n</preferences>\n```\nAnything else?"
      "a longer tag nearby",
      "<preferences><themes>light</themes><theme>dark</theme><language>es</language></preferences>"
      "cut off after what counts", "<preferences><theme>dark</theme><language>es</language><notes>and so"
      "attributes and CDATA",
      "<preferences v='1'><theme kind=\"x\">dark</theme><language><![CDATA[es]]></language></preferences>" ]

[<Tests>]
let extraction =
    testList
        "guide"
        [ testList
              "G29 key-value XML, typed and tolerant"
              [ for name, answer in answers do
                    testCase name (fun () ->
                        match Extraction.read wishes answer with
                        | Ok json -> Expect.equal (json.GetRawText()) """{"theme":"dark","language":"es"}""" answer
                        | Error errors -> failtest $"{errors}")

                testCase "bool, number and list come typed" (fun () ->
                    let typed =
                        extraction "settings" {
                            let! on = Field.bool "on"
                            and! limit = Field.int "limit"
                            and! tags = Field.list "tags" "tag" Scalar.text
                            return on, limit, tags
                        }

                    let answer =
                        "<settings><on>Yes</on><limit>12</limit><tags><tag>a</tag><tag>b</tag></tags></settings>"

                    Expect.equal (Extraction.read typed answer) (Ok(true, 12, [ "a"; "b" ])) "typed")

                testCase "a wrong value is an error that names it, not a guess" (fun () ->
                    match Extraction.read wishes "<preferences><theme>purple</theme></preferences>" with
                    | Ok json -> failtest $"{json}"
                    | Error errors -> Expect.all errors (fun e -> (string e).Contains "preferences/theme") "named")

                testCase "no DTD is read, and an answer has a size" (fun () ->
                    let bomb = "<!DOCTYPE p [<!ENTITY a \"dark\">]><preferences><theme>&a;</theme></preferences>"
                    Expect.isError (Extraction.read wishes bomb) "an entity of its own"
                    let long = "<preferences><theme>dark</theme></preferences>" + String(' ', 2_000_000)
                    Expect.isError (Extraction.read wishes long) "too long") ] ]
