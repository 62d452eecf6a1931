module SchemaToolkit.Tests.NamesTests

open System
open Expecto
open SchemaToolkit

/// One line for each input, with what the rule makes of it.
let private golden (rule: string -> string) (inputs: string list) =
    inputs |> List.map (fun input -> $"{input} → {rule input}\n") |> String.concat ""

let private snakeCased =
    [ "Id"
      "ID"
      "id"
      "UserId"
      "userId"
      "UserID"
      "user_id"
      "User_Id"
      "USER_ID"
      "HTTPServer"
      "HttpServer"
      "MyHTTPServer"
      "HTTP"
      "XMLHttpRequest"
      "IOStream"
      "parseJSON"
      "JSONToXML"
      "iPhone"
      "eMail"
      "A"
      "AB"
      "ABc"
      "aB"
      "aBC"
      "Value2"
      "Value2Text"
      "Value22"
      "V2"
      "Md5Hash"
      "MD5Hash"
      "SHA256"
      "Sha256Sum"
      "Utf8"
      "UTF8Text"
      "Base64URL"
      "X509Certificate"
      "Line1Line2"
      "A1B2"
      "_private"
      "__Two"
      "Trailing_"
      "CreatedAt"
      "createdAtUTC"
      "Straße"
      "ÄpfelUndÖl"
      "ПользовательИд"
      "ΑλφαΒητα"
      "İstanbul"
      "名前Id"
      "naïveÉtat"
      "Isbn13Code"
      "" ]

let private pluginIds =
    [ "myplugin"
      "my-plugin"
      "MyPlugin"
      "plugin-foo"
      "@elizaos/plugin-foo"
      "@a/plugin-foo"
      "@b/plugin-foo"
      "@org/foo"
      "plugin-foo.bar"
      "@org/plugin-foo-bar"
      "plugin_foo"
      "Plugin-Foo"
      "@org/sub/plugin-x"
      "plugin-"
      "plugin"
      "plugin-plugin-x"
      "a.b.c"
      "1st"
      "café"
      "with space" ]

let private derived =
    let long = String('t', 60)

    [ Identifier.derive "users" [] "pkey"
      Identifier.derive "users" [ "email" ] "key"
      Identifier.derive "orders" [ "customer_id"; "day" ] "fkey"
      Identifier.derive "orders" [ "positive" ] "check"
      Identifier.derive "orders" [ "expr"; "state" ] "idx"
      Identifier.derive (String('t', 58)) [] "pkey"
      Identifier.derive (String('t', 59)) [] "pkey"
      Identifier.derive long [ "first_column" ] "key"
      Identifier.derive long [ "second_column" ] "key"
      Identifier.derive (String('é', 31)) [ "größe" ] "idx"
      Identifier.derive "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂" [ "much"; "too"; "long" ] "idx" ]

[<Tests>]
let tests =
    testList
        "names"
        [ testCase "the snake_case rule is frozen"
          <| fun () -> Golden.check "snake-case.golden.txt" (golden Identifier.snakeCase snakeCased)

          testCase "the namespaces of plugins are frozen"
          <| fun () -> Golden.check "plugin-namespaces.golden.txt" (golden Namespace.derive pluginIds)

          testCase "derived names are frozen"
          <| fun () ->
              let line (name: string) = $"{name} ({Identifier.byteLength name} bytes)\n"
              Golden.check "derived-names.golden.txt" (derived |> List.map line |> String.concat "")

          testCase "a derived name is never longer than PostgreSQL keeps, and stays distinct when cut"
          <| fun () ->
              for name in derived do
                  Expect.isLessThanOrEqual (Identifier.byteLength name) Identifier.maxBytes name

              Expect.hasLength (List.distinct derived) derived.Length "distinct" ]

[<Tests>]
let goldenTests =
    testList
        "golden"
        [ testCase "a difference is shown with its neighbours, not with the whole file"
          <| fun () ->
              let lines = [ for i in 1..50 -> $"line {i}" ]
              let expected = String.concat "\n" lines
              let shown = Golden.focused expected (expected.Replace("line 20\n", "line twenty\n"))
              Expect.equal shown "  line 19\n- line 20\n+ line twenty\n  line 21" "diff"

          testCase "in a long line only the surroundings of the difference are shown"
          <| fun () ->
              let expected = String('a', 5000) + "b" + String('c', 5000)
              let shown = Golden.focused expected (expected.Replace("b", "B"))
              Expect.isLessThan shown.Length 400 "length"
              Expect.stringContains shown "aBc" "what is there now" ]
