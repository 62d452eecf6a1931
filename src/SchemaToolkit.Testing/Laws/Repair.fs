namespace SchemaToolkit.Testing

open System
open SchemaToolkit

/// Makes a generated or edited schema valid by leaving out what does not fit. Generators, edits and shrinkers may then be
/// careless: whatever they make is repaired, so validity never stands in their way.
[<RequireQualifiedAccess>]
module Repair =
    let private lower (name: string) = name.ToLowerInvariant()

    /// Whether a default can belong to a column of the type.
    let defaultFits (enums: EnumType list) (t: ColumnType) (value: ColumnDefault) =
        match value with
        | ColumnDefault.NewUuid -> t = ColumnType.Uuid
        | ColumnDefault.Now -> t = ColumnType.Timestamp || t = ColumnType.LocalTimestamp
        | ColumnDefault.Expression sql -> List.contains sql (Template.defaultTexts t)
        | ColumnDefault.Literal literal ->
            match literal, t with
            | Literal.Boolean _, ColumnType.Boolean -> true
            | Literal.Integer v, ColumnType.SmallInt -> abs v <= 32767L
            | Literal.Integer v, ColumnType.Integer -> abs v <= 2147483647L
            | Literal.Integer _, ColumnType.BigInt -> true
            | Literal.Number _, (ColumnType.Real | ColumnType.Double | ColumnType.Numeric None) -> true
            | Literal.Number digits, ColumnType.Numeric(Some p) ->
                // Generated numbers have at most two digits before and two after the point.
                p.Precision - p.Scale >= 2 && (p.Scale >= 2 || not (digits.Contains '.'))
            | Literal.Text _, ColumnType.Text -> true
            | Literal.Text v, ColumnType.Varchar n -> v.Length <= n
            | Literal.Text v, ColumnType.Char n -> v.Length = n
            | Literal.Text v, ColumnType.Uuid -> fst (Guid.TryParse v)
            | Literal.Text v, ColumnType.Date -> fst (DateOnly.TryParseExact(v, "yyyy-MM-dd"))
            | Literal.Text v, ColumnType.Time -> fst (TimeOnly.TryParseExact(v, "HH:mm:ss.ffffff"))
            | Literal.Text v, ColumnType.LocalTimestamp -> v.Length = 26
            | Literal.Text v, ColumnType.Timestamp -> v.EndsWith 'Z' && v.Length = 27
            | Literal.Text v, (ColumnType.Json | ColumnType.Jsonb) -> v = "{}" || v = "[]"
            | Literal.Text v, ColumnType.Enum name ->
                enums |> List.exists (fun e -> e.Name = name && List.contains v e.Values)
            | Literal.Bytes _, ColumnType.Bytea -> true
            | _ -> false

    let private enums (items: EnumType list) =
        items
        |> List.distinctBy _.Name
        |> List.map (fun e ->
            { e with
                Values = if e.Values.IsEmpty then [ "low" ] else List.distinct e.Values })

    let private column (profile: Profile) (enums: EnumType list) (c: ColumnDef) =
        let identity = if TypeTraits.isWhole c.Type && c.Generated.IsNone then c.Identity else None

        let generated = c.Generated

        { c with
            Generated = generated
            Identity = identity
            Nullable = c.Nullable && identity.IsNone
            Default =
                if identity.IsSome || generated.IsSome then
                    None
                else
                    c.Default |> Option.filter (defaultFits enums c.Type)
            Collation =
                if TypeTraits.isText c.Type then
                    c.Collation |> Option.filter (fun name -> List.contains name profile.Collations)
                else
                    None }

    let private columns (profile: Profile) (enumTypes: EnumType list) (items: ColumnDef list) =
        let known =
            items
            |> List.distinctBy (fun c -> lower c.Name)
            |> List.filter (fun c ->
                match ColumnType.enumName c.Type with
                | Some name -> enumTypes |> List.exists (fun e -> e.Name = name)
                | None -> true)
            |> List.map (column profile enumTypes)

        let plain name = known |> List.tryFind (fun c -> c.Name = name && c.Generated.IsNone)

        let checkedGenerated (c: ColumnDef) =
            match c.Generated with
            | Some g when Template.recognisesGenerated c.Type (plain >> Option.map _.Type) g.Expression ->
                let sourceNullable =
                    SqlText.columns g.Expression |> List.exists (fun s -> plain s |> Option.exists _.Nullable)

                { c with Nullable = c.Nullable || sourceNullable }
            | Some _ -> { c with Generated = None }
            | None -> c

        List.map checkedGenerated known

    let private indexFits (typeOf: string -> ColumnType option) (i: IndexDef) =
        let part (p: IndexPart) =
            match p.Target with
            | IndexTarget.Column c ->
                match typeOf c, i.Method with
                | Some(ColumnType.Vector _), "hnsw" -> true
                | Some ColumnType.Jsonb, "gin" -> true
                | Some t, ("btree" | "hash") -> TypeTraits.isKeyable t
                | Some t, "brin" -> TypeTraits.isWhole t
                | Some _, _
                | None, _ -> false
            | IndexTarget.Expression sql ->
                i.Method = "btree" && Template.recognises Template.indexExpressions typeOf sql

        let collated (p: IndexPart) =
            match p.Target, p.Collation with
            | _, None -> true
            | IndexTarget.Column c, Some _ -> typeOf c |> Option.exists TypeTraits.isText
            | IndexTarget.Expression _, Some _ -> false

        not i.Parts.IsEmpty
        && List.forall collated i.Parts
        && List.forall part i.Parts
        && (i.Method = "btree" || (i.Parts.Length = 1 && not i.Unique && i.Include.IsEmpty))
        && i.Include
           |> List.forall (fun c ->
               (typeOf c).IsSome && i.Parts |> List.forall (fun p -> p.Target <> IndexTarget.Column c))
        && i.Where |> Option.forall (Template.recognises Template.predicates typeOf)

    let private tableParts (profile: Profile) (enumTypes: EnumType list) (t: Table) =
        let defined = columns profile enumTypes t.Columns
        let typeOf name = defined |> List.tryFind (fun c -> c.Name = name) |> Option.map _.Type
        let stored name = defined |> List.exists (fun c -> c.Name = name && c.Generated.IsNone)
        let realColumn name = defined |> List.exists (fun c -> c.Name = name && c.Generated |> Option.forall _.Stored)

        let keyable (names: string list) =
            not names.IsEmpty
            && List.distinct names = names
            && names |> List.forall (fun n -> realColumn n && typeOf n |> Option.exists TypeTraits.isKeyable)

        let key = t.PrimaryKey |> Option.filter (fun k -> keyable k.Columns && List.forall stored k.Columns)

        let columns =
            defined
            |> List.map (fun c ->
                match key with
                | Some k when List.contains c.Name k.Columns -> { c with Nullable = false }
                | Some _
                | None -> c)
            |> List.map (fun c ->
                if not profile.FreeIdentity && (key |> Option.map _.Columns) <> Some [ c.Name ] then
                    { c with Identity = None }
                else
                    c)

        // A table needs a column that is stored as such.
        let columns =
            if columns |> List.forall _.Generated.IsSome then
                columns |> List.map (fun c -> { c with Generated = None })
            else
                columns

        { t with
            Columns = columns
            PrimaryKey = key
            Uniques =
                t.Uniques
                |> List.filter (fun u -> keyable u.Columns && Some u.Columns <> (key |> Option.map _.Columns))
                |> List.distinctBy (fun u -> Set u.Columns)
            Checks = t.Checks |> List.filter (fun c -> Template.recognisesCheck typeOf c.Expression)
            WithoutRowId =
                profile.WithoutRowId && t.WithoutRowId && key.IsSome && columns |> List.forall _.Identity.IsNone
            Indexes = t.Indexes |> List.filter (indexFits (fun name -> if realColumn name then typeOf name else None))
            RowSecurity = if profile.Policies then t.RowSecurity else RowSecurity.Disabled
            Policies =
                if profile.Policies then
                    t.Policies
                    |> List.distinctBy _.Name
                    |> List.filter (fun p -> p.Using |> Option.forall (Template.recognises Template.policies typeOf))
                else
                    [] }

    /// Constraint names are unique in their table; tables, keys and indexes share one space in the namespace.
    let private names (tables: Table list) =
        let relations = Collections.Generic.HashSet<string>(tables |> Seq.map (fun t -> lower t.Name.Name))

        tables
        |> List.map (fun t ->
            let own = Collections.Generic.HashSet<string>()
            let free (name: string) = own.Add(lower name) && relations.Add(lower name)
            let key = t.PrimaryKey |> Option.filter (fun k -> free k.Name)
            let uniques = t.Uniques |> List.filter (fun u -> free u.Name)

            { t with
                PrimaryKey = key
                Uniques = uniques
                Indexes = t.Indexes |> List.filter (fun i -> free i.Name)
                ForeignKeys = t.ForeignKeys |> List.filter (fun fk -> own.Add(lower fk.Name))
                Checks = t.Checks |> List.filter (fun c -> own.Add(lower c.Name)) })

    /// The column lists of a table that a foreign key may point at.
    let targetKeys (t: Table) : string list list =
        [ yield! t.PrimaryKey |> Option.map _.Columns |> Option.toList
          yield!
              t.Uniques
              |> List.filter (fun u -> u.Deferrability = Deferrability.NotDeferrable)
              |> List.map _.Columns ]

    let private foreignKeyFits (tables: Table list) (t: Table) (fk: ForeignKey) =
        let definition (table: Table) name = table.Columns |> List.tryFind (fun c -> c.Name = name)
        let stored table name = definition table name |> Option.filter _.Generated.IsNone |> Option.map _.Type

        match tables |> List.tryFind (fun other -> other.Name = fk.Target) with
        | None -> false
        | Some target ->
            List.contains fk.TargetColumns (targetKeys target)
            && fk.Columns.Length = fk.TargetColumns.Length
            && List.distinct fk.Columns = fk.Columns
            // PostgreSQL cannot check references over arrays of every type.
            && List.forall2
                (fun a b ->
                    match stored t a with
                    | None
                    | Some(ColumnType.Array _) -> false
                    | Some own -> Some own = stored target b)
                fk.Columns
                fk.TargetColumns
            // A key that points at itself says nothing.
            && not (t.Name = fk.Target && fk.Columns = fk.TargetColumns)

    /// Actions that write into the columns must be able to.
    let private foreignKeyActions (t: Table) (fk: ForeignKey) : ForeignKey =
        let columns = t.Columns |> List.filter (fun c -> List.contains c.Name fk.Columns)

        let possible action =
            match action with
            | ReferentialAction.SetNull when columns |> List.exists (fun c -> not c.Nullable) ->
                ReferentialAction.NoAction
            | ReferentialAction.SetDefault when columns |> List.exists (fun c -> not c.Nullable && c.Default.IsNone) ->
                ReferentialAction.NoAction
            | other -> other

        { fk with OnDelete = possible fk.OnDelete; OnUpdate = possible fk.OnUpdate }

    /// Views go when what they read goes, until nothing more does.
    let rec private objects (schema: Schema) : Schema =
        let kept = schema.Objects |> List.filter (ObjectShape.fits schema)

        if kept.Length = schema.Objects.Length then
            schema
        else
            objects { schema with Objects = kept }

    let private once (profile: Profile) (schema: Schema) =
        let enumTypes = enums schema.Enums

        let tables =
            schema.Tables
            |> List.distinctBy (fun t -> lower t.Name.Name)
            |> List.filter (fun t -> enumTypes |> List.forall (fun e -> lower e.Name.Name <> lower t.Name.Name))
            |> List.map (tableParts profile enumTypes)
            |> List.filter (fun t -> not t.Columns.IsEmpty)
            |> names

        { schema with
            Enums = enumTypes
            Tables =
                tables
                |> List.map (fun t ->
                    { t with
                        ForeignKeys =
                            t.ForeignKeys
                            |> List.filter (foreignKeyFits tables t)
                            |> List.map (foreignKeyActions t)
                            |> List.distinctBy (fun fk -> fk.Columns, fk.Target, fk.TargetColumns) })
            Objects =
                if profile.Objects then
                    schema.Objects |> List.distinctBy (fun o -> o.Kind, (if o.Part = "" then o.Name.Name else o.Part))
                else
                    [] }
        |> objects
        |> RepairHints.schema

    /// Leaves out one thing because of another until nothing changes.
    let rec schema (profile: Profile) (value: Schema) : Schema =
        let next = once profile value
        if next = value then value else schema profile next
