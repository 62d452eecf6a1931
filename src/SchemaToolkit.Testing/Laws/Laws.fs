namespace SchemaToolkit.Testing

open SchemaToolkit

/// What must hold for any two versions of a schema: yours too. Each law is a plain function; Error tells what broke, with
/// the steps.
[<RequireQualifiedAccess>]
module Laws =
    let private listed (steps: Step list) = ShowCode.steps steps

    let private hold (condition: bool) (explain: unit -> string) = if condition then Ok() else Error(explain ())

    let private applied (steps: Step list) (schema: Schema) =
        Apply.all steps schema
        |> Result.mapError (fun message -> $"A step does not apply: {message}.\n{listed steps}")

    /// What two schemas that should be equivalent differ in, as the diff sees it.
    let private differences (a: Schema) (b: Schema) =
        let a, b = Compare.normalise a, Compare.normalise b
        let shown (s: Schema) = s.Tables |> List.map (fun t -> t.Name, t) |> Map.ofList
        let before, after = shown a, shown b

        [ if a.Enums <> b.Enums then
              $"enums: {a.Enums} became {b.Enums}"
          if a.Objects <> b.Objects then
              $"objects: {a.Objects} became {b.Objects}"
          for name in Set.union (Set.ofSeq before.Keys) (Set.ofSeq after.Keys) do
              match before.TryFind name, after.TryFind name with
              | Some x, Some y when x = y -> ()
              | Some x, Some y ->
                  $"table {name}:\n{ShowCode.value name.Namespace x}\nbecame\n{ShowCode.value name.Namespace y}"
              | Some _, None -> $"table {name} is gone"
              | None, Some _ -> $"table {name} came from nowhere"
              | None, None -> () ]
        |> String.concat "\n"

    let private same (expected: Schema) (actual: Schema) (steps: Step list) =
        hold (Compare.equivalent expected actual) (fun () ->
            $"The schemas differ.\n{differences expected actual}\n{listed steps}")

    /// A schema compared with itself needs no step.
    let identity (schema: Schema) : Result<unit, string> =
        let steps = Diff.between schema schema
        hold steps.IsEmpty (fun () -> $"A schema compared with itself needs steps.\n{listed steps}")

    /// The steps, applied, lead to the second schema.
    let sound (before: Schema) (after: Schema) : Result<unit, string> =
        let steps = Diff.between before after
        applied steps before |> Result.bind (fun arrived -> same after arrived steps)

    /// After the steps there is nothing left to do.
    let convergent (before: Schema) (after: Schema) : Result<unit, string> =
        let steps = Diff.between before after

        applied steps before
        |> Result.bind (fun arrived ->
            let second = Diff.between arrived after

            hold second.IsEmpty (fun () ->
                $"A second diff is not empty.\nFirst:\n{listed steps}\nSecond:\n{listed second}"))

    /// The inverted steps, last first, lead back, up to the data and the order of columns.
    let invertible (before: Schema) (after: Schema) : Result<unit, string> =
        let steps = Diff.between before after

        applied steps before
        |> Result.bind (applied (Invert.all steps))
        |> Result.bind (fun back -> same before back (steps @ Invert.all steps))

    /// Every single step followed by its inverse changes nothing.
    let eachStepInvertible (before: Schema) (after: Schema) : Result<unit, string> =
        (Ok before, Diff.between before after)
        ||> List.fold (fun state step ->
            state
            |> Result.bind (fun schema ->
                applied [ step ] schema
                |> Result.bind (fun next ->
                    applied [ Invert.step step ] next
                    |> Result.bind (fun back -> same schema back [ step; Invert.step step ])
                    |> Result.map (fun () -> next))))
        |> Result.map ignore

    /// After every step nothing points at something that is not there, so no step needs what came too late or went too early.
    let everyPrefixHolds (before: Schema) (after: Schema) : Result<unit, string> =
        let check (steps: Step list) =
            (Ok before, steps)
            ||> List.fold (fun state step ->
                state
                |> Result.bind (applied [ step ])
                |> Result.bind (fun schema ->
                    // Texts of objects that are there follow a rename in the engine's own way.
                    let made =
                        match step with
                        | Step.CreateObject o -> Integrity.ofObject schema o
                        | _ -> []

                    match Integrity.problems schema @ made with
                    | [] -> Ok schema
                    | problems ->
                        let text = String.concat "; " problems
                        Error $"After `{Describe.step step}`: {text}.\n{listed steps}"))
            |> Result.map ignore

        check (Diff.between before after) |> Result.bind (fun () -> check (Diff.unfolded before after))

    /// Constraints inside CREATE TABLE or apart from it: the way is another, the end is the same.
    let foldedAsUnfolded (before: Schema) (after: Schema) : Result<unit, string> =
        let steps = Diff.unfolded before after

        applied steps before
        |> Result.bind (fun arrived -> same after arrived steps)
        |> Result.bind (fun () -> applied (Fold.steps steps) before)
        |> Result.bind (fun arrived -> same after arrived (Fold.steps steps))

    let private sortedTable (t: Table) : Table =
        { t with
            Uniques = t.Uniques |> List.sortBy _.Name
            ForeignKeys = t.ForeignKeys |> List.sortBy _.Name
            Checks = t.Checks |> List.sortBy _.Name
            Indexes = t.Indexes |> List.sortBy _.Name
            Policies = t.Policies |> List.sortBy _.Name }

    let private sortedStep (step: Step) =
        match step with
        | Step.CreateTable t -> Step.CreateTable(sortedTable t)
        | Step.DropTable t -> Step.DropTable(sortedTable t)
        | other -> other

    /// The order in which tables, constraints and indexes are declared makes no difference to the steps.
    let orderIndependent (seed: int) (before: Schema) (after: Schema) : Result<unit, string> =
        let plain = Diff.between before after |> List.map sortedStep

        let mixed =
            Diff.between (Edit.shuffle false seed before) (Edit.shuffle false (seed + 1) after)
            |> List.map sortedStep

        hold (plain = mixed) (fun () ->
            $"Another order of declarations makes other steps.\nOne:\n{listed plain}\nOther:\n{listed mixed}")

    let private renamedTable (steps: Step list) (name: ObjectName) =
        (name, steps)
        ||> List.fold (fun current step ->
            match step with
            | Step.RenameTable(table, newName) when table = current -> { table with Name = newName }
            | _ -> current)

    /// A rename happens only where the second schema says so, and happens wherever it can.
    let renamesAsDeclared (before: Schema) (after: Schema) : Result<unit, string> =
        let steps = Diff.between before after
        let stays = before.Tables |> List.map (fun t -> renamedTable steps t.Name) |> Set.ofList

        let invented =
            steps
            |> List.choose (function
                | Step.RenameTable(table, newName) ->
                    let declared =
                        after.Tables
                        |> List.exists (fun t -> t.Name.Name = newName && List.contains table.Name t.RenamedFrom)

                    if declared then
                        None
                    else
                        Some $"{table} is renamed to {newName} without a hint"
                | Step.RenameColumn(table, column, newName) ->
                    let declared =
                        Schema.tryTable table after
                        |> Option.bind (Table.tryColumn newName)
                        |> Option.exists (fun c -> List.contains column c.RenamedFrom)

                    if declared then
                        None
                    else
                        Some $"{table}.{column} is renamed to {newName} without a hint"
                | _ -> None)

        let missed =
            [ for t in after.Tables do
                  if not (stays.Contains t.Name) then
                      for old in t.RenamedFrom do
                          if stays.Contains { t.Name with Name = old } then
                              $"{t.Name} was {old}, which is there, but it is made anew" ]

        hold (invented.IsEmpty && missed.IsEmpty) (fun () ->
            let text = String.concat "; " (invented @ missed)
            $"{text}.\n{listed steps}")

    /// A table that is on both sides is never made anew, nor is a column of it unless it is computed.
    let survivorsStay (before: Schema) (after: Schema) : Result<unit, string> =
        let steps = Diff.between before after

        let plain (t: Table) = t.Columns |> List.filter _.Generated.IsNone |> List.map _.Name |> Set.ofList

        // By the names after the renames.
        let renames =
            steps
            |> List.filter (function
                | Step.RenameTable _
                | Step.RenameColumn _
                | Step.RenameEnum _ -> true
                | _ -> false)

        applied renames before
        |> Result.bind (fun renamed ->
            let survivors =
                [ for t in renamed.Tables do
                      match Schema.tryTable t.Name after with
                      | Some u -> t.Name, Set.intersect (plain t) (plain u)
                      | None -> () ]
                |> Map.ofList

            let lost =
                steps
                |> List.choose (function
                    | Step.DropTable t
                    | Step.CreateTable t when survivors.ContainsKey t.Name -> Some $"table {t.Name}"
                    | Step.DropColumn(table, column)
                    | Step.AddColumn(table, column) when
                        survivors.TryFind table |> Option.exists (fun names -> names.Contains column.Name)
                        ->
                        Some $"column {table}.{column.Name}"
                    | _ -> None)

            hold lost.IsEmpty (fun () ->
                let text = lost |> List.distinct |> String.concat ", "
                $"On both sides, and made anew all the same: {text}.\n{listed steps}"))

    /// Every table, every enum and the first columns renamed at once: the order in which the new names are declared makes no
    /// difference to the steps.
    let renamesOrderIndependent (seed: int) (schema: Schema) : Result<unit, string> =
        let renamed (name: string) = name + "_renamed"

        let columns (target: Schema) =
            (target, target.Tables)
            ||> List.fold (fun state table ->
                (state, List.truncate 2 table.Columns)
                ||> List.fold (fun state c -> Renaming.column table.Name c.Name (renamed c.Name) state))

        let enums (target: Schema) =
            (target, target.Enums)
            ||> List.fold (fun state e -> Renaming.enum e.Name (renamed e.Name.Name) state)

        let tables (target: Schema) =
            (target, target.Tables)
            ||> List.fold (fun state t -> Renaming.table false t.Name (renamed t.Name.Name) state)

        let target = schema |> columns |> enums |> tables
        let plain = Diff.between schema target |> List.map sortedStep

        let mixed =
            Diff.between (Edit.shuffle false seed schema) (Edit.shuffle false (seed + 1) target)
            |> List.map sortedStep

        hold (plain = mixed) (fun () ->
            $"Another order of declarations makes other renames.\nOne:\n{listed plain}\nOther:\n{listed mixed}")

    /// What the diff does not look at, because it is equal on both sides, would have made no step.
    let leavesOutNothing (before: Schema) (after: Schema) : Result<unit, string> =
        let quick, exhaustive = Diff.unfolded before after, Diff.exhaustive before after

        hold (quick = exhaustive) (fun () ->
            $"Looking only at what differs makes other steps.\nOne:\n{listed quick}\nOther:\n{listed exhaustive}")

    /// Canonical JSON, read again, is the same schema and the same text.
    let jsonRoundTrip (schema: Schema) : Result<unit, string> =
        let json = Canonical.serialize schema

        match Canonical.parse json with
        | Error errors ->
            let text = String.concat "; " errors
            Error $"Canonical JSON cannot be read back: {text}\n{json}"
        | Ok read ->
            hold (read = Canonical.normalise schema && Canonical.serialize read = json) (fun () ->
                $"Canonical JSON reads back as another schema.\n{json}\n{Canonical.serialize read}")
            |> Result.bind (fun () -> same schema read [])

    /// The hash does not depend on the order of declarations, and equal hashes mean equivalent schemas.
    let hashIndependent (seed: int) (schema: Schema) : Result<unit, string> =
        hold (Canonical.hash schema = Canonical.hash (Edit.shuffle false seed schema)) (fun () ->
            "Another order of declarations makes another hash.")

    /// Schemas that are not equivalent have different hashes.
    let hashTells (before: Schema) (after: Schema) : Result<unit, string> =
        hold (Compare.equivalent before after || Canonical.hash before <> Canonical.hash after) (fun () ->
            "Two schemas that differ have one hash.")

    /// Every law about two schemas, with a sentence for each.
    let ofPairs: (string * (Schema -> Schema -> Result<unit, string>)) list =
        [ "the steps lead to the second schema", sound
          "after the steps a second diff is empty", convergent
          "the inverted steps lead back", invertible
          "each step followed by its inverse changes nothing", eachStepInvertible
          "after every step nothing points at something that is not there", everyPrefixHolds
          "constraints inside or outside CREATE TABLE lead to the same schema", foldedAsUnfolded
          "another order of declarations makes the same steps", orderIndependent 7
          "renames happen where hints say so and nowhere else", renamesAsDeclared
          "tables and columns on both sides are never made anew", survivorsStay
          "tables equal on both sides are left alone", UntouchedLaw.holds
          "looking only at what differs makes the same steps", leavesOutNothing
          "every step does what its name says", StepLaws.honest
          "a column's type changes while nothing rests on it", StepLaws.typesChangeAlone
          "schemas that differ have different hashes", hashTells ]

    /// Every law about one schema, with a sentence for each.
    let ofSchemas: (string * (Schema -> Result<unit, string>)) list =
        [ "a schema compared with itself needs no step", identity
          "canonical JSON reads back as the same schema", jsonRoundTrip
          "the hash does not depend on the order of declarations", hashIndependent 7
          "renames in another order of declaration make the same steps", renamesOrderIndependent 7 ]

    /// Every law, on two versions of your own schema; the messages of those that broke.
    let check (before: Schema) (after: Schema) : string list =
        [ for name, law in ofPairs do
              match law before after with
              | Ok() -> ()
              | Error message -> $"{name}: {message}"
          for name, law in ofSchemas do
              for schema in [ before; after ] do
                  match law schema with
                  | Ok() -> ()
                  | Error message -> $"{name}: {message}" ]
