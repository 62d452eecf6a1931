namespace SchemaToolkit

open System.Text.Json

/// Small values for json columns.
[<RequireQualifiedAccess>]
module Json =
    /// Parses a text; `JsonException` when it is not JSON.
    let parse (text: string) : JsonElement = JsonElement.Parse text

    /// A value of any serialisable type as JSON, with names in camelCase.
    let ofValue (value: 'T) : JsonElement = JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web)

    /// An object from names and values, in that order; what is None or null is left out.
    let ofPairs (pairs: (string * obj) list) : JsonElement =
        let given = System.Collections.Generic.Dictionary<string, objnull>()

        for name, value in pairs do
            match Optional.unwrap value with
            | null -> ()
            | value -> given[name] <- value

        JsonSerializer.SerializeToElement(given, JsonSerializerOptions.Default)

    /// The properties of an object as text: strings without quotes, anything else as JSON. Empty for what is no object.
    let pairs (json: JsonElement) : (string * string) list =
        match json.ValueKind with
        | JsonValueKind.Object ->
            [ for property in json.EnumerateObject() do
                  match property.Value.ValueKind with
                  | JsonValueKind.String -> property.Name, string (property.Value.GetString())
                  | _ -> property.Name, property.Value.GetRawText() ]
        | _ -> []
