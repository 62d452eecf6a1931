namespace SchemaToolkit

open System
open Microsoft.FSharp.Reflection

/// Prints values as F# code that makes them again, exactly: for values that the words have no short form for, and for failures that
/// are pasted into a test.
[<RequireQualifiedAccess>]
module ShowCode =
    let private width = 110

    /// The words that printed schemas use; a script opens SchemaToolkit and begins with them.
    let prelude =
        """let ns name = ObjectName.create "NAMESPACE" name
let column name columnType : ColumnDef = (Column.ofType<obj> columnType name).Definition
let table name columns : Table = { Table.define name [] with Name = ns name; Columns = columns }
let unique name columns : Unique = { Name = name; Columns = columns; NullsNotDistinct = false; Deferrability = Deferrability.NotDeferrable }
let part target : IndexPart = { Target = target; Descending = false; Nulls = NullsOrder.Default; OpClass = None; Collation = None }
let index name parts : IndexDef = { Index.by parts with Name = name }
"""

    /// A string constant.
    let quote (text: string) =
        let escape (c: char) =
            match c with
            | '"' -> "\\\""
            | '\\' -> "\\\\"
            | c when Char.IsControl c -> $"\\u%04x{int c}"
            | c -> string c

        "\"" + String.collect escape text + "\""

    /// A word of the prelude with its arguments, and the value that it makes; only fields that differ are printed after it.
    let private bases (ns: string) (value: objnull) : (string * objnull list * objnull) option =
        match value with
        | :? ColumnDef as c -> Some("column", [ c.Name; c.Type ], (Column.ofType<objnull> c.Type c.Name).Definition)
        | :? Table as t when t.Name.Namespace = ns ->
            Some(
                "table",
                [ t.Name.Name; t.Columns ],
                { Table.define t.Name.Name [] with Name = t.Name; Columns = t.Columns }
            )
        | :? Unique as u ->
            let made = { u with NullsNotDistinct = false; Deferrability = Deferrability.NotDeferrable }

            Some("unique", [ u.Name; u.Columns ], made)
        | :? IndexPart as p ->
            let made =
                { p with
                    Descending = false
                    Nulls = NullsOrder.Default
                    OpClass = None
                    Collation = None }

            Some("part", [ p.Target ], made)
        | :? IndexDef as i -> Some("index", [ i.Name; i.Parts ], { Index.by i.Parts with Name = i.Name })
        | :? ObjectName as name when name.Namespace = ns -> Some("ns", [ name.Name ], name)
        | _ -> None

    let private indent (text: string) = "    " + text.Replace("\n", "\n    ")
    let private hang (first: string) (text: string) = first + text.Replace("\n", "\n" + String(' ', first.Length))
    let private fits (text: string) = text.Length <= width && not (text.Contains '\n')

    let private enclose (left: string) (separator: string) (right: string) (items: string list) =
        match items with
        | [] -> left + right
        | _ ->
            let oneLine = $"{left} {String.Join(separator, items)} {right}"

            if fits oneLine then
                oneLine
            else
                (items |> List.map (hang "  ") |> String.concat "\n" |> fun body -> left + body.Substring 1)
                + " "
                + right

    let private apply (word: string) (arguments: string list) =
        let oneLine = String.Join(" ", word :: arguments)

        if fits oneLine then
            oneLine
        else
            word + "\n" + (arguments |> List.map indent |> String.concat "\n")

    let private isAtom (text: string) =
        text.StartsWith '"'
        || text.StartsWith '['
        || text.StartsWith '{'
        || text.StartsWith '('
        || not (text.Contains ' ')

    let private asArgument (text: string) =
        if isAtom text && not (text.StartsWith '-') then text else hang "(" text + ")"

    let rec private render (ns: string) (value: objnull) (declared: Type) : string =
        match value with
        | :? string as text -> quote text
        | :? bool as v -> if v then "true" else "false"
        | :? int64 as v -> $"{v}L"
        | :? int as v -> $"{v}"
        | _ ->
            match bases ns value with
            | Some(word, arguments, made) -> renderBase ns word arguments made (Unchecked.nonNull value)
            | None -> renderShape ns value declared

    and private renderBase ns word arguments (made: objnull) (value: obj) : string =
        let t = value.GetType()
        let argument (a: objnull) = render ns a ((Unchecked.nonNull a).GetType()) |> asArgument
        let call = apply word (List.map argument arguments)

        let differing =
            Array.zip3
                (FSharpType.GetRecordFields t)
                (FSharpValue.GetRecordFields value)
                (FSharpValue.GetRecordFields(Unchecked.nonNull made))
            |> Array.filter (fun (_, a, b) -> a <> b)
            |> List.ofArray
            |> List.map (fun (field, a, _) -> renderField ns field.Name a field.PropertyType)

        match differing with
        | [] -> call
        | fields ->
            let oneLine = $"""{{ {call} with {String.Join("; ", fields)} }}"""

            if fits oneLine then
                oneLine
            else
                hang "{ " call + " with\n" + (fields |> List.map indent |> String.concat "\n") + " }"

    and private renderField ns name value fieldType : string =
        let text = render ns value fieldType
        let oneLine = $"{name} = {text}"
        if fits oneLine then oneLine else $"{name} =\n{indent text}"

    and private renderShape ns (value: objnull) (declared: Type) : string =
        let generic =
            if declared.IsGenericType then
                Some(declared.GetGenericTypeDefinition())
            else
                None

        if generic = Some typedefof<option<_>> then
            match value with
            | null -> "None"
            | some ->
                let argument = declared.GetGenericArguments()[0]
                let inner = snd (FSharpValue.GetUnionFields(some, declared)) |> Array.head
                apply "Some" [ asArgument (render ns inner argument) ]
        elif generic = Some typedefof<list<_>> then
            let element = declared.GetGenericArguments()[0]

            [ for item in (Unchecked.nonNull value :?> System.Collections.IEnumerable) -> render ns item element ]
            |> enclose "[" "; " "]"
        elif FSharpType.IsTuple declared then
            let types = FSharpType.GetTupleElements declared
            let fields = FSharpValue.GetTupleFields(Unchecked.nonNull value)
            let items = Array.map2 (render ns) fields types
            $"""({String.Join(", ", items)})"""
        elif FSharpType.IsUnion declared then
            let case, fields = FSharpValue.GetUnionFields(value, declared)
            let owner = Unchecked.nonNull case.DeclaringType
            let items = Array.map2 (render ns) fields (case.GetFields() |> Array.map _.PropertyType) |> List.ofArray

            match items with
            | [] -> $"{owner.Name}.{case.Name}"
            | [ one ] -> apply $"{owner.Name}.{case.Name}" [ asArgument one ]
            | many -> $"""{owner.Name}.{case.Name}({String.Join(", ", many)})"""
        elif FSharpType.IsRecord declared then
            let fields = FSharpType.GetRecordFields declared
            let values = FSharpValue.GetRecordFields(Unchecked.nonNull value)

            Array.map2
                (fun (field: Reflection.PropertyInfo) v -> renderField ns field.Name v field.PropertyType)
                fields
                values
            |> List.ofArray
            |> enclose "{" "; " "}"
        else
            $"%A{value}"

    /// The code of any value of the model, in the words of `prelude`; `ns` is the namespace that `ns` stands for.
    let value<'T> (ns: string) (value: 'T) : string = render ns (box value) typeof<'T>

    /// F# code that makes the schema, with the words it needs.
    let schema (schema: Schema) : string =
        let words = prelude.Replace("NAMESPACE", schema.Namespace)
        $"{words}\nlet schema: Schema =\n{indent (value schema.Namespace schema)}\n"

    /// A list of steps, one in a line, as they describe themselves.
    let steps (steps: Step list) : string =
        steps |> List.mapi (fun i step -> $"%3i{i + 1}. {Describe.step step}") |> String.concat "\n"
