namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Indexes as this server keeps them: what an access method ignores is taken out, what it means by default is not said.
[<RequireQualifiedAccess>]
module internal ProjectIndex =
    let private builtIn = set [ "btree"; "hash"; "gin"; "gist"; "brin"; "spgist" ]
    let private ofVector = set [ "hnsw"; "ivfflat" ]

    /// The most dimensions of a `vector` that pgvector's indexes take.
    let private maxIndexedDimensions = 2000

    let private columnOf (table: Table) (part: IndexPart) : ColumnDef option =
        match part.Target with
        | IndexTarget.Column name -> Table.tryColumn name table
        | IndexTarget.Expression _ -> None

    let private nulls (part: IndexPart) =
        match part.Nulls, part.Descending with
        | NullsOrder.First, true
        | NullsOrder.Last, false -> NullsOrder.Default
        | other, _ -> other

    let private indexPart (resolve: SqlText -> SqlText * string list) (table: Table) accessMethod (part: IndexPart) =
        let column = columnOf table part
        let ordered = accessMethod = "btree"

        let target, refusals =
            match part.Target with
            | IndexTarget.Column _ -> part.Target, []
            | IndexTarget.Expression sql ->
                let resolved, refusals = resolve sql
                IndexTarget.Expression resolved, refusals

        let isDefaultOpClass opClass =
            column |> Option.exists (fun c -> PgType.defaultOpClassOf accessMethod c.Type = Some opClass)

        let isOwnCollation collation =
            match column with
            | Some c -> c.Collation |> Option.defaultValue "default" = collation
            | None -> collation = "default"

        let kept =
            { part with
                Target = target
                Descending = part.Descending && ordered
                Nulls = if ordered then nulls part else NullsOrder.Default
                OpClass = part.OpClass |> Option.filter (isDefaultOpClass >> not)
                Collation = part.Collation |> Option.filter (isOwnCollation >> not) }

        let notes =
            [ if not ordered && (part.Descending || nulls part <> NullsOrder.Default) then
                  $"without order: {accessMethod} has none" ]

        let refusals =
            [ yield! refusals
              match column, part.OpClass with
              | Some c, None when
                  (accessMethod = "btree" || accessMethod = "hash") && (PgType.defaultOpClass c.Type).IsNone
                  ->
                  $"{ColumnType.describe c.Type} ({c.Name}) cannot be indexed; use jsonb"
              | Some c, None when accessMethod = "hnsw" ->
                  $"hnsw on {c.Name} needs an operator class such as vector_cosine_ops: Index.opClass"
              | _ -> () ]

        kept, notes, refusals

    let private tooManyDimensions (table: Table) (index: IndexDef) =
        index.Parts
        |> List.choose (columnOf table)
        |> List.tryPick (fun c ->
            match c.Type with
            | ColumnType.Vector n when n > maxIndexedDimensions -> Some c.Name
            | _ -> None)

    /// Why the access method cannot be had; the index is then left out, or refused when it is unique.
    let private missing (capabilities: Capabilities) (table: Table) (index: IndexDef) : string option =
        let method = index.Method

        if ofVector.Contains method && not (Features.has Features.vector capabilities) then
            Some $"{method} needs pgvector, which is not available on this server"
        elif not (builtIn.Contains method || ofVector.Contains method) then
            Some $"PostgreSQL has no access method {method}"
        elif ofVector.Contains method then
            tooManyDimensions table index
            |> Option.map (fun c -> $"{method} takes up to {maxIndexedDimensions} dimensions; {c} has more")
        elif method = "hash" && index.Parts.Length > 1 then
            Some "hash takes one column"
        else
            None

    /// The index as it will be read back, or None when it is left out, and the verdict.
    let index
        (capabilities: Capabilities)
        (table: Table)
        (resolve: SqlText -> SqlText * string list)
        (index: IndexDef)
        : IndexDef option * Verdict =
        let method = index.Method
        let parts = index.Parts |> List.map (indexPart resolve table method)

        let where, whereRefusals =
            match index.Where with
            | Some sql ->
                let resolved, refusals = resolve sql
                Some resolved, refusals
            | None -> None, []

        let carries = method = "btree" || method = "gist" || method = "spgist"

        let kept =
            { index with
                Parts = parts |> List.map (fun (part, _, _) -> part)
                Include = if carries then index.Include else []
                Where = where
                NullsNotDistinct = index.NullsNotDistinct && index.Unique
                With = List.sort index.With
                OnlyOn = [] }

        let notes =
            [ yield! parts |> List.collect (fun (_, notes, _) -> notes) |> List.distinct
              if not carries && not index.Include.IsEmpty then
                  $"without INCLUDE: {method} takes none" ]

        let refusals =
            [ yield! parts |> List.collect (fun (_, _, refusals) -> refusals)
              yield! whereRefusals
              if kept.NullsNotDistinct && not (Features.has Features.nullsNotDistinct capabilities) then
                  "NULLS NOT DISTINCT needs PostgreSQL 15"
              if index.Unique && method <> "btree" then
                  $"a unique index is a btree; {method} cannot be unique" ]

        match missing capabilities table index, refusals, notes with
        | Some why, _, _ when index.Unique -> Some kept, Verdict.Refused why
        | Some why, _, _ -> None, Verdict.Omitted why
        | None, _ :: _, _ -> Some kept, Verdict.Refused(refusals |> List.distinct |> String.concat "; ")
        | None, [], _ :: _ -> Some kept, Verdict.Emulated(String.concat "; " notes)
        | None, [], [] -> Some kept, Verdict.Exact
