namespace SchemaToolkit.Agents

/// Reads one or more elements of an answer; several are joined with `fields { let! … and! … }`.
/// Every problem is reported, not only the first.
type Field<'T> =
    internal
        {
            Shapes: Shape list
            /// Gets the path of the parent and the elements inside it.
            Read: string -> Element list -> Result<'T, ExtractionError list>
        }

[<RequireQualifiedAccess>]
module Field =
    let private path (parent: string) (name: string) = $"{parent}/{name}"

    /// Words by which models say that there is no value.
    let private isNothing (text: string) =
        match text.ToLowerInvariant() with
        | ""
        | "null"
        | "n/a" -> true
        | _ -> false

    let private named (name: string) =
        if not (Markup.isElementName name) then
            invalidArg (nameof name) $"'{name}' cannot be the name of an element: letters, digits, '_', '-', '.'."

        Shape.sameName name

    /// Of elements given twice the last complete one that is not empty counts.
    let private pick (isName: string -> bool) (elements: Element list) =
        let found = elements |> List.filter (fun element -> isName element.Name)
        let complete = found |> List.filter (fun element -> not element.Truncated)
        let filled = complete |> List.filter (fun element -> element.Text <> "" || not element.Children.IsEmpty)

        [ filled; complete; found ] |> List.tryPick List.tryLast

    let private read (parse: string -> Result<'T, string>) (at: string) (element: Element) =
        if element.Truncated then
            Error [ ExtractionError.Truncated at ]
        elif element.Text = "" then
            Error [ ExtractionError.Empty at ]
        else
            match parse element.Text with
            | Ok value -> Ok value
            | Error expected -> Error [ ExtractionError.Invalid(at, element.Text, expected) ]

    /// One required element. An element that the answer ended in is an error: `12` may have been `1234`.
    let value (name: string) (scalar: Scalar<'T>) : Field<'T> =
        let isName = named name

        { Shapes = [ Shape.Value(name, scalar.Form, true) ]
          Read =
            fun parent elements ->
                match pick isName elements with
                | Some element -> read scalar.Parse (path parent name) element
                | None -> Error [ ExtractionError.Missing(path parent name) ] }

    let text (name: string) : Field<string> = value name Scalar.text
    let bool (name: string) : Field<bool> = value name Scalar.bool
    let int (name: string) : Field<int> = value name Scalar.int
    let int64 (name: string) : Field<int64> = value name Scalar.int64
    let decimal (name: string) : Field<decimal> = value name Scalar.decimal
    let float (name: string) : Field<float> = value name Scalar.float
    let guid (name: string) : Field<System.Guid> = value name Scalar.guid
    let oneOf (name: string) (words: string list) : Field<string> = value name (Scalar.oneOf words)

    /// Text that may be cut off, such as a long reply: what is there of it.
    let partialText (name: string) : Field<string> =
        let isName = named name

        { text name with
            Read =
                fun parent elements ->
                    match elements |> List.filter (fun element -> isName element.Name) |> List.tryLast with
                    | Some element -> read Scalar.text.Parse (path parent name) { element with Truncated = false }
                    | None -> Error [ ExtractionError.Missing(path parent name) ] }

    /// None where none of the field's elements is there, or they are empty, `null` or `n/a`; a wrong or truncated one is an error.
    let optional (field: Field<'T>) : Field<'T option> =
        let names = field.Shapes |> List.collect Shape.outerNames

        let isThere (element: Element) =
            List.exists (Shape.sameName element.Name) names
            && (element.Truncated || not element.Children.IsEmpty || not (isNothing element.Text))

        { Shapes = List.map Shape.optional field.Shapes
          Read =
            fun parent elements ->
                match List.filter isThere elements with
                | [] -> Ok None
                | present -> field.Read parent present |> Result.map Some }

    /// As `optional`, with a value for an absent one.
    let withDefault (fallback: 'T) (field: Field<'T>) : Field<'T> =
        let field = optional field

        { Shapes = field.Shapes
          Read = fun parent -> field.Read parent >> Result.map (Option.defaultValue fallback) }

    let private collect (results: Result<'T, ExtractionError list> list) =
        let errors =
            results
            |> List.collect (fun result ->
                match result with
                | Ok _ -> []
                | Error errors -> errors)

        if errors.IsEmpty then
            Ok(results |> List.choose Result.toOption)
        else
            Error errors

    /// `<container><item>…</item>…</container>`; items without their container and a container with one comma-separated text
    /// are read too. Absent means empty. Items that are empty are left out; one that the answer ended in is an error.
    let list (container: string) (item: string) (scalar: Scalar<'T>) : Field<'T list> =
        let isContainer = named container
        let isItem = named item

        let readItem at (element: Element) = read scalar.Parse at element

        { Shapes = [ Shape.Many(container, item, scalar.Form) ]
          Read =
            fun parent elements ->
                let at = path (path parent container) item

                let items (element: Element) =
                    if isItem element.Name then
                        [ element ]
                    elif not (isContainer element.Name) then
                        []
                    elif not element.Children.IsEmpty then
                        element.Children
                    else
                        // Only whole texts can be split: the last of a truncated one is unknown.
                        element.Text.Split([| ','; '\n' |], System.StringSplitOptions.TrimEntries)
                        |> Seq.map (fun text -> { element with Text = text })
                        |> List.ofSeq

                elements
                |> List.collect items
                |> List.filter (fun element -> element.Truncated || not (isNothing element.Text))
                |> List.map (readItem at)
                |> collect }

    /// Repeated elements without a container.
    let many (item: string) (scalar: Scalar<'T>) : Field<'T list> = list item item scalar

    /// Elements inside an element.
    let group (name: string) (fields: Field<'T>) : Field<'T> =
        let isName = named name

        { Shapes = [ Shape.Group(name, fields.Shapes, true) ]
          Read =
            fun parent elements ->
                let at = path parent name

                match pick isName elements with
                | Some element -> fields.Read at element.Children
                | None -> Error [ ExtractionError.Missing at ] }

    let map (f: 'A -> 'B) (field: Field<'A>) : Field<'B> =
        { Shapes = field.Shapes
          Read = fun parent -> field.Read parent >> Result.map f }

    /// Nothing to read.
    let constant (value: 'T) : Field<'T> = { Shapes = []; Read = fun _ _ -> Ok value }

    /// Reads both and reports the problems of both.
    let zip (a: Field<'A>) (b: Field<'B>) : Field<'A * 'B> =
        { Shapes = a.Shapes @ b.Shapes
          Read =
            fun parent elements ->
                match a.Read parent elements, b.Read parent elements with
                | Ok a, Ok b -> Ok(a, b)
                | Error a, Error b -> Error(a @ b)
                | Error errors, Ok _
                | Ok _, Error errors -> Error errors }

/// `fields { let! a = … and! b = … return … }`.
type FieldsBuilder() =
    member _.MergeSources(a: Field<'A>, b: Field<'B>) : Field<'A * 'B> = Field.zip a b
    member _.BindReturn(field: Field<'A>, f: 'A -> 'B) : Field<'B> = Field.map f field
    member _.Return(value: 'T) : Field<'T> = Field.constant value
