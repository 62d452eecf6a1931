namespace SchemaToolkit.Testing

open SchemaToolkit

/// What a row holds in a column, as far as it is known without an engine.
[<RequireQualifiedAccess>]
type private Cell =
    | Null
    | Known of text: string
    /// Filled by the engine: another value in every row.
    | Distinct of mark: string
    /// Filled by the engine: one value for all rows.
    | Filled of mark: string

/// Takes rows away that one of two versions of a schema could not keep.
[<RequireQualifiedAccess>]
module SeedFit =
    let private known (value: objnull) =
        match value with
        | null -> Cell.Null
        | value -> Cell.Known(SeedValue.show value)

    let private literal (value: Literal) =
        match value with
        | Literal.Boolean v -> string v
        | Literal.Integer v -> string v
        | Literal.Number v -> v
        | Literal.Text v -> $"'{v}'"
        | Literal.Bytes v -> $"x{v}"

    /// What an added column holds in row `i`; None: the row cannot have it.
    let private added (c: ColumnDef) (i: int) =
        match c.Identity, c.Default with
        | Some _, _
        | None, Some ColumnDefault.NewUuid -> Some(Cell.Distinct $"{c.Name} {i}")
        | None, Some(ColumnDefault.Literal value) -> Some(Cell.Known(literal value))
        | None, Some ColumnDefault.Now
        | None, Some(ColumnDefault.Expression _) -> Some(Cell.Filled c.Name)
        | None, None -> if c.Nullable then Some Cell.Null else None

    let private isNegative cell =
        match cell with
        | Cell.Known text -> text.StartsWith '-'
        | Cell.Null
        | Cell.Distinct _
        | Cell.Filled _ -> false

    /// The cells of a table's rows by column; None when a row cannot be.
    let private cells (t: Table) (rows: SeededTable) : (string -> Cell) list option =
        let plain = t.Columns |> List.filter _.Generated.IsNone

        let row i (values: objnull list) =
            let own = List.zip (rows.Columns |> List.map _.Name) (List.map known values) |> Map.ofList

            let filled =
                plain
                |> List.map (fun c ->
                    match own.TryFind c.Name with
                    | Some cell -> Some(c.Name, cell)
                    | None -> added c i |> Option.map (fun cell -> c.Name, cell))

            if List.forall Option.isSome filled then
                Some(filled |> List.choose id |> Map.ofList)
            else
                None

        // A computed column differs where its source does, unless it is a boolean.
        let look (stored: Map<string, Cell>) name =
            match stored.TryFind name, Table.tryColumn name t with
            | Some cell, _ -> cell
            | None, Some c when c.Type = ColumnType.Boolean -> Cell.Filled name
            | None, Some c ->
                match c.Generated |> Option.map (fun g -> SqlText.columns g.Expression) with
                | Some [ source ] -> stored.TryFind source |> Option.defaultValue (Cell.Filled name)
                | Some _
                | None -> Cell.Filled name
            | None, None -> Cell.Null

        let made = rows.Rows |> List.mapi row

        if List.forall Option.isSome made then
            Some(made |> List.choose id |> List.map look)
        else
            None

    let private repeats (nullsEqual: bool) (rows: (string -> Cell) list) (columns: string list) =
        rows
        |> List.map (fun cell -> columns |> List.map cell)
        |> List.filter (fun key -> nullsEqual || not (List.contains Cell.Null key))
        |> fun keys -> List.distinct keys <> keys

    let private breaks (schema: Schema) (t: Table) (rows: (string -> Cell) list) =
        let notNull =
            t.Columns
            |> List.exists (fun c ->
                not c.Nullable && c.Generated.IsNone && rows |> List.exists (fun cell -> cell c.Name = Cell.Null))

        let indexColumns (i: IndexDef) =
            i.Parts
            |> List.collect (fun p ->
                match p.Target with
                | IndexTarget.Column c -> [ c ]
                | IndexTarget.Expression sql -> SqlText.columns sql)

        let isExpression (i: IndexDef) =
            i.Parts
            |> List.exists (fun p ->
                match p.Target with
                | IndexTarget.Expression _ -> true
                | IndexTarget.Column _ -> false)

        let negative =
            t.Checks
            |> List.collect (fun c -> SqlText.columns c.Expression)
            |> List.exists (fun c -> rows |> List.exists (fun cell -> isNegative (cell c)))

        let allowed (e: EnumType) cell =
            match cell with
            | Cell.Known text -> e.Values |> List.exists (fun v -> SeedValue.show v = text)
            | Cell.Null
            | Cell.Distinct _
            | Cell.Filled _ -> true

        let unknownValue =
            t.Columns
            |> List.exists (fun c ->
                match c.Type with
                | ColumnType.Enum name ->
                    match Schema.tryEnum name schema with
                    | Some e -> rows |> List.exists (fun cell -> not (allowed e (cell c.Name)))
                    | None -> false
                | _ -> false)

        notNull
        || unknownValue
        || negative
        || t.PrimaryKey |> Option.exists (fun k -> repeats true rows k.Columns)
        || t.Uniques |> List.exists (fun u -> repeats u.NullsNotDistinct rows u.Columns)
        || t.Indexes
           |> List.exists (fun i -> i.Unique && repeats (i.NullsNotDistinct || isExpression i) rows (indexColumns i))

    let private orphans (schema: Schema) (rowsOf: ObjectName -> (string -> Cell) list) (t: Table) =
        t.ForeignKeys
        |> List.exists (fun fk ->
            let targets = rowsOf fk.Target |> List.map (fun cell -> fk.TargetColumns |> List.map cell) |> Set.ofList

            rowsOf t.Name
            |> List.map (fun cell -> fk.Columns |> List.map cell)
            |> List.filter (List.contains Cell.Null >> not)
            |> List.exists (fun key -> not (targets.Contains key)))

    /// The tables whose rows the schema could not keep.
    let private unfit (schema: Schema) (tables: SeededTable list) : ObjectName list =
        let tryRows name = tables |> List.tryFind (fun s -> s.Table = name)

        let all =
            schema.Tables
            |> List.map (fun t ->
                match tryRows t.Name with
                | None -> t, Some []
                | Some rows -> t, cells t rows)

        let rowsOf name =
            all
            |> List.tryPick (fun (t, rows) -> if t.Name = name then rows else None)
            |> Option.defaultValue []

        all
        |> List.filter (fun (t, rows) ->
            match rows with
            | None -> true
            | Some rows -> breaks schema t rows || orphans schema rowsOf t)
        |> List.map (fun (t, _) -> t.Name)

    /// Empties the tables that either version could not keep, until both can keep the rest.
    let rec fit (before: Schema) (after: Schema) (steps: Step list) (tables: SeededTable list) : SeededTable list =
        let late = unfit after (Survivors.after steps tables) |> Set.ofList
        let early = unfit before tables |> Set.ofList
        // What becomes of a value in another type is known for widenings only.
        let converted =
            steps
            |> List.choose (function
                | Step.ChangeType(table, _, before, after) when not (TypeTraits.isWidening before after) -> Some table
                | _ -> None)

        let late = Set.union late (Set.ofList converted)
        let isBad (t: SeededTable) = early.Contains t.Table || late.Contains(Survivors.nameAfter steps t.Table)
        let next = tables |> List.map (fun t -> if isBad t then { t with Rows = [] } else t)

        if next = tables then tables else fit before after steps next
