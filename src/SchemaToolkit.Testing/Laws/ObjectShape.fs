namespace SchemaToolkit.Testing

open SchemaToolkit

/// What a generated view or trigger says. A closed list: generated texts can be recognised again, so that renames, repair and
/// integrity know what they rest on.
[<RequireQualifiedAccess>]
type ObjectShape =
    /// Some columns of a table, or of another view.
    | Columns of source: ObjectName * columns: string list
    | NotNull of table: ObjectName * column: string
    /// The number of rows, as a column called `n`.
    | Count of table: ObjectName
    /// A column of the first with every row of the second.
    | Product of first: ObjectName * column: string * second: ObjectName
    /// Fires on changes of a column.
    | OnUpdate of table: ObjectName * column: string
    /// Fires on a table and writes into another.
    | OnDelete of table: ObjectName * written: ObjectName * column: string

[<RequireQualifiedAccess>]
module ObjectShape =
    let private text = SqlFragment.Text
    let private table = SqlFragment.Table
    let private column = SqlFragment.Column

    /// A trigger function that every PostgreSQL has, so that no function needs to be declared.
    let private call = text " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"

    let private fragments (parts: SqlFragment list) : SqlFragment list =
        (parts, [])
        ||> List.foldBack (fun part tail ->
            match part, tail with
            | SqlFragment.Text a, SqlFragment.Text b :: rest -> SqlFragment.Text(a + b) :: rest
            | _ -> part :: tail)

    let private portable parts = SqlText.Portable(fragments parts)

    let private per sqlite postgres = SqlText.PerEngine [ "postgres", fragments postgres; "sqlite", fragments sqlite ]

    let private listed (columns: string list) =
        columns
        |> List.mapi (fun i name -> if i = 0 then [ column name ] else [ text ", "; column name ])
        |> List.concat

    let build (shape: ObjectShape) : SqlText =
        match shape with
        | ObjectShape.Columns(source, columns) ->
            portable [ text "SELECT "; yield! listed columns; text " FROM "; table source ]
        | ObjectShape.NotNull(source, c) ->
            portable
                [ text "SELECT "
                  column c
                  text " FROM "
                  table source
                  text " WHERE "
                  column c
                  text " IS NOT NULL" ]
        | ObjectShape.Count source -> portable [ text "SELECT count(*) AS n FROM "; table source ]
        | ObjectShape.Product(first, c, second) ->
            portable
                [ text "SELECT "
                  table first
                  text "."
                  column c
                  text " FROM "
                  table first
                  text " CROSS JOIN "
                  table second ]
        | ObjectShape.OnUpdate(on, c) ->
            per
                [ text "AFTER UPDATE OF "
                  column c
                  text " ON "
                  table on
                  text " BEGIN SELECT OLD."
                  column c
                  text "; END" ]
                [ text "BEFORE UPDATE OF "; column c; text " ON "; table on; call ]
        | ObjectShape.OnDelete(on, written, c) ->
            per
                [ text "AFTER DELETE ON "
                  table on
                  text " BEGIN UPDATE "
                  table written
                  text " SET "
                  column c
                  text " = "
                  column c
                  text " WHERE 1 = 0; END" ]
                [ text "BEFORE UPDATE ON "; table on; call ]

    /// What a text says, if it is one of these.
    let tryRead (sql: SqlText) : ObjectShape option =
        let candidates =
            match SqlText.tables sql, SqlText.columns sql with
            | [ source ], [] -> [ ObjectShape.Count source ]
            | [ source ], [ c ] ->
                [ ObjectShape.Columns(source, [ c ])
                  ObjectShape.NotNull(source, c)
                  ObjectShape.Product(source, c, source)
                  ObjectShape.OnUpdate(source, c)
                  ObjectShape.OnDelete(source, source, c) ]
            | [ source ], columns -> [ ObjectShape.Columns(source, columns) ]
            | [ first; second ], [ c ] ->
                [ ObjectShape.Product(first, c, second); ObjectShape.OnDelete(first, second, c) ]
            | _ -> []

        candidates |> List.tryFind (fun shape -> build shape = sql)

    let ofObject (o: SchemaObject) : ObjectShape option =
        match o.Body with
        | ObjectBody.View(query, _) -> tryRead query
        | ObjectBody.Trigger definition -> tryRead definition
        | ObjectBody.Extension
        | ObjectBody.Domain _
        | ObjectBody.Composite _
        | ObjectBody.Range _
        | ObjectBody.Sequence _
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.Partition _
        | ObjectBody.Exclusion _
        | ObjectBody.MaterializedView _
        | ObjectBody.Grant _ -> None

    let mapTables (f: ObjectName -> ObjectName) (shape: ObjectShape) : ObjectShape =
        match shape with
        | ObjectShape.Columns(source, columns) -> ObjectShape.Columns(f source, columns)
        | ObjectShape.NotNull(source, c) -> ObjectShape.NotNull(f source, c)
        | ObjectShape.Count source -> ObjectShape.Count(f source)
        | ObjectShape.Product(first, c, second) -> ObjectShape.Product(f first, c, f second)
        | ObjectShape.OnUpdate(on, c) -> ObjectShape.OnUpdate(f on, c)
        | ObjectShape.OnDelete(on, written, c) -> ObjectShape.OnDelete(f on, f written, c)

    /// The tables or views that it names.
    let tables (shape: ObjectShape) : ObjectName list =
        match shape with
        | ObjectShape.Columns(source, _)
        | ObjectShape.NotNull(source, _)
        | ObjectShape.Count source
        | ObjectShape.OnUpdate(source, _) -> [ source ]
        | ObjectShape.Product(first, _, second)
        | ObjectShape.OnDelete(first, second, _) -> [ first; second ]

    /// The table or view that its columns are of, and the columns.
    let columns (shape: ObjectShape) : ObjectName * string list =
        match shape with
        | ObjectShape.Columns(source, columns) -> source, columns
        | ObjectShape.NotNull(source, c)
        | ObjectShape.OnUpdate(source, c)
        | ObjectShape.Product(source, c, _)
        | ObjectShape.OnDelete(_, source, c) -> source, [ c ]
        | ObjectShape.Count source -> source, []

    let mapColumns (f: string -> string) (shape: ObjectShape) : ObjectShape =
        match shape with
        | ObjectShape.Columns(source, columns) -> ObjectShape.Columns(source, List.map f columns)
        | ObjectShape.NotNull(source, c) -> ObjectShape.NotNull(source, f c)
        | ObjectShape.Count _ -> shape
        | ObjectShape.Product(first, c, second) -> ObjectShape.Product(first, f c, second)
        | ObjectShape.OnUpdate(on, c) -> ObjectShape.OnUpdate(on, f c)
        | ObjectShape.OnDelete(on, written, c) -> ObjectShape.OnDelete(on, written, f c)

    let private withText (sql: SqlText) (o: SchemaObject) : SchemaObject = o |> SchemaObject.mapTexts (fun _ _ -> sql)

    let rec private sourceTable (schema: Schema) (depth: int) (name: ObjectName) : ObjectName option =
        if (Schema.tryTable name schema).IsSome then
            Some name
        elif depth = 0 then
            None
        else
            schema.Objects
            |> List.tryFind (fun o -> o.Name = name && o.Kind = ObjectKind.View)
            |> Option.bind ofObject
            |> Option.bind (columns >> fst >> sourceTable schema (depth - 1))

    /// Objects after a table's rename: an author's code names it anew.
    let renameTable (f: ObjectName -> ObjectName) (o: SchemaObject) : SchemaObject =
        let renamed = if o.Kind = ObjectKind.Trigger then { o with Name = f o.Name } else o

        match ofObject o with
        | Some shape -> withText (build (mapTables f shape)) renamed
        | None -> renamed

    /// Objects after a column's rename, also where they read it through other views; the schema is the one before it.
    let renameColumn (schema: Schema) (table: ObjectName) (f: string -> string) (o: SchemaObject) : SchemaObject =
        match ofObject o with
        | Some shape when sourceTable schema 4 (fst (columns shape)) = Some table ->
            withText (build (mapColumns f shape)) o
        | Some _
        | None -> o

    /// The columns that a table or a view offers, by what is declared; None when it is not there.
    let rec private offered (schema: Schema) (depth: int) (name: ObjectName) : string list option =
        match Schema.tryTable name schema with
        | Some t -> Some(t.Columns |> List.map _.Name)
        | None when depth = 0 -> None
        | None ->
            match schema.Objects |> List.tryFind (fun o -> o.Name = name && o.Kind = ObjectKind.View) with
            | None -> None
            | Some view ->
                match ofObject view with
                | Some(ObjectShape.Count source) when (offered schema (depth - 1) source).IsSome -> Some [ "n" ]
                | Some shape ->
                    let source, own = columns shape

                    offered schema (depth - 1) source
                    |> Option.filter (fun all -> own |> List.forall (fun c -> List.contains c all))
                    |> Option.map (fun _ -> own)
                | None -> None

    let private canBeSet (schema: Schema) (table: ObjectName) (c: string) =
        Schema.tryTable table schema
        |> Option.bind (Table.tryColumn c)
        |> Option.exists (fun c -> c.Generated.IsNone)

    /// Whether all that the object names is there.
    let fits (schema: Schema) (o: SchemaObject) : bool =
        let isTable name = (Schema.tryTable name schema).IsSome

        match ofObject o with
        | None -> false
        | Some(ObjectShape.OnUpdate(on, c)) -> o.Name = on && canBeSet schema on c
        | Some(ObjectShape.OnDelete(on, written, c)) -> o.Name = on && isTable on && canBeSet schema written c
        | Some(ObjectShape.Product(first, _, second)) when not (isTable first && isTable second) || first = second ->
            false
        | Some(ObjectShape.Count source) -> isTable source
        | Some shape ->
            let source, own = columns shape

            o.Name <> source
            && not own.IsEmpty
            && List.distinct own = own
            && offered schema 4 source
               |> Option.exists (fun all -> own |> List.forall (fun c -> List.contains c all))
