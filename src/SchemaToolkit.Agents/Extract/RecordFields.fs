namespace SchemaToolkit.Agents

open System
open Microsoft.FSharp.Reflection
open SchemaToolkit

/// Fields for an F# record: an element for each of its fields, named in snake_case. An option may be left out; a list is a
/// container with items (`tags` holds `tag`); a union without data is a choice of its cases; a record inside is a group.
[<RequireQualifiedAccess>]
module internal RecordFields =
    let private refuse (text: string) : 'T = raise (ArgumentException text)

    let private boxed (scalar: Scalar<'T>) : Scalar<objnull> = Scalar.map (fun value -> box value) scalar

    let private isGeneric (definition: Type) (given: Type) =
        given.IsGenericType && given.GetGenericTypeDefinition() = definition

    let private isChoice (given: Type) =
        FSharpType.IsUnion given
        && not (isGeneric typedefof<_ list> given || isGeneric typedefof<_ option> given)
        && FSharpType.GetUnionCases given |> Array.forall (fun case -> case.GetFields().Length = 0)

    let private choice (given: Type) : Scalar<objnull> =
        FSharpType.GetUnionCases given
        |> Seq.map (fun case -> Identifier.snakeCase case.Name, FSharpValue.MakeUnion(case, [||]))
        |> List.ofSeq
        |> Scalar.oneOfValues

    let private tryScalar (given: Type) : Scalar<objnull> option =
        [ typeof<string>, boxed Scalar.text
          typeof<bool>, boxed Scalar.bool
          typeof<int>, boxed Scalar.int
          typeof<int64>, boxed Scalar.int64
          typeof<decimal>, boxed Scalar.decimal
          typeof<float>, boxed Scalar.float
          typeof<Guid>, boxed Scalar.guid
          typeof<DateOnly>, boxed Scalar.date
          typeof<DateTimeOffset>, boxed Scalar.timestamp ]
        |> List.tryPick (fun (known, scalar) -> if known = given then Some scalar else None)
        |> Option.orElseWith (fun () -> if isChoice given then Some(choice given) else None)

    let private cases (given: Type) = FSharpType.GetUnionCases given

    let private makeOption (given: Type) (value: objnull option) : objnull =
        match value with
        | None -> FSharpValue.MakeUnion((cases given)[0], [||])
        | Some value -> FSharpValue.MakeUnion((cases given)[1], [| value |])

    let private makeList (given: Type) (values: objnull list) : objnull =
        let empty = (cases given) |> Array.find (fun case -> case.Name = "Empty")
        let cons = (cases given) |> Array.find (fun case -> case.Name = "Cons")

        List.foldBack
            (fun value rest -> FSharpValue.MakeUnion(cons, [| value; rest |]))
            values
            (FSharpValue.MakeUnion(empty, [||]))

    let private itemName (container: string) =
        if container.Length > 1 && container.EndsWith 's' then
            container.Substring(0, container.Length - 1)
        else
            $"{container}_item"

    /// `path` holds the records that the field is inside of, innermost first.
    let rec private field (path: Type list) (name: string) (given: Type) : Field<objnull> =
        let unsupported () =
            refuse
                $"{path.Head.Name}.{name} is of type {given.Name}, which no answer can hold. Use text, bool, numbers, Guid, DateOnly, DateTimeOffset, a union without data, a record, or an option or list of those."

        let inner () = given.GetGenericArguments()[0]

        match tryScalar given with
        | Some scalar -> Field.value name scalar
        | None when isGeneric typedefof<_ option> given && not (isGeneric typedefof<_ option> (inner ())) ->
            Field.optional (field path name (inner ())) |> Field.map (makeOption given)
        | None when isGeneric typedefof<_ list> given ->
            match tryScalar (inner ()) with
            | Some scalar -> Field.list name (itemName name) scalar |> Field.map (makeList given)
            | None -> unsupported ()
        | None when FSharpType.IsRecord given -> Field.group name (record path given)
        | None -> unsupported ()

    and private record (path: Type list) (given: Type) : Field<objnull> =
        if List.contains given path then
            refuse $"{given.Name} holds itself, and an answer has a fixed depth."

        let make = FSharpValue.PreComputeRecordConstructor given

        FSharpType.GetRecordFields given
        |> Seq.map (fun property -> field (given :: path) (Identifier.snakeCase property.Name) property.PropertyType)
        |> Seq.rev
        |> Seq.fold
            (fun rest field -> Field.zip field rest |> Field.map (fun (value, values) -> value :: values))
            (Field.constant [])
        |> Field.map (fun values -> make (Array.ofList values))

    /// The fields of a record type; anything else, or a field of a type that no answer can hold, is an `ArgumentException`.
    let define<'T> () : Field<'T> =
        if not (FSharpType.IsRecord typeof<'T>) then
            refuse $"{typeof<'T>.Name} is not an F# record."

        record [] typeof<'T> |> Field.map (fun value -> unbox<'T> value)
