namespace SchemaToolkit.Cli

open System
open SchemaToolkit
open SchemaToolkit.Cli.FSharpText

/// Views, functions and whatever else is no table.
[<RequireQualifiedAccess>]
module internal FSharpObjects =
    /// What stands for a table or an object in the code, if anything does.
    type private Owner =
        | OfTable of code: string
        | OfObject of code: string

    let private owner (names: FSharpNames) (name: ObjectName) =
        match names.Modules.TryFind name with
        | Some table -> Some(OfTable $"{table}.table")
        | None ->
            names.Objects
            |> Map.tryPick (fun key code -> if key.Name = name && key.Part = "" then Some(OfObject code) else None)

    let private sequence (names: FSharpNames) (name: string) (options: SequenceOptions) =
        let usual =
            match (Sequence.define name).Body with
            | ObjectBody.Sequence usual -> usual
            | other -> invalidOp $"A sequence is made of {other}."

        let fields =
            [ if options.Type <> usual.Type then
                  $"Type = ColumnType.{options.Type}"
              for field, mine, theirs in
                  [ "Start", options.Start, usual.Start
                    "Increment", options.Increment, usual.Increment
                    "Minimum", options.Minimum, usual.Minimum
                    "Maximum", options.Maximum, usual.Maximum
                    "Cache", options.Cache, usual.Cache ] do
                  if mine <> theirs then
                      $"{field} = {mine}L"
              if options.Cycle then
                  "Cycle = true" ]

        pipe
            $"Sequence.define {q name}"
            [ if not fields.IsEmpty then
                  $"""Sequence.configure (fun o -> {{ o with {String.concat "; " fields} }})"""
              match options.OwnedBy with
              | Some(table, column) ->
                  match names.Modules.TryFind table, names.Columns.TryFind table with
                  | Some place, Some columns when columns.ContainsKey column ->
                      $"Sequence.ownedBy {place}.table {place}.{columns[column]}"
                  | _ -> ()
              | None -> () ]

    /// None where the words have no form for it.
    let objectWords (names: FSharpNames) (ns: string) (object: SchemaObject) : string option =
        let name = q object.Name.Name
        let apply word arguments = Some(CodeText.apply word arguments)
        let typeOf (columnType: ColumnType) = CodeText.enclosed "(" ")" (shown columnType)

        match object.Body with
        | ObjectBody.Extension -> apply "Extension.define" [ name ]
        | ObjectBody.Domain(baseType, notNull, value, checks) ->
            pipe
                $"Domain.define {name} {typeOf baseType}"
                [ if notNull then
                      "Domain.notNull"
                  match value with
                  | Some sql -> $"Domain.defaultsToPer {sqlText sql}"
                  | None -> ()
                  for check in checks do
                      CodeText.apply "Domain.checkNamed" [ q check.Name; sqlText check.Expression ] ]
            |> Some
        | ObjectBody.Composite attributes ->
            apply "Composite.define" [ name; attributes |> List.map (fun a -> $"{q a.Name}, {shown a.Type}") |> list ]
        | ObjectBody.Range subtype -> apply "RangeType.define" [ name; typeOf subtype ]
        | ObjectBody.Sequence options -> Some(sequence names object.Name.Name options)
        | ObjectBody.Function(SqlText.Portable [ SqlFragment.Text text ]) -> apply "Function.raw" [ name; q text ]
        | ObjectBody.Procedure(SqlText.Portable [ SqlFragment.Text text ]) -> apply "Procedure.raw" [ name; q text ]
        | ObjectBody.Function _
        | ObjectBody.Procedure _ -> None
        | ObjectBody.View(query, options) ->
            [ CodeText.apply "View.definePer" [ name; sqlText query ]
              if not options.IsEmpty then
                  $"View.options {shown options}" ]
            |> String.concat "\n|> "
            |> Some
        | ObjectBody.MaterializedView(query, indexes) ->
            [ CodeText.apply "MaterializedView.definePer" [ name; sqlText query ]
              for i in indexes do
                  CodeText.apply "MaterializedView.index" [ argument (FSharpIndexes.index Map.empty "" i) ] ]
            |> String.concat "\n|> "
            |> Some
        | ObjectBody.Partition(table, bound) ->
            match owner names table with
            | Some(OfTable code) -> apply "Partition.definePer" [ name; code; sqlText bound ]
            | Some(OfObject _)
            | None -> None
        | ObjectBody.Exclusion definition ->
            match owner names object.Name with
            | Some(OfTable code) -> apply "Exclusion.definePer" [ q object.Part; code; sqlText definition ]
            | Some(OfObject _)
            | None -> None
        | ObjectBody.Trigger definition ->
            match owner names object.Name with
            | Some(OfTable code) -> apply "Trigger.definePer" [ q object.Part; code; sqlText definition ]
            | Some(OfObject code) -> apply "Trigger.onView" [ q object.Part; code; sqlText definition ]
            | None -> None
        | ObjectBody.Grant privileges ->
            match owner names object.Name with
            | Some(OfTable code) -> apply "Grant.onTable" [ code; q object.Part; shown privileges ]
            | Some(OfObject code) -> apply "Grant.onObject" [ code; q object.Part; shown privileges ]
            | None -> None

    let objectCode (names: FSharpNames) ns (object: SchemaObject) =
        match objectWords names ns object with
        | None -> ShowCode.value ns object
        | Some words ->
            String.Join(
                "\n|> ",
                words
                :: [ match object.Comment with
                     | Some text -> $"SchemaObject.comment {q text}"
                     | None -> ()
                     for engine in object.OnlyOn do
                         $"SchemaObject.onlyOn {q engine}" ]
            )

    /// Triggers and privileges name views and functions, which come before them.
    let inOrder (objects: SchemaObject list) =
        objects
        |> List.sortBy (fun o ->
            match o.Body with
            | ObjectBody.Trigger _ -> 1
            | ObjectBody.Grant _ -> 2
            | _ -> 0)
