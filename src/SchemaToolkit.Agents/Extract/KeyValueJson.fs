namespace SchemaToolkit.Agents

open System
open System.Text.Json

/// Reads structured output into the same elements as XML, so that one extraction reads both.
[<RequireQualifiedAccess>]
module internal KeyValueJson =
    let private text (value: JsonElement) =
        match value.ValueKind with
        | JsonValueKind.String -> value.GetString() |> Option.ofObj |> Option.defaultValue ""
        | JsonValueKind.Null
        | JsonValueKind.Undefined -> ""
        | _ -> value.GetRawText()

    let private leaf name value = { Name = name; Text = text value; Children = []; Truncated = false }

    let private members (value: JsonElement) =
        if value.ValueKind = JsonValueKind.Object then
            List.ofSeq (value.EnumerateObject())
        else
            []

    /// The elements of the shapes that an object holds; members of other names are left alone.
    let rec elements (shapes: Shape list) (value: JsonElement) : Element list =
        [ for shape in shapes do
              for property in members value do
                  if Shape.sameName property.Name (Shape.name shape) then
                      match shape with
                      | Shape.Value(name, _, _) -> leaf name property.Value
                      | Shape.Group(name, children, _) ->
                          { leaf name property.Value with Children = elements children property.Value }
                      | Shape.Many(container, item, _) when property.Value.ValueKind = JsonValueKind.Array ->
                          let items = [ for value in property.Value.EnumerateArray() -> leaf item value ]

                          if Shape.sameName container item then
                              yield! items
                          else
                              { Name = container; Text = ""; Children = items; Truncated = false }
                      | Shape.Many(container, _, _) -> leaf container property.Value ]

    /// As `elements`; Error when a text in it is not valid Unicode.
    let tryElements (shapes: Shape list) (value: JsonElement) : Result<Element list, ExtractionError> =
        try
            Ok(elements shapes value)
        with
        // A string that is not valid Unicode is found only when it is read.
        | :? InvalidOperationException as error ->
            Error(ExtractionError.NotJson error.Message)

    /// The outermost object of an answer that may wrap it in reasoning, prose or a code fence.
    let read
        (limits: ExtractionLimits)
        (root: string)
        (shapes: Shape list)
        (answer: string)
        : Result<Element list, ExtractionError> =
        if answer.Length > limits.MaxLength then
            Error(ExtractionError.TooLong(answer.Length, limits.MaxLength))
        else
            Reasoning.stripNamed limits Reasoning.names answer
            |> Result.bind (fun stripped ->
                match stripped.Answer.IndexOf '{', stripped.Answer.LastIndexOf '}' with
                | start, stop when start >= 0 && stop > start ->
                    try
                        use document = JsonDocument.Parse(stripped.Answer.Substring(start, stop - start + 1))
                        tryElements shapes document.RootElement
                    with
                    | :? JsonException
                    | :? ArgumentException as error -> Error(ExtractionError.NotJson error.Message)
                | _ -> Error(ExtractionError.NoAnswer(root, "no JSON object is in it")))
