namespace SchemaToolkit.Cli

open System
open SchemaToolkit

/// The names that C# gives to what the database has.
type internal CSharpNames =
    {
        Records: Map<ObjectName, string>
        Properties: Map<ObjectName, Map<string, string>>
        Enums: Map<ObjectName, string>
        Values: Map<ObjectName, Map<string, string>>
        /// Records of composite types.
        Composites: Map<ObjectName, string>
        Variables: Map<ObjectKey, string>
    }

/// Words and names of C# code.
module internal CSharpText =
    let q = CodeText.quoted

    /// SQL without holes as an interpolated string: braces stand for themselves when they are doubled, or in a raw string.
    let sql (text: string) =
        if
            text.Contains '\n'
            && not (text.Contains "\"\"\"" || text.Contains "{{" || text.Contains "}}" || text.Contains '\r')
        then
            $"$$\"\"\"\n{text}\n\"\"\""
        else
            "$\"" + (CodeText.escaped text).Replace("{", "{{").Replace("}", "}}") + "\""

    let text (declared: SqlText) : string option =
        match declared with
        | SqlText.Portable [ SqlFragment.Text text ] -> Some text
        | SqlText.Portable _
        | SqlText.PerEngine _ -> None

    /// A method with its arguments; those that do not fit stand one below the other.
    let call (word: string) (arguments: string list) =
        let oneLine = word + "(" + String.Join(", ", arguments) + ")"

        if oneLine.Length <= CodeText.width - 20 && not (oneLine.Contains '\n') then
            oneLine
        else
            word + "(\n" + (arguments |> List.map (CodeText.indent 4) |> String.concat ",\n") + ")"

    /// `first.a().b();`, one below the other where it does not fit.
    let chain (first: string) (rest: string list) =
        let oneLine = String.Join(".", first :: rest)

        if oneLine.Length <= CodeText.width - 20 && not (oneLine.Contains '\n') then
            oneLine + ";"
        else
            String.Join("\n    .", first :: (rest |> List.map (fun part -> part.Replace("\n", "\n    ")))) + ";"

    let private composites (schema: Schema) =
        [ for o in schema.Objects do
              match o.Body with
              | ObjectBody.Composite attributes -> o.Name, attributes |> List.map _.Name
              | _ -> () ]

    let nameAll (schema: Schema) : CSharpNames =
        { Records =
            schema.Tables
            |> List.map _.Name
            |> CodeText.distinct [] (fun name -> CodeText.pascal name.Name + "Row")
          Properties =
            [ for t in schema.Tables -> t.Name, t.Columns |> List.map _.Name ] @ composites schema
            |> List.map (fun (owner, columns) ->
                owner,
                columns
                |> CodeText.distinct
                    [ "Equals"
                      "GetHashCode"
                      "GetType"
                      "ToString"
                      "Deconstruct"
                      "EqualityContract"
                      "MemberwiseClone" ]
                    CodeText.pascal)
            |> Map.ofList
          Enums =
            schema.Enums
            |> List.map _.Name
            |> CodeText.distinct [] (fun name -> CodeText.pascal name.Name + "Value")
          Values =
            schema.Enums
            |> List.map (fun e -> e.Name, e.Values |> CodeText.distinct [] CodeText.pascal)
            |> Map.ofList
          Composites =
            composites schema
            |> List.map fst
            |> CodeText.distinct [] (fun name -> CodeText.pascal name.Name + "Composite")
          Variables =
            schema.Objects
            |> List.map _.Key
            |> CodeText.distinct [ "s"; "t"; "x"; "y" ] (fun key -> CodeText.camel (key.Name.Name + "_object")) }
