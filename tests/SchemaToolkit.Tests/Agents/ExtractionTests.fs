module SchemaToolkit.Tests.Agents.ExtractionTests

open System.Text.Json
open Expecto
open SchemaToolkit.Agents

type private Preferences = { Theme: string option; Language: string option; Notifications: bool option }

let private preferences =
    extraction "preferences" {
        let! theme = Field.optional (Field.oneOf "theme" [ "light"; "dark"; "auto" ])
        and! language = Field.optional (Field.text "language")
        and! notifications = Field.optional (Field.bool "notifications")
        return { Theme = theme; Language = language; Notifications = notifications }
    }

let private text = extraction "answer" { let! text = Field.text "text" in return text }

let private order =
    extraction "order" {
        let! count = Field.int "count"
        and! price = Field.decimal "price"
        and! express = Field.bool "express"
        and! tags = Field.list "tags" "tag" Scalar.text
        return count, price, express, tags
    }

let private full = { Theme = Some "dark"; Language = Some "es"; Notifications = Some true }

let private wellFormed =
    "<preferences><theme>dark</theme><language>es</language><notifications>true</notifications></preferences>"

let private reads name answer expected =
    testCase name
    <| fun () -> Expect.equal (Extraction.read preferences answer) (Ok expected) "preferences"

let private readsText name inner expected =
    testCase name
    <| fun () -> Expect.equal (Extraction.read text $"<answer>{inner}</answer>") (Ok expected) "text"

let private fails name extraction (answer: string) (expected: ExtractionError list) =
    testCase name
    <| fun () ->
        match Extraction.read extraction answer with
        | Ok value -> failtest $"Read {value} instead of failing."
        | Error errors -> Expect.equal errors expected "errors"

[<Tests>]
let tolerance =
    testList
        "extraction tolerates (G29)"
        [ reads "nothing but the form" wellFormed full
          reads "prose around" $"Sure! Here it is:\n\n{wellFormed}\n\nAnything else?" full
          reads "a code fence" $"```xml\n{wellFormed}\n```" full
          reads "white space and line ends" (wellFormed.Replace("<", "\r\n  <").Replace(">", ">\n ")) full
          reads "upper case" (wellFormed.ToUpperInvariant().Replace("ES", "es").Replace("DARK", "dark")) full
          reads "attributes, also with > inside" (wellFormed.Replace("<theme>", "<theme note=\"a > b\" x='1'>")) full
          reads "a declaration and comments" $"<?xml version=\"1.0\"?><!-- <theme>auto</theme> -->{wellFormed}" full
          reads "a comment inside the root" (wellFormed.Replace("<theme>", "<!-- <theme>light</theme> --><theme>")) full
          reads
              "a block of reasoning with a draft in it"
              $"<think>Perhaps <preferences><theme>light</theme></preferences>?</think>{wellFormed}"
              full
          reads "nested reasoning" $"<think>a <think>b</think> <theme>light</theme></think>{wellFormed}" full
          reads
              "reasoning in the middle"
              (wellFormed.Replace("<language>", "<reasoning>French? <language>fr</language></reasoning><language>"))
              full
          reads
              "reasoning that was opened in the prompt"
              $"It is <theme>light</theme> I guess.</think>{wellFormed}"
              full
          reads
              "reasoning that never ends after the answer"
              $"{wellFormed}<think>Did I forget <preferences><theme>light</theme></preferences>"
              full
          reads "unknown elements" (wellFormed.Replace("<theme>", "<mood>happy</mood><theme>")) full
          reads "an element that is not closed" (wellFormed.Replace("</theme>", "")) full
          reads "the last element not closed" (wellFormed.Replace("</notifications>", "")) full
          reads
              "an element closed by half a tag at the end"
              (wellFormed.Replace("</notifications></preferences>", "</notif"))
              full
          reads "a root that is not closed" (wellFormed.Replace("</preferences>", "")) full
          reads "no root" (wellFormed.Replace("<preferences>", "").Replace("</preferences>", "")) full
          reads "the root named in prose before" $"I fill in the <preferences> form. {wellFormed}" full
          reads "the root named in prose after" $"{wellFormed} That was the <preferences> form." full
          reads
              "the form repeated before the answer"
              $"<preferences><theme>light/dark/auto</theme></preferences> {wellFormed}"
              full
          reads
              "an element given twice, where the last counts"
              (wellFormed.Replace("<theme>", "<theme>light</theme><theme>"))
              full
          reads
              "an empty repetition"
              (wellFormed.Replace("</preferences>", "<theme></theme><theme/></preferences>"))
              full
          reads
              "null, n/a and empty for what is not there"
              "<preferences><theme>null</theme><language>N/A</language><notifications/></preferences>"
              { Theme = None; Language = None; Notifications = None }
          reads "an empty root" "<preferences></preferences>" { Theme = None; Language = None; Notifications = None }
          reads "a root that closes itself" "<preferences/>" { Theme = None; Language = None; Notifications = None }

          readsText "the five entities" "<text>&lt;b&gt; &amp; &quot;x&quot; &apos;y&apos;</text>" "<b> & \"x\" 'y'"
          readsText "numeric entities" "<text>&#65;&#x42;&#x1F600;</text>" "AB😀"
          readsText "an entity decoded once" "<text>&amp;lt;</text>" "&lt;"
          readsText
              "entities that are none as they are"
              "<text>a & b &nbsp; &#0; &#xD800; &#99999999; &; &x</text>"
              "a & b &nbsp; &#0; &#xD800; &#99999999; &; &x"
          readsText
              "CDATA as it is"
              "<text><![CDATA[a < b && <text>&amp;</text>]]></text>"
              "a < b && <text>&amp;</text>"
          readsText "markup of other names" "<text>I <b>like</b> a<b and x<y>z</text>" "I <b>like</b> a<b and x<y>z"
          readsText "a longer name that begins alike" "<text>a<texture>b</texture></text>" "a<texture>b</texture>"
          readsText "a longer name before" "<texture>b</texture><text>a</text>" "a"
          readsText "the same name nested" "<text>a<text>b</text>c</text>" "a<text>b</text>c"
          readsText
              "a DTD, which is text and expands nothing"
              "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><text>&b;</text>"
              "&b;"

          testCase "a field called reasoning is a field and no reasoning"
          <| fun () ->
              let asked = extraction "answer" { let! why = Field.text "reasoning" in return why }
              let answer = "<think>hm</think><answer><reasoning>because</reasoning></answer>"
              Expect.equal (Extraction.read asked answer) (Ok "because") "reasoning"

          testCase "lists in a container, without it, and as one text"
          <| fun () ->
              let rest = "<count>2</count><price>1</price><express>no</express>"

              for tags in
                  [ "<tags><tag>a</tag><tag>b</tag></tags>"
                    "<tag>a</tag><tag>b</tag>"
                    "<tags>a, b</tags>"
                    "<tags>a\nb</tags>"
                    "<tags><tag>a<tag>b</tags>" ] do
                  let answer = $"<order>{rest}{tags}</order>"
                  Expect.equal (Extraction.read order answer) (Ok(2, 1m, false, [ "a"; "b" ])) tags ]

