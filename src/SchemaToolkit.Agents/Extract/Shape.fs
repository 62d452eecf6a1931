namespace SchemaToolkit.Agents

open System
open System.Text.Json.Nodes

/// What one value looks like, for the people and models that are asked for it.
type ValueForm =
    {
        /// What stands between the tags of the form that a model is shown: `true/false`, `text`.
        Hint: string
        /// The type's name in JSON schema: `string`, `boolean`, `integer`, `number`.
        JsonType: string
        /// The only values allowed; empty when any value of the type is.
        Options: string list
    }

/// The elements that an extraction reads: known before any answer is, so the form, the JSON schema and the reader come from it.
[<RequireQualifiedAccess>]
type Shape =
    | Value of name: string * form: ValueForm * required: bool
    /// Items inside a container, or repeated without one when both names are equal.
    | Many of container: string * item: string * form: ValueForm
    | Group of name: string * children: Shape list * required: bool

[<RequireQualifiedAccess>]
module Shape =
    /// Answers spell the names of elements in any case.
    let sameName (a: string) (b: string) = String.Equals(a, b, StringComparison.OrdinalIgnoreCase)

    let name (shape: Shape) =
        match shape with
        | Shape.Value(name, _, _)
        | Shape.Group(name, _, _) -> name
        | Shape.Many(container, _, _) -> container

    /// The names by which it begins at its own level.
    let outerNames (shape: Shape) =
        match shape with
        | Shape.Value(name, _, _)
        | Shape.Group(name, _, _) -> [ name ]
        | Shape.Many(container, item, _) -> [ container; item ]

    /// Every element name of the shape, its inner ones included.
    let rec names (shape: Shape) =
        match shape with
        | Shape.Value(name, _, _) -> [ name ]
        | Shape.Many(container, item, _) -> [ container; item ]
        | Shape.Group(name, children, _) -> name :: List.collect names children

    /// The names of the elements directly inside the one of this name.
    let innerNames (opened: string) (shape: Shape) =
        match shape with
        | Shape.Value _ -> []
        | Shape.Group(_, children, _) -> List.collect outerNames children
        | Shape.Many(container, item, _) when sameName container opened && not (sameName container item) -> [ item ]
        | Shape.Many _ -> []

    let optional (shape: Shape) =
        match shape with
        | Shape.Value(name, form, _) -> Shape.Value(name, form, false)
        | Shape.Group(name, children, _) -> Shape.Group(name, children, false)
        | Shape.Many _ -> shape

    /// The XML that a model is asked to fill, one element a line.
    let rec render (indent: string) (shape: Shape) =
        match shape with
        | Shape.Value(name, form, _) -> [ $"{indent}<{name}>{form.Hint}</{name}>" ]
        | Shape.Many(container, item, form) when sameName container item ->
            List.replicate 2 $"{indent}<{item}>{form.Hint}</{item}>"
        | Shape.Many(container, item, form) ->
            [ $"{indent}<{container}>"
              yield! List.replicate 2 $"{indent}  <{item}>{form.Hint}</{item}>"
              $"{indent}</{container}>" ]
        | Shape.Group(name, children, _) ->
            [ $"{indent}<{name}>"
              yield! children |> List.collect (render (indent + "  "))
              $"{indent}</{name}>" ]

    let private text (value: string) : JsonNode | null = JsonValue.Create value
    let private array (items: (JsonNode | null) seq) : JsonNode | null = JsonArray(Array.ofSeq items)

    let private value (form: ValueForm) (required: bool) =
        let node = JsonObject()

        // Strict structured output wants every property listed as required; null then says "not there".
        node["type"] <-
            if required then
                text form.JsonType
            else
                array [ text form.JsonType; text "null" ]

        if not form.Options.IsEmpty then
            node["enum"] <-
                array
                    [ yield! List.map text form.Options
                      if not required then
                          null ]

        node

    /// The JSON schema (draft 2020-12) of an object with these members, closed to others.
    let rec jsonSchema (required: bool) (shapes: Shape list) : JsonObject =
        let properties = JsonObject()

        for shape in shapes do
            properties[name shape] <-
                match shape with
                | Shape.Value(_, form, required) -> value form required
                | Shape.Group(_, children, required) -> jsonSchema required children
                | Shape.Many(_, _, form) ->
                    let list = JsonObject()
                    list["type"] <- text "array"
                    list["items"] <- value form true
                    list

        let node = JsonObject()
        node["type"] <- if required then text "object" else array [ text "object"; text "null" ]
        node["properties"] <- properties
        node["required"] <- array (shapes |> List.map (name >> text))
        node["additionalProperties"] <- JsonValue.Create false
        node
