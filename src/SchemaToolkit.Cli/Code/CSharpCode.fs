namespace SchemaToolkit.Cli

open System
open SchemaToolkit
open SchemaToolkit.Cli.CSharpText

/// A schema as C# in the facade's words.
[<RequireQualifiedAccess>]
module CSharpCode =
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
                          $"foreign key {key.Name} of {t.Name}: {key.Target} is another plugin's table, which is given as a value" ]

        let stays (t: Table) (name: string) =
            not (keys |> List.exists (fun (key, table, _) -> key = name && table = t.Name))

        let objects = schema.Objects |> List.map (fun o -> o, CSharpObjects.problem names o)

        let said, left =
            { schema with
                Tables =
                    schema.Tables
                    |> List.map (fun t ->
                        { t with
                            Columns = t.Columns |> List.filter (keeps t)
                            ForeignKeys = t.ForeignKeys |> List.filter (fun key -> stays t key.Name) })
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

    let private record (names: CSharpNames) (t: Table) =
        let properties = t.Columns |> List.map (CSharpColumns.property names names.Properties[t.Name])
        "public sealed " + call $"record {names.Records[t.Name]}" properties + ";"

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
        let ofTables, others = schema.Objects |> List.partition (CSharpObjects.isOfTable names)

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
                  yield! CSharpObjects.code names granted o
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
                  CSharpObjects.record names o attributes
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