[<Tests>]
let errors =
    testList
        "extraction reports (G29)"
        [ fails
              "every problem at once"
              order
              "<order><count>many</count><price>1,50</price><tags><tag>a</tag></tags></order>"
              [ ExtractionError.Invalid("order/count", "many", "a whole number of 32 bits")
                ExtractionError.Invalid("order/price", "1,50", "a number such as 12.50")
                ExtractionError.Missing "order/express" ]
          fails
              "a value that the answer ended in, since it may be half"
              order
              "<order><price>1</price><express>yes</express><count>12"
              [ ExtractionError.Truncated "order/count" ]
          fails
              "an optional value that the answer ended in"
              preferences
              "<preferences><theme>dark</theme><language>e"
              [ ExtractionError.Truncated "preferences/language" ]
          fails
              "an item that the answer ended in"
              order
              "<order><count>1</count><price>1</price><express>yes</express><tags><tag>a</tag><tag>b"
              [ ExtractionError.Truncated "order/tags/tag" ]
          fails "an empty value" text "<answer><text> </text></answer>" [ ExtractionError.Empty "answer/text" ]
          fails
              "a word that is not among the values"
              preferences
              "<preferences><theme>blue</theme></preferences>"
              [ ExtractionError.Invalid("preferences/theme", "blue", "one of light, dark, auto") ]
          fails
              "a draft in reasoning that never ends is no answer"
              preferences
              $"<think>Let me see. {wellFormed}"
              [ ExtractionError.NoAnswer("preferences", "it ends inside a block of reasoning") ]
          fails "nothing" preferences "  " [ ExtractionError.NoAnswer("preferences", "it is empty") ]
          fails
              "only prose"
              preferences
              "I cannot help with that."
              [ ExtractionError.NoAnswer("preferences", "no element of that name or of its fields is in it") ]
          fails
              "NUL, which PostgreSQL cannot keep"
              text
              "<answer><text>a\000b</text></answer>"
              [ ExtractionError.Invalid("answer/text", "a\000b", "text without NUL") ]
          fails
              "an answer over the limit"
              (text |> Extraction.withLimits { MaxLength = 10; MaxTags = 10 })
              "<answer><text>a</text></answer>"
              [ ExtractionError.TooLong(31, 10) ]
          fails
              "too many tags"
              (text |> Extraction.withLimits { MaxLength = 1000; MaxTags = 10 })
              (String.replicate 20 "<text>")
              [ ExtractionError.TooManyTags 10 ]

          testCase "a truncated text is kept when half is welcome"
          <| fun () ->
              let reply = extraction "answer" { let! text = Field.partialText "text" in return text }
              Expect.equal (Extraction.read reply "<answer><text>Once upon") (Ok "Once upon") "text"

          testCase "two fields of one name are refused at definition"
          <| fun () ->
              let twice () = Extraction.define "a" (Field.zip (Field.text "x") (Field.int "X")) |> ignore
              Expect.throwsT<System.ArgumentException> twice "one name"

          testCase "a name that cannot be an element is refused at definition"
          <| fun () -> Expect.throwsT<System.ArgumentException> (fun () -> Field.text "a b" |> ignore) "name" ]

