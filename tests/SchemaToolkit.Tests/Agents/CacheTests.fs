module SchemaToolkit.Tests.Agents.CacheTests

open System
open System.Threading
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// A provider that counts how often it is asked, and an action that does nothing.
let private counting id (time: TimeSpan) (work: Context -> Task) =
    let count = ref 0

    let provider =
        Provider.define $"COUNT_{id}" "" (fun context ->
            task {
                Interlocked.Increment(&count.contents) |> ignore
                do! work context
                return ProviderResult.text (string context.Message.User)
            })
        |> Provider.cachedFor time

    let touch =
        Action.define $"TOUCH_{id}" "" (fun _ -> Task.FromResult(ActionResult.ok ""))
        |> Action.whenText ((=) $"touch {id}")

    count, Plugin.define id |> Plugin.provider provider |> Plugin.action touch

let private minute = TimeSpan.FromMinutes 1.0
let private atOnce (_: Context) : Task = Task.CompletedTask

let private start database change plugins = Started.orFail database (Scripted.always "") change plugins

let private ask conversation (runtime: Runtime) = runtime |> Runtime.compose (Message.create conversation "hi")

[<Tests>]
let tests =
    testList
        "a cached provider (G22)"
        [ OnEngines.only Engine.Sqlite "keeps its result for one agent, room and user" (fun database ->
              task {
                  let count, plugin = counting "a" minute atOnce
                  let! runtime = start database id [ plugin ]
                  let conversation = Conversation.fresh ()

                  for _ in 1..3 do
                      let! known = ask conversation runtime
                      Expect.equal known.Text (string conversation.User) "text"

                  Expect.equal count.Value 1 "asked once"

                  for other in
                      [ { conversation with User = Guid.NewGuid() }
                        { conversation with Room = Guid.NewGuid() }
                        { conversation with Agent = Guid.NewGuid() } ] do
                      let! known = ask other runtime
                      Expect.equal known.Text (string other.User) "another's text"

                  Expect.equal count.Value 4 "asked for each"
              })

          OnEngines.only Engine.Sqlite "is asked anew when its time is over" (fun database ->
              task {
                  let count, plugin = counting "a" (TimeSpan.FromMilliseconds 200.0) atOnce
                  let! runtime = start database id [ plugin ]
                  let conversation = Conversation.fresh ()
                  let! _ = ask conversation runtime
                  do! Task.Delay 400
                  let! _ = ask conversation runtime
                  Expect.equal count.Value 2 "asked"
              })

          OnEngines.only Engine.Sqlite "is asked anew after an action of its plugin, and of no other" (fun database ->
              task {
                  let countA, a = counting "a" minute atOnce
                  let countB, b = counting "b" minute atOnce
                  let! runtime = start database id [ a; b ]
                  let conversation = Conversation.fresh ()
                  let! _ = ask conversation runtime
                  let! result = runtime |> Runtime.handle (Message.create conversation "touch a")
                  Expect.equal result.Outcomes.Length 1 "touched"
                  let! _ = ask conversation runtime
                  Expect.equal (countA.Value, countB.Value) (2, 1) "asked"
              })

          OnEngines.only Engine.Sqlite "what began before an action is not kept after it" (fun database ->
              task {
                  let began = TaskCompletionSource()
                  let goOn = TaskCompletionSource()

                  let count, plugin =
                      counting "a" minute (fun _ ->
                          task {
                              began.TrySetResult() |> ignore
                              do! goOn.Task
                          })

                  let! runtime = start database id [ plugin ]
                  let conversation = Conversation.fresh ()
                  let asked = ask conversation runtime
                  do! began.Task
                  let! _ = runtime |> Runtime.handle (Message.create conversation "touch a")
                  goOn.SetResult()
                  let! _ = asked
                  let! _ = ask conversation runtime
                  Expect.equal count.Value 2 "asked"
              })

          OnEngines.only Engine.Sqlite "is asked once by many turns at the same time" (fun database ->
              task {
                  let goOn = TaskCompletionSource()
                  let count, plugin = counting "a" minute (fun _ -> goOn.Task)
                  let! runtime = start database id [ plugin ]
                  let conversation = Conversation.fresh ()
                  let asked = [ for _ in 1..50 -> ask conversation runtime ]
                  goOn.SetResult()
                  let! known = Task.WhenAll asked
                  Expect.all known (fun known -> known.Text = string conversation.User) "texts"
                  Expect.equal count.Value 1 "asked"
              })

          OnEngines.only Engine.Sqlite "a failure is not kept" (fun database ->
              task {
                  let mutable fails = true

                  let count, plugin =
                      counting "a" minute (fun _ -> if fails then raise (Exception "not now") else Task.CompletedTask)

                  let! runtime = start database id [ plugin ]
                  let conversation = Conversation.fresh ()
                  let! first = ask conversation runtime
                  Expect.equal first.Failures.Length 1 "failed"
                  fails <- false
                  let! second = ask conversation runtime
                  Expect.equal second.Text (string conversation.User) "text"
                  Expect.equal count.Value 2 "asked"
              })

          OnEngines.only Engine.Sqlite "two databases share a cache and keep apart in it" (fun database ->
              task {
                  use! second = TestDatabase.create Engine.Sqlite
                  let cache = Services.memoryCache ()
                  let count, plugin = counting "a" minute atOnce
                  let! one = start database (Services.withCache cache) [ plugin ]
                  let! two = start second (Services.withCache cache) [ plugin ]
                  let conversation = Conversation.fresh ()
                  let! _ = ask conversation one
                  let! _ = ask conversation two
                  Expect.equal count.Value 2 "asked"
              })

          OnEngines.only Engine.Sqlite "keeps data of any type as it is" (fun database ->
              task {
                  let made = ref 0

                  let provider =
                      Provider.define "DATA" "" (fun _ ->
                          made.Value <- made.Value + 1
                          // Neither a function nor a union has a form in JSON.
                          Task.FromResult(ProviderResult.create "" [ "a", "b" ] (Some(fun x -> x + 1))))
                      |> Provider.cachedFor minute

                  let! runtime = start database id [ Plugin.define "a" |> Plugin.provider provider ]
                  let conversation = Conversation.fresh ()
                  let! first = ask conversation runtime
                  let! second = ask conversation runtime
                  Expect.equal (first.Failures, made.Value) ([], 1) "asked once"
                  Expect.isTrue (obj.ReferenceEquals(first.Parts[0].Result.Data, second.Parts[0].Result.Data)) "data"
              }) ]
