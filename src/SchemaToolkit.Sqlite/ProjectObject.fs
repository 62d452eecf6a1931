namespace SchemaToolkit

/// Views, triggers and the like as SQLite can keep them.
[<RequireQualifiedAccess>]
module internal ProjectObject =
    let private isView (o: SchemaObject) = o.Kind = ObjectKind.View && Reason.isForSqlite o.OnlyOn

    /// Objects that other texts may name, but that this engine does not have.
    let private missing (schema: Schema) : SchemaObject list =
        schema.Objects
        |> List.filter (fun o -> (SchemaObject.isNamed o || (SchemaObject.parent o).IsNone) && not (isView o))

    let private namesMissing (schema: Schema) (o: SchemaObject) : Verdict list =
        let named = SchemaObject.texts o |> List.collect (snd >> SqlText.tables) |> Set.ofList

        [ for other in missing schema do
              if named.Contains other.Key.Name then
                  Verdict.Refused $"its SQL for sqlite names {other.Key}, which SQLite does not have" ]

    let private unparented (schema: Schema) (o: SchemaObject) : Verdict list =
        let isThere =
            (Schema.tryTable o.Key.Name schema).IsSome
            || schema.Objects |> List.exists (fun other -> isView other && other.Key.Name = o.Key.Name)

        [ if not isThere then
              Verdict.Refused $"it belongs to {o.Key.Name}, which SQLite does not have" ]

    let private comment (o: SchemaObject) : Verdict list =
        [ if o.Comment.IsSome then
              Verdict.Omitted "its comment is left out: SQLite keeps none" ]

    let private view (schema: Schema) (o: SchemaObject) (query: SqlText) (options: (string * string) list) =
        let text, reasons = Reason.text "the view" query
        let left = options |> List.map fst |> String.concat ", "
        let kept = { o with Body = ObjectBody.View(text, []); Comment = None; OnlyOn = [] }

        kept,
        Reason.verdict
            [ yield! reasons
              if not options.IsEmpty then
                  // They say whose rights count and what may be written through the view: SQLite knows no rights, and
                  // writes through triggers only.
                  Verdict.Omitted
                      $"its options ({left}) are left out: SQLite has no roles, and no view that is written to"
              yield! comment o
              yield! namesMissing schema kept ]

    let private trigger (schema: Schema) (o: SchemaObject) (definition: SqlText) =
        let text, reasons = Reason.text "the trigger" definition
        let kept = { o with Body = ObjectBody.Trigger text; Comment = None; OnlyOn = [] }

        kept,
        Reason.verdict
            [ yield! reasons
              if reasons.IsEmpty && not (ObjectText.holdsStatements (SqliteRender.text text)) then
                  Verdict.Refused
                      "SQLite's triggers hold their statements between BEGIN and END; give it a text of its own with Declared.per"
              yield! comment o
              yield! unparented schema o
              yield! namesMissing schema kept ]

    /// The object as it is kept, with its verdict; none where it is left out or refused.
    let project (schema: Schema) (o: SchemaObject) : SchemaObject option * PartVerdict =
        let refuse what = o, Verdict.Refused $"SQLite has no {what}; declare it with SchemaObject.onlyOn \"postgres\""

        let kept, verdict =
            if not (Reason.isForSqlite o.OnlyOn) then
                o, Reason.notForSqlite o.OnlyOn
            else
                match o.Body with
                | ObjectBody.View(query, options) -> view schema o query options
                | ObjectBody.Trigger definition -> trigger schema o definition
                | ObjectBody.Extension ->
                    o, Verdict.Omitted "an extension of PostgreSQL: what needs it is judged on its own"
                | ObjectBody.Partition(table, _) -> o, Verdict.Omitted $"{table} holds all rows itself"
                // A grant widens what a role may do; here, whoever opens the file may do everything already.
                | ObjectBody.Grant _ ->
                    o, Verdict.Omitted "SQLite has no roles: whoever opens the file may do everything"
                | ObjectBody.MaterializedView _ -> refuse "materialised views"
                | ObjectBody.Function _ -> refuse "functions of its own"
                | ObjectBody.Procedure _ -> refuse "procedures"
                | ObjectBody.Exclusion _ -> refuse "exclusion constraints"
                | ObjectBody.Sequence _ -> refuse "sequences"
                | ObjectBody.Domain _ -> refuse "domains"
                | ObjectBody.Composite _ -> refuse "composite types"
                | ObjectBody.Range _ -> refuse "range types"

        let part = { Part = PartId.Object o.Key; Verdict = verdict }

        match verdict with
        | Verdict.Exact
        | Verdict.Emulated _ -> Some kept, part
        | Verdict.Omitted _
        | Verdict.Refused _ -> None, part
