namespace SchemaToolkit.Cli

open SchemaToolkit

/// What of a catalog's schema can be declared: a declaration has rules that a database has not.
[<RequireQualifiedAccess>]
module Sayable =
    let private inTable (name: ObjectName) (change: Table -> Table) (schema: Schema) : Schema =
        { schema with
            Tables = schema.Tables |> List.map (fun t -> if t.Name = name then change t else t) }

    let private without (part: PartId) (schema: Schema) : Schema =
        match part with
        | PartId.Namespace _ -> schema
        | PartId.Enum name -> { schema with Enums = schema.Enums |> List.filter (fun e -> e.Name <> name) }
        | PartId.Table name -> { schema with Tables = schema.Tables |> List.filter (fun t -> t.Name <> name) }
        | PartId.Object key -> { schema with Objects = schema.Objects |> List.filter (fun o -> o.Key <> key) }
        | PartId.Column(table, column) ->
            schema
            |> inTable table (fun t -> { t with Columns = t.Columns |> List.filter (fun c -> c.Name <> column) })
        | PartId.PrimaryKey(table, _) -> schema |> inTable table (fun t -> { t with PrimaryKey = None })
        | PartId.Unique(table, name) ->
            schema
            |> inTable table (fun t -> { t with Uniques = t.Uniques |> List.filter (fun u -> u.Name <> name) })
        | PartId.ForeignKey(table, name) ->
            schema
            |> inTable table (fun t -> { t with ForeignKeys = t.ForeignKeys |> List.filter (fun k -> k.Name <> name) })
        | PartId.Check(table, name) ->
            schema
            |> inTable table (fun t -> { t with Checks = t.Checks |> List.filter (fun c -> c.Name <> name) })
        | PartId.Index(table, name) ->
            schema
            |> inTable table (fun t -> { t with Indexes = t.Indexes |> List.filter (fun i -> i.Name <> name) })
        | PartId.RowSecurity table -> schema |> inTable table (fun t -> { t with RowSecurity = RowSecurity.Disabled })
        | PartId.Policy(table, name) ->
            schema
            |> inTable table (fun t -> { t with Policies = t.Policies |> List.filter (fun p -> p.Name <> name) })

    /// The schema without the parts that `Validate` refuses, and why each was left out.
    let rec reduce (schema: Schema) : Schema * string list =
        match Validate.schema schema with
        | Ok sayable -> sayable, []
        | Error errors ->
            let parts = errors |> List.choose _.Part |> List.distinct
            let smaller = (schema, parts) ||> List.fold (fun s part -> without part s)

            if smaller = schema then
                let reasons = errors |> List.map string |> String.concat "; "
                Refuse.because $"What was read cannot be declared: {reasons}"
            else
                let left, more = reduce smaller

                left,
                (errors
                 |> List.map (fun e -> $"{e.Part |> Option.map string |> Option.defaultValue e.Plugin}: {e.Message}"))
                @ more
