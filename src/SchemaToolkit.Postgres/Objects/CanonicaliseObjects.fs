namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Declared objects made in the temporary schema, so that the server writes their texts in its own way.
[<RequireQualifiedAccess>]
module internal CanonicaliseObjects =
    let private temporary = "pg_temp"

    let private moved (name: ObjectName) = { name with Namespace = temporary }

    /// None where nothing is gained (no text) or nothing can be asked: a trigger would stand on the real table.
    let private stand (o: SchemaObject) : SchemaObject option =
        let o = { o with Name = moved o.Name }

        match o.Body with
        | ObjectBody.MaterializedView(query, _) -> Some { o with Body = ObjectBody.View(query, []) }
        | ObjectBody.Partition(table, bound) -> Some { o with Body = ObjectBody.Partition(moved table, bound) }
        | ObjectBody.View _
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.Exclusion _
        | ObjectBody.Domain _ -> Some o
        | ObjectBody.Trigger _
        | ObjectBody.Extension
        | ObjectBody.Composite _
        | ObjectBody.Range _
        | ObjectBody.Sequence _
        | ObjectBody.Grant _ -> None

    let needsAsking (o: SchemaObject) = (stand o).IsSome

    let statements (extensions: Extensions) (o: SchemaObject) : string list =
        match stand o with
        | Some temporary -> RenderObject.create extensions (fun _ -> None) { temporary with Comment = None }
        | None -> []

    /// What the temporary schema, under its real name, says of the declared objects.
    let slots (temp: string) (declared: SchemaObject list) (read: Schema) : (TextSlot * string) list =
        [ for o in declared do
              match stand o with
              | Some temporary ->
                  let key = { temporary.Key with Name = { temporary.Key.Name with Namespace = temp } }

                  match Schema.tryObject key read with
                  | Some found ->
                      for place, sql in SchemaObject.texts found do
                          TextSlot.Object(o.Key, place), SqlText.describe sql
                  | None -> ()
              | None -> () ]
