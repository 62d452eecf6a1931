namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Declared objects as this server keeps them. Pure.
[<RequireQualifiedAccess>]
module internal ProjectObject =
    /// The object for this engine with its refusals; None where it is for others only.
    let object
        (resolve: SqlText -> SqlText * string list)
        (typeRefusals: ColumnType -> string list)
        (kindOf: ObjectName -> ObjectKind option)
        (o: SchemaObject)
        : SchemaObject * string list =
        let refusals = ResizeArray<string>()

        let resolved =
            o
            |> SchemaObject.mapTexts (fun _ sql ->
                let text, missing = resolve sql
                refusals.AddRange missing
                text)

        match o.Body with
        | ObjectBody.Domain(kind, _, _, _)
        | ObjectBody.Range kind -> refusals.AddRange(typeRefusals kind)
        | ObjectBody.Composite attributes ->
            for attribute in attributes do
                refusals.AddRange(typeRefusals attribute.Type)
        | ObjectBody.Grant _ ->
            match kindOf o.Key.Name with
            | Some(ObjectKind.Function | ObjectKind.Procedure | ObjectKind.Domain | ObjectKind.Composite | ObjectKind.Range) when
                o.Key.Part = "public"
                ->
                refusals.Add "everybody may use functions and types already; name a role"
            | Some _
            | None -> ()
        | ObjectBody.Extension
        | ObjectBody.Sequence _
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.Partition _
        | ObjectBody.Exclusion _
        | ObjectBody.View _
        | ObjectBody.MaterializedView _
        | ObjectBody.Trigger _ -> ()

        { resolved with
            OnlyOn = []
            // An extension brings a comment of its own.
            Comment =
                if o.Kind = ObjectKind.Extension || o.Kind = ObjectKind.Grant then
                    None
                else
                    o.Comment |> Option.filter ((<>) "") },
        List.distinct (List.ofSeq refusals)
