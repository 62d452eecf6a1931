namespace SchemaToolkit

open System
open System.Linq.Expressions
open System.Reflection
open FSharp.Reflection

/// One field of a record, F# or C#.
[<NoEquality; NoComparison>]
type internal RecordField =
    {
        Property: PropertyInfo
        /// A reference type says through its annotation; None where it says nothing.
        AllowsNull: bool option
    }

    member this.Name = this.Property.Name
    member this.Type = this.Property.PropertyType

/// The fields of a record and how one is made from their values.
[<NoEquality; NoComparison>]
type internal RecordShape<'R> =
    { Fields: RecordField array
      Make: Func<objnull array, 'R>
      Take: Func<'R, objnull array> }

/// Reflection over F# records, C# records and classes with settable properties; compiled once per type.
[<RequireQualifiedAccess>]
module internal RecordShape =
    let private flags = BindingFlags.Instance ||| BindingFlags.Public ||| BindingFlags.NonPublic

    let private nullability (property: PropertyInfo) =
        if property.PropertyType.IsValueType then
            Some(Optional.isNullable property.PropertyType)
        elif Optional.isOption property.PropertyType then
            Some true
        else
            match NullabilityInfoContext().Create(property).ReadState with
            | NullabilityState.Nullable -> Some true
            | NullabilityState.NotNull -> Some false
            | _ -> None

    let private sameName (a: string | null) (b: string) = String.Equals(a, b, StringComparison.OrdinalIgnoreCase)

    let private propertiesOf (record: Type) =
        record.GetProperties(BindingFlags.Instance ||| BindingFlags.Public)
        |> Array.filter (fun property -> property.CanRead && property.GetIndexParameters().Length = 0)

    /// The longest constructor whose parameters are all properties, with these; then the settable rest.
    let private choose (record: Type) : (ConstructorInfo | null) * PropertyInfo array * PropertyInfo array =
        if FSharpType.IsRecord(record, flags) then
            FSharpValue.PreComputeRecordConstructorInfo(record, flags), FSharpType.GetRecordFields(record, flags), [||]
        else
            let properties = propertiesOf record

            let matching (constructor: ConstructorInfo) =
                let found =
                    constructor.GetParameters()
                    |> Array.map (fun parameter ->
                        properties
                        |> Array.tryFind (fun property ->
                            sameName parameter.Name property.Name && property.PropertyType = parameter.ParameterType))

                if Array.forall Option.isSome found then
                    Some(constructor, Array.map Option.get found)
                else
                    None

            let settable taken =
                properties
                |> Array.filter (fun property -> property.CanWrite && not (Array.contains property taken))

            match record.GetConstructors() |> Array.choose matching |> Array.sortByDescending (snd >> Array.length) with
            | [||] -> null, [||], (if record.IsValueType then settable [||] else [||])
            | found ->
                let constructor, taken = found[0]
                constructor, taken, settable taken

    let private makeOf<'R>
        (constructor: ConstructorInfo | null)
        (taken: PropertyInfo array)
        (rest: PropertyInfo array)
        =
        let values = Expression.Parameter(typeof<objnull array>, "values")

        let at (index: int) (property: PropertyInfo) : Expression =
            Expression.Convert(Expression.ArrayIndex(values, Expression.Constant index), property.PropertyType)

        let made =
            match constructor with
            | null -> Expression.New typeof<'R>
            | constructor -> Expression.New(constructor, Array.mapi at taken)

        let body: Expression =
            if rest.Length = 0 then
                made
            else
                let bindings =
                    rest
                    |> Array.mapi (fun i property ->
                        Expression.Bind(property, at (taken.Length + i) property) :> MemberBinding)

                Expression.MemberInit(made, bindings)

        Expression.Lambda<Func<objnull array, 'R>>(body, values).Compile()

    let private takeOf<'R> (properties: PropertyInfo array) =
        let record = Expression.Parameter(typeof<'R>, "record")

        let parts: Expression array =
            properties
            |> Array.map (fun property -> Expression.Convert(Expression.Property(record, property), typeof<obj>))

        let body = Expression.NewArrayInit(typeof<obj>, parts)
        Expression.Lambda<Func<'R, objnull array>>(body, record).Compile()

    /// The shape of a record type; an error when it cannot be made from values.
    let of'<'R> () : RecordShape<'R> =
        let record = typeof<'R>
        let constructor, taken, rest = choose record
        let properties = Array.append taken rest

        if properties.Length = 0 then
            DataError.definition
                record.Name
                $"{record.Name} is no record: it has no constructor whose parameters are its properties, and no settable properties."
                "Use an F# record, a C# record, or a class with settable properties."
            |> DataError.raiseIt

        { Fields = properties |> Array.map (fun property -> { Property = property; AllowsNull = nullability property })
          Make = makeOf<'R> constructor taken rest
          Take = takeOf<'R> properties }
