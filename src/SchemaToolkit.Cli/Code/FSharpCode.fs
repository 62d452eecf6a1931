namespace SchemaToolkit.Cli

open System
open SchemaToolkit
open SchemaToolkit.Cli.FSharpText

/// A schema as F# in the toolkit's words.
[<RequireQualifiedAccess>]
module FSharpCode =
    /// Referenced tables first where there is no circle.
    let private ordered (tables: Table list) : Table list =
        let rec place (placed: Table list) (left: Table list) =
            let isReady (t: Table) =
                t.ForeignKeys
                |> List.forall (fun key ->
                    key.Target = t.Name || not (left |> List.exists (fun other -> other.Name = key.Target)))

            match left with
            | [] -> List.rev placed
            | first :: _ ->
                let next = left |> List.tryFind isReady |> Option.defaultValue first
                place (next :: placed) (left |> List.filter (fun t -> t.Name <> next.Name))

        place [] tables

    /// A module of its own, ready to be compiled or loaded by a script. `notes`: what it cannot say.
    let schema (notes: string list) (schema: Schema) : string =
        let names = nameAll schema
        let ns = schema.Namespace
        let tables = ordered schema.Tables

        let start =
            let modules = schema.Tables |> List.map (fun t -> names.Modules[t.Name] + ".table") |> list

            if ns = Namespace.host && schema.Plugin = Namespace.host then
                CodeText.apply "Schema.forHost" [ modules ]
            elif Namespace.derive schema.Plugin = ns then
                CodeText.apply "Schema.forPlugin" [ q schema.Plugin; modules ]
            else
                CodeText.apply "Schema.inNamespace" [ q ns; q schema.Plugin; modules ]

        let listOf (word: string) (prefix: string) (items: string list) =
            CodeText.apply word [ items |> List.map (fun i -> prefix + i) |> list ]

        [ yield!
              CodeText.comment
                  "//"
                  [ $"Starting code for the plugin {schema.Plugin}, written by `dotnet schema inspect --output fsharp`." ]
          yield! CodeText.comment "//" (notes |> List.map (fun note -> $"NOT DECLARED: {note}"))
          $"module {CodeText.pascal schema.Plugin}Schema"
          ""
          "open SchemaToolkit"
          ""
          if not schema.Enums.IsEmpty then
              "module Enums ="

              for e in schema.Enums do
                  CodeText.indent
                      4
                      (bind names.Enums[e.Name] $"""EnumType.define {q e.Name.Name} {e.Values |> List.map q |> list}""")

              ""
          yield!
              tables
              |> List.mapi (fun i t ->
                  let earlier = tables |> List.truncate i |> List.map _.Name |> Set.ofList
                  FSharpTables.tableModule names ns earlier t)
              |> List.concat
          if not schema.Objects.IsEmpty then
              "module Objects ="

              if schema.Objects |> List.exists (fun o -> (FSharpObjects.objectWords names ns o).IsNone) then
                  $"    let private ns name = ObjectName.create {q ns} name"
                  ""

              for object in FSharpObjects.inOrder schema.Objects do
                  CodeText.indent 4 (bind names.Objects[object.Key] (FSharpObjects.objectCode names ns object))
                  ""
          "let schema ="
          CodeText.indent
              4
              (String.Join(
                  "\n|> ",
                  [ start
                    if not schema.Enums.IsEmpty then
                        schema.Enums |> List.map (fun e -> names.Enums[e.Name]) |> listOf "Schema.withEnums" "Enums."
                    if not schema.Objects.IsEmpty then
                        schema.Objects
                        |> List.map (fun o -> names.Objects[o.Key])
                        |> listOf "Schema.withObjects" "Objects."
                    match schema.Version with
                    | Some number -> $"Schema.version {number}"
                    | None -> () ]
              )) ]
        |> String.concat "\n"
        |> fun text -> text + "\n"
