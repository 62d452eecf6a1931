namespace SchemaToolkit.Testing

open SchemaToolkit

/// Renames inside a schema value, with everything that mentions the name. Written apart from the library's own, so that the
/// laws do not check it against itself.
[<RequireQualifiedAccess>]
module Renaming =
    let private swap a b x = if x = a then b else x

    let private constraintNames (rename: string -> string) (t: Table) : Table =
        { t with
            PrimaryKey = t.PrimaryKey |> Option.map (fun k -> { k with Name = rename k.Name })
            Uniques = t.Uniques |> List.map (fun u -> { u with Name = rename u.Name })
            ForeignKeys = t.ForeignKeys |> List.map (fun fk -> { fk with Name = rename fk.Name })
            Checks = t.Checks |> List.map (fun c -> { c with Name = rename c.Name })
            Indexes = t.Indexes |> List.map (fun i -> { i with Name = rename i.Name }) }

    /// Derived names begin with the table's: an author's code derives them anew after a rename.
    let private rederive (before: string) (after: string) =
        constraintNames (fun name ->
            if name.StartsWith(before + "_") then
                after + name.Substring before.Length
            else
                name)

    /// Gives a table a new name with a hint; with `deriveAgain` the names of its constraints and indexes follow.
    let table (deriveAgain: bool) (before: ObjectName) (after: string) (schema: Schema) : Schema =
        let target = { before with Name = after }

        { schema with
            Tables =
                schema.Tables
                |> List.map (fun t ->
                    let renamed =
                        if t.Name = before then
                            let hinted = { t with Name = target; RenamedFrom = before.Name :: t.RenamedFrom }

                            if deriveAgain then rederive before.Name after hinted else hinted
                        else
                            t

                    { renamed with
                        ForeignKeys =
                            renamed.ForeignKeys
                            |> List.map (fun fk -> { fk with Target = swap before target fk.Target }) })
            Objects = schema.Objects |> List.map (ObjectShape.renameTable (swap before target)) }

    let private inTable (f: string -> string) (t: Table) : Table =
        let text = SqlText.mapColumns f

        let part (p: IndexPart) =
            match p.Target with
            | IndexTarget.Column c -> { p with Target = IndexTarget.Column(f c) }
            | IndexTarget.Expression sql -> { p with Target = IndexTarget.Expression(text sql) }

        { t with
            Columns =
                t.Columns
                |> List.map (fun c ->
                    { c with
                        Generated = c.Generated |> Option.map (fun g -> { g with Expression = text g.Expression }) })
            PrimaryKey = t.PrimaryKey |> Option.map (fun k -> { k with Columns = List.map f k.Columns })
            Uniques = t.Uniques |> List.map (fun u -> { u with Columns = List.map f u.Columns })
            ForeignKeys = t.ForeignKeys |> List.map (fun fk -> { fk with Columns = List.map f fk.Columns })
            Checks = t.Checks |> List.map (fun c -> { c with Expression = text c.Expression })
            Indexes =
                t.Indexes
                |> List.map (fun i ->
                    { i with
                        Parts = List.map part i.Parts
                        Include = List.map f i.Include
                        Where = Option.map text i.Where })
            Policies =
                t.Policies
                |> List.map (fun p ->
                    { p with
                        Using = Option.map text p.Using
                        WithCheck = Option.map text p.WithCheck }) }

    /// Gives a column a new name with a hint, also where other tables reference it.
    let column (table: ObjectName) (before: string) (after: string) (schema: Schema) : Schema =
        let rename = swap before after

        let named (c: ColumnDef) =
            if c.Name = before then
                { c with Name = after; RenamedFrom = before :: c.RenamedFrom }
            else
                c

        { schema with
            Tables =
                schema.Tables
                |> List.map (fun t ->
                    if t.Name = table then
                        inTable rename { t with Columns = List.map named t.Columns }
                    else
                        t)
                |> List.map (fun t ->
                    { t with
                        ForeignKeys =
                            t.ForeignKeys
                            |> List.map (fun fk ->
                                if fk.Target = table then
                                    { fk with TargetColumns = List.map rename fk.TargetColumns }
                                else
                                    fk) })
            Objects = schema.Objects |> List.map (ObjectShape.renameColumn schema table rename) }

    /// Gives an enum a new name with a hint.
    let enum (before: ObjectName) (after: string) (schema: Schema) : Schema =
        let target = { before with Name = after }

        { schema with
            Enums =
                schema.Enums
                |> List.map (fun e ->
                    if e.Name = before then
                        { e with Name = target; RenamedFrom = before.Name :: e.RenamedFrom }
                    else
                        e)
            Tables =
                schema.Tables
                |> List.map (fun t ->
                    { t with
                        Columns =
                            t.Columns
                            |> List.map (fun c -> { c with Type = ColumnType.mapEnum (swap before target) c.Type }) }) }
