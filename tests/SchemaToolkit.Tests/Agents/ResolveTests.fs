module SchemaToolkit.Tests.Agents.ResolveTests

open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Agents

let private ids (resolved: Result<Resolved, ResolveError list>) =
    match resolved with
    | Ok resolved -> resolved.Plugins |> List.map _.Id
    | Error errors -> failtest $"%A{errors}"

let private errors (plugins: Plugin list) =
    match Runtime.resolve plugins with
    | Ok _ -> failtest "It was resolved."
    | Error errors -> errors

let private action name = Action.define name "" (fun _ -> Task.FromResult(ActionResult.ok ""))
let private provider name = Provider.define name "" (fun _ -> Task.FromResult ProviderResult.empty)

let private id' = Column.uuid "id"

let private users shared =
    Table.define "users" [ id' ] |> Table.primaryKey [ id' ] |> (if shared then Table.shared else id)

let private owner shared = Plugin.define "users" |> Plugin.tables [ users shared ]

let private guest plugin (table: string) =
    let userId = Column.uuid "user_id"

    Plugin.define "guest"
    |> Plugin.tables [ Table.define "posts" [ userId ] |> Table.referencesNamed (plugin, table) [ userId, "id" ] ]

[<Tests>]
let tests =
    testList
        "plugins are resolved"
        [ testCase "dependencies first, otherwise in the order given"
          <| fun () ->
              let c = Plugin.define "c" |> Plugin.dependsOn "a"
              let b = Plugin.define "b"
              let a = Plugin.define "a" |> Plugin.dependsOn "d"
              let d = Plugin.define "d"
              Expect.equal (ids (Runtime.resolve [ c; b; a; d ])) [ "b"; "d"; "a"; "c" ] "order"

          testCase "a foreign key to a shared table is a dependency"
          <| fun () ->
              Expect.equal (ids (Runtime.resolve [ guest "users" "users"; owner true ])) [ "users"; "guest" ] "order"

          testCase "a foreign key to a table that is not shared, or not there, is an error"
          <| fun () ->
              let target = ObjectName.create "plugin_users"

              Expect.equal
                  (errors [ guest "users" "users"; owner false ])
                  [ ResolveError.NotShared("guest", target "users") ]
                  "not shared"

              Expect.equal
                  (errors [ guest "users" "people"; owner true ])
                  [ ResolveError.UnknownTable("guest", target "people") ]
                  "unknown"

          testCase "a circle is named as it runs"
          <| fun () ->
              let plugins =
                  [ Plugin.define "outside" |> Plugin.dependsOn "a"
                    Plugin.define "a" |> Plugin.dependsOn "b"
                    Plugin.define "b" |> Plugin.dependsOn "c"
                    Plugin.define "c" |> Plugin.dependsOn "a" ]

              Expect.equal (errors plugins) [ ResolveError.Cycle [ "a"; "b"; "c" ] ] "cycle"

          testCase "two ids on one namespace are an error that names both (G5)"
          <| fun () ->
              let plugins = [ Plugin.define "@a/plugin-foo"; Plugin.define "@b/plugin-foo" ]

              Expect.equal
                  (errors plugins)
                  [ ResolveError.SharedNamespace("plugin_foo", [ "@a/plugin-foo"; "@b/plugin-foo" ]) ]
                  "namespace"

          testCase "every error is reported at once"
          <| fun () ->
              let transfer =
                  Action.extracting
                      "TRANSFER"
                      ""
                      ""
                      (extraction "transfer" {
                          let! amount = Field.decimal "amount"
                          and! user = Field.guid "user_id"
                          return amount, user
                      })
                      (fun _ _ -> Task.FromResult(ActionResult.ok ""))

              let plugins =
                  [ Plugin.define "a" |> Plugin.action (action "SAVE") |> Plugin.dependsOn "nobody"
                    Plugin.define "a"
                    Plugin.define "b" |> Plugin.provider (provider "save") |> Plugin.action (action "not a name")
                    Plugin.define "c" |> Plugin.schema (Schema.forPlugin "other" []) |> Plugin.action transfer
                    Plugin.define "d" |> Plugin.dependsOn "d" ]

              Expect.equal
                  (errors plugins |> set)
                  (set
                      [ ResolveError.DuplicateId "a"
                        ResolveError.MissingDependency("a", "nobody")
                        ResolveError.DuplicateName("SAVE", [ "a"; "b" ])
                        ResolveError.BadName("b", "not a name")
                        ResolveError.ForeignSchema("c", "other")
                        ResolveError.IdentityAsArgument("c", "TRANSFER", "user_id")
                        ResolveError.Cycle [ "d" ] ])
                  "errors"

          testCase "each error names the way out"
          <| fun () ->
              for error in
                  [ ResolveError.DuplicateId "a"
                    ResolveError.SharedNamespace("n", [ "a"; "b" ])
                    ResolveError.IdentityAsArgument("a", "ACT", "userId") ] do
                  Expect.isGreaterThan (string error).Length 30 "message" ]
