namespace SchemaToolkit.Testing

open FsCheck
open FsCheck.FSharp
open SchemaToolkit

/// Rows that satisfy a schema, and those that also satisfy the next version of it.
[<RequireQualifiedAccess>]
module SeedRows =
    let private mentions (schema: Schema) (table: ObjectName) (column: string) =
        match Schema.tryTable table schema with
        | None -> false
        | Some t ->
            let targets =
                schema.Tables
                |> List.collect _.ForeignKeys
                |> List.filter (fun fk -> fk.Target = table)
                |> List.collect _.TargetColumns

            [ yield! targets
              yield! t.PrimaryKey |> Option.map _.Columns |> Option.defaultValue []
              yield! t.Uniques |> List.collect _.Columns
              yield! t.ForeignKeys |> List.collect _.Columns
              yield! t.Checks |> List.collect (fun c -> SqlText.columns c.Expression)
              for c in t.Columns do
                  yield! c.Generated |> Option.map (fun g -> SqlText.columns g.Expression) |> Option.defaultValue []
              for i in t.Indexes do
                  for p in i.Parts do
                      match p.Target with
                      | IndexTarget.Column c -> c
                      | IndexTarget.Expression sql -> yield! SqlText.columns sql

                  yield! i.Where |> Option.map SqlText.columns |> Option.defaultValue [] ]
            |> List.contains column

    let private tableRows
        (before: Schema)
        (after: Schema)
        (fates: Map<ObjectName * string, ObjectName * ColumnDef>)
        count
        (t: Table)
        =
        let columns = t.Columns |> List.filter _.Generated.IsNone

        let enumValues (fate: (ObjectName * ColumnDef) option) (name: ObjectName) =
            let own = Schema.tryEnum name before |> Option.map _.Values |> Option.defaultValue []

            match fate |> Option.bind (fun (_, c) -> ColumnType.enumName c.Type) with
            | Some later ->
                let kept = Schema.tryEnum later after |> Option.map _.Values |> Option.defaultValue own
                own |> List.filter (fun v -> List.contains v kept)
            | None -> own

        let cell (i: int) (c: ColumnDef) : Gen<objnull> =
            let fate = fates.TryFind(t.Name, c.Name)
            let values = enumValues fate

            let same =
                fate
                |> Option.forall (fun (_, later) ->
                    ColumnType.mapEnum (fun _ -> ObjectName.relative "") later.Type =
                        ColumnType.mapEnum (fun _ -> ObjectName.relative "") c.Type)

            let isFree =
                same
                && not (mentions before t.Name c.Name)
                && fate |> Option.forall (fun (table, later) -> not (mentions after table later.Name))

            let mayBeNull = c.Nullable && isFree && fate |> Option.forall (fun (_, later) -> later.Nullable)

            let plain: Gen<objnull> = Gen.constant (SeedValue.plain values c.Type i |> box)

            Gen.frequency
                [ 3, plain
                  match isFree, SeedValue.odd values c.Type with
                  | true, first :: rest -> 3, Gen.elements (first :: rest) |> Gen.map box
                  | _ -> ()
                  if mayBeNull then
                      2, Gen.constant null ]

        [ for i in 0 .. count - 1 -> columns |> List.map (cell i) |> Gen.sequenceToList ]
        |> Gen.sequenceToList
        |> Gen.map (fun rows -> { Table = t.Name; Columns = columns; Rows = rows })

    /// Where each column of the first schema is after the steps.
    let private fates (before: Schema) (after: Schema) (steps: Step list) =
        let marked =
            before.Tables
            |> List.map (fun t ->
                let columns = t.Columns |> List.filter _.Generated.IsNone

                { Table = t.Name
                  Columns = columns
                  Rows = [ columns |> List.map (fun c -> box (t.Name, c.Name)) ] })

        [ for t in Survivors.after steps marked do
              for column, origin in List.zip t.Columns (List.head t.Rows) do
                  match origin, Schema.tryTable t.Table after |> Option.bind (Table.tryColumn column.Name) with
                  | (:? (ObjectName * string) as origin), Some later -> origin, (t.Table, later)
                  | _ -> () ]
        |> Map.ofList

    /// Rows valid before the change to `after` and after it: where the new version could not keep them (NOT NULL without a
    /// value, a key over too few values, a reference to nothing), a table has none.
    let generateFor (before: Schema) (after: Schema) : Gen<SeededTable list> =
        let steps = Diff.between before after
        let fates = fates before after steps

        gen {
            let! count = Gen.frequency [ 1, Gen.constant 0; 6, Gen.choose (1, 4) ]
            let! tables = before.Tables |> List.map (tableRows before after fates count) |> Gen.sequenceToList
            return SeedFit.fit before after steps tables
        }

    /// Rows valid for the schema.
    let generate (schema: Schema) : Gen<SeededTable list> = generateFor schema schema
