namespace SchemaToolkit.PostgresObjects

open System
open System.Text.Json
open SchemaToolkit

/// A database as a JSON text: the same bytes for equal databases, keys in ordinal order, objects in the order of their
/// addresses, one thing in a line, so that version control shows what changed.
[<RequireQualifiedAccess>]
module SnapshotJson =
    /// The number under `format`. Another layout gets another number and a reader for this one.
    let format = 1

    let private kind = "postgres-database"
    let private width = 118
    let private object = lazy Shape.ofType typeof<PgObject>
    let private addresses = lazy Shape.ofType typeof<Address list>
    let private texts = lazy Shape.ofType typeof<string list>

    let private writeObject (database: PgDatabase) (item: PgObject) =
        match object.Value.Write(box item) with
        | JsonTree.Object fields ->
            match database.Needs.TryFind item.Address with
            | Some needed when not needed.IsEmpty ->
                JsonTree.Object(("needs", addresses.Value.Write(Set.toList needed)) :: fields)
            | Some _
            | None -> JsonTree.Object fields
        | JsonTree.Boolean _
        | JsonTree.Integer _
        | JsonTree.Text _
        | JsonTree.List _ -> invalidOp "An object of a database is written as a JSON object."

    /// Ends with a line break.
    let write (database: PgDatabase) : string =
        JsonTree.Object
            [ "format", JsonTree.Integer format
              "kind", JsonTree.Text kind
              "version", JsonTree.Integer database.Version
              "user", JsonTree.Text database.User
              "objects", JsonTree.List [ for KeyValue(_, item) in database.Objects -> writeObject database item ]
              "notCompared", texts.Value.Write database.Unmodelled ]
        |> JsonTree.renderLines width

    let private fail path reason = raise (ShapeException(path, reason))

    let private property (path: string) (name: string) (element: JsonElement) =
        match element.TryGetProperty name with
        | true, found -> found
        | false, _ -> fail path $"has no '{name}'"

    let private number path (element: JsonElement) =
        (Shape.ofType typeof<int>).Read path element |> Unchecked.nonNull |> unbox<int>

    let private words path (element: JsonElement) = (Shape.ofType typeof<string>).Read path element |> string

    let private checkHead (root: JsonElement) =
        let isSnapshot =
            root.ValueKind = JsonValueKind.Object
            && match root.TryGetProperty "kind" with
               | true, found -> found.ValueKind = JsonValueKind.String && found.GetString() = kind
               | false, _ -> false

        if not isSnapshot then
            fail
                "$"
                $"is not a snapshot: its 'kind' is not '{kind}'; `dotnet schema inspect … --output json` writes one"

        match number "$.format" (property "$" "format" root) with
        | found when found = format -> ()
        | found when found > format ->
            fail
                "$.format"
                $"is {found}, and this version reads up to {format}: a newer SchemaToolkit wrote it, so read it with that one"
        | _ -> fail "$.format" $"is not a format that was ever written; this version reads {format}"

    let private readObject (i: int) (element: JsonElement) =
        let path = $"$.objects[{i}]"

        if element.ValueKind <> JsonValueKind.Object then
            fail path $"should be an object, but is {element.ValueKind}"

        let needs =
            match element.TryGetProperty "needs" with
            | true, found -> addresses.Value.Read $"{path}.needs" found |> Unchecked.nonNull |> unbox<Address list>
            | false, _ -> []

        // The rest is the object's own shape, which knows nothing of needs.
        let own = Nodes.JsonObject.Create element |> Unchecked.nonNull
        own.Remove "needs" |> ignore
        use document = JsonDocument.Parse(own.ToJsonString())
        object.Value.Read path document.RootElement |> Unchecked.nonNull |> unbox<PgObject>, needs

    let private readAll (root: JsonElement) : PgDatabase =
        checkHead root
        let list = property "$" "objects" root

        if list.ValueKind <> JsonValueKind.Array then
            fail "$.objects" $"should be a list, but is {list.ValueKind}"

        let read = [ for i, item in Seq.indexed (list.EnumerateArray()) -> readObject i item ]

        match read |> List.countBy (fun (item, _) -> item.Address) |> List.tryFind (fun (_, count) -> count > 1) with
        | Some(address, count) -> fail "$.objects" $"has {count} objects with the address {address}"
        | None -> ()

        let objects = read |> List.map fst |> PgDatabase.objects

        let missing address = not (objects.ContainsKey address)

        for item, needs in read do
            match List.tryFind missing (Option.toList item.Parent @ needs) with
            | Some gone -> fail "$.objects" $"has {item.Address}, which needs {gone}, which is missing"
            | None -> ()

        PgDatabase.assemble
            { Version = number "$.version" (property "$" "version" root)
              User = words "$.user" (property "$" "user" root)
              Objects = objects
              Needs =
                read
                |> List.filter (fun (_, needs) -> not needs.IsEmpty)
                |> List.map (fun (item, needs) -> item.Address, Set.ofList needs)
                |> AddressMap.ofSeq
              Unmodelled =
                texts.Value.Read "$.notCompared" (property "$" "notCompared" root)
                |> Unchecked.nonNull
                |> unbox<string list> }

    /// What `write` wrote. The error says where in the text (a JSON path) and why.
    let read (text: string) : Result<PgDatabase, string> =
        try
            use document = JsonDocument.Parse text
            Ok(readAll document.RootElement)
        with
        | ShapeException(path, reason) -> Error $"{path} {reason}."
        | :? JsonException as error -> Error $"it is not JSON: {error.Message}"
        | :? InvalidOperationException as error -> Error $"it is not a snapshot: {error.Message}"
        | :? FormatException as error -> Error $"it is not a snapshot: {error.Message}"
