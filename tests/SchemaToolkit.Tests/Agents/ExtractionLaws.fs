module SchemaToolkit.Tests.Agents.ExtractionLaws

open System.Diagnostics
open Expecto
open FsCheck
open FsCheck.FSharp
open SchemaToolkit.Agents

let private everything =
    extraction "root" {
        let! text = Field.text "text"
        and! flag = Field.optional (Field.bool "flag")
        and! count = Field.withDefault 1 (Field.int "count")
        and! kind = Field.optional (Field.oneOf "kind" [ "a"; "b" ])
        and! tags = Field.list "tags" "tag" Scalar.text
        and! inner = Field.optional (Field.group "inner" (Field.text "text"))
        return text, flag, count, kind, tags, inner
    }

/// Pieces that markup goes wrong with, and arbitrary text between them.
let private hostile =
    let names =
        [ "root"; "text"; "texture"; "flag"; "count"; "tags"; "tag"; "inner"; "think"; "reasoning"; "TEXT" ]

    let piece =
        Gen.frequency
            [ 6, Gen.elements names |> Gen.map (fun name -> $"<{name}>")
              6, Gen.elements names |> Gen.map (fun name -> $"</{name}>")
              1, Gen.elements names |> Gen.map (fun name -> $"<{name}/>")
              1, Gen.elements names |> Gen.map (fun name -> $"<{name} a=\"")
              1, Gen.elements names |> Gen.map (fun name -> $"</{name}")
              3,
              Gen.elements [ "<"; ">"; "/"; "\""; "'"; "&"; ";"; "&#"; "&#x110000;"; "&lt;"; "\000"; "\uD800"; "]]>" ]
              2, Gen.elements [ "<![CDATA["; "<!--"; "-->"; "<!DOCTYPE a ["; "<?xml"; "```xml\n"; "{"; "}"; "null" ]
              3, Gen.elements [ "true"; "12"; "a"; " b "; "\n" ]
              2, ArbMap.defaults |> ArbMap.generate<string> |> Gen.map (fun text -> $"{text}") ]

    Gen.listOf piece |> Gen.map (String.concat "")

let private holds name count (property: string -> unit) =
    testCase name
    <| fun () ->
        let config = Config.QuickThrowOnFailure.WithMaxTest(count)
        Check.One(config, Prop.forAll (Arb.fromGen hostile) property)

let private escape (text: string) = text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")

[<Tests>]
let laws =
    testList
        "extraction laws (G29)"
        [ holds "no input makes it throw" 3000 (fun input ->
              Extraction.read everything input |> ignore
              Extraction.readJson everything input |> ignore
              Reasoning.strip input |> ignore)

          holds "an error always says something" 500 (fun input ->
              match Extraction.read everything input with
              | Ok _ -> ()
              | Error errors ->
                  Expect.isNonEmpty errors "errors"
                  errors |> List.iter (fun error -> Expect.isNotEmpty (string error) "message"))

          holds "any text survives in CDATA or escaped" 1000 (fun input ->
              let one = extraction "root" { let! text = Field.text "text" in return text }

              if input.Trim() <> "" && not (input.Contains "]]>") && not (input.Contains '\000') then
                  let expected = Ok(input.Trim())
                  let inCData = $"<root><text><![CDATA[{input}]]></text></root>"
                  let escaped = $"<root><text>{escape input}</text></root>"
                  Expect.equal (Extraction.read one inCData) expected "CDATA"
                  Expect.equal (Extraction.read one escaped) expected "escaped")

          testCase "every beginning of an answer gives the whole values or an error, never half a value"
          <| fun () ->
              let answer =
                  "<root><text>hello world</text><count>1234</count><tags><tag>one</tag><tag>two</tag></tags></root>"

              let complete = Extraction.read everything answer |> Result.toOption |> Option.get

              for length in 0 .. answer.Length do
                  match Extraction.read everything (answer.Substring(0, length)) with
                  | Error _ -> ()
                  | Ok(text, _, count, _, tags, _) ->
                      let wholeText, _, wholeCount, _, wholeTags, _ = complete
                      Expect.equal text wholeText "text"
                      Expect.isTrue (count = wholeCount || count = 1) $"count {count}"
                      Expect.equal tags (List.truncate tags.Length wholeTags) "tags"

          testCase "a million characters of broken markup are read in linear time"
          <| fun () ->
              let million (piece: string) = String.replicate (1_000_000 / piece.Length) piece

              for piece in [ "<"; "<!--"; "<![CDATA["; "<text \""; "<root a='"; "&"; "</"; "<a <"; "{" ] do
                  let clock = Stopwatch.StartNew()
                  Extraction.read everything (million piece) |> ignore
                  Extraction.readJson everything (million piece) |> ignore
                  // Quadratic work on this length would take minutes.
                  Expect.isLessThan clock.Elapsed.TotalSeconds 10.0 piece ]
