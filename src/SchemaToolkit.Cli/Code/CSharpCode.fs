namespace SchemaToolkit.Cli

open System
open SchemaToolkit
open SchemaToolkit.Cli.CSharpText

/// A schema as C# in the facade's words.
[<RequireQualifiedAccess>]
module CSharpCode =
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
    let private objectProblem (names: CSharpNames) (object: SchemaObject) : string option =
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

    /// The schema without what C# has no form for, and why each part is left out.
    let private reduce (schema: Schema) : Schema * string list =
        let names = nameAll schema

        let columns =
            [ for t in schema.Tables do
                  for c in t.Columns do
                      match CSharpColumns.problem names c with
                      | Some why -> t.Name, c.Name, $"column {t.Name}.{c.Name}: {why}"
                      | None -> () ]

        let keeps (t: Table) (c: ColumnDef) =
            not (columns |> List.exists (fun (table, column, _) -> table = t.Name && column = c.Name))

        let keys =
            [ for t in schema.Tables do
                  for key in t.ForeignKeys do
                      if not (names.Records.ContainsKey key.Target) then
                          key.Name,
                          t.Name,
                          $"foreign key {key.Name} of {t.Name}: {key.Target} is another plugin's table, which is given as a value"
                      elif key.Deferrability = Deferrability.InitiallyImmediate then
                          key.Name,
                          t.Name,
                          $"foreign key {key.Name} of {t.Name}: DEFERRABLE INITIALLY IMMEDIATE has no word"

                  for u in t.Uniques do
                      if u.Deferrability = Deferrability.InitiallyImmediate then
                          u.Name,
                          t.Name,
                          $"unique constraint {u.Name} of {t.Name}: DEFERRABLE INITIALLY IMMEDIATE has no word" ]

        let stays (t: Table) (name: string) =
            not (keys |> List.exists (fun (key, table, _) -> key = name && table = t.Name))

        let objects = schema.Objects |> List.map (fun o -> o, objectProblem names o)

        let said, left =
            { schema with
                Tables =
                    schema.Tables
                    |> List.map (fun t ->
                        { t with
                            Columns = t.Columns |> List.filter (keeps t)
                            ForeignKeys = t.ForeignKeys |> List.filter (fun key -> stays t key.Name)
                            Uniques = t.Uniques |> List.filter (fun u -> stays t u.Name) })
                Objects =
                    objects
                    |> List.choose (fun (o, why) ->
                        match why with
                        | None -> Some o
                        | Some _ -> None) }
            |> Sayable.reduce

        said,
        [ for _, _, why in columns do
              why
          for _, _, why in keys do
              why
          for o, why in objects do
              match why with
              | Some reason -> $"{o.Key}: {reason}"
              | None -> ()
          yield! left ]

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

    let private isOfTable (names: CSharpNames) (object: SchemaObject) =
        match object.Body with
        | ObjectBody.Partition _ -> true
        | ObjectBody.Trigger _
        | ObjectBody.Exclusion _
        | ObjectBody.Grant _ -> names.Records.ContainsKey object.Name
        | _ -> false

    let private objectCode (names: CSharpNames) (granted: Set<ObjectName>) (object: SchemaObject) : string list =
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

    let private record (names: CSharpNames) (t: Table) =
        let properties = t.Columns |> List.map (CSharpColumns.property names names.Properties[t.Name])
        "public sealed " + call $"record {names.Records[t.Name]}" properties + ";"

    let private composite (names: CSharpNames) (object: SchemaObject) (attributes: CompositeAttribute list) =
        let properties =
            attributes |> List.map (asColumn >> CSharpColumns.property names names.Properties[object.Name])

        "public sealed " + call $"record {names.Composites[object.Name]}" properties + ";"

    let private enum (names: CSharpNames) (e: EnumType) =
        let case (value: string) =
            let name = names.Values[e.Name][value]

            if Identifier.snakeCase name = value then
                name
            else
                $"[Column({q value})] {name}"

        let cases = e.Values |> List.map (case >> CodeText.indent 4) |> String.concat ",\n"
        $"public enum {names.Enums[e.Name]}\n{{\n{cases},\n}}"

    let private start (schema: Schema) =
        if schema.Namespace = Namespace.host && schema.Plugin = Namespace.host then
            "Schema.ForHost("
        elif Namespace.derive schema.Plugin = schema.Namespace then
            $"Schema.For({q schema.Plugin}, "
        else
            $"Schema.InNamespace({q schema.Plugin}, {q schema.Namespace}, "

    /// What is printed, and what it does not say beyond `notes`.
    let schema (notes: string list) (whole: Schema) : string * string list =
        let schema, left = reduce whole
        let names = nameAll schema

        // Enums come with the columns that have them.
        let unused =
            schema.Enums
            |> List.filter (fun e ->
                not (
                    schema.Tables
                    |> List.exists (fun t ->
                        t.Columns |> List.exists (fun c -> ColumnType.enumName c.Type = Some e.Name))
                ))
            |> List.map (fun e -> $"enum {e.Name}: no declared column has it")

        let left = left @ unused
        let ofTables, others = schema.Objects |> List.partition (isOfTable names)

        let owner (o: SchemaObject) =
            match o.Body with
            | ObjectBody.Partition(table, _) -> table
            | _ -> o.Name

        let granted =
            others |> List.choose (fun o -> if o.Body.IsGrant then Some o.Name else None) |> Set.ofList

        let grants, rest = others |> List.partition _.Body.IsGrant

        let body =
            [ for t in schema.Tables do
                  CSharpTables.code names (ofTables |> List.filter (fun o -> owner o = t.Name)) t
              for o in rest @ grants do
                  yield! objectCode names granted o
              match schema.Version with
              | Some number -> $"s.Version({number});"
              | None -> () ]

        let title = CodeText.pascal schema.Plugin + "Schema"

        [ yield!
              CodeText.comment
                  "//"
                  [ $"Starting code for the plugin {schema.Plugin}, written by `dotnet schema inspect --output csharp`." ]
          yield! CodeText.comment "//" (notes @ left |> List.map (fun note -> $"NOT DECLARED: {note}"))
          "#nullable enable"
          "using System;"
          "using System.Text.Json;"
          "using SchemaToolkit.Fluent;"
          ""
          for e in schema.Enums do
              if
                  not (unused |> List.exists (fun line -> line.StartsWith($"enum {e.Name}:", StringComparison.Ordinal)))
              then
                  enum names e
                  ""
          for t in schema.Tables do
              record names t
              ""
          for o in schema.Objects do
              match o.Body with
              | ObjectBody.Composite attributes ->
                  composite names o attributes
                  ""
              | _ -> ()
          $"public static class {title}"
          "{"
          $"    public static PluginSchema Declared {{ get; }} = {start schema}s =>"
          "    {"
          yield! body |> List.map (CodeText.indent 8)
          "    });"
          "}" ]
        |> String.concat "\n"
        |> fun text -> text + "\n", left
