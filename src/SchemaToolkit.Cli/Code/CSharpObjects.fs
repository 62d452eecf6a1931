namespace SchemaToolkit.Cli

open System
open SchemaToolkit
open SchemaToolkit.Cli.CSharpText

/// Views, functions, types and whatever else is no table.
[<RequireQualifiedAccess>]
module internal CSharpObjects =
    let private isPlain (declared: SqlText) = (text declared).IsSome

    /// Whether `s.Domain<T>` can say it, with a length or digits.
    let private isOnItsOwn (names: CSharpNames) (over: ColumnType) =
        match over with
        | ColumnType.Varchar _
        | ColumnType.Numeric _ -> true
        | other -> (CSharpColumns.typeOf names other).IsSome && (CSharpColumns.typeWords _.Name other).IsEmpty

    let private asColumn (attribute: CompositeAttribute) : ColumnDef =
        { (Column.text attribute.Name |> Column.optional).Definition with
            Type = attribute.Type }

    /// None where the facade has a form for it.
    let problem (names: CSharpNames) (object: SchemaObject) : string option =
        let textsArePlain = SchemaObject.texts object |> List.forall (snd >> isPlain)
        let ofTable = names.Records.ContainsKey object.Name

        match object.Body with
        | _ when not textsArePlain -> Some "its text has holes, or is one for each engine"
        | ObjectBody.Extension
        | ObjectBody.Function _
        | ObjectBody.Procedure _
        | ObjectBody.View _ -> None
        | ObjectBody.Sequence options ->
            match options.OwnedBy with
            | Some(table, column) when
                not (names.Properties.TryFind table |> Option.exists (fun columns -> columns.ContainsKey column))
                ->
                Some "the column that owns it is not declared"
            | Some _
            | None -> None
        | ObjectBody.MaterializedView(_, []) -> None
        | ObjectBody.MaterializedView _ -> Some "the indexes of a materialised view need a record of its rows"
        | ObjectBody.Trigger _
        | ObjectBody.Exclusion _
        | ObjectBody.Grant _ when ofTable -> None
        | ObjectBody.Partition(table, _) when names.Records.ContainsKey table -> None
        | ObjectBody.Trigger _
        | ObjectBody.Exclusion _
        | ObjectBody.Partition _ -> Some "what it belongs to is no declared table"
        | ObjectBody.Grant _ ->
            if names.Variables |> Map.exists (fun key _ -> key.Name = object.Name && key.Part = "") then
                None
            else
                Some "what it is on is not declared"
        | ObjectBody.Range subtype ->
            if (CSharpColumns.typeOf names subtype).IsSome && ColumnType.enumName subtype = None then
                None
            else
                Some "its subtype has no .NET type of its own"
        | ObjectBody.Domain(over, _, _, _) ->
            if isOnItsOwn names over then
                None
            else
                Some $"no .NET type alone stands for {ColumnType.describe over}"
        | ObjectBody.Composite attributes ->
            attributes
            |> List.tryPick (fun a -> CSharpColumns.problem names (asColumn a))
            |> Option.map (fun why -> $"an attribute: {why}")

    let private privilege (name: string) = "Privilege." + CodeText.pascal (name.ToLowerInvariant())

    let private plain (declared: SqlText) = text declared |> Option.defaultValue "" |> sql

    let private sequenceWords (names: CSharpNames) (options: SequenceOptions) =
        let last, word =
            match options.Type with
            | ColumnType.SmallInt -> int64 Int16.MaxValue, [ "OfType<short>()" ]
            | ColumnType.Integer -> int64 Int32.MaxValue, [ "OfType<int>()" ]
            | _ -> Int64.MaxValue, []

        [ yield! word
          if options.Start <> 1L then
              $"StartingAt({options.Start})"
          if options.Increment <> 1L then
              $"IncrementingBy({options.Increment})"
          if options.Minimum <> 1L || options.Maximum <> last then
              $"Between({options.Minimum}, {options.Maximum})"
          if options.Cycle then
              "Cycling()"
          if options.Cache <> 1L then
              $"Caching({options.Cache})"
          match options.OwnedBy with
          | Some(table, column) -> $"OwnedBy(({names.Records[table]} x) => x.{names.Properties[table][column]})"
          | None -> () ]

    /// Whether it is said with its table.
    let isOfTable (names: CSharpNames) (object: SchemaObject) =
        match object.Body with
        | ObjectBody.Partition _ -> true
        | ObjectBody.Trigger _
        | ObjectBody.Exclusion _
        | ObjectBody.Grant _ -> names.Records.ContainsKey object.Name
        | _ -> false

    /// The statement that declares it, where it is not said with its table.
    let code (names: CSharpNames) (granted: Set<ObjectName>) (object: SchemaObject) : string list =
        let name = q object.Name.Name

        let variable =
            if object.Part = "" && granted.Contains object.Name then
                $"var {names.Variables[object.Key]} = "
            else
                ""

        let common =
            [ match object.Comment with
              | Some text -> $"Comment({q text})"
              | None -> ()
              for engine in object.OnlyOn do
                  $"OnlyOn(Engine.{CodeText.pascal engine})" ]

        let declare word arguments more = [ variable + chain (call word arguments) (more @ common) ]

        match object.Body with
        | ObjectBody.Extension -> declare "s.Extension" [ name ] []
        | ObjectBody.Function definition -> declare "s.Function" [ name; plain definition ] []
        | ObjectBody.Procedure definition -> declare "s.Procedure" [ name; plain definition ] []
        | ObjectBody.View(query, options) ->
            declare
                "s.View"
                [ name; plain query ]
                (options |> List.map (fun (key, value) -> $"Option({q key}, {q value})"))
        | ObjectBody.MaterializedView(query, _) -> declare "s.MaterializedView" [ name; plain query ] []
        | ObjectBody.Sequence options -> declare "s.Sequence" [ name ] (sequenceWords names options)
        | ObjectBody.Range subtype ->
            let typeName = CSharpColumns.typeOf names subtype |> Option.defaultValue "object"
            declare $"s.RangeType<{typeName}>" [ name ] []
        | ObjectBody.Grant privileges ->
            let on =
                names.Variables
                |> Map.toList
                |> List.pick (fun (key, variable) ->
                    if key.Name = object.Name && key.Part = "" then Some variable else None)

            [ call "s.Grant" (on :: q object.Part :: List.map privilege privileges) + ";" ]
        | ObjectBody.Domain(over, notNull, value, checks) ->
            let typeName = CSharpColumns.typeOf names over |> Option.defaultValue "object"

            declare
                $"s.Domain<{typeName}>"
                [ name ]
                [ yield! CSharpColumns.typeWords _.Name over
                  if notNull then
                      "Required()"
                  match value with
                  | Some found -> $"DefaultsToSql({plain found})"
                  | None -> ()
                  for check in checks do
                      $"CheckNamed({q check.Name}, {plain check.Expression})" ]
        | ObjectBody.Composite attributes ->
            let more =
                attributes |> List.collect (asColumn >> CSharpColumns.words names names.Properties[object.Name])

            let describe =
                if more.IsEmpty then
                    []
                else
                    [ "t =>\n{\n" + String.Join("\n", more |> List.map (CodeText.indent 4)) + "\n}" ]

            declare $"s.Composite<{names.Composites[object.Name]}>" (name :: describe) []
        | ObjectBody.Trigger _
        | ObjectBody.Exclusion _
        | ObjectBody.Partition _ -> []

    /// The record that a composite type is read as.
    let record (names: CSharpNames) (object: SchemaObject) (attributes: CompositeAttribute list) =
        let properties =
            attributes |> List.map (asColumn >> CSharpColumns.property names names.Properties[object.Name])

        "public sealed " + call $"record {names.Composites[object.Name]}" properties + ";"
