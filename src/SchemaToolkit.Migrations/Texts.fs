namespace SchemaToolkit.Migrating

open SchemaToolkit

/// What an author or a catalog wrote into a text slot.
[<RequireQualifiedAccess>]
type Source =
    | Default of value: ColumnDefault
    | Text of sql: SqlText

/// The SQL texts of a schema, by place.
[<RequireQualifiedAccess>]
module Texts =
    let private text source =
        match source with
        | Source.Text sql -> sql
        | Source.Default _ -> invalidOp "A default was given where SQL text stands."

    let private columnDefault source =
        match source with
        | Source.Default value -> value
        | Source.Text sql -> ColumnDefault.Expression sql

    /// Replaces every text by what the function makes of it.
    let map (f: TextSlot -> Source -> Source) (schema: Schema) : Schema =
        let sql slot value = f slot (Source.Text value) |> text

        let column (t: Table) (c: ColumnDef) =
            { c with
                Default =
                    c.Default
                    |> Option.map (fun d -> f (TextSlot.Default(t.Name, c.Name)) (Source.Default d) |> columnDefault)
                Generated =
                    c.Generated
                    |> Option.map (fun g ->
                        { g with Expression = sql (TextSlot.Generated(t.Name, c.Name)) g.Expression }) }

        let index (t: Table) (i: IndexDef) =
            { i with
                Parts =
                    i.Parts
                    |> List.mapi (fun position part ->
                        match part.Target with
                        | IndexTarget.Column _ -> part
                        | IndexTarget.Expression e ->
                            { part with
                                Target =
                                    IndexTarget.Expression(sql (TextSlot.IndexExpression(t.Name, i.Name, position)) e) })
                Where = i.Where |> Option.map (sql (TextSlot.IndexPredicate(t.Name, i.Name))) }

        let policy (t: Table) (p: Policy) =
            { p with
                Using = p.Using |> Option.map (sql (TextSlot.PolicyUsing(t.Name, p.Name)))
                WithCheck = p.WithCheck |> Option.map (sql (TextSlot.PolicyWithCheck(t.Name, p.Name))) }

        { schema with
            Tables =
                schema.Tables
                |> List.map (fun t ->
                    { t with
                        Columns = List.map (column t) t.Columns
                        Checks =
                            t.Checks
                            |> List.map (fun c ->
                                { c with Expression = sql (TextSlot.Check(t.Name, c.Name)) c.Expression })
                        Indexes = List.map (index t) t.Indexes
                        Policies = List.map (policy t) t.Policies
                        PartitionBy = t.PartitionBy |> Option.map (sql (TextSlot.PartitionKey t.Name)) })
            Objects =
                schema.Objects
                |> List.map (fun o ->
                    o |> SchemaObject.mapTexts (fun place text -> sql (TextSlot.Object(o.Key, place)) text)) }

    let all (schema: Schema) : Map<TextSlot, Source> =
        let found = ResizeArray()

        map
            (fun slot source ->
                found.Add((slot, source))
                source)
            schema
        |> ignore

        Map.ofSeq found

    /// A catalog's text as it came.
    let rendition (source: Source) : string =
        match source with
        | Source.Default(ColumnDefault.Expression sql)
        | Source.Text sql -> SqlText.describe sql
        | Source.Default value -> Describe.columnDefault value

    let renditions (catalog: Schema) : Map<TextSlot, string> = all catalog |> Map.map (fun _ source -> rendition source)

    /// Gives a live text its source back where the engine's rendition of that source is known to be this text.
    let reconcile (sources: Map<TextSlot, Source>) (known: Map<TextSlot, string>) (live: Schema) : Schema =
        live
        |> map (fun slot source ->
            match known.TryFind slot, sources.TryFind slot with
            | Some text, Some original when text = rendition source -> original
            | _ -> source)

    /// The same structure with every text alike, for comparing shapes.
    let blank (schema: Schema) : Schema =
        schema
        |> map (fun _ source ->
            match source with
            | Source.Default _ -> Source.Default ColumnDefault.Now
            | Source.Text _ -> Source.Text(SqlText.raw ""))
