namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Views, functions, triggers and the like as PostgreSQL's SQL. Pure.
[<RequireQualifiedAccess>]
module internal RenderObject =
    let private text = Render.text

    /// How the object is called in DROP, COMMENT and ALTER.
    let private named (o: SchemaObject) : string =
        let name () = Quote.object o.Key.Name
        let part = Quote.name o.Key.Part

        match o.Kind with
        | ObjectKind.Extension -> $"EXTENSION {Quote.name o.Key.Name.Name}"
        | ObjectKind.Domain -> $"DOMAIN {name ()}"
        | ObjectKind.Composite
        | ObjectKind.Range -> $"TYPE {name ()}"
        | ObjectKind.Sequence -> $"SEQUENCE {name ()}"
        | ObjectKind.Function -> $"FUNCTION {name ()}"
        | ObjectKind.Procedure -> $"PROCEDURE {name ()}"
        | ObjectKind.Partition -> $"TABLE {name ()}"
        | ObjectKind.Exclusion -> $"CONSTRAINT {part} ON {name ()}"
        | ObjectKind.View -> $"VIEW {name ()}"
        | ObjectKind.MaterializedView -> $"MATERIALIZED VIEW {name ()}"
        | ObjectKind.Trigger -> $"TRIGGER {part} ON {name ()}"
        | ObjectKind.Grant -> invalidOp $"{o.Key} has no name of its own."

    let comment (o: SchemaObject) : string = Render.comment (named o) o.Comment

    let private range (o: SequenceOptions) =
        let cycle = if o.Cycle then "CYCLE" else "NO CYCLE"
        $"INCREMENT BY {o.Increment} MINVALUE {o.Minimum} MAXVALUE {o.Maximum} START WITH {o.Start} CACHE {o.Cache} {cycle}"

    let owner (name: ObjectName) (owner: (ObjectName * string) option) =
        match owner with
        | Some(table, column) -> $"ALTER SEQUENCE {Quote.object name} OWNED BY {Quote.object table}.{Quote.name column}"
        | None -> $"ALTER SEQUENCE {Quote.object name} OWNED BY NONE"

    let alterSequence (extensions: Extensions) (name: ObjectName) (o: SequenceOptions) =
        $"ALTER SEQUENCE {Quote.object name} AS {PgType.render extensions o.Type} {range o}"

    let domainCheck (check: DomainCheck) = $"CONSTRAINT {Quote.name check.Name} CHECK ({text check.Expression})"

    let attribute (extensions: Extensions) (a: CompositeAttribute) =
        $"{Quote.name a.Name} {PgType.render extensions a.Type}"

    let private options (with': (string * string) list) =
        match with' with
        | [] -> ""
        | pairs ->
            let settings = pairs |> List.map (fun (name, value) -> $"{Quote.name name} = {Quote.text value}")
            $""" WITH ({String.concat ", " settings})"""

    /// `kindOf` tells what a name is: privileges are granted on a TABLE, a SEQUENCE, a FUNCTION …
    let private onWhat (kindOf: ObjectName -> ObjectKind option) (name: ObjectName) =
        match kindOf name with
        | Some ObjectKind.Sequence -> $"SEQUENCE {Quote.object name}"
        | Some ObjectKind.Function -> $"FUNCTION {Quote.object name}"
        | Some ObjectKind.Procedure -> $"PROCEDURE {Quote.object name}"
        | Some ObjectKind.Domain -> $"DOMAIN {Quote.object name}"
        | Some(ObjectKind.Composite | ObjectKind.Range) -> $"TYPE {Quote.object name}"
        | Some(ObjectKind.Extension | ObjectKind.Partition | ObjectKind.Exclusion | ObjectKind.View | ObjectKind.MaterializedView | ObjectKind.Trigger | ObjectKind.Grant)
        | None -> $"TABLE {Quote.object name}"

    let private role (name: string) = if name = "public" then "PUBLIC" else Quote.name name

    let grant kindOf (key: ObjectKey) (privileges: string list) =
        $"""GRANT {String.concat ", " privileges} ON {onWhat kindOf key.Name} TO {role key.Part}"""

    let revoke kindOf (key: ObjectKey) (privileges: string list) =
        $"""REVOKE {String.concat ", " privileges} ON {onWhat kindOf key.Name} FROM {role key.Part}"""

    /// A definition may begin with CONSTRAINT, which stands before the word TRIGGER.
    let private trigger (name: string) (definition: string) =
        let trimmed = definition.TrimStart()
        let word = "CONSTRAINT "

        if trimmed.StartsWith(word, System.StringComparison.OrdinalIgnoreCase) then
            $"CREATE CONSTRAINT TRIGGER {Quote.name name} {trimmed.Substring word.Length}"
        else
            $"CREATE TRIGGER {Quote.name name} {trimmed}"

    let private body (extensions: Extensions) kindOf (o: SchemaObject) : string list =
        let name () = Quote.object o.Key.Name

        match o.Body with
        // A schema of its own choosing is the extension's to say; otherwise it serves everybody from the host's.
        | ObjectBody.Extension ->
            [ $"CREATE EXTENSION IF NOT EXISTS {Quote.name o.Key.Name.Name} WITH SCHEMA {Quote.name Namespace.host}" ]
        | ObjectBody.Domain(baseType, notNull, value, checks) ->
            [ [ $"CREATE DOMAIN {name ()} AS {PgType.render extensions baseType}"
                match value with
                | Some sql -> $"DEFAULT ({text sql})"
                | None -> ()
                if notNull then
                    "NOT NULL"
                yield! checks |> List.map domainCheck ]
              |> String.concat " " ]
        | ObjectBody.Composite attributes ->
            let parts = attributes |> List.map (attribute extensions) |> String.concat ", "
            [ $"CREATE TYPE {name ()} AS ({parts})" ]
        | ObjectBody.Range subtype ->
            [ $"CREATE TYPE {name ()} AS RANGE (SUBTYPE = {PgType.render extensions subtype})" ]
        | ObjectBody.Sequence options ->
            [ $"CREATE SEQUENCE {name ()} AS {PgType.render extensions options.Type} {range options}"
              if options.OwnedBy.IsSome then
                  owner o.Key.Name options.OwnedBy ]
        | ObjectBody.Function definition -> [ $"CREATE FUNCTION {name ()}{text definition}" ]
        | ObjectBody.Procedure definition -> [ $"CREATE PROCEDURE {name ()}{text definition}" ]
        | ObjectBody.Partition(table, bound) ->
            [ $"CREATE TABLE {name ()} PARTITION OF {Quote.object table} {text bound}" ]
        | ObjectBody.Exclusion definition ->
            [ $"ALTER TABLE {name ()} ADD CONSTRAINT {Quote.name o.Key.Part} EXCLUDE {text definition}" ]
        | ObjectBody.View(query, with') -> [ $"CREATE VIEW {name ()}{options with'} AS {text query}" ]
        | ObjectBody.MaterializedView(query, indexes) ->
            [ $"CREATE MATERIALIZED VIEW {name ()} AS {text query}"
              yield! indexes |> List.map (Render.createIndex extensions o.Key.Name) ]
        | ObjectBody.Trigger definition -> [ trigger o.Key.Part (text definition) ]
        | ObjectBody.Grant privileges -> [ grant kindOf o.Key privileges ]

    let create (extensions: Extensions) (kindOf: ObjectName -> ObjectKind option) (o: SchemaObject) : string list =
        [ yield! body extensions kindOf o
          if o.Comment.IsSome && o.Kind <> ObjectKind.Grant then
              comment o ]

    let drop (kindOf: ObjectName -> ObjectKind option) (o: SchemaObject) : string =
        match o.Body with
        | ObjectBody.Grant privileges -> revoke kindOf o.Key privileges
        | ObjectBody.Exclusion _ -> $"ALTER TABLE {Quote.object o.Key.Name} DROP CONSTRAINT {Quote.name o.Key.Part}"
        | ObjectBody.Extension
        | ObjectBody.Domain _
        | ObjectBody.Composite _
        | ObjectBody.Range _
        | ObjectBody.Sequence _
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.Partition _
        | ObjectBody.View _
        | ObjectBody.MaterializedView _
        | ObjectBody.Trigger _ -> $"DROP {named o}"
