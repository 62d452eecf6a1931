namespace SchemaToolkit

open System
open System.Text

/// A JSON value, reduced to what a schema needs: no fraction, no null.
[<RequireQualifiedAccess>]
type internal JsonTree =
    | Boolean of value: bool
    | Integer of value: int64
    | Text of value: string
    | List of items: JsonTree list
    | Object of fields: (string * JsonTree) list

/// Writes JSON in one form only. Written here, not by a library, because a library's escaping moves with its Unicode tables
/// and the text is hashed for ever: the escapes are those of RFC 8785, 3.2.2.2, and keys stand in its order (3.2.3).
[<RequireQualifiedAccess>]
module internal JsonTree =
    let private writeText (out: StringBuilder) (text: string) =
        out.Append '"' |> ignore

        // Runes, so that half of a surrogate pair becomes U+FFFD and the text is always valid UTF-8.
        for rune in text.EnumerateRunes() do
            match rune.Value with
            | 0x22 -> out.Append "\\\""
            | 0x5C -> out.Append "\\\\"
            | 0x08 -> out.Append "\\b"
            | 0x09 -> out.Append "\\t"
            | 0x0A -> out.Append "\\n"
            | 0x0C -> out.Append "\\f"
            | 0x0D -> out.Append "\\r"
            | control when control < 0x20 -> out.Append("\\u").Append(control.ToString "x4")
            | _ -> out.Append(rune.ToString())
            |> ignore

        out.Append '"' |> ignore

    let rec private write (out: StringBuilder) (tree: JsonTree) =
        let separated (items: 'T list) (writeItem: 'T -> unit) =
            items
            |> List.iteri (fun i item ->
                if i > 0 then
                    out.Append ',' |> ignore

                writeItem item)

        match tree with
        | JsonTree.Boolean value -> out.Append(if value then "true" else "false") |> ignore
        | JsonTree.Integer value -> out.Append value |> ignore
        | JsonTree.Text value -> writeText out value
        | JsonTree.List items ->
            out.Append '[' |> ignore
            separated items (write out)
            out.Append ']' |> ignore
        | JsonTree.Object fields ->
            let ordered = fields |> List.sortWith (fun (a, _) (b, _) -> String.CompareOrdinal(a, b))
            out.Append '{' |> ignore

            separated ordered (fun (key, value) ->
                writeText out key
                out.Append ':' |> ignore
                write out value)

            out.Append '}' |> ignore

    /// One line without spaces.
    let render (tree: JsonTree) : string =
        let out = StringBuilder()
        write out tree
        out.ToString()

    /// As `render`, for files that people read and version control compares: what does not fit in `width` is broken, one item
    /// in a line, indented by two.
    let renderLines (width: int) (tree: JsonTree) : string =
        let out = StringBuilder()

        let rec go (indent: int) (lead: int) (tree: JsonTree) =
            let oneLine = render tree

            let block (left: char) (right: char) (items: (string * JsonTree) list) =
                out.Append left |> ignore

                items
                |> List.iteri (fun i (key, item) ->
                    out.Append(if i = 0 then "\n" else ",\n").Append(' ', indent + 2).Append key |> ignore
                    go (indent + 2) (indent + 2 + key.Length) item)

                out.Append('\n').Append(' ', indent).Append right |> ignore

            match tree with
            | JsonTree.List(_ :: _ as items) when lead + oneLine.Length > width ->
                block '[' ']' (items |> List.map (fun item -> "", item))
            | JsonTree.Object(_ :: _ as fields) when lead + oneLine.Length > width ->
                fields
                |> List.sortWith (fun (a, _) (b, _) -> String.CompareOrdinal(a, b))
                |> List.map (fun (key, value) -> render (JsonTree.Text key) + ": ", value)
                |> block '{' '}'
            | JsonTree.Boolean _
            | JsonTree.Integer _
            | JsonTree.Text _
            | JsonTree.List _
            | JsonTree.Object _ -> out.Append oneLine |> ignore

        go 0 0 tree
        out.Append('\n').ToString()
