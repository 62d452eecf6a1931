module SchemaToolkit.Tests.Agents.StartTests

open System
open System.Threading
open System.Threading.Tasks
open Expecto
open Microsoft.Extensions.Logging
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Agents.NotesPlugin
open SchemaToolkit.Testing

let private startWith change database plugins = Started.orFail database model change plugins
let private start database plugins = startWith id database plugins

[<Tests>]
let phases =
    testList
        "a start"
        [ OnEngines.only
              Engine.Sqlite
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

                                      Expect.isNonEmpty migrated.Changes "changes"
                                      seen.Add $"{migrated.Plugin} in {migrated.Namespace}"
                                  })

                          List.fold (fun plugin id -> Plugin.dependsOn id plugin) plugin dependencies

                      let! runtime = start database [ noting "b" [ "a" ]; noting "a" [] ]

                      Expect.equal (List.ofSeq seen) [ "a in plugin_a"; "b in plugin_b" ] "seen"

                      Expect.equal (runtime.Migrated |> List.map _.Plugin) [ "a"; "b" ] "proofs"
                  })

          OnEngines.only Engine.Sqlite "without a migration no init runs" (fun database ->
              task {
                  let mutable initialised = false

                  let plugin = plugin |> Plugin.init (fun _ _ -> task { initialised <- true })

                  // A column with rows in it is gone from the next version: blocked in production.
                  let extra = Column.text "extra" |> Column.optional
                  let before = { Notes.table with Columns = Notes.table.Columns @ [ extra.Definition ] }
                  let! earlier = start database [ Plugin.define "notes" |> Plugin.tables [ before ] ]
                  do! earlier.Services.Database |> Database.forAgent Guid.Empty |> Notes.add Guid.Empty "kept"

                  match! Started.attempt database model id [ plugin ] with
                  | Ok _ -> failtest "It started."
                  | Error error -> Expect.stringContains (string error) "blocked" "error"

                  Expect.isFalse initialised "initialised"
              })

          OnEngines.only Engine.Sqlite "a migration that says nothing about a plugin is no proof" (fun database ->
              task {
                  let services = Services.create (SqliteDatabase.connect database.ConnectionString) model
                  let forgets: Migrate = fun _ _ -> Task.FromResult(Ok [])

                  match! Runtime.start forgets services CancellationToken.None [ plugin ] with
                  | Ok _ -> failtest "It started."
                  | Error error -> Expect.stringContains (string error) "said nothing about notes" "error"
              })

          OnEngines.only
              Engine.Sqlite
              "every init that fails is reported, its dependants are not tried"
              (fun database ->
                  task {
                      let mutable reached = false
                      let broken = Plugin.define "broken" |> Plugin.init (fun _ _ -> raise (Exception "no key"))
                      let above = Plugin.define "above" |> Plugin.dependsOn "broken"
                      let beside = Plugin.define "beside" |> Plugin.init (fun _ _ -> task { reached <- true })
                      let log = new LogBook()
                      let plugins = [ broken; above; beside ]

                      match! Started.attempt database model (Services.withLoggers log) plugins with
                      | Ok _ -> failtest "It started."
                      | Error error ->
                          Expect.stringContains (string error) "init of broken failed. Exception: no key" "failure"
                          Expect.stringContains (string error) "init of above was not tried" "dependant"

                      Expect.isTrue reached "beside"
                      Expect.exists log.Entries (fun (level, _) -> level = LogLevel.Error) "logged"
                  })

          OnEngines.only
              Engine.Sqlite
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
