namespace SchemaToolkit

/// Views and triggers as SQLite's SQL. The other kinds never come so far: projection has refused or omitted them.
[<RequireQualifiedAccess>]
module internal RenderObject =
    /// What `sqlite_schema` calls the kind.
    let kindName (key: ObjectKey) : string =
        match key.Kind with
        | ObjectKind.View -> "view"
        | ObjectKind.Trigger -> "trigger"
        | ObjectKind.Extension
        | ObjectKind.Domain
        | ObjectKind.Composite
        | ObjectKind.Range
        | ObjectKind.Sequence
        | ObjectKind.Function
        | ObjectKind.Procedure
        | ObjectKind.Partition
        | ObjectKind.Exclusion
        | ObjectKind.MaterializedView
        | ObjectKind.Grant -> invalidOp $"SQLite has no {key}. Project the schema first."

    /// The name in the file, unquoted. A trigger lives in the namespace of its table.
    let fileName (key: ObjectKey) : string =
        if key.Part = "" then
            SqliteName.render key.Name
        else
            SqliteName.render (SqliteName.beside key.Name key.Part)

    let create (o: SchemaObject) : string =
        let name = SqliteName.quote (fileName o.Key)

        match o.Body with
        | ObjectBody.View(query, _) -> $"CREATE VIEW {name} AS {SqliteRender.text query}"
        | ObjectBody.Trigger definition -> $"CREATE TRIGGER {name} {SqliteRender.text definition}"
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
        | ObjectBody.Grant _ -> invalidOp $"SQLite has no {o.Key}. Project the schema first."

    let drop (key: ObjectKey) : string = $"DROP {(kindName key).ToUpperInvariant()} {SqliteName.quote (fileName key)}"

    /// The object as something that hangs on a table: a rebuild later in the plan puts it back.
    let attachment (o: SchemaObject) : Attachment =
        { Table = o.Key.Name
          Kind = kindName o.Key
          Name = fileName o.Key
          Sql = create o }

    /// Whether the attachment is this object.
    let isAttachment (key: ObjectKey) (a: Attachment) = a.Kind = kindName key && a.Name = fileName key
