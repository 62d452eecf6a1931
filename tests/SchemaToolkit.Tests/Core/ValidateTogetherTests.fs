module SchemaToolkit.Tests.ValidateTogetherTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Tests.Faulty

let private codes (errors: SchemaError list) = errors |> List.map _.Code |> List.distinct |> List.sort

let private users = Table.define "users" [ id ] |> Table.primaryKey [ id ]

let private needing (plugin: string) =
    let ref = Column.uuid "ref"

    Table.define "notes" [ id; ref ]
    |> Table.primaryKey [ id ]
    |> Table.referencesNamed (plugin, "users") [ ref, "id" ]

let private togetherErrors (schemas: Schema list) =
    match Validate.together schemas with
    | Ok _ -> []
    | Error errors -> errors

[<Tests>]
let tests =
    testList
        "validate together"
        [ testCase "a shared table may be referred to, and is a dependency"
          <| fun () ->
              let owner = Schema.forPlugin "accounts" [ Table.shared users ]
              let user = Schema.forPlugin "notes" [ needing "accounts" ]
              Expect.equal (Validate.together [ user; owner ]) (Ok [ user; owner ]) "schemas"
              Expect.equal (Validate.dependencies [ user; owner ] user) [ "accounts" ] "of notes"
              Expect.isEmpty (Validate.dependencies [ user; owner ] owner) "of accounts"

          testCase "a table that is not shared may not, and both plugins are named"
          <| fun () ->
              let errors =
                  togetherErrors
                      [ Schema.forPlugin "accounts" [ users ]; Schema.forPlugin "notes" [ needing "accounts" ] ]

              let error = List.exactlyOne errors
              Expect.equal error.Code "not-shared" "code"
              Expect.equal error.Plugin "notes" "plugin"
              Expect.stringContains error.Message "'notes'" "who"
              Expect.stringContains error.Message "'accounts'" "whose"
              Expect.stringContains error.Advice "Table.shared" "way out"

          testCase "a plugin that is missing is told with those that are there"
          <| fun () ->
              let error = togetherErrors [ Schema.forPlugin "notes" [ needing "accounts" ] ] |> List.exactlyOne
              Expect.equal error.Code "unknown-table" "code"
              Expect.stringContains error.Advice "'plugin_accounts'" "namespace"

          testCase "a table that the other plugin lacks is told"
          <| fun () ->
              let other = Schema.forPlugin "accounts" [ Table.define "people" [ id ] |> Table.shared ]
              let error = togetherErrors [ other; Schema.forPlugin "notes" [ needing "accounts" ] ] |> List.exactlyOne
              Expect.equal error.Code "unknown-table" "code"
              Expect.stringContains error.Advice "'people'" "known"

          testCase "types and keys of the other plugin are looked at"
          <| fun () ->
              let far = Table.define "users" [ Column.text "id" ] |> Table.shared

              let errors =
                  togetherErrors
                      [ Schema.forPlugin "accounts" [ far ]; Schema.forPlugin "notes" [ needing "accounts" ] ]

              Expect.equal (codes errors) [ "target-not-unique"; "type-mismatch" ] "codes"

          testCase "two ids on one namespace are named with the way out"
          <| fun () ->
              let error =
                  togetherErrors
                      [ Schema.forPlugin "@a/plugin-foo" [ table ]; Schema.forPlugin "@b/plugin-foo" [ table ] ]
                  |> List.exactlyOne

              Expect.equal error.Code "namespace-clash" "code"
              Expect.stringContains error.Message "'@a/plugin-foo', '@b/plugin-foo'" "both"
              Expect.stringContains error.Advice "Schema.inNamespace" "way out"

              let given = Schema.inNamespace "plugin_b_foo" "@b/plugin-foo" [ table ]
              Expect.isEmpty (togetherErrors [ Schema.forPlugin "@a/plugin-foo" [ table ]; given ]) "with a namespace"

          testCase "namespaces that differ only in case clash, as they would on SQLite"
          <| fun () ->
              let errors =
                  togetherErrors [ Schema.inNamespace "Foo" "a" [ table ]; Schema.inNamespace "foo" "b" [ table ] ]

              Expect.equal (codes errors) [ "namespace-clash" ] "codes"

          testCase "a plugin given twice is told"
          <| fun () ->
              Expect.contains (codes (togetherErrors [ plugin [ table ]; plugin [ table ] ])) "duplicate-plugin" "codes"

          testCase "plugins that refer to each other in a circle are told"
          <| fun () ->
              let both name other = Schema.forPlugin name [ Table.shared users; needing other ]
              let error = togetherErrors [ both "a" "b"; both "b" "a" ] |> List.exactlyOne
              Expect.equal error.Code "plugin-cycle" "code"

          testCase "errors of each schema are told too"
          <| fun () ->
              let errors =
                  togetherErrors [ plugin [ Table.define "t" [] ]; Schema.forPlugin "q" [ Table.define "u" [] ] ]

              Expect.equal
                  (errors |> List.map (fun e -> e.Plugin, e.Code))
                  [ "p", "no-columns"; "q", "no-columns" ]
                  "errors" ]
