namespace SchemaToolkit

/// The schema as SQLite can keep it, with a verdict for every declared part. Pure, and once is enough: projecting the
/// result changes nothing.
[<RequireQualifiedAccess>]
module SqliteProject =
    let private keep (part: PartId) (value: 'a, verdict: Verdict) : 'a option * PartVerdict =
        let kept =
            match verdict with
            | Verdict.Exact
            | Verdict.Emulated _ -> Some value
            | Verdict.Omitted _
            | Verdict.Refused _ -> None

        kept, { Part = part; Verdict = verdict }

    let private isCollated (table: Table) (column: string) =
        table.Columns
        |> List.exists (fun c ->
            c.Name = column
            && (c.Collation.IsSome
                || (match c.Type with
                    | ColumnType.Numeric _ -> true
                    | _ -> false)))

    let private nullsEqual (table: Table) (columns: string list) =
        if columns |> List.exists (isCollated table) then
            Verdict.Refused
                "NULLS NOT DISTINCT is kept by an index over expressions, which a numeric or collated column cannot be in"
        else
            Verdict.Emulated
                "NULLs are made equal by an index over expressions; ON CONFLICT and foreign keys cannot name it"

    let private unique (table: Table) (u: Unique) : Unique * Verdict =
        let reasons =
            [ if u.Deferrability <> Deferrability.NotDeferrable then
                  Verdict.Refused "SQLite checks uniqueness at once; only foreign keys can be deferred"
              if u.NullsNotDistinct then
                  nullsEqual table u.Columns ]

        u, Reason.verdict reasons

    /// A unique constraint over expressions is no key that SQLite lets a foreign key name.
    let private namesNoKey (schema: Schema) (fk: ForeignKey) =
        let same (columns: string list) = Set.ofList columns = Set.ofList fk.TargetColumns

        match Schema.tryTable fk.Target schema with
        | None -> false
        | Some target ->
            let isKey =
                (target.PrimaryKey |> Option.exists (fun key -> same key.Columns))
                || (target.Uniques |> List.exists (fun u -> same u.Columns && not u.NullsNotDistinct))

            not isKey && (target.Uniques |> List.exists (fun u -> same u.Columns && u.NullsNotDistinct))

    let private foreignKey (schema: Schema) (fk: ForeignKey) : ForeignKey * Verdict =
        let deferred =
            match fk.Deferrability with
            | Deferrability.InitiallyImmediate -> [ Verdict.Emulated "deferred by PRAGMA defer_foreign_keys" ]
            | Deferrability.NotDeferrable
            | Deferrability.InitiallyDeferred -> []

        fk,
        Reason.verdict
            [ yield! deferred
              if namesNoKey schema fk then
                  Verdict.Refused
                      "its target is unique with NULLS NOT DISTINCT, which SQLite keeps as an index over expressions; make the target plainly unique" ]

    let private check (c: Check) : Check * Verdict =
        if not (Reason.isForSqlite c.OnlyOn) then
            c, Reason.notForSqlite c.OnlyOn
        else
            let text, reasons = Reason.text "the check" c.Expression
            { c with Expression = text; OnlyOn = [] }, Reason.verdict reasons

    let private indexPart (part: IndexPart) : IndexPart * Verdict list =
        let target, texts =
            match part.Target with
            | IndexTarget.Column _ -> part.Target, []
            | IndexTarget.Expression sql ->
                let text, reasons = Reason.text "the index" sql
                IndexTarget.Expression text, reasons

        let collation, collated =
            match part.Collation with
            | Some name ->
                let kept, reasons = Reason.collation name
                Some kept, reasons
            | None -> None, []

        { part with
            Target = target
            Collation = collation
            Nulls = NullsOrder.Default
            OpClass = None },
        [ yield! texts
          yield! collated
          if part.OpClass.IsSome then
              Verdict.Omitted "its operator class is left out"
          if part.Nulls <> NullsOrder.Default then
              Verdict.Omitted "its order of NULLs is left out" ]

    let private index (table: Table) (i: IndexDef) : IndexDef * Verdict =
        if not (Reason.isForSqlite i.OnlyOn) then
            i, Reason.notForSqlite i.OnlyOn
        elif i.Method <> "btree" && not i.Unique then
            i, Verdict.Omitted $"an access path: SQLite has no {i.Method} index"
        else
            let parts, partReasons = i.Parts |> List.map indexPart |> List.unzip

            let where, whereReasons =
                match i.Where with
                | Some sql ->
                    let text, reasons = Reason.text "the index's predicate" sql
                    Some text, reasons
                | None -> None, []

            let columns =
                parts
                |> List.choose (fun part ->
                    match part.Target with
                    | IndexTarget.Column column -> Some column
                    | IndexTarget.Expression _ -> None)

            let nulls =
                if not (i.Unique && i.NullsNotDistinct) then
                    []
                elif columns.Length < parts.Length || parts |> List.exists _.Collation.IsSome then
                    [ Verdict.Refused "NULLS NOT DISTINCT works on plain columns only" ]
                else
                    [ nullsEqual table columns ]

            { i with
                Parts = parts
                Where = where
                Method = "btree"
                Include = []
                With = []
                NullsNotDistinct = i.NullsNotDistinct && i.Unique
                OnlyOn = [] },
            Reason.verdict
                [ yield! List.concat partReasons
                  yield! whereReasons
                  yield! nulls
                  if i.Method <> "btree" then
                      Verdict.Emulated $"a b-tree instead of {i.Method}"
                  if not i.Include.IsEmpty then
                      Verdict.Omitted "its included columns are left out"
                  if not i.With.IsEmpty then
                      Verdict.Omitted "its storage parameters are left out" ]

    /// Row security cannot be kept, and leaving it out would open the rows: only what its author confined to other
    /// engines is left out.
    let private security (table: Table) : PartVerdict list =
        let policy (p: Policy) =
            { Part = PartId.Policy(table.Name, p.Name)
              Verdict =
                if Reason.isForSqlite p.OnlyOn then
                    Verdict.Refused
                        "SQLite has no row-level security; declare the policy with Policy.onlyOn \"postgres\""
                else
                    Reason.notForSqlite p.OnlyOn }

        [ match table.RowSecurity with
          | RowSecurity.Disabled -> ()
          | RowSecurity.Enabled
          | RowSecurity.Forced ->
              let elsewhere =
                  not table.Policies.IsEmpty
                  && table.Policies |> List.forall (fun p -> not (Reason.isForSqlite p.OnlyOn))

              { Part = PartId.RowSecurity table.Name
                Verdict =
                  if elsewhere then
                      Verdict.Omitted "its policies are declared only for other engines"
                  else
                      Verdict.Refused "SQLite has no row-level security" }
          yield! table.Policies |> List.map policy ]

    let private table (capabilities: Capabilities) (schema: Schema) (t: Table) : Table * PartVerdict list =
        let columns =
            t.Columns
            |> List.map (fun c -> keep (PartId.Column(t.Name, c.Name)) (ProjectColumn.project schema.Enums t c))

        let uniques = t.Uniques |> List.map (fun u -> keep (PartId.Unique(t.Name, u.Name)) (unique t u))

        let checks = t.Checks |> List.map (fun c -> keep (PartId.Check(t.Name, c.Name)) (check c))

        let foreignKeys =
            t.ForeignKeys
            |> List.map (fun fk -> keep (PartId.ForeignKey(t.Name, fk.Name)) (foreignKey schema fk))

        let indexes = t.Indexes |> List.map (fun i -> keep (PartId.Index(t.Name, i.Name)) (index t i))

        let own =
            Reason.verdict
                [ if not (capabilities.Features.Contains "strict") then
                      Verdict.Refused $"SQLite {capabilities.Version} has no STRICT tables; 3.37 has"
                  if t.Name.Namespace <> Namespace.host then
                      Verdict.Emulated "the namespace is a prefix of the name"
                  if t.PartitionBy.IsSome then
                      Verdict.Emulated "one table holds the rows of all its partitions"
                  if t.WithoutRowId && t.Columns |> List.exists _.Identity.IsSome then
                      Verdict.Refused
                          "SQLite numbers the rows of an identity column by rowid; leave out Table.withoutRowId or the identity"
                  if t.Comment.IsSome then
                      Verdict.Omitted "its comment is left out: SQLite keeps none" ]

        { t with
            Columns = columns |> List.choose fst
            Uniques = uniques |> List.choose fst
            Checks = checks |> List.choose fst
            ForeignKeys = foreignKeys |> List.choose fst
            Indexes = indexes |> List.choose fst
            RowSecurity = RowSecurity.Disabled
            Policies = []
            PartitionBy = None
            Comment = None },
        [ { Part = PartId.Table t.Name; Verdict = own }
          yield! columns |> List.map snd
          match t.PrimaryKey with
          | Some key -> { Part = PartId.PrimaryKey(t.Name, key.Name); Verdict = Verdict.Exact }
          | None -> ()
          yield! uniques |> List.map snd
          yield! checks |> List.map snd
          yield! foreignKeys |> List.map snd
          yield! indexes |> List.map snd
          yield! security t ]

    /// Names that SQLite, which ignores case and has one name space in a file, would not tell apart.
    let private clashes (schema: Schema) : (PartId * string) list =
        let repeated (items: (string * PartId) list) =
            items
            |> List.groupBy (fun (name, _) -> name.ToLowerInvariant())
            |> List.collect (fun (_, same) ->
                same
                |> List.skip 1
                |> List.map (fun (name, part) -> part, $"another object is called {name} too, as SQLite reads names"))

        let objects =
            [ for t in schema.Tables do
                  SqliteName.render t.Name, PartId.Table t.Name

                  for u in t.Uniques do
                      SqliteName.render (SqliteName.beside t.Name u.Name), PartId.Unique(t.Name, u.Name)

                  for i in t.Indexes do
                      SqliteName.render (SqliteName.beside t.Name i.Name), PartId.Index(t.Name, i.Name) ]

        let views, triggers =
            schema.Objects
            |> List.map (fun o -> RenderObject.fileName o.Key, PartId.Object o.Key, o.Kind)
            |> List.partition (fun (_, _, kind) -> kind = ObjectKind.View)

        let named = List.map (fun (name, part, _) -> name, part)

        // Triggers have a space of names to themselves.
        [ yield! repeated (objects @ named views)
          yield! repeated (named triggers)
          for t in schema.Tables do
              yield! t.Columns |> List.map (fun c -> c.Name, PartId.Column(t.Name, c.Name)) |> repeated ]

    let private refuse (clashes: (PartId * string) list) (verdict: PartVerdict) =
        match clashes |> List.tryFind (fun (part, _) -> part = verdict.Part) with
        | Some(_, why) ->
            { verdict with
                Verdict = Reason.verdict [ verdict.Verdict; Verdict.Refused why ] }
        | None -> verdict

    /// Verdicts and the schema as SQLite keeps it.
    let project (capabilities: Capabilities) (schema: Schema) : Projected =
        let tables, tableVerdicts = schema.Tables |> List.map (table capabilities schema) |> List.unzip

        let objects, objectVerdicts = schema.Objects |> List.map (ProjectObject.project schema) |> List.unzip

        let used =
            tables
            |> List.collect (fun t -> t.Columns |> List.choose (fun c -> ColumnType.enumName c.Type))
            |> Set.ofList

        let enums = schema.Enums |> List.filter (fun e -> used.Contains e.Name)

        let enumVerdicts =
            schema.Enums
            |> List.map (fun e ->
                { Part = PartId.Enum e.Name
                  Verdict =
                    if used.Contains e.Name then
                        Verdict.Emulated "a CHECK on each column that has it"
                    else
                        Verdict.Omitted "no column has it, and SQLite has no types of its own" })

        let ns =
            if schema.Namespace = Namespace.host then
                Verdict.Exact
            elif schema.Namespace.EndsWith '_' then
                Verdict.Refused "a namespace that ends in '_' could not be told apart from a name that begins with one"
            else
                Verdict.Emulated "a prefix of every name"

        let verdicts =
            [ { Part = PartId.Namespace schema.Namespace; Verdict = ns }
              yield! enumVerdicts
              yield! List.concat tableVerdicts
              yield! objectVerdicts ]

        let kept = { schema with Enums = enums; Tables = tables; Objects = List.choose id objects }

        { Schema = kept; Verdicts = verdicts |> List.map (refuse (clashes kept)) }
