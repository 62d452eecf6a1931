namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic
open SchemaToolkit

/// Judges the changes between two databases: what would lose rows or values, what rows could hinder, what locks tables for long.
[<RequireQualifiedAccess>]
module PgHazards =
    let private columnsOf (database: PgDatabase) (table: Address) =
        [ for column in database.ColumnsOf.TryFind table |> Option.defaultValue [] do
              match Facts.columnOrView column with
              | Some facts -> column.Address.Part, facts.Type
              | None -> () ]
        |> List.sort

    let private isNew (plan: Judged) (address: Address) =
        plan.Created.Contains address && not (plan.Dropped.Contains address)

    /// New tables by their schema and columns.
    let private shapes (plan: Judged) =
        [ for address in plan.Created do
              if address.Kind = Kind.Table && isNew plan address && (PgHazard.partitioned plan.To address).IsNone then
                  address ]
        |> List.groupBy (fun address -> address.Schema, columnsOf plan.To address)
        |> Map.ofList

    /// What goes and what comes look alike: a column of one table with the same type, a table of one schema with the same columns.
    let private lookalike (plan: Judged) (shapes: Lazy<Map<_, Address list>>) (gone: PgObject) : PgHazard list =

        let possible what (candidate: Address) =
            PgHazard.create
                "possible-rename"
                HazardKind.Ambiguous
                gone.Address
                $"{PgHazard.name gone.Address} goes and {PgHazard.name candidate}, {what}, comes: this may be a rename."
                "If it is, rename it first (ALTER TABLE … RENAME) and compare again."

        match gone.Facts with
        | Facts.Column a when a.Generated.IsNone && not (plan.Created.Contains gone.Address) ->
            [ for column in plan.To.ColumnsOf.TryFind(Address.tableOf gone.Address) |> Option.defaultValue [] do
                  match column.Facts with
                  | Facts.Column b when b.Type = a.Type && b.Generated.IsNone && isNew plan column.Address ->
                      possible "of the same type" column.Address
                  | _ -> () ]
        | Facts.Table _ when
            not (plan.Created.Contains gone.Address) && (PgHazard.partitioned plan.From gone.Address).IsNone
            ->
            let columns = columnsOf plan.From gone.Address

            if columns.IsEmpty then
                []
            else
                shapes.Value.TryFind(gone.Address.Schema, columns)
                |> Option.defaultValue []
                |> List.map (possible "with the same columns")
        | _ -> []

    /// The hazards of each change, in the order of the plan (`PgPlan.between` of the same two databases).
    let ofChanges (from: PgDatabase) (target: PgDatabase) (changes: PgChange list) : (PgChange * PgHazard list) list =
        let chosen pick = changes |> List.choose (fun change -> pick change.Step) |> Set.ofList

        let plan =
            { From = from
              To = target
              Dropped =
                chosen (function
                    | PgStep.Drop object -> Some object.Address
                    | _ -> None)
              Created =
                chosen (function
                    | PgStep.Create object -> Some object.Address
                    | _ -> None)
              Carried =
                chosen (function
                    | PgStep.MoveRows table -> Some table.Address
                    | _ -> None) }

        let shapes = lazy (shapes plan)

        let ofStep (step: PgStep) =
            match step with
            | PgStep.Drop object -> OfDropped.hazards plan object @ lookalike plan shapes object
            | PgStep.Create object -> OfNew.hazards plan object
            | PgStep.Alter(before, after) -> OfChanged.hazards plan before after
            | PgStep.Attributes _
            | PgStep.MoveRows _ -> []

        // A change in two parts is judged once.
        let told = HashSet<PgHazard>()

        [ for change in changes do
              change, ofStep change.Step |> List.filter told.Add ]
