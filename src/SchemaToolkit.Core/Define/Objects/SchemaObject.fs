namespace SchemaToolkit

/// Questions about objects, and the words that fit every kind.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module SchemaObject =
    let internal create (name: ObjectName) (part: string) (body: ObjectBody) : SchemaObject =
        { Name = name; Part = part; Body = body; Comment = None; OnlyOn = [] }

    let comment (text: string) (object: SchemaObject) : SchemaObject = { object with Comment = Some text }

    /// Declares the object for one engine; elsewhere it is left out without a warning.
    let onlyOn (engine: string) (object: SchemaObject) : SchemaObject =
        { object with OnlyOn = List.sort (engine :: object.OnlyOn) }

    let private indexTexts (f: string -> SqlText -> SqlText) (index: IndexDef) : IndexDef =
        { index with
            Parts =
                index.Parts
                |> List.mapi (fun position part ->
                    match part.Target with
                    | IndexTarget.Column _ -> part
                    | IndexTarget.Expression sql ->
                        { part with
                            Target = IndexTarget.Expression(f $"index {index.Name} {position}" sql) })
            Where = index.Where |> Option.map (f $"index {index.Name} where") }

    /// Replaces every SQL text; the function is given the text's place in the object.
    let mapTexts (f: string -> SqlText -> SqlText) (object: SchemaObject) : SchemaObject =
        let body =
            match object.Body with
            | ObjectBody.Domain(baseType, notNull, value, checks) ->
                ObjectBody.Domain(
                    baseType,
                    notNull,
                    Option.map (f "default") value,
                    checks |> List.map (fun c -> { c with Expression = f $"check {c.Name}" c.Expression })
                )
            | ObjectBody.Function definition -> ObjectBody.Function(f "definition" definition)
            | ObjectBody.Procedure definition -> ObjectBody.Procedure(f "definition" definition)
            | ObjectBody.Partition(table, bound) -> ObjectBody.Partition(table, f "bound" bound)
            | ObjectBody.Exclusion definition -> ObjectBody.Exclusion(f "definition" definition)
            | ObjectBody.View(query, options) -> ObjectBody.View(f "query" query, options)
            | ObjectBody.MaterializedView(query, indexes) ->
                ObjectBody.MaterializedView(f "query" query, indexes |> List.map (indexTexts f))
            | ObjectBody.Trigger definition -> ObjectBody.Trigger(f "definition" definition)
            | ObjectBody.Extension
            | ObjectBody.Composite _
            | ObjectBody.Range _
            | ObjectBody.Sequence _
            | ObjectBody.Grant _ as body -> body

        { object with Body = body }

    let texts (object: SchemaObject) : (string * SqlText) list =
        let found = ResizeArray()

        object
        |> mapTexts (fun slot sql ->
            found.Add((slot, sql))
            sql)
        |> ignore

        List.ofSeq found

    /// Rewrites the names that the value itself holds; those inside of texts stay.
    let mapOwnNames (f: ObjectName -> ObjectName) (object: SchemaObject) : SchemaObject =
        let ofType = ColumnType.mapEnum f

        let body =
            match object.Body with
            | ObjectBody.Domain(baseType, notNull, value, checks) ->
                ObjectBody.Domain(ofType baseType, notNull, value, checks)
            | ObjectBody.Composite attributes ->
                ObjectBody.Composite(attributes |> List.map (fun a -> { a with Type = ofType a.Type }))
            | ObjectBody.Range subtype -> ObjectBody.Range(ofType subtype)
            | ObjectBody.Sequence options ->
                ObjectBody.Sequence
                    { options with
                        OwnedBy = options.OwnedBy |> Option.map (fun (table, column) -> f table, column) }
            | ObjectBody.Partition(table, bound) -> ObjectBody.Partition(f table, bound)
            | ObjectBody.Extension
            | ObjectBody.Function _
            | ObjectBody.Procedure _
            | ObjectBody.Exclusion _
            | ObjectBody.View _
            | ObjectBody.MaterializedView _
            | ObjectBody.Trigger _
            | ObjectBody.Grant _ as body -> body

        let name =
            match object.Kind with
            // Extensions belong to the whole database.
            | ObjectKind.Extension -> object.Key.Name
            | ObjectKind.Domain
            | ObjectKind.Composite
            | ObjectKind.Range
            | ObjectKind.Sequence
            | ObjectKind.Function
            | ObjectKind.Procedure
            | ObjectKind.Partition
            | ObjectKind.Exclusion
            | ObjectKind.View
            | ObjectKind.MaterializedView
            | ObjectKind.Trigger
            | ObjectKind.Grant -> f object.Key.Name

        { object with Name = name; Body = body }

    /// Rewrites every name, also in the holes of texts.
    let mapNames (f: ObjectName -> ObjectName) (object: SchemaObject) : SchemaObject =
        object |> mapOwnNames f |> mapTexts (fun _ sql -> SqlText.mapTables f sql)

    /// The table or object that it is a part of and goes with, if any.
    let parent (object: SchemaObject) : ObjectName option =
        match object.Body with
        | ObjectBody.Partition(table, _) -> Some table
        | ObjectBody.Sequence options -> options.OwnedBy |> Option.map fst
        | ObjectBody.Exclusion _
        | ObjectBody.Trigger _
        | ObjectBody.Grant _ -> Some object.Key.Name
        | ObjectBody.Extension
        | ObjectBody.Domain _
        | ObjectBody.Composite _
        | ObjectBody.Range _
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.View _
        | ObjectBody.MaterializedView _ -> None

    /// Whether it has its name from the space of names that tables and types share in a namespace.
    let isNamed (object: SchemaObject) : bool =
        match object.Kind with
        | ObjectKind.Domain
        | ObjectKind.Composite
        | ObjectKind.Range
        | ObjectKind.Sequence
        | ObjectKind.Partition
        | ObjectKind.View
        | ObjectKind.MaterializedView -> true
        | ObjectKind.Extension
        | ObjectKind.Function
        | ObjectKind.Procedure
        | ObjectKind.Exclusion
        | ObjectKind.Trigger
        | ObjectKind.Grant -> false
