namespace SchemaToolkit.Postgres

open SchemaToolkit

/// A declared schema as this server keeps it, with a verdict for every part. Pure.
[<RequireQualifiedAccess>]
module internal Project =
    let private maxVectorDimensions = 16000

    /// Kept exactly, unless something had to be done or cannot be done.
    let private verdict (notes: string list) (refusals: string list) =
        match refusals, notes with
        | _ :: _, _ -> Verdict.Refused(String.concat "; " refusals)
        | [], _ :: _ -> Verdict.Emulated(String.concat "; " notes)
        | [], [] -> Verdict.Exact

    let private noText = "its SQL text has no side for postgres"

    /// The text for this engine alone: a change of another engine's side is no change here.
    let private resolve (sql: SqlText) : SqlText * string list =
        match SqlText.forEngine Render.engine sql with
        | Some fragments -> SqlText.Portable fragments, []
        | None -> sql, [ noText ]

    let private resolveOption (sql: SqlText option) =
        match sql with
        | Some sql ->
            let resolved, refusals = resolve sql
            Some resolved, refusals
        | None -> None, []

    let private elsewhere (onlyOn: string list) = not onlyOn.IsEmpty && not (List.contains Render.engine onlyOn)

    let private omittedFor (onlyOn: string list) = Verdict.Omitted $"""declared for {String.concat ", " onlyOn} only"""

    let rec private typeRefusals (capabilities: Capabilities) (columnType: ColumnType) : string list =
        match columnType with
        | ColumnType.Vector _ when not (Features.has Features.vector capabilities) ->
            [ "pgvector is not available on this server: install the package pgvector there, then CREATE EXTENSION vector" ]
        | ColumnType.Vector n when n < 1 || n > maxVectorDimensions ->
            [ $"vector takes 1 to {maxVectorDimensions} dimensions, not {n}" ]
        | ColumnType.Varchar n
        | ColumnType.Char n when n < 1 || n > 10485760 ->
            [ $"{ColumnType.describe columnType}: a length is between 1 and 10485760" ]
        | ColumnType.Numeric(Some p) when p.Precision < 1 || p.Precision > 1000 || abs p.Scale > 1000 ->
            [ $"{ColumnType.describe columnType}: precision is between 1 and 1000, scale between -1000 and 1000" ]
        | ColumnType.Array(ColumnType.Array _) ->
            [ "an array of arrays: PostgreSQL keeps one array type whatever its depth" ]
        | ColumnType.Array element -> typeRefusals capabilities element
        | _ -> []

    let private columnCollation (c: ColumnDef) : string option * string list =
        match c.Collation with
        | Some "default" -> None, []
        | Some name when not (PgType.isCollatable c.Type) ->
            c.Collation, [ $"a collation ({name}) on {ColumnType.describe c.Type}" ]
        | Some("NOCASE" | "RTRIM" | "BINARY" as name) -> c.Collation, [ $"the collation {name} is SQLite's" ]
        | other -> other, []

    let private column (capabilities: Capabilities) (keys: string list) (c: ColumnDef) : ColumnDef * Verdict =
        let collation, collationRefusals = columnCollation c

        let value, defaultRefusals =
            match c.Default with
            | Some(ColumnDefault.Expression sql) ->
                let resolved, refusals = resolve sql
                Some(ColumnDefault.Expression resolved), refusals
            | other -> other, []

        let generated, generatedNotes, generatedRefusals =
            match c.Generated with
            | Some generated ->
                let resolved, refusals = resolve generated.Expression
                let virtuals = Features.has Features.virtualColumns capabilities

                Some { Expression = resolved; Stored = generated.Stored || not virtuals },
                [ if not generated.Stored && not virtuals then
                      $"computed when written: columns computed when read need PostgreSQL 18, this is {capabilities.Version}" ],
                refusals
            | None -> None, [], []

        let identityRefusals =
            [ if c.Identity.IsSome && not (PgType.isWhole c.Type) then
                  $"identity on {ColumnType.describe c.Type}; it takes smallint, integer or bigint" ]

        let isNotNull = c.Identity.IsSome || List.contains c.Name keys

        let notes =
            [ if c.Nullable && isNotNull then
                  "NOT NULL, as every identity and primary key column is"
              yield! generatedNotes ]

        { c with
            Nullable = c.Nullable && not isNotNull
            Default = value
            Generated = generated
            Collation = collation
            Comment = c.Comment |> Option.filter ((<>) "")
            RenamedFrom = [] },
        verdict
            notes
            (typeRefusals capabilities c.Type
             @ collationRefusals
             @ defaultRefusals
             @ generatedRefusals
             @ identityRefusals)

    /// Columns whose type has no equality in PostgreSQL.
    let private incomparable (table: Table) (columns: string list) =
        columns
        |> List.choose (fun name -> Table.tryColumn name table)
        |> List.filter (fun c -> (PgType.defaultOpClass c.Type).IsNone)
        |> List.map (fun c -> $"{ColumnType.describe c.Type} ({c.Name}) has no equality in PostgreSQL; use jsonb")

    let private unique (capabilities: Capabilities) (table: Table) (u: Unique) =
        verdict
            []
            [ if u.NullsNotDistinct && not (Features.has Features.nullsNotDistinct capabilities) then
                  "NULLS NOT DISTINCT needs PostgreSQL 15"
              yield! incomparable table u.Columns ]

    /// The server validates rows by comparing arrays as `anyarray`, which fails for elements with a length or a precision
    /// (measured on 15 and 18).
    let private foreignKey (table: Table) (fk: ForeignKey) =
        verdict
            []
            [ for name in fk.Columns do
                  match Table.tryColumn name table |> Option.map _.Type with
                  | Some(ColumnType.Array(ColumnType.Varchar _ | ColumnType.Char _ | ColumnType.Numeric(Some _)) as given) ->
                      $"PostgreSQL cannot check a foreign key over {ColumnType.describe given} ({name}); use text[] or numeric[]"
                  | Some _
                  | None -> () ]

    let private checks (table: Table) =
        [ for c in table.Checks do
              let part = PartId.Check(table.Name, c.Name)

              if elsewhere c.OnlyOn then
                  None, { Part = part; Verdict = omittedFor c.OnlyOn }
              else
                  let resolved, refusals = resolve c.Expression
                  Some { c with Expression = resolved; OnlyOn = [] }, { Part = part; Verdict = verdict [] refusals } ]

    let private policies (table: Table) =
        [ for p in table.Policies do
              let part = PartId.Policy(table.Name, p.Name)

              if elsewhere p.OnlyOn then
                  None, { Part = part; Verdict = omittedFor p.OnlyOn }
              else
                  let using, usingRefusals = resolveOption p.Using
                  let withCheck, checkRefusals = resolveOption p.WithCheck

                  let roles =
                      if List.contains "public" p.Roles then
                          []
                      else
                          p.Roles |> List.distinct |> List.sort

                  Some { p with Using = using; WithCheck = withCheck; Roles = roles; OnlyOn = [] },
                  { Part = part
                    Verdict = verdict [] (List.distinct (usingRefusals @ checkRefusals)) } ]

    let private table (capabilities: Capabilities) (t: Table) : Table * PartVerdict list =
        let keys = t.PrimaryKey |> Option.map _.Columns |> Option.defaultValue []
        let columns = t.Columns |> List.map (fun c -> column capabilities keys c)
        let checks = checks t
        let policies = policies t

        let indexes =
            t.Indexes
            |> List.map (fun i ->
                let part = PartId.Index(t.Name, i.Name)

                if elsewhere i.OnlyOn then
                    None, { Part = part; Verdict = omittedFor i.OnlyOn }
                else
                    let kept, verdict = ProjectIndex.index capabilities t resolve i
                    kept, { Part = part; Verdict = verdict })

        let exact part = { Part = part; Verdict = Verdict.Exact }
        let partitionBy, partitionRefusals = resolveOption t.PartitionBy

        { t with
            Columns = List.map fst columns
            Checks = List.choose fst checks
            Indexes = List.choose fst indexes
            Policies = List.choose fst policies
            PartitionBy = partitionBy
            WithoutRowId = false
            Comment = t.Comment |> Option.filter ((<>) "")
            Shared = false
            RenamedFrom = [] },
        [ { Part = PartId.Table t.Name; Verdict = verdict [] partitionRefusals }
          for c, verdict in columns do
              { Part = PartId.Column(t.Name, c.Name); Verdict = verdict }
          match t.PrimaryKey with
          | Some key ->
              { Part = PartId.PrimaryKey(t.Name, key.Name)
                Verdict = verdict [] (incomparable t key.Columns) }
          | None -> ()
          for u in t.Uniques do
              { Part = PartId.Unique(t.Name, u.Name); Verdict = unique capabilities t u }
          for fk in t.ForeignKeys do
              { Part = PartId.ForeignKey(t.Name, fk.Name); Verdict = foreignKey t fk }
          yield! List.map snd checks
          yield! List.map snd indexes
          exact (PartId.RowSecurity t.Name)
          yield! List.map snd policies ]

    let private enum (e: EnumType) =
        { Part = PartId.Enum e.Name
          Verdict =
            verdict
                []
                [ for value in e.Values do
                      if value = "" || Identifier.byteLength value > Identifier.maxBytes then
                          $"the value '{value}': PostgreSQL takes 1 to {Identifier.maxBytes} bytes" ] }

    let private objects (capabilities: Capabilities) (declared: Schema) =
        let kindOf = LowerObject.kinds declared

        [ for o in declared.Objects do
              let part = PartId.Object o.Key

              if elsewhere o.OnlyOn then
                  None, { Part = part; Verdict = omittedFor o.OnlyOn }
              else
                  let kept, refusals = ProjectObject.object resolve (typeRefusals capabilities) kindOf o
                  Some kept, { Part = part; Verdict = verdict [] refusals } ]

    /// A fixpoint: projecting the result again changes nothing. Hints, sharing and version are not part of what a
    /// database keeps, so the result has none.
    let schema (capabilities: Capabilities) (declared: Schema) : Projected =
        let tables = declared.Tables |> List.map (table capabilities)
        let objects = objects capabilities declared

        { Schema =
            { declared with
                Version = None
                Enums = declared.Enums |> List.map (fun e -> { e with RenamedFrom = [] })
                Tables = List.map fst tables
                Objects = List.choose fst objects }
          Verdicts =
            [ { Part = PartId.Namespace declared.Namespace; Verdict = Verdict.Exact }
              yield! declared.Enums |> List.map enum
              yield! List.collect snd tables
              yield! List.map snd objects ] }
