module SchemaToolkit.Tests.Agents.RuntimeTests

open System
open System.Threading
open System.Threading.Tasks
open Expecto
open Microsoft.Extensions.Logging
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Tests

let private note = extraction "note" { let! text = Field.text "text" in return text }

let private add =
    Action.extracting "ADD_NOTE" "Keeps a note" "Extract the note." note (fun text context ->
        task {
            do! Notes.add context.Message.User text context.Database
            return ActionResult.okWith "Noted." text
        })
    |> Action.whenTextHas [ "note" ]

let private notes =
    Provider.define "NOTES" "The user's notes" (fun context ->
        task {
            let! texts = Notes.texts context.Message.User context.Database
            return ProviderResult.create (String.concat "\n" texts) [ "count", string texts.Length ] texts
        })

let private plugin =
    Plugin.define "notes"
    |> Plugin.schema (Notes.schema "notes")
    |> Plugin.action add
    |> Plugin.provider notes

let private model = Scripted.always "<note><text>buy milk</text></note>"

/// A runtime on an empty database, or the test fails with the reason.
let private startWith change database (plugins: Plugin list) =
    task {
        let db = Notes.connect database
        let services = Services.create db model |> change

        match! Runtime.start (Notes.migrate db) services CancellationToken.None plugins with
        | Ok runtime -> return runtime
        | Error error -> return failtest (string error)
    }

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

          OnEngines.only SchemaToolkit.Testing.Engine.Sqlite "runs only the actions that are valid" (fun database ->
              task {
                  let! runtime = start database [ plugin ]
                  let! result = runtime |> Runtime.handle (Message.create (Conversation.fresh ()) "Hello")
                  Expect.isEmpty result.Outcomes "outcomes"
              })

          OnEngines.only
              SchemaToolkit.Testing.Engine.Sqlite
              "an answer that cannot be read stores nothing and says why"
              (fun database ->
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
              SchemaToolkit.Testing.Engine.Sqlite
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
              SchemaToolkit.Testing.Engine.Sqlite
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

          OnEngines.only
              SchemaToolkit.Testing.Engine.Sqlite
              "an action that takes too long is stopped, also when it blocks"
              (fun database ->
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
                          Expect.stringContains
                              (Option.get outcome.Result.Error)
                              "did not end within 0.1 s"
                              outcome.Action

                      do! stopped.Task
                  })

          OnEngines.only
              SchemaToolkit.Testing.Engine.Sqlite
              "the turn's own cancellation is not swallowed"
              (fun database ->
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

[<Tests>]
let phases =
    testList
        "a start"
        [ OnEngines.only
              SchemaToolkit.Testing.Engine.Sqlite
              "initialises after every migration, dependencies first, with proof (G12)"
              (fun database ->
                  task {
                      let seen = ResizeArray<string>()

                      let noting name dependencies =
                          let plugin =
                              Plugin.define name
                              |> Plugin.schema (Notes.schema name)
                              |> Plugin.init (fun migrated context ->
                                  task {
                                      // The tables of every plugin are there, not only one's own.
                                      for ns in [ "plugin_a"; "plugin_b" ] do
                                          let db =
                                              context.Database
                                              |> Database.inNamespace ns
                                              |> Database.forAgent Guid.Empty

                                          do! Notes.add Guid.Empty name db

                                      seen.Add $"{migrated.Plugin} in {migrated.Namespace}: {migrated.Changes}"
                                  })

                          List.fold (fun plugin id -> Plugin.dependsOn id plugin) plugin dependencies

                      let! runtime = start database [ noting "b" [ "a" ]; noting "a" [] ]

                      Expect.equal
                          (List.ofSeq seen)
                          [ "a in plugin_a: [table notes]"; "b in plugin_b: [table notes]" ]
                          "seen"

                      Expect.equal (runtime.Migrated |> List.map _.Plugin) [ "a"; "b" ] "proofs"
                  })

          OnEngines.only SchemaToolkit.Testing.Engine.Sqlite "without a migration no init runs" (fun database ->
              task {
                  let mutable initialised = false

                  let plugin = plugin |> Plugin.init (fun _ _ -> task { initialised <- true })

                  let db = Notes.connect database
                  let refuse: Migrate = fun _ _ -> Task.FromResult(Error [ "notes: blocked" ])
                  let forget: Migrate = fun _ _ -> Task.FromResult(Ok [])

                  for migrate, message in [ refuse, "notes: blocked"; forget, "said nothing about notes" ] do
                      match! Runtime.start migrate (Services.create db model) CancellationToken.None [ plugin ] with
                      | Ok _ -> failtest "It started."
                      | Error error -> Expect.stringContains (string error) message "error"

                  Expect.isFalse initialised "initialised"
              })

          OnEngines.only
              SchemaToolkit.Testing.Engine.Sqlite
              "every init that fails is reported, its dependants are not tried"
              (fun database ->
                  task {
                      let mutable reached = false
                      let broken = Plugin.define "broken" |> Plugin.init (fun _ _ -> raise (Exception "no key"))
                      let above = Plugin.define "above" |> Plugin.dependsOn "broken"
                      let beside = Plugin.define "beside" |> Plugin.init (fun _ _ -> task { reached <- true })
                      let db = Notes.connect database
                      let log = new LogBook()
                      let services = Services.create db model |> Services.withLoggers log

                      match!
                          Runtime.start (Notes.migrate db) services CancellationToken.None [ broken; above; beside ]
                      with
                      | Ok _ -> failtest "It started."
                      | Error error ->
                          Expect.stringContains (string error) "init of broken failed. Exception: no key" "failure"
                          Expect.stringContains (string error) "init of above was not tried" "dependant"

                      Expect.isTrue reached "beside"
                      Expect.exists log.Entries (fun (level, _) -> level = LogLevel.Error) "logged"
                  })

          OnEngines.only
              SchemaToolkit.Testing.Engine.Sqlite
              "progress is information in development and debugging detail in production (G11)"
              (fun database ->
                  task {
                      for verbosity, level in
                          [ Verbosity.Verbose, LogLevel.Information; Verbosity.Quiet, LogLevel.Debug ] do
                          let log = new LogBook()

                          let! runtime =
                              startWith
                                  (Services.withLoggers log >> Services.withVerbosity verbosity)
                                  database
                                  [ plugin ]

                          let! _ = runtime |> Runtime.handle (Message.create (Conversation.fresh ()) "note this")
                          Expect.isNonEmpty log.Entries "entries"
                          Expect.all log.Entries (fun (given, _) -> given = level) "levels"
                  }) ]
