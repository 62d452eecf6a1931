namespace SchemaToolkit

open System

/// Brings equal schemas to one value: what has no order is sorted by name, hints are left out, and two ways of saying
/// the same become one. Duplicates of what may be there once are an error of `Validate`; here the first stays.
[<RequireQualifiedAccess>]
module internal Normalise =
    let private byName (name: 'T -> string) (items: 'T list) =
        items |> List.sortWith (fun a b -> String.CompareOrdinal(name a, name b))

    let private names (items: string list) = items |> List.distinct |> byName id

    let sqlText (text: SqlText) : SqlText =
        match text with
        | SqlText.Portable fragments -> SqlText.Portable(SqlText.merge fragments)
        | SqlText.PerEngine texts ->
            texts
            |> List.distinctBy fst
            |> byName fst
            |> List.map (fun (engine, fragments) -> engine, SqlText.merge fragments)
            |> SqlText.PerEngine

    let columnDefault (value: ColumnDefault) : ColumnDefault =
        match value with
        | ColumnDefault.Expression sql -> ColumnDefault.Expression(sqlText sql)
        | ColumnDefault.Literal _
        | ColumnDefault.NewUuid
        | ColumnDefault.Now -> value

    let column (c: ColumnDef) : ColumnDef =
        { c with
            Default = Option.map columnDefault c.Default
            Generated = c.Generated |> Option.map (fun g -> { g with Expression = sqlText g.Expression })
            RenamedFrom = [] }

    let check (c: Check) : Check = { c with Expression = sqlText c.Expression; OnlyOn = names c.OnlyOn }

    let definition (c: Constraint) : Constraint =
        match c with
        | Constraint.Check c -> Constraint.Check(check c)
        | Constraint.PrimaryKey _
        | Constraint.Unique _
        | Constraint.ForeignKey _ -> c

    let private indexPart (part: IndexPart) : IndexPart =
        { part with
            Target =
                match part.Target with
                | IndexTarget.Column _ -> part.Target
                | IndexTarget.Expression sql -> IndexTarget.Expression(sqlText sql)
            Nulls =
                // What the engine would do unasked; a catalog cannot tell whether it was asked.
                match part.Nulls, part.Descending with
                | NullsOrder.First, true
                | NullsOrder.Last, false -> NullsOrder.Default
                | nulls, _ -> nulls }

    let index (i: IndexDef) : IndexDef =
        { i with
            Parts = List.map indexPart i.Parts
            Where = Option.map sqlText i.Where
            With = i.With |> List.distinctBy fst |> byName fst
            OnlyOn = names i.OnlyOn }

    let policy (p: Policy) : Policy =
        { p with
            Roles = names p.Roles
            Using = Option.map sqlText p.Using
            WithCheck = Option.map sqlText p.WithCheck
            OnlyOn = names p.OnlyOn }

    let table (t: Table) : Table =
        { t with
            Columns = List.map column t.Columns
            Uniques = t.Uniques |> byName _.Name
            ForeignKeys = t.ForeignKeys |> byName _.Name
            Checks = t.Checks |> List.map check |> byName _.Name
            Indexes = t.Indexes |> List.map index |> byName _.Name
            Policies = t.Policies |> List.map policy |> byName _.Name
            PartitionBy = Option.map sqlText t.PartitionBy
            RenamedFrom = [] }

    let enum (e: EnumType) : EnumType = { e with RenamedFrom = [] }

    let private compareNames (a: ObjectName) (b: ObjectName) =
        match String.CompareOrdinal(a.Namespace, b.Namespace) with
        | 0 -> String.CompareOrdinal(a.Name, b.Name)
        | order -> order

    let object (o: SchemaObject) : SchemaObject =
        let tidied = SchemaObject.mapTexts (fun _ text -> sqlText text) o

        { tidied with
            OnlyOn = names o.OnlyOn
            Body =
                match tidied.Body with
                | ObjectBody.View(query, options) ->
                    ObjectBody.View(query, options |> List.distinctBy fst |> byName fst)
                | ObjectBody.MaterializedView(query, indexes) ->
                    ObjectBody.MaterializedView(query, indexes |> List.map index |> byName _.Name)
                | ObjectBody.Domain(baseType, notNull, value, checks) ->
                    ObjectBody.Domain(baseType, notNull, value, checks |> byName _.Name)
                | ObjectBody.Grant privileges -> ObjectBody.Grant(names privileges)
                | ObjectBody.Extension
                | ObjectBody.Composite _
                | ObjectBody.Range _
                | ObjectBody.Sequence _
                | ObjectBody.Function _
                | ObjectBody.Procedure _
                | ObjectBody.Partition _
                | ObjectBody.Exclusion _
                | ObjectBody.Trigger _ as body -> body }

    let private compareKeys (a: ObjectKey) (b: ObjectKey) =
        match compare a.Kind b.Kind, compareNames a.Name b.Name with
        | 0, 0 -> String.CompareOrdinal(a.Part, b.Part)
        | 0, order
        | order, _ -> order

    let schema (s: Schema) : Schema =
        { s with
            Enums = s.Enums |> List.map enum |> List.sortWith (fun a b -> compareNames a.Name b.Name)
            Tables = s.Tables |> List.map table |> List.sortWith (fun a b -> compareNames a.Name b.Name)
            Objects = s.Objects |> List.map object |> List.sortWith (fun a b -> compareKeys a.Key b.Key) }
