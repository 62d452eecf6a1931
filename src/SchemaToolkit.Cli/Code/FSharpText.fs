namespace SchemaToolkit.Cli

open System
open SchemaToolkit

/// The names that code gives to what the database has.
type internal FSharpNames =
    { Modules: Map<ObjectName, string>
      Columns: Map<ObjectName, Map<string, string>>
      Enums: Map<ObjectName, string>
      Objects: Map<ObjectKey, string> }

/// Words, names and layout of F# code.
module internal FSharpText =
    let list = CodeText.list "[ " " ]" ";"

    /// A text of several lines stands on several: a backslash at the end joins them, and swallows white space that follows it.
    let q (text: string) =
        let line (text: string) =
            let spaces = text.Length - text.TrimStart(' ').Length
            String(' ', spaces) + "\\\n" + CodeText.escaped (text.Substring spaces)

        match text.Split '\n' |> List.ofArray with
        | first :: (_ :: _ as rest) when text.Length > 40 ->
            "\""
            + CodeText.escaped first
            + (rest |> List.map (fun text -> "\\n" + line text) |> String.concat "")
            + "\""
        | _ -> CodeText.quoted text

    let shown (value: 'T) = ShowCode.value "" value
    let private raw (sql: SqlText) = shown sql

    /// A plain text in `SqlText.raw`; one with holes or for each engine as the value that it is.
    let sqlText (sql: SqlText) =
        match sql with
        | SqlText.Portable [ SqlFragment.Text text ] ->
            CodeText.enclosed "(" ")" (CodeText.apply "SqlText.raw" [ q text ])
        | other -> $"({raw other})"

    let private keywords =
        set
            [ "abstract"
              "and"
              "as"
              "assert"
              "base"
              "begin"
              "class"
              "default"
              "delegate"
              "do"
              "done"
              "downcast"
              "downto"
              "elif"
              "else"
              "end"
              "exception"
              "extern"
              "false"
              "finally"
              "fixed"
              "for"
              "fun"
              "function"
              "global"
              "if"
              "in"
              "inherit"
              "inline"
              "interface"
              "internal"
              "lazy"
              "let"
              "match"
              "member"
              "module"
              "mutable"
              "namespace"
              "new"
              "not"
              "null"
              "of"
              "open"
              "or"
              "override"
              "private"
              "public"
              "rec"
              "return"
              "sig"
              "static"
              "struct"
              "then"
              "to"
              "true"
              "try"
              "type"
              "upcast"
              "use"
              "val"
              "void"
              "when"
              "while"
              "with"
              "yield"
              "const"
              "component"
              "constraint"
              "include"
              "mixin"
              "parallel"
              "process"
              "protected"
              "pure"
              "sealed"
              "tailcall"
              "trait"
              "virtual"
              "atomic"
              "break"
              "checked"
              "constructor"
              "params" ]

    let value (name: string) =
        let camel = CodeText.camel name
        if keywords.Contains camel then $"``{camel}``" else camel

    /// `first |> …` on one line, or each on its own.
    let pipe (first: string) (rest: string list) =
        let oneLine = String.Join(" |> ", first :: rest)

        if oneLine.Length + 20 <= CodeText.width && not (oneLine.Contains '\n') then
            oneLine
        else
            String.Join("\n|> ", first :: rest)

    let bind (name: string) (code: string) =
        if code.Contains '\n' || code.Length + name.Length > CodeText.width - 12 then
            $"let {name} =\n{CodeText.indent 4 code}"
        else
            $"let {name} = {code}"

    /// Modules that the code uses: a table's own must not hide them.
    let words =
        [ "Enums"
          "Objects"
          "Column"
          "ColumnType"
          "Composite"
          "Declared"
          "Default"
          "Domain"
          "EnumType"
          "Exclusion"
          "Extension"
          "ForeignKey"
          "Function"
          "Grant"
          "Index"
          "IndexPart"
          "MaterializedView"
          "ObjectName"
          "Partition"
          "Policy"
          "PolicyCommand"
          "Procedure"
          "RangeType"
          "ReferentialAction"
          "RowSecurity"
          "Schema"
          "SchemaObject"
          "Sequence"
          "SqlText"
          "Table"
          "Trigger"
          "View"
          "Deferrability"
          "Some"
          "None" ]

    let nameAll (schema: Schema) : FSharpNames =
        { Modules = schema.Tables |> List.map _.Name |> CodeText.distinct words (fun name -> CodeText.pascal name.Name)
          Columns =
            schema.Tables
            |> List.map (fun t -> t.Name, t.Columns |> List.map _.Name |> CodeText.distinct [ "table" ] value)
            |> Map.ofList
          Enums = schema.Enums |> List.map _.Name |> CodeText.distinct [] (fun name -> value name.Name)
          Objects =
            schema.Objects
            |> List.map _.Key
            |> CodeText.distinct [] (fun key ->
                value (if key.Part = "" then key.Name.Name else $"{key.Name.Name}_{key.Part}")) }

    let objectName (ns: string) (name: ObjectName) =
        if name.Namespace = ns || name.Namespace = "" then
            $"(ObjectName.relative {q name.Name})"
        else
            $"(ObjectName.create {q name.Namespace} {q name.Name})"

    let argument (code: string) = CodeText.enclosed "(" ")" code