[<Tests>]
let forms =
    testList
        "extraction asks"
        [ testCase "for XML with a hint in each element"
          <| fun () ->
              let expected =
                  "<order>\n  <count>whole number</count>\n  <price>number</price>\n  <express>true/false</express>\n  <tags>\n    <tag>text</tag>\n    <tag>text</tag>\n  </tags>\n</order>"

              Expect.equal (Extraction.form order) expected "form"

          testCase "for JSON by a closed schema in which optional values may be null"
          <| fun () ->
              let expected =
                  """{"type":"object","properties":{"theme":{"type":["string","null"],"enum":["light","dark","auto",null]},"language":{"type":["string","null"]},"notifications":{"type":["boolean","null"]}},"required":["theme","language","notifications"],"additionalProperties":false}"""

              Expect.equal (JsonSerializer.Serialize(Extraction.jsonSchema preferences)) expected "schema"

          testCase "JSON is read by the same extraction, in a fence and after reasoning too"
          <| fun () ->
              let json = """{"theme":"dark","language":"es","notifications":true,"user_id":"x"}"""

              for answer in [ json; $"```json\n{json}\n```"; $"<think>{{}}</think>Here: {json}." ] do
                  Expect.equal (Extraction.readJson preferences answer) (Ok full) answer

          testCase "JSON null is nothing, lists and groups are read"
          <| fun () ->
              let nested =
                  extraction "person" {
                      let! name = Field.text "name"
                      and! age = Field.optional (Field.int "age")
                      and! city = Field.group "address" (Field.text "city")
                      and! tags = Field.list "tags" "tag" Scalar.int
                      return name, age, city, tags
                  }

              let json = """{"name":"Ada","age":null,"address":{"city":"London"},"tags":[1,2]}"""
              Expect.equal (Extraction.readJson nested json) (Ok("Ada", None, "London", [ 1; 2 ])) "json"

              let xml =
                  "<person><name>Ada</name><address><city>London</city></address><tags><tag>1</tag><tag>2</tag></tags></person>"

              Expect.equal (Extraction.read nested xml) (Ok("Ada", None, "London", [ 1; 2 ])) "xml"

          testCase "broken JSON is an error"
          <| fun () ->
              for answer in [ "{"; "{\"theme\":}"; "none"; """{"theme":"\ud800"}""" ] do
                  Expect.isError (Extraction.readJson preferences answer) answer ]

type Mood =
    | Calm
    | VeryHappy

type Address = { City: string; Zip: int option }

type Person =
    { FullName: string
      Mood: Mood option
      Tags: string list
      Home: Address
      Work: Address option }

type Endless = { Next: Endless option }

[<Tests>]
let records =
    testList
        "extraction of a record"
        [ testCase "reads each field by its name in snake_case"
          <| fun () ->
              let asked = Extraction.ofRecord<Person> "person"

              Expect.equal
                  (Extraction.form asked)
                  "<person>\n  <full_name>text</full_name>\n  <mood>calm/very_happy</mood>\n  <tags>\n    <tag>text</tag>\n    <tag>text</tag>\n  </tags>\n  <home>\n    <city>text</city>\n    <zip>whole number</zip>\n  </home>\n  <work>\n    <city>text</city>\n    <zip>whole number</zip>\n  </work>\n</person>"
                  "form"

              let answer =
                  "<person><full_name>Ada</full_name><mood>Very_Happy</mood><tags><tag>a</tag></tags><home><city>London</city><zip>1</zip></home></person>"

              Expect.equal
                  (Extraction.read asked answer)
                  (Ok
                      { FullName = "Ada"
                        Mood = Some VeryHappy
                        Tags = [ "a" ]
                        Home = { City = "London"; Zip = Some 1 }
                        Work = None })
                  "person"

          testCase "reports what is missing by its path"
          <| fun () ->
              Expect.equal
                  (Extraction.read (Extraction.ofRecord<Person> "person") "<person><home><zip>x</zip></home></person>")
                  (Error
                      [ ExtractionError.Missing "person/full_name"
                        ExtractionError.Missing "person/home/city"
                        ExtractionError.Invalid("person/home/zip", "x", "a whole number of 32 bits") ])
                  "errors"

          testCase "refuses a record that holds itself, and what is no record"
          <| fun () ->
              Expect.throwsT<System.ArgumentException> (fun () -> Extraction.ofRecord<Endless> "a" |> ignore) "endless"
              Expect.throwsT<System.ArgumentException> (fun () -> Extraction.ofRecord<int> "a" |> ignore) "int"
              Expect.throwsT<System.ArgumentException> (fun () -> Extraction.ofRecord<{| F: exn |}> "a" |> ignore) "exn" ]
