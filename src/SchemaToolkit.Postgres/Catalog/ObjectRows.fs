namespace SchemaToolkit.Postgres

open System
open Npgsql
open SchemaToolkit

/// Readers for `ObjectQueries`, field by field: an object, or a remark about something that Core has no word for.
[<RequireQualifiedAccess>]
module internal ObjectRows =
    let private create (name: ObjectName) part body (comment: string option) : SchemaObject =
        { Name = name; Part = part; Body = body; Comment = comment; OnlyOn = [] }

    let private name at (r: NpgsqlDataReader) = ObjectName.create (Field.text at r) (Field.text (at + 1) r)

    /// NULL where the object went while it was read.
    let private sql (i: int) (what: ObjectName) (r: NpgsqlDataReader) =
        match Field.optional i r with
        | Some text -> SqlText.raw text
        | None -> raise (CatalogMoved(string what))

    let view (indexesOf: int64 -> IndexDef list) (r: NpgsqlDataReader) : SchemaObject =
        let name = name 1 r
        let text = (sql 4 name r |> SqlText.describe).Trim().TrimEnd(';') |> SqlText.raw

        if Field.text 3 r = "v" then
            let body = ObjectBody.View(text, Decode.settings (Field.texts 5 r))
            create name "" body (Field.optional 6 r)
        else
            let body = ObjectBody.MaterializedView(text, indexesOf (Field.oid 0 r))
            create name "" body (Field.optional 6 r)

    let routine (r: NpgsqlDataReader) : SchemaObject =
        let name = name 0 r
        // The name may hold a parenthesis, so it is found where it stands.
        let whole, quoted = (sql 6 name r |> SqlText.describe), Field.text 5 r

        let definition =
            whole.Substring(whole.IndexOf(quoted, StringComparison.Ordinal) + quoted.Length).TrimEnd()

        if Field.text 2 r = "p" then
            create name "" (ObjectBody.Procedure(SqlText.raw definition)) (Field.optional 4 r)
        else
            create name "" (ObjectBody.Function(SqlText.raw definition)) (Field.optional 4 r)

    let trigger (r: NpgsqlDataReader) : SchemaObject * string list =
        let table, part = name 0 r, Field.text 2 r
        let whole, quoted = (sql 3 table r |> SqlText.describe), Field.text 7 r
        let rest = whole.Substring(whole.IndexOf(quoted, StringComparison.Ordinal) + quoted.Length).TrimStart()
        let definition = if Field.flag 5 r then $"CONSTRAINT {rest}" else rest

        create table part (ObjectBody.Trigger(SqlText.raw definition)) (Field.optional 6 r),
        [ if Field.text 4 r <> "O" then
              $"trigger {part} on {table} is disabled, or fires for replication" ]

    let private integer (typeName: string) =
        match typeName with
        | "int2" -> ColumnType.SmallInt
        | "int4" -> ColumnType.Integer
        | _ -> ColumnType.BigInt

    let sequence (r: NpgsqlDataReader) : SchemaObject * string list =
        let number (i: int) = r.GetInt64 i

        let owner =
            Field.optional 10 r
            |> Option.map (fun table -> ObjectName.create (Field.text 9 r) table, Field.text 11 r)

        let body =
            ObjectBody.Sequence
                { Type = integer (Field.text 2 r)
                  Start = number 3
                  Increment = number 4
                  Minimum = number 5
                  Maximum = number 6
                  Cache = number 7
                  Cycle = Field.flag 8 r
                  OwnedBy = owner }

        create (name 0 r) "" body (Field.optional 12 r),
        [ if Field.text 13 r = "u" then
              $"sequence {name 0 r} is unlogged" ]

    /// The ten fields of `typeFields`.
    let private columnType (r: NpgsqlDataReader) : ColumnType option = Decode.readType 0 3 6 9 8 None r

    let private orRemark what (name: ObjectName) (r: NpgsqlDataReader) (build: ColumnType -> SchemaObject) =
        match columnType r with
        | Some kind -> Ok(build kind)
        | None -> Error $"{what} {name} over {Field.text 8 r}"

    let domain (r: NpgsqlDataReader) : Result<SchemaObject, string> =
        let name = name 10 r

        let value =
            match Field.optional 13 r with
            | Some text -> Some(SqlText.raw text)
            | None when Field.flag 14 r -> raise (CatalogMoved(string name))
            | None -> None

        let checks =
            List.zip (Field.texts 16 r) (Field.texts 17 r)
            |> List.map (fun (check, text) -> ({ Name = check; Expression = SqlText.raw text }: DomainCheck))

        orRemark "domain" name r (fun kind ->
            let body = ObjectBody.Domain(kind, Field.flag 12 r, value, checks)
            create name "" body (Field.optional 15 r))

    let attribute (r: NpgsqlDataReader) : ObjectName * string option * Result<CompositeAttribute, string> =
        let name, part = name 10 r, Field.text 12 r

        name,
        Field.optional 13 r,
        match columnType r with
        | Some kind -> Ok { Name = part; Type = kind }
        | None -> Error $"attribute {part} of the composite type {name}: {Field.text 8 r}"

    let composites (rows: (ObjectName * string option * Result<CompositeAttribute, string>) list) =
        [ for name, group in rows |> List.groupBy (fun (name, _, _) -> name) do
              let _, comment, _ = List.head group

              let wrong =
                  group
                  |> List.choose (fun (_, _, a) ->
                      match a with
                      | Error text -> Some text
                      | Ok _ -> None)

              match wrong with
              | [] ->
                  let attributes =
                      group
                      |> List.choose (fun (_, _, a) ->
                          match a with
                          | Ok attribute -> Some attribute
                          | Error _ -> None)

                  Ok(create name "" (ObjectBody.Composite attributes) comment)
              | remarks -> yield! List.map Error remarks ]

    let range (r: NpgsqlDataReader) : Result<SchemaObject, string> =
        let name = name 10 r

        if Field.flag 13 r then
            Error $"range type {name} with functions or an operator class of its own"
        else
            orRemark "range type" name r (fun kind -> create name "" (ObjectBody.Range kind) (Field.optional 12 r))

    let partition (r: NpgsqlDataReader) : SchemaObject =
        let name = name 0 r
        let body = ObjectBody.Partition(ObjectName.create (Field.text 2 r) (Field.text 3 r), sql 4 name r)
        create name "" body (Field.optional 5 r)

    let exclusion (r: NpgsqlDataReader) : SchemaObject =
        let table = name 0 r
        create table (Field.text 2 r) (ObjectBody.Exclusion(sql 3 table r)) (Field.optional 4 r)

    let grant (r: NpgsqlDataReader) : SchemaObject * string list =
        let name, role = name 0 r, Field.text 2 r
        let privileges = Field.texts 3 r |> List.sort

        create name role (ObjectBody.Grant privileges) None,
        [ if Field.flag 4 r then
              $"{role} may pass on what it may do with {name}" ]

    let extension (r: NpgsqlDataReader) : SchemaObject =
        create (ObjectName.relative (Field.text 0 r)) "" ObjectBody.Extension None
