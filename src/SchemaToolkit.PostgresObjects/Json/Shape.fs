namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Concurrent
open System.Text.Json
open Microsoft.FSharp.Reflection
open SchemaToolkit

/// A JSON text that is not what it should be: where (a JSON path) and why.
exception internal ShapeException of path: string * reason: string

/// How values of one type are written as JSON and read back.
type internal Shape =
    {
        Write: objnull -> JsonTree
        Read: string -> JsonElement -> objnull
        /// The value that a field of a record leaves out.
        Blank: objnull option
    }

/// JSON from the shape of F# types, so that a field added to the model is in the snapshots without further ado: a record is an
/// object without its blank fields (None, false, empty text, empty list), a union case its name or an object with that one key,
/// a tuple a list. Written here because the library for it writes unions in several ways, none of them free of nulls.
[<RequireQualifiedAccess>]
module internal Shape =
    let private fail path reason = raise (ShapeException(path, reason))

    let private camel (name: string) = string (Char.ToLowerInvariant name[0]) + name.Substring 1

    let private expect (kind: JsonValueKind) (words: string) (path: string) (element: JsonElement) =
        if element.ValueKind <> kind then
            fail path $"should be {words}, but is {element.ValueKind}"

    let private readText path (element: JsonElement) =
        expect JsonValueKind.String "text" path element

        try
            element.GetString() |> Unchecked.nonNull
        with :? InvalidOperationException ->
            fail path "is not valid Unicode"

    let private readNumber path (element: JsonElement) =
        expect JsonValueKind.Number "a whole number" path element

        match element.TryGetInt64() with
        | true, value -> value
        | false, _ -> fail path "should be a whole number"

    let private text: Shape =
        { Write = fun value -> JsonTree.Text(string value)
          Read = fun path element -> box (readText path element)
          Blank = Some(box "") }

    let private boolean: Shape =
        { Write = fun value -> JsonTree.Boolean(unbox<bool>(Unchecked.nonNull value))
          Read =
            fun path element ->
                match element.ValueKind with
                | JsonValueKind.True -> box true
                | JsonValueKind.False -> box false
                | other -> fail path $"should be true or false, but is {other}"
          Blank = Some(box false) }

    let private number (make: int64 -> objnull) : Shape =
        { Write = fun value -> JsonTree.Integer(Convert.ToInt64 value)
          Read =
            fun path element ->
                try
                    make (readNumber path element)
                with :? OverflowException ->
                    fail path "is too large a number"
          Blank = None }

    let private items (path: string) (element: JsonElement) =
        expect JsonValueKind.Array "a list" path element
        [ for item in element.EnumerateArray() -> item ]

    /// Kind, schema, name, part and arguments, without empty texts at the end.
    let private address (kinds: Shape) : Shape =
        { Write =
            fun value ->
                let address = Unchecked.nonNull value |> unbox<Address>

                [ address.Arguments; address.Part; address.Name; address.Schema ]
                |> List.skipWhile ((=) "")
                |> List.rev
                |> List.map JsonTree.Text
                |> fun texts -> JsonTree.List(kinds.Write(box address.Kind) :: texts)
          Read =
            fun path element ->
                match items path element with
                | kind :: texts when texts.Length <= 4 ->
                    let text i = texts |> List.tryItem i |> Option.map (readText path) |> Option.defaultValue ""

                    box
                        { Kind = kinds.Read path kind |> Unchecked.nonNull |> unbox<Kind>
                          Schema = text 0
                          Name = text 1
                          Part = text 2
                          Arguments = text 3 }
                | _ -> fail path "should be a kind with up to four names"
          Blank = None }

    let private isGeneric (definition: Type) (t: Type) = t.IsGenericType && t.GetGenericTypeDefinition() = definition

    let private known = ConcurrentDictionary<Type, Shape>()

    let rec private make (t: Type) : Shape =
        if t = typeof<string> then text
        elif t = typeof<bool> then boolean
        elif t = typeof<int> then number (fun v -> box (Checked.int32 v))
        elif t = typeof<int64> then number box
        elif t = typeof<Address> then address (ofType typeof<Kind>)
        elif isGeneric typedefof<option<_>> t then option t
        elif isGeneric typedefof<list<_>> t then list t
        elif FSharpType.IsTuple t then tuple t
        elif FSharpType.IsRecord t then record t
        elif FSharpType.IsUnion t then union t
        else invalidOp $"A snapshot cannot hold a {t.Name}."

    and ofType (t: Type) : Shape =
        match known.TryGetValue t with
        | true, shape -> shape
        | false, _ ->
            let shape = make t
            known[t] <- shape
            shape

    and private option t =
        let inner = ofType (t.GetGenericArguments()[0])
        let cases = FSharpType.GetUnionCases t
        let some = FSharpValue.PreComputeUnionConstructor cases[1]
        let value = FSharpValue.PreComputeUnionReader cases[1]

        { Write = fun found -> inner.Write((value (Unchecked.nonNull found)).[0])
          Read = fun path element -> some [| inner.Read path element |]
          Blank = Some null }

    and private list t =
        let inner = ofType (t.GetGenericArguments()[0])
        let cases = FSharpType.GetUnionCases t
        let empty = FSharpValue.MakeUnion(cases[0], [||])
        let cons = FSharpValue.PreComputeUnionConstructor cases[1]

        { Write =
            fun value ->
                JsonTree.List [ for item in (Unchecked.nonNull value :?> Collections.IEnumerable) -> inner.Write item ]
          Read =
            fun path element ->
                List.foldBack
                    (fun (i, item) tail -> cons [| inner.Read $"{path}[{i}]" item; tail |])
                    (List.indexed (items path element))
                    empty
          Blank = Some empty }

    and private sequence (types: Type array) =
        let shapes = types |> Array.map ofType

        let write (values: objnull array) =
            Array.map2 (fun shape value -> shape.Write value) shapes values |> List.ofArray |> JsonTree.List

        let read path element =
            let found = items path element

            if found.Length <> shapes.Length then
                fail path $"should have {shapes.Length} items, but has {found.Length}"

            found |> List.mapi (fun i item -> shapes[i].Read $"{path}[{i}]" item) |> Array.ofList

        write, read

    and private tuple t =
        let write, read = sequence (FSharpType.GetTupleElements t)
        let fields = FSharpValue.PreComputeTupleReader t
        let create = FSharpValue.PreComputeTupleConstructor t

        { Write = fun value -> write (fields (Unchecked.nonNull value))
          Read = fun path element -> create (read path element)
          Blank = None }

    and private record t =
        let fields =
            FSharpType.GetRecordFields t |> Array.map (fun field -> camel field.Name, ofType field.PropertyType)

        let values = FSharpValue.PreComputeRecordReader t
        let create = FSharpValue.PreComputeRecordConstructor t

        let write (value: objnull) =
            Array.zip fields (values (Unchecked.nonNull value))
            |> List.ofArray
            |> List.choose (fun ((name, shape), value) ->
                match shape.Blank with
                | Some blank when blank = value -> None
                | Some _
                | None -> Some(name, shape.Write value))
            |> JsonTree.Object

        let read path (element: JsonElement) =
            expect JsonValueKind.Object "an object" path element

            for given in element.EnumerateObject() do
                if not (fields |> Array.exists (fun (name, _) -> name = given.Name)) then
                    fail path $"has the key '{given.Name}', which is not known"

            fields
            |> Array.map (fun (name, shape) ->
                match element.TryGetProperty name, shape.Blank with
                | (true, found), _ -> shape.Read $"{path}.{name}" found
                | (false, _), Some blank -> blank
                | (false, _), None -> fail path $"has no '{name}'")
            |> create

        { Write = write; Read = read; Blank = None }

    and private union t =
        let cases =
            FSharpType.GetUnionCases t
            |> Array.map (fun case ->
                let types = case.GetFields() |> Array.map _.PropertyType

                let write, read =
                    match types with
                    | [| one |] ->
                        let shape = ofType one

                        (fun (values: objnull array) -> shape.Write values[0]),
                        (fun path element -> [| shape.Read path element |])
                    | many -> sequence many

                {| Name = case.Name
                   IsBare = Array.isEmpty types
                   Fields = FSharpValue.PreComputeUnionReader case
                   Create = FSharpValue.PreComputeUnionConstructor case
                   Write = write
                   Read = read |})

        let tag = FSharpValue.PreComputeUnionTagReader t

        let find path name =
            match cases |> Array.tryFind (fun case -> case.Name = name) with
            | Some case -> case
            | None -> fail path $"is '{name}', which is no {t.Name} that is known"

        let write (value: objnull) =
            let value = Unchecked.nonNull value
            let case = cases[tag value]

            if case.IsBare then
                JsonTree.Text case.Name
            else
                JsonTree.Object [ case.Name, case.Write(case.Fields value) ]

        let read path (element: JsonElement) =
            if element.ValueKind = JsonValueKind.String then
                let case = find path (readText path element)

                if not case.IsBare then
                    fail path $"should be an object with the key '{case.Name}'"

                case.Create [||]
            else
                expect JsonValueKind.Object "an object" path element

                match [ for field in element.EnumerateObject() -> field ] with
                | [ field ] ->
                    let case = find path field.Name
                    case.Create(case.Read $"{path}.{field.Name}" field.Value)
                | _ -> fail path "should have exactly one key"

        { Write = write; Read = read; Blank = None }
