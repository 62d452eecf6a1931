module SchemaToolkit.Tests.Agents.TurnTests

open System
open System.Threading
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Agents.NotesPlugin
open SchemaToolkit.Testing

let private startWith change database plugins = Started.orFail database model change plugins
let private start database plugins = startWith id database plugins

let private only (result: TurnResult) =
    match result.Outcomes with
    | [ outcome ] -> outcome.Result
    | outcomes -> failtest $"%A{outcomes}"

let private failing name (error: exn) = Action.define name "" (fun _ -> raise error)

[<Tests>]
let turns =
    testList
        "a turn"
        [ OnEngines.each
              "extracts, stores and knows it afterwards, for this user and agent alone (G19, G21)"
              (fun database ->
                  task {
                      let! runtime = start database [ plugin ]
                      let conversation = Conversation.fresh ()
                      let! result = runtime |> Runtime.handle (Message.create conversation "Please note: buy milk")
                      let outcome = only result
                      Expect.equal outcome.Error None "error"
                      Expect.equal outcome.Text "Noted." "text"

                      let! mine = runtime |> Runtime.compose (Message.create conversation "What do I need?")
                      Expect.equal mine.Text "buy milk" "text"
                      Expect.equal mine.Values (Map [ "NOTES.count", "1" ]) "values"

                      for other in
                          [ { conversation with User = Guid.NewGuid() }; { conversation with Agent = Guid.NewGuid() } ] do
                          let! theirs = runtime |> Runtime.compose (Message.create other "What do I need?")
                          Expect.equal theirs.Text "" "another's text"
                  })

          OnEngines.only Engine.Sqlite "runs only the actions that are valid" (fun database ->
              task {
                  let! runtime = start database [ plugin ]
                  let! result = runtime |> Runtime.handle (Message.create (Conversation.fresh ()) "Hello")
                  Expect.isEmpty result.Outcomes "outcomes"
              })

          OnEngines.only Engine.Sqlite "an answer that cannot be read stores nothing and says why" (fun database ->
              task {
                  let chat = Scripted.always "I would rather not."
                  let! runtime = startWith (fun services -> { services with Chat = chat }) database [ plugin ]
                  let message = Message.create (Conversation.fresh ()) "note this"
                  let! result = runtime |> Runtime.handle message
                  let outcome = only result
                  Expect.isFalse outcome.Success "success"
                  Expect.stringContains (Option.get outcome.Error) "holds no <note>" "error"
                  let! known = runtime |> Runtime.compose message
                  Expect.equal known.Text "" "text"
              })

          OnEngines.only
              Engine.Sqlite
              "a throwing, a silent and a refused action do not lose the turn (G26)"
              (fun database ->
                  task {
                      let nothing =
                          Action.define "NOTHING" "" (fun _ -> Task.FromResult(Unchecked.defaultof<ActionResult>))

                      let undecided =
                          failing "UNDECIDED" (Exception "no")
                          |> Action.validate (fun _ -> raise (InvalidOperationException "which?"))

                      let badSql =
                          Action.define "BAD_SQL" "" (fun context ->
                              task {
                                  do! Notes.add (Guid.NewGuid()) "x" (Database.inNamespace "nowhere" context.Database)
                                  return ActionResult.ok ""
                              })

                      let others =
                          Plugin.define "others"
                          |> Plugin.action (failing "THROWS" (InvalidOperationException "broken"))
                          |> Plugin.action nothing
                          |> Plugin.action undecided
                          |> Plugin.action badSql

                      let! runtime = start database [ others; plugin ]
                      let! result = runtime |> Runtime.handle (Message.create (Conversation.fresh ()) "note this")

                      let summary = result.Outcomes |> List.map (fun o -> o.Action, o.Result.Success)

                      Expect.equal
                          summary
                          [ "THROWS", false; "NOTHING", false; "UNDECIDED", false; "BAD_SQL", false; "ADD_NOTE", true ]
                          "outcomes"

                      let error name =
                          result.Outcomes |> List.pick (fun o -> if o.Action = name then o.Result.Error else None)

                      Expect.stringContains (error "THROWS") "broken" "throws"
                      Expect.stringContains (error "UNDECIDED") "which?" "undecided"
                      Expect.stringContains (error "BAD_SQL") "nowhere__notes" "bad SQL"
                  })

          OnEngines.only
              Engine.Sqlite
              "one failing provider is reported and the others keep their order (G26)"
              (fun database ->
                  task {
                      let says name (text: string) (pause: int) =
                          Provider.define name "" (fun context ->
                              task {
                                  do! Task.Delay(pause, context.Cancellation)
                                  return ProviderResult.text text
                              })

                      let many =
                          Plugin.define "many"
                          |> Plugin.provider (says "FIRST" "one" 60)
                          |> Plugin.provider (Provider.define "BROKEN" "" (fun _ -> raise (Exception "broken")))
                          |> Plugin.provider (
                              says "SLOW" "never" 60_000 |> Provider.timeout (TimeSpan.FromMilliseconds 50.0)
                          )
                          |> Plugin.provider (says "SECOND" "two" 0)
                          |> Plugin.provider (says "ASKED" "three" 0 |> Provider.onRequest)

                      let! runtime = start database [ many ]
                      let message = Message.create (Conversation.fresh ()) "hi"
                      let! known = runtime |> Runtime.compose message
                      Expect.equal known.Text "one\n\ntwo" "text"
                      Expect.equal (known.Failures |> List.map _.Provider) [ "BROKEN"; "SLOW" ] "failures"

                      let! asked =
                          runtime
                          |> Runtime.composeWith (TurnOptions.standard |> TurnOptions.requesting [ "asked" ]) message

                      Expect.equal asked.Text "one\n\ntwo\n\nthree" "with the one asked for"
                  })

          OnEngines.only Engine.Sqlite "an action that takes too long is stopped, also when it blocks" (fun database ->
              task {
                  let stopped = TaskCompletionSource()

                  let waits =
                      Action.define "WAITS" "" (fun context ->
                          task {
                              use _ = context.Cancellation.Register(fun () -> stopped.SetResult())
                              do! Task.Delay(Timeout.Infinite, context.Cancellation)
                              return ActionResult.ok ""
                          })

                  let blocks =
                      Action.define "BLOCKS" "" (fun _ ->
                          Thread.Sleep 3000
                          Task.FromResult(ActionResult.ok ""))

                  let slow = Plugin.define "slow" |> Plugin.action waits |> Plugin.action blocks

                  let! runtime =
                      startWith (Services.withActionTimeout (TimeSpan.FromMilliseconds 100.0)) database [ slow ]

                  let! result = runtime |> Runtime.handle (Message.create (Conversation.fresh ()) "go")

                  for outcome in result.Outcomes do
                      Expect.stringContains (Option.get outcome.Result.Error) "did not end within 0.1 s" outcome.Action

                  do! stopped.Task
              })

          OnEngines.only Engine.Sqlite "the turn's own cancellation is not swallowed" (fun database ->
              task {
                  use source = new CancellationTokenSource()

                  let waits =
                      Action.define "WAITS" "" (fun context ->
                          task {
                              source.Cancel()
                              do! Task.Delay(Timeout.Infinite, context.Cancellation)
                              return ActionResult.ok ""
                          })

                  let! runtime = start database [ Plugin.define "slow" |> Plugin.action waits ]
                  let options = TurnOptions.standard |> TurnOptions.withCancellation source.Token
                  let handled = runtime |> Runtime.handleWith options (Message.create (Conversation.fresh ()) "go")

                  try
                      let! _ = handled
                      failtest "It ended."
                  with :? OperationCanceledException ->
                      ()
              }) ]
