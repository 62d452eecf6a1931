namespace SchemaToolkit.Testing

open SchemaToolkit

/// What must hold for tables that are the same in both schemas.
[<RequireQualifiedAccess>]
module UntouchedLaw =
    let private mentions (step: Step) : ObjectName list =
        match step with
        | Step.CreateNamespace _
        | Step.DropNamespace _
        | Step.CreateEnum _
        | Step.DropEnum _
        | Step.RenameEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _ -> []
        | Step.CreateTable t
        | Step.DropTable t -> [ t.Name ]
        | Step.RenameTable(table, newName) -> [ table; { table with Name = newName } ]
        | Step.AddColumn(table, _)
        | Step.DropColumn(table, _)
        | Step.RenameColumn(table, _, _)
        | Step.ChangeType(table, _, _, _)
        | Step.ChangeCollation(table, _, _, _)
        | Step.ChangeNullability(table, _, _, _)
        | Step.ChangeDefault(table, _, _, _)
        | Step.ChangeIdentity(table, _, _, _)
        | Step.AddConstraint(table, _)
        | Step.DropConstraint(table, _)
        | Step.RenameConstraint(table, _, _)
        | Step.CreateIndex(table, _)
        | Step.DropIndex(table, _)
        | Step.RenameIndex(table, _, _)
        | Step.ChangeRowSecurity(table, _, _)
        | Step.CreatePolicy(table, _)
        | Step.DropPolicy(table, _)
        | Step.ChangeWithoutRowId(table, _, _) -> [ table ]
        | Step.CreateObject object
        | Step.DropObject object
        | Step.ReplaceObject(_, object) -> Option.toList (SchemaObject.parent object)
        | Step.ChangeComment(part, _, _) ->
            match part with
            | PartId.Table table
            | PartId.Column(table, _) -> [ table ]
            | _ -> []

    /// Steps leave a table alone that is equal on both sides, together with all that it references and every enum.
    let holds (before: Schema) (after: Schema) : Result<unit, string> =
        let steps = Diff.between before after
        let a, b = Compare.normalise before, Compare.normalise after

        let equal name =
            match Schema.tryTable name a, Schema.tryTable name b with
            | Some x, Some y -> x = y
            | None, _
            | _, None -> false

        // A hint of another table may take this one's name and rows; then it is made anew, as declared.
        let renamed =
            steps
            |> List.choose (function
                | Step.RenameTable(table, _) -> Some table
                | _ -> None)
            |> Set.ofList

        let stays name = equal name && not (renamed.Contains name)

        let untouched =
            a.Tables
            |> List.filter (fun t -> stays t.Name && t.ForeignKeys |> List.forall (fun fk -> stays fk.Target))
            |> List.map _.Name
            |> Set.ofList

        // A trigger goes with what its body names, be its own table as it was.
        let restsOnOthers step =
            match step with
            | Step.CreateObject object
            | Step.DropObject object
            | Step.ReplaceObject(_, object) ->
                SchemaObject.texts object
                |> List.exists (fun (_, sql) -> SqlText.tables sql |> List.exists (stays >> not))
            | _ -> false

        let touched =
            steps
            |> List.filter (restsOnOthers >> not)
            |> List.collect mentions
            |> List.filter untouched.Contains

        if a.Enums <> b.Enums || a.Objects <> b.Objects || touched.IsEmpty then
            Ok()
        else
            let names = touched |> List.distinct |> List.map string |> String.concat ", "
            Error $"Equal on both sides, and touched all the same: {names}.\n{ShowCode.steps steps}"
