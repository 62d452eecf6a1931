namespace SchemaToolkit.Diffing

open System.Text.RegularExpressions
open SchemaToolkit

/// What objects rest on, read from their texts by holes and by words: more than they use at times, never less.
[<RequireQualifiedAccess>]
module ObjectUses =
    let private ignoring = RegexOptions.IgnoreCase

    /// Arguments and result of a routine: what stands before its language and its body.
    let private head (definition: string) =
        let body = Regex.Match(definition, @"\b(AS|LANGUAGE|RETURN|BEGIN)\b", ignoring)
        if body.Success then definition.Substring(0, body.Index) else definition

    /// Without bodies that are kept as text, comments and quoted names: words in there are none of the statement's.
    let private outside (definition: string) =
        let text = @"\$(\w*)\$.*?\$\1\$|\bAS\s+E?'(?:[^']|'')*'|""(?:[^""]|"""")*""|--[^\n]*|/\*.*?\*/"
        Regex.Replace(definition, text, " ", ignoring ||| RegexOptions.Singleline)

    /// The engine knows what the body uses, and keeps it from going.
    let private isTracked (definition: string) =
        let bare = Regex.Replace(outside definition, "'(?:[^']|'')*'", " ")
        Regex.IsMatch(bare, @"\bBEGIN\s+ATOMIC\b|\bRETURN\b", ignoring)

    /// Only bodies in SQL are looked into by the engine when the routine is made.
    let private isLookedInto (definition: string) =
        isTracked definition || Regex.IsMatch(outside definition, @"\bLANGUAGE\s+'?sql\b", ignoring)

    let private plain (definition: string) = Regex.Replace(head definition, @"\s+", " ").Trim().ToLowerInvariant()

    let private definitionOf (object: SchemaObject) =
        match object.Body with
        | ObjectBody.Function definition
        | ObjectBody.Procedure definition -> Some(SqlText.describe definition)
        | ObjectBody.Extension
        | ObjectBody.Domain _
        | ObjectBody.Composite _
        | ObjectBody.Range _
        | ObjectBody.Sequence _
        | ObjectBody.Partition _
        | ObjectBody.Exclusion _
        | ObjectBody.View _
        | ObjectBody.MaterializedView _
        | ObjectBody.Trigger _
        | ObjectBody.Grant _ -> None

    /// The text in which an object's making looks for other things.
    let private visible (object: SchemaObject) =
        match definitionOf object with
        | Some definition when not (isLookedInto definition) -> head definition
        | Some definition -> definition
        // Bounds are constants; a partition, and the rows in it, must not go for a word that looks like a name.
        | None when object.Kind = ObjectKind.Partition -> ""
        | None -> SchemaObject.texts object |> List.map (snd >> SqlText.describe) |> String.concat " "

    let private holes (object: SchemaObject) =
        match definitionOf object with
        | Some definition when not (isLookedInto definition) -> []
        | Some _
        | None -> SchemaObject.texts object |> List.collect (snd >> SqlText.tables) |> List.distinct

    let private typesOf (object: SchemaObject) : ColumnType list =
        match object.Body with
        | ObjectBody.Domain(baseType, _, _, _) -> [ baseType ]
        | ObjectBody.Composite attributes -> attributes |> List.map _.Type
        | ObjectBody.Range subtype -> [ subtype ]
        | ObjectBody.Extension
        | ObjectBody.Sequence _
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.Partition _
        | ObjectBody.Exclusion _
        | ObjectBody.View _
        | ObjectBody.MaterializedView _
        | ObjectBody.Trigger _
        | ObjectBody.Grant _ -> []

    /// That a column owns a sequence is a step of its own: the column's default needs the sequence.
    let private parent (object: SchemaObject) =
        match object.Kind with
        | ObjectKind.Sequence -> None
        | _ -> SchemaObject.parent object

    /// `byWord`: also what only a word of the text names.
    let private tables (byWord: bool) (schema: Schema) (object: SchemaObject) : Table list =
        let mentions = if byWord then Uses.naming (visible object) else fun _ -> false
        let named = Option.toList (parent object) @ holes object

        schema.Tables |> List.filter (fun t -> List.contains t.Name named || mentions t.Name.Name)

    let private objects (byWord: bool) (schema: Schema) (object: SchemaObject) : SchemaObject list =
        let mentions = if byWord then Uses.naming (visible object) else fun _ -> false
        let named = Option.toList (parent object) @ holes object

        schema.Objects
        |> List.filter (fun other ->
            other.Key <> object.Key
            // What is only a part of something has no name that others could use.
            && (SchemaObject.isNamed other || (SchemaObject.parent other).IsNone)
            && (List.contains other.Key.Name named || mentions other.Key.Name.Name))

    /// Whether a text that the engine looks into names a column. None: it looks into no such text.
    let private naming (object: SchemaObject) : (string -> bool) option =
        let tracked =
            match definitionOf object with
            | Some definition -> isTracked definition
            | None -> true

        if not tracked then
            None
        else
            let text = visible object
            let mentions = Uses.naming text

            // A name that is no single word is found by its hole alone.
            let named = SchemaObject.texts object |> List.collect (snd >> SqlText.columns) |> Set.ofList

            Some(fun column -> named.Contains column || mentions column || text.Contains $"\"{column}\"")

    /// Columns that the engine knows the object to use; `*` is every column.
    let private columns (byWord: bool) (schema: Schema) (object: SchemaObject) : (ObjectName * string) list =
        match naming object with
        | None -> []
        | Some names ->
            let all = Regex.IsMatch(visible object, @"(^|[^\w)\s])\s*\*|\bselect\s+\*|,\s*\*", ignoring)

            [ for table in tables byWord schema object do
                  for column in table.Columns do
                      if all || names column.Name then
                          table.Name, column.Name ]

    /// A grouping by a key leans on the key itself (PostgreSQL manual, 7.2.3).
    let private groupsBy (object: SchemaObject) = Regex.IsMatch(visible object, @"\bGROUP\s+BY\b", ignoring)

    let private primaryKeys byWord schema object =
        if groupsBy object then
            tables byWord schema object
            |> List.choose (fun t -> t.PrimaryKey |> Option.map (fun key -> PartId.PrimaryKey(t.Name, key.Name)))
        else
            []

    /// What must be there when the object is made.
    let keys (byWord: bool) (schema: Schema) (object: SchemaObject) : Key list =
        [ if object.Kind <> ObjectKind.Extension then
              Key.Part(PartId.Namespace object.Key.Name.Namespace)
          for table in tables byWord schema object do
              Key.Part(PartId.Table table.Name)
          for table, column in columns byWord schema object do
              yield! Uses.column table column
          for key in primaryKeys byWord schema object do
              Key.Part key
          for other in objects byWord schema object do
              Key.Part(PartId.Object other.Key)
          for kind in typesOf object do
              yield! Uses.typeKeys schema kind ]

    /// Names of relations that the object takes.
    let relations (object: SchemaObject) : ObjectName list =
        [ if SchemaObject.isNamed object then
              object.Key.Name
          match object.Body with
          | ObjectBody.MaterializedView(_, indexes) ->
              for index in indexes do
                  { object.Key.Name with Name = index.Name }
          | _ -> () ]

    /// True when the engines can change one into the other where it stands.
    let inPlace (before: SchemaObject) (after: SchemaObject) : bool =
        before.Body = after.Body
        || match before.Body, after.Body with
           | ObjectBody.Function a, ObjectBody.Function b
           | ObjectBody.Procedure a, ObjectBody.Procedure b -> plain (SqlText.describe a) = plain (SqlText.describe b)
           | ObjectBody.MaterializedView(a, _), ObjectBody.MaterializedView(b, _) -> a = b
           | ObjectBody.Domain(a, _, _, _), ObjectBody.Domain(b, _, _, _) -> a = b
           | ObjectBody.Partition(a, _), ObjectBody.Partition(b, _) -> a = b
           // A change of an attribute's type would have to reach into the rows of every column.
           | ObjectBody.Composite a, ObjectBody.Composite b ->
               a |> List.forall (fun x -> b |> List.forall (fun y -> x.Name <> y.Name || x.Type = y.Type))
           | ObjectBody.Sequence _, ObjectBody.Sequence _
           | ObjectBody.Grant _, ObjectBody.Grant _
           | ObjectBody.Extension, ObjectBody.Extension -> true
           | _ -> false

    /// Objects of both schemas that must go and come back: those that cannot change in place, and those that rest on them, on
    /// touched columns, on lost keys, or on the list of a table's columns. So must those that name a table or a column by its
    /// former name: they went with it when it was renamed, and mean another one now.
    let lost
        (from: Schema)
        (target: Schema)
        (renamed: Renamed)
        (replacedTables: Set<ObjectName>)
        (touched: Set<ObjectName * string>)
        (lostKeys: Set<PartId>)
        : Set<ObjectKey> =
        let both =
            from.Objects
            |> List.choose (fun o -> Schema.tryObject o.Key target |> Option.map (fun after -> o, after))

        let listsOf (schema: Schema) (object: SchemaObject) = columns true schema object |> Set.ofList

        let reshaped (object: SchemaObject) =
            match object.Kind with
            | ObjectKind.View
            | ObjectKind.MaterializedView -> listsOf from object <> listsOf target object
            | _ ->
                // What used a column that goes cannot stay as it is.
                not (Set.isSubset (listsOf from object) (listsOf target object))

        let namesFormer (object: SchemaObject) =
            not renamed.FormerTables.IsEmpty
            && (let mentions = Uses.naming (visible object)
                let named = holes object

                renamed.FormerTables |> Set.exists (fun name -> mentions name.Name || List.contains name named))

        let namesFormerColumn (object: SchemaObject) =
            not renamed.FormerColumns.IsEmpty
            && (let used = tables true from object |> List.map _.Name |> Set.ofList

                naming object
                |> Option.exists (fun names ->
                    renamed.FormerColumns |> Set.exists (fun (table, column) -> used.Contains table && names column)))

        let direct =
            both
            |> List.filter (fun (before, after) ->
                not (inPlace before after)
                || namesFormer before
                || namesFormerColumn before
                || parent before |> Option.exists replacedTables.Contains
                || columns true from before |> List.exists touched.Contains
                || primaryKeys true from before |> List.exists lostKeys.Contains
                || reshaped before)
            |> List.map (fun (before, _) -> before.Key)
            |> Set.ofList

        let rests (gone: Set<ObjectKey>) (object: SchemaObject) =
            objects true from object |> List.exists (fun other -> gone.Contains other.Key)

        let rec settle (gone: Set<ObjectKey>) =
            let more =
                both
                |> List.filter (fun (before, _) -> not (gone.Contains before.Key) && rests gone before)
                |> List.map (fun (before, _) -> before.Key)

            if more.IsEmpty then gone else settle (Set.union gone (Set.ofList more))

        if both.IsEmpty then Set.empty else settle direct
