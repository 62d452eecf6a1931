module SchemaToolkit.Tests.CanonicalTests

open System
open System.Text
open System.Text.Json
open Expecto
open FsCheck
open FsCheck.FSharp
open SchemaToolkit
open SchemaToolkit.Tests.EverySchema

let private config =
    { FsCheckConfig.defaultConfig with
        arbitrary = [ typeof<AnySchema> ]
        maxTest = 200
        endSize = 12 }

let private shuffle (random: Random) (items: 'T list) =
    let array = List.toArray items
    random.Shuffle array
    List.ofArray array

/// The same schema with everything moved whose order means nothing.
let private reordered (seed: int) (schema: Schema) =
    let random = Random seed

    let table (t: Table) =
        { t with
            Uniques = shuffle random (List.distinctBy _.Name t.Uniques)
            ForeignKeys = shuffle random (List.distinctBy _.Name t.ForeignKeys)
            Checks = shuffle random (List.distinctBy _.Name t.Checks)
            Indexes = shuffle random (List.distinctBy _.Name t.Indexes)
            Policies =
                t.Policies
                |> List.distinctBy _.Name
                |> List.map (fun p -> { p with Roles = shuffle random p.Roles })
                |> shuffle random }

    { schema with
        Enums = schema.Enums |> List.distinctBy _.Name |> shuffle random
        Tables = schema.Tables |> List.distinctBy _.Name |> List.map table |> shuffle random }

let private errorsOf (text: string) =
    match Canonical.parse text with
    | Ok _ -> failtest "expected errors"
    | Error errors -> errors

let private head = """{"format":1,"namespace":"n","plugin":"p","""

[<Tests>]
let tests =
    testList
        "canonical"
        [ testCase "the JSON of a schema that uses everything is frozen"
          <| fun () -> Golden.check "canonical-schema.golden.json" (Canonical.serialize schema)

          testCase "its hash is frozen"
          <| fun () -> Golden.check "canonical-hash.golden.txt" (Canonical.hash schema + "\n")

          testCase "the golden file of this format can be read for ever"
          <| fun () ->
              match Canonical.parse (Canonical.serialize schema) with
              | Ok read -> Expect.equal read (Canonical.normalise schema) "what was read"
              | Error errors -> failtestf "%A" errors

          testPropertyWithConfig config "what was written is read back, whatever the schema"
          <| fun (schema: Schema) -> Canonical.parse (Canonical.serialize schema) = Ok(Canonical.normalise schema)

          testPropertyWithConfig config "a schema read back from its JSON compares equal to the declared one"
          <| fun (schema: Schema) ->
              match Canonical.parse (Canonical.serialize schema) with
              | Ok read -> Compare.equivalent read schema
              | Error _ -> false

          testCase "between a schema that uses everything and what was recorded of it there are no steps"
          <| fun () ->
              match Canonical.parse (Canonical.serialize schema) with
              | Ok recorded -> Expect.equal (Diff.between recorded schema) [] "steps"
              | Error errors -> failtestf "%A" errors

          testPropertyWithConfig config "the hash does not depend on an order without meaning"
          <| fun (schema: Schema) (a: int) (b: int) ->
              Canonical.hash (reordered a schema) = Canonical.hash (reordered b schema)

          testPropertyWithConfig config "keys stand in ordinal order, in valid JSON without spaces"
          <| fun (schema: Schema) ->
              use document = JsonDocument.Parse(Canonical.serialize schema)

              let rec ordered (element: JsonElement) =
                  match element.ValueKind with
                  | JsonValueKind.Object ->
                      let keys = [ for field in element.EnumerateObject() -> field.Name ]

                      keys = List.sortWith (fun a b -> String.CompareOrdinal(a, b)) keys
                      && element.EnumerateObject() |> Seq.forall (fun field -> ordered field.Value)
                  | JsonValueKind.Array -> element.EnumerateArray() |> Seq.forall ordered
                  | _ -> true

              ordered document.RootElement

          testCase "a rename hint does not change the hash"
          <| fun () ->
              let hinted =
                  { schema with
                      Tables = schema.Tables |> List.map (fun t -> { t with RenamedFrom = [ "was" ] }) }

              Expect.equal (Canonical.hash hinted) (Canonical.hash schema) "hash"

          testCase "plugin, namespace, version, sharing and column order change the hash"
          <| fun () ->
              let first = List.head schema.Tables
              let with' table = { schema with Tables = table :: List.tail schema.Tables }

              let variants =
                  [ schema
                    { schema with Plugin = "other" }
                    { schema with Namespace = "other" }
                    { schema with Version = None }
                    with' { first with Shared = not first.Shared }
                    with' { first with Columns = List.rev first.Columns } ]

              Expect.hasLength (variants |> List.map Canonical.hash |> List.distinct) variants.Length "hashes"

          testCase "asking for the order that comes unasked is no difference"
          <| fun () ->
              let index nulls = { Index.by [ IndexPart.column Orders.at |> nulls ] with Name = "i" }
              Expect.equal (Canonical.index (index IndexPart.nullsLast)) (Canonical.index (index id)) "ascending"
              Expect.notEqual (Canonical.index (index IndexPart.nullsFirst)) (Canonical.index (index id)) "first"

          testCase "escapes are those of RFC 8785"
          <| fun () ->
              let written = Canonical.sqlText (SqlText.raw "\"\\\b\f\n\r\t\u0000\u001f\u007f</é🙂\u2028")
              let expected = "[\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u007f</é🙂\u2028\"]"
              Expect.equal written expected "text"

          testCase "half of a surrogate pair becomes U+FFFD, so the text is valid UTF-8"
          <| fun () ->
              let written = Canonical.sqlText (SqlText.raw "a\ud83db")
              Expect.equal written "[\"a\ufffdb\"]" "text"
              Expect.equal (UTF8Encoding(false, true).GetString(Encoding.UTF8.GetBytes written)) written "round trip"

          testCase "a hash is 64 lower-case hexadecimal digits of SHA-256"
          <| fun () ->
              Expect.equal
                  (Canonical.sha256 "")
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  "the empty text's hash (FIPS 180-4)"

          testCase "another format is refused with the way out, before anything else is judged"
          <| fun () ->
              let errors = errorsOf """{"format":2,"mystery":true}"""
              Expect.hasLength errors 1 "errors"
              Expect.stringContains errors.Head "$.format is 2" "where"
              Expect.stringContains errors.Head "newer" "way out"

          testCase "every error is told, each with its path"
          <| fun () ->
              let errors =
                  errorsOf (
                      head
                      + """"tables":[{"name":{"name":"t"},"columns":[{"name":1,"type":"strange","extra":0},{"name":"b"}]}],"more":[]}"""
                  )

              let paths =
                  [ "$.tables[0].columns[0].name should be text, but is a number."
                    "$.tables[0].columns[0].type is 'strange'"
                    "$.tables[0].columns[0].extra is not a known key."
                    "$.tables[0].columns[1].type is missing."
                    "$.more is not a known key." ]

              Expect.hasLength errors paths.Length $"%A{errors}"

              for path in paths do
                  Expect.exists errors (fun error -> error.StartsWith(path, StringComparison.Ordinal)) path

          testList
              "is an error, not an exception:"
              [ for name, text in
                    [ "no text", ""
                      "not JSON", "{"
                      "a list", "[]"
                      "null", "null"
                      "no format", "{}"
                      "a format that is text", """{"format":"1"}"""
                      "a repeated key", head + """"plugin":"q"}"""
                      "half a surrogate pair", """{"format":1,"namespace":"n","plugin":"\ud83d"}"""
                      "a version beyond 32 bits", head + """"version":3000000000}"""
                      "a fraction", head + """"version":1.5}"""
                      "a null field", head + """"tables":null}"""
                      "a type with two keys",
                      head
                      + """"tables":[{"name":{"name":"t"},"columns":[{"name":"c","type":{"char":1,"varchar":2}}]}]}"""
                      "an index part with nothing",
                      head + """"tables":[{"name":{"name":"t"},"indexes":[{"name":"i","parts":[{}]}]}]}"""
                      "nesting without end", String('[', 5000) ] ->
                    testCase name <| fun () -> Expect.isNonEmpty (errorsOf text) "errors" ] ]
