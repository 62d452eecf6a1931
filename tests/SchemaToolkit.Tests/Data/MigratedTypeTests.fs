module SchemaToolkit.Tests.Data.MigratedTypeTests

open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Data.TypeTests

[<Tests>]
let tests =
    testList
        "data types, migrated"
        [ OnEngines.each "G13 every type is read as it was written, in the tables that a migration makes" (fun test ->
              task {
                  use db = Site.connect test
                  let! vectors = hasVectors db
                  let trials = trials vectors
                  let tables = trials |> List.collect _.Tables
                  let schema = Schema.inNamespace "plugin_types" "@tests/plugin-types" tables

                  let options =
                      { ToolkitOptions.forApp "types" with Announce = ignore }
                      |> ToolkitOptions.database test.ConnectionString

                  use! started = Toolkit.start options [ schema ]

                  for trial in trials do
                      do! trial.Run (fun _ _ -> Task.FromResult()) started.Database 25
              }) ]
