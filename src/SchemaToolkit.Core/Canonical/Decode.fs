namespace SchemaToolkit

open System.Collections.Generic
open System.Text.Json

/// Reads a value at a JSON path, or says everything that is wrong there.
type internal Decoder<'T> = string -> JsonElement -> Result<'T, string list>

/// `let! … and! …` over results that keep the errors of both sides.
type internal DecodeBuilder() =
    member _.MergeSources(a: Result<'A, string list>, b: Result<'B, string list>) =
        match a, b with
        | Ok a, Ok b -> Ok(a, b)
        | Error first, Error second -> Error(first @ second)
        | Error errors, Ok _
        | Ok _, Error errors -> Error errors

    member _.BindReturn(value: Result<'A, string list>, f: 'A -> 'B) = Result.map f value

/// The fields of one object. It remembers which were asked for; the others are unknown.
type internal Fields(path: string, element: JsonElement) =
    let present = Dictionary<string, JsonElement>()
    let asked = HashSet<string>()
    let repeated = ResizeArray<string>()

    do
        for field in element.EnumerateObject() do
            if not (present.TryAdd(field.Name, field.Value)) then
                repeated.Add field.Name

    member _.Path = path

    member _.Optional (key: string) (decode: Decoder<'T>) : Result<'T option, string list> =
        asked.Add key |> ignore

        match present.TryGetValue key with
        | true, value -> decode $"{path}.{key}" value |> Result.map Some
        | false, _ -> Ok None

    member this.Required (key: string) (decode: Decoder<'T>) : Result<'T, string list> =
        match this.Optional key decode with
        | Ok(Some value) -> Ok value
        | Ok None -> Error [ $"{path}.{key} is missing." ]
        | Error errors -> Error errors

    member this.OrDefault (key: string) (value: 'T) (decode: Decoder<'T>) : Result<'T, string list> =
        this.Optional key decode |> Result.map (Option.defaultValue value)

    /// Problems of the object itself, once its known fields were asked for.
    member _.Leftovers() =
        [ for key in present.Keys do
              if not (asked.Contains key) then
                  $"{path}.{key} is not a known key."
          for key in repeated do
              $"{path}.{key} is given twice." ]

[<RequireQualifiedAccess>]
module internal Decode =
    /// Combines decoded fields; every error is kept.
    let all = DecodeBuilder()

    let private kind (element: JsonElement) =
        match element.ValueKind with
        | JsonValueKind.Object -> "an object"
        | JsonValueKind.Array -> "a list"
        | JsonValueKind.String -> "text"
        | JsonValueKind.Number -> "a number"
        | JsonValueKind.True
        | JsonValueKind.False -> "true or false"
        | _ -> "null"

    let wrong (path: string) (expected: string) (element: JsonElement) =
        Error [ $"{path} should be {expected}, but is {kind element}." ]

    let text: Decoder<string> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.String ->
                // An escaped half of a surrogate pair is JSON, but no text.
                try
                    Ok(element.GetString() |> Unchecked.nonNull)
                with :? System.InvalidOperationException ->
                    Error [ $"{path} is not valid Unicode." ]
            | _ -> wrong path "text" element

    let boolean: Decoder<bool> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.True -> Ok true
            | JsonValueKind.False -> Ok false
            | _ -> wrong path "true or false" element

    let int64: Decoder<int64> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.Number ->
                match element.TryGetInt64() with
                | true, value -> Ok value
                | false, _ -> Error [ $"{path} should be a 64-bit integer, but is {element.GetRawText()}." ]
            | _ -> wrong path "a number" element

    let int: Decoder<int> =
        fun path element ->
            match int64 path element with
            | Ok value when value >= -2147483648L && value <= 2147483647L -> Ok(int32 value)
            | Ok value -> Error [ $"{path} should be a 32-bit integer, but is {value}." ]
            | Error errors -> Error errors

    let map (f: 'A -> 'B) (decode: Decoder<'A>) : Decoder<'B> = fun path element -> decode path element |> Result.map f

    /// One of a few words.
    let word (words: (string * 'T) list) : Decoder<'T> =
        fun path element ->
            match text path element with
            | Error errors -> Error errors
            | Ok found ->
                match words |> List.tryFind (fun (name, _) -> name = found) with
                | Some(_, value) -> Ok value
                | None ->
                    let known = words |> List.map fst |> String.concat ", "
                    Error [ $"{path} is '{found}'; known are: {known}." ]

    let private sequence (results: Result<'T, string list> list) =
        let errors =
            results
            |> List.collect (function
                | Error errors -> errors
                | Ok _ -> [])

        if List.isEmpty errors then
            results |> List.choose Result.toOption |> Ok
        else
            Error errors

    let list (decode: Decoder<'T>) : Decoder<'T list> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.Array ->
                [ for item in element.EnumerateArray() -> item ]
                |> List.mapi (fun i item -> decode $"{path}[{i}]" item)
                |> sequence
            | _ -> wrong path "a list" element

    /// An object with known keys, asked for in `read`.
    let object (read: Fields -> Result<'T, string list>) : Decoder<'T> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.Object ->
                let fields = Fields(path, element)
                let result = read fields

                match result, fields.Leftovers() with
                | Ok value, [] -> Ok value
                | Ok _, leftovers -> Error leftovers
                | Error errors, leftovers -> Error(errors @ leftovers)
            | _ -> wrong path "an object" element

    /// An object whose keys are data.
    let pairs (decode: Decoder<'T>) : Decoder<(string * 'T) list> =
        fun path element ->
            match element.ValueKind with
            | JsonValueKind.Object ->
                let entries = [ for field in element.EnumerateObject() -> field.Name, field.Value ]

                let values =
                    entries
                    |> List.map (fun (key, value) -> decode $"{path}.{key}" value |> Result.map (fun v -> key, v))

                let twice =
                    entries
                    |> List.countBy fst
                    |> List.filter (fun (_, count) -> count > 1)
                    |> List.map (fun (key, _) -> Error [ $"{path}.{key} is given twice." ])

                sequence (values @ twice)
            | _ -> wrong path "an object" element

    /// An object with exactly one of several keys.
    let oneOf (cases: (string * Decoder<'T>) list) : Decoder<'T> =
        fun path element ->
            let known = cases |> List.map fst |> String.concat ", "

            let read (fields: Fields) =
                let found = cases |> List.map (fun (key, decode) -> fields.Optional key decode)

                match sequence found |> Result.map (List.choose id) with
                | Ok [ value ] -> Ok value
                | Ok _ -> Error [ $"{path} should have exactly one of the keys: {known}." ]
                | Error errors -> Error errors

            object read path element
